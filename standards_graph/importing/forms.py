"""The forms in which agencies publish lists: CSV, spreadsheet, XML and JSON become records of text with their place."""

from __future__ import annotations

import csv
import io
import itertools
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse, parse

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model.findings import Finding

MOST_BYTES = 200_000_000
"""Largest spreadsheet, unpacked."""
MOST_MEMBERS = 1_000
MOST_RATIO = 100
"""How many times its packed size a spreadsheet may unpack to."""

_DAMAGED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the reader of spreadsheets raises at damaged ones: it checks little, and stumbles over what it does not expect."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its values by column, and where it stands."""

    path: Path
    line: int
    values: Mapping[str, str]

    def wrong(self, column: str, reason: str) -> Defect:
        """The error for a value that cannot be used."""
        return Defect(self, column, reason)


class Defect(UnreadableFile):
    """A value of a record cannot be used; an importer may leave the record out, with a finding, and go on."""

    def __init__(self, record: Record, column: str, reason: str) -> None:
        self.column, self.value, self.remedy = column, record.values.get(column, ""), reason
        told = f"row {record.line}, column {column}, value {self.value!r}: {reason}"
        super().__init__(told, source=str(record.path), line=record.line)

    def finding(self, rule: str) -> Finding:
        """What is told of a record that is left out: a violation, because the file lists what the registry would not."""
        return Finding(
            rule=rule,
            thing="",
            message="The row is left out: one of its values cannot be used.",
            source=self.source,
            line=self.line,
            column=self.column,
            value=self.value[:200],
            remedy=f"{self.remedy[:1].upper()}{self.remedy[1:]}.",
        )


def records(path: Path) -> Iterator[Record]:
    """The records of a file, by the ending of its name; the line of a spreadsheet or of XML is the number of the row."""
    readers = {".csv": _csv, ".xlsx": _spreadsheet, ".xml": _xml, ".json": _json}
    reader = readers.get(Path(plain_name(path)).suffix)
    if reader is None:
        raise UnreadableFile(f"the ending {path.suffix!r} is not known; use one of {', '.join(readers)}", source=str(path))
    try:
        yield from reader(path)
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error


def table(
    path: Path, *, encoding: str = "utf-8-sig", delimiter: str = ",", quoted: bool = True, skip: int = 0, short: bool = False
) -> Iterator[Record]:
    """The rows of a text file of columns, plain or packed; the row after the first ``skip`` ones names the columns.

    ``quoted`` says whether quotation marks are marks or text. With ``short``, missing cells at the end of a row are empty
    values; else a row of another length than the header is an error. Names of columns are given without blanks around them.
    """
    with opened(path) as stream:
        try:
            yield from _rows(path, io.TextIOWrapper(stream, encoding, newline=""), delimiter, quoted, skip, short)
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"the file is not {encoding}; save it as UTF-8", source=str(path)) from error
        except csv.Error as error:
            raise UnreadableFile(f"{error}; check the quotation marks", source=str(path)) from error


def _rows(path: Path, lines: Iterable[str], delimiter: str, quoted: bool, skip: int, short: bool) -> Iterator[Record]:
    rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE, strict=quoted)
    header: list[str] = []
    for number, row in enumerate(rows, start=1):
        if number <= skip or not row:
            continue
        if not header:
            header = [name.strip() for name in row]
            continue
        if len(row) > len(header) or (len(row) < len(header) and not short):
            raise UnreadableFile(
                f"the row has {len(row)} values and not {len(header)}; check {delimiter!r} and quotation marks",
                source=str(path),
                line=rows.line_num,
            )
        yield Record(path, rows.line_num, dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True)))


def _csv(path: Path) -> Iterator[Record]:
    return table(path)


def sheet(path: Path, *, skip: int = 0) -> Iterator[Record]:
    """The rows of the first sheet of a spreadsheet (.xlsx); the row after the first ``skip`` ones names the columns."""
    return _spreadsheet(path, skip=skip)


def document(path: Path) -> Any:
    """The value of a JSON file, plain or packed."""
    with opened(path) as stream:
        return plain.from_json(stream.read(), source=str(path))


def elements(path: Path, *names: str) -> Iterator[tuple[int, Element]]:
    """Each element of an XML file that has one of these names, whatever its namespace, numbered from 1, as it is read.

    What was given before is forgotten when the next one is asked for, so that a file of any length needs little memory; an
    element inside another one that is given is given with that one alone. DOCTYPE and entities are refused.
    """
    with opened(path) as stream:
        yield from elements_of(stream, *names, source=str(path))


def elements_of(stream: BinaryIO, *names: str, source: str) -> Iterator[tuple[int, Element]]:
    """The same of an open stream."""
    number, inside, open_ones = 0, 0, list[Element]()
    try:
        for event, one in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            wanted = one.tag.rpartition("}")[2] in names
            if event == "start":
                open_ones.append(one)
                inside += wanted
                continue
            open_ones.pop()
            inside -= wanted
            if inside:
                continue
            if wanted:
                number += 1
                yield number, one
            one.clear()
            if open_ones:
                open_ones[-1].remove(one)
    except DefusedXmlException as error:
        raise UnreadableFile("the file has a DOCTYPE or entities, which are refused; remove them", source=source) from error
    except ParseError as error:
        raise UnreadableFile(f"{error}; the file is not well-formed XML", source=source, line=error.position[0]) from error


def _spreadsheet(path: Path, skip: int = 0) -> Iterator[Record]:
    _refuse_bombs(path)
    rows = _cells(path)
    header = [cell.strip() for _, cells in itertools.islice(rows, skip, skip + 1) for cell in cells]
    for line, cells in rows:
        if any(cells):
            yield Record(path, line, dict(zip(header, cells, strict=False)))


def _cells(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The texts of the cells of each row of the first sheet, with the number of the row."""
    import openpyxl  # noqa: PLC0415 - takes longer to import than a list in CSV to read
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and other things that say nothing here
                book = openpyxl.load_workbook(file, read_only=True)
            for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield line, tuple(map(_text, row))
    except (InvalidFileException, DefusedXmlException, *_DAMAGED) as error:
        raise UnreadableFile(f"this is no spreadsheet ({error}); save it as .xlsx again"[:300], source=str(path)) from error


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
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
        with opened(path) as stream:
            root: Element | None = parse(stream, forbid_dtd=True).getroot()
    except DefusedXmlException as error:
        raise UnreadableFile("the file has a DOCTYPE or entities, which are refused; remove them", source=str(path)) from error
    except ParseError as error:
        raise UnreadableFile(f"{error}; the file is not well-formed XML", source=str(path), line=error.position[0]) from error
    for line, row in enumerate(root if root is not None else (), start=1):
        yield Record(path, line, {child.tag: child.text or "" for child in row})


def _json(path: Path) -> Iterator[Record]:
    found = document(path)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnreadableFile("the file has to hold a list of objects", source=str(path))
    for line, one in enumerate(found, start=1):
        yield Record(path, line, {key: _text(value) for key, value in one.items()})
