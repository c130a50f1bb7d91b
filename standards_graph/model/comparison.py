"""Jurisdictions side by side: what is recorded in each, and what exactly is meant where nothing is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


class State(StrEnum):
    """What is known of a counterpart in a place. Only ``NO_COUNTERPART`` means "no"."""

    RECORDED = "recorded"
    UNCERTAIN = "perhaps"
    NO_COUNTERPART = "no counterpart"
    NOT_RECORDED = "not recorded"
    NOT_COVERED = "not covered by sources"


class How(StrEnum):
    """By which way an edition is accepted."""

    DIRECTLY = "directly"
    IN_EFFECT = "in effect"
    DEGREE_UNREAD = "perhaps: degree of adoption not read"
    EXTENT_OPEN = "perhaps: an identical edition is recognised, not stated to be in full"

    @property
    def is_sure(self) -> bool:
        """Whether the edition counts, and not only perhaps."""
        return self in (How.DIRECTLY, How.IN_EFFECT)


class Aspect(StrEnum):
    """What jurisdictions are compared in."""

    CLASSES = "classes"
    RECOGNITIONS = "recognitions"
    TOPICS = "topics"
    GUIDANCE = "guidance"
    CHANGE_CONTROL = "change-control"


class Covered(StrEnum):
    """How far editions cover a requirement; ``NOT`` where a source says that they do not."""

    FULLY = "fully"
    PARTLY = "in part"
    LINKED = "linked, extent not stated"
    NOT = "not covered"
    NOT_RECORDED = "no clause recorded"


@dataclass(frozen=True, slots=True)
class Asked:
    """A place as it was asked for: a jurisdiction with those of its parts that count too, or a classification scheme.

    ``parts`` are parts of a country. ``wholes`` are what the place belongs to, the rules of which are not counted here.
    """

    place: Name
    parts: tuple[Name, ...] = ()
    wholes: tuple[Name, ...] = ()
    is_scheme: bool = False

    @property
    def iris(self) -> tuple[NamedNode, ...]:
        """The place and its parts."""
        return (self.place.iri, *(one.iri for one in self.parts))

    @property
    def remark(self) -> str:
        """What has to be said of the place: which parts count, and what does not count."""
        told = []
        if self.parts:
            told.append(f"{self.place.text} is asked for with its parts: {', '.join(one.text for one in self.parts)}.")
        if self.wholes:
            whole = ", ".join(one.text for one in self.wholes)
            told.append(f"{self.place.text} belongs to {whole}; what holds in all of it is asked for by its own name.")
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is recorded: what, where exactly, by which record, how sure, from which sources.

    Where it is open whether the thing counts at all (``is_open``), no confidence is told.
    """

    thing: Name
    how: str
    record: NamedNode
    place: Name | None = None
    confidence: float | None = None
    note: str = ""
    sources: tuple[NamedNode, ...] = ()
    addresses: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def surety(self) -> str:
        """The confidence for reading."""
        return "not stated" if self.confidence is None else f"{self.confidence:g}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one place has: ``complete`` is the day up to which a source is stated to leave nothing out.

    ``sought`` are the records of searches that found nothing; such a search proves nothing.
    """

    asked: Asked
    state: State
    findings: tuple[Finding, ...] = ()
    complete: dt.date | None = None
    sought: tuple[NamedNode, ...] = ()

    @property
    def remark(self) -> str:
        """What stands beside the state: up to which day the records are complete, and whether somebody looked."""
        if self.state in (State.RECORDED, State.UNCERTAIN, State.NOT_COVERED):
            return ""
        told = [f"complete up to {self.complete}" if self.complete else "completeness not stated"]
        return "; ".join([*told, *(["looked for and not found"] if self.sought else [])])


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One subject and what each place has of it; ``what`` names the kind of thing that stands in the cells."""

    aspect: Aspect
    subject: Name
    what: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places side by side on a day."""

    day: dt.date
    asked: tuple[Asked, ...]
    rows: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that one place has and for which the other has nothing, in exactly one of three senses."""

    aspect: Aspect
    subject: Name
    what: str
    here: tuple[Finding, ...]
    there: Cell
    near: tuple[Name, ...] = ()

    @property
    def state(self) -> State:
        """In which sense."""
        return self.there.state


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of one place against another; ``uncertain`` counts the subjects that perhaps have a counterpart."""

    day: dt.date
    base: Asked
    against: Asked
    rows: tuple[Gap, ...]
    uncertain: int = 0


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether an edition is accepted in one jurisdiction."""

    edition: Name
    cell: Cell


@dataclass(frozen=True, slots=True)
class Requirement:
    """A provision of a law, and how far the editions cover it."""

    law: Name
    provision: Name
    covered: Covered
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Conformance:
    """What conforming to editions gives on a day.

    ``uncovered`` counts the jurisdictions of which no recognition of any edition is recorded.
    """

    day: dt.date
    editions: tuple[Name, ...]
    acceptances: tuple[Acceptance, ...]
    requirements: tuple[Requirement, ...]
    uncovered: int = 0


@dataclass(frozen=True, slots=True)
class Market:
    """An edition that is accepted in every place that was asked for."""

    edition: Name
    cells: tuple[Cell, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it counts in every place, and not in one of them only perhaps."""
        return all(cell.state is State.RECORDED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Markets:
    """Editions that are accepted in all places; ``empty`` are places of which no recognition at all is recorded."""

    day: dt.date
    asked: tuple[Asked, ...]
    rows: tuple[Market, ...]
    empty: tuple[Asked, ...] = ()

    @property
    def sure(self) -> tuple[Market, ...]:
        """Those that count in every place."""
        return tuple(one for one in self.rows if one.is_sure)


def tally(states: Iterable[State]) -> dict[State, int]:
    """How many are in which state, in the order of ``State``."""
    listed = list(states)
    return {one: listed.count(one) for one in State if one in listed}
