"""The mapping engine: from claims to what follows from them, what contradicts, and who is recognised in effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Quad

from standards_graph.harmonisation import conflicts
from standards_graph.harmonisation.claims import Claim, components
from standards_graph.harmonisation.closure import Inferred, closure
from standards_graph.harmonisation.conflicts import Conflict, Schemes
from standards_graph.harmonisation.naming import of_candidate
from standards_graph.harmonisation.reading import Known
from standards_graph.harmonisation.recognitions import Effective, effective
from standards_graph.harmonisation.relations import NARROWED, STRICT, Relation
from standards_graph.harmonisation.succession import Candidate, candidates

OneStandard = Callable[[str], str]
"""The standard of which a thing is an edition; empty for anything else."""
SPREAD = Decimal("0.3")
"""Two sources may differ so far in their confidence before it is a conflict."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of the claims of one component: results, conflicts, and the records that stand in an open conflict."""

    inferred: tuple[Inferred, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def contested(self) -> frozenset[str]:
        """The records whose truth is open."""
        return frozenset(member for one in self.conflicts for member in one.members)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of everything that is known."""

    known: Known
    settled: Settled
    effective: tuple[Effective, ...]
    candidates: tuple[Candidate, ...]

    @property
    def premises(self) -> tuple[Claim, ...]:
        """The claims from which something may follow."""
        return tuple(one for one in self.known.claims if one.is_premise and one.record not in self.settled.contested)


def outcome(facts: Iterable[Quad]) -> Outcome:
    """Work out everything from the published facts; what the engine wrote before is not read."""
    known = Known(facts)
    settled = settle_all(known.claims, known.exclusive_schemes, known.one_standard)
    left = [one for one in known.claims if one.is_premise and one.record not in settled.contested]
    made = {one.record for one in known.claims}
    proposed = tuple(one for one in candidates(known, left) if of_candidate(one) not in made)
    return Outcome(known, settled, effective(known, left, settled.inferred), proposed)


def settle_all(claims: Iterable[Claim], schemes: Schemes, one_standard: OneStandard) -> Settled:
    """Every component for itself."""
    parts = [settle(one, schemes, one_standard) for one in components(one for one in claims if one.accepted)]
    return Settled(
        tuple(result for one in parts for result in one.inferred), tuple(sorted({c for one in parts for c in one.conflicts}))
    )


def settle(component: Sequence[Claim], schemes: Schemes, one_standard: OneStandard) -> Settled:
    """What came of one component: it depends on its own claims alone."""
    found = {
        *conflicts.conflicts(component, schemes),
        *_adopted_twice(component, one_standard),
        *_spread(component),
        *(Conflict(conflicts.OUTSIDE, (one.record,)) for one in component if one.outside),
    }
    while True:
        contested = {member for one in found for member in one.members}
        left = [one for one in component if one.record not in contested]
        inferred = closure(left)
        more = set(_denied(left, inferred))
        if not more:
            return Settled(inferred, tuple(sorted(found)))
        found |= more


def _denied(claims: Sequence[Claim], inferred: Iterable[Inferred]) -> Iterator[Conflict]:
    """Whatever is stated or follows, and is denied by a record for the same devices."""
    denials = defaultdict(list)
    for one in claims:
        if one.negated:
            for way in (one, one.inverse):
                if way is not None:
                    denials[way.source, way.relation, way.target].append(way)
    if not denials:
        return
    shown: list[tuple[Claim | Inferred, tuple[str, ...]]] = [(one, (one.record,)) for one in claims if one.is_premise]
    for said, records in (*shown, *((one, one.best.premises) for one in inferred)):
        for denial in denials.get((said.source, said.relation, said.target), ()):
            together = denial.period & said.period and not said.strictness_unknown
            if together and _of_same_devices(denial.scope, said.scope, said.relation):
                yield Conflict(conflicts.NEGATED, tuple(sorted({denial.record, *records})))


def _of_same_devices(denied: str, said: str, relation: Relation) -> bool:
    """What holds for all devices holds for a part of them too, if it is not about what sets two things apart."""
    return denied == said or (not said and relation in NARROWED and relation not in STRICT)


def _spread(claims: Iterable[Claim]) -> Iterator[Conflict]:
    """Two sources give one mapping with confidences that lie far apart."""
    same = defaultdict(list)
    for one in claims:
        back = one.inverse
        said = back if back is not None and one.source > one.target else one
        same[said.source, said.relation, said.target, one.scope, one.negated, one.strictness_unknown].append(one)
    for group in same.values():
        far = {
            record
            for one, other in combinations(group, 2)
            if abs(one.confidence - other.confidence) > SPREAD and one.period & other.period
            for record in (one.record, other.record)
        }
        if far:
            yield Conflict(conflicts.SPREAD, tuple(sorted(far)))


def _adopted_twice(claims: Iterable[Claim], one_standard: OneStandard) -> Iterator[Conflict]:
    """One edition adopts two editions of one standard identically."""
    same = defaultdict(list)
    for one in claims:
        standard = one_standard(one.target)
        if one.relation is Relation.EQ and not one.negated and standard and standard != one_standard(one.source):
            same[one.source, standard].append(one)
    for group in same.values():
        if len({one.target for one in group}) > 1:
            yield Conflict(conflicts.TWICE, tuple(sorted(one.record for one in group)))
