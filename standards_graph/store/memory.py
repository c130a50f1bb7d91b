"""A store in this process's memory, for tests, notebooks and one-off scripts.

It evaluates queries in the calling process, so it is for queries that are trusted: the service never uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import StoreFailure
from standards_graph.model.answers import Answer, Dataset, Limits
from standards_graph.model.changes import ChangeSet, Revision, SourceFile
from standards_graph.store.base import Present
from standards_graph.store.normal import fingerprint, normalised
from standards_graph.workers.evaluate import evaluate


class MemoryStore:
    """The store protocol over ``pyoxigraph.Store()``; a reader sees the newest state."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._engine = ox.Store()  # noqa: TID251 - one of the engine's two homes
        self._history: list[Revision] = []
        first = ChangeSet(added=tuple(quads))
        self.publish(lambda _: first, agent="memory", note="start")

    @property
    def revision(self) -> Revision:
        """The newest revision."""
        return self._history[-1]

    def reader(self) -> MemoryStore:
        """This store itself: it has one state."""
        return self

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
        body = evaluate(self._engine, query, media_type=media_type, dataset=dataset, limits=limits or Limits())
        return Answer(body, media_type, self.revision.number)

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """The quads of one graph."""
        return self._engine.quads_for_pattern(None, None, None, graph)

    def graphs(self) -> tuple[NamedNode, ...]:
        """The names of all graphs, sorted."""
        return tuple(sorted((g for g in self._engine.named_graphs() if isinstance(g, NamedNode)), key=str))

    def publish(
        self,
        work: Callable[[Present], ChangeSet],
        *,
        agent: str,
        note: str,
        source: str = "",
        files: Iterable[SourceFile] = (),
    ) -> Revision:
        """See ``Store.publish``; nothing is kept on disk."""
        changes = normalised(work(self if self._history else _Nothing()))
        if self._history and not changes:
            return self.revision
        for quad in changes.removed:
            self._engine.remove(quad)
        self._engine.extend(changes.added)
        self._merge_default_graph(changes)
        last = self._history[-1] if self._history else None
        mark = int(last.fingerprint, 16) if last else 0
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
            )
        )
        return self.revision

    def _merge_default_graph(self, changes: ChangeSet) -> None:
        merge_default_graph(self._engine, changes)

    def history(self) -> tuple[Revision, ...]:
        """All revisions, newest first."""
        return tuple(reversed(self._history))

    def close(self) -> None:
        """Forget everything."""
        self._engine.clear()


class _Nothing:
    """The draft of a store that holds nothing yet."""

    revision: Revision | None = None

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        return iter(())

    def graphs(self) -> tuple[NamedNode, ...]:
        return ()


def merge_default_graph(engine: ox.Store, changes: ChangeSet) -> None:
    """Keep the engine's default graph the RDF merge of the graphs that belong to it.

    The engine's own union view lists a triple twice that stands in two graphs, and a list of graphs costs eight times the
    time of a merged one (measured with 40 graphs); so the merge is kept as data.
    """
    engine.extend(
        Quad(q.subject, q.predicate, q.object) for q in changes.added if vocab.in_default_graph(_name(q))
    )
    for quad in changes.removed:
        elsewhere = engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if not any(isinstance(q.graph_name, NamedNode) and vocab.in_default_graph(q.graph_name) for q in elsewhere):
            engine.remove(Quad(quad.subject, quad.predicate, quad.object))


def _name(quad: Quad) -> NamedNode:
    if not isinstance(quad.graph_name, NamedNode):
        raise StoreFailure("Every quad stands in a named graph.")
    return quad.graph_name


