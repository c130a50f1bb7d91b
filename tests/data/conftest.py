"""The packaged content, read once."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.harmonisation import following
from standards_graph.importing import packaged
from standards_graph.store.memory import MemoryStore

Content = dict[NamedNode, set[Quad]]


@pytest.fixture(scope="session")
def content() -> Content:
    """Every packaged quad, by graph."""
    return packaged.content(lambda *_: None)


@pytest.fixture(scope="session")
def facts(content: Content) -> frozenset[Quad]:
    """The quads about the world: the curated tables, what nobody confirmed, mappings and sources."""
    kinds = ("curated/", "unverified/", "mapping/", "source/")
    parts = [quads for graph, quads in content.items() if graph.value.startswith(tuple(vocab.graph(k).value for k in kinds))]
    return frozenset(quad for quads in parts for quad in quads)


@pytest.fixture(scope="session")
def full(content: Content) -> MemoryStore:
    """A store in memory with all of it, and with what follows from it on the day of the questions."""
    quads = [quad for quads in content.values() for quad in quads]
    return MemoryStore((*quads, *following.follows(quads, dt.date(2026, 11, 22))))


@pytest.fixture(scope="session")
def classes(content: Content) -> dict[NamedNode, set[NamedNode]]:
    """Each class of the ontology with itself and everything under it."""
    pairs = {
        (q.subject, q.object)
        for q in content[vocab.graph("ontology")]
        if q.predicate == vocab.RDFS.subClassOf and isinstance(q.object, ox.NamedNode)
    }
    under: dict[NamedNode, set[NamedNode]] = {}
    for term in vocab.SGO.terms().values():
        found, more = {term}, {term}
        while more:
            more = {sub for sub, sup in pairs if sup in more} - found  # type: ignore[misc]
            found |= more
        under[term] = found
    return under
