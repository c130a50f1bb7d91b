"""Recalls, alerts and notices of many countries from the ICIJ's International Medical Devices Database.

The file is the join of its events, devices and makers; columns of the same name end in ``_x`` for the event and ``_y`` for the
device. The texts are the ICIJ's and the authorities', and stay out unless they are asked for. Nothing links two events, two
devices or two firms: what is alike by name or date is for a curator.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import resources, vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms
from standards_graph.importing.base import ROW, Importer, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import Record
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO

SITE = "https://medicaldevices.icij.org/"
LICENCE = "https://opendatacommons.org/licenses/odbl/1-0/"
MARKS = ("id_x", "country_x", "uid_hash", "name_x", "name_y", "parent_company")
COLUMNS = (*MARKS, "uid", "number_x", "type", "date", "source_x", "reason", "action_summary", "url", "description")

FILLED = frozenset(("", "unknown", "no summary", "no url", "unknown cause", "unknown device name"))
"""What whoever joined the file wrote where nothing stood."""

CLOSED = dt.date(2019, 11, 30)
"""The database took in nothing after November 2019."""

LONG = 120
"""Longest name of a device in the name of an action; what the source prints stays whole beside it."""

TYPES: dict[str, tuple[str, tuple[NamedNode, ...]]] = {
    "safety alert": ("safety-alert", (SGO.SafetyAlert,)),
    "recall": ("recall", (SGO.Recall,)),
    "field safety notice": ("field-safety-notice", (SGO.FieldSafetyCorrectiveAction,)),
    "safety alert / field safety notice": ("", (SGO.SafetyAction,)),
    "recall / safety alert": ("", (SGO.SafetyAction,)),
}
"""What the database calls an event, and what it is here; two words at once leave the kind open."""

AUTHORITIES = {
    "BRA": "anvisa",
    "COL": "co-invima",
    "GBR": "mhra",
    "HKG": "hk-mdd",
    "IND": "cdsco",
    "NLD": "nl-igj",
    "SVN": "si-jazmp",
}
"""Authorities of the curated table, by the country of the event."""

NUMBERS = {"BRA": "Alerta {}"}
"""How an authority's own number is written where the database has its digits alone."""

_ALERT = re.compile(r"MDA/\d{4}/\d{3}[A-Z]?")
_CASE = re.compile(r"CON\d{5,7}")
_SPLIT = re.compile(r"\s*\|\|\s*")


@dataclass(frozen=True, slots=True)
class _Place:
    """A jurisdiction with the code of its curated row."""

    code: str
    iri: NamedNode


@lru_cache(maxsize=1)
def _places() -> dict[str, _Place]:
    with (resources.data() / "curated" / "jurisdictions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["alpha_3"]: _Place(row["code"], vocab.entity("jurisdiction", identifiers.slug(row["code"])))
            for row in csv.DictReader(file)
        }


class IcijDevices:
    """Reads the joined table of events, devices and makers."""

    name = "icij-imdd"
    title = "ICIJ International Medical Devices Database"
    description = (
        "Recalls, safety alerts and field safety notices of many countries up to 2019, collected by the International "
        "Consortium of Investigative Journalists: events joined with devices and makers, as CSV."
    )
    licence = LICENCE

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def with_texts(self) -> Importer:
        """The same importer, which takes in reasons, summaries and descriptions."""
        return IcijDevices(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the first line names the columns of the joined table."""
        return set(MARKS) <= set(next(iter(beginning.splitlines()), "").replace('"', "").split(","))

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What each event says, in the order of the file."""
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(LICENCE))
        source = saying.record(
            graph, url=SITE, date="", key=self.name, level="source-read", licence=NamedNode(LICENCE), printed=None
        )
        yield from source.quads()
        events = _Events(path, source, texts=self._texts)
        for record in forms.table(path):
            if not set(COLUMNS) <= set(record.values):
                raise UnreadableFile(f"the columns have to be at least: {', '.join(COLUMNS)}", source=str(path), line=1)
            yield ROW
            yield from events.told(record)
        yield from events.counted()


