"""Devices of the European database on medical devices (EUDAMED): tables of UDI-DI, and messages of its data exchange (DTX).

A UDI-DI is one version of a device, a Basic UDI-DI the family of which it is one. A device that the register calls on the
market of a member state is reported to be marketed in the European Union.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.devices import identifying
from standards_graph.importing.devices.eudamed_manufacturers import NOTICE, SITE
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import Record
from standards_graph.importing.packing import plain_name
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, RDFS, SGO, SKOS

MESSAGES = "https://ec.europa.eu/tools/eudamed/dtx/"
COLUMNS = ("UUID", "Primary DI", "Issuing Agency", "Device Status", "Reference", "Markets")
EMDN = vocab.concept("emdn")
EU = vocab.entity("jurisdiction", "eu")
ON_THE_MARKET = "on-the-market"

MEMBERS = frozenset(
    ("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "EL", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
     "PL", "PT", "RO", "SK", "SI", "ES", "SE")
)  # fmt: skip
"""The member states by the codes of EUDAMED; it also names states of the EEA, Türkiye and Northern Ireland."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One UDI-DI with what the register says of it, in plain values."""

    line: int
    agency: str
    number: str
    name: str
    reference: str
    status: str
    markets: tuple[tuple[str, str], ...]
    packages: tuple[str, ...] = ()
    website: str = ""
    basic: str = ""
    basic_agency: str = ""
    model: str = ""
    risk: str = ""
    maker: str = ""
    codes: tuple[str, ...] = ()


class EudamedDevices:
    """Reads tables of UDI-DI as spreadsheets, and messages with devices in the form of the data exchange."""

    name = "eudamed-devices"
    title = "EUDAMED devices"
    description = (
        "Devices registered in the European database on medical devices: spreadsheets of UDI-DI from the public screens, and "
        "XML messages of the data exchange (DTX) with Basic UDI-DI, nomenclature, packages and markets."
    )
    licence = NOTICE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is a spreadsheet with the columns of the table, or a message of the data exchange."""
        if plain_name(path).endswith(".xlsx"):
            return all(f">{one}<" in beginning for one in COLUMNS)
        return beginning.lstrip().startswith("<") and MESSAGES in beginning

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What is said of each device, in the order of the file."""
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(NOTICE))
        shared = _Shared(path, graph)
        yield from shared.source.quads()
        spreadsheet = plain_name(path).endswith(".xlsx")
        for one in _of_table(path) if spreadsheet else _of_message(path):
            yield ROW
            yield from shared.told(one)
        if not shared.rows:
            raise UnreadableFile("the file holds no device of EUDAMED", source=str(path))
        yield from shared.counted()


# --- reading ---


def _of_table(path: Path) -> Iterator[Registered]:
    for record in forms.sheet(path):
        if not set(COLUMNS) <= set(record.values):
            raise UnreadableFile(f"the columns have to be at least: {', '.join(COLUMNS)}", source=str(path), line=1)
        yield Registered(
            line=record.line,
            agency=record.values["Issuing Agency"].rpartition(".")[2],
            number=record.values["Primary DI"].strip(),
            name=_cell(record, "Trade Name (EN)"),
            reference=_cell(record, "Reference"),
            status=record.values["Device Status"].strip(),
            markets=tuple((code.strip(), "") for code in record.values["Markets"].split(",") if code.strip()),
            website=_cell(record, "Additional Info URL"),
        )


def _cell(record: Record, column: str) -> str:
    return " ".join(record.values.get(column, "").split())


def _of_message(path: Path) -> Iterator[Registered]:
    for number, device in forms.elements(path, "Device"):
        basic = next(_all(device, "MDRBasicUDI", "IVDRBasicUDI", "BasicUDI"), Element("none"))
        for data in _all(device, "MDRUDIDIData", "IVDRUDIDIData", "UDIDIData"):
            yield _registered(number, basic, data)


