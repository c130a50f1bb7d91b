"""Extracts of MAUDE, the FDA's database of adverse event reports: counted by device, year and kind of event.

Reports themselves are not taken in, nor what people told in them. A report does not show that the device caused the event.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import answers, words
from standards_graph.importing.fda_ai_devices import company, packaged
from standards_graph.importing.forms import Record, records
from standards_graph.importing.packing import plain_name
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO, SKOS, SOSA, XSD

ADDRESS = "https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfMAUDE/search.cfm"
CAVEAT = (
    "Counts of reports in an extract of MAUDE, which need not hold all reports on a device. A report does not show that the "
    "device caused or contributed to the event; reports can be incomplete, late, repeated or missing, and the number of "
    "devices in use is not known: counts give no rates and no ranks."
)
SCHEME = vocab.concept("maude-event-type")
KINDS: Mapping[str, str] = {
    "malfunction": "malfunction",
    "injury": "injury",
    "death": "death",
    "other": "other",
    "no answer provided": "not-stated",
    "": "not-stated",
}
"""Kinds of event as MAUDE prints them, in lower case, and as they are called here."""

NEEDED = ("event_type", "brand_name", "date_received")
MAKERS = ("manufacturer_d_name", "manufacturer_name", "manufacturer")
KEYS = ("mdr_report_key", "report_number")
_SPELT = re.compile(r".(?:, .)+")


@dataclass(frozen=True, order=True, slots=True)
class Cell:
    """What is counted by: the maker and the brand as slugs, the year, and the kind of event."""

    maker: str
    brand: str
    year: int
    kind: str


class FdaMaude:
    """Counts the reports of an extract."""

    name = "fda-maude"
    title = "FDA adverse event reports (MAUDE), counted"
    description = (
        "Extracts of MAUDE as CSV or XLSX with the columns event_type, brand_name, date_received and a maker's name, whatever "
        "else they have: the number of reports for each device, year of receipt and kind of event. No report is taken in."
    )
    licence = words.PUBLIC_DOMAIN

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether a table names the columns that are counted by."""
        columns = set(re.findall(r"[a-z0-9_]+", beginning[:4_000]))
        named = columns.issuperset(NEEDED) and bool(columns & set(MAKERS)) and "generic_name" in columns
        return plain_name(path).endswith((".csv", ".xlsx")) and named

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The counts, after all rows were read; a row without a day, a device or a known kind of event is not counted."""
        licence = NamedNode(self.licence)
        yield from saying.file_record(graph, path, url=ADDRESS, licence=licence)
        facts = saying.record(
            graph, url=ADDRESS, date="", key=self.name, level="source-read", licence=licence, printed=None, note=CAVEAT
        )
        run = _Run()
        for record in records(path):
            yield ROW
            yield from run.count(record)
        if not run.counts:
            raise UnreadableFile("the file holds no report that could be counted", source=str(path))
        run.say(facts)
        yield from facts.quads()
        yield from run.remarks(path)


class _Run:
    """What was counted so far, how makers and brands were first printed, and which reports were met."""

    def __init__(self) -> None:
        self.counts, self._names = Counter[Cell](), dict[str, str]()
        self._met, self._repeated = set[tuple[str, Cell]](), 0

    def count(self, record: Record) -> Iterator[Finding]:
        """Count one row; one report with the same device twice counts once."""
        missing = [name for name in NEEDED if name not in record.values]
        makers = [name for name in MAKERS if name in record.values]
        if missing or not makers:
            raise UnreadableFile(f"the column {(missing or MAKERS)[0]} is missing", source=str(record.path))
        maker, brand = (" ".join(record.values[name].split()) for name in (makers[0], "brand_name"))
        kind = KINDS.get(event(record.values["event_type"]).lower())
        year = _year(record.values["date_received"])
        if kind is None or year is None or not maker or not brand:
            yield _uncounted(record, kind=kind, year=year, maker=maker, column=makers[0])
            return
        cell = Cell(company(maker), identifiers.name_slug(brand), year, kind)
        self._names.setdefault(cell.maker, maker)
        self._names.setdefault(f"{cell.maker}/{cell.brand}", brand)
        key = next((record.values[name] for name in KEYS if record.values.get(name)), "")
        if key and (key, cell) in self._met:
            self._repeated += 1
            return
        self._met.add((key, cell))
        self.counts[cell] += 1

    def say(self, facts: Facts) -> None:
        """State every count, in the order of devices, years and kinds."""
        facts.concept(SCHEME, label="MAUDE event types")
        for cell in sorted(self.counts):
            device = self._device(facts, cell)
            metric = _metric(facts, cell.kind)
            count = self.counts[cell]
            slug = f"maude/{cell.maker}/{cell.brand}/{cell.year}-{cell.kind}"
            kind, brand = cell.kind.replace("-", " "), self._names[f"{cell.maker}/{cell.brand}"]
            label = f"{brand}: MAUDE reports of {cell.year} in an extract, {kind}"
            iri = facts.entity(vocab.entity("observation", slug), SGO.PerformanceObservation, label=label)
            facts.say(iri, SOSA.hasFeatureOfInterest, device)
            facts.say(iri, SOSA.observedProperty, metric)
            facts.say(iri, SOSA.hasSimpleResult, Literal(str(count), datatype=XSD.integer))
            facts.say(iri, SGO.evidenceSetting, vocab.concept("evidence-setting", "routine-use"))

    def _device(self, facts: Facts, cell: Cell) -> NamedNode:
        slug = f"{cell.maker}/{cell.brand}"
        maker, brand = packaged().name(cell.maker, self._names[cell.maker]), packaged().name(slug, self._names[slug])
        org = facts.entity(vocab.entity("org", cell.maker), SGO.Actor, SGO.Manufacturer, label=maker)
        iri = facts.entity(vocab.entity("device", slug), SGO.DeviceFamily, label=brand)
        facts.say(iri, SGO.manufacturedBy, org)
        return iri

    def remarks(self, path: Path) -> Iterator[Finding]:
        """What was not taken in."""
        name = FdaMaude.name
        told = "Narratives, problems of patients, devices' models and numbers, and what others added on courts are not read in."
        yield Finding(f"{name}-left-out", "", told, severity=Severity.INFO, source=str(path))
        if self._repeated:
            told = f"{self._repeated:,} rows repeat a report on the same device and are counted once."
            yield Finding(f"{name}-repeated", "", told, severity=Severity.INFO, source=str(path))


def event(text: str) -> str:
    """The kind of event; one that was taken apart letter by letter, such as ``D, e, a, t, h``, is put together again."""
    plain = text.strip()
    return plain[::3] if _SPELT.fullmatch(plain) else plain


def _year(text: str) -> int | None:
    try:
        found = answers.date(text.strip())
    except ValueError:
        return None
    return found.year if found else None


def _metric(facts: Facts, kind: str) -> NamedNode:
    iri = vocab.concept("maude-event-type", kind)
    label = f"MAUDE reports, {kind.replace('-', ' ')}"
    facts.concept(iri, SGO.PerformanceMetric, label=label, scheme=SCHEME)
    facts.say(iri, SKOS.notation, Literal(kind))
    facts.say(iri, SKOS.scopeNote, saying.english(CAVEAT))
    return iri


def _uncounted(record: Record, *, kind: str | None, year: int | None, maker: str, column: str) -> Finding:
    wrong = "event_type" if kind is None else "date_received" if year is None else "brand_name" if maker else column
    return Finding(
        rule=f"{FdaMaude.name}-not-counted",
        thing="",
        message="The report is not counted: this value is missing or of no known kind.",
        severity=Severity.WARNING,
        source=str(record.path),
        line=record.line,
        column=wrong,
        value=record.values[wrong][:100],
    )
