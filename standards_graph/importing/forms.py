"""The forms in which agencies publish lists: CSV, spreadsheet, XML and JSON become records of text with their place."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse

from standards_graph.errors import UnreadableFile

MOST_BYTES = 200_000_000
"""Largest spreadsheet, unpacked."""
MOST_MEMBERS = 1_000
MOST_RATIO = 100
"""How many times its packed size a spreadsheet may unpack to."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its values by column, and where it stands."""

    path: Path
    line: int
    values: Mapping[str, str]

    def wrong(self, column: str, reason: str) -> UnreadableFile:
        """The error for a value that cannot be used."""
        told = f"row {self.line}, column {column}, value {self.values.get(column, '')!r}: {reason}"
        return UnreadableFile(told, source=str(self.path), line=self.line)


def records(path: Path) -> Iterator[Record]:
    """The records of a file, by the ending of its name; the line of a spreadsheet or of XML is the number of the row."""
    readers = {".csv": _csv, ".xlsx": _spreadsheet, ".xml": _xml, ".json": _json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"the ending {path.suffix!r} is not known; use one of {', '.join(readers)}", source=str(path))
    try:
        yield from reader(path)
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error


def _csv(path: Path) -> Iterator[Record]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            for row in lines:
                if None in row or None in row.values():
                    raise UnreadableFile(
                        f"the row has not {len(lines.fieldnames or ())} values; check commas and quotation marks",
                        source=str(path),
                        line=lines.line_num,
                    )
                yield Record(path, lines.line_num, dict(row))
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error
    except csv.Error as error:
        raise UnreadableFile(f"{error}; check the quotation marks", source=str(path)) from error


def _spreadsheet(path: Path) -> Iterator[Record]:
    import openpyxl  # noqa: PLC0415 - takes longer to import than a list in CSV to read
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    _refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile, DefusedXmlException) as error:
        raise UnreadableFile(f"this is no spreadsheet ({error}); save it as .xlsx again", source=str(path)) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        header = [_text(cell) for cell in next(rows, ())]
        for line, row in enumerate(rows, start=2):
            if any(cell is not None for cell in row):
                yield Record(path, line, dict(zip(header, map(_text, row), strict=False)))
    finally:
        book.close()


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile("this is no spreadsheet; save it as .xlsx again", source=str(path)) from error
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES or len(members) > MOST_MEMBERS or size > MOST_RATIO * max(path.stat().st_size, 1):
        raise UnreadableFile(
            f"the spreadsheet unpacks to {size:,} bytes in {len(members):,} parts, more than is accepted "
            f"({MOST_BYTES:,} bytes, {MOST_MEMBERS:,} parts, {MOST_RATIO} times its packed size); save it as CSV",
            source=str(path),
        )


def _xml(path: Path) -> Iterator[Record]:
    try:
        root: Element | None = parse(path, forbid_dtd=True).getroot()
    except DefusedXmlException as error:
        raise UnreadableFile("the file has a DOCTYPE or entities, which are refused; remove them", source=str(path)) from error
    except ParseError as error:
        raise UnreadableFile(f"{error}; the file is not well-formed XML", source=str(path), line=error.position[0]) from error
    for line, row in enumerate(root if root is not None else (), start=1):
        yield Record(path, line, {child.tag: child.text or "" for child in row})


def _json(path: Path) -> Iterator[Record]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{error}; the file is not JSON", source=str(path)) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnreadableFile("the file has to hold a list of objects", source=str(path))
    for line, one in enumerate(found, start=1):
        yield Record(path, line, {key: _text(value) for key, value in one.items()})
