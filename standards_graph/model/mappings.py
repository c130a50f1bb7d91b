"""Mapping records as statements for other tools: what is compared, how sure it is, who says so, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from standards_graph.vocab import SKOS

WORDS: Mapping[str, str] = {
    "equivalentTo": "is the same as",
    "closeTo": "is close to",
    "entails": "falls under",
    "entailedBy": "holds all of",
    "overlaps": "overlaps with",
    "excludes": "excludes",
    "compatibleWith": "is compatible with",
    "relatedTo": "is related to",
    "coversFully": "covers fully",
    "coversPartially": "covers partly",
    SKOS.mappingRelation.value: "corresponds to",
}
"""Relations, as a statement names them, in words that stand between the names of the two things."""

BACKWARDS: Mapping[str, str] = {"entails": "entailedBy", "entailedBy": "entails", "coversFully": "", "coversPartially": ""}
"""What a relation is from the other end, where that is not the same; coverage is not said backwards."""

OFFICIAL = frozenset(("law", "official guidance", "official notice", "regulator", "standards body"))
"""Voices that speak for an authority."""


class Extent(StrEnum):
    """What the extent of a thing that is compared is made of."""

    MEMBERS = "members"
    """A class or a concept: what falls in it."""
    FULFILMENTS = "fulfilments"
    """A document or a provision: what meets it. The more a text asks for, the less meets it."""


class Standing(StrEnum):
    """Whether a statement may be relied on, and if not, why."""

    ASSERTED = "asserted"
    INFERRED = "inferred"
    CANDIDATE = "candidate"
    CONTESTED = "contested"
    DENIED = "denied"
    REJECTED = "rejected"
    RETIRED = "retired"
    NOT_RECORDED = "not recorded"

    @property
    def holds(self) -> bool:
        """Whether somebody claims it and nobody contests it, or it follows from such claims."""
        return self in (Standing.ASSERTED, Standing.INFERRED)


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One of the two things that are compared: its IRI, its name, and what it is a part of (both empty: not recorded)."""

    iri: str
    name: str
    within: str = ""
    within_name: str = ""
    extent: Extent = Extent.MEMBERS


@dataclass(frozen=True, slots=True)
class Statement:
    """What a mapping record says: ``relation`` is the local name of its property; dates are days, the last one exclusive."""

    record: str
    source: End
    relation: str
    target: End
    standing: Standing
    confidence: float | None = None
    voice: str = ""
    scope: str = ""
    valid_from: str = ""
    valid_until: str = ""
    strictness_unknown: bool = False
    same_text: bool = False
    """Whether it rests on identical adoptions alone."""
    turned: bool = False
    """Whether it says no more than another record does from the other end."""
    explanation: str = ""
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The relation in words."""
        return WORDS.get(self.relation, self.relation)

    def holds_on(self, day: str) -> bool:
        """Whether an ISO day lies in its period; an unknown start or end is open."""
        return (self.valid_from or day) <= day and (not self.valid_until or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Two schemes against each other: every class of each, and what is said of each pair."""

    rows: tuple[End, ...]
    columns: tuple[End, ...]
    cells: dict[tuple[str, str], tuple[Statement, ...]]
    day: str = ""
