"""What a writer publishes, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Quads to take away and quads to add, all in named graphs, without blank nodes, in the engine's literal form."""

    added: tuple[Quad, ...] = ()
    removed: tuple[Quad, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A submitted file as it was received: its name, its SHA-256 (hex) and its bytes."""

    name: str
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Revision:
    """One published state of the registry.

    ``fingerprint`` is the sum modulo 2**256 of the SHA-256 of every N-Quads line, in hex: it does not depend on order.
    """

    number: int
    published_at: str
    quads: int
    fingerprint: str
    agent: str = ""
    note: str = ""
    source: str = ""
    added: int = 0
    removed: int = 0

    @property
    def name(self) -> str:
        """The name used in headers, links and citations, such as ``r12``."""
        return f"r{self.number}"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, whether it is right, and what was found."""

    name: str
    ok: bool
    detail: str


def difference(before: Iterable[Quad], after: Iterable[Quad]) -> ChangeSet:
    """What turns one set of quads into the other, in a stable order."""
    old, new = set(before), set(after)
    return ChangeSet(added=tuple(sorted(new - old, key=str)), removed=tuple(sorted(old - new, key=str)))
