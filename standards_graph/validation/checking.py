"""Holding records against the shapes in a confined process: what goes in and comes out, as bytes.

The validator is imported by ``check`` alone, which runs in that process: whoever only asks does not wait for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from standards_graph.formats.quads import Quads, in_file
from standards_graph.model.findings import Report

FUNCTION = "standards_graph.validation.confined:check"
"""The name by which the confined process finds the check."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be checked: the records, what else is known of the things that they link to, the folder of shapes."""

    judged: Quads
    known: Quads
    shapes: Path


def argument(judged: tuple[Path, int], known: tuple[Path, int], shapes: Path) -> bytes:
    """What the check takes: files of sorted N-Quads, each with the number of its lines."""
    return json.dumps([str(judged[0]), judged[1], str(known[0]), known[1], str(shapes)]).encode()


def taken(told: bytes) -> Work:
    """What ``argument`` made."""
    judged, count, known, many, shapes = json.loads(told)
    return Work(in_file(Path(judged), count), in_file(Path(known), many), Path(shapes))


def packed(report: Report) -> bytes:
    """A report as bytes."""
    return json.dumps(report.records()).encode()


def outcome(told: bytes) -> Report:
    """The report that ``packed`` made into bytes."""
    return Report.of_records(json.loads(told))