def _registered(number: int, basic: Element, data: Element) -> Registered:
    own, family = _direct(data, "identifier"), _direct(basic, "identifier")
    return Registered(
        line=number,
        agency=_first(own, "issuingEntityCode"),
        number=_first(own, "DICode"),
        name=_first(next(_all(data, "tradeNames"), None), "textValue"),
        reference=_first(data, "referenceNumber"),
        status=_first(_direct(data, "status"), "code").lower().replace("_", "-"),
        markets=tuple((_first(one, "country"), _first(one, "startDate")[:10]) for one in _all(data, "marketInfo")),
        packages=tuple(_first(_direct(one, "identifier"), "DICode") for one in _all(data, "package")),
        website=_first(data, "website"),
        basic=_first(family, "DICode"),
        basic_agency=_first(family, "issuingEntityCode"),
        model=_first(next(_all(basic, "modelName"), None), "name"),
        risk=_first(basic, "riskClass"),
        maker=_first(basic, "MFActorCode"),
        codes=tuple(code for one in _all(data, "MDNCodes") for code in (one.text or "").split()),
    )


def _all(one: Element, *names: str) -> Iterator[Element]:
    return (inner for inner in one.iter() if str(inner.tag).rpartition("}")[2] in names)


def _direct(one: Element, name: str) -> Element | None:
    return next((inner for inner in one if str(inner.tag).rpartition("}")[2] == name), None)


def _first(one: Element | None, name: str) -> str:
    """The first text of that name in an element; empty where there is none."""
    found = next(_all(one, name), None) if one is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""


# --- saying ---


