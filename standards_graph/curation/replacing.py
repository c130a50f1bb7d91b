"""A data set's new state against its old one: nothing that vanished at its source is deleted.

An entity that the source no longer lists keeps its statements and is marked as withdrawn at source, with the day on which
that was noticed. Source records that nothing refers to any more go: the ledger keeps them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.errors import SourceShrank
from standards_graph.model.changes import ChangeSet, difference
from standards_graph.vocab import BASE, SGO, XSD


@dataclass(frozen=True, slots=True)
class Replacement:
    """The change, and which entities it brings and which it marks as withdrawn."""

    changes: ChangeSet
    new: tuple[NamedNode, ...]
    withdrawn: tuple[NamedNode, ...]
    before: int

    @property
    def mark(self) -> str:
        """A digest (SHA-256, hex) of what would change; the day of a withdrawal does not count."""
        lines = (
            f"{sign} {quad.subject if quad.predicate == SGO.withdrawnAtSource else quad}"
            for sign, quads in (("+", self.changes.added), ("-", self.changes.removed))
            for quad in quads
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def check_shrinkage(self, *, most_percent: int) -> None:
        """Raise SourceShrank where a larger share of the entities vanished than is plausible."""
        if self.before and len(self.withdrawn) * 100 > self.before * most_percent:
            raise SourceShrank(
                f"{len(self.withdrawn)} of {self.before} entities are not in the new file, more than {most_percent} %. "
                "Nothing was changed. If the source really shrank, import again with --accept-shrink."
            )


def replacement(before: Iterable[Quad], after: Iterable[Quad], *, graph: NamedNode, day: dt.date) -> Replacement:
    """What an import of ``after`` does to a graph that holds ``before``."""
    old, fresh = set(before), set(after)
    old_things, new_things = _entities(old), _entities(fresh)
    marked = {quad.subject for quad in old if quad.predicate == SGO.withdrawnAtSource}
    gone = old_things - new_things - marked
    vanished, told = old_things - new_things, {quad.subject for quad in fresh}
    kept = {quad for quad in old if quad.subject in vanished or (_is_concept(quad) and quad.subject not in told)}
    records = {quad.object for quad in kept if quad.predicate == SGO.hasSourceRecord}
    kept |= {quad for quad in old if quad.subject in records}
    marks = {Quad(thing, SGO.withdrawnAtSource, Literal(day.isoformat(), datatype=XSD.date), graph) for thing in gone}
    return Replacement(
        difference(old, fresh | kept | marks),
        new=tuple(sorted(new_things - old_things, key=str)),
        withdrawn=tuple(sorted(gone, key=str)),
        before=len(old_things - marked),
    )


def _entities(quads: set[Quad]) -> set[NamedNode]:
    return {q.subject for q in quads if q.predicate == SGO.hasSourceRecord and isinstance(q.subject, NamedNode)}


def _is_concept(quad: Quad) -> bool:
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE + "scheme/")
