"""Incidents with artificial intelligence from the AI Incident Database, and what others tie to them.

Whether an incident concerns health is not guessed: a sector is said where a published classification says it. Those who were
harmed are left out, as some are named persons.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms, packing
from standards_graph.importing.base import ROW, Importer, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import Record
from standards_graph.model import dates
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, OWL, RDFS, SGO

SITE = "https://incidentdatabase.ai/"
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
KEEPER = vocab.entity("org", "ai-incident-database")

ROLES = {"Alleged deployer of AI system": "alleged deployer", "Alleged developer of AI system": "alleged developer"}
HARMED = "Alleged harmed or nearly harmed parties"
INCIDENTS = ("incident_id", "date", "title", "description", *ROLES, HARMED)

CLASSIFICATIONS: dict[str, dict[str, NamedNode]] = {
    "CSETv0": {"Severity": SGO.incidentSeverityText, "Sector of Deployment": SGO.incidentSectorText},
    "CSETv1": {"AI Harm Level": SGO.incidentSeverityText, "Sector of Deployment": SGO.incidentSectorText},
    "MIT": {"Risk Domain": SGO.incidentKindText, "Risk Subdomain": SGO.incidentKindText},
}
"""Which columns of a classification say what of an incident; all others stay out."""

OPEN = frozenset(("", "unclear", "unclear/unknown", "unknown"))
"""Values that leave open what they should say; ``none`` says of a harm that those who looked found none."""
NOBODY = OPEN | {"none"}

_INCIDENT_PAGE = f"{SITE}cite/"
_OECD = re.compile(r"https://oecd\.ai/en/incidents/[0-9a-z-]+")


class AiIncidents:
    """Reads incidents, classifications and duplicates as tables, and links to the OECD's monitor as JSON."""

    name = "ai-incident-database"
    title = "AI Incident Database"
    description = (
        "Incidents with artificial intelligence (CSV of a snapshot), with the classifications CSETv0, CSETv1 and MIT, the list "
        "of duplicates, and links to the OECD AI Incidents Monitor (JSON); each file fills a graph of its own."
    )
    licence = LICENCE

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def with_texts(self) -> Importer:
        """The same importer, which takes in the descriptions of incidents."""
        return AiIncidents(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is one of the four kinds of file, by the names of its columns or keys."""
        return bool(_kind(beginning))

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        kind = _kind(packing.beginning(path))
        return f"source/{self.name}" + (f"-{kind}" if kind not in ("", "incidents") else "")

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the rows say, in the order of the file."""
        kind = _kind(packing.beginning(path))
        if not kind:
            raise UnreadableFile("this is no file of the AI Incident Database that is known here", source=str(path))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(LICENCE))
        source = saying.record(
            graph, url=SITE, date="", key=f"{self.name}#{kind}", level="source-read", licence=NamedNode(LICENCE), printed=None
        )
        yield from source.quads()
        if kind == "incidents":
            yield from _incidents(path, source, texts=self._texts)
        elif kind == "oecd":
            yield from _links(path, source)
        elif kind == "duplicates":
            yield from _duplicates(path, source)
        else:
            yield from _classified(path, source)


def _kind(beginning: str) -> str:
    """What a file that begins so is: incidents, oecd, duplicates, or the name of a classification; else empty."""
    first, _, second = beginning.partition("\n")
    columns = set(first.strip().replace('"', "").split(","))
    if set(INCIDENTS) <= columns:
        return "incidents"
    if columns == {"duplicate_incident_number", "true_incident_number"}:
        return "duplicates"
    if {"Namespace", "Incident ID"} <= columns:
        return next((name.lower() for name in CLASSIFICATIONS if second.startswith(f"{name},")), "")
    return "oecd" if beginning.lstrip().startswith("[") and '"source_namespace"' in beginning else ""


def _iri(number: str) -> NamedNode:
    return vocab.entity("incident", f"aiid-{number}")


def _finding(path: Path, what: str, message: str, severity: Severity, line: int | None = None, value: str = "") -> Finding:
    return Finding(f"aiid-{what}", "", message, severity, source=str(path), line=line, value=value)


def _no_number(path: Path, line: int, value: str) -> Finding:
    return _finding(path, "number", "An incident has a number; this one is left out.", Severity.WARNING, line, value)


# --- incidents ---


