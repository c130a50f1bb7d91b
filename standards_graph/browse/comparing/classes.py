"""Risk classes of places side by side. No class is the counterpart of another unless an accepted record says how they lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.browse.asking import ask
from standards_graph.browse.comparing.evidence import Coverage, finding, holds
from standards_graph.browse.names import names
from standards_graph.model.comparison import Asked, Cell, Finding, State
from standards_graph.model.entities import Name
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row
from standards_graph.vocab import SGO

LISTS = {
    vocab.concept("eu-mdr-class"): vocab.concept("record-kind", "eu-mdr-class"),
    vocab.concept("us-fda-class"): vocab.concept("record-kind", "us-device-class"),
}
"""Schemes of which it can be stated that no class is left out, and the kind of record that says so."""


class Classes:
    """The classes that places use, and the accepted records between them that hold on a day."""

    def __init__(self, reader: Reader, asked: Sequence[Asked], day: dt.date) -> None:
        self._asked = asked
        self._day = day
        self._coverage = Coverage(reader, day)
        rows = list(ask(reader, "browse/comparing/classes", place=[iri for one in asked for iri in one.iris]))
        self._used = {one.place.iri: _used(rows, one.iris) for one in asked}
        self._records = _records(rows, day)
        relations = {row.iri("relation") for rows in self._records.values() for row in rows}
        self._words = names(reader, relations)

    def rows(self) -> Iterator[tuple[NamedNode, list[Cell]]]:
        """Every class of every place with what each place has of it: in the order of the places, schemes and ranks."""
        for owner in self._asked:
            for one in self._used[owner.place.iri]:
                yield one, [self._cell(one, asked) for asked in self._asked]

    def _cell(self, one: NamedNode, asked: Asked) -> Cell:
        here = self._used[asked.place.iri]
        if one in here:
            return Cell(asked, State.RECORDED, (finding(one, "the class itself", one),))
        linked = [row for row in self._records.get(one, ()) if row.iri("other") in here]
        counterparts = [row for row in linked if row.iri("relation") != SGO.excludes]
        if counterparts:
            return Cell(asked, State.RECORDED, tuple(_finding(row, self._words) for row in counterparts))
        excluded = {row.iri("other") for row in linked}
        if here and excluded == set(here):
            kinds = [LISTS.get(scheme, scheme) for scheme in dict.fromkeys(here.values())]
            return self._coverage.absent(asked, *kinds, known=True)
        return Cell(asked, State.NOT_RECORDED if here else State.NOT_COVERED)


def _used(rows: Iterable[Row], places: tuple[NamedNode, ...]) -> dict[NamedNode, NamedNode]:
    """The classes of places, each with its scheme."""
    return {row.iri("class"): row.iri("scheme") for row in rows if row.iri("place") in places}


def _records(rows: Iterable[Row], day: dt.date) -> dict[NamedNode, list[Row]]:
    found: dict[NamedNode, dict[NamedNode, Row]] = {}
    for row in rows:
        if "record" in row and holds(row, day):
            found.setdefault(row.iri("class"), {}).setdefault(row.iri("record"), row)
    return {one: list(records.values()) for one, records in found.items()}


def _finding(row: Row, words: dict[NamedNode, Name]) -> Finding:
    told = [f"for {scope}" if (scope := row.text_if_any("scope")) else "", row.text_if_any("voice")]
    note = "; ".join(filter(None, told))
    how = words[row.iri("relation")].text
    return finding(row.iri("other"), how, row.iri("record"), confidence=float(row.text("confidence")), note=note)
