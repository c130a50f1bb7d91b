"""Performance in use beside what was claimed before market entry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


class Outcome(StrEnum):
    """How values in use lie to those claimed before market entry, for one device, metric and population."""

    WORSE = "worse than claimed"
    NOT_WORSE = "not worse than claimed"
    WORSE_THAN_WHOLE = "worse than claimed for all; nothing claimed for the subgroup is recorded"
    NOT_WORSE_THAN_WHOLE = "not worse than claimed for all; nothing claimed for the subgroup is recorded"
    NO_CLAIM = "nothing claimed is recorded"
    NO_USE = "no value in use is recorded"

    @property
    def is_worse(self) -> bool:
        """Whether a value in use lies below a claimed one; of what should be low, above it."""
        return self in (Outcome.WORSE, Outcome.WORSE_THAN_WHOLE)


class Intervals(StrEnum):
    """Whether the stated intervals of the two values have anything in common."""

    APART = "apart"
    TOGETHER = "not apart"
    UNKNOWN = "not recorded"


@dataclass(frozen=True, slots=True)
class Value:
    """One observed value; ``population`` None means all that were observed."""

    observation: NamedNode
    device: NamedNode
    metric: NamedNode
    setting: NamedNode
    value: Decimal
    population: NamedNode | None = None
    cases: int | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    sources: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claimed value and one in use, of one device and metric; either is None where none is recorded."""

    outcome: Outcome
    claimed: Value | None = None
    used: Value | None = None
    intervals: Intervals = Intervals.UNKNOWN

    @property
    def of(self) -> Value:
        """The value that tells device, metric and population: that in use, where there is one."""
        known = self.used or self.claimed
        if known is None:
            raise ValueError("a comparison is of at least one value")
        return known

    @property
    def difference(self) -> Decimal | None:
        """How much higher the value in use is than the claimed one."""
        return self.used.value - self.claimed.value if self.used and self.claimed else None


@dataclass(frozen=True, slots=True)
class Named:
    """A comparison with the names of what it is about."""

    comparison: Comparison
    device: Name
    metric: Name
    population: Name | None = None
    setting: Name | None = None
