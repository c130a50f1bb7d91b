"""What corresponds to a thing, why a record holds, and which records contradict one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.comparing.places import asked
from standards_graph.browse.comparing.recognised import Recognised
from standards_graph.browse.meaning import meant, meant_or_printed
from standards_graph.browse.names import names
from standards_graph.errors import NotFound
from standards_graph.model.comparison import State
from standards_graph.model.equivalence import Counterpart, OpenConflict, Reason
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row


class Equivalence:
    """What may be asked about correspondences, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def counterparts(self, thing: str, *, within: str = "", on: dt.date | None = None) -> tuple[Counterpart, ...]:
        """What accepted records say of a thing, surest first: in a scheme or a jurisdiction, on a day, or at all.

        An edition is in a jurisdiction that recognises it on the day, itself or in effect; today (UTC) where no day is named.
        The parts of a country count with it. Raises NotFound for a thing or a place of which nothing is said, BadArgument.
        """
        rows: dict[NamedNode, list[Row]] = {}
        for row in ask(self._reader, "browse/equivalence/counterparts", thing=self._known(meant_or_printed(thing), thing)):
            if on is None or _holds(row, on):
                rows.setdefault(row.iri("record"), []).append(row)
        found = {record: told[0] for record, told in self._within(rows, within, on).items()}
        known = names(self._reader, [row.iri(end) for row in found.values() for end in ("relation", "target")])
        return tuple(
            Counterpart(
                record,
                known[row.iri("relation")],
                known[row.iri("target")],
                float(row.text("confidence")),
                row.text_if_any("voice"),
                row.text_if_any("scope"),
                row.text_if_any("from"),
                row.text_if_any("until"),
                row.text_if_any("why"),
                strictness_unknown=row.text_if_any("lax") == "true",
            )
            for record, row in found.items()
        )

    def _known(self, wanted: list[NamedNode], text: str) -> list[NamedNode]:
        """The first of these of which anything is said."""
        known = {row.iri("thing") for row in ask(self._reader, "browse/equivalence/known", thing=wanted)}
        first = next((one for one in wanted if one in known), None)
        if first is None:
            raise NotFound(f"Nothing is recorded that is called {text}.")
        return [first]

    def _within(self, rows: dict[NamedNode, list[Row]], within: str, on: dt.date | None) -> dict[NamedNode, list[Row]]:
        if not within:
            return rows
        try:
            (place,) = asked(self._reader, [within])
        except NotFound:
            wanted = set(self._known(meant(within), within))
            return {record: told for record, told in rows.items() if wanted & _places(told)}
        wanted, targets = set(place.iris), {row.iri("target") for told in rows.values() for row in told}
        recognised = Recognised(self._reader, on or dt.datetime.now(dt.UTC).date()) if not place.is_scheme and rows else None
        there = {one for one in targets if recognised and recognised.cells(one, [place])[0].state is State.RECORDED}
        return {record: told for record, told in rows.items() if wanted & _places(told) or told[0].iri("target") in there}

    def why(self, record: str) -> tuple[Reason, ...]:
        """The record itself, then the premises of each derivation, each with its sources; raises NotFound."""
        wanted = meant(record)
        steps = list(ask(self._reader, "browse/equivalence/steps", record=wanted))
        told = self._told({*wanted, *(row.iri("premise") for row in steps)})
        own = next((told[one] for one in wanted if one in told), None)
        if own is None:
            raise NotFound(f"There is no mapping record {record}.")
        premises = [(row.number("number"), row.number("position"), told.get(row.iri("premise"))) for row in steps]
        return (_reason(0, 0, own), *(_reason(number, step, rows) for number, step, rows in premises if rows))

    def conflicts(self) -> tuple[OpenConflict, ...]:
        """All open conflicts by kind, then the notices."""
        found: dict[NamedNode, list[Row]] = {}
        for row in ask(self._reader, "browse/equivalence/conflicts"):
            found.setdefault(row.iri("conflict"), []).append(row)
        known = names(self._reader, [rows[0].iri("kind") for rows in found.values()])
        return tuple(
            OpenConflict(
                one,
                known[rows[0].iri("kind")],
                rows[0].text("sentence"),
                tuple(row.iri("member") for row in rows),
                rows[0].yes("notice"),
            )
            for one, rows in found.items()
        )

    def _told(self, records: Iterable[NamedNode]) -> Mapping[NamedNode, list[Row]]:
        found: dict[NamedNode, list[Row]] = {}
        for row in ask(self._reader, "browse/equivalence/record", record=sorted(records, key=str)):
            found.setdefault(row.iri("record"), []).append(row)
        return found


def _reason(number: int, step: int, rows: list[Row]) -> Reason:
    first, addresses = rows[0], [row.text("address") for row in rows if "address" in row]
    return Reason(
        number,
        step,
        first.iri("record"),
        first.text("label"),
        float(first.text("confidence")) if "confidence" in first else None,
        first.text_if_any("voice"),
        first.text_if_any("why"),
        tuple(dict.fromkeys(addresses)),
    )


def _places(rows: Iterable[Row]) -> set[NamedNode]:
    return {place for row in rows if (place := row.iri_if_any("place"))}


def _holds(row: Row, day: dt.date) -> bool:
    start, until = row.text_if_any("from"), row.text_if_any("until")
    return start <= day.isoformat() and (not until or day.isoformat() < until)
