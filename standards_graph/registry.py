"""The conductor of reading: ties the rooms together for whoever asks. Who writes is in ``curator.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.browse.comparing.answers import Comparisons
from standards_graph.browse.coverage import coverage
from standards_graph.browse.entities import Entities
from standards_graph.browse.equivalence import Equivalence
from standards_graph.browse.graphs import Graphs
from standards_graph.browse.histories import Histories
from standards_graph.browse.lists import Lists
from standards_graph.browse.past import Past
from standards_graph.browse.periods import on_day
from standards_graph.browse.questions import Questions
from standards_graph.browse.results import result
from standards_graph.browse.reviews import ReviewWork
from standards_graph.browse.search import Search
from standards_graph.errors import Gone, UnreadableFile
from standards_graph.harmonisation import counterfactual, reading
from standards_graph.model.answers import Answer, Limits
from standards_graph.model.changes import Check, Revision
from standards_graph.model.coverage import Coverage
from standards_graph.model.dumps import Dump
from standards_graph.model.equivalence import Consequence
from standards_graph.model.periods import OnDay
from standards_graph.model.results import Result
from standards_graph.opening import embedded
from standards_graph.publishing import catalogue, dumped, readiness
from standards_graph.publishing.descriptions import Descriptions
from standards_graph.publishing.exchange import Exchange
from standards_graph.publishing.mappings import MappingSets
from standards_graph.publishing.service import service_description
from standards_graph.settings import Settings
from standards_graph.store.base import Reader, Store
from standards_graph.store.memory import MemoryStore
from standards_graph.studies import Studies
from standards_graph.workers.guard import Inspected, inspect


class Registry:
    """One registry: a store and what may be asked of it."""

    def __init__(self, store: Store, settings: Settings, *, pinned: Revision | None = None) -> None:
        self.store = store
        self.settings = settings
        self.pinned = pinned
        self._search = Search()
        self._latest = counterfactual.Latest()

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

    def as_published(self, told: str) -> Registry:
        """The same registry as it was published at a revision (r12), by the end of a day (UTC) or by a moment.

        It shares this one's processes and is not to be closed. Raises BadArgument for what is none of these, NotFound where
        nothing was published by then, Gone where that revision is no longer kept for querying.
        """
        revision = self.past.revision(told, name="revision")
        self.store.kept(revision.number)
        return Registry(self.store, self.settings, pinned=revision)

    def reader(self) -> Reader:
        """A reader pinned to the newest revision, or to that which this registry is pinned to."""
        return self.store.reader(self.pinned.number if self.pinned else None)

    def history(self) -> tuple[Revision, ...]:
        """All published revisions, newest first."""
        return self.store.history()

    @property
    def past(self) -> Past:
        """What may be asked about revisions."""
        return Past(self.store)

    @property
    def histories(self) -> Histories:
        """What happened to single things, in the words of the newest revision."""
        return Histories(self.past, self.reader())

    @property
    def entities(self) -> Entities:
        """What may be asked about single things, on the newest revision."""
        return Entities(self.reader())

    @property
    def equivalence(self) -> Equivalence:
        """What may be asked about correspondences, on the newest revision."""
        return Equivalence(self.reader())

    @property
    def comparisons(self) -> Comparisons:
        """What may be asked of jurisdictions side by side, on the newest revision."""
        return Comparisons(self.reader())

    @property
    def studies(self) -> Studies:
        """What may be worked out from the answers of several queries: lineage, the spread of warnings, figures."""
        return Studies(self.reader())

    def without(self, record: str) -> tuple[Consequence, ...]:
        """What would be otherwise if an asserted mapping record were rejected, worked out now from the published facts.

        Raises NotFound for what is no record, BadArgument for an inferred one: it falls with its premises.
        """
        name = self.equivalence.why(record)[0].record.value
        present, today = self.store.present(), dt.datetime.now(dt.UTC).date()
        number = present.revision.number if present.revision else 0
        known = self._latest.of(number, lambda: (quad for word in reading.PREMISES for quad in present.saying(word)))
        return counterfactual.told(known, counterfactual.without(known, name, today))

    @property
    def review_work(self) -> ReviewWork:
        """What may be asked about the work of reviewers, on the newest revision."""
        return ReviewWork(self.reader())

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

    def questions_on(self, day: dt.date | None) -> Questions:
        """The same, asked for a day instead of today."""
        return Questions(self.reader(), at=day)

    def lists_on(self, day: dt.date | None) -> Lists:
        """The same, of what was in force on a day."""
        return Lists(self.reader(), day=day)

    def on_day(self, things: Iterable[NamedNode], day: dt.date) -> dict[NamedNode, OnDay]:
        """How those of the things stand on a day that are in force for a time, or have a day on which they came to be."""
        return on_day(self.reader(), things, day)

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

    @property
    def mapping_sets(self) -> MappingSets:
        """Mapping sets in the forms of SSSOM, on the newest revision."""
        return MappingSets(self.reader())

    @property
    def exchange(self) -> Exchange:
        """Correspondences in the forms of other tools, on the newest revision."""
        return Exchange(self.reader())

    def service_description(self, *, endpoint: str, media_type: str, limits: str) -> Answer:
        """What the SPARQL endpoint at an address says of itself."""
        return service_description(self.reader(), endpoint=NamedNode(endpoint), media_type=media_type, limits=limits)

    def catalogue(self, *, base: str, media_type: str) -> Answer:
        """The catalogue of data sets, as served at an address without a slash at its end."""
        return catalogue.catalogue(self.reader(), base=base, media_type=media_type, dumps=self.dumps)

    @property
    def dumps(self) -> tuple[Dump, ...]:
        """The dumps that were written, of the newest revision first."""
        return self.store.dumps()

    def dump_file(self, name: str) -> Path | None:
        """Where a file of a dump is, or the list of their digests; None where it was not written whole."""
        return self.store.dump_file(name)

    def dump(self, told: str) -> Dump:
        """Write the dump of a revision, of whichever day or moment it was; raises what ``Past.revision`` does, StoreFailure."""
        revision = self.past.revision(told, name="revision")
        return self.store.write_dump(revision, dumped.about, None if self._is_kept(revision) else self.past.state(revision))

    def remove_dump(self, told: str) -> None:
        """Take the dump of a revision away; it can be written again. Raises what ``Past.revision`` does, StoreFailure."""
        self.store.remove_dump(self.past.revision(told, name="revision"))

    def _is_kept(self, revision: Revision) -> bool:
        try:
            self.store.kept(revision.number)
        except Gone:
            return False
        return True

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
        return self.store.packaged() == resources.digest()

    def export(self, out: BinaryIO, media_type: str = "application/n-quads", graph: str | None = None, *, at: str = "") -> int:
        """Write the named graphs, or one of them, in an RDF syntax; returns the number of statements.

        ``at`` names a revision, a day or a moment: what the registry held then.
        """
        syntax = ox.RdfFormat.from_media_type(media_type)
        if syntax is None or (graph is None and not syntax.supports_datasets):
            raise UnreadableFile(f"{media_type} cannot hold this; use application/n-quads, or name one graph")
        then = self.past.revision(at) if at else self.pinned
        held = sorted(self.past.state(then), key=str) if then else self.store.dump()
        quads = [q for q in held if graph is None or q.graph_name == vocab.graph(graph)]
        if graph is None:
            ox.serialize(quads, out, format=syntax, prefixes=vocab.PREFIXES)
        else:
            ox.serialize((quad.triple for quad in quads), out, format=syntax, prefixes=vocab.PREFIXES)
        return len(quads)
