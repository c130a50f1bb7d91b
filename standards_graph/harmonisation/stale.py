"""Records that go on although one of the things that they compare has ended, or something took its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from standards_graph import vocab
from standards_graph.harmonisation.claims import Claim
from standards_graph.harmonisation.conflicts import STALE, Conflict
from standards_graph.harmonisation.reading import Known
from standards_graph.vocab import OWL, SGO

ENDED = {vocab.concept("edition-status", one).value: one for one in ("withdrawn", "superseded")}
NOT_YET = vocab.concept("edition-status", "under-development").value


def stale_ends(known: Known, claims: Iterable[Claim], day: dt.date) -> Iterator[tuple[Conflict, str]]:
    """Accepted mapping records that go on although one of their ends did not, on a day, each with what became of it.

    They are told, and nothing is withdrawn. Facts that count as mappings are not told: that a superseded edition adopted
    another superseded one stays true.
    """
    facts = {one.claim.record for one in known.restated}
    replaced = {old: new for new, old in known.pairs(SGO.supersedes) if NOT_YET not in known.of(new, SGO.hasEditionStatus)}
    for one in sorted(claims, key=lambda one: one.record):
        if one.accepted and one.record not in facts and not known.of(one.record, SGO.validUntil):
            ends = {known.label(end): _what_became(known, end, replaced, day) for end in (one.source, one.target)}
            found = [f"{end} {became}" for end, became in ends.items() if became]
            if found:
                yield Conflict(STALE, (one.record,)), "; ".join(found)


def _what_became(known: Known, end: str, replaced: Mapping[str, str], day: dt.date) -> str:
    """What became of a thing by a day, in a few words; empty where it is still there."""
    until = known.period(end).until
    if until <= day.isoformat():
        return f"ended on {until}"
    if known.one(end, OWL.deprecated) == "true":
        return "is deprecated"
    if end in replaced:
        return f"is superseded by {known.label(replaced[end])}"
    return next((f"is {ENDED[one]}" for one in known.of(end, SGO.hasEditionStatus) if one in ENDED), "")
