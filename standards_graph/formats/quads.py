"""Quads that are too many for memory: files of N-Quads lines in the engine's form, sorted, each line once.

Sets of a million quads are compared and merged line by line; what is held in memory does not grow with them.
"""

from __future__ import annotations

import gzip
import io
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
from pyoxigraph import Quad


class Quads(Collection[Quad]):
    """Quads that are read anew, from wherever they are kept, whenever they are gone through."""

    def __init__(self, opened: Callable[[], BinaryIO], count: int, keep: object = None) -> None:
        self._opened, self._count, self._keep = opened, count, keep

    def __iter__(self) -> Iterator[Quad]:
        with self._opened() as file:
            yield from ox.parse(file, format=ox.RdfFormat.N_QUADS)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, quad: object) -> bool:
        return any(one == quad for one in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and len(self) == len(other) and all(map(Quad.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def lines(self) -> Iterator[bytes]:
        """The lines of the file, each with its line break."""
        with self._opened() as file:
            yield from file


def in_file(path: Path, count: int, *, keep: object = None) -> Quads:
    """The quads of a file of N-Quads, packed with gzip or plain; ``keep`` is held on to as long as they are."""
    return Quads(lambda: _open(path), count, keep)


def in_bytes(packed: bytes, count: int) -> Quads:
    """The quads of N-Quads packed with gzip."""
    return Quads(lambda: gzip.GzipFile(fileobj=io.BytesIO(packed)), count)  # type: ignore[arg-type, return-value]


def packed(quads: Iterable[Quad]) -> bytes:
    """Quads as N-Quads packed with gzip, the same bytes for the same quads in the same order."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0) as file:
        for some in _batched(lines(quads), 1000):
            file.write(b"".join(some))
    return out.getvalue()


def lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Each quad as its line."""
    if isinstance(quads, Quads):
        yield from quads.lines()
    else:
        yield from (f"{quad} .\n".encode() for quad in quads)


def written(told: Iterable[bytes], path: Path, *, keep: object = None) -> Quads:
    """Lines put in a file."""
    count = 0
    with path.open("wb", buffering=1 << 20) as file:
        for line in told:
            file.write(line)
            count += 1
    return in_file(path, count, keep=keep)


def once(told: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines without repetition."""
    last = b""
    for line in told:
        if line != last:
            yield line
        last = line


def apart(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The lines that stand in one of two sorted lists alone, in their order, and whether it is the new one."""
    olds, news = iter(old), iter(new)
    one, other = next(olds, None), next(news, None)
    while one is not None and other is not None:
        if one == other:
            one, other = next(olds, None), next(news, None)
        elif one < other:
            yield one, False
            one = next(olds, None)
        else:
            yield other, True
            other = next(news, None)
    if one is not None:
        yield from ((line, False) for line in itertools.chain((one,), olds))
    if other is not None:
        yield from ((line, True) for line in itertools.chain((other,), news))


def parsed(told: Iterable[bytes]) -> Iterator[Quad]:
    """The quads of lines."""
    for some in _batched(told, 1000):
        yield from ox.parse(b"".join(some), format=ox.RdfFormat.N_QUADS)


def _open(path: Path) -> BinaryIO:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb", buffering=1 << 20)  # type: ignore[return-value]


def _batched(told: Iterable[bytes], size: int) -> Iterator[tuple[bytes, ...]]:
    rest = iter(told)
    while some := tuple(itertools.islice(rest, size)):
        yield some
