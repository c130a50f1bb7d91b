"""What happened to one thing, in words."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from standards_graph.model.changes import Revision
from standards_graph.model.entities import Name, Term


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that came or went: its property, its value with its name where it is a thing, and the graph that it is in."""

    predicate: Name
    term: Term
    name: Name | None
    graph: NamedNode
    unverified: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What one revision changed of a thing."""

    revision: Revision
    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ThingHistory:
    """Some of the revisions that said something new of a thing, newest first, of ``total``; ``held``: whether it is there."""

    name: Name
    steps: tuple[Step, ...]
    total: int
    held: bool
