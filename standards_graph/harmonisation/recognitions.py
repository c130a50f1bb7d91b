"""Recognition in effect: an edition that is identical to one that an authority recognises in full."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from standards_graph.harmonisation.claims import OPEN_END, Claim, Period
from standards_graph.harmonisation.closure import Inferred
from standards_graph.harmonisation.naming import name_of
from standards_graph.harmonisation.reading import Known
from standards_graph.harmonisation.relations import Relation
from standards_graph.model import decisions
from standards_graph.vocab import SGO


@dataclass(frozen=True, slots=True)
class Effective:
    """An edition that counts as recognised in a jurisdiction, during a period, because of a recognition and a mapping."""

    edition: str
    jurisdiction: str
    recognition: str
    mapping: str
    recognised: str
    confidence: Decimal
    period: Period
    in_transition: bool = False


@dataclass(frozen=True, slots=True)
class _Same:
    other: str
    record: str
    confidence: Decimal
    period: Period


def effective(known: Known, claims: Iterable[Claim], inferred: Iterable[Inferred]) -> tuple[Effective, ...]:
    """Every recognition in effect; what is recognised itself in the same place all that time needs none."""
    same = _same(claims, inferred)
    full = list(_full(known))
    direct: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for recognition, edition, period in full:
        direct[edition, known.one(recognition, SGO.inJurisdiction)].append(period)
    found = [
        one
        for recognition, edition, period in full
        for one in _through(known, recognition, edition, period, same.get(edition, ()))
        if not any(known_period.holds(one.period) for known_period in direct.get((one.edition, one.jurisdiction), ()))
    ]
    return tuple(sorted(found, key=lambda one: (one.edition, one.recognition, one.mapping)))


def _through(known: Known, recognition: str, edition: str, period: Period, same: Sequence[_Same]) -> Iterator[Effective]:
    place, in_transition = known.one(recognition, SGO.inJurisdiction), bool(known.of(recognition, SGO.transitionUntil))
    for one in same:
        if place and (both := period & one.period):
            yield Effective(one.other, place, recognition, one.record, edition, one.confidence, both, in_transition)


def _full(known: Known) -> Iterator[tuple[str, str, Period]]:
    """Recognitions of whole editions that are or were in force, with their period."""
    for recognition, edition in known.pairs(SGO.recognises):
        if decisions.FULL.value not in known.of(recognition, SGO.hasRecognitionExtent):
            continue
        status, period = set(known.of(recognition, SGO.hasDecisionStatus)), _period(known, recognition)
        if period and decisions.counts(status, has_end=period.until != OPEN_END):
            yield recognition, edition, period


def _period(known: Known, recognition: str) -> Period:
    """During a transition a recognition counts as in force, its last day included; not after its source withdrew it."""
    told = known.period(recognition)
    last = known.one(recognition, SGO.transitionUntil)
    if last:
        end = (dt.date.fromisoformat(last) + dt.timedelta(days=1)).isoformat()
        return Period(told.start, min((end, *known.of(recognition, SGO.withdrawnAtSource))))
    return told


def _same(claims: Iterable[Claim], inferred: Iterable[Inferred]) -> Mapping[str, Sequence[_Same]]:
    """For each thing the ones that are identical to it, with the surest record that says so for each period."""
    found: dict[tuple[str, str, Period], _Same] = {}

    def keep(one: str, same: _Same) -> None:
        known = found.get((one, same.other, same.period))
        if known is None or (-same.confidence, same.record) < (-known.confidence, known.record):
            found[one, same.other, same.period] = same

    for claim in claims:
        if claim.relation is Relation.EQ and not claim.scope:
            for one, other in ((claim.source, claim.target), (claim.target, claim.source)):
                keep(one, _Same(other, claim.record, claim.confidence, claim.period))
    stated = set(found)
    for result in inferred:
        is_new = not result.supports and (result.source, result.target, result.period) not in stated
        if result.relation is Relation.EQ and not result.scope and is_new:
            keep(result.source, _Same(result.target, name_of(result), result.confidence, result.period))
    by_thing: dict[str, list[_Same]] = defaultdict(list)
    for (one, _, _), same in sorted(found.items()):
        by_thing[one].append(same)
    return by_thing
