"""The FDA's database of recognised consensus standards: its table of results, saved as a page, or as CSV or spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import answers, designations, words
from standards_graph.importing.forms import Defect, Record, records
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, SGO

SEARCH = words.SITE + "cfStandards/search.cfm"
CENTER = vocab.entity("org", "us-fda-cdrh")
ACT = vocab.entity("law", identifiers.law("21 U.S.C. chapter 9", "US"))
REGIME = "FDA recognised consensus standard"

ENTRY, AREA, NUMBER, EXTENT, BODY, DESIGNATION, TITLE = (
    "date of entry",
    "specialty task group area",
    "recognition number",
    "extent of recognition",
    "standards developing organization",
    "standard designation number and date",
    "standard title",
)
"""Names of the columns, in lower case."""
COLUMNS = (ENTRY, NUMBER, EXTENT, BODY, DESIGNATION, TITLE)
MOST_BYTES = 50_000_000
"""Largest page."""


class FdaRecognisedStandards:
    """Reads the table of recognitions."""

    name = "fda-recognised-standards"
    title = "FDA recognised consensus standards"
    description = (
        "The table of the FDA's database of recognised consensus standards: pages of its search saved as HTML, or the same "
        "columns as CSV or XLSX (date of entry, recognition number, extent, organisation, designation, title)."
    )
    licence = words.PUBLIC_DOMAIN

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file names the columns, or is a saved page of the database."""
        told = " ".join(beginning.lower().split())
        if plain_name(path).endswith((".html", ".htm")):
            return "recognized consensus standards" in told or (NUMBER in told and EXTENT in told)
        return plain_name(path).endswith((".csv", ".xlsx")) and all(name in told for name in (NUMBER, EXTENT, DESIGNATION))

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """Each recognition; one without a number of the form 13-79 is left out."""
        licence, told, seen = NamedNode(self.licence), words.Told(), set[str]()
        yield from saying.file_record(graph, path, url=SEARCH, licence=licence)
        for record in _rows(path):
            yield ROW
            try:
                facts = _facts(graph, licence, record, seen)
                yield from _recognition(record, facts)
            except Defect as error:
                yield error.finding(f"{self.name}-row")
                continue
            yield from told.fresh(facts, lambda iri: "/id/recognition/" in iri or "/id/source/" in iri)
        if not seen:
            raise UnreadableFile("the file lists no recognition", source=str(path))
        message = "The specialty task group areas are not taken in."
        yield Finding(f"{self.name}-left-out", "", message, severity=Severity.INFO, source=str(path))


def _facts(graph: NamedNode, licence: NamedNode, record: Record, seen: set[str]) -> Facts:
    number = record.values[NUMBER]
    try:
        identifiers.fda_recognition(number)
    except ValueError as error:
        raise record.wrong(NUMBER, "a recognition number is written such as 13-79") from error
    if number in seen:
        raise record.wrong(NUMBER, f"{number} stands in an earlier row already; keep one of the two")
    seen.add(number)
    key = f"{FdaRecognisedStandards.name}#{number}"
    return saying.record(graph, url=SEARCH, date="", key=key, level="source-read", licence=licence, printed=None)


def _recognition(record: Record, facts: Facts) -> Iterator[Finding]:
    number = record.values[NUMBER]
    told = designations.read(record.values[BODY], record.values[DESIGNATION])
    if not told.listed:
        raise record.wrong(DESIGNATION, "this may not be empty")
    iri = vocab.entity("recognition", identifiers.fda_recognition(number))
    words.plainly(facts, iri, SGO.StandardRecognition, label=f"{told.listed}: {REGIME} {number}")
    facts.say(iri, SGO.recognises, _edition(facts, told, record.values[TITLE]))
    if not told.dated:
        message = "The designation does not tell the dated reference: the edition is called as the list prints it."
        yield _finding(record, "designation", message, DESIGNATION)
    facts.say(iri, SGO.referenceAsListed, Literal(told.listed))
    facts.say(iri, SGO.officialIdentifier, Literal(number))
    facts.say(iri, SGO.identifierScheme, Literal("FDA recognition number"))
    facts.say(iri, SGO.recognitionRegime, vocab.concept("recognition-regime", identifiers.slug(REGIME)))
    facts.say(iri, SGO.hasRegulatoryEffect, vocab.concept("effect", "accepted-declaration"))
    facts.say(iri, SGO.hasLegalBasis, ACT)
    facts.say(iri, SGO.issuedBy, CENTER)
    facts.say(iri, SGO.inJurisdiction, words.US)
    yield from _extent(record, facts, iri)
    try:
        day = answers.date(record.values[ENTRY])
    except ValueError:
        yield _finding(record, "date", "This is no day; it is left out.", ENTRY)
        day = None
    if day:
        facts.say(iri, SGO.printedValidFrom, dates.day(day))
        facts.say(iri, SGO.validFrom, dates.day(day))


