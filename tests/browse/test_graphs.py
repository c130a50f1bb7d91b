"""Data sets, and the terms of the ontology."""

from __future__ import annotations

import pytest

from standards_graph.errors import NotFound
from standards_graph.registry import Registry
from standards_graph.vocab import SGO, graph
from tests import small_world as world


def test_every_graph_is_told_with_its_size(small_world: Registry) -> None:
    sizes = {one.name.iri: one.statements for one in small_world.graphs.all()}
    assert sum(sizes.values()) == small_world.reader().revision.quads
    where = graph("curated/networks")
    assert sizes[where] == len({quad for quad in world.facts() if quad.graph_name == where})
    assert small_world.graphs.one(where).statements == sizes[where]


def test_a_data_set_tells_classes_licences_and_whether_plain_queries_see_it(small_world: Registry) -> None:
    found = small_world.graphs.one(graph("unverified/regulators"))
    assert {name.iri: total for name, total in found.classes} == {SGO.RegulatoryAuthority: 1, SGO.SourceRecord: 1}
    assert found.licences == ("https://creativecommons.org/publicdomain/zero/1.0/",)
    assert not found.in_default_graph


def test_a_graph_that_holds_nothing_is_not_found(small_world: Registry) -> None:
    with pytest.raises(NotFound):
        small_world.graphs.one(graph("curated/none"))


def test_every_term_of_the_ontology_is_listed_with_its_definition(small_world: Registry) -> None:
    terms = {term.local: term for term in small_world.graphs.ontology()}
    assert set(terms) >= {name for name in SGO.terms() if name[0].isupper()}
    assert all(term.definition for term in terms.values())
    assert terms["recognises"].signature == "StandardRecognition → StandardEdition"
    assert terms["StandardEdition"].signature == "class"
