"""The examples beside the ontology: facts that the tables hold, and things that have a class."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.importing import packaged
from standards_graph.store.normal import engine_form
from standards_graph.vocab import BASE, RDF

FOLDER = resources.ontology() / "examples"
GRAPH = vocab.graph("example")
FILES = sorted(FOLDER.glob("*.ttl"))


def test_what_is_taken_from_the_tables_stands_in_them():
    content = [quad for quads in packaged.content(lambda *_: None).values() for quad in quads]
    known = {quad.triple for quad in engine_form(content)}
    taken = engine_form(rdf.parse(FOLDER / "from-tables.ttl", graph=GRAPH))
    assert [str(quad) for quad in taken if quad.triple not in known] == []


def test_every_thing_of_the_registry_in_the_examples_has_a_class():
    said = [quad for path in FILES for quad in rdf.parse(path, graph=GRAPH)]
    typed = {quad.subject for quad in said if quad.predicate == RDF.type}
    used = {term for quad in said for term in (quad.subject, quad.object)}
    things = {one for one in used if isinstance(one, NamedNode) and one.value.startswith(f"{BASE}id/")}
    assert sorted(one.value for one in things - typed) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_is_not_loaded_with_the_ontology(path):
    from standards_graph.importing import ontology

    loaded = {quad.triple for quad in ontology.quads()}
    facts = [quad for quad in rdf.parse(path, graph=GRAPH) if str(quad.subject).startswith(f"<{BASE}id/")]
    assert [quad for quad in facts if quad.triple in loaded] == []
