"""What would fall if a record were rejected: worked out anew for its component alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

from pyoxigraph import Quad

from standards_graph.errors import BadArgument
from standards_graph.harmonisation.claims import Claim, Period
from standards_graph.harmonisation.closure import Inferred
from standards_graph.harmonisation.conflicts import Conflict
from standards_graph.harmonisation.engine import Outcome, Settled, outcome, settle_all
from standards_graph.harmonisation.naming import name_of, of_conflict, of_effective
from standards_graph.harmonisation.plain import Plain, plain
from standards_graph.harmonisation.recognitions import Effective, effective
from standards_graph.harmonisation.relations import WORDS
from standards_graph.model.equivalence import Consequence, Fate


@dataclass(frozen=True, slots=True)
class Weaker:
    """A result that would stay with another derivation, and how sure it would be."""

    result: Inferred
    left: Decimal


@dataclass(frozen=True, slots=True)
class Without:
    """What would be otherwise without a record: results, recognitions in effect and conflicts."""

    record: str
    fallen: tuple[Inferred, ...]
    weaker: tuple[Weaker, ...]
    come: tuple[Inferred, ...]
    """What follows only without it: from records that it contradicts, or what it said itself."""
    recognitions: tuple[Effective, ...]
    settled: tuple[Conflict, ...]
    """The conflicts that there would be no more."""
    plain: tuple[Plain, ...]
    """The plain statements of the day that would be no more."""


class Latest:
    """What came of the facts of a revision, worked out when it is first asked for, and kept until another one is asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[int, Outcome] | None = None

    def of(self, number: int, facts: Callable[[], Iterable[Quad]]) -> Outcome:
        """The outcome of a revision by its number; ``facts`` gives what may be premises there."""
        with self._lock:
            if self._kept is None or self._kept[0] != number:
                self._kept = (number, outcome(facts()))
            return self._kept[1]


def without(known: Outcome, record: str, day: dt.date) -> Without:
    """What would be otherwise on a day if this record were no premise; raises BadArgument where it is no asserted one."""
    if all(one.record != record for one in known.known.claims):
        raise BadArgument(f"{record} is not asserted but follows: ask for one of its premises (why names them).", name="record")
    component = _component(known.known.claims, record)
    now = settle_all(component, known.known.exclusive_schemes, known.known.one_standard)
    rest = [one for one in component if one.record != record]
    then = settle_all(rest, known.known.exclusive_schemes, known.known.one_standard)
    before, after = ({name_of(one): one for one in settled.inferred} for settled in (now, then))
    fallen = tuple(one for name, one in before.items() if name not in after)
    weaker = tuple(
        Weaker(one, after[name].confidence)
        for name, one in before.items()
        if name in after and after[name].confidence < one.confidence
    )
    come = tuple(one for name, one in after.items() if name not in before)
    return Without(
        record,
        fallen,
        weaker,
        come,
        _unrecognised(known, record, now, then),
        tuple(one for one in now.conflicts if one not in then.conflicts),
        tuple(sorted(plain(component, now, day) - plain(rest, then, day))),
    )


def _component(claims: Iterable[Claim], record: str) -> list[Claim]:
    """The accepted claims that hang together with a record, it among them."""
    accepted = [one for one in claims if one.accepted]
    at: dict[str, list[Claim]] = {}
    for one in accepted:
        for end in (one.source, one.target):
            at.setdefault(end, []).append(one)
    found: dict[int, Claim] = {}
    open_ = [one for one in accepted if one.record == record]
    while open_:
        one = open_.pop()
        if id(one) not in found:
            found[id(one)] = one
            open_ += [other for end in (one.source, one.target) for other in at[end]]
    return [one for one in accepted if id(one) in found]


def _unrecognised(known: Outcome, record: str, now: Settled, then: Settled) -> tuple[Effective, ...]:
    """The recognitions in effect that would be no more: of an edition in a place, by one recognition, for one period."""
    names = {name_of(one) for one in now.inferred}
    elsewhere = [one for one in known.settled.inferred if name_of(one) not in names]
    contested = (known.settled.contested - now.contested) | then.contested | {record}
    left = [one for one in known.known.claims if one.is_premise and one.record not in contested]
    still = {_granted(one) for one in effective(known.known, left, [*elsewhere, *then.inferred])}
    return tuple(one for one in known.effective if _granted(one) not in still)


def _granted(one: Effective) -> tuple[str, str, str, Period]:
    return one.edition, one.jurisdiction, one.recognition, one.period


def told(known: Outcome, found: Without) -> tuple[Consequence, ...]:
    """The same for a reader, the surest first within each kind."""
    label = known.known.label

    def says(one: Inferred) -> str:
        return f"{label(one.source)} {WORDS[one.relation]} {label(one.target)}" + (f" ({one.scope})" if one.scope else "")

    rows = [
        *(Consequence(Fate.FALLS, name_of(one), says(one), float(one.confidence)) for one in found.fallen),
        *(
            Consequence(Fate.WEAKER, name_of(one.result), says(one.result), float(one.result.confidence), float(one.left))
            for one in found.weaker
        ),
        *(Consequence(Fate.COMES, name_of(one), says(one), left=float(one.confidence)) for one in found.come),
        *(
            Consequence(
                Fate.UNRECOGNISED,
                of_effective(one.edition, one.recognition, one.mapping),
                f"{label(one.edition)} is recognised in effect in {label(one.jurisdiction)} by {label(one.recognition)}",
                float(one.confidence),
            )
            for one in found.recognitions
        ),
        *(Consequence(Fate.SETTLED, of_conflict(one), one.kind) for one in found.settled),
        *(
            Consequence(Fate.UNSAID, source, f"{label(source)} {WORDS[relation]} {label(target)}")
            for source, relation, target, _ in found.plain
        ),
    ]
    return tuple(sorted(rows, key=lambda row: (list(Fate).index(row.fate), -(row.confidence or 0), row.says)))
