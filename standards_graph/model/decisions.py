"""When a decision on recognition counts, by its extent and its status."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from standards_graph import vocab

FULL = vocab.concept("extent", "complete")
"""The extent of a recognition of a whole edition."""
_IN_FORCE = frozenset(vocab.concept("decision-status", one).value for one in ("in-force", "transition"))
_ENDED = frozenset(vocab.concept("decision-status", one).value for one in ("expired", "withdrawn", "terminated"))


def counts(states: AbstractSet[str], *, has_end: bool) -> bool:
    """Whether a decision with these states (IRIs) counts within its dates.

    Without a state it does. What is said to have ended, on no recorded day, does not; nor what is only reported or suspended.
    """
    return not states or bool(states & _IN_FORCE) or (bool(states & _ENDED) and has_end)