class _Events:
    """The events of one file, and what of them was counted and told."""

    def __init__(self, path: Path, source: Facts, *, texts: bool) -> None:
        self.path, self.source, self.texts = path, source, texts
        self._given: set[NamedNode] = set()
        self._counts: Counter[str] = Counter()

    def told(self, record: Record) -> Iterator[Told]:
        """The quads and findings of one event."""
        place = _places().get(record.values["country_x"].strip())
        device = _value(record, "name_x")
        if place is None:
            message = "The registry has no such jurisdiction; the row is left out."
            yield self._wrong(record, "place", message, "country_x")
            return
        if not device:
            yield self._wrong(record, "device", "The row names no device and is left out.", "name_x")
            return
        facts = Facts(self.source.graph, self.source.record)
        number = _number(record)
        iri, repeated = self._named(record, place, number)
        if repeated:
            message = "Another event has this number already; each stays an action of its own."
            yield self._wrong(record, "number-repeated", message, "uid")
        yield from self._action(record, place, iri, device, facts)
        facts.say(iri, SGO.officialIdentifier, Literal(number) if number else None)
        yield from self._dates(record, iri, facts)
        self._texts_of(record, iri, facts)
        yield from facts.quads()

    def _named(self, record: Record, place: _Place, number: str) -> tuple[NamedNode, bool]:
        """By the number of the notice after its issuer, as in the curated tables; else by the number in the database."""
        own = vocab.entity("action", f"icij-{identifiers.slug(record.values['id_x'])}")
        if not number:
            return own, False
        issuer = AUTHORITIES.get(record.values["country_x"].strip(), place.code)
        iri = vocab.entity("action", identifiers.name_slug(f"{issuer} {number}"))
        if iri in self._given:
            return own, True
        self._given.add(iri)
        return iri, False

    def _action(self, record: Record, place: _Place, iri: NamedNode, device: str, facts: Facts) -> Iterator[Finding]:
        kind = record.values["type"].strip()
        if kind.lower() not in TYPES:
            message = "No such type of event is known; it is kept as a measure without a kind."
            yield self._wrong(record, "type", message, "type")
        code, types = TYPES.get(kind.lower(), ("", (SGO.SafetyAction,)))
        if _ALERT.fullmatch(record.values["uid"].strip()):
            code, types = "medical-device-alert", (SGO.SafetyAlert,)
        short = device if len(device) <= LONG else f"{device[:LONG].rstrip()}…"
        facts.say(iri, RDF.type, *types)
        facts.say(iri, RDFS.label, Literal(f"{short}: {kind.lower()}, {place.code} {record.values['date'][:10]}"))
        facts.say(iri, SGO.hasSourceRecord, facts.record)
        facts.say(iri, SGO.hasSafetyActionKind, vocab.concept("safety-action-kind", code) if code else None)
        facts.say(iri, SGO.issuedBy, self._issuer(record, place, facts))
        facts.say(iri, SGO.inJurisdiction, place.iri)
        facts.say(iri, SGO.deviceNameAsRead, Literal(device))
        makers = dict.fromkeys(_SPLIT.split(_value(record, "name_y")))
        facts.say(iri, SGO.makerNameAsRead, *(Literal(one) for one in makers if one.lower() not in FILLED))
        self._counts["Several makers stand in one cell; each is kept as a name"] += len(makers) > 1
        address = record.values["url"].strip()
        facts.say(iri, SGO.website, saying.address(address) if _is_address(address) else None)

    def _issuer(self, record: Record, place: _Place, facts: Facts) -> NamedNode:
        """The authority of the curated table, else the body that the database names, with a name without a language."""
        country = record.values["country_x"].strip()
        if country in AUTHORITIES:
            return vocab.entity("org", AUTHORITIES[country])
        name = _value(record, "source_x")
        short = {"FIN": "Valvira", "BLR": "Ministry of Health of Belarus"}.get(country, name.partition(" (")[0])
        iri = vocab.entity("org", identifiers.name_slug(f"{place.code} {short}"))
        if iri not in self._given:
            self._given.add(iri)
            facts.say(iri, RDF.type, SGO.Actor)
            facts.say(iri, RDFS.label, Literal(name or iri.value.rpartition("/")[2]))
            facts.say(iri, SGO.hasSourceRecord, facts.record)
            facts.say(iri, SGO.exercisesAuthorityIn, place.iri)
        return iri

    def _dates(self, record: Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        text = record.values["date"].strip()
        try:
            day = dt.date.fromisoformat(text[:10])
        except ValueError:
            day = None
        if day is None or day > CLOSED:
            if text.lower() not in FILLED:
                yield self._wrong(record, "date", "The event cannot have been on this day; it is left out.", "date")
            return
        facts.say(iri, SGO.printedValidFrom, dates.day(day))
        facts.say(iri, SGO.validFrom, dates.day(day))

    def _texts_of(self, record: Record, iri: NamedNode, facts: Facts) -> None:
        found = [text for column in ("reason", "action_summary", "description") if (text := _value(record, column))]
        if self.texts:
            facts.say(iri, DCTERMS.description, *map(Literal, found))
        counts = self._counts
        counts["Not taken: reasons, summaries and descriptions, unless texts are asked for"] += bool(found) and not self.texts
        counts["Not taken: the parent company and the field of medicine, which others added"] += bool(
            _value(record, "parent_company") or _value(record, "classification")
        )
        counts["Not taken: whom the notice is for"] += bool(_value(record, "target_audience"))

    def counted(self) -> Iterator[Finding]:
        """What was met often, or not taken, once for each kind."""
        for message, count in self._counts.items():
            if count:
                yield Finding("icij-counted", "", f"{message} ({count:,} rows).", Severity.INFO, source=str(self.path))

    def _wrong(self, record: Record, what: str, message: str, column: str) -> Finding:
        return Finding(
            rule=f"icij-{what}", thing="", message=message, severity=Severity.WARNING, source=str(self.path),
            line=record.line, column=column, value=record.values[column][:LONG],
        )  # fmt: skip


def _value(record: Record, column: str) -> str:
    """A value with its characters as they were meant; empty where the place was only filled."""
    text = " ".join(html.unescape(record.values.get(column, "")).split())
    return "" if text.lower() in FILLED else text


def _number(record: Record) -> str:
    """The number of the authority; empty where none is known."""
    country, number = record.values["country_x"].strip(), _value(record, "uid")
    if not number and country == "GBR" and _CASE.fullmatch(_value(record, "number_x")):
        number = _value(record, "number_x")
    if not number and country == "BLR":
        number = _value(record, "number_x")
    return NUMBERS.get(country, "{}").format(number) if number else ""


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and " " not in text
