"""The conductor of writing: from a file to a revision. The only one who publishes."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from pyoxigraph import NamedNode, Quad

from standards_graph import __version__, resources, vocab
from standards_graph.curation.replacing import Replacement, replacement
from standards_graph.errors import (
    BadArgument,
    DraftOutdated,
    Refused,
    StoreFailure,
    TooLarge,
    UnreadableFile,
    ValidationFailed,
)
from standards_graph.formats.quads import Quads, lines, parsed, written
from standards_graph.harmonisation import following, reviewing
from standards_graph.importing import packaged, reading
from standards_graph.importing.base import Importer, apart, filled, importers, recognised
from standards_graph.model.changes import ChangeSet, Revision, SourceFile, difference
from standards_graph.model.findings import Report
from standards_graph.model.imports import ImportResult
from standards_graph.reconciling import records
from standards_graph.registry import Registry
from standards_graph.store import scratch
from standards_graph.store.base import Present, Store
from standards_graph.store.normal import normalised
from standards_graph.store.sorting import applied, in_order, joined
from standards_graph.validation import checking
from standards_graph.vocab import SGO
from standards_graph.workers import once

LOADER = "standards-graph load"
"""Who published what came with the software."""
PACKAGED = frozenset(("ontology", "shapes", "scheme", "labels", "curated", "unverified", "mapping", "source"))
"""Names, or first parts of names, of graphs that come with the software."""
BY_HAND = frozenset((records.GRAPH, reviewing.GRAPH, reviewing.MADE))
"""What curators decided: loading the packaged content again leaves it alone."""


Progress = Callable[[str, int], None]
"""Told the step, ``reading``, ``checking`` or ``publishing``, and how many rows or statements of it are done."""


def silent(step: str, done: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Files of one source as they were read: the graph that they fill, what they say, what is wrong with it, how many rows."""

    graph: NamedNode
    files: tuple[SourceFile, ...]
    quads: Quads
    report: Report
    rows: int = 0


class Bounds(TypedDict):
    """What a confined process may use: seconds, and bytes of memory."""

    seconds: float
    memory: int


