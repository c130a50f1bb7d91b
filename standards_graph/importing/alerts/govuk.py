"""Alerts of the United Kingdom's regulator (MHRA) as GOV.UK publishes them, and the vocabulary of its finder, old and new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, Importer, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import members
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

SITE = "https://www.gov.uk"
FINDER = f"{SITE}/drug-device-alerts"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
DOCUMENT = "medical_safety_alert"
AUTHORITY = vocab.entity("org", "mhra")
KINGDOM = vocab.entity("jurisdiction", "gb")

KINDS: dict[str, tuple[str, NamedNode]] = {
    "devices": ("medical-device-alert", SGO.SafetyAlert),
    "field-safety-notices": ("field-safety-notice", SGO.FieldSafetyCorrectiveAction),
    "national-patient-safety": ("national-patient-safety-alert", SGO.SafetyAlert),
    "device-safety-information": ("device-safety-information", SGO.SafetyAlert),
}
"""Types of alert about devices, that of 2015 and those of today, and what each is here."""

NOT_DEVICES = {
    "drugs": "alerts on medicines",
    "medicines-recall-notification": "recalls of medicines",
    "mhra-safety-round-up": "monthly summaries",
    "company-led-drugs": "recalls of medicines led by firms",
}
"""Types of alert that are about no device."""

FACETS = {
    "alert_type": ("mhra-alert-type", "Types of alert of the MHRA"),
    "medical_specialism": ("mhra-medical-specialism", "Medical specialties in alerts of the MHRA"),
}
"""Which lists of a finder are code lists, and what they are called here."""

_HERE = re.compile(r'"base_path"\s*:\s*"/drug-device-alerts')
_NUMBER = re.compile(r"\b(?:MDA/\d{4}/\d{3}[A-Z]?|DSI/\d{4}/\d{1,3}|NatPSA/\d{4}/\d{3}/[A-Z]+|SDA/\d{4}/\d{3})\b")
_MAKER = re.compile(r"^\(([^()]+)\)\s")
_DASH = re.compile(r"\s+[-–—]\s+")


class MhraAlerts:
    """Reads content items of alerts, one or several in a file or an archive, and finders with their code lists."""

    name = "mhra-alerts"
    title = "MHRA alerts on GOV.UK"
    description = (
        "Alerts, recalls and safety information of the Medicines and Healthcare products Regulatory Agency as content items "
        "of GOV.UK (JSON), and the finders of 2015 and later whose lists name types of alert and specialties."
    )
    licence = LICENCE

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts
        self._names: dict[str, str] = {}

    def with_texts(self) -> Importer:
        """The same importer, which takes in what the alerts say in full."""
        return MhraAlerts(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON of an item below the address of the finder, or of the finder itself."""
        return beginning.lstrip().startswith(("{", "[")) and _HERE.search(beginning) is not None

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills: alerts and code lists lie apart."""
        finder = '"document_noun"' in packing.beginning(path)
        return "source/mhra-alert-terms" if finder else f"source/{self.name}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What each item says, or the codes of a finder."""
        yield from saying.file_record(graph, path, url=FINDER, licence=NamedNode(LICENCE))
        left = Counter[str]()
        for number, item in enumerate(_items(path), start=1):
            if isinstance(_facets(item), list):
                yield from self._codes(item, graph)
            elif item.get("document_type") == DOCUMENT:
                yield ROW
                yield from _alert(path, number, item, graph, left, texts=self._texts)
            else:
                raise UnreadableFile("this is neither an alert of the MHRA nor their finder", source=str(path))
        for message, count in left.items():
            yield _finding(path, "left-out", f"Not taken: {message} ({count:,} items).", Severity.INFO)

    def _codes(self, finder: dict[str, Any], graph: NamedNode) -> Iterator[Told]:
        facts = saying.record(
            graph, url=FINDER, date="", key=f"{self.name}#finder", level="source-read", licence=NamedNode(LICENCE), printed=None
        )
        for facet in _facets(finder):
            known = FACETS.get(str(facet.get("key"))) if isinstance(facet, dict) else None
            if known is None:
                continue
            scheme = facts.concept(vocab.concept(known[0]), label=known[1])
            for value in facet.get("allowed_values", []):
                yield ROW
                self._code(facts, scheme, known[0], str(value.get("value", "")), str(value.get("label", "")))
        yield from facts.quads()

    def _code(self, facts: Facts, scheme: NamedNode, name: str, value: str, label: str) -> None:
        """A code by its value; where a later finder words it otherwise, the other words stay as a further name."""
        iri = vocab.concept(name, identifiers.slug(value))
        first = self._names.setdefault(iri.value, label)
        facts.concept(iri, label=first, scheme=scheme)
        facts.say(iri, SKOS.notation, Literal(value))
        facts.say(iri, SKOS.altLabel, saying.english(label) if label != first else None)
        facts.say(iri, SGO.hasSourceRecord, facts.record)


def _items(path: Path) -> Iterator[dict[str, Any]]:
    found = False
    for name, stream in members(path):
        told = plain.from_json(stream.read(), source=f"{path}: {name}" if name != path.name else str(path))
        for one in told if isinstance(told, list) else [told]:
            if not isinstance(one, dict):
                raise UnreadableFile("the file has to hold content items of GOV.UK", source=str(path))
            found = True
            yield one
    if not found:
        raise UnreadableFile("the file holds no content item", source=str(path))


