"""JSON files of a knowledge base on device regulation: rows of topics with an index, alone or a snapshot of them in an archive.

The shape of the files changed from one snapshot to the next: the rows stand under ``entries`` or ``standards`` or at the top,
titles are texts or texts by language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import packing
from standards_graph.model import dates
from standards_graph.model.findings import Finding, Severity

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
_LISTS = ("entries", "standards", "items")
_DAY = re.compile(r"(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: what it says, and where it stands."""

    source: str
    path: Path
    member: str
    number: int
    cells: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A value as text without blanks around it; what is no text is nothing."""
        value = self.cells.get(key)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        value = self.cells.get(key)
        return tuple(one.strip() for one in value if isinstance(one, str) and one.strip()) if isinstance(value, list) else ()

    def titles(self, key: str = "title") -> Mapping[str, str]:
        """A text by language: English where the row does not say which."""
        value = self.cells.get(key)
        told = value if isinstance(value, dict) else {"en": value}
        return {
            LANGUAGES[word]: " ".join(text.split())
            for word, text in told.items()
            if word in LANGUAGES and isinstance(text, str) and text.strip()
        }

    def wrong(self, what: str, message: str, *, column: str, value: str = "", remedy: str = "", weighs: Severity) -> Finding:
        """What is wrong with the row."""
        return Finding(
            rule=f"{self.source}-{what}",
            thing="",
            message=message,
            severity=weighs,
            source=f"{self.path}!{self.member}" if self.member != self.path.name else str(self.path),
            line=self.number,
            column=column,
            value=value or self.text(column),
            remedy=remedy,
        )


def documents(path: Path) -> Iterator[tuple[str, Any]]:
    """The name and the value of each JSON file, alone or in an archive; raises UnreadableFile."""
    for name, stream in packing.members(path):
        if name == path.name or name.endswith(".json"):
            yield name, plain.from_json(stream.read(), source=str(path))


def rows(source: str, path: Path, member: str, told: Any) -> tuple[Row, ...]:
    """The rows of a file; raises UnreadableFile where it has none."""
    listed = told if isinstance(told, list) else next((told[key] for key in _LISTS if key in told), None) if told else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise UnreadableFile("the file has no list of rows under entries, standards or items", source=str(path))
    return tuple(Row(source, path, member, number, one) for number, one in enumerate(listed, start=1))


def said(text: Mapping[str, str]) -> Iterator[Literal]:
    """Texts by language as terms."""
    return (Literal(one, language=language) for language, one in text.items())


def printed(text: str) -> str:
    """A date as ISO writes it: ``10 October 2024`` gives ``2024-10-10``; raises ValueError for what is no date."""
    found = _DAY.fullmatch(text)
    iso = f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}" if found else text
    dates.earliest(iso)
    return iso


def counted(source: str, path: Path, *, member: str, told: int | None, found: int, of: str) -> Iterator[Finding]:
    """A finding where a file tells another number than there are."""
    if told is not None and told != found:
        message = f"The file says that there are {told:,} {of}; there are {found:,}."
        where = f"{path}!{member}" if member != path.name else str(path)
        yield Finding(f"{source}-count", "", message, Severity.WARNING, source=where, column="count", value=str(told))


def left_out(source: str, path: Path, left: Counter[str]) -> Iterator[Finding]:
    """What was not taken, once for each kind with its number."""
    for what, number in sorted((+left).items()):
        yield Finding(f"{source}-left-out", "", f"Not taken: {what} ({number:,}).", Severity.INFO, source=str(path))


def beginning(text: str) -> str:
    """The first characters of a file without blanks between its marks, to look for words in."""
    return re.sub(r"\s+", " ", text)