class Curator:
    """What may be done to a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._store, self._settings, self._past = registry.store, registry.settings, registry.past

    def load(self, progress: packaged.Progress = lambda *_: None) -> Revision:
        """Load the packaged content, or what is new in it; a data set that an operator imported since is left alone."""

        def work(present: Present) -> ChangeSet:
            change = self._change_of_loading(present, progress)
            progress("publishing", 0, 1)
            return change

        note = f"Packaged content of version {__version__}"
        done = self._store.publish(work, agent=LOADER, note=note, packaged=resources.digest())
        self._dump(done)
        progress("publishing", 1, 1)
        return done

    def _dump(self, revision: Revision) -> None:
        """Write the dump of what was published, where it is not too large for that and its folder has room.

        The revision is published whatever becomes of it: a dump that is missing can be written at any time.
        """
        if revision.quads <= self._settings.dump_quads and all(one.revision != revision for one in self._registry.dumps):
            with suppress(StoreFailure, Refused):
                self._registry.dump(revision.name)

    def change_of_loading_again(self) -> ChangeSet:
        """What loading the packaged content once more would change; nothing is published."""
        found: list[ChangeSet] = []

        def work(present: Present) -> ChangeSet:
            found.append(normalised(self._change_of_loading(present, lambda *_: None)))
            return ChangeSet()

        self._store.publish(work, agent="standards-graph check", note="")
        return found[0]

    def hindrance_to_loading_again(self) -> str:
        """Why loading once more is no test of anything: other content comes with the software, or somebody changed it since."""
        if self._store.packaged() != resources.digest():
            return "the packaged content is not the one that was loaded: load it first"
        since = itertools.takewhile(lambda one: one.agent != LOADER, self._store.history())
        return next(
            (f"{one.name} was published by {one.agent} since the content was loaded" for one in since if not one.source), ""
        )

    def _change_of_loading(self, present: Present, progress: packaged.Progress) -> ChangeSet:
        imported = {graph_of(one.source) for one in (self._store.history() if present.revision else ()) if one.source}
        content = packaged.content(progress, skip=frozenset(imported))
        mine = [g for g in present.graphs() if _is_packaged(g) and g not in imported]
        others = set(present.graphs()) - set(mine) - set(following.GRAPHS)
        before = [quad for graph in mine for quad in present.quads(graph)]
        fresh = [quad for quads in content.values() for quad in quads]
        kept = [quad for graph in sorted(others, key=str) for quad in present.quads(graph)]
        after = following.follows([*fresh, *kept], _today())
        return difference([*before, *_followed(present)], [*fresh, *after])

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
        leave_out: bool = False,
        texts: bool = False,
        progress: Progress = silent,
    ) -> ImportResult:
        """Read a source's files, check them, and publish what they change; or, with ``dry_run``, say what it would be.

        With ``leave_out``, rows that cannot be read are left out and told; without, they stop the import. With ``texts``,
        publishers' texts are taken in, where the source has some.
        Raises UnreadableFile, TooLarge, ValidationFailed, SourceShrank; in each case nothing was changed.
        """
        brought = self.bring(source, paths, leave_out=leave_out, texts=texts, progress=progress)
        if not brought.report.conforms:
            raise ValidationFailed(brought.report.findings)
        return self.publish(brought, agent=agent, note=note, dry_run=dry_run, accept_shrink=accept_shrink, progress=progress)

    def bring(
        self,
        source: str,
        paths: Sequence[Path],
        *,
        leave_out: bool = False,
        texts: bool = False,
        progress: Progress = silent,
    ) -> Brought:
        """Read a source's files and check them; nothing is changed. Raises UnreadableFile, TooLarge, BadInput."""
        paths, beside = apart(source, paths)
        graph = vocab.graph(filled(source, paths))
        files = tuple(self._taken(path) for path in (*paths, *beside))
        read = self._read(source, paths, graph, texts=texts, heard=lambda rows: progress("reading", rows))
        judged = self._checked(read.quads, beside=self._store, heard=lambda done: progress("checking", done))
        report = judged.after(read.report.softened() if leave_out else read.report)
        return Brought(graph, files, read.quads, report, read.rows)

    def publish(
        self,
        brought: Brought,
        *,
        agent: str,
        note: str = "",
        dry_run: bool = False,
        accept_shrink: bool = False,
        expected: str | None = None,
        quietly: bool = False,
        progress: Progress = silent,
    ) -> ImportResult:
        """Publish what was brought; with ``dry_run``, say what it would be; ``quietly``, so that nobody is told of it.

        ``expected`` is the mark of the difference that somebody looked at: another one is refused with DraftOutdated.
        Raises SourceShrank; in each case nothing was changed.
        """
        graph, room, found = brought.graph, self._room(), list[Replacement]()
        progress("publishing", 0)

        def work(present: Present) -> ChangeSet:
            change = replacement(present.quads(graph), brought.quads, graph=graph, day=_today(), room=room)
            if expected is not None and change.mark != expected:
                raise DraftOutdated(
                    "The registry has changed since the difference was shown. Look at the new one, then publish."
                )
            if not accept_shrink:
                change.check_shrinkage(most_percent=self._settings.shrink_percent)
            found.append(change)
            return ChangeSet() if dry_run else self._whole(present, change.changes, room.path)

        note = note or f"Import of {', '.join(file.name for file in brought.files)}"
        files = () if dry_run else brought.files
        with room:
            source = "" if dry_run else name_of(graph)
            done = self._store.publish(work, agent=agent, note=note, source=source, files=files, silent=quietly)
            progress("publishing", len(found[0].changes.added))
            if not dry_run:
                self._dump(done)
            return _result(found[0], brought, None if dry_run else done)

    def _whole(self, present: Present, changes: ChangeSet, folder: Path) -> ChangeSet:
        """A change together with how it changes what follows."""
        return joined(changes, _following(present, changes), folder) if changes else changes

    def replacing(self, brought: Brought) -> Replacement:
        """What publishing it now would change in its graph."""
        present = self._store.present()
        return replacement(present.quads(brought.graph), brought.quads, graph=brought.graph, day=_today(), room=self._room())

    def following(self, changes: ChangeSet) -> ChangeSet:
        """How a change to what is held now changes what is worked out from the facts."""
        return _following(self._store.present(), changes)

    def revert(self, told: str, *, agent: str, note: str = "") -> Revision | None:
        """Take one revision back by a revision of its own; what later ones have changed since stays as they left it.

        None where nothing of it is left to take back.

        Raises NotFound, BadArgument for the first revision, ValidationFailed where what is left would break a rule.
        """
        target = self._past.revision(told)
        if target.number == self._store.history()[-1].number:
            raise BadArgument(f"{target.name} is the beginning of this registry; before it there was nothing.", name="revision")
        room = self._room()
        undone = without_derived(self._store.changes(target.number).undone, room.path)
        with self._room() as place:
            report = self._checked(_own(applied(self._store.dump(), undone, place), place / "own.nq"))
        if not report.conforms:
            raise ValidationFailed(report.findings)
        why = note or f"Takes back {target.name}: {target.note}"
        newest = self._store.history()[0]
        with self._room() as place:
            done = self._store.publish(lambda present: self._whole(present, undone, place), agent=agent, note=why)
        self._dump(done)
        return done if done.number != newest.number else None

    def restate(
        self, graph: NamedNode, things: Iterable[NamedNode], said: Iterable[Quad], *, agent: str, note: str
    ) -> Revision:
        """Publish what a graph says of some things, instead of what it said of them and of their source records.

        Raises ValidationFailed where what is said breaks a rule; then nothing was changed.
        """
        room = self._room()
        fresh, named = in_order(said, room.path, "said.nq"), set(things)
        report = self._checked(fresh, beside=self._store)
        if not report.conforms:
            raise ValidationFailed(report.findings)

        def work(present: Present) -> ChangeSet:
            held = [quad for quad in present.quads(graph) if quad.subject in named]
            records = {quad.object for quad in held if quad.predicate == SGO.hasSourceRecord}
            before = [quad for quad in present.quads(graph) if quad.subject in named or quad.subject in records]
            return self._whole(present, difference(before, fresh), room.path)

        return self._store.publish(work, agent=agent, note=note)

    def _taken(self, path: Path) -> SourceFile:
        try:
            if path.stat().st_size > self._settings.import_mb * 1_000_000:
                raise TooLarge(f"{path} is larger than {self._settings.import_mb} MB.")
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableFile(error.strerror or "cannot be read", source=str(path)) from error
        return SourceFile(path.name, hashlib.sha256(content).hexdigest(), content)

    def recognised(self, path: Path) -> str:
        """The name of the source that a file comes from, by the file's name; raises BadInput where it is not clear."""
        return recognised(path)

    def _read(self, source: str, paths: Sequence[Path], graph: NamedNode, *, texts: bool, heard: once.Tell) -> reading.Outcome:
        place = self._room()
        told = reading.argument(source, [path.resolve() for path in paths], graph, place.path, texts=texts)
        return reading.outcome(once.run(reading.FUNCTION, told, heard=heard, **self._bounds()), place.path, keep=place)

    def _checked(self, quads: Quads, *, beside: Store | None = None, heard: once.Tell = lambda _: None) -> Report:
        """Quads held against the shapes; ``beside`` knows of which kinds the things are that they link to."""
        with self._room() as place:
            known = written(lines(beside.kinds(_linked(quads)) if beside else ()), place / "known.nq")
            judged = written(quads.lines(), place / "judged.nq")
            told = checking.argument(
                (place / "judged.nq", len(judged)),
                (place / "known.nq", len(known)),
                resources.ontology() / "shapes",
            )
            return checking.outcome(once.run(checking.FUNCTION, told, heard=heard, **self._bounds()))

    def _room(self) -> scratch.Room:
        return scratch.Room(self._settings.home)

    def validate(self) -> Report:
        """All published statements held against the shapes."""
        return self._checked(self._store.dump())

    def _bounds(self) -> Bounds:
        return {"seconds": self._settings.import_seconds, "memory": self._settings.import_memory_mb << 20}


