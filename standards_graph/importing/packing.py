"""Files as they are published: plain, packed with gzip, or inside a zip or tar archive; read as streams, within bounds."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from standards_graph.errors import UnreadableFile

MOST_BYTES = 4_000_000_000
"""Largest file, unpacked; of an archive, all its files together."""
MOST_RATIO = 200
"""How many times its packed size a file may unpack to, beyond ten megabytes; of an archive, all its files together."""
MOST_MEMBERS = 100_000
BEGINNING = 8_000
"""How many bytes of a file are looked at to say what it is."""

_ZIP, _GZIP, _XZ = b"PK\x03\x04", b"\x1f\x8b", b"\xfd7zXZ"
_BROKEN = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    NotImplementedError,
    RuntimeError,
)
_TEXTS, _FIRST_SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


class _Budget:
    """How many bytes all streams of one file may still give together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.most = min(MOST_BYTES, max(10_000_000, MOST_RATIO * path.stat().st_size))
        self.left = self.most


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than it should."""

    def __init__(self, stream: BinaryIO, budget: _Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            found = self._stream.read(len(buffer))
        except _BROKEN as error:
            told = f"{error}; the packed file is damaged, fetch it again"
            raise UnreadableFile(told, source=str(self._budget.path)) from error
        self._budget.left -= len(found)
        if self._budget.left < 0:
            raise UnreadableFile(
                f"the file unpacks to more than {self._budget.most:,} bytes; unpack it yourself and import the parts",
                source=str(self._budget.path),
            )
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where it is gzip, or a zip or tar archive of one file.

    Raises UnreadableFile where it is missing, damaged, larger than may be, or an archive of several files.
    """
    found = members(path)
    try:
        first = next(found, None)
        if first is None:
            raise UnreadableFile("the archive holds no file", source=str(path))
        yield first[1]
        if next(found, None) is not None:
            raise UnreadableFile("the archive holds several files; import them one by one", source=str(path))
    finally:
        found.close()


def members(path: Path) -> Generator[tuple[str, BinaryIO], None, None]:
    """Every file of an archive, by its name in it; a file that is no archive is its own only member.

    Each stream has to be read before the next one is asked for. Raises UnreadableFile.
    """
    try:
        with path.open("rb") as file:
            kind = file.read(6)
        if kind.startswith(_ZIP) and path.suffix.lower() != ".xlsx":
            yield from _zip(path)
        elif ".tar" in path.suffixes or path.suffix == ".tgz":
            yield from _tar(path)
        else:
            with _plain(path, kind) as stream:
                yield path.name, _bounded(stream, _Budget(path))
    except _BROKEN as error:
        raise UnreadableFile(f"{error}; the file cannot be unpacked, fetch it again", source=str(path)) from error


def beginning(path: Path) -> str:
    """The first characters of what is in a file, unpacked; of an archive, of its first file that is not empty.

    Of a spreadsheet it is the beginning of the list of its texts, or of its first sheet where there is no list. Bytes that are
    not UTF-8 are read as Windows-1252.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            with zipfile.ZipFile(path) as book, book.open(_told_first(book)) as texts:
                found = texts.read(BEGINNING)
        else:
            found = next(filter(None, (stream.read(BEGINNING) for _, stream in members(path))), b"")
    except (*_BROKEN, KeyError, UnreadableFile):
        return ""
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = len(found) - error.start < 4
        return found[: error.start].decode("utf-8-sig") if cut else found.decode("cp1252", "replace")


def _told_first(book: zipfile.ZipFile) -> str:
    return _TEXTS if _TEXTS in book.namelist() else _FIRST_SHEET


def plain_name(path: Path) -> str:
    """The name of a file in lower case, without the endings of packing: ``list.csv`` for ``List.csv.gz``."""
    name = path.name.lower()
    for ending in (".gz", ".xz", ".zip"):
        name = name.removesuffix(ending)
    return name


def _plain(path: Path, kind: bytes) -> BinaryIO:
    if kind.startswith(_GZIP):
        return gzip.open(path)  # type: ignore[return-value]
    return lzma.open(path) if kind.startswith(_XZ) else path.open("rb")  # type: ignore[return-value]


def _zip(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    with zipfile.ZipFile(path) as archive:
        files = [one for one in archive.infolist() if not one.is_dir()]
        _check_count(len(files), path)
        budget = _Budget(path)
        for told in files:
            with archive.open(told) as stream:
                yield told.filename, _bounded(stream, budget)  # type: ignore[arg-type]


def _tar(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    with tarfile.open(path, mode="r|*") as archive:
        count, budget = 0, _Budget(path)
        for told in archive:
            stream = archive.extractfile(told) if told.isfile() else None
            if stream is None:
                continue
            count += 1
            _check_count(count, path)
            yield str(PurePosixPath(told.name)), _bounded(stream, budget)  # type: ignore[arg-type]


def _check_count(count: int, path: Path) -> None:
    if count > MOST_MEMBERS:
        raise UnreadableFile(f"the archive holds more than {MOST_MEMBERS:,} files; import it in parts", source=str(path))


def _bounded(stream: BinaryIO, budget: _Budget) -> BinaryIO:
    return io.BufferedReader(_Bounded(stream, budget), buffer_size=1 << 20)
