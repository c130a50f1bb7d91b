"""The protocol of a store: readers are pinned to a revision, one writer publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from standards_graph.formats.quads import Quads
from standards_graph.model.answers import Answer, Dataset, Limits
from standards_graph.model.changes import ChangeSet, Check, Revision, SourceFile, Touch


class Reader(Protocol):
    """Answers queries on one revision, whatever is published meanwhile."""

    @property
    def revision(self) -> Revision:
        """The revision that every answer of this reader is computed on."""
        ...

    def answer(
        self,
        query: str,
        *,
        media_type: str,
        dataset: Dataset | None = None,
        limits: Limits | None = None,
        client: str | None = None,
    ) -> Answer:
        """Answer a SPARQL 1.1 query in the asked syntax, completely or not at all.

        ``client`` None means a query of the project's own (a page, a command); otherwise whose query it is.
        Raises BadQuery, NotAcceptable, TooLarge, QueryTimeout, QueryOutOfMemory, QueryTooDeep, Busy, TooManyRequests.
        """
        ...


class Present(Protocol):
    """What a writer sees while it works out its change: the current state, under the writer's lock."""

    @property
    def revision(self) -> Revision | None:
        """The revision that the change will stand on; None in a new store."""
        ...

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """The quads of one graph."""
        ...

    def graphs(self) -> tuple[NamedNode, ...]:
        """The names of all graphs, sorted."""
        ...

    def about(self, thing: NamedNode) -> Iterator[Quad]:
        """What the named graphs say of one thing."""
        ...

    def saying(self, predicate: NamedNode) -> Iterator[Quad]:
        """Everything that the named graphs say with one property."""
        ...


class Nothing:
    """The present state of a store that holds nothing yet."""

    revision: Revision | None = None

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """No quad."""
        return iter(())

    def graphs(self) -> tuple[NamedNode, ...]:
        """No graph."""
        return ()

    def about(self, thing: NamedNode) -> Iterator[Quad]:
        """No quad."""
        return iter(())

    def saying(self, predicate: NamedNode) -> Iterator[Quad]:
        """No quad."""
        return iter(())


class Store(Protocol):
    """A keeper of revisions."""

    def reader(self) -> Reader:
        """A reader on the newest revision; raises StoreFailure when nothing was published yet."""
        ...

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
        """Publish a change, all or nothing; returns once it is on disk. An empty change returns the current revision.

        ``work`` is called once, under the writer's lock, and says what to change; ``packaged`` is the digest of the packaged
        content that the change loads, if it does; of what is ``silent`` nobody is to be told. Raises StoreInUse, StoreFailure.
        """
        ...

    def packaged(self) -> str:
        """The digest of the packaged content that was loaded last; empty where nothing was."""
        ...

    def dump(self) -> Quads:
        """Every quad of a named graph of the newest revision, sorted."""
        ...

    def present(self) -> Present:
        """The newest revision as a writer sees it, to look at; what a new store holds where nothing was published yet."""
        ...

    def kinds(self, things: Iterable[NamedNode]) -> Iterator[Quad]:
        """The statements of the newest revision that say of which kinds these things are."""
        ...

    def trial(self, changes: ChangeSet) -> AbstractContextManager[Reader]:
        """A reader on the newest revision with a change that is not published; for trusted queries alone."""
        ...

    def changes(self, number: int) -> ChangeSet:
        """What a published revision added and took away; raises NotFound."""
        ...

    def touches(self, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[Touch, ...]]:
        """For each thing, the published revisions that said something new of it, oldest first."""
        ...

    def verify(self) -> tuple[Check, ...]:
        """Read everything back and compare it with what was recorded."""
        ...

    def history(self) -> tuple[Revision, ...]:
        """All published revisions, newest first."""
        ...

    def close(self) -> None:
        """Let go of processes and files."""
        ...