def _linked(quads: Quads) -> Iterator[NamedNode]:
    """The things that are linked to and not described."""
    subjects, objects = set[bytes](), set[bytes]()
    for line in quads.lines():
        subject, _, told = line.split(b" ", 2)
        subjects.add(subject)
        if told.startswith(b"<"):
            objects.add(told.partition(b" ")[0])
    return (NamedNode(one[1:-1].decode()) for one in sorted(objects - subjects))


def graph_of(source: str) -> NamedNode:
    """The graph that an import filled, from the name that the history keeps of it."""
    return vocab.graph(source if "/" in source else f"source/{source}")


def name_of(graph: NamedNode) -> str:
    """The name that the history keeps: of a source, or of a graph that one file fills."""
    return graph.value.removeprefix(vocab.graph("").value).removeprefix("source/")


def without_derived(change: ChangeSet, folder: Path) -> ChangeSet:
    """A change, in files, without what was worked out from the facts, and will be worked out again."""
    return ChangeSet(_own(change.added, folder / "own-added.nq"), _own(change.removed, folder / "own-removed.nq"))


def _own(quads: Iterable[Quad], file: Path) -> Quads:
    """The quads, in a file, without what was worked out from others."""
    ends = tuple(f" <{graph.value}> .\n".encode() for graph in following.GRAPHS)
    return written((line for line in lines(quads) if not line.endswith(ends)), file)


def _following(present: Present, changes: ChangeSet) -> ChangeSet:
    """How a change alters what follows from all facts today."""
    words = following.premises()
    gone, come = (set(_with(words, quads)) for quads in (changes.removed, changes.added))
    kept = (quad for one in words for quad in present.saying(one) if quad not in gone)
    derived = difference(_followed(present), following.follows(itertools.chain(kept, come), _today()))
    return ChangeSet(derived.added, derived.removed, exact=True)


def _with(words: Iterable[NamedNode], quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads that are said with these properties."""
    told = {f"<{word.value}>".encode() for word in words}
    return parsed(line for line in lines(quads) if line.split(b" ", 2)[1] in told)


def _followed(present: Present) -> list[Quad]:
    """What followed until now."""
    return [quad for graph in following.GRAPHS for quad in present.quads(graph)]


def _today() -> dt.date:
    """The UTC day."""
    return dt.datetime.now(dt.UTC).date()


def _is_packaged(graph: NamedNode) -> bool:
    local = graph.value.removeprefix(vocab.BASE + "graph/")
    return graph not in BY_HAND and local.partition("/")[0] in PACKAGED


def _result(change: Replacement, brought: Brought, revision: Revision | None) -> ImportResult:
    return ImportResult(
        report=brought.report,
        rows=brought.rows,
        added=len(change.changes.added),
        removed=len(change.changes.removed),
        entities=len(change.new),
        withdrawn=len(change.withdrawn),
        revision=revision,
        new=tuple(thing.value for thing in change.new),
        gone=tuple(thing.value for thing in change.withdrawn),
    )
