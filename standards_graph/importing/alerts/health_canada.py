"""Incidents with medical devices that Health Canada received, and the two tables of codes that belong to them.

Several devices, firms and roles of one incident stand in one cell each. Where the lists are of one length they are read side by
side; where they are not, no firm is given a role that may be another's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms, packing
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import Record
from standards_graph.model import dates
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, OWL, RDF, RDFS, SGO, SKOS

TERMS = "https://www.canada.ca/en/transparency/terms.html"
SITE = "https://health-products.canada.ca/mdi-idim/"
CANADA = vocab.entity("jurisdiction", "ca")
AUTHORITY = vocab.entity("org", "health-canada")
NAMES = vocab.concept("ca-preferred-name")
CODES = vocab.concept("ca-incident-code")

INCIDENTS = ("INCIDENT_ID", "RECEIPT_DT", "HAZARD_SEVERITY_CODE_E", "TRADE_NAME", "PREF_NAME_CODE")
NAME_TABLE = ("PREF_NAME_CODE", "PREF_DESC_E", "PREF_DESC_F")
CODE_TABLE = ("PATIENT_DEV_CD", "DESC_E", "DESC_F", "CODE_TYPE_E")

PLACES_OF_CARE = frozenset(("HOSPITAL / HÔPITAL", "OTHER HEALTH CARE FACILITY"))
"""What stands for a hospital: it is not named in the files."""

NO_CLASS = "0"
"""What stands in the column of risk classes where there is none."""

EARLIEST = 1900

_PREFERRED = re.compile(r"[0-9]{2}[A-Z]{3}")
_IMDRF = re.compile(r"([A-G][0-9]{2,6}) - ")
_RETIRED = re.compile(r"\(Retired\s*-?\s*use\s+([0-9]+)", re.I)


class HealthCanadaIncidents:
    """Reads incidents as a table, and the official tables of preferred names and of codes; each fills a graph of its own."""

    name = "health-canada-incidents"
    title = "Health Canada medical device incidents"
    description = (
        "Incidents with medical devices reported to Health Canada (CSV, one row for each incident), and two tables of codes "
        "of the same system: preferred names of devices, and codes of problems and effects (.dsv)."
    )
    licence = TERMS

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the first line names the columns of one of the three tables."""
        return bool(_kind(beginning))

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills: incidents and each table of codes lie apart."""
        return f"source/{_kind(packing.beginning(path)) or self.name}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the rows say, in the order of the file; raises UnreadableFile where it is none of the three tables."""
        kind = _kind(packing.beginning(path))
        if not kind:
            raise UnreadableFile("the columns are those of no table of Health Canada's incidents", source=str(path))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(TERMS))
        source = saying.record(graph, url=SITE, date="", key=kind, level="source-read", licence=NamedNode(TERMS), printed=None)
        yield from source.quads()
        if kind == self.name:
            yield from _Incidents(path, source).told()
        elif kind == NAME_GRAPH:
            yield from _preferred_names(path, source)
        else:
            yield from _Codes(path, source).told()


NAME_GRAPH, CODE_GRAPH = "health-canada-device-names", "health-canada-incident-codes"


def _kind(beginning: str) -> str:
    """The name of the graph of the table that starts so; empty where it is none of them."""
    line = next(iter(beginning.splitlines()), "").replace('"', "")
    if set(INCIDENTS) <= set(line.split(",")):
        return HealthCanadaIncidents.name
    columns = tuple(line.split("|"))
    return NAME_GRAPH if columns[:3] == NAME_TABLE else CODE_GRAPH if columns[:4] == CODE_TABLE else ""


def _finding(path: Path, what: str, message: str, severity: Severity, line: int | None = None, *cell: str) -> Finding:
    column, value = (*cell, "", "")[:2]
    return Finding(
        rule=f"health-canada-{what}", thing="", message=message, severity=severity, source=str(path), line=line,
        column=column, value=value,
    )  # fmt: skip


# --- incidents ---


