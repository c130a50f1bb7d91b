"""The documents say what the program does."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest

from standards_graph import __version__
from standards_graph.cli import main
from standards_graph.settings import PREFIX, Settings
from tests.conftest import ROOT

DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("LICENSES/*.md")))
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands() -> list[tuple[str, str]]:
    """Every command line of this project that a document shows."""
    found = []
    for path in DOCUMENTS:
        for block in re.findall(r"^```(?:console|sh|bash)\n(.*?)^```", path.read_text("utf-8"), re.M | re.S):
            for line in block.replace("\\\n", " ").splitlines():
                text = line.removeprefix("$ ").strip()
                if re.match(r"(STANDARDS_GRAPH_\w+=\S+ )*standards-graph ", text):
                    found.append((names(path), text))
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    broken = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert not broken


def test_the_readme_opens_with_a_picture_and_both_commands() -> None:
    opening = (ROOT / "README.md").read_text("utf-8")[:3000]
    for words in ("docs/picture.svg", "make serve", "make test", "pip install .", "standards-graph serve"):
        assert words in opening


def test_the_documents_show_commands() -> None:
    assert len(commands()) > 10


@pytest.mark.parametrize(("document", "line"), commands())
def test_every_shown_command_exists_with_its_options(document: str, line: str) -> None:
    words = [word for word in shlex.split(re.split(r" [|>] ", line)[0]) if not word.startswith(PREFIX)]
    command, rest = main.commands[words[1]], words[2:]
    if isinstance(command, click.Group):
        command, rest = command.commands[rest[0]], rest[1:]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    used = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    assert used <= known, document
    assert isinstance(command, click.Command)


def test_the_settings_table_is_that_of_the_program() -> None:
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    rows = dict(re.findall(rf"^\| `{PREFIX}(\w+)` \| (.*?) \|$", page, re.M))
    assert rows.pop("CONFIG")
    wanted = {one.name.upper(): one for one in fields(Settings)}
    assert list(rows) == list(wanted)
    for name, row in rows.items():
        default, _, text = row.partition(" | ")
        assert text == wanted[name].metadata["help"], name
        if name != "HOME":
            assert default == f"`{wanted[name].default}`".replace("``", "empty"), name


def test_the_changelog_names_this_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_target_of_make_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = {name for path in DOCUMENTS for name in re.findall(r"`make ([a-z-]+)`", path.read_text("utf-8"))}
    assert named <= targets
