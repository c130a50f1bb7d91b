"""What became of a file that was brought in."""

from __future__ import annotations

from dataclasses import dataclass, field

from standards_graph.model.changes import Revision
from standards_graph.model.findings import Report


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import changed, or would change: statements, entities new to the graph and withdrawn; and how many rows."""

    report: Report
    added: int
    removed: int
    entities: int
    withdrawn: int
    revision: Revision | None = None
    new: tuple[str, ...] = field(default=())
    gone: tuple[str, ...] = field(default=())
    rows: int = 0


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A source that can be brought in: its name, what it is, what is read of it, the address of its licence."""

    name: str
    title: str
    description: str
    licence: str
