"""Plain statements: what holds on a day, whoever states it and from whatever it follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from standards_graph.harmonisation.claims import Claim
from standards_graph.harmonisation.engine import Settled
from standards_graph.harmonisation.relations import Relation

Plain = tuple[str, Relation, str, bool]
"""From, relation, to, and whether it is unknown that the two differ."""


def plain(claims: Iterable[Claim], settled: Settled, day: dt.date) -> frozenset[Plain]:
    """One for each accepted record that holds on the day and is neither denied nor contested, and for each result."""
    contested, on = settled.contested, day.isoformat()
    stated = (one for one in claims if one.accepted and not one.negated and on in one.period and one.record not in contested)
    followed = (one for one in settled.inferred if on in one.period)
    return frozenset(
        (one.source, one.relation, one.target, one.strictness_unknown) for found in (stated, followed) for one in found
    )
