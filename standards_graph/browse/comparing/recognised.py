"""Which editions are accepted where on a day: directly, in effect, or perhaps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.comparing.evidence import RECOGNITIONS, Coverage, counts, finding, holds, since, standing
from standards_graph.model import decisions
from standards_graph.model.comparison import Asked, Cell, Finding, How, State
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row


@dataclass(frozen=True, slots=True)
class Decision:
    """A recognition that counts on the day."""

    iri: NamedNode
    edition: NamedNode
    place: NamedNode
    is_full: bool
    note: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """One way in which an edition is accepted: by a decision, as the record says, and why where it does not name it."""

    how: How
    decision: Decision
    record: NamedNode
    confidence: float | None = None
    why: str = ""

    @property
    def finding(self) -> Finding:
        """The same as an answer tells it: the edition that the decision names, and its terms."""
        one = self.decision
        note = "; ".join(filter(None, (one.note, self.why)))
        return finding(
            one.edition,
            self.how.value,
            self.record,
            one.place,
            confidence=self.confidence,
            note=note,
            is_open=not self.how.is_sure,
        )


class Recognised:
    """What is recognised on a day, everywhere."""

    def __init__(self, reader: Reader, day: dt.date) -> None:
        self._coverage = Coverage(reader, day)
        told = _grouped(reader)
        found = [one for rows in told.values() if (one := _decision(rows, day))]
        self.recorded: frozenset[NamedNode] = frozenset(rows[0].iri("place") for rows in told.values())
        """Places in which any recognition is recorded, of whatever day."""
        self._direct = _by_edition(found)
        self._effective = _effective(reader, {one.iri: one for one in found}, day)
        self._adoptions = Adoptions(reader, day)
        self._sought = _sought(reader)

    @property
    def editions(self) -> list[NamedNode]:
        """The editions that a decision names which counts on the day."""
        return sorted(self._direct, key=str)

    def named_in(self, places: Iterable[NamedNode]) -> list[NamedNode]:
        """The editions that a decision of one of the places names."""
        wanted = set(places)
        return [one for one in self.editions if any(each.place in wanted for each in self._direct[one])]

    def accepted(self, edition: NamedNode) -> list[Accepted]:
        """Every way in which an edition is accepted somewhere; in a place where it surely is, no other way is told."""
        sure = [Accepted(How.DIRECTLY, one, one.iri) for one in self._direct.get(edition, ())]
        sure += self._effective.get(edition, ())
        placed = {one.decision.place for one in sure}
        return [*sure, *(one for one in self._perhaps(edition) if one.decision.place not in placed)]

    def _perhaps(self, edition: NamedNode) -> Iterator[Accepted]:
        for other, identical in self._adoptions.linked(edition).items():
            for one in self._direct.get(other, ()):
                if not identical:
                    yield Accepted(How.DEGREE_UNREAD, one, one.iri)
                elif not one.is_full:
                    yield Accepted(How.EXTENT_OPEN, one, one.iri)

    def linked(self, edition: NamedNode) -> list[NamedNode]:
        """The edition, what it adopts, what adopts it, and what adopts the same."""
        return [edition, *self._adoptions.linked(edition)]

    def cells(self, edition: NamedNode, asked: Iterable[Asked]) -> list[Cell]:
        """How an edition stands in each place; ``evidence.completed`` tells the findings in full."""
        found = self.accepted(edition)
        return [self._cell(edition, one, [each for each in found if each.decision.place in one.iris]) for one in asked]

    def naming(self, asked: Asked, editions: Iterable[NamedNode]) -> Cell:
        """Which of the editions, or of what is linked to them by adoption, decisions of a place name."""
        wanted = {linked for one in editions for linked in self.linked(one)}
        found = [one for one in self.named_in(asked.iris) if one in wanted]
        told = [each.finding for one in found for each in self.accepted(one) if each.how is How.DIRECTLY]
        here = tuple(one for one in told if one.place and one.place.iri in asked.iris)
        is_known = any(place in self.recorded for place in asked.iris)
        return Cell(asked, State.RECORDED, here) if here else self._coverage.absent(asked, RECOGNITIONS, known=is_known)

    def _cell(self, edition: NamedNode, asked: Asked, found: list[Accepted]) -> Cell:
        sure = [one for one in found if one.how.is_sure]
        if found:
            return Cell(asked, State.RECORDED if sure else State.UNCERTAIN, tuple(one.finding for one in sure or found))
        sought = tuple(one for place in asked.iris for one in self._looked_for(edition, place))
        is_known = any(place in self.recorded for place in asked.iris)
        return self._coverage.absent(asked, RECOGNITIONS, known=is_known, sought=sought)

    def _looked_for(self, edition: NamedNode, place: NamedNode) -> list[NamedNode]:
        return [found for one in self.linked(edition) for found in self._sought.get((one, place), ())]


class Adoptions:
    """Which editions are linked by adoption on a day, and whether it was read that nothing was changed."""

    def __init__(self, reader: Reader, day: dt.date) -> None:
        self._bases: dict[NamedNode, dict[NamedNode, bool]] = defaultdict(dict)
        self._adopters: dict[NamedNode, dict[NamedNode, bool]] = defaultdict(dict)
        for row in ask(reader, "browse/comparing/adoptions"):
            if row.text_if_any("published") > day.isoformat():
                continue
            adopting, base, identical = row.iri("adopting"), row.iri("base"), row.yes("identical")
            self._bases[adopting][base] = identical
            self._adopters[base][adopting] = identical

    def linked(self, edition: NamedNode) -> dict[NamedNode, bool]:
        """What an edition adopts, what adopts it, what adopts the same: True where every link is read to be identical."""
        found: dict[NamedNode, bool] = {}
        for base, same in self._bases.get(edition, {}).items():
            found[base] = found.get(base, False) or same
            for other, also in self._adopters.get(base, {}).items():
                found[other] = found.get(other, False) or (same and also)
        for other, same in self._adopters.get(edition, {}).items():
            found[other] = found.get(other, False) or same
        found.pop(edition, None)
        return dict(sorted(found.items(), key=lambda one: one[0].value))


def _grouped(reader: Reader) -> dict[tuple[NamedNode, NamedNode, NamedNode], list[Row]]:
    found: dict[tuple[NamedNode, NamedNode, NamedNode], list[Row]] = defaultdict(list)
    for row in ask(reader, "browse/comparing/decisions"):
        found[row.iri("decision"), row.iri("edition"), row.iri("place")].append(row)
    return found


def _decision(rows: list[Row], day: dt.date) -> Decision | None:
    """What the rows tell of as a decision; None where it does not count on the day."""
    first, on_day = rows[0], standing(rows, day)
    states = {row.text("status") for row in rows if "status" in row}
    has_end = any(name in row for row in rows for name in ("until", "last", "withdrawn"))
    if not (decisions.counts(states, has_end=has_end) and counts(on_day)):
        return None
    extents = {row.iri("extent") for row in rows if "extent" in row}
    return Decision(
        first.iri("decision"),
        first.iri("edition"),
        first.iri("place"),
        decisions.FULL in extents,
        "; ".join(_told(rows, since(on_day))),
    )


def _told(rows: list[Row], since_when: str) -> Iterator[str]:
    for name, before, otherwise in (("regime", "", ""), ("extent_name", "extent: ", "extent: not recorded")):
        texts = sorted({row.text(name) for row in rows if name in row})
        if texts or otherwise:
            yield before + ", ".join(texts) if texts else otherwise
    details = sorted({row.text("extent_text") for row in rows if "extent_text" in row} - {"full", "complete", "partial"})
    if details:
        yield f"“{'; '.join(details)}”"
    yield since_when
    for last in sorted({row.text("last") for row in rows if "last" in row}):
        yield f"in transition until {last}"


def _by_edition(found: Iterable[Decision]) -> dict[NamedNode, list[Decision]]:
    told: dict[NamedNode, list[Decision]] = defaultdict(list)
    for one in found:
        told[one.edition].append(one)
    return told


def _effective(reader: Reader, decisions: Mapping[NamedNode, Decision], day: dt.date) -> dict[NamedNode, list[Accepted]]:
    """For each edition what counts in effect on the day: the decision and every mapping under it have to hold then.

    A recognition in part is never passed on.
    """
    found: dict[NamedNode, list[Accepted]] = defaultdict(list)
    for row in ask(reader, "browse/comparing/effective"):
        decision = decisions.get(row.iri("decision"))
        if decision and decision.is_full and holds(row, day):
            surety = float(row.text("confidence")) if "confidence" in row else None
            told = Accepted(How.IN_EFFECT, decision, row.iri("effective"), surety, row.text_if_any("why"))
            found[row.iri("edition")].append(told)
    return found


def _sought(reader: Reader) -> dict[tuple[NamedNode, NamedNode], list[NamedNode]]:
    found: dict[tuple[NamedNode, NamedNode], list[NamedNode]] = defaultdict(list)
    for row in ask(reader, "browse/comparing/sought"):
        found[row.iri("edition"), row.iri("place")].append(row.iri("finding"))
    return found