def _facets(item: dict[str, Any]) -> Any:
    """The lists of a finder, which stand inside its details in the older form; None for what is no finder of alerts."""
    details = item.get("details")
    holder = details if isinstance(details, dict) and "facets" in details else item
    told = holder.get("filter", {})
    mine = isinstance(told, dict) and DOCUMENT in (told.get("format"), told.get("document_type"))
    return holder.get("facets") if mine else None


def _alert(
    path: Path, number: int, item: dict[str, Any], graph: NamedNode, left: Counter[str], *, texts: bool
) -> Iterator[Told]:
    details = _inner(item, "details")
    metadata = _inner(details, "metadata")
    kind = str(metadata.get("alert_type", ""))
    if kind in NOT_DEVICES:
        left[NOT_DEVICES[kind]] += 1
        return
    base, title = str(item.get("base_path", "")), " ".join(str(item.get("title", "")).split())
    if not base or not title:
        yield _finding(path, "item", "The item has no address or no title; it is left out.", Severity.WARNING, number)
        return
    if kind not in KINDS:
        message = "No such type of alert is known; it is kept as a measure without a kind."
        yield _finding(path, "alert-type", message, Severity.WARNING, number, kind)
    updated = str(item.get("public_updated_at", ""))[:10]
    facts = saying.record(
        graph, url=SITE + base, date="", key=f"{MhraAlerts.name}#{item.get('content_id', base)}", level="source-read",
        licence=NamedNode(LICENCE), printed=dates.printed(updated) if _is_day(updated) else None,
    )  # fmt: skip
    iri = _said(item, title, kind, facts)
    yield from _dated(path, number, iri, metadata, item, facts)
    if texts:
        facts.say(iri, DCTERMS.description, saying.english(_plain(str(details.get("body", "")))))
    left["what alerts say in full, unless texts are asked for"] += not texts
    left["medical specialties"] += bool(metadata.get("medical_specialism"))
    left["attachments"] += bool(details.get("attachments"))
    for message in [message for message, count in left.items() if not count]:
        del left[message]
    yield from facts.quads()


def _inner(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _said(item: dict[str, Any], title: str, kind: str, facts: Facts) -> NamedNode:
    """The alert by its number, where one is printed, else by its address.

    Its name has no language, so that it does not stand against the name of the same alert in a curated table.
    """
    summary = " ".join(str(item.get("description") or "").split())
    printed = _NUMBER.search(f"{title} {summary}")
    key = printed[0] if printed else str(item["base_path"]).rpartition("/")[2]
    iri = vocab.entity("action", identifiers.name_slug(f"mhra {key}"))
    code, narrower = KINDS.get(kind, ("", SGO.SafetyAction))
    facts.say(iri, RDF.type, narrower)
    facts.say(iri, RDFS.label, Literal(title))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SGO.hasSafetyActionKind, vocab.concept("safety-action-kind", code) if code else None)
    facts.say(iri, SGO.issuedBy, AUTHORITY)
    facts.say(iri, SGO.inJurisdiction, KINGDOM)
    facts.say(iri, SGO.officialIdentifier, Literal(printed[0]) if printed else None)
    facts.say(iri, SGO.deviceNameAsRead, Literal(_DASH.split(title)[0]))
    maker = _MAKER.match(summary) if kind == "devices" else None
    facts.say(iri, SGO.makerNameAsRead, Literal(maker[1]) if maker else None)
    facts.say(iri, DCTERMS.description, saying.english(summary) if summary else None)
    facts.say(iri, SGO.website, saying.address(SITE + str(item["base_path"])))
    return iri


def _dated(
    path: Path, number: int, iri: NamedNode, metadata: dict[str, Any], item: dict[str, Any], facts: Facts
) -> Iterator[Finding]:
    issued = str(metadata.get("issued_date", ""))
    if _is_day(issued):
        facts.say(iri, SGO.printedValidFrom, dates.printed(issued))
        facts.say(iri, SGO.validFrom, dates.day(dates.earliest(issued)))
        facts.say(iri, SGO.dateNote, Literal("issued"))
    elif issued:
        message = "This is no day on which the alert was issued; it is left out."
        yield _finding(path, "date", message, Severity.WARNING, number, issued)
    ended = _inner(item, "withdrawn_notice")
    if ended:
        day = str(ended.get("withdrawn_at", ""))[:10]
        facts.say(iri, SGO.statusAsRead, Literal("withdrawn"))
        facts.say(iri, SGO.validUntil, dates.day(dates.earliest(day)) if _is_day(day) and day > issued else None)


def _is_day(text: str) -> bool:
    try:
        dates.earliest(text)
    except ValueError:
        return False
    return len(text) == 10


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _plain(html: str) -> str:
    """The words of a piece of HTML."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join(" ".join(words.found).split())


def _finding(path: Path, what: str, message: str, severity: Severity, number: int | None = None, value: str = "") -> Finding:
    return Finding(f"mhra-{what}", "", message, severity, source=str(path), line=number, value=value)
