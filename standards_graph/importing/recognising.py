"""Which source files come from: this is what runs in the confined process when somebody else brings them."""

from __future__ import annotations

import json
from pathlib import Path

from standards_graph.importing import packing
from standards_graph.importing.base import importers
from standards_graph.workers.once import Tell

FUNCTION = f"{__name__}:recognise"
"""The name by which the confined process finds ``recognise``."""


def argument(paths: tuple[Path, ...]) -> bytes:
    """What ``recognise`` takes."""
    return json.dumps([str(path) for path in paths]).encode()


def recognise(told: bytes, tell: Tell) -> bytes:
    """The names of the importers that accept every one of the files; raises UnreadableFile."""
    known = importers()
    found = {one.name for one in known}
    for path in map(Path, json.loads(told)):
        beginning = packing.beginning(path)
        found &= {one.name for one in known if one.accepts(path, beginning)}
    return json.dumps(sorted(found)).encode()


def outcome(told: bytes) -> tuple[str, ...]:
    """The names that ``recognise`` gave."""
    return tuple(json.loads(told))
