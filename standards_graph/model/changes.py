"""What a writer publishes, and what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from pyoxigraph import NamedNode, Quad

from standards_graph.vocab import BASE


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Quads to take away and quads to add, all in named graphs, without blank nodes, in the engine's literal form."""

    added: Collection[Quad] = ()
    removed: Collection[Quad] = ()
    exact: bool = field(default=False, compare=False)
    """Whether it was worked out against what is there: nothing of it is there already, or not there to be taken away."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    @property
    def undone(self) -> ChangeSet:
        """The change that takes this one back."""
        return ChangeSet(added=self.removed, removed=self.added)

    def about(self, *, thing: NamedNode | None = None, predicate: NamedNode | None = None) -> ChangeSet:
        """That part of it whose statements are about a thing, and by a predicate, where these are given."""

        def fits(quad: Quad) -> bool:
            return (thing is None or quad.subject == thing) and (predicate is None or quad.predicate == predicate)

        return ChangeSet(tuple(filter(fits, self.added)), tuple(filter(fits, self.removed)))

    def by_thing(self) -> dict[NamedNode, ChangeSet]:
        """The same, by what the statements are about."""
        came, went = _grouped(self.added), _grouped(self.removed)
        return {one: ChangeSet(tuple(came.get(one, ())), tuple(went.get(one, ()))) for one in came.keys() | went.keys()}


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
    ``silent`` says that it was published for the record alone, and that nobody is to be told.
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
    silent: bool = False

    @property
    def name(self) -> str:
        """The name used in headers, links and citations, such as ``r12``."""
        return f"r{self.number}"


@dataclass(frozen=True, slots=True)
class Touch:
    """One revision that said something new of a thing: its number, and how many statements came and went."""

    number: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: the revision that it holds, how many statements and how many files."""

    revision: int
    quads: int
    files: int


class Fate(StrEnum):
    """What became of a thing between two revisions."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn at source"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ThingChange:
    """What changed of one thing between two revisions."""

    thing: NamedNode
    fate: Fate
    changes: ChangeSet

    @property
    def order(self) -> tuple[int, str]:
        """New things first, then by name."""
        return list(Fate).index(self.fate), self.thing.value


@dataclass(frozen=True, slots=True)
class ThingCount:
    """What became of a thing, and how many statements about it came and went."""

    thing: NamedNode
    fate: Fate
    added: int
    removed: int

    @property
    def order(self) -> tuple[int, bool, str]:
        """New things first, those of the registry before terms of others, then by name."""
        return list(Fate).index(self.fate), not self.thing.value.startswith(BASE), self.thing.value


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, whether it is right, and what was found."""

    name: str
    ok: bool
    detail: str


def _grouped(quads: Iterable[Quad]) -> dict[NamedNode, list[Quad]]:
    found: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found[quad.subject].append(quad)
    return found


def difference(before: Iterable[Quad], after: Iterable[Quad]) -> ChangeSet:
    """What turns one set of quads into the other, in a stable order."""
    old, new = set(before), set(after)
    return ChangeSet(added=tuple(sorted(new - old, key=str)), removed=tuple(sorted(old - new, key=str)))


def net(changes: Iterable[ChangeSet]) -> ChangeSet:
    """What changes that follow each other come to: what one adds and a later one takes away is in neither list."""
    added: set[Quad] = set()
    removed: set[Quad] = set()
    for one in changes:
        gone, come = set(one.removed), set(one.added)
        removed |= gone - added
        added -= gone
        added |= come - removed
        removed -= come
    return ChangeSet(tuple(sorted(added, key=str)), tuple(sorted(removed, key=str)))
