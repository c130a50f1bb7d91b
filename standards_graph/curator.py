"""The conductor of writing: from a file to a revision. The only one who publishes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict

from pyoxigraph import NamedNode, Quad

from standards_graph import __version__, resources, vocab
from standards_graph.curation.replacing import Replacement, replacement
from standards_graph.errors import BadArgument, TooLarge, UnreadableFile, ValidationFailed
from standards_graph.harmonisation import following
from standards_graph.importing import packaged, reading
from standards_graph.importing.base import Importer, filled, importers, recognised
from standards_graph.model.changes import ChangeSet, Revision, SourceFile, difference
from standards_graph.model.findings import Report
from standards_graph.model.imports import ImportResult
from standards_graph.registry import Registry
from standards_graph.store.base import Present
from standards_graph.validation import checking
from standards_graph.workers import once


class Bounds(TypedDict):
    """What a confined process may use: seconds, and bytes of memory."""

    seconds: float
    memory: int


class Curator:
    """What may be done to a registry."""

    def __init__(self, registry: Registry) -> None:
        self._store, self._settings, self._past = registry.store, registry.settings, registry.past

    def load(self, progress: packaged.Progress = lambda *_: None) -> Revision:
        """Load the packaged content, or what is new in it; a data set that an operator imported since is left alone."""

        def work(present: Present) -> ChangeSet:
            imported = {graph_of(one.source) for one in (self._store.history() if present.revision else ()) if one.source}
            content = packaged.content(progress, skip=frozenset(imported))
            mine = [g for g in present.graphs() if _is_packaged(g) and g not in imported]
            before = [quad for graph in mine for quad in present.quads(graph)]
            fresh = [quad for quads in content.values() for quad in quads]
            kept = [quad for graph in imported for quad in present.quads(graph)]
            progress("publishing", 0, 1)
            after = following.follows([*fresh, *kept], _today())
            return difference([*before, *_followed(present)], [*fresh, *after])

        note = f"Packaged content of version {__version__}"
        done = self._store.publish(work, agent="standards-graph load", note=note, packaged=resources.digest())
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
        leave_out: bool = False,
    ) -> ImportResult:
        """Read a source's files, check them, and publish what they change; or, with ``dry_run``, say what it would be.

        With ``leave_out``, rows that cannot be read are left out and told; without, they stop the import.
        Raises UnreadableFile, TooLarge, ValidationFailed, SourceShrank; in each case nothing was changed.
        """
        name = filled(source, paths)
        graph = vocab.graph(name)
        files = [self._taken(path) for path in paths]
        fresh, told = self._read(source, paths, graph)
        judged = self._checked(fresh, known=self._store.dump() if self._store.history() else ())
        report = judged.after(told.softened() if leave_out else told)
        if not report.conforms:
            raise ValidationFailed(report.findings)
        found: list[Replacement] = []

        def work(present: Present) -> ChangeSet:
            change = replacement(present.quads(graph), fresh, graph=graph, day=_today())
            if not accept_shrink:
                change.check_shrinkage(most_percent=self._settings.shrink_percent)
            found.append(change)
            return ChangeSet() if dry_run else _with_what_follows(present, change.changes)

        note = note or f"Import of {', '.join(file.name for file in files)}"
        files = [] if dry_run else files
        done = self._store.publish(work, agent=agent, note=note, source="" if dry_run else name_of(graph), files=files)
        return _result(found[0], report, None if dry_run else done)

    def revert(self, told: str, *, agent: str, note: str = "") -> Revision | None:
        """Take one revision back by a revision of its own; what later ones have changed since stays as they left it.

        None where nothing of it is left to take back.

        Raises NotFound, BadArgument for the first revision, ValidationFailed where what is left would break a rule.
        """
        target = self._past.revision(told)
        if target.number == self._store.history()[-1].number:
            raise BadArgument(f"{target.name} is the beginning of this registry; before it there was nothing.", name="revision")
        undone = without_derived(self._store.changes(target.number).undone)
        left = (set(self._store.dump()) - set(undone.removed)) | set(undone.added)
        report = self._checked(left)
        if not report.conforms:
            raise ValidationFailed(report.findings)
        why = note or f"Takes back {target.name}: {target.note}"
        newest = self._store.history()[0]
        done = self._store.publish(lambda present: _with_what_follows(present, undone), agent=agent, note=why)
        return done if done.number != newest.number else None

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

    def _read(self, source: str, paths: Sequence[Path], graph: NamedNode) -> tuple[tuple[Quad, ...], Report]:
        told = reading.argument(source, [path.resolve() for path in paths], graph)
        return reading.outcome(once.run(reading.FUNCTION, told, **self._bounds()))

    def _checked(self, quads: Iterable[Quad], *, known: Iterable[Quad] = ()) -> Report:
        told = checking.argument(quads, known, resources.ontology() / "shapes")
        return checking.outcome(once.run(checking.FUNCTION, told, **self._bounds()))

    def validate(self) -> Report:
        """All published statements held against the shapes."""
        return self._checked(self._store.dump())

    def _bounds(self) -> Bounds:
        return {"seconds": self._settings.import_seconds, "memory": self._settings.import_memory_mb << 20}


def graph_of(source: str) -> NamedNode:
    """The graph that an import filled, from the name that the history keeps of it."""
    return vocab.graph(source if "/" in source else f"source/{source}")


def name_of(graph: NamedNode) -> str:
    """The name that the history keeps: of a source, or of a graph that one file fills."""
    return graph.value.removeprefix(vocab.graph("").value).removeprefix("source/")


def without_derived(change: ChangeSet) -> ChangeSet:
    """A change without what was worked out from the facts, and will be worked out again."""
    return ChangeSet(
        tuple(quad for quad in change.added if quad.graph_name not in following.GRAPHS),
        tuple(quad for quad in change.removed if quad.graph_name not in following.GRAPHS),
    )


def _with_what_follows(present: Present, changes: ChangeSet) -> ChangeSet:
    """The change, and how it changes what follows from all facts today."""
    gone = set(changes.removed)
    kept = (quad for graph in present.graphs() for quad in present.quads(graph) if quad not in gone)
    derived = difference(_followed(present), following.follows([*kept, *changes.added], _today()))
    return ChangeSet((*changes.added, *derived.added), (*changes.removed, *derived.removed))


def _followed(present: Present) -> list[Quad]:
    """What followed until now."""
    return [quad for graph in following.GRAPHS for quad in present.quads(graph)]


def _today() -> dt.date:
    """The UTC day."""
    return dt.datetime.now(dt.UTC).date()


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
