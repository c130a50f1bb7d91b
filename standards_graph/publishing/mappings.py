"""Mapping sets of the registry in the forms of SSSOM, for whoever compares and reviews with other tools."""

from __future__ import annotations

from pathlib import PurePath

import pyoxigraph as ox

from standards_graph import queries, vocab
from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.formats import sssom
from standards_graph.formats.sssom import ours
from standards_graph.formats.sssom.problems import Problems
from standards_graph.model.answers import JSON, NTRIPLES, TSV, TURTLE, Answer
from standards_graph.store.base import Reader
from standards_graph.store.rows import rows

MEDIA_TYPES = {"tsv": TSV, "json": "application/json", "rdf": TURTLE}
"""The forms, and what they are on the web."""

_HERE = vocab.graph("mapping/").value


class MappingSets:
    """What the registry holds in graphs of mapping records, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def names(self) -> tuple[str, ...]:
        """The names of all sets: the ends of the names of their graphs."""
        found = rows(self._reader.answer(queries.load("publishing/graphs").text, media_type=JSON))
        graphs = (row.iri("graph").value for row in found)
        return tuple(graph.removeprefix(_HERE) for graph in graphs if graph.startswith(_HERE))

    def written(self, name: str, form: str) -> Answer:
        """A set as ``tsv``, ``json`` or ``rdf``; raises NotFound, NotAcceptable, TooLarge."""
        if form not in MEDIA_TYPES:
            raise NotAcceptable(f"A mapping set cannot be written as {form!r}.", offered=tuple(MEDIA_TYPES))
        graph = vocab.graph(f"mapping/{name}")
        if name not in self.names():
            raise NotFound(f"There is no mapping set {name!r}; there are: {', '.join(self.names()) or 'none'}.")
        found = self._reader.answer(queries.load("publishing/graph").bind(thing=graph, subject=graph), media_type=NTRIPLES)
        statements = (quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES))
        told = ours.standard(statements, name, Problems(PurePath(name), lambda _: None))
        return Answer(sssom.serialise(told, form), MEDIA_TYPES[form], found.revision)
