"""One query of the project's own, asked and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standards_graph import queries
from standards_graph.model.answers import JSON
from standards_graph.queries import Value
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows


def ask(reader: Reader, query: str, /, **values: Value | Iterable[Value]) -> Iterator[Row]:
    """The rows of one of the project's own queries."""
    return told(reader, queries.load(query).bind(**values))


def told(reader: Reader, text: str) -> Iterator[Row]:
    """The rows of a bound query."""
    return rows(reader.answer(text, media_type=JSON))
