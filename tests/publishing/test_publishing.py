from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode, RdfFormat

from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.model.answers import GRAPH_TYPES, NTRIPLES, RESULT_TYPES, TURTLE
from standards_graph.publishing import readiness
from standards_graph.publishing.descriptions import Descriptions, describe
from standards_graph.publishing.service import FORMATS, service_description
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import SD, entity
from tests.webapp.serving import CURATED, QUADS, US

AT = NamedNode("http://127.0.0.1/sparql")


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore(QUADS)


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_every_syntax_of_a_description_says_the_same(store: MemoryStore, media_type: str) -> None:
    said = {quad.triple for quad in ox.parse(describe(store, US, NTRIPLES).body, format=RdfFormat.N_TRIPLES)}
    answer = describe(store, US, media_type)
    assert {quad.triple for quad in ox.parse(answer.body, format=RdfFormat.from_media_type(media_type))} == said
    assert (answer.media_type, answer.revision) == (media_type, 1)


def test_a_description_is_the_same_bytes_each_time_and_declares_only_the_prefixes_it_uses(store: MemoryStore) -> None:
    first, second = describe(store, US, TURTLE).body, describe(store, US, TURTLE).body
    assert first == second
    assert b"@prefix rdfs:" in first
    assert b"@prefix skos:" not in first


def test_what_nothing_speaks_of_is_not_found_and_rows_cannot_describe(store: MemoryStore) -> None:
    assert Descriptions(store).is_known(CURATED)
    with pytest.raises(NotFound):
        describe(store, entity("jurisdiction", "zz"), TURTLE)
    with pytest.raises(NotAcceptable):
        describe(store, US, RESULT_TYPES[0])


def test_the_service_names_each_format_and_each_graph(store: MemoryStore) -> None:
    assert len(FORMATS) == len(RESULT_TYPES) + len(GRAPH_TYPES)
    body = service_description(store, endpoint=AT, media_type=NTRIPLES, limits="One sentence.").body
    said = [quad.triple for quad in ox.parse(body, format=RdfFormat.N_TRIPLES)]
    assert {t.object for t in said if t.predicate == SD.name} == set(store.graphs())
    assert len([t for t in said if t.predicate == SD.resultFormat]) == len(FORMATS)


def test_a_revision_that_holds_what_was_published_is_ready(store: MemoryStore) -> None:
    assert readiness.answers(store).ok
    assert readiness.holds_everything(store).detail == f"{len(QUADS)} found, {len(QUADS)} recorded"
