"""Where the statements about things come from: the source record of each (thing, graph)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.model.entities import Name, Source
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row


def sources(reader: Reader, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[Source, ...]]:
    """The source records of each thing; one without any is left out."""
    wanted = sorted(set(things), key=str)
    rows = list(ask(reader, "browse/sources", thing=wanted)) if wanted else []
    known = names(reader, [level for row in rows if (level := row.iri_if_any("level"))])
    found: dict[NamedNode, list[Source]] = defaultdict(list)
    for row in rows:
        found[row.iri("thing")].append(_source(row, known))
    return {thing: tuple(records) for thing, records in found.items()}


def _source(row: Row, known: Mapping[NamedNode, Name]) -> Source:
    level = row.iri_if_any("level")
    return Source(
        record=row.iri("record"),
        graph=row.iri("graph"),
        address=row.text_if_any("address"),
        printed=row.text_if_any("printed"),
        level=known[level] if level else None,
        key=row.text_if_any("key"),
        note=row.text_if_any("note"),
        licence=row.text_if_any("licence"),
    )