def _incidents(path: Path, source: Facts, *, texts: bool) -> Iterator[Told]:
    keeper = Facts(source.graph, source.record)
    keeper.entity(KEEPER, SGO.Actor, label="AI Incident Database")
    keeper.say(KEEPER, SGO.website, saying.address(SITE))
    yield from keeper.quads()
    seen: set[str] = set()
    left: Counter[str] = Counter()
    for record in forms.table(path):
        yield ROW
        number = record.values["incident_id"].strip()
        if not number.isdigit() or number in seen:
            yield _no_number(path, record.line, number)
            continue
        seen.add(number)
        facts = Facts(source.graph, source.record)
        yield from _incident(record, number, facts, texts=texts)
        yield from facts.quads()
        left["reports in the press"] += bool(record.values.get("reports"))
        left["those who were harmed or nearly harmed"] += record.values[HARMED] not in ("", "[]")
        left["descriptions, unless texts are asked for"] += bool(record.values["description"]) and not texts
    for message, count in left.items():
        if count:
            yield _finding(path, "left-out", f"Not taken: {message} ({count:,} rows).", Severity.INFO)


def _incident(record: Record, number: str, facts: Facts, *, texts: bool) -> Iterator[Finding]:
    iri = _iri(number)
    facts.entity(iri, SGO.IncidentReport, label=" ".join(record.values["title"].split()) or f"AI incident {number}")
    facts.say(iri, SGO.officialIdentifier, Literal(number))
    facts.say(iri, SGO.identifierScheme, Literal("AI Incident Database incident number"))
    facts.say(iri, SGO.incidentKeptBy, KEEPER)
    facts.say(iri, SGO.website, saying.address(f"{_INCIDENT_PAGE}{number}"))
    text = record.values["description"].strip()
    facts.say(iri, DCTERMS.description, saying.english(text) if texts and text else None)
    try:
        facts.say(iri, SGO.printedIncidentOn, dates.printed(record.values["date"].strip()))
    except ValueError:
        message = "This is no date of an incident; it is left out."
        yield _finding(record.path, "date", message, Severity.WARNING, record.line, record.values["date"])
    for column, role in ROLES.items():
        named = _listed(record.values[column])
        if named is None:
            message = f"The list of each {role} cannot be read; it is left out."
            yield _finding(record.path, "list", message, Severity.WARNING, record.line, record.values[column])
        facts.say(
            iri, SGO.incidentPartyName, *(Literal(f"{one} ({role})") for one in named or () if one not in (*OPEN, "none"))
        )


def _listed(text: str) -> list[str] | None:
    """The names in a cell that holds a list as JSON; None where it does not."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return None
    return [str(one) for one in found] if isinstance(found, list) else None


# --- what others tie to incidents ---


def _about(source: Facts, number: str) -> tuple[NamedNode, Facts]:
    facts = Facts(source.graph, source.record)
    iri = _iri(number)
    facts.say(iri, SGO.hasSourceRecord, source.record)
    return iri, facts


def _classified(path: Path, source: Facts) -> Iterator[Told]:
    unpublished = 0
    said: set[str] = set()
    for record in forms.table(path):
        yield ROW
        columns = CLASSIFICATIONS.get(record.values["Namespace"])
        number = record.values["Incident ID"].strip()
        if columns is None or not number.isdigit() or number in said:
            yield _no_number(path, record.line, number)
            continue
        if record.values.get("Published") == "False":
            unpublished += 1
            continue
        said.add(number)
        iri, facts = _about(source, number)
        for column, predicate in columns.items():
            text = " ".join(record.values.get(column, "").split())
            text = f"{column}: none" if text.lower() == "none" else text
            facts.say(iri, predicate, Literal(text) if text.lower() not in OPEN else None)
        yield from facts.quads()
    if unpublished:
        yield _finding(path, "unpublished", f"Not taken: {unpublished:,} rows that are not published.", Severity.INFO)


def _duplicates(path: Path, source: Facts) -> Iterator[Told]:
    for record in forms.table(path):
        yield ROW
        number, other = (record.values[one].strip() for one in ("duplicate_incident_number", "true_incident_number"))
        if not (number.isdigit() and other.isdigit()):
            yield _no_number(path, record.line, f"{number} {other}")
            continue
        iri, facts = _about(source, number)
        facts.say(iri, OWL.deprecated, saying.yes(True))
        facts.say(iri, DCTERMS.isReplacedBy, _iri(other))
        yield from facts.quads()


def _links(path: Path, source: Facts) -> Iterator[Told]:
    """That the OECD's monitor has a page on the event: one page may be on several incidents, and one incident on several."""
    seen: set[str] = set()
    for number, record in enumerate(forms.records(path), start=1):
        yield ROW
        incident, page = record.values.get("incident_id", ""), record.values.get("sameAs", "")
        if not incident.isdigit() or not _OECD.fullmatch(page):
            message = "This is no incident with a page of the OECD's monitor; it is left out."
            yield _finding(path, "link", message, Severity.WARNING, number, page)
            continue
        iri, facts = _about(source, incident)
        if incident in seen:
            facts.found.clear()
        seen.add(incident)
        facts.say(iri, RDFS.seeAlso, NamedNode(page))
        yield from facts.quads()
