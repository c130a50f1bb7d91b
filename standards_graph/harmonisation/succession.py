"""Succession candidates: a mapping of a superseded edition, proposed for its successor; for review, never a premise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from standards_graph.harmonisation.claims import Claim, rounded
from standards_graph.harmonisation.reading import Known
from standards_graph.harmonisation.relations import Relation
from standards_graph.vocab import SGO


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal: what the record would say, and the record and the pair of editions that it comes from."""

    source: str
    relation: Relation
    target: str
    scope: str
    confidence: Decimal
    premise: str
    older: str
    newer: str


def candidates(known: Known, claims: Iterable[Claim]) -> tuple[Candidate, ...]:
    """For every superseded edition with a mapping record, the same for its successor where that has none.

    An adoption is no such record: whether the next edition was adopted is a fact that has to be looked up.
    """
    restated = {one.claim.record for one in known.restated}
    newer = [(older, new) for new, older in known.pairs(SGO.supersedes) if known.kind(new) == known.kind(older)]
    records = [one for one in claims if one.record not in restated]
    taken = {end for one in records for end in (one.source, one.target)}
    found = {one for claim in records for one in _moved(claim, [(old, new) for old, new in newer if new not in taken])}
    return tuple(sorted(found, key=lambda one: (one.source, one.relation, one.target, one.premise)))


def _moved(claim: Claim, newer: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    half = rounded(claim.confidence / 2)
    for old, new in newer:
        if old == claim.source and new != claim.target:
            yield Candidate(new, claim.relation, claim.target, claim.scope, half, claim.record, old, new)
        if old == claim.target and new != claim.source:
            yield Candidate(claim.source, claim.relation, new, claim.scope, half, claim.record, old, new)
