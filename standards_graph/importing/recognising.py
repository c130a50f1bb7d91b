"""Which source files come from: this is what runs in the confined process when somebody else brings them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from standards_graph.importing import packing
from standards_graph.importing.base import Importer, OfAnySource, WithCompanions, importers
from standards_graph.workers.once import Tell

FUNCTION = f"{__name__}:recognise"
"""The name by which the confined process finds ``recognise``."""


def argument(paths: tuple[Path, ...]) -> bytes:
    """What ``recognise`` takes."""
    return json.dumps([str(path) for path in paths]).encode()


def recognise(told: bytes, tell: Tell) -> bytes:
    """The names of the importers that accept these files together; raises UnreadableFile.

    One of any source gives way to those who know the source, as in ``base.recognised``.
    """
    beginnings = {path: packing.beginning(path) for path in map(Path, json.loads(told))}
    found = [one for one in importers() if _fits(one, beginnings)]
    own = [one for one in found if not (isinstance(one, OfAnySource) and one.of_any_source)]
    return json.dumps([one.name for one in own or found]).encode()


def _fits(one: Importer, beginnings: Mapping[Path, str]) -> bool:
    """Whether an importer accepts every file, or reads it with one that it accepts."""
    accepted = {path.resolve() for path, beginning in beginnings.items() if one.accepts(path, beginning)}
    beside = (
        {found.resolve() for path in accepted for found in one.companions(path)} if isinstance(one, WithCompanions) else set()
    )
    return bool(accepted) and all(path.resolve() in accepted | beside for path in beginnings)


def outcome(told: bytes) -> tuple[str, ...]:
    """The names that ``recognise`` gave."""
    return tuple(json.loads(told))
