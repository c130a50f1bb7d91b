"""From which authorisations another one descends, and which descend from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


class Direction(StrEnum):
    """Which way predecessors are followed."""

    UP = "ancestors"
    DOWN = "descendants"


class Known(StrEnum):
    """Whether anything was found, and what it means that nothing was."""

    FOUND = "found"
    NOT_RECORDED = "not recorded"
    """Predecessors of other decisions are recorded, and none here: that is not a decision without any."""
    NOT_COVERED = "not covered by sources"
    """No source that was read tells a predecessor of any decision."""


class Naming(StrEnum):
    """How a recall is tied to a decision, the surest first."""

    AUTHORISATION = "the recall names the authorisation"
    DEVICE = "the recall names the device"
    FAMILY = "the recall names its family, a version or a member of it"


@dataclass(frozen=True, slots=True)
class RecallOf:
    """A recall that touches a decision, where and when, in the surest way in which it is tied to it."""

    recall: Name
    naming: Naming
    place: NamedNode | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Relative:
    """One ancestor or descendant.

    ``steps`` is the fewest by which it is reached, ``paths`` how many ways of so few steps there are; ``path`` is one of them,
    from the decision that was asked about to this one. ``returns`` says that it is both ancestor and descendant.
    """

    decision: Name
    steps: int
    paths: int
    path: tuple[NamedNode, ...]
    returns: bool = False
    recalls: tuple[RecallOf, ...] = ()
    sources: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What descends from a decision, or from what it descends: the nearest are listed, all are counted."""

    decisions: tuple[Name, ...]
    direction: Direction
    known: Known
    relatives: tuple[Relative, ...] = ()
    by_steps: tuple[int, ...] = ()
    """How many there are after one step, two, and so on: as far as was asked."""
    beyond: int = 0
    """How many more there are further away than was asked."""
    edges: int = 0
    """Recorded predecessors among all of them, near and far."""

    @property
    def total(self) -> int:
        """How many there are within the asked number of steps, listed or not."""
        return sum(self.by_steps)


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest ways from a decision to an ancestor of it: those listed, and how many there are."""

    known: Known
    steps: int = 0
    total: int = 0
    listed: tuple[tuple[Name, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RecalledLine:
    """A decision whose device was recalled, and how many descend from it."""

    decision: Name
    recalls: tuple[RecallOf, ...]
    descendants: int
    deepest: int
    known: Known
    sources: tuple[NamedNode, ...] = ()
