"""What holds for every tracked file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

CODE = {".py", ".js", ".mjs", ".scss", ".html"}
TEXT = CODE | {".md", ".toml", ".txt", ".in", ".yaml", ".yml", ".json", ".ttl", ".rq", ".csv", ".svg", ""}


def tracked() -> list[Path]:
    """Every file that belongs to the project; outside a checkout, every file of its folders."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]
    folders = ("standards_graph", "webapp", "tests", "tools", "ontology", "docs", "requirements")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in found if not {"node_modules", "dist", "__pycache__"} & set(path.parts)]


FILES = tracked()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_of_code_is_longer_than_500_lines() -> None:
    long = [named(path) for path in FILES if path.suffix in CODE and len(path.read_text("utf-8").splitlines()) > 500]
    assert not long


def test_there_is_one_pen() -> None:
    pens = [path for path in PYTHON if path.is_relative_to(ROOT / "standards_graph") or path.is_relative_to(ROOT / "webapp")]
    calling = [named(path) for path in pens if re.search(r"store\.publish\(|self\.publish\(lambda", path.read_text("utf-8"))]
    assert set(calling) == {"standards_graph/curator.py", "standards_graph/store/memory.py"}


def test_queries_are_not_put_together_from_strings() -> None:
    home = [path for path in PYTHON if not path.is_relative_to(ROOT / "tests")]
    pattern = re.compile(r"\.(query|answer|update)\(\s*f[\"']|f\"\"\"\s*(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|PREFIX)\b")
    assert not [named(path) for path in home if pattern.search(path.read_text("utf-8"))]


def test_the_engine_is_opened_in_its_homes_alone() -> None:
    homes = ("standards_graph/store/", "standards_graph/workers/", "tests/", "tools/")
    opening = [named(path) for path in PYTHON if re.search(r"\b(ox|pyoxigraph)\.Store\b", path.read_text("utf-8"))]
    assert not [name for name in opening if not name.startswith(homes)]


def test_there_is_no_room_called_utils() -> None:
    assert not [
        named(path) for path in FILES if path.stem in {"utils", "util", "helpers", "misc"} and "test" not in named(path)
    ]


# Written so that this file does not hold what it looks for.
MACHINE = re.compile(r"(?<![\w.%-])(/ho" r"me/\w|/ro" r"ot/|/wo" r"rk/|/op" r"t/|/tmp/w" r"/)")
REGISTRY = re.compile(r"py" r"pi\.org|python" r"hosted|registry\.np" r"mjs|npm" r"mirror|js" r"delivr|un" r"pkg")


@pytest.mark.parametrize("words", [MACHINE, REGISTRY], ids=["machine", "registry"])
def test_no_file_names_a_place_on_one_machine_or_a_package_registry(words: re.Pattern[str]) -> None:
    texts = ((path, path.read_text("utf-8", errors="replace")) for path in FILES if path.suffix in TEXT)
    assert not [(named(path), found[0]) for path, text in texts if (found := words.search(text))]


def test_locks_hold_versions_and_hashes_and_no_addresses() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text("utf-8")
        named_versions = re.findall(r"^[A-Za-z0-9_.-]+==\S+", text, re.M)
        assert named_versions, path.name
        assert text.count("--hash=sha256:") >= len(named_versions), path.name
        assert "://" not in text, path.name
        assert "--index" not in text, path.name
