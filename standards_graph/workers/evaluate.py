"""One query on one engine, to bytes, within the size limit. Imports the engine alone: it runs in the query zygote."""

from __future__ import annotations

import io
import re
from typing import Any

import pyoxigraph as ox

from standards_graph.errors import BadQuery, NotAcceptable, TooLarge
from standards_graph.model.answers import GRAPH_TYPES, RESULT_TYPES, Dataset, Limits

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)$", re.S)


class _Capped(io.BytesIO):
    """Collects an answer and stops it at the cap."""

    def __init__(self, cap: int) -> None:
        super().__init__()
        self._left = cap

    def write(self, data: Any, /) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _OverCap
        return super().write(data)


class _OverCap(OSError):
    pass


def evaluate(
    engine: ox.Store,
    query: str,
    *,
    media_type: str,
    dataset: Dataset | None = None,
    limits: Limits,
    prefixes: dict[str, str] | None = None,
) -> bytes:
    """The whole answer, or BadQuery (with the place where it is known), NotAcceptable, TooLarge."""
    try:
        return _evaluated(engine, query, media_type=media_type, dataset=dataset, limits=limits, prefixes=prefixes)
    except RuntimeError as error:  # what the engine finds wrong while it evaluates: a function that it does not have
        raise BadQuery(f"{error}.") from None


def _evaluated(
    engine: ox.Store, query: str, *, media_type: str, dataset: Dataset | None, limits: Limits, prefixes: dict[str, str] | None
) -> bytes:
    try:
        found = engine.query(query, prefixes=prefixes, **_graphs(dataset))
    except SyntaxError as error:
        raise _placed(query, str(error)) from None
    format_ = _format(found, media_type)
    sink = _Capped(limits.answer)
    try:
        if isinstance(found, ox.QueryTriples):
            ox.serialize(found, sink, format=format_)
        else:
            found.serialize(sink, format=format_)
    except _OverCap:
        raise TooLarge(
            f"The answer is larger than {limits.answer / 1e6:g} MB. Add a LIMIT or narrower patterns, or take the dump."
        ) from None
    return sink.getvalue()


def _graphs(dataset: Dataset | None) -> dict[str, Any]:
    if dataset is None:
        return {}
    return {"default_graph": list(dataset.default), "named_graphs": list(dataset.named)}


def _format(found: object, media_type: str) -> Any:
    graph = isinstance(found, ox.QueryTriples)
    known: dict[str, Any] = _GRAPHS if graph else _RESULTS
    if media_type not in known:
        kind = "a graph" if graph else "rows or a yes or no"
        offered = GRAPH_TYPES if graph else RESULT_TYPES
        raise NotAcceptable(f"This query gives {kind}; {media_type} cannot hold that.", offered=offered)
    return known[media_type]


def _placed(query: str, message: str) -> BadQuery:
    found = _PLACE.match(message)
    if not found:
        return BadQuery(message)
    line, column = int(found[1]), int(found[2])
    lines = query.splitlines() or [""]
    excerpt = lines[min(line, len(lines)) - 1][:200]
    return BadQuery(found[3], line=line, column=column, excerpt=excerpt)
