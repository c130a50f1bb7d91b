"""What the rules derive is published with the facts, in a graph of its own."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import queries, resources, vocab
from standards_graph.curator import Curator
from standards_graph.harmonisation import rules
from standards_graph.model.answers import CSV
from standards_graph.model.findings import Severity
from standards_graph.registry import Registry
from standards_graph.validation import checks, shapes
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


MAPPING_CHECKS = [one.name for one in checks.written(resources.ontology(), on="content") if one.name.startswith(("m", "d7"))]


@pytest.mark.parametrize("name", MAPPING_CHECKS)
def test_a_check_of_mappings_finds_nothing_in_the_published_content(filled: Registry, name: str) -> None:
    (query,) = (one for one in checks.written(resources.ontology(), on="content") if one.name == name)
    start = time.perf_counter()
    assert filled.reader().answer(query.text, media_type=CSV).body.decode().splitlines()[1:] == []
    assert time.perf_counter() - start < 5


def test_the_question_about_classes_lists_what_follows_and_says_so(filled: Registry) -> None:
    question = queries.question("eu-counterpart-of-fda-class-ii")
    swiss = question.bind(scheme=vocab.concept("ch-meddo"))
    rows = list(csv.DictReader(io.StringIO(filled.reader().answer(swiss, media_type=CSV).body.decode())))
    found = [(row["target"].rpartition("/")[2], row["relation"], row["confidence"], row["authority"]) for row in rows]
    assert found == [("iia", "holds all of", "0.63", "inferred"), ("iib", "overlaps with", "0.63", "inferred")]
    european = filled.reader().answer(question.text, media_type=CSV).body.decode()
    assert len(european.splitlines()) == 3
    assert "inferred" not in european


def test_the_inferred_records_pass_the_shapes(filled: Registry) -> None:
    found = shapes.validate(filled.store.dump(), resources.ontology() / "shapes")
    mappings = [one for one in found.findings if one.thing.startswith(vocab.PREFIXES["sgm"])]
    assert [one for one in mappings if one.severity is Severity.VIOLATION] == []


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
