"""How answers and lists look: tables for people, exact formats for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from standards_graph import vocab
from standards_graph.model import answers

LIST_FORMATS = ("table", "json", "csv", "tsv")
"""Formats of the lists that commands print about the registry itself."""

MEDIA_TYPES = {
    "table": answers.JSON,
    "json": answers.JSON,
    "xml": answers.XML,
    "csv": answers.CSV,
    "tsv": answers.TSV,
    "turtle": answers.TURTLE,
    "ntriples": answers.NTRIPLES,
    "rdfxml": answers.RDFXML,
    "jsonld": answers.JSONLD,
    "trig": answers.TRIG,
    "nquads": answers.NQUADS,
}
"""The name of a format on the command line, and the media type that the store knows it by."""

_WIDE = 10_000

list_format = click.option(
    "--format", "format_", type=click.Choice(LIST_FORMATS), default="table", show_default=True, help="How to print it."
)


def answer(body: bytes, media_type: str, *, as_table: bool) -> None:
    """Print the answer to a query: rows as a table, or the bytes as they are."""
    if as_table and media_type == answers.JSON:
        _print_result(json.loads(body))
    else:
        raw(body)


def raw(body: bytes) -> None:
    """Print bytes as they are, ending a line that was left open."""
    click.echo(body, nl=not body.endswith(b"\n"))


def _print_result(found: dict[str, Any]) -> None:
    if "boolean" in found:
        click.echo("yes" if found["boolean"] else "no")
        return
    names = found["head"]["vars"]
    rows = [[_cell(binding.get(name)) for name in names] for binding in found["results"]["bindings"]]
    table(names, rows)
    click.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", err=True)


def _cell(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    return compact(term["value"]) if term["type"] == "uri" else term["value"]


def term(found: NamedNode | Literal | BlankNode | Triple) -> str:
    """A term for reading: an IRI in its short form, else the text of the literal with its language."""
    if isinstance(found, NamedNode):
        return compact(found.value)
    if isinstance(found, Literal):
        return f"{found.value}@{found.language}" if found.language else found.value
    return str(found)


def compact(iri: str) -> str:
    """An IRI in the short form for reading, such as ``sgr:org/mhra``; the longest namespace that fits wins."""
    fitting = [(ns, prefix) for prefix, ns in vocab.PREFIXES.items() if iri.startswith(ns)]
    if not fitting:
        return iri
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(namespace)}"


def records(columns: Sequence[str], rows: Iterable[Sequence[Any]], format_: str) -> None:
    """Print a list of things about the registry itself in one of LIST_FORMATS."""
    listed = [list(row) for row in rows]
    if format_ == "table":
        table(columns, [["" if cell is None else str(cell) for cell in row] for row in listed])
    elif format_ == "json":
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in listed], indent=2, ensure_ascii=False))
    else:
        click.echo(_separated(columns, listed, "\t" if format_ == "tsv" else ","), nl=False)


def _separated(columns: Sequence[str], rows: Iterable[Sequence[Any]], delimiter: str) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return sink.getvalue()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print aligned columns; on a terminal they fold to its width, elsewhere each row stays on its line."""
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in columns:
        grid.add_column(name, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(_harmless(cell)) for cell in row))
    terminal = sys.stdout.isatty()
    console = Console(file=io.StringIO(), width=None if terminal else _WIDE, force_terminal=terminal, legacy_windows=False)
    with console.capture() as captured:
        console.print(grid)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _harmless(text: str) -> str:
    """Text without characters that steer a terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)
