"""Quads in any order put into the form and order in which they are compared, with bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, NamedNode, Quad

from standards_graph.errors import StoreFailure
from standards_graph.formats.quads import Quads, apart, lines, once, written
from standards_graph.model.changes import ChangeSet
from standards_graph.store.merged import in_named_graphs
from standards_graph.store.scratch import Room
from standards_graph.vocab import RDF

AT_ONCE = 100_000
"""How many quads are sorted in memory at a time."""


class Sorter:
    """Takes quads in any order, any number of times; gives them in the engine's form, sorted, once.

    Quads that come from the engine itself (``from_engine``) have its form already.
    """

    def __init__(self, folder: Path, *, from_engine: bool = False) -> None:
        self._folder, self._some, self._parts = folder, list[Quad](), list[Path]()
        self._lines = _own_lines if from_engine else _engine_lines

    def add(self, quads: Iterable[Quad]) -> None:
        """Take some quads; raises StoreFailure for one with a blank node or outside every named graph."""
        for quad in quads:
            self._some.append(_nameable(quad))
            if len(self._some) >= AT_ONCE:
                self._put_away()

    def sorted(self, name: str, *, keep: object = None) -> Quads:
        """Everything that was taken, in a file of that name in the folder."""
        if not self._parts:
            return written(self._lines(self._some), self._folder / name, keep=keep)
        self._put_away()
        with ExitStack() as stack:
            parts = [stack.enter_context(part.open("rb")) for part in self._parts]
            found = written(once(heapq.merge(*parts)), self._folder / name, keep=keep)
        for part in self._parts:
            part.unlink()
        self._parts, self._some = [], []
        return found

    def _put_away(self) -> None:
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix="part.", delete=False) as file:
            file.writelines(self._lines(self._some))
        self._parts.append(Path(file.name))
        self._some = []


def in_order(quads: Iterable[Quad], folder: Path, name: str) -> Quads:
    """The quads in the engine's form, sorted, in a file; those that are in one already stay where they are."""
    if isinstance(quads, Quads):
        return quads
    sorter = Sorter(folder)
    sorter.add(quads)
    return sorter.sorted(name)


def joined(changes: ChangeSet, more: ChangeSet, folder: Path) -> ChangeSet:
    """Two changes that have nothing in common as one, in files."""
    added = [in_order(one.added, folder, f"part-{n}-added.nq").lines() for n, one in enumerate((changes, more))]
    removed = [in_order(one.removed, folder, f"part-{n}-removed.nq").lines() for n, one in enumerate((changes, more))]
    return ChangeSet(
        written(once(heapq.merge(*added)), folder / "all-added.nq"),
        written(once(heapq.merge(*removed)), folder / "all-removed.nq"),
        exact=changes.exact and more.exact,
    )


def applied(quads: Quads, changes: ChangeSet, folder: Path) -> Quads:
    """The quads after a change, in a file."""
    gone = in_order(changes.removed, folder, "gone.nq").lines()
    left = (line for line, is_gone in apart(gone, quads.lines()) if is_gone)
    come = in_order(changes.added, folder, "come.nq").lines()
    return written(once(heapq.merge(left, come)), folder / "applied.nq")


def dumped(engine: ox.Store) -> Quads:
    """Every quad of a named graph, sorted, in a file that goes when nobody holds on to the quads any more."""
    room = Room()
    sorter = Sorter(room.path, from_engine=True)
    sorter.add(in_named_graphs(engine))
    return sorter.sorted("dump.nq", keep=room)


def found(engine: ox.Store, thing: NamedNode | None, predicate: NamedNode | None) -> Iterator[Quad]:
    """What the named graphs say of a thing, or with a property."""
    matching = engine.quads_for_pattern(thing, predicate, None, None)
    return (quad for quad in matching if isinstance(quad.graph_name, NamedNode))


def kinds(engine: ox.Store, things: Iterable[NamedNode]) -> Iterator[Quad]:
    """The statements of named graphs that say of which kinds these things are."""
    return (quad for thing in things for quad in found(engine, thing, RDF.type))


def _own_lines(quads: Iterable[Quad]) -> list[bytes]:
    return sorted(lines(quads))


def _engine_lines(quads: Iterable[Quad]) -> list[bytes]:
    engine = ox.Store()
    engine.extend(quads)
    return sorted((engine.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def _nameable(quad: Quad) -> Quad:
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        raise StoreFailure(f"A blank node reached the store: {quad}. Give it a name first.")
    if not isinstance(quad.graph_name, NamedNode):
        raise StoreFailure(f"A statement outside every named graph reached the store: {quad}.")
    return quad
