"""Observed values of the performance of devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.model.performance import Value
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row


def values(reader: Reader) -> Iterator[Value]:
    """Every observed value of a performance metric that is a number."""
    about: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in ask(reader, "browse/performance/values"):
        about[row.iri("observation")].append(row)
    for observation, rows in about.items():
        first = rows[0]
        value = _number(first, "value")
        if value is None:
            continue
        yield Value(
            observation,
            first.iri("device"),
            first.iri("metric"),
            first.iri("setting"),
            value,
            first.iri_if_any("population"),
            first.number("cases") if "cases" in first else None,
            _number(first, "lower"),
            _number(first, "upper"),
            tuple(dict.fromkeys(row.iri("record") for row in rows if "record" in row)),
        )


def _number(row: Row, name: str) -> Decimal | None:
    try:
        return Decimal(row.text(name)) if name in row else None
    except InvalidOperation:
        return None
