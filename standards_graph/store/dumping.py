"""Dumps of revisions: N-Quads and TriG, packed with gzip, the same bytes each time, with their SHA-256.

A file is written under a temporary name and renamed when it is whole and on disk; ``SHA256SUMS`` names it last. What is not
named there is no dump, whatever stands in the folder.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import StoreFailure
from standards_graph.model.changes import Revision
from standards_graph.model.dumps import ABOUT, NQUADS, TRIG, Dump, DumpFile
from standards_graph.store.syncing import sync_folder

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (r(\d+)\.[a-z.]+)")
_LEVEL = 6

Describe = Callable[[Dump], bytes]


class Dumps:
    """The dumps of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, revision: Revision, before: Revision | None, graphs: Iterable[bytes], describe: Describe) -> Dump:
        """Write the files of a revision, or none of them; ``graphs`` gives its statements as lines of N-Quads.

        Raises StoreFailure where the folder cannot be written.
        """
        fresh: list[Path] = []
        try:
            with self._locked():
                fresh.append(self._fresh(revision, NQUADS, _packed(lambda sink: sink.writelines(graphs))))
                fresh.append(self._fresh(revision, TRIG, _packed(_trig(fresh[0]))))
                dump = Dump(revision, before, tuple(map(_told, fresh)))
                about = describe(dump)
                fresh.append(self._fresh(revision, ABOUT, lambda sink: sink.write(about)))
                dump = Dump(revision, before, tuple(map(_told, fresh)))
                for path in fresh:
                    path.rename(path.with_name(_final(path)))
                self._list(self.sums() | {file.name: file.digest for file in dump.files})
                return dump
        except OSError as error:
            raise StoreFailure(f"No dump of {revision.name} was written: {error}.") from error
        finally:
            for path in fresh:
                path.unlink(missing_ok=True)

    def remove(self, revision: Revision) -> None:
        """Take a dump away: first from the list, then its files. Raises StoreFailure where the folder cannot be written."""
        names = [f"{revision.name}.{ending}" for ending in (NQUADS, TRIG, ABOUT)]
        try:
            with self._locked():
                self._list({name: digest for name, digest in self.sums().items() if name not in names})
                for name in names:
                    (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreFailure(f"The dump of {revision.name} was not removed: {error}.") from error

    def sums(self) -> dict[str, str]:
        """The digests of all files that were written whole, by name."""
        try:
            text = (self.folder / SUMS).read_text("ascii")
        except OSError:
            return {}
        return {found[2]: found[1] for line in text.splitlines() if (found := _LINE.fullmatch(line))}

    def all(self, history: Iterable[Revision]) -> tuple[Dump, ...]:
        """Every dump of the published revisions, in their order."""
        known, sums = tuple(history), self.sums()
        before = {one.number: older for one, older in zip(known, (*known[1:], None), strict=True)}
        found = []
        for one in known:
            names = [f"{one.name}.{ending}" for ending in (NQUADS, TRIG, ABOUT)]
            sizes = {name: path.stat().st_size for name in names if name in sums and (path := self.folder / name).is_file()}
            if len(sizes) == len(names):
                files = tuple(DumpFile(name, size, sums[name]) for name, size in sizes.items())
                found.append(Dump(one, before[one.number], files))
        return tuple(found)

    def path(self, name: str) -> Path | None:
        """Where a file is that was written whole, or the list of digests; None where it was not."""
        known = self.folder / name
        return known if (name == SUMS or name in self.sums()) and known.is_file() else None

    def faults(self) -> Iterator[str]:
        """A sentence for each file that is missing or is not what was written."""
        for name, digest in self.sums().items():
            path = self.folder / name
            if not path.is_file():
                yield f"{name} is missing."
            elif _digest(path) != digest:
                yield f"{name} is not what was written."

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time; what an earlier one that died has left is removed."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / ".lock").open("w") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            for path in self.folder.glob(".*.tmp"):
                path.unlink(missing_ok=True)
            yield

    def _fresh(self, revision: Revision, ending: str, write: Callable[[IO[bytes]], object]) -> Path:
        path = self.folder / f".{revision.name}.{ending}.tmp"
        with path.open("wb") as sink:
            write(sink)
            sink.flush()
            os.fsync(sink.fileno())
        return path

    def _list(self, sums: Mapping[str, str]) -> None:
        lines = sorted((int(name[1:].partition(".")[0]), f"{digest}  {name}\n") for name, digest in sums.items())
        path = self.folder / f".{SUMS}.tmp"
        with path.open("w", encoding="ascii") as sink:
            sink.writelines(line for _, line in lines)
            sink.flush()
            os.fsync(sink.fileno())
        path.rename(self.folder / SUMS)
        sync_folder(self.folder)


def of_checkpoint(engine: ox.Store) -> Iterator[bytes]:
    """The statements of the named graphs as sorted lines of N-Quads, one graph after the other, each whole in memory."""
    for graph in sorted((one for one in engine.named_graphs() if isinstance(one, NamedNode)), key=str):
        yield _lines(engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"", graph)


def of_statements(quads: Iterable[Quad]) -> Iterator[bytes]:
    """The same of statements in memory."""
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    for graph, found in itertools.groupby(ordered, key=lambda quad: quad.graph_name):
        if isinstance(graph, NamedNode):
            yield _lines(ox.serialize((quad.triple for quad in found), format=ox.RdfFormat.N_TRIPLES) or b"", graph)


def _lines(triples: bytes, graph: NamedNode) -> bytes:
    """Lines of N-Triples as sorted lines of N-Quads."""
    end = f"{graph} .\n".encode()
    return b"".join(line.removesuffix(b".") + end for line in sorted(filter(None, triples.split(b"\n"))))


def _packed(write: Callable[[IO[bytes]], object]) -> Callable[[IO[bytes]], object]:
    """What writes the same packed; without a name and a time in its head, so that the bytes depend on the content alone."""

    def packing(sink: IO[bytes]) -> None:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=sink, mtime=0) as packed:
            write(cast(IO[bytes], packed))

    return packing


def _trig(nquads: Path) -> Callable[[IO[bytes]], object]:
    """What writes the statements of a packed file of N-Quads as TriG."""

    def writing(sink: IO[bytes]) -> None:
        with gzip.open(nquads) as lines:
            quads = ox.parse(cast(IO[bytes], lines), format=ox.RdfFormat.N_QUADS)
            ox.serialize(quads, sink, format=ox.RdfFormat.TRIG, prefixes=vocab.PREFIXES)

    return writing


def _final(path: Path) -> str:
    return path.name.removeprefix(".").removesuffix(".tmp")


def _told(path: Path) -> DumpFile:
    return DumpFile(_final(path), path.stat().st_size, _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
