"""A claim of a correspondence, and what of it may be a premise: status, confidence, period, scope, kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from standards_graph.harmonisation.relations import COVERAGE, INVERSE, NARROWED, STRICT, Relation

MOST_STEPS = 4
LEAST_CONFIDENCE = Decimal("0.50")
"""Of a premise."""
FLOOR = Decimal("0.30")
"""Of what a chain gives."""
OPEN_END = "9999-12-31"
FOUR_DECIMALS = Decimal("0.0001")
UNRESTRICTED = frozenset(("", "all devices"))
"""Texts of a scope that leave nothing out."""
PROVISION = "provision"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a first day until the day after the last one, as ISO dates; an unknown start is empty."""

    start: str = ""
    until: str = OPEN_END

    def __and__(self, other: Period) -> Period:
        if self == other:
            return self
        return Period(max(self.start, other.start), min(self.until, other.until))

    def __bool__(self) -> bool:
        return self.start < self.until

    def __contains__(self, day: str) -> bool:
        return self.start <= day < self.until

    def holds(self, other: Period) -> bool:
        """Whether the other period lies within this one."""
        return self.start <= other.start and other.until <= self.until

    def leaves(self, other: Period) -> bool:
        """Whether a day that this period states lies outside the other one; an open side states none."""
        begins_outside = bool(self.start) and not other.start <= self.start < other.until
        return begins_outside or OPEN_END != self.until > other.until


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Claim:
    """One mapping record, as far as something may follow from it."""

    record: str
    source: str
    relation: Relation
    target: str
    confidence: Decimal = Decimal(1)
    period: Period = ALWAYS
    scope: str = ""
    strictness_unknown: bool = False
    negated: bool = False
    accepted: bool = True
    official: bool = False
    kinds: tuple[str, str] = ("", "")
    starts_known: bool = True
    inverted: bool = False
    outside: bool = False
    """Whether it claims to hold when one of its ends did not exist."""

    @property
    def is_premise(self) -> bool:
        """Whether something may follow from it, on the days of its period."""
        same_kind = self.kinds[0] == self.kinds[1]
        fits = self.relation not in COVERAGE or self.kinds[0] == PROVISION
        return (
            self.accepted and not self.negated and bool(self.period) and self.confidence >= LEAST_CONFIDENCE
            and same_kind and fits and self.source != self.target
        )  # fmt: skip

    @property
    def inverse(self) -> Claim | None:
        """The same said from the other end, with the same record; None where it cannot be."""
        back = INVERSE.get(self.relation)
        if back is None:
            return None
        return replace(
            self, source=self.target, relation=back, target=self.source, kinds=self.kinds[::-1], inverted=not self.inverted
        )

    def within(self, scope: str) -> Claim | None:
        """What the claim says for devices of a scope; None where it says nothing."""
        if self.scope == scope:
            return self
        if self.scope or self.relation not in NARROWED:
            return None
        return replace(self, strictness_unknown=True) if self.relation in STRICT else self


def agreed(confidence: Decimal, agreement: Decimal | None) -> Decimal:
    """The confidence of a record after its review (SSSOM 1.1): agreement is from -1 to 1, None without a review."""
    if agreement is None:
        return confidence
    weight = abs(agreement)
    return rounded((1 - weight) * confidence + weight * (agreement + 1) / 2)


def rounded(confidence: Decimal) -> Decimal:
    """Four decimals."""
    return confidence.quantize(FOUR_DECIMALS)


def scope_of(text: str) -> str:
    """The scope that a text names; empty where it leaves nothing out."""
    plain = " ".join(text.split())
    return "" if plain in UNRESTRICTED else plain


def scopes(claims: Iterable[Claim]) -> tuple[str, ...]:
    """All scopes, the unrestricted one first."""
    return tuple(sorted({"", *(one.scope for one in claims)}))


def components(claims: Iterable[Claim]) -> Iterator[tuple[Claim, ...]]:
    """The claims by connected component, in a stable order."""
    leader: dict[str, str] = {}

    def find(node: str) -> str:
        root = node
        while leader.setdefault(root, root) != root:
            root = leader[root]
        while leader[node] != root:
            leader[node], node = root, leader[node]
        return root

    ordered = sorted(claims, key=lambda one: one.record)
    for claim in ordered:
        one, other = sorted((find(claim.source), find(claim.target)))
        leader[other] = one
    found: dict[str, list[Claim]] = {}
    for claim in ordered:
        found.setdefault(find(claim.source), []).append(claim)
    for root in sorted(found):
        yield tuple(found[root])
