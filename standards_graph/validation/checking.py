"""Holding records against the shapes in a confined process: what goes in and comes out, as bytes.

The validator is imported by ``check`` alone, which runs in that process: whoever only asks does not wait for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Quad

from standards_graph.model.findings import Report

FUNCTION = "standards_graph.validation.confined:check"
"""The name by which the confined process finds the check."""


def argument(data: Iterable[Quad], known: Iterable[Quad], shapes: Path) -> bytes:
    """What the check takes: a line of JSON, then the records, then what is known already, both as N-Quads."""
    judged, rest = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"" for quads in (data, known))
    return json.dumps({"shapes": str(shapes), "judged": len(judged)}).encode() + b"\n" + judged + rest


def taken(told: bytes) -> tuple[list[Quad], list[Quad], Path]:
    """The records, what is known, and the folder of shapes, from what ``argument`` made."""
    head, _, body = told.partition(b"\n")
    asked = json.loads(head)
    parts = (body[: asked["judged"]], body[asked["judged"] :])
    judged, rest = (list(ox.parse(part, format=ox.RdfFormat.N_QUADS)) for part in parts)
    return judged, rest, Path(asked["shapes"])


def packed(report: Report) -> bytes:
    """A report as bytes."""
    return json.dumps(report.records()).encode()


def outcome(told: bytes) -> Report:
    """The report that ``packed`` made into bytes."""
    return Report.of_records(json.loads(told))
