"""What the rules derive is published with the facts, in a graph of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.curator import Curator
from standards_graph.harmonisation import rules
from standards_graph.registry import Registry
from standards_graph.vocab import SGO

LIST = resources.data() / "fda-ai-devices" / "devices.csv"


@pytest.fixture(scope="module")
def filled() -> Registry:
    registry = Registry.in_memory(())
    Curator(registry).load()
    return registry


def inferred(registry: Registry) -> set[Quad]:
    return {quad for quad in registry.store.dump() if quad.graph_name == rules.FACTS}


def test_loading_publishes_what_follows_from_the_facts(filled: Registry) -> None:
    found = {(q.subject.value.removeprefix(vocab.BASE), q.predicate, q.object) for q in inferred(filled)}
    us = NamedNode(f"{vocab.BASE}id/jurisdiction/us")
    assert ("id/edition/iec-62304-2006-plus-amd1-2015", SGO.recognisedIn, us) in found
    assert ("id/org/mhra", SGO.participatesIn, NamedNode(f"{vocab.BASE}id/network/healthai-grn")) in found
    assert sum(predicate == SGO.authorisedIn for _, predicate, _ in found) > 1_000


def test_loading_again_changes_nothing(filled: Registry) -> None:
    before = filled.store.history()
    Curator(filled).load()
    assert filled.store.history() == before


def test_an_import_brings_what_follows_from_it(small_world: Registry, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    lines = LIST.read_text("utf-8").splitlines(keepends=True)
    for rows in (3, 9):
        file.write_text("".join(lines[: rows + 1]), "utf-8")
        Curator(small_world).import_files("fda-ai-devices", [file], agent="test", accept_shrink=True)
        authorised = {quad.object for quad in small_world.store.dump() if quad.predicate == SGO.authorises}
        assert {quad.subject for quad in inferred(small_world) if quad.predicate == SGO.authorisedIn} == authorised
