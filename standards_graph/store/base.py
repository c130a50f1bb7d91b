"""The protocol of a store: readers are pinned to a revision, one writer publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from standards_graph.formats.quads import Quads
from standards_graph.model.answers import Answer, Dataset, Limits
from standards_graph.model.changes import ChangeSet, Check, Revision, SourceFile, Touch
from standards_graph.model.dumps import Dump


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

    def reader(self, number: int | None = None) -> Reader:
        """A reader on the newest revision, or on another one that is kept.

        Raises StoreFailure when nothing was published yet, NotFound for a revision that there was not, Gone for one that is no
        longer kept for querying.
        """
        ...

    def kept(self, number: int) -> Revision:
        """A revision that can be queried; raises NotFound, and Gone where it is no longer kept."""
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

    def changes_of(self, number: int, *, thing: NamedNode | None = None, predicate: NamedNode | None = None) -> ChangeSet:
        """That part of it whose statements are about one thing, or by one predicate; raises NotFound."""
        ...

    def things(self, number: int) -> tuple[tuple[NamedNode, Touch, int], ...]:
        """Every thing that a revision said something new of, by name, and how many statements there were of it before."""
        ...

    def touches(self, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[Touch, ...]]:
        """For each thing, the published revisions that said something new of it, oldest first."""
        ...

    def dumps(self) -> tuple[Dump, ...]:
        """The dumps that were written, of the newest revision first."""
        ...

    def dump_file(self, name: str) -> Path | None:
        """Where a file of a dump is, or the list of their digests; None where it was not written whole."""
        ...

    def write_dump(self, revision: Revision, describe: Callable[[Dump], bytes], quads: Iterable[Quad] | None = None) -> Dump:
        """Write the dump of a revision, with what ``describe`` says of it.

        ``quads`` are its statements, where no checkpoint of it is kept.

        Raises Refused where this store has no place for dumps, StoreFailure.
        """
        ...

    def remove_dump(self, revision: Revision) -> None:
        """Take the dump of a revision away, if there is one; raises StoreFailure."""
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
