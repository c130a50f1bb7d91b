"""HermiT on the ontology, on the worked example and on the packaged content; and what must be found impossible."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import Misconfigured, TooLarge
from standards_graph.formats import rdf
from standards_graph.importing import packaged
from standards_graph.model.reasoning import Reasoned
from standards_graph.validation import consistency, reasoning
from standards_graph.vocab import RDF, SGO

ROOT = resources.ontology()
GRAPH = vocab.graph("example")
IMPOSSIBLE = sorted((ROOT / "examples" / "impossible").glob("*.ttl"))
SAMPLE = 3_000


def read(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in rdf.parse(path, graph=GRAPH)]


@pytest.fixture(scope="session")
def ontology() -> list[Quad]:
    return reasoning.terms(ROOT)


@pytest.fixture(scope="session")
def alone(ontology):
    return consistency.reasoned(ontology)


def test_the_ontology_is_consistent_and_something_can_be_in_every_class(alone):
    assert alone.consistent
    assert alone.unsatisfiable == ()
    assert alone.sound


def test_the_inferred_hierarchy_of_classes_is_the_expected_one(alone):
    assert reasoning.differences(alone, (ROOT / "hierarchy.txt").read_text("utf-8").splitlines()) == ()


def test_the_examples_are_consistent(ontology):
    assert consistency.reasoned([*ontology, *reasoning.examples(ROOT)]).sound


def test_a_sample_of_every_class_of_the_packaged_content_is_consistent(ontology):
    content = [quad for quads in packaged.content(lambda *_: None).values() for quad in quads]
    taken = consistency.sample(content, most=SAMPLE)
    assert SAMPLE * 0.9 < len(taken) <= SAMPLE
    assert consistency.sample(sorted(content, key=str), most=SAMPLE) == taken
    kinds = {quad.object for quad in taken if quad.predicate == RDF.type}
    assert {SGO.StandardEdition, SGO.StandardRecognition, SGO.MarketAuthorisation, SGO.RegulatoryAuthority} <= kinds
    assert consistency.reasoned([*ontology, *taken]).sound


@pytest.mark.parametrize("path", IMPOSSIBLE, ids=lambda path: path.stem)
def test_what_is_impossible_is_found(path, ontology):
    found = consistency.reasoned([*ontology, *read(path)])
    assert found.consistent is (path.stem == reasoning.FOR_THE_ENGINE)


def test_a_class_that_nothing_can_be_in_is_named(ontology):
    both = NamedNode(f"{SGO.iri}Both")
    above = [Quad(both, vocab.RDFS.subClassOf, one, GRAPH) for one in (SGO.Standard, SGO.Jurisdiction)]
    found = consistency.reasoned([*ontology, Quad(both, RDF.type, vocab.OWL.Class, GRAPH), *above])
    assert found.consistent
    assert found.unsatisfiable == (both.value,)
    assert not found.sound


def test_a_reasoner_that_takes_too_long_is_stopped(ontology):
    with pytest.raises(TooLarge, match=r"longer than 0.5 s"):
        consistency.reasoned(ontology, seconds=0.5)


def test_without_java_the_error_says_what_to_install(ontology, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Misconfigured, match="default-jre-headless"):
        consistency.reasoned(ontology)


def by_name(reason) -> dict[str, str]:
    return {one.name: one.result for one in reasoning.of_ontology(ROOT, reason=reason)}


def test_the_checks_find_what_the_reasoner_finds(alone):
    impossible = Reasoned(consistent=False)
    answers = iter([alone, alone, *(Reasoned(path.stem == reasoning.FOR_THE_ENGINE) for path in IMPOSSIBLE)])
    assert set(by_name(lambda _: next(answers)).values()) == {"passed"}
    assert by_name(lambda _: impossible) == {
        "s9-consistent": "failed",
        "s10-impossible-is-found": "failed",
        "s11-hierarchy": "failed",
    }
    answers = iter([alone, alone, *(Reasoned(True) for _ in IMPOSSIBLE)])
    checked = {one.name: one for one in reasoning.of_ontology(ROOT, reason=lambda _: next(answers))}
    assert len(checked["s10-impossible-is-found"].offenders) == len(IMPOSSIBLE) - 1


def test_a_class_that_moved_is_named_both_ways(alone):
    moved = Reasoned(True, hierarchy=(*alone.hierarchy[1:], (f"{SGO.iri}Standard", f"{SGO.iri}Actor")))
    expected = (ROOT / "hierarchy.txt").read_text("utf-8").splitlines()
    assert len(reasoning.differences(moved, expected)) == 2
    assert "found: Standard < Actor" in reasoning.differences(moved, expected)


def test_where_the_reasoner_cannot_run_nothing_is_said_to_have_passed():
    def missing(_):
        raise Misconfigured("needs Java")

    found = tuple(reasoning.of_ontology(ROOT, reason=missing))
    assert [(one.result, one.hindrance) for one in found] == [("not run", "needs Java")] * 3
    assert not any(one.failed for one in found)
