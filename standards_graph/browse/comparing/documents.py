"""Laws and guidance of places by topic, and accepted plans of changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.comparing.evidence import AUTHORISATIONS, GUIDANCE, LAWS, Coverage, counts, finding, since, standing
from standards_graph.model.comparison import Asked, Cell, Finding, State
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row
from standards_graph.vocab import SGO

KINDS = {SGO.RegulatoryInstrument: (LAWS, "law"), SGO.GuidanceDocument: (GUIDANCE, "guidance")}
"""What deals with topics: the kind of record of which completeness can be stated, and a word for it."""

ENDED = ("superseded", "withdrawn", "repealed")
"""What is said to be so on no recorded day counts on none, like a decision."""


class Documents:
    """What laws and guidance deal with, where they apply, on a day."""

    def __init__(self, reader: Reader, day: dt.date) -> None:
        self._coverage = Coverage(reader, day)
        self._places: set[tuple[NamedNode, NamedNode]] = set()
        self._found: dict[tuple[NamedNode, NamedNode, NamedNode], dict[NamedNode, Finding]] = defaultdict(dict)
        for rows in _grouped(reader).values():
            self._note(rows, day)

    def _note(self, rows: list[Row], day: dt.date) -> None:
        first, on_day = rows[0], standing(rows, day)
        place, kind = first.iri("place"), first.iri("kind")
        self._places.add((place, kind))
        status = sorted({row.text("status") for row in rows if "status" in row})
        has_ended = any(one.casefold() in ENDED for one in status) and not any("until" in row for row in rows)
        if has_ended or not counts(on_day):
            return
        note = "; ".join([since(on_day), *(f"status: {one}" for one in status)])
        for row in rows:
            if "topic" in row:
                part = row.iri("part")
                self._found[row.iri("topic"), place, kind].setdefault(
                    part, finding(part, KINDS[kind][1], part, place, note=note)
                )

    def topics(self, asked: Iterable[Asked], *kinds: NamedNode) -> list[NamedNode]:
        """The topics that something of these kinds deals with in one of the places."""
        places = {iri for one in asked for iri in one.iris}
        return sorted({topic for topic, place, kind in self._found if place in places and kind in kinds}, key=str)

    def cell(self, topic: NamedNode, asked: Asked, *kinds: NamedNode) -> Cell:
        """What a place has on a topic."""
        found = [one for kind in kinds for iri in asked.iris for one in self._found.get((topic, iri, kind), {}).values()]
        if found:
            return Cell(asked, State.RECORDED, tuple(found))
        known = any((iri, kind) in self._places for iri in asked.iris for kind in kinds)
        return self._coverage.absent(asked, *(KINDS[kind][0] for kind in kinds), known=known)


def _grouped(reader: Reader) -> dict[tuple[NamedNode, NamedNode], list[Row]]:
    found: dict[tuple[NamedNode, NamedNode], list[Row]] = defaultdict(list)
    for row in ask(reader, "browse/comparing/documents"):
        found[row.iri("document"), row.iri("place")].append(row)
    return found


def plans(reader: Reader, asked: Sequence[Asked], day: dt.date) -> list[Cell]:
    """The authorisations with an accepted plan of changes that count on a day, by place."""
    told: dict[tuple[NamedNode, NamedNode], list[Row]] = defaultdict(list)
    for row in ask(reader, "browse/comparing/plans"):
        told[row.iri("place"), row.iri("decision")].append(row)
    authorising = {
        row.iri("place")
        for row in ask(reader, "browse/comparing/authorising", place=[iri for one in asked for iri in one.iris])
    }
    coverage, cells = Coverage(reader, day), []
    for one in asked:
        found = tuple(
            finding(decision, "authorised with a plan", decision, place, note=since(on_day))
            for (place, decision), rows in told.items()
            if place in one.iris and counts(on_day := standing(rows, day))
        )
        is_known = any(iri in authorising for iri in one.iris)
        cells.append(Cell(one, State.RECORDED, found) if found else coverage.absent(one, AUTHORISATIONS, known=is_known))
    return cells