class _Shared:
    """What the devices of one file have in common, and what of it was told already."""

    def __init__(self, path: Path, graph: NamedNode) -> None:
        self.path = path
        self.source = saying.record(
            graph, url=SITE, date="", key=EudamedDevices.name, level="source-read", licence=NamedNode(NOTICE), printed=None
        )
        self.rows = 0
        self._known: dict[NamedNode, Registered] = {}
        self._once: set[object] = set()
        self._counts: Counter[str] = Counter()

    def told(self, one: Registered) -> Iterator[Told]:
        """The quads and findings of one device; a row that says the same again says nothing."""
        self.rows += 1
        try:
            iri = identifying.version(one.agency, one.number)
        except ValueError:
            message = "The row has no device identifier with its issuing agency and is left out."
            yield self._finding("number", message, Severity.WARNING, one, one.number)
            return
        if (before := self._known.get(iri)) is not None:
            yield from self._again(one, before)
            return
        self._known[iri] = one
        if one.agency.lower() == "gs1" and not identifying.check_digit_fits(one.number):
            yield self._finding("check-digit", "The check digit does not fit.", Severity.WARNING, one, one.number)
        facts = Facts(self.source.graph, self.source.record)
        self._version(iri, one, facts)
        if one.basic:
            facts.say(iri, SGO.isVersionOf, self._family(one, facts))
        yield from self._market(iri, one, facts)
        yield from facts.quads()

    def _again(self, one: Registered, before: Registered) -> Iterator[Finding]:
        if (one.name, one.reference, one.status, one.markets) == (before.name, before.reference, before.status, before.markets):
            self._counts["The identifier stands in the file already, with the same facts"] += 1
        else:
            message = f"The identifier stands in row {before.line} with other facts; those of this row are left out."
            yield self._finding("repeated", message, Severity.WARNING, one, one.number)

    def _version(self, iri: NamedNode, one: Registered, facts: Facts) -> None:
        """The names have no language: the register often gives one for all, and another register may name the device too."""
        facts.say(iri, RDF.type, SGO.DeviceVersion)
        facts.say(iri, RDFS.label, Literal(" ".join(part for part in (one.name, one.reference) if part) or one.number))
        facts.say(iri, SGO.hasSourceRecord, facts.record)
        facts.say(iri, SGO.officialIdentifier, Literal(one.number))
        facts.say(iri, SGO.identifierScheme, Literal(f"UDI-DI ({one.agency.upper()})"))
        facts.say(iri, SGO.deviceIdentifier, Literal(one.number), *(Literal(inner) for inner in one.packages if inner))
        facts.say(iri, SGO.statusAsRead, Literal(one.status) if one.status else None)
        facts.say(iri, SGO.website, saying.address(one.website) if one.website.startswith("http") else None)
        facts.say(iri, SGO.manufacturedBy, self._maker(one, facts) if one.maker else None)
        for code in one.codes:
            facts.say(iri, SGO.classifiedAs, self._code(code, facts))
        self._counts["Not taken: quantities in packages"] += bool(one.packages)
        self._counts["Not taken: single member states of the market and the days on which marketing ends"] += bool(one.markets)

    def _maker(self, one: Registered, facts: Facts) -> NamedNode:
        iri = identifying.operator(one.maker)
        if self._first(iri):
            facts.say(iri, RDF.type, SGO.Actor, SGO.Manufacturer)
            facts.say(iri, RDFS.label, Literal(one.maker))
            facts.say(iri, SGO.hasSourceRecord, facts.record)
            facts.say(iri, SGO.officialIdentifier, Literal(one.maker))
        return iri

    def _family(self, one: Registered, facts: Facts) -> NamedNode:
        slug = f"{identifiers.slug(one.maker)}/" if one.maker else ""
        iri = vocab.entity("device", f"{slug}{identifiers.slug(one.basic_agency)}-{identifiers.slug(one.basic)}")
        if self._first(iri):
            facts.say(iri, RDF.type, SGO.DeviceFamily)
            facts.say(iri, RDFS.label, Literal(one.model or one.name or one.basic))
            facts.say(iri, SGO.hasSourceRecord, facts.record)
            facts.say(iri, SGO.officialIdentifier, Literal(one.basic))
            facts.say(iri, SGO.identifierScheme, Literal(f"Basic UDI-DI ({one.basic_agency})"))
            facts.say(iri, SGO.deviceIdentifier, Literal(one.basic))
            facts.say(iri, SGO.deviceClassText, Literal(one.risk) if one.risk else None)
            facts.say(iri, SGO.manufacturedBy, self._maker(one, facts) if one.maker else None)
        return iri

    def _code(self, code: str, facts: Facts) -> NamedNode:
        """A code of the European nomenclature by itself; its own list says what it means."""
        iri = vocab.concept("emdn", code.lower())
        if self._first(EMDN):
            facts.say(EMDN, RDF.type, SKOS.ConceptScheme)
            facts.say(EMDN, SKOS.prefLabel, Literal("EMDN"))
        if self._first(iri):
            facts.say(iri, RDF.type, SKOS.Concept, SGO.DeviceType)
            facts.say(iri, SKOS.prefLabel, Literal(code))
            facts.say(iri, SKOS.inScheme, EMDN)
            facts.say(iri, SKOS.notation, Literal(code))
        return iri

    def _market(self, iri: NamedNode, one: Registered, facts: Facts) -> Iterator[Finding]:
        inside = [day for place, day in one.markets if place in MEMBERS]
        if one.status != ON_THE_MARKET or not inside:
            return
        report = vocab.entity("market-report", f"eudamed-{iri.value.rpartition('/')[2]}")
        facts.entity(report, SGO.MarketReport, label=f"{one.name or one.number}: on the market, EUDAMED")
        facts.say(report, SGO.reportedDevice, iri)
        facts.say(report, SGO.reportedJurisdiction, EU)
        facts.say(report, SGO.hasMarketReportKind, vocab.concept("market-report-kind", "availability-reported"))
        facts.say(report, SGO.nameOnMarket, Literal(one.name) if one.name else None)
        days = sorted(day for day in inside if day)
        if not days:
            return
        try:
            facts.say(report, SGO.printedMarketedFrom, dates.printed(days[0]))
        except ValueError:
            yield self._finding(
                "date", "This is no day on which marketing began; it is left out.", Severity.WARNING, one, days[0]
            )

    def _first(self, iri: NamedNode) -> bool:
        if iri in self._once:
            return False
        self._once.add(iri)
        return True

    def _finding(self, what: str, message: str, severity: Severity, one: Registered | None = None, value: str = "") -> Finding:
        line = one.line if one else None
        return Finding(f"eudamed-{what}", "", message, severity, source=str(self.path), line=line, value=value)

    def counted(self) -> Iterator[Finding]:
        """What was met often, or not taken, once for each kind."""
        for message, count in self._counts.items():
            if count:
                yield self._finding("counted", f"{message} ({count:,} rows).", Severity.INFO)
        left = "Not taken: sterility, latex, reuse, sizes, marking, storage, warnings and versions of the entries."
        yield self._finding("counted", left, Severity.INFO)
