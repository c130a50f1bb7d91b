"""What a search finds, and why each hit stands where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


class Rank(IntEnum):
    """How well a thing fits what was asked, best first."""

    IDENTIFIER = 0
    NUMBER = 1
    LABEL = 2
    OTHER_PUBLISHER = 3
    PREFIX = 4
    WORDS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, the text that matched and what kind of text that is."""

    name: Name
    rank: Rank
    text: str
    language: str
    kind: NamedNode
    title: Name | None = None
    state: Name | None = None
    successors: tuple[Name, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, best first, with how many there are in all and how many of each type."""

    hits: tuple[Hit, ...]
    total: int
    types: tuple[tuple[str, int], ...]
    exact: NamedNode | None = None
