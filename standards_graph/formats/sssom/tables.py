"""Tables: lines of metadata, a header, and one row for each mapping."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from standards_graph.errors import UnreadableFile
from standards_graph.formats.sssom.metadata import Metadata, from_yaml
from standards_graph.formats.sssom.problems import Problems
from standards_graph.formats.sssom.slots import RECORD
from standards_graph.model.findings import Severity

BESIDE = (".sssom.yml", ".sssom.yaml", ".yml", ".yaml")
"""Endings of files with metadata beside a table."""

_BARS = re.compile(r"(\\*)\|")


def metadata(path: Path, text: str, problems: Problems) -> tuple[Metadata, str, int]:
    """What the set says of itself, then the table alone, and how many lines stand before it."""
    lines = text.split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    inside = textwrap.dedent("\n".join(line[1:].rstrip("\r") for line in lines[:count]))
    found = from_yaml(inside, problems, source=str(path))
    found_beside = beside(path)
    if found_beside:
        try:
            more = from_yaml(found_beside.read_text("utf-8"), problems, source=str(found_beside))
        except UnicodeDecodeError as error:
            raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(found_beside)) from error
        found.prefixes.update(more.prefixes)
        found.raw.update(more.raw)
        found.extensions.extend(more.extensions)
    return found, "\n".join(lines[count:]), count


def beside(path: Path) -> Path | None:
    """The file of metadata beside a table; None where there is none."""
    stem = path.name.removesuffix(".tsv").removesuffix(".sssom")
    found = (path.with_name(stem + ending) for ending in BESIDE)
    return next((one for one in found if one.is_file()), None)


def header(table: str, path: Path, first: int) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The columns, and the rows with the numbers of their lines."""
    reader = csv.reader(io.StringIO(table, newline=""), delimiter="\t", strict=True)
    rows = _rows(reader, path, first)
    _, columns = next(rows, (first, []))
    if not any(column.strip() for column in columns):
        raise UnreadableFile("there is no header with the names of the columns", source=str(path), line=first + 1)
    return [column.strip() for column in columns], rows


def _rows(reader: Iterator[list[str]], path: Path, first: int) -> Iterator[tuple[int, list[str]]]:
    line = first
    try:
        for row in reader:
            yield line + 1, row
            line = first + reader.line_num  # type: ignore[attr-defined]
    except csv.Error as error:
        reason = f"{error}; check the quotation marks of this row and the one before"
        raise UnreadableFile(reason, source=str(path), line=line + 1) from error


def cells(
    columns: list[str], rows: Iterable[tuple[int, list[str]]], problems: Problems
) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """The texts of each row by column; rows that are too long for the columns come without texts."""
    for line, row in rows:
        problems.line = line
        if not any(cell.strip() for cell in row):
            if row:
                problems("sssom-row-empty", "The row is empty.", Severity.INFO)
            continue
        if row[0].startswith("#"):
            problems("sssom-comment-row", "Taken as a comment; there is no mapping in it.", value="\t".join(row))
            continue
        spare = [cell for cell in row[len(columns) :] if cell.strip()]
        if spare:
            message = f"The row is left out: it has {len(row)} cells for {len(columns)} columns."
            problems("sssom-row-long", message, Severity.VIOLATION, value=" | ".join(spare))
            yield line, {}
            continue
        if len(row) < len(columns):
            message = f"{len(row)} cells for {len(columns)} columns; the last ones are read as empty."
            problems("sssom-row-short", message, Severity.INFO, column=columns[len(row)])
        yield line, {name: _parts(name, cell) for name, cell in zip(columns, row, strict=False) if name}


def _parts(name: str, cell: str) -> list[str]:
    slot = RECORD.get(name)
    return split(cell) if slot and slot.many else [cell]


def split(cell: str) -> list[str]:
    r"""The values between bars; ``\|`` is a bar that belongs to a value."""
    parts, start = [""], 0
    for found in _BARS.finditer(cell):
        slashes = len(found[1])
        parts[-1] += cell[start : found.start()] + "\\" * (slashes // 2)
        if slashes % 2:
            parts[-1] += "|"
        else:
            parts.append("")
        start = found.end()
    parts[-1] += cell[start:]
    return parts


def joined(values: Iterable[str]) -> str:
    """Values in one cell, so that ``split`` gives them back."""
    *before, last = [_BARS.sub(lambda found: found[1] * 2 + "\\|", value) for value in values]
    return "|".join([*(value + _trailing(value) for value in before), last])


def _trailing(value: str) -> str:
    """What doubles the backslashes at the end of a value before a bar."""
    return value[len(value.rstrip("\\")) :]
