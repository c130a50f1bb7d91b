"""The check against the shapes, as it runs in the confined process."""

from __future__ import annotations

from standards_graph.validation import checking
from standards_graph.validation.shapes import validate_in_parts
from standards_graph.workers.once import Tell


def check(told: bytes, tell: Tell) -> bytes:
    """Take what ``checking.argument`` made, give what ``checking.outcome`` reads."""
    work = checking.taken(told)
    return checking.packed(validate_in_parts(work.judged, work.shapes, known=work.known, tell=tell))
