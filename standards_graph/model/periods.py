"""When something is in force, and how it stands on a day: what is not recorded is told as such, never filled up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a thing stands on a day."""

    IN_FORCE = "in force"
    BY_THEN = "by then"
    UNKNOWN = "start not recorded"
    DISPUTED = "sources disagree"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class OnDay:
    """How a thing stands on a day, and by which of its days: ``basis`` is what happened on ``day``."""

    standing: Standing
    basis: str = ""
    day: dt.date | None = None

    @property
    def text(self) -> str:
        """The same in words, without the day."""
        if self.standing is Standing.BY_THEN:
            return f"{self.basis} by then" + ("" if self.basis == "published" else ", start not recorded")
        if self.standing is Standing.LATER:
            return f"not {self.basis} until" if self.basis != "begins" else "not in force until"
        return "no longer in force since" if self.standing is Standing.ENDED else self.standing.value


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are recorded of a thing: of its start, the first after its end, and of what came before any start."""

    starts: tuple[dt.date, ...] = ()
    ends: tuple[dt.date, ...] = ()
    before: tuple[tuple[dt.date, str], ...] = ()

    def on(self, day: dt.date) -> OnDay:
        """How the thing stands on a day; where its sources name different days, they have to agree on it."""
        found = [self._on(day, start, end) for start in self.starts or (None,) for end in self.ends or (None,)]
        return found[0] if len({one.standing for one in found}) == 1 else OnDay(Standing.DISPUTED)

    def _on(self, day: dt.date, start: dt.date | None, end: dt.date | None) -> OnDay:
        if end and end <= day:
            return OnDay(Standing.ENDED, "ended", end)
        if start:
            return OnDay(Standing.IN_FORCE if start <= day else Standing.LATER, "begins", start)
        if not self.before:
            return OnDay(Standing.UNKNOWN)
        first, what = min(self.before)
        return OnDay(Standing.BY_THEN if first <= day else Standing.LATER, what, first)


def tally(found: Iterable[OnDay]) -> Mapping[Standing, int]:
    """How many stand how, in the order of ``Standing``."""
    listed = [one.standing for one in found]
    return {one: listed.count(one) for one in Standing if one in listed}
