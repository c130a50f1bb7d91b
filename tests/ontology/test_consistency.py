"""HermiT on the ontology, on the worked example and on the packaged content; and what must be found impossible."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import Misconfigured, TooLarge
from standards_graph.formats import rdf
from standards_graph.importing import packaged
from standards_graph.validation import consistency
from standards_graph.vocab import RDF, SGO

HERE = Path(__file__).parent
GRAPH = vocab.graph("example")
NEGATIVE = sorted((HERE / "negative").glob("*.ttl"))
FOR_THE_ENGINE = "entails-and-excludes"
SAMPLE = 3_000


def read(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in rdf.parse(path, graph=GRAPH)]


@pytest.fixture(scope="session")
def ontology() -> list[Quad]:
    root = resources.ontology()
    return read(root / "standards-graph.ttl", *sorted((root / "modules").glob("*.ttl")))


@pytest.fixture(scope="session")
def alone(ontology):
    return consistency.reasoned(ontology)


def test_the_ontology_is_consistent_and_something_can_be_in_every_class(alone):
    assert alone.consistent
    assert alone.unsatisfiable == ()
    assert alone.sound


def test_the_inferred_hierarchy_of_classes_is_the_expected_one(alone):
    ours = [pair for pair in alone.hierarchy if pair[0].startswith(SGO.iri)]
    found = [" < ".join(one.removeprefix(SGO.iri) for one in pair) for pair in ours]
    assert found == (HERE / "hierarchy.txt").read_text("utf-8").splitlines()


def test_the_worked_example_is_consistent(ontology):
    assert consistency.reasoned([*ontology, *read(HERE / "example.ttl")]).sound


def test_a_sample_of_every_class_of_the_packaged_content_is_consistent(ontology):
    content = [quad for quads in packaged.content(lambda *_: None).values() for quad in quads]
    taken = consistency.sample(content, most=SAMPLE)
    assert SAMPLE * 0.9 < len(taken) <= SAMPLE
    assert consistency.sample(sorted(content, key=str), most=SAMPLE) == taken
    kinds = {quad.object for quad in taken if quad.predicate == RDF.type}
    assert {SGO.StandardEdition, SGO.StandardRecognition, SGO.MarketAuthorisation, SGO.RegulatoryAuthority} <= kinds
    assert consistency.reasoned([*ontology, *taken]).sound


@pytest.mark.parametrize("path", NEGATIVE, ids=lambda path: path.stem)
def test_what_is_impossible_is_found(path, ontology):
    found = consistency.reasoned([*ontology, *read(path)])
    assert found.consistent is (path.stem == FOR_THE_ENGINE)


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
