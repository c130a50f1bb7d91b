"""The check against the shapes, as it runs in the confined process."""

from __future__ import annotations

from standards_graph.validation import checking
from standards_graph.validation.shapes import validate


def check(told: bytes) -> bytes:
    """Take what ``checking.argument`` made, give what ``checking.outcome`` reads."""
    judged, known, shapes = checking.taken(told)
    return checking.packed(validate(judged, shapes, known=known))
