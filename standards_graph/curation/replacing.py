"""A data set's new state against its old one: nothing that vanished at its source is deleted.

An entity that the source no longer lists keeps its statements and is marked as withdrawn at source, with the day on which
that was noticed. Source records that nothing refers to any more go: the ledger keeps them. Both states are gone through line
by line, so that a data set of any size needs little memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from standards_graph.errors import SourceShrank
from standards_graph.formats.quads import Quads, apart, in_file, lines
from standards_graph.model.changes import ChangeSet
from standards_graph.store.scratch import Room
from standards_graph.store.sorting import in_order
from standards_graph.vocab import BASE, SGO, XSD

_SOURCED, _WITHDRAWN, _RETRIEVED, _PRINTED = (
    f"<{one.value}>".encode() for one in (SGO.hasSourceRecord, SGO.withdrawnAtSource, SGO.retrievedOn, SGO.printedSourceDate)
)
_DATED = (_WITHDRAWN, _RETRIEVED)
_CODE = f"<{BASE}scheme/".encode()


@dataclass(frozen=True, slots=True)
class Replacement:
    """The change, which entities it brings and which it marks as withdrawn, and the printed dates of the newest files.

    ``release`` is that of the files that are brought, ``held`` that of what is published, as days, months or years; each is
    empty where no file says one.
    """

    changes: ChangeSet
    new: tuple[NamedNode, ...]
    withdrawn: tuple[NamedNode, ...]
    before: int
    release: str = ""
    held: str = ""

    @property
    def mark(self) -> str:
        """A digest (SHA-256, hex) of what would change; the day of a withdrawal or of reading does not count."""
        digest = hashlib.sha256()
        for sign, quads in ((b"+ ", self.changes.added), (b"- ", self.changes.removed)):
            for line in lines(quads):
                subject, predicate, _ = line.split(b" ", 2)
                digest.update(sign + (subject + predicate if predicate in _DATED else line))
        return digest.hexdigest()

    @property
    def is_older(self) -> bool:
        """Whether what is published is of a later release than what is brought, as far as both are dated."""
        length = min(len(self.release), len(self.held))
        return self.release[:length] < self.held[:length] and bool(self.changes)

    def check_shrinkage(self, *, most_percent: int) -> None:
        """Raise SourceShrank for an older release, and where a larger share of the entities vanished than is plausible."""
        if self.is_older:
            raise SourceShrank(
                f"The files are of {self.release}, and what is published is of {self.held}: what came in between would be "
                f"marked as withdrawn ({len(self.withdrawn)} entities). Nothing was changed. If that is meant, import again "
                "with --accept-shrink."
            )
        if self.before and len(self.withdrawn) * 100 > self.before * most_percent:
            raise SourceShrank(
                f"{len(self.withdrawn)} of {self.before} entities are not in the new file, more than {most_percent} %. "
                "Nothing was changed. If the source really shrank, import again with --accept-shrink."
            )


@dataclass(slots=True)
class _Side:
    """What has to be known of one state: its entities, those marked as withdrawn, codes, and files with the day of reading."""

    entities: set[bytes]
    marked: set[bytes]
    codes: set[bytes]
    files: set[bytes]
    read: dict[bytes, bytes]
    printed: dict[bytes, str]

    @property
    def release(self) -> str:
        """The newest date that one of the files prints."""
        return max((self.printed.get(one, "") for one in self.files), default="")

    @classmethod
    def of(cls, quads: Quads, graph: bytes) -> _Side:
        found = cls(set(), set(), set(), set(), {}, {})
        for line in quads.lines():
            subject, predicate, rest = line.split(b" ", 2)
            if predicate == _SOURCED:
                found.entities.add(subject)
                if subject == graph:
                    found.files.add(rest.partition(b" ")[0])
            elif predicate == _WITHDRAWN:
                found.marked.add(subject)
            elif predicate == _RETRIEVED:
                found.read[subject] = line
            elif predicate == _PRINTED and subject in found.files:  # the graph's own lines come first: its name sorts so
                found.printed[subject] = rest[1:].partition(b'"')[0].decode()
            if subject.startswith(_CODE):
                found.codes.add(subject)
        found.entities.discard(graph)
        return found


def replacement(before: Iterable[Quad], after: Iterable[Quad], *, graph: NamedNode, day: dt.date, room: Room) -> Replacement:
    """What an import of ``after`` does to a graph that holds ``before``; ``room`` is where all of it is kept.

    A file is recorded as read on ``day`` unless it was recorded already.
    """
    old, fresh = in_order(before, room.path, "before.nq"), in_order(after, room.path, "after.nq")
    name = f"<{graph.value}>".encode()
    was, will = _Side.of(old, name), _Side.of(fresh, name)
    vanished = was.entities - will.entities
    gone = vanished - was.marked
    told = b'"%s"^^<%s> %s .\n' % (day.isoformat().encode(), XSD.date.value.encode(), name)
    marks = [b" ".join((thing, _WITHDRAWN, told)) for thing in gone]
    days = [was.read.get(one) or b" ".join((one, _RETRIEVED, told)) for one in will.files if one not in will.read]
    target = heapq.merge(fresh.lines(), sorted({*marks, *days}))
    kept = _Kept(old, vanished, will.codes)
    return Replacement(
        _parted(apart(old.lines(), target), kept, room),
        new=_named(will.entities - was.entities),
        withdrawn=_named(gone),
        before=len(was.entities - was.marked),
        release=will.release,
        held=was.release,
    )


class _Kept:
    """What stays although the new state does not say it: entities that vanished, codes that are still used, their sources."""

    def __init__(self, old: Quads, vanished: set[bytes], codes: set[bytes]) -> None:
        self._vanished, self._codes, self._records = vanished, codes, set[bytes]()
        for line in old.lines():
            subject, predicate, rest = line.split(b" ", 2)
            if predicate == _SOURCED and self.holds(subject):
                self._records.add(rest.partition(b" ")[0])

    def holds(self, subject: bytes) -> bool:
        """Whether what is said of this stays."""
        left_out = subject.startswith(_CODE) and subject not in self._codes
        return subject in self._vanished or left_out or subject in self._records


def _parted(found: Iterator[tuple[bytes, bool]], kept: _Kept, room: Room) -> ChangeSet:
    counts = [0, 0]
    paths = room.path / "added.nq", room.path / "removed.nq"
    with paths[0].open("wb") as added, paths[1].open("wb") as removed:
        for line, is_new in found:
            if is_new or not kept.holds(line.partition(b" ")[0]):
                (added if is_new else removed).write(line)
                counts[is_new] += 1
    return ChangeSet(in_file(paths[0], counts[1], keep=room), in_file(paths[1], counts[0], keep=room), exact=True)


def _named(things: Iterable[bytes]) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(one[1:-1].decode()) for one in sorted(things))
