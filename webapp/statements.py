"""What mapping records say, as pages and files of these pages tell it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from flask import Response

from standards_graph.errors import BadArgument
from standards_graph.model.mappings import Statement
from webapp import downloads, links

SURENESS = ((0.95, "very sure"), (0.8, "sure"), (0.6, "fairly sure"), (0.4, "unsure"), (0.0, "very unsure"))
"""Words for a confidence, by the least number that they stand for."""
JSON = "application/json"
FIELDS = (
    "source", "source_name", "relation", "target", "target_name", "read_back", "scope", "valid_from", "valid_until",
    "authority", "basis", "confidence", "standing", "record", "sources",
)  # fmt: skip


def sureness(confidence: float | None) -> str:
    """A confidence in words, and the number: fairly sure (0.7)."""
    if confidence is None:
        return "confidence not recorded"
    return f"{next(words for least, words in SURENESS if confidence >= least)} ({confidence:g})"


def sentence(one: Statement) -> str:
    """What a record says: FDA device class II holds all of MDR class IIa."""
    denied = "it is denied that " if one.standing.value == "denied" else ""
    return f"{denied}{one.source.name} {one.words} {one.target.name}"


def file(statements: Iterable[Statement], extension: str, *, name: str, **facts: object) -> Response:
    """Statements as rows of a CSV, or as JSON with some facts about them."""
    told = list(statements)
    if extension == "json":
        rows = [{**_row(one), "sources": one.sources} for one in told]
        body = json.dumps({**facts, "statements": rows}, ensure_ascii=False).encode()
        return downloads.file(body, JSON, name=f"{name}.json", shown=True)
    out = io.StringIO()
    table = csv.DictWriter(out, FIELDS)
    table.writeheader()
    table.writerows(map(_row, told))
    return downloads.file(out.getvalue().encode(), "text/csv", name=f"{name}.csv")


def _row(one: Statement) -> dict[str, object]:
    told = (
        one.source.iri, one.source.name, one.words, one.target.iri, one.target.name, one.reverse, one.scope, one.valid_from,
        one.valid_until, one.voice, one.basis, one.confidence, one.standing.value, one.record, " ".join(one.sources),
    )  # fmt: skip
    return dict(zip(FIELDS, told, strict=True))


def short_name(record: str) -> str:
    """The last part of the IRI of a record, by which its page is known."""
    return record.rpartition("/map/")[2]


def page_of(statement: Statement) -> str:
    """The address of the page of a record; nothing where it has none."""
    return links.local(statement.record)


def part(total: int, number: int, size: int) -> tuple[slice, int]:
    """Which items stand on a page, and the number of the last page; raises BadArgument for a page that there is not."""
    last = max(1, -(-total // size))
    if number > last:
        raise BadArgument(f"There are {last} pages and no page {number}.", name="page")
    return slice((number - 1) * size, number * size), last
