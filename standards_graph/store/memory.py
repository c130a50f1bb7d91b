"""A store in this process's memory, for tests, notebooks and one-off scripts.

It evaluates queries in the calling process, so it is for queries that are trusted: the service never uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, Triple

from standards_graph.errors import NotFound, Refused
from standards_graph.formats.quads import Quads
from standards_graph.ledger import touched
from standards_graph.model.answers import Answer, Dataset, Limits
from standards_graph.model.changes import ChangeSet, Check, Revision, SourceFile, Touch
from standards_graph.model.dumps import Dump
from standards_graph.store import merged
from standards_graph.store.base import Nothing, Present, Reader
from standards_graph.store.normal import fingerprint, fingerprint_of, normalised
from standards_graph.store.sorting import dumped, found, kinds
from standards_graph.workers.evaluate import evaluate


@dataclass(frozen=True, slots=True)
class Trial:
    """Answers trusted queries on an open store, in this process."""

    engine: ox.Store
    revision: Revision

    def answer(
        self,
        query: str,
        *,
        media_type: str,
        dataset: Dataset | None = None,
        limits: Limits | None = None,
        client: str | None = None,
    ) -> Answer:
        """See ``Reader.answer``; time and memory are not bounded here, the size of the answer is."""
        body = evaluate(self.engine, query, media_type=media_type, dataset=dataset, limits=limits or Limits())
        return Answer(body, media_type, self.revision.number)


def statements(triples: Iterable[Triple]) -> Trial:
    """What answers trusted queries on these statements as they are, blank nodes and all, in one default graph."""
    engine = ox.Store()
    engine.bulk_extend(Quad(*triple) for triple in triples)
    return Trial(engine, Revision(0, "", 0, ""))


class MemoryStore:
    """The store protocol over ``pyoxigraph.Store()``; a reader sees the newest state."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._engine = ox.Store()
        self._past: dict[int, Trial] = {}
        self._history: list[Revision] = []
        self._changes: list[ChangeSet] = []
        self._packaged = ""
        first = ChangeSet(added=tuple(quads))
        self.publish(lambda _: first, agent="memory", note="start")

    @property
    def revision(self) -> Revision:
        """The newest revision."""
        return self._history[-1]

    def reader(self, number: int | None = None) -> MemoryStore | Trial:
        """This store itself, which has the newest state; or a reader on an older one, made again from the changes."""
        if number is None or number == self.revision.number:
            return self
        if number not in self._past:
            self.changes(number)
            engine = ox.Store()
            for change in self._changes[:number]:
                merged.apply(engine, change)
            self._past[number] = Trial(engine, self._history[number - 1])
        return self._past[number]

    def answer(
        self,
        query: str,
        *,
        media_type: str,
        dataset: Dataset | None = None,
        limits: Limits | None = None,
        client: str | None = None,
    ) -> Answer:
        """See ``Reader.answer``; time and memory are not bounded here, the size of the answer is."""
        return Trial(self._engine, self.revision).answer(query, media_type=media_type, dataset=dataset, limits=limits)

    def kept(self, number: int) -> Revision:
        """See ``Store.kept``; all are."""
        self.changes(number)
        return self._history[number - 1]

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
        """See ``Store.publish``; nothing is kept on disk."""
        changes = merged.effective(self._engine, normalised(work(self if self._history else Nothing())))
        self._packaged = packaged or self._packaged
        if self._history and not changes:
            return self.revision
        merged.apply(self._engine, changes)
        last = self._history[-1] if self._history else None
        mark = int(last.fingerprint, 16) if last else 0
        self._changes.append(ChangeSet(tuple(changes.added), tuple(changes.removed)))
        self._history.append(
            Revision(
                number=last.number + 1 if last else 1,
                published_at=datetime.now(UTC).isoformat(timespec="seconds"),
                quads=(last.quads if last else 0) + len(changes.added) - len(changes.removed),
                fingerprint=fingerprint(changes, start=mark),
                agent=agent,
                note=note,
                source=source,
                added=len(changes.added),
                removed=len(changes.removed),
                silent=silent,
            )
        )
        return self.revision

    def history(self) -> tuple[Revision, ...]:
        """All revisions, newest first."""
        return tuple(reversed(self._history))

    def changes(self, number: int) -> ChangeSet:
        """See ``Store.changes``."""
        if not 1 <= number <= len(self._changes):
            raise NotFound(f"There is no revision r{number}.")
        return self._changes[number - 1]

    def changes_of(self, number: int, *, thing: NamedNode | None = None, predicate: NamedNode | None = None) -> ChangeSet:
        """See ``Store.changes_of``."""
        return self.changes(number).about(thing=thing, predicate=predicate)

    def things(self, number: int) -> tuple[tuple[NamedNode, Touch, int], ...]:
        """See ``Store.things``."""
        if not 1 <= number <= len(self._changes):
            return ()
        known = [touched.counts(change) for change in self._changes[:number]]
        before = {thing: [count[thing] for count in known[:-1] if thing in count] for thing in known[-1]}
        return tuple(
            (thing, Touch(number, *known[-1][thing]), sum(came - went for came, went in before[thing]))
            for thing in sorted(before, key=lambda one: one.value)
        )

    def touches(self, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[Touch, ...]]:
        """See ``Store.touches``."""
        known = [touched.counts(change) for change in self._changes]
        return {
            thing: tuple(Touch(n, *count[thing]) for n, count in enumerate(known, start=1) if thing in count)
            for thing in things
        }

    def packaged(self) -> str:
        """See ``Store.packaged``."""
        return self._packaged

    def dump(self) -> Quads:
        """See ``Store.dump``."""
        return dumped(self._engine)

    def present(self) -> Present:
        """See ``Store.present``."""
        return self if self._history else Nothing()

    def kinds(self, things: Iterable[NamedNode]) -> Iterator[Quad]:
        """See ``Store.kinds``."""
        return kinds(self._engine, things)

    @contextmanager
    def trial(self, changes: ChangeSet) -> Iterator[Reader]:
        """See ``Store.trial``."""
        gone = set(changes.removed)
        yield MemoryStore([*(quad for quad in self.dump() if quad not in gone), *changes.added])

    def dumps(self) -> tuple[Dump, ...]:
        """None: there is no place for them."""
        return ()

    def dump_file(self, name: str) -> Path | None:
        """None."""
        return None

    def write_dump(self, revision: Revision, describe: Callable[[Dump], bytes], quads: Iterable[Quad] | None = None) -> Dump:
        """See ``Store.write_dump``; refused."""
        raise Refused(f"{revision.name} is in memory alone; only a registry in a data folder has dumps.")

    def remove_dump(self, revision: Revision) -> None:
        """There is none."""

    def verify(self) -> tuple[Check, ...]:
        """See ``Store.verify``."""
        quads = self.dump()
        faults = tuple(merged.faults(self._engine))
        return (
            Check("quads", len(quads) == self.revision.quads, f"{len(quads):,} found, {self.revision.quads:,} recorded"),
            Check("fingerprint", fingerprint_of(quads) == self.revision.fingerprint, "compared"),
            Check("default graph", not faults, " ".join(faults) or "as recorded"),
        )

    def close(self) -> None:
        """Forget everything."""
        self._engine.clear()
