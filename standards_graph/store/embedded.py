"""The store on disk: published revisions are read-only checkpoints, queries run in workers, one writer publishes.

Publish protocol: ledger row *pending* -> write a clone of the current checkpoint -> flush -> checkpoint under a temporary
name -> sync -> rename -> CURRENT renamed into place and synced -> ledger row *published*. A writer that dies anywhere leaves
either the old state or the new one; the next writer settles the ledger and throws the clone away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import Gone, NotFound, StoreDamaged, StoreFailure
from standards_graph.formats.quads import Quads
from standards_graph.ledger.ledger import Ledger, now
from standards_graph.model.answers import Answer, Dataset, Limits
from standards_graph.model.changes import ChangeSet, Check, Revision, SourceFile, Touch
from standards_graph.model.dumps import Dump
from standards_graph.store import dumping, merged, scratch
from standards_graph.store.base import Nothing, Present, Reader
from standards_graph.store.checking import check_folder
from standards_graph.store.folder import DataFolder
from standards_graph.store.memory import Trial
from standards_graph.store.normal import fingerprint, normalised
from standards_graph.store.sorting import dumped, found, kinds
from standards_graph.store.syncing import sync_folder, sync_tree
from standards_graph.workers import guard, job
from standards_graph.workers.lanes import Lanes

_REMEMBERED = 100
"""Revisions whose rows of the ledger are kept at hand: they do not change."""


@dataclass(frozen=True, slots=True)
class EmbeddedReader:
    """Answers queries on one checkpoint, in workers."""

    revision: Revision
    lanes: Lanes
    usual: Limits
    page: Limits
    query_bytes: int

    def answer(
        self,
        query: str,
        *,
        media_type: str,
        dataset: Dataset | None = None,
        limits: Limits | None = None,
        client: str | None = None,
    ) -> Answer:
        """See ``Reader.answer``."""
        bounds = limits or (self.page if client is None else self.usual)
        if client is not None:
            guard.inspect(query, most_bytes=self.query_bytes)
        file = job.anonymous_file("query")
        try:
            job.refill(file, job.packed(query, media_type=media_type, dataset=dataset, limits=bounds))
            self.lanes.answer(file, revision=self.revision.number, client=client, seconds=bounds.seconds)
            return Answer(job.contents(file), media_type, self.revision.number)
        finally:
            os.close(file)


class _Writing:
    """The present state as a writer sees it: a clone of the current checkpoint, or an empty store."""

    def __init__(self, engine: ox.Store, revision: Revision | None) -> None:
        self._engine = engine
        self.revision = revision

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """The quads of one graph."""
        return self._engine.quads_for_pattern(None, None, None, graph)

    def graphs(self) -> tuple[NamedNode, ...]:
        """The names of all graphs, sorted."""
        return tuple(sorted((g for g in self._engine.named_graphs() if isinstance(g, NamedNode)), key=str))

    def about(self, thing: NamedNode) -> Iterator[Quad]:
        """What the named graphs say of one thing."""
        return found(self._engine, thing, None)

    def saying(self, predicate: NamedNode) -> Iterator[Quad]:
        """Everything that the named graphs say with one property."""
        return found(self._engine, None, predicate)


class EmbeddedStore:
    """The store protocol over a data folder. ``lanes`` evaluates the queries; it is asked for when first needed."""

    def __init__(
        self,
        home: Path,
        lanes: Callable[[], Lanes],
        *,
        usual: Limits,
        page: Limits,
        query_bytes: int = 64_000,
        keep: int = 10,
    ) -> None:
        self.folder = DataFolder(home)
        self._start_lanes = lanes
        self._lanes: Lanes | None = None
        self._known: dict[int, Revision] = {}
        self._limits = (usual, page)
        self._query_bytes = query_bytes
        self._keep = keep

    def reader(self, number: int | None = None) -> EmbeddedReader:
        """See ``Store.reader``."""
        revision = None if number is None else self.kept(number)
        if self._lanes is None:
            self._lanes = self._start_lanes()
        usual, page = self._limits
        return EmbeddedReader(revision or self._served(self._lanes), self._lanes, usual, page, self._query_bytes)

    def kept(self, number: int) -> Revision:
        """A revision that can be queried; raises NotFound, Gone."""
        found = self._revision(number)
        if found is None:
            raise NotFound(f"There is no revision r{number}.")
        if not self.folder.snapshot(number).exists():
            raise Gone(f"Revision r{number} is no longer kept for querying. Its dump is.", revision=number)
        return found

    def _served(self, lanes: Lanes) -> Revision:
        number = lanes.current()
        found = self._revision(number)
        if found is None:
            raise StoreDamaged(f"The ledger does not know revision r{number}.")
        return found

    def _revision(self, number: int) -> Revision | None:
        if number not in self._known:
            with self.folder.ledger_to_read() as ledger:
                found = ledger.revision(number)
            if found is None:
                return None
            self._known = {**dict(list(self._known.items())[-_REMEMBERED:]), number: found}
        return self._known[number]

    def publish(
        self,
        work: Callable[[Present], ChangeSet],
        *,
        agent: str,
        note: str,
        source: str = "",
        files: Iterable[SourceFile] = (),
        packaged: str = "",
        silent: bool = False,
    ) -> Revision:
        """See ``Store.publish``."""
        with self.folder.locked(), self.folder.ledger() as ledger:
            self.folder.recover(ledger)
            newest = next(iter(ledger.published()), None)
            engine = self._clone(newest)
            changes = merged.effective(engine, normalised(work(_Writing(engine, newest))))
            if newest and not changes and packaged in ("", ledger.packaged()):
                self.folder.sweep(keep=self._keep)
                return newest
            told = {"agent": agent, "note": note, "source": source}
            revision = _next(newest, changes, number=ledger.next_number(), silent=silent, **told)
            kept = tuple(files)
            for file in kept:
                self.folder.keep_file(file.digest, file.content)
            merged_graphs = _default_graphs(engine, changes)
            names = [(file.digest, file.name) for file in kept]
            ledger.begin(changes, revision, packaged=packaged, graphs=merged_graphs, files=names)
            self._write(engine, changes, revision, ledger)
            del engine
            self.folder.sweep(keep=self._keep)
            return revision

    def recover(self) -> None:
        """Settle what a writer that died has left; nothing to do where none did. Raises StoreInUse, StoreDamaged."""
        with self.folder.locked(), self.folder.ledger() as ledger:
            self.folder.recover(ledger)

    def _clone(self, newest: Revision | None) -> ox.Store:
        work = self.folder.work
        try:
            if newest is not None:
                checkpoint = ox.Store.read_only(str(self.folder.snapshot(newest.number)))
                checkpoint.backup(str(work))
                del checkpoint
            return ox.Store(str(work))
        except OSError as error:
            raise StoreFailure(f"The store cannot be opened for writing: {error}.") from error

    def _write(self, engine: ox.Store, changes: ChangeSet, revision: Revision, ledger: Ledger) -> None:
        final = self.folder.snapshot(revision.number)
        fresh = final.with_suffix(".tmp")
        try:
            merged.apply(engine, changes)
            engine.flush()
            engine.backup(str(fresh))
            sync_tree(fresh)
            fresh.rename(final)
            sync_folder(final.parent)
            self.folder.make_current(revision.number)
        except OSError as error:
            self._give_up(revision, ledger)
            raise StoreFailure(f"Nothing was published: {error}.") from error
        ledger.settle(revision.number, published=True)

    def _give_up(self, revision: Revision, ledger: Ledger) -> None:
        if self.folder.current() != revision.number:
            shutil.rmtree(self.folder.snapshot(revision.number), ignore_errors=True)
            ledger.settle(revision.number, published=False)

    def history(self) -> tuple[Revision, ...]:
        """See ``Store.history``."""
        with self.folder.ledger_to_read() as ledger:
            return ledger.published()

    def packaged(self) -> str:
        """The digest of the packaged content that was loaded last; empty where nothing was."""
        if not self.folder.ledger_path.exists():
            return ""
        with self.folder.ledger_to_read() as ledger:
            return ledger.packaged()

    def dump(self) -> Quads:
        """See ``Store.dump``; opens the checkpoint in this process."""
        if self._newest() is None:
            raise StoreFailure("Nothing was published yet.")
        return dumped(self._checkpoint())

    def present(self) -> Present:
        """See ``Store.present``; opens the checkpoint in this process."""
        newest = self._newest()
        return _Writing(self._checkpoint(), newest) if newest else Nothing()

    def kinds(self, things: Iterable[NamedNode]) -> Iterator[Quad]:
        """See ``Store.kinds``."""
        return kinds(self._checkpoint(), things) if self._newest() else iter(())

    @contextmanager
    def trial(self, changes: ChangeSet) -> Iterator[Reader]:
        """See ``Store.trial``; evaluates in this process, on a clone that goes afterwards."""
        newest = self._newest()
        with scratch.Room(self.folder.home) as place:
            clone = place / "store"
            if newest:
                self._checkpoint().backup(str(clone))
            engine = ox.Store(str(clone))
            merged.apply(engine, normalised(changes))
            yield Trial(engine, newest or _next(None, changes, number=0, agent="", note="", source=""))
            del engine

    def _newest(self) -> Revision | None:
        if not self.folder.ledger_path.exists():
            return None
        return next(iter(self.history()), None)

    def _checkpoint(self) -> ox.Store:
        return ox.Store.read_only(str(self.folder.snapshot(self.history()[0].number)))

    def changes(self, number: int) -> ChangeSet:
        """See ``Store.changes``."""
        with self.folder.ledger_to_read() as ledger:
            found = ledger.changes(number)
        if found is None:
            raise NotFound(f"There is no revision r{number}.")
        return found

    def changes_of(self, number: int, *, thing: NamedNode | None = None, predicate: NamedNode | None = None) -> ChangeSet:
        """See ``Store.changes_of``."""
        with self.folder.ledger_to_read() as ledger:
            found = ledger.changes_of(number, thing=thing, predicate=predicate)
        if found is None:
            raise NotFound(f"There is no revision r{number}.")
        return found.about(thing=thing, predicate=predicate)

    def things(self, number: int) -> tuple[tuple[NamedNode, Touch, int], ...]:
        """See ``Store.things``."""
        with self.folder.ledger_to_read() as ledger:
            return ledger.things(number)

    def touches(self, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[Touch, ...]]:
        """See ``Store.touches``."""
        with self.folder.ledger_to_read() as ledger:
            return ledger.touches(things)

    def dumps(self) -> tuple[Dump, ...]:
        """See ``Store.dumps``."""
        return self.folder.dumps.all(self.history()) if self.folder.ledger_path.exists() else ()

    def dump_file(self, name: str) -> Path | None:
        """See ``Store.dump_file``."""
        return self.folder.dumps.path(name)

    def write_dump(self, revision: Revision, describe: Callable[[Dump], bytes], quads: Iterable[Quad] | None = None) -> Dump:
        """See ``Store.write_dump``."""
        known = self.history()
        before = next((one for one in known if one.number < revision.number), None)
        if quads is not None:
            return self.folder.dumps.write(revision, before, dumping.of_statements(quads), describe)
        try:
            engine = ox.Store.read_only(str(self.folder.snapshot(revision.number)))
        except OSError as error:
            raise StoreFailure(f"The checkpoint of {revision.name} cannot be read: {error}.") from error
        return self.folder.dumps.write(revision, before, dumping.of_checkpoint(engine), describe)

    def remove_dump(self, revision: Revision) -> None:
        """See ``Store.remove_dump``."""
        self.folder.dumps.remove(revision)

    def verify(self) -> tuple[Check, ...]:
        """Read everything back and compare it with the ledger; takes seconds for each million quads."""
        return check_folder(self.folder)

    def close(self) -> None:
        """See ``Store.close``."""
        if self._lanes is not None:
            self._lanes.close()
            self._lanes = None


def _next(
    newest: Revision | None, changes: ChangeSet, *, number: int, agent: str, note: str, source: str, silent: bool = False
) -> Revision:
    return Revision(
        number=number,
        published_at=now(),
        quads=(newest.quads if newest else 0) + len(changes.added) - len(changes.removed),
        fingerprint=fingerprint(changes, start=int(newest.fingerprint, 16) if newest else 0),
        agent=agent,
        note=note,
        source=source,
        added=len(changes.added),
        removed=len(changes.removed),
        silent=silent,
    )


def _default_graphs(engine: ox.Store, changes: ChangeSet) -> list[str]:
    """The names of the graphs whose merge is the default graph of the revision that is being made."""
    names = {g for g in engine.named_graphs() if isinstance(g, NamedNode)}
    names |= {quad.graph_name for quad in changes.added if isinstance(quad.graph_name, NamedNode)}
    return sorted(name.value for name in names if vocab.in_default_graph(name))