def _extent(record: Record, facts: Facts, iri: NamedNode) -> Iterator[Finding]:
    text = record.values[EXTENT]
    known = next((word for word in ("complete", "partial") if text.lower().startswith(word)), "")
    facts.say(iri, SGO.hasRecognitionExtent, vocab.concept("extent", known) if known else None)
    facts.say(iri, SGO.extentText, Literal(text) if text and not known else None)
    if text and not known:
        yield _finding(record, "extent", "The extent is neither complete nor partial; the text is kept.", EXTENT)


def _edition(facts: Facts, told: designations.Designation, title: str) -> NamedNode:
    """The edition by its dated reference; where that is not known, one that is called as the list prints it."""
    reference = told.dated or told.listed
    iri = vocab.entity("edition", identifiers.edition(reference) if told.dated else identifiers.name_slug(reference))
    facts.entity(iri, SGO.StandardEdition, label=reference)
    facts.say(iri, SGO.officialIdentifier, Literal(reference))
    facts.say(iri, DCTERMS.title, saying.english(title) if title else None)
    undated = told.undated or told.listed
    work = facts.entity(vocab.entity("standard", identifiers.name_slug(undated)), SGO.Standard, label=undated)
    facts.say(work, SGO.officialIdentifier, Literal(undated))
    facts.say(iri, SGO.isEditionOf, work)
    return iri


def _finding(record: Record, what: str, message: str, column: str) -> Finding:
    return Finding(
        rule=f"{FdaRecognisedStandards.name}-{what}",
        thing="",
        message=message,
        severity=Severity.WARNING,
        source=str(record.path),
        line=record.line,
        column=column,
        value=record.values[column][:200],
    )


# --- reading ---


def _rows(path: Path) -> Iterator[Record]:
    is_page = plain_name(path).endswith((".html", ".htm"))
    for record in _of_page(path) if is_page else records(path):
        values = {_plain(name): _text(value) for name, value in record.values.items()}
        missing = [name for name in COLUMNS if name not in values]
        if missing:
            raise UnreadableFile(f"the column {missing[0]!r} is missing", source=str(path), line=record.line)
        yield Record(path, record.line, values)


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _text(value: str) -> str:
    return " ".join(value.split())


def _of_page(path: Path) -> Iterator[Record]:
    """The rows of the table on a page that has the columns; a cell's links and breaks become text."""
    with opened(path) as stream:
        content = stream.read(MOST_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = io.TextIOWrapper(io.BytesIO(content), "cp1252", errors="replace").read()
    page = _Page()
    page.feed(text)
    page.close()
    header: list[str] = []
    for line, cells in enumerate(page.rows, start=1):
        names = [_plain(cell) for cell in cells]
        if NUMBER in names and DESIGNATION in names:
            header = names
        elif header and len(cells) == len(header):
            yield Record(path, line, _record(header, cells))


def _record(header: list[str], cells: list[str]) -> Mapping[str, str]:
    return dict(zip(header, cells, strict=True))


class _Page(HTMLParser):
    """The rows of all tables of a page, each a list of the texts of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._ended()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._ended()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._ended()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _ended(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append("".join(self._cell))
        self._cell = None
