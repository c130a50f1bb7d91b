"""Tables of a curator's own, with a description of their columns beside them (CSV on the Web)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.own import authority, description
from standards_graph.importing.own.description import Column, Description
from standards_graph.importing.own.remarks import Remarks
from standards_graph.importing.own.templates import Gap, Template
from standards_graph.importing.packing import plain_name
from standards_graph.importing.sssom import UNSPECIFIED
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Severity
from standards_graph.vocab import BASE, DCTERMS, SGO

ENDINGS = (".csv", ".tsv", ".xlsx")
MOST_KEYS = 1_000_000
"""How many keys of rows are remembered to find one that comes twice."""
MOST_SAID = 10_000
"""How many statements are remembered as said, so that what every row says is said once."""

_SLUGS = re.compile(re.escape(f"{BASE}id/") + r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+")


class OwnTables:
    """Reads a table, in the way that the description beside it says."""

    name = "table"
    title = "Table with a description of its columns (CSV on the Web)"
    description = (
        "A table (.csv, .tsv, .xlsx, plain or packed) with a description beside it, called list.csv-metadata.json for "
        "list.csv, which says in the form of CSV on the Web what each column means. Each table fills a graph of its own."
    )
    licence = UNSPECIFIED
    of_any_source = True

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the name is that of a table, and a description lies beside it."""
        return plain_name(path).endswith(ENDINGS) and description.beside(path) is not None

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"table/{identifiers.name_slug(plain_name(path).rpartition('.')[0])}"

    def companions(self, path: Path) -> tuple[Path, ...]:
        """The description beside a table."""
        found = description.beside(path)
        return (found,) if found else ()

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the rows say in their order, then what was found."""
        told = description.beside(path)
        if told is None:
            wanted = path.name + description.ENDING
            raise UnreadableFile(
                f"no description of its columns lies beside the table; write one called {wanted}", source=str(path)
            )
        notes, remarks = Remarks(told), Remarks(path)
        yield from _Reading(path, graph, description.read(told, notes), remarks).told()
        yield from notes.findings()
        yield from remarks.findings()


@dataclass(slots=True)
class _Reading:
    """One table on its way."""

    path: Path
    graph: NamedNode
    table: Description
    remarks: Remarks
    recorded: set[NamedNode] = field(default_factory=set)
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    said: set[Quad] = field(default_factory=set)

    def told(self) -> Iterator[Told]:
        """The table's record, then row after row."""
        address, licence, release = self._about()
        key = f"table#{self.graph.value.rpartition('/')[2]}"
        record = saying.record(self.graph, url=address, date="", key=key, level="source-read", licence=licence, printed=None)
        yield from record.quads()
        yield from saying.file_record(self.graph, self.path, url=address, licence=licence, release=release)
        for number, row in enumerate(self._rows(), start=1):
            if number == 1:
                self._check_header(row.values)
            yield ROW
            yield from self._row(row, number, record.record)

    def _about(self) -> tuple[str, NamedNode, str]:
        said = self.table.said
        release = next((said[key][:10] for name in ("modified", "issued", "date") if (key := DCTERMS.iri + name) in said), "")
        try:
            dates.printed(release)
        except ValueError:
            release = ""
        try:
            licence = NamedNode(said[DCTERMS.license.value])
        except (KeyError, ValueError):
            licence = NamedNode(UNSPECIFIED)
            remedy = 'Add "dcterms:license" with an address to the description.'
            self.remarks("table-licence-missing", "The description does not name the licence of the table.", remedy=remedy)
        return said.get(DCTERMS.source.value, self.graph.value), licence, release

    def _rows(self) -> Iterator[forms.Record]:
        if plain_name(self.path).endswith(".xlsx"):
            return forms.sheet(self.path, skip=self.table.skip)
        table = self.table
        return forms.table(self.path, encoding=table.encoding, delimiter=table.delimiter, skip=table.skip, short=True)

    def _check_header(self, values: Mapping[str, str]) -> None:
        """Raise UnreadableFile where a column is missing; tell which ones nothing describes."""
        titles = {title for one in self.table.columns if not one.virtual for title in (*one.titles, one.name)}
        for one in self.table.columns:
            if not one.virtual and not any(title in values for title in (*one.titles, one.name)):
                reason = f"no column is titled {' or '.join(one.titles)}; there are {', '.join(values)}"
                raise UnreadableFile(reason, source=str(self.path), line=self.table.skip + 1)
        for title in values:
            if title not in titles:
                self.remarks(
                    "table-column-unknown", "Nothing describes this column; it is not read.", Severity.INFO, column=title
                )

    def _row(self, row: forms.Record, number: int, record: NamedNode) -> Iterator[Quad]:
        """What a row says; nothing at all where one of its cells cannot be used."""
        cells = {one.name: self._cell(one, row) for one in self.table.columns if not one.virtual}
        filling = {name: ",".join(texts) for name, texts in cells.items()} | {"_row": str(number), "_sourceRow": str(row.line)}
        faults = self.remarks.counts.total()
        if self._incomplete(row, cells) or self._repeated(row, filling):
            return
        quads: list[Quad] = []
        for one in self.table.columns:
            if one.states is not None and not (self.recorded and one.is_constant):
                quads.extend(self._saying(one, row, cells, filling))
        if self.remarks.counts.total() > faults:
            return
        for quad in quads:
            kept = authority.allowed(quad, self.remarks)
            if kept is not None and kept not in self.said:
                if len(self.said) < MOST_SAID:
                    self.said.add(kept)
                yield kept
                yield from self._recorded(kept, record)

    def _cell(self, column: Column, row: forms.Record) -> tuple[str, ...]:
        """The texts in a cell; none where it is empty."""
        text = next((row.values[title] for title in (*column.titles, column.name) if title in row.values), "")
        text = text if column.datatype.name == "string" else text.strip()
        text = text or column.default
        parts = text.split(column.separator) if column.separator and text else [text]
        return tuple(part for one in parts if (part := one.strip() if column.separator else one) not in column.nulls)

    def _incomplete(self, row: forms.Record, cells: Mapping[str, tuple[str, ...]]) -> bool:
        missing = [one for one in self.table.columns if one.required and not one.virtual and not cells[one.name]]
        for one in missing:
            self._wrong(row, one, "table-value-missing", "The row is left out: this may not be empty.", "")
        return bool(missing)

    def _repeated(self, row: forms.Record, filling: Mapping[str, str]) -> bool:
        if not self.table.key:
            return False
        key = tuple(filling[name] for name in self.table.key)
        first = self.keys.get(key, row.line)
        if len(self.keys) < MOST_KEYS:
            self.keys.setdefault(key, row.line)
        if first == row.line:
            return False
        self.remarks(
            "table-key-repeated",
            f"The row is left out: row {first} has the same key.",
            Severity.VIOLATION,
            line=row.line,
            column=", ".join(self.table.key),
            value=", ".join(key),
            remedy="Keep one of the two rows, or make the key longer.",
        )
        return True

    def _saying(
        self, column: Column, row: forms.Record, cells: Mapping[str, tuple[str, ...]], filling: Mapping[str, str]
    ) -> Iterator[Quad]:
        texts = cells.get(column.name, ())
        if column.about is None or column.states is None or (not texts and not column.virtual):
            return
        try:
            subject = _checked(column.about, filling)
            values = [*self._values(column, texts, filling)]
        except Gap as gap:
            if not column.virtual:
                self._wrong(row, column, "table-address-gap", f"The row is left out: for an address, {gap}.", "")
            return
        except ValueError as error:
            self._wrong(row, column, "table-value-wrong", f"The row is left out: {error}.", ", ".join(texts))
            return
        for value in values:
            yield Quad(subject, column.states, value, self.graph)

    def _values(self, column: Column, texts: tuple[str, ...], filling: Mapping[str, str]) -> Iterator[NamedNode | Literal]:
        if column.value is None:
            for text in texts or ((column.default,) if column.default else ()):
                yield column.datatype.literal(text, column.language)
        elif column.separator and column.name in column.value.names:
            for text in texts:
                yield _checked(column.value, {**filling, column.name: text})
        else:
            yield _checked(column.value, filling)

    def _wrong(self, row: forms.Record, column: Column, rule: str, message: str, value: str) -> None:
        remedy = f"Correct the cell, or the description of the column {column.name}."
        title = next((title for title in column.titles if title in row.values), column.name)
        self.remarks(rule, message, Severity.VIOLATION, line=row.line, column=title, value=value, remedy=remedy)

    def _recorded(self, quad: Quad, record: NamedNode) -> Iterator[Quad]:
        """What links a thing to the table's record, when it is first met."""
        thing = quad.subject
        if isinstance(thing, NamedNode) and thing not in self.recorded:
            if len(self.recorded) < MOST_KEYS:
                self.recorded.add(thing)
            yield Quad(thing, SGO.hasSourceRecord, record, self.graph)


def _checked(template: Template, filling: Mapping[str, str]) -> NamedNode:
    """The address for a row; raises ValueError for one of ours that could not be one."""
    return _made(template, tuple(filling[name] for name in template.names))


@lru_cache(maxsize=1_000)
def _made(template: Template, texts: tuple[str, ...]) -> NamedNode:
    found = template.filled(dict(zip(template.names, texts, strict=True)))
    if found.value.startswith(f"{BASE}id/") and not _SLUGS.fullmatch(found.value):
        raise ValueError(f"{found.value} is no address here: small letters, digits and single hyphens make one")
    return found
