"""The catalogue of data sets."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from standards_graph.errors import NotAcceptable
from standards_graph.model.answers import NTRIPLES, TURTLE
from standards_graph.publishing.catalogue import CATALOGUE, MEDIA_TYPES, WHOLE, catalogue
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import DCAT, DCTERMS, RDF, VOID, XSD
from tests.webapp.serving import CURATED, QUADS, SOURCE

BASE = "http://127.0.0.1:8000"
LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore([*QUADS, Quad(SOURCE, DCTERMS.license, LICENCE, CURATED)])


@pytest.fixture(scope="module")
def said(store: MemoryStore) -> set[Triple]:
    body = catalogue(store, base=BASE, media_type=NTRIPLES).body
    return {quad.triple for quad in ox.parse(body, format=RdfFormat.N_TRIPLES)}


def test_every_graph_is_a_data_set_of_the_catalogue_with_its_size(store: MemoryStore, said: set[Triple]) -> None:
    assert Triple(CATALOGUE, RDF.type, DCAT.Catalog) in said
    assert {t.object for t in said if t.subject == CATALOGUE and t.predicate == DCAT.dataset} == {WHOLE, *store.graphs()}
    assert Triple(CURATED, VOID.triples, Literal("7", datatype=XSD.integer)) in said
    assert Triple(WHOLE, VOID.triples, Literal(str(len(QUADS) + 1), datatype=XSD.integer)) in said


def test_a_data_set_names_its_licence_and_only_if_it_has_one(said: set[Triple]) -> None:
    licensed = {(t.subject, t.object) for t in said if t.predicate == DCTERMS.license}
    assert licensed == {(CATALOGUE, LICENCE), (CURATED, LICENCE)}


def test_a_data_set_is_to_be_had_in_each_syntax_at_the_address_that_serves_it(said: set[Triple]) -> None:
    files = {t.object.value for t in said if t.predicate == DCAT.downloadURL and str(CURATED.value) in t.subject.value}
    assert files == {f"{BASE}/dataset/curated/jurisdictions.{ending}" for ending in MEDIA_TYPES}


def test_the_catalogue_is_the_same_bytes_each_time_and_no_table(store: MemoryStore) -> None:
    assert catalogue(store, base=BASE, media_type=TURTLE).body == catalogue(store, base=BASE, media_type=TURTLE).body
    with pytest.raises(NotAcceptable):
        catalogue(store, base=BASE, media_type="text/csv")
