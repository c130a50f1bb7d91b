"""One thing, or one named graph, as RDF in any syntax."""

from __future__ import annotations

import pyoxigraph as ox
from pyoxigraph import NamedNode

from standards_graph import queries
from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.model.answers import GRAPH_TYPES, JSON, NTRIPLES, Answer
from standards_graph.publishing.writing import written
from standards_graph.store.base import Reader
from standards_graph.store.rows import truth
from standards_graph.vocab import BASE

_GRAPHS = BASE + "graph/"


class Descriptions:
    """What the registry says of one IRI, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def is_known(self, thing: NamedNode) -> bool:
        """Whether anything is recorded about an IRI."""
        asked = queries.load("publishing/known").bind(thing=thing)
        return truth(self._reader.answer(asked, media_type=JSON))

    def of(self, thing: NamedNode, media_type: str) -> Answer:
        """The description of a thing, or the content of a named graph; raises NotFound, NotAcceptable, TooLarge."""
        return describe(self._reader, thing, media_type)


def describe(reader: Reader, iri: NamedNode, media_type: str) -> Answer:
    """All statements about a thing in all graphs, its source records, what points at it, and its neighbours' names.

    Nothing is left out: where the answer would be over its limit, TooLarge says so. The IRI of a named graph gives the graph.
    Raises NotFound for an IRI about which nothing is recorded, NotAcceptable for what is no syntax of a graph.
    """
    if media_type not in GRAPH_TYPES:
        raise NotAcceptable(f"{media_type} cannot hold a graph.", offered=GRAPH_TYPES)
    if not Descriptions(reader).is_known(iri):
        raise NotFound(f"Nothing is recorded about {iri.value}.")
    if iri.value.startswith(_GRAPHS):
        return reader.answer(queries.load("publishing/graph").bind(thing=iri, subject=iri), media_type=media_type)
    found = reader.answer(queries.load("publishing/describe").bind(thing=iri), media_type=NTRIPLES)
    statements = (quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES))
    return Answer(written(statements, media_type), media_type, found.revision)
