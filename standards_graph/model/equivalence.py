"""Correspondences as a reader asks for them: what corresponds, why, and what contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What one record says of a thing that was asked about."""

    record: NamedNode
    relation: Name
    target: Name
    confidence: float
    voice: str = ""
    scope: str = ""
    valid_from: str = ""
    valid_until: str = ""
    why: str = ""
    strictness_unknown: bool = False
    """Whether the two may be the same, where one is said to lie in the other."""

    @property
    def is_inferred(self) -> bool:
        """Whether nobody claims it, and it follows from other records."""
        return self.voice == "inferred"


@dataclass(frozen=True, slots=True)
class Reason:
    """One record in an explanation: the derivation and the step in which it stands (0 for the record itself)."""

    derivation: int
    step: int
    record: NamedNode
    says: str
    confidence: float | None
    voice: str = ""
    explanation: str = ""
    sources: tuple[str, ...] = ()


class Fate(StrEnum):
    """What would become of something that follows, if a record were rejected."""

    FALLS = "falls"
    WEAKER = "less sure"
    COMES = "would follow instead"
    UNRECOGNISED = "no longer recognised in effect"
    SETTLED = "conflict settled"
    UNSAID = "plain statement falls"


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that would be otherwise without a record: its name, what it says, how sure it is, how sure it would be."""

    fate: Fate
    name: str
    says: str
    confidence: float | None = None
    left: float | None = None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Records that cannot all be right."""

    conflict: NamedNode
    kind: Name
    sentence: str
    members: tuple[NamedNode, ...]
    is_notice: bool = False
    """Whether it is only told: its records still count."""
