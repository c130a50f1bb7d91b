"""What stands behind an answer: source records, how sure they make it, days, and which lists are complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.browse.asking import ask
from standards_graph.browse.names import names, stand_in
from standards_graph.model.comparison import Asked, Cell, Finding, State
from standards_graph.model.entities import Name
from standards_graph.model.periods import OnDay, Period, Standing
from standards_graph.model.reading import CONFIDENCE
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row

RECOGNITIONS, LAWS, GUIDANCE, AUTHORISATIONS = (
    vocab.concept("record-kind", one)
    for one in ("standard-recognition", "regulatory-instrument", "guidance-document", "market-authorisation")
)
"""Kinds of record of which completeness can be stated."""
_COUNTS = (Standing.IN_FORCE, Standing.BY_THEN, Standing.UNKNOWN, Standing.DISPUTED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The source records of a record, where they can be read, and how sure the best read of them makes it."""

    sources: tuple[NamedNode, ...] = ()
    addresses: tuple[str, ...] = ()
    confidence: float | None = None


def evidence(reader: Reader, records: Iterable[NamedNode]) -> dict[NamedNode, Evidence]:
    """What stands behind each record: its own sources, or those of everything from which it was worked out."""
    rows: dict[NamedNode, list[Row]] = {one: [] for one in sorted(set(records), key=str)}
    for row in ask(reader, "browse/comparing/cited", thing=list(rows)) if rows else ():
        rows[row.iri("thing")].append(row)
    return {one: _evidence(found) for one, found in rows.items()}


def _evidence(rows: list[Row]) -> Evidence:
    levels = {row.text_if_any("level").rpartition("/")[2] for row in rows}
    return Evidence(
        tuple(dict.fromkeys(row.iri("source") for row in rows)),
        tuple(dict.fromkeys(address for row in rows if (address := row.text_if_any("address")))),
        max((float(CONFIDENCE[one]) for one in levels if one in CONFIDENCE), default=None),
    )


def finding(thing: NamedNode, how: str, record: NamedNode, place: NamedNode | None = None, **more: Any) -> Finding:
    """A finding that still has to be told in full: names and sources come with ``told``."""
    return Finding(stand_in(thing), how, record, stand_in(place) if place else None, **more)


def told(reader: Reader, found: Iterable[Finding]) -> dict[Finding, Finding]:
    """Each finding with the names of its things and with its sources.

    One that brings no confidence of its own has that of its sources, unless it is open.
    """
    listed = set(found)
    behind = evidence(reader, (one.record for one in listed))
    known = names(reader, [name.iri for one in listed for name in (one.thing, one.place) if name])
    return {one: _told(one, behind[one.record], known) for one in listed}


def _told(one: Finding, behind: Evidence, known: Mapping[NamedNode, Name]) -> Finding:
    return replace(
        one,
        thing=known[one.thing.iri],
        place=known[one.place.iri] if one.place else None,
        confidence=one.confidence if one.is_open or one.confidence is not None else behind.confidence,
        sources=behind.sources,
        addresses=behind.addresses,
    )


def completed(reader: Reader, rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    """Rows of cells, with all their findings told in full."""
    known = told(reader, (one for cells in rows for cell in cells for one in cell.findings))
    return [tuple(replace(cell, findings=tuple(known[one] for one in cell.findings)) for cell in cells) for cells in rows]


class Coverage:
    """Which kinds of record leave nothing out, and where."""

    def __init__(self, reader: Reader, day: dt.date) -> None:
        self._day = day
        self._complete = {
            (row.iri("kind"), row.iri("place")): dt.date.fromisoformat(row.text("complete"))
            for row in ask(reader, "browse/comparing/complete")
        }

    def up_to(self, asked: Asked, *kinds: NamedNode) -> dt.date | None:
        """The day up to which all the kinds are complete in a place, or None where that is not stated of one of them.

        What is said of a country holds for it, and not for a part of it alone.
        """
        days = [self._complete.get((kind, asked.place.iri)) for kind in kinds]
        return min((day for day in days if day), default=None) if all(days) else None

    def absent(self, asked: Asked, *kinds: NamedNode, known: bool, sought: tuple[NamedNode, ...] = ()) -> Cell:
        """What it means that nothing was found: ``known`` says whether anything of the kind is recorded in the place.

        Only a list that is stated to be complete on the day makes it "no counterpart".
        """
        complete = self.up_to(asked, *kinds)
        if complete and complete >= self._day:
            return Cell(asked, State.NO_COUNTERPART, complete=complete, sought=sought)
        return Cell(asked, State.NOT_RECORDED if known or complete else State.NOT_COVERED, complete=complete, sought=sought)


def days(rows: Iterable[Row], name: str) -> tuple[dt.date, ...]:
    """The days in a column, each once."""
    return tuple(sorted({dt.date.fromisoformat(text) for row in rows if (text := row.text_if_any(name))}))


def standing(rows: list[Row], day: dt.date) -> OnDay:
    """How what the rows tell of stands on a day.

    It ends with the first of: its end, the day after a transition, the day on which its source was seen to have withdrawn it.
    Before what it speaks of was published it cannot have been in force.
    """
    ends = [*days(rows, "until"), *days(rows, "withdrawn"), *(one + dt.timedelta(days=1) for one in days(rows, "last"))]
    before = [(one, "published") for one in days(rows, "published")]
    return Period(days(rows, "from"), (min(ends),) if ends else (), tuple(before)).on(day)


def counts(found: OnDay) -> bool:
    """Whether something counts on the day: what has no recorded start does."""
    return found.standing in _COUNTS


def holds(row: Row, day: dt.date) -> bool:
    """Whether a record holds on a day; an open end holds."""
    told = day.isoformat()
    start, until = row.text_if_any("from"), row.text_if_any("until")
    return start <= told and (not until or told < until)


def since(found: OnDay) -> str:
    """From when something is in force, or how it stands where that is not known."""
    if found.standing is Standing.IN_FORCE:
        return f"since {found.day}"
    return "sources disagree on the days" if found.standing is Standing.DISPUTED else "start not recorded"
