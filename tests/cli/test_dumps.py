"""Dumps by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, Quad

from standards_graph.cli import main
from standards_graph.cli.session import Session
from standards_graph.curator import Curator
from standards_graph.model.changes import ChangeSet
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import RDFS, entity, graph
from tests.cli.conftest import Run

NAMES = graph("curated/tests")


def named(text: str) -> Quad:
    return Quad(entity("org", "one"), RDFS.label, Literal(text), NAMES)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with three revisions."""
    home = tmp_path / "home"
    with Registry.open(Settings(home=home)) as registry:
        for text in "abc":
            registry.store.publish(lambda _, t=text: ChangeSet((named(t),)), agent="tests", note="a change")
    return home


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, words, obj=Session(settings=Settings(home=home)), prog_name="standards-graph")


def listed(home: Path) -> list[str]:
    return list(dict.fromkeys(row["revision"] for row in json.loads(run(home, "dump", "--list", "--format", "json").stdout)))


def test_the_newest_revision_or_those_that_are_named_are_dumped(home: Path) -> None:
    assert listed(home) == []
    done = run(home, "dump", "--format", "csv")
    assert done.exit_code == 0, done.output
    assert [line.split(",")[:2] for line in done.stdout.splitlines()[1:]] == [
        ["r3", "r3.nq.gz"],
        ["r3", "r3.trig.gz"],
        ["r3", "r3.ttl"],
    ]
    assert run(home, "dump", "r1", "9999-12-31").exit_code == 0
    assert listed(home) == ["r3", "r1"]
    assert run(home, "dump", "--missing").exit_code == 0
    assert listed(home) == ["r3", "r2", "r1"]


def test_a_dump_is_removed_and_written_again(home: Path) -> None:
    assert run(home, "dump", "r1", "r2").exit_code == 0
    before = (home / "dumps" / "SHA256SUMS").read_text()
    assert run(home, "dump", "--remove", "r1").exit_code == 0
    assert listed(home) == ["r2"]
    assert not list((home / "dumps").glob("r1.*"))
    assert run(home, "verify").exit_code == 0
    assert run(home, "dump", "r1").exit_code == 0
    assert (home / "dumps" / "SHA256SUMS").read_text() == before


def test_a_changed_dump_is_noticed_by_verify(home: Path) -> None:
    assert run(home, "dump").exit_code == 0
    assert run(home, "verify").exit_code == 0
    (home / "dumps" / "r3.ttl").write_text("")
    found = run(home, "verify", "--format", "csv")
    assert found.exit_code == 1
    assert "r3.ttl is not what was written." in found.stdout


def test_wrong_uses_are_told(home: Path, run: Run) -> None:
    words = (("r1", "--missing"), ("--list", "--missing"), ("r9",), ("then",))
    codes = [CliRunner().invoke(main, ("dump", *one), obj=Session(settings=Settings(home=home))).exit_code for one in words]
    assert codes == [2, 2, 3, 2]
    assert run("dump", "--remove").exit_code == 2
    assert run("dump").exit_code == 1


@pytest.mark.parametrize(("most", "dumped"), [(10, ["r4"]), (3, [])])
def test_what_a_curator_publishes_is_dumped_unless_the_registry_is_large(home: Path, most: int, dumped: list[str]) -> None:
    with Registry.open(Settings(home=home, dump_quads=most)) as registry:
        curator = Curator(registry)
        published = registry.store.publish(lambda _: ChangeSet((named("d"),)), agent="tests", note="a change")
        curator._dump(published)
        curator._dump(published)
    assert listed(home) == dumped
