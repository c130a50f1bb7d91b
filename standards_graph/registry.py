"""The conductor: ties the rooms together, and is the only one who publishes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph import __version__, resources, vocab
from standards_graph.browse.coverage import coverage
from standards_graph.browse.entities import Entities
from standards_graph.browse.graphs import Graphs
from standards_graph.browse.lists import Lists
from standards_graph.browse.questions import Questions
from standards_graph.browse.results import result
from standards_graph.browse.search import Search
from standards_graph.curation.replacing import Replacement, replacement
from standards_graph.errors import TooLarge, UnreadableFile, ValidationFailed
from standards_graph.importing import packaged, reading
from standards_graph.importing.base import Importer, importer, importers
from standards_graph.model.answers import Answer, Limits
from standards_graph.model.changes import ChangeSet, Check, Revision, SourceFile, difference
from standards_graph.model.coverage import Coverage
from standards_graph.model.findings import Report
from standards_graph.model.imports import ImportResult
from standards_graph.model.results import Result
from standards_graph.opening import embedded
from standards_graph.publishing import readiness
from standards_graph.publishing.descriptions import Descriptions
from standards_graph.publishing.service import service_description
from standards_graph.settings import Settings
from standards_graph.store.base import Present, Reader, Store
from standards_graph.store.memory import MemoryStore
from standards_graph.validation import shapes
from standards_graph.workers import once
from standards_graph.workers.guard import Inspected, inspect


class Registry:
    """One registry: a store and what may be asked of it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self._search = Search()

    @classmethod
    def in_memory(cls, quads: Iterable[Quad], settings: Settings | None = None) -> Registry:
        """A registry in this process's memory, for tests and notebooks."""
        return cls(MemoryStore(quads), settings or Settings())

    @classmethod
    def open(cls, settings: Settings) -> Registry:
        """The registry in the data folder; queries run in workers of this process, started when first needed."""
        return cls(embedded(settings, supervised=False), settings)

    @classmethod
    def attached(cls, settings: Settings) -> Registry:
        """The registry in the data folder; queries run in the lanes of the supervisor that serves it."""
        return cls(embedded(settings, supervised=True), settings)

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of processes and files."""
        self.store.close()

    def reader(self) -> Reader:
        """A reader pinned to the newest revision."""
        return self.store.reader()

    def history(self) -> tuple[Revision, ...]:
        """All published revisions, newest first."""
        return self.store.history()

    @property
    def entities(self) -> Entities:
        """What may be asked about single things, on the newest revision."""
        return Entities(self.reader())

    @property
    def lists(self) -> Lists:
        """What may be asked about lists, on the newest revision."""
        return Lists(self.reader())

    @property
    def graphs(self) -> Graphs:
        """What may be asked about data sets and the ontology, on the newest revision."""
        return Graphs(self.reader())

    @property
    def questions(self) -> Questions:
        """What may be asked about the public questions, on the newest revision."""
        return Questions(self.reader())

    def coverage(self) -> Coverage:
        """How much the newest revision holds, and how new it is."""
        return coverage(self.reader())

    @property
    def search(self) -> Search:
        """Search; its index is kept from one request to the next."""
        return self._search

    @property
    def descriptions(self) -> Descriptions:
        """Things and graphs as data, on the newest revision."""
        return Descriptions(self.reader())

    def service_description(self, *, endpoint: str, media_type: str, limits: str) -> Answer:
        """What the SPARQL endpoint at an address says of itself."""
        return service_description(self.reader(), endpoint=NamedNode(endpoint), media_type=media_type, limits=limits)

    def inspect(self, query: str) -> Inspected:
        """Read a query without evaluating it; raises BadQuery with the place, TooLarge."""
        return inspect(query, most_bytes=self.settings.query_kb * 1000)

    def run(self, query: str, *, client: str, most_bytes: int) -> Result:
        """Answer a user's query for a page; raises what ``inspect`` and ``Reader.answer`` raise."""
        form, told = self.inspect(query).form, self.settings
        limits = Limits(told.query_seconds, told.query_memory_mb << 20, min(most_bytes, told.answer_mb * 1_000_000))
        return result(self.reader(), query, form=form, limits=limits, client=client)

    def answers(self) -> Check:
        """Whether a worker answers in time on the newest revision."""
        return readiness.answers(self.reader())

    def holds_everything(self) -> Check:
        """Whether the newest revision holds as many statements as were published; counts them."""
        return readiness.holds_everything(self.reader())

    def verify(self) -> tuple[Check, ...]:
        """Whether the store holds what the ledger says."""
        return self.store.verify()

    def is_current(self) -> bool:
        """Whether the packaged content is the one that was loaded last."""
        return self.store.packaged() == packaged.digest()

    def load(self, progress: packaged.Progress = lambda *_: None) -> Revision:
        """Load the packaged content, or what is new in it; a data set that an operator imported since is left alone."""

        def work(present: Present) -> ChangeSet:
            imported = {graph_of(one.source) for one in (self.history() if present.revision else ()) if one.source}
            content = packaged.content(progress, skip=frozenset(imported))
            mine = [g for g in present.graphs() if _is_packaged(g) and g not in imported]
            before = [quad for graph in mine for quad in present.quads(graph)]
            progress("publishing", 0, 1)
            return difference(before, (quad for quads in content.values() for quad in quads))

        note = f"Packaged content of version {__version__}"
        done = self.store.publish(work, agent="standards-graph load", note=note, packaged=packaged.digest())
        progress("publishing", 1, 1)
        return done

    def importers(self) -> tuple[Importer, ...]:
        """Every importer that is installed, by name."""
        return importers()

    def import_files(
        self,
        source: str,
        paths: Sequence[Path],
        *,
        agent: str,
        note: str = "",
        dry_run: bool = False,
        accept_shrink: bool = False,
    ) -> ImportResult:
        """Read a source's files, check them, and publish what they change; or, with ``dry_run``, say what it would be.

        Raises UnreadableFile, TooLarge, ValidationFailed, SourceShrank; in each case nothing was changed.
        """
        graph = graph_of(importer(source).name)
        files = [self._taken(path) for path in paths]
        fresh = self._read(source, paths, graph)
        report = self._checked(fresh, known=self.store.dump() if self.history() else ())
        if not report.conforms:
            raise ValidationFailed(report.findings)
        found: list[Replacement] = []

        def work(present: Present) -> ChangeSet:
            change = replacement(present.quads(graph), fresh, graph=graph, day=dt.datetime.now(dt.UTC).date())
            if not accept_shrink:
                change.check_shrinkage(most_percent=self.settings.shrink_percent)
            found.append(change)
            return ChangeSet() if dry_run else change.changes

        told = note or f"Import of {', '.join(file.name for file in files)}"
        files = [] if dry_run else files
        done = self.store.publish(work, agent=agent, note=told, source="" if dry_run else source, files=files)
        return _result(found[0], report, None if dry_run else done)

    def _taken(self, path: Path) -> SourceFile:
        try:
            if path.stat().st_size > self.settings.import_mb * 1_000_000:
                raise TooLarge(f"{path} is larger than {self.settings.import_mb} MB.")
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableFile(error.strerror or "cannot be read", source=str(path)) from error
        return SourceFile(path.name, hashlib.sha256(content).hexdigest(), content)

    def _read(self, source: str, paths: Sequence[Path], graph: NamedNode) -> tuple[Quad, ...]:
        told = reading.argument(source, [path.resolve() for path in paths], graph)
        seconds, memory = self.settings.import_seconds, self.settings.import_memory_mb << 20
        lines = once.run(reading.FUNCTION, told, seconds=seconds, memory=memory)
        return tuple(ox.parse(lines, format=ox.RdfFormat.N_QUADS))

    def _checked(self, quads: Iterable[Quad], *, known: Iterable[Quad] = ()) -> Report:
        return shapes.validate(quads, resources.ontology() / "shapes", known=known)

    def validate(self) -> Report:
        """All published statements held against the shapes."""
        return self._checked(self.store.dump())

    def export(self, out: BinaryIO, media_type: str = "application/n-quads", graph: str | None = None) -> int:
        """Write the named graphs, or one of them, in an RDF syntax; returns the number of statements."""
        syntax = ox.RdfFormat.from_media_type(media_type)
        if syntax is None or (graph is None and not syntax.supports_datasets):
            raise UnreadableFile(f"{media_type} cannot hold this; use application/n-quads, or name one graph")
        quads = [q for q in self.store.dump() if graph is None or q.graph_name == vocab.graph(graph)]
        if graph is None:
            ox.serialize(quads, out, format=syntax, prefixes=vocab.PREFIXES)
        else:
            ox.serialize((quad.triple for quad in quads), out, format=syntax, prefixes=vocab.PREFIXES)
        return len(quads)


def graph_of(source: str) -> NamedNode:
    """The graph that a source's importer fills."""
    return vocab.graph(f"source/{source}")


def _is_packaged(graph: NamedNode) -> bool:
    local = graph.value.removeprefix(vocab.BASE + "graph/")
    return local in ("ontology", "shapes") or local.partition("/")[0] in (
        "scheme",
        "curated",
        "unverified",
        "mapping",
        "source",
    )


def _result(change: Replacement, report: Report, revision: Revision | None) -> ImportResult:
    return ImportResult(
        report=report,
        added=len(change.changes.added),
        removed=len(change.changes.removed),
        entities=len(change.new),
        withdrawn=len(change.withdrawn),
        revision=revision,
        new=tuple(thing.value for thing in change.new),
        gone=tuple(thing.value for thing in change.withdrawn),
    )