class _Incidents:
    """The rows of the table of incidents, and what of them was counted and told."""

    def __init__(self, path: Path, source: Facts) -> None:
        self.path, self.source = path, source
        self.counted: Counter[str] = Counter()
        self._seen: set[str] = set()

    def told(self) -> Iterator[Told]:
        for record in forms.table(self.path):
            yield ROW
            yield from self._incident(record)
        for message, count in self.counted.items():
            yield _finding(self.path, "counted", f"{message} ({count:,} rows).", Severity.INFO)

    def _incident(self, record: Record) -> Iterator[Told]:
        number = record.values["INCIDENT_ID"].strip()
        if not number.isdigit():
            yield self._wrong(record, "number", "An incident has a number; the row is left out.", "INCIDENT_ID")
            return
        if number in self._seen:
            yield self._wrong(record, "repeated", "The incident stands in the file already; left out.", "INCIDENT_ID")
            return
        self._seen.add(number)
        facts = Facts(self.source.graph, self.source.record)
        names = _parts(record, "TRADE_NAME")
        iri = vocab.entity("incident", f"ca-{number}")
        facts.entity(iri, SGO.IncidentReport, label=f"{'; '.join(names) or 'No device named'}: incident {number}, CA")
        facts.say(iri, SGO.officialIdentifier, Literal(number))
        facts.say(iri, SGO.identifierScheme, Literal("Health Canada incident number"))
        facts.say(iri, SGO.incidentKeptBy, AUTHORITY)
        facts.say(iri, SGO.incidentInJurisdiction, CANADA)
        facts.say(iri, SGO.incidentDeviceName, *map(Literal, names))
        facts.say(iri, SGO.incidentKindText, _text(record, "INCIDENT_TYPE_E"))
        facts.say(iri, SGO.incidentSeverityText, _text(record, "HAZARD_SEVERITY_CODE_E", "UNASSIGNED"))
        facts.say(iri, SGO.deviceClassText, *(Literal(one) for one in _parts(record, "RISK_CLASSIFICATION") if one != NO_CLASS))
        yield from self._types(record, iri, facts)
        yield from self._parties(record, iri, facts)
        yield from self._dates(record, iri, facts)
        self._count(record, names)
        yield from facts.quads()

    def _types(self, record: Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        for code in _parts(record, "PREF_NAME_CODE"):
            if not _PREFERRED.fullmatch(code):
                message = "A code of a preferred name is two digits and three letters; this one is left out."
                yield self._wrong(record, "preferred-name", message, "PREF_NAME_CODE")
                continue
            if code not in self._seen:
                self._seen.add(code)
                _preferred(facts, code, first=NAMES.value not in self._seen)
                self._seen.add(NAMES.value)
            facts.say(iri, SGO.incidentDeviceType, _name_iri(code))

    def _parties(self, record: Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        firms, roles = _parts(record, "COMPANY_NAME"), _parts(record, "ROLE_E")
        if len(firms) == len(roles):
            named = [f"{firm} {role}" for firm, role in zip(firms, roles, strict=True) if firm not in PLACES_OF_CARE]
            self.counted["Hospitals stand for themselves without a name and are left out"] += len(named) < len(firms)
        else:
            named = [record.values["COMPANY_NAME"].strip()]
            message = "Firms and roles are not as many; the firms are kept as one text without roles."
            yield self._wrong(record, "lists-disagree", message, "COMPANY_NAME")
        facts.say(iri, SGO.incidentPartyName, *(Literal(one) for one in named if one))

    def _dates(self, record: Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        received = _day(record.values["RECEIPT_DT"])
        if received is None:
            yield self._wrong(record, "date", "This is no day of receipt; it is left out.", "RECEIPT_DT")
        else:
            facts.say(iri, SGO.printedIncidentReportedOn, dates.day(received))
        text = record.values.get("INCIDENT_DT", "")
        happened = _day(text)
        if happened is None or (received and happened > received):
            if text:
                message = "The event cannot have been on this day; it is left out."
                yield self._wrong(record, "date", message, "INCIDENT_DT")
            return
        facts.say(iri, SGO.printedIncidentOn, dates.day(happened))

    def _count(self, record: Record, names: list[str]) -> None:
        counted, values = self.counted, record.values
        counted["Names of devices and codes of preferred names are not as many; both are kept, unpaired"] += len(names) != len(
            _parts(record, "PREF_NAME_CODE")
        )
        counted["The trade name says that the device is unknown; it is kept as it is"] += any(
            one.startswith("UNKNOWN") for one in names
        )
        counted["Not taken: the day on which the reporter became aware, and the days allowed for reporting"] += bool(
            values.get("INC_AWARE_DT") or values.get("MANDATORY_RPT")
        )
        counted["Not taken: the medical field, which the code of the preferred name tells"] += bool(
            values.get("USAGE_CODE_TERM_E")
        )
        counted["Not taken: words in French that say what the English ones say"] += bool(values.get("INCIDENT_TYPE_F"))
        counted["Not taken: the place from which a recall came"] += bool(values.get("SOURCE_OF_RECALL_E"))
        for message in [message for message, count in counted.items() if not count]:
            del counted[message]

    def _wrong(self, record: Record, what: str, message: str, column: str) -> Finding:
        value = record.values.get(column, "")
        return _finding(self.path, what, message, Severity.WARNING, record.line, column, value)


def _parts(record: Record, column: str) -> list[str]:
    return list(dict.fromkeys(one for part in record.values.get(column, "").split("; ") if (one := part.strip())))


def _text(record: Record, column: str, none: str = "") -> Literal | None:
    text = record.values.get(column, "").strip()
    return Literal(text) if text and text != none else None


def _day(text: str) -> dt.date | None:
    """A day from 1900 on; None for what is no such day."""
    try:
        found = dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return found if found.year >= EARLIEST else None


# --- tables of codes ---


def _name_iri(code: str) -> NamedNode:
    return vocab.concept("ca-preferred-name", code.lower())


def _preferred(facts: Facts, code: str, *, first: bool) -> NamedNode:
    """A preferred name by its code alone; its table says what it is called."""
    if first:
        facts.concept(NAMES, label="Preferred names of devices (Health Canada)")
    iri = _name_iri(code)
    facts.say(iri, RDF.type, SKOS.Concept, SGO.DeviceType)
    facts.say(iri, SKOS.prefLabel, Literal(code))
    facts.say(iri, SKOS.inScheme, NAMES)
    facts.say(iri, SKOS.topConceptOf, NAMES)
    facts.say(iri, SKOS.notation, Literal(code))
    return iri


def _preferred_names(path: Path, source: Facts) -> Iterator[Told]:
    seen: dict[str, int] = {}
    for record in forms.table(path, delimiter="|"):
        yield ROW
        code = record.values["PREF_NAME_CODE"].strip()
        if not _PREFERRED.fullmatch(code) or seen.setdefault(code, record.line) != record.line:
            message = "This is no code, or the second row of one; the row is left out."
            yield _finding(path, "preferred-name", message, Severity.WARNING, record.line, "PREF_NAME_CODE", code)
            continue
        facts = Facts(source.graph, source.record)
        iri = _preferred(facts, code, first=len(seen) == 1)
        facts.say(iri, SKOS.altLabel, *_both(record, "PREF_DESC_E", "PREF_DESC_F"))
        facts.say(iri, SGO.hasSourceRecord, source.record)
        yield from facts.quads()


def _both(record: Record, english: str, french: str) -> Iterator[Literal]:
    for column, language in ((english, "en"), (french, "fr")):
        if text := " ".join(record.values.get(column, "").split()):
            yield Literal(text, language=language)


class _Codes:
    """The table of codes of problems, effects and findings; a retired one says in words which one took its place."""

    def __init__(self, path: Path, source: Facts) -> None:
        self.path, self.source = path, source
        self._rows = list(forms.table(path, delimiter="|"))
        self._known = {record.values["PATIENT_DEV_CD"].strip() for record in self._rows}

    def told(self) -> Iterator[Told]:
        scheme = Facts(self.source.graph, self.source.record)
        scheme.concept(CODES, label="Codes of incidents (Health Canada)")
        yield from scheme.quads()
        for record in self._rows:
            yield ROW
            code = record.values["PATIENT_DEV_CD"].strip()
            if not code.isdigit():
                message = "A code is a number; the row is left out."
                yield _finding(self.path, "code", message, Severity.WARNING, record.line, "PATIENT_DEV_CD", code)
                continue
            yield from self._code(record, code)

    def _code(self, record: Record, code: str) -> Iterator[Told]:
        facts = Facts(self.source.graph, self.source.record)
        iri = vocab.concept("ca-incident-code", code)
        facts.say(iri, RDF.type, SKOS.Concept)
        facts.say(iri, SKOS.prefLabel, *_both(record, "DESC_E", "DESC_F"))
        facts.say(iri, SKOS.inScheme, CODES)
        facts.say(iri, SKOS.topConceptOf, CODES)
        facts.say(iri, SKOS.notation, Literal(code))
        facts.say(iri, SGO.hasSourceRecord, self.source.record)
        facts.say(iri, SKOS.scopeNote, *_both(record, "CODE_TYPE_E", "CODE_TYPE_F"))
        text = record.values["DESC_E"]
        if term := _IMDRF.match(text):
            facts.say(iri, RDFS.seeAlso, vocab.concept(f"imdrf-aer-{term[1][0].lower()}", term[1].lower()))
        if "retired" in text.lower():
            yield from self._retired(record, iri, facts)
        yield from facts.quads()

    def _retired(self, record: Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        facts.say(iri, OWL.deprecated, saying.yes(True))
        instead = _RETIRED.search(record.values["DESC_E"])
        if instead and instead[1] in self._known:
            facts.say(iri, DCTERMS.isReplacedBy, vocab.concept("ca-incident-code", instead[1]))
        else:
            message = "The code is retired, and no code of the table is named in its place."
            value = record.values["DESC_E"]
            yield _finding(self.path, "retired", message, Severity.INFO, record.line, "DESC_E", value)
