"""Records as openFDA gives them: an answer or a download with ``results``, one object a line, or one of its examples."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing.packing import opened
from standards_graph.model.findings import Finding, Severity

CHUNK = 1 << 18
MOST_OF_A_RECORD = 20_000_000
"""Longest record, in characters, and how far into a file its list of records may begin."""

EXAMPLES = ("record", "header", "result", "anatomy")
"""Keys under which openFDA's examples hold one record."""

_RESULTS = re.compile(r'"results"\s*:\s*\[')
_BLANK = re.compile(r"[\s,]*")
_DATES = (re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?"), re.compile(r"(\d{4})(\d\d)(\d\d)"))
_AMERICAN = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")


class LeftOut(ValueError):
    """A record says something that cannot be used, so that it is left out."""

    def __init__(self, what: str, message: str, *, column: str, severity: Severity = Severity.VIOLATION) -> None:
        super().__init__(message)
        self.what, self.message, self.column, self.severity = what, message, column, severity


@dataclass(frozen=True, slots=True)
class Item:
    """One record: its place in the file, counted from 1, and its values."""

    path: Path
    number: int
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A value as text on one line; empty where there is none."""
        found = self.values.get(name)
        return " ".join(str(found).split()) if isinstance(found, str | int | float) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, without empty ones; one text is a list of one."""
        found = self.values.get(name)
        many = found if isinstance(found, list) else [found]
        return tuple(dict.fromkeys(one.strip() for one in many if isinstance(one, str) and one.strip()))

    def inner(self, name: str) -> Item:
        """A record inside the record; an empty one where there is none."""
        found = self.values.get(name)
        return Item(self.path, self.number, found if isinstance(found, dict) else {})

    def inners(self, name: str) -> Iterator[Item]:
        """The records of a list inside the record."""
        found = self.values.get(name)
        for one in found if isinstance(found, list) else ():
            if isinstance(one, dict):
                yield Item(self.path, self.number, one)

    def finding(self, rule: str, message: str, *, column: str, severity: Severity = Severity.WARNING) -> Finding:
        """What is told of a value of the record."""
        return Finding(
            rule=rule,
            thing="",
            message=message,
            severity=severity,
            source=str(self.path),
            line=self.number,
            column=column,
            value=self.text(column)[:200],
        )


def date(text: str) -> dt.date | None:
    """A day in one of the forms of openFDA, or None for no text; raises ValueError for what is no day."""
    if not text:
        return None
    for form in _DATES:
        if found := form.fullmatch(text):
            return dt.date(*map(int, found.groups()))
    found = _AMERICAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no day")
    return dt.date(int(found[3]), int(found[1]), int(found[2]))


def is_answer(beginning: str) -> bool:
    """Whether a file begins as JSON does, and is not a schema of it."""
    return beginning.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and '"properties"' not in beginning


def items(path: Path, *, key: str) -> Iterator[Item]:
    """The records of a file, as they are read; ``key`` is a field that a record of the endpoint has.

    Raises UnreadableFile where there are none.
    """
    count = 0
    for count, values in enumerate(_values(path, key), start=1):
        if not isinstance(values, dict):
            raise UnreadableFile("a record of the list is no object", source=str(path), line=count)
        yield Item(path, count, values)
    if not count:
        raise UnreadableFile(f"the file holds no record with the field {key}", source=str(path))


def _values(path: Path, key: str) -> Iterator[Any]:
    with opened(path) as stream:
        text = io.TextIOWrapper(stream, "utf-8-sig")
        try:
            first = text.readline(MOST_OF_A_RECORD)
            rest = _Text(text, first, str(path))
            yield from _lines(first, rest, key) if _is_line(first) else _listed(rest, key)
        except UnicodeDecodeError as error:
            raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error


def _is_line(first: str) -> bool:
    """Whether the first line is a whole record by itself."""
    told = first.strip()
    return told.startswith("{") and told.endswith("}") and not _RESULTS.search(told)


def _lines(first: str, rest: _Text, key: str) -> Iterator[Any]:
    source = rest.source
    if f'"{key}"' not in first.replace("-", "_"):
        raise UnreadableFile(f"the first record has no field {key}", source=source, line=1)
    for number, line in enumerate(itertools.chain((first,), rest.lines), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UnreadableFile(f"{error}; the line is not JSON", source=source, line=number) from error


class _Text:
    """What was read and not used yet, and where more comes from."""

    def __init__(self, stream: io.TextIOWrapper, first: str, source: str) -> None:
        self.lines, self.found, self.source = stream, first, source

    def more(self) -> bool:
        """Read on; whether there was anything. Raises UnreadableFile where too much would have to be kept."""
        if len(self.found) > MOST_OF_A_RECORD:
            raise UnreadableFile("the file is not a list of records of openFDA", source=self.source)
        chunk = self.lines.read(CHUNK)
        self.found += chunk
        return bool(chunk)


def _listed(text: _Text, key: str) -> Iterator[Any]:
    start = _RESULTS.search(text.found)
    while start is None and text.more():
        start = _RESULTS.search(text.found)
    if start is None or any(f'"{one}"' in text.found[: start.start()] for one in EXAMPLES):
        yield from _example(text, key)
        return
    text.found = text.found[start.end() :]
    decoder = json.JSONDecoder()
    while True:
        text.found = text.found[_blank(text.found) :]
        if text.found.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(text.found)
        except (ValueError, RecursionError) as error:
            if isinstance(error, RecursionError) or not text.more():
                raise UnreadableFile(f"{error}; the list of records is cut off or broken", source=text.source) from error
            continue
        text.found = text.found[end:]
        yield value


def _blank(text: str) -> int:
    found = _BLANK.match(text)
    return found.end() if found else 0


def _example(text: _Text, key: str) -> Iterator[Any]:
    while text.more():
        pass
    told = plain.from_json(text.found, source=text.source)
    if isinstance(told, list):
        yield from (one for one in told if isinstance(one, dict) and key in one)
        return
    held = [told, *(told.get(name) for name in EXAMPLES)] if isinstance(told, dict) else []
    for one in held:
        inner = one.get("results") if isinstance(one, dict) else None
        for each in (one, *(inner if isinstance(inner, list) else ())):
            if isinstance(each, dict) and key in each:
                yield each
