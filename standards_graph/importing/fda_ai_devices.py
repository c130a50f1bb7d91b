"""The FDA's list of AI-enabled medical devices, in every form in which it was published.

A company is called what it called itself: spellings that differ in more than case and punctuation stay apart. One row may
name several devices; they stay one name. Both are for curators to mend.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import Defect, Record, records
from standards_graph.importing.packing import plain_name
from standards_graph.model import dates, identifiers
from standards_graph.vocab import RDFS, SGO, SKOS

PUBLIC_DOMAIN = "https://www.usa.gov/government-works"
SITE = "https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/"
LIST = "https://www.fda.gov/medical-devices/software-medical-device-samd/artificial-intelligence-enabled-medical-devices"
"""The page on which the list is published."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date of final decision", "date"),
    "number": ("submission number", "submission id"),
    "device": ("device",),
    "company": ("company",),
    "panel": ("panel", "panel (lead)"),
    "code": ("primary product code", "code"),
}
"""What the columns mean, and what the releases call them."""

FORMS = (".csv", ".xlsx", ".xml", ".json")
MARKS = ("panel", "device", "company")
"""Words of the names of columns that every release has."""

EXTRA = {"address": "submission url", "received": "received date", "summary": "summary url"}
"""Columns that only the release enriched from openFDA has."""

# Pathway and the page of a submission by the letters of its number.
PATHWAYS: Mapping[str, tuple[str, str]] = {
    "K": ("us-510k", "cfPMN/pmn.cfm?ID="),
    "DEN": ("us-de-novo", "cfpmn/denovo.cfm?id="),
    "P": ("us-pma", "cfpma/pma.cfm?id="),
}

PANELS: Mapping[str, str] = {
    "Gastroenterology/Urology": "Gastroenterology-Urology",
    "Clinical Tcxicology": "Clinical Toxicology",
    "Clinical Toxcicology": "Clinical Toxicology",
    "General & Plastic Surgery": "General and Plastic Surgery",
    "Obstetrics/Gynecology": "Obstetrics and Gynecology",
}
"""Spellings of panels that the releases print, and the panel that is meant."""

_FORMULA = re.compile(r'\s*=?\s*HYPERLINK\(\s*"(?P<address>[^"]+)"\s*,\s*"(?P<number>[^"]+)"\s*\)\s*', re.I)
_NUMBER = re.compile(r"(?P<letters>[A-Z]{1,4})[0-9]{6}(?P<supplement>/S[0-9]{3})?")
_SUPPLEMENT = re.compile(r"/(?=S[0-9]{3}$)")
_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_CODE = re.compile(r"[A-Z]{3}")
_RELEASE = re.compile(r"(?<!\d)(20\d{2}-(?:0[1-9]|1[0-2]))(?!\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of the list, in plain values."""

    number: str
    decided: dt.date
    device: str
    company: str
    panel: str
    code: str
    address: str
    received: str = ""
    summary: str = ""

    @property
    def pathway(self) -> str:
        """The legal route, by the letters of the number; empty where they are not known."""
        found = _NUMBER.fullmatch(self.number)
        letters = found["letters"] if found else ""
        supplement = "-supplement" if found and found["supplement"] else ""
        return PATHWAYS[letters][0] + supplement if letters in PATHWAYS else ""


class FdaAiDevices:
    """Reads the list as CSV, spreadsheet, XML, or the JSON that was enriched from openFDA."""

    name = "fda-ai-devices"
    title = "FDA list of AI-enabled medical devices"
    description = (
        "The list that the U.S. Food and Drug Administration publishes of devices with functions of artificial intelligence "
        "that it has authorised: CSV (2024), XLSX and XML (2025), and JSON enriched with dates of openFDA."
    )
    licence = PUBLIC_DOMAIN

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file has one of the four endings, and names the columns of the list."""
        if plain_name(path).endswith(".json") and not beginning.lstrip().startswith("["):
            return False
        heading = _heading(beginning)
        named = any(word in heading for word in COLUMNS["number"])
        return plain_name(path).endswith(FORMS) and named and all(word in heading for word in MARKS)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the list says, entry by entry in the order of the file."""
        found = tuple(_listed(path))
        if not found:
            raise UnreadableFile("the file lists no device", source=str(path))
        names = _Names((one for one in found if isinstance(one, Entry)), packaged().names)
        licence = NamedNode(PUBLIC_DOMAIN)
        yield from saying.file_record(graph, path, url=LIST, licence=licence, release=_release(path))
        seen: set[Quad] = set()
        for one in found:
            yield ROW
            if isinstance(one, Defect):
                yield one.finding(f"{self.name}-row")
                continue
            fresh = [quad for quad in _entry(one, names, graph) if quad not in seen]
            seen.update(fresh)
            yield from fresh


# --- reading ---


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a file; raises UnreadableFile with the place of the first value that cannot be used."""
    for one in _listed(path):
        if isinstance(one, Defect):
            raise one
        yield one


def _listed(path: Path) -> Iterator[Entry | Defect]:
    """The entries of a file, and what is wrong with rows that are none; raises UnreadableFile where a column is missing."""
    seen: dict[str, int] = {}
    for record in records(path):
        plain = {_heading(name): (name, value) for name, value in record.values.items()}
        _check_columns(record, plain)
        try:
            entry = _read(record, plain)
            first = seen.setdefault(entry.number, record.line)
            if first != record.line:
                raise record.wrong(_name(plain, "number"), f"{entry.number} stands in row {first} already; keep one of the two")
        except Defect as error:
            yield error
        else:
            yield entry


def _check_columns(record: Record, plain: Mapping[str, tuple[str, str]]) -> None:
    for names in COLUMNS.values():
        if not any(name in plain for name in names):
            raise UnreadableFile(f"a column is missing; the column is called {' or '.join(names)}", source=str(record.path))


def _read(record: Record, plain: Mapping[str, tuple[str, str]]) -> Entry:
    cells = {column: _cell(record, plain, column) for column in COLUMNS}
    extra = {key: plain.get(heading, ("", ""))[1].strip() for key, heading in EXTRA.items()}
    formula = _FORMULA.fullmatch(cells["number"])
    number = formula["number"] if formula else cells["number"]
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise record.wrong(_name(plain, "number"), "this is no submission number such as K252054, DEN240068 or P140011/S008")
    if not _CODE.fullmatch(cells["code"]):
        raise record.wrong(_name(plain, "code"), "a product code is three capital letters")
    _check(record, plain, extra)
    return Entry(
        number=number,
        decided=_decided(record, plain, cells["date"]),
        device=cells["device"],
        company=cells["company"],
        panel=cells["panel"],
        code=cells["code"],
        address=_settled(formula["address"] if formula else extra["address"], _address(number, match["letters"])),
        received=extra["received"],
        summary=extra["summary"],
    )


def _check(record: Record, plain: Mapping[str, tuple[str, str]], extra: Mapping[str, str]) -> None:
    """Raise UnreadableFile for a day or an address that is none."""
    uses = {"received": (dates.printed, "write the date as 2025-09-29"), "summary": (NamedNode, "this is no address")}
    for column, (use, reason) in uses.items():
        try:
            if extra[column]:
                use(extra[column])
        except ValueError as error:
            raise record.wrong(plain[EXTRA[column]][0], reason) from error


def _heading(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())


def _name(plain: Mapping[str, tuple[str, str]], column: str) -> str:
    return next((plain[heading][0] for heading in COLUMNS[column] if heading in plain), COLUMNS[column][0])


def _cell(record: Record, plain: Mapping[str, tuple[str, str]], column: str) -> str:
    """A value without line breaks and double spaces, its characters mended; no value is an error."""
    text = next((plain[heading][1] for heading in COLUMNS[column] if heading in plain), "")
    found = " ".join(mended(text).split())
    if not found:
        raise record.wrong(_name(plain, column), "this may not be empty")
    return found


def mended(text: str) -> str:
    """Text in which control characters stand for what they were in Windows-1252, such as a dash or the mark for a trademark."""
    return "".join(_mended(letter) if "\x80" <= letter <= "\x9f" else letter for letter in text)


def _mended(letter: str) -> str:
    return letter.encode("latin-1").decode("cp1252", "replace")


def _decided(record: Record, plain: Mapping[str, tuple[str, str]], text: str) -> dt.date:
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError("no date")
        return dt.date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError as error:
        raise record.wrong(_name(plain, "date"), "write the date as month/day/year, such as 09/29/2025") from error


def _address(number: str, letters: str) -> str:
    """The page of the submission at the FDA, for releases that print the number alone."""
    page = PATHWAYS[letters][1] if letters in PATHWAYS else "cfpmn/pmn.cfm?ID="
    return SITE + page + number


def _settled(printed: str, usual: str) -> str:
    """The usual address where the release prints none, or the same with other capitals or without the slash of a supplement."""
    alike = {usual.lower(), _SUPPLEMENT.sub("", usual).lower()}
    return usual if printed.lower() in ("", *alike) else printed


def _release(path: Path) -> str:
    """The month of the release: from ``source.toml`` beside the file, else from the file's name, else unknown."""
    beside = path.parent / "source.toml"
    try:
        told = tomllib.loads(beside.read_text("utf-8")) if beside.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableFile(f"{error}; mend it, or take it away", source=str(beside)) from error
    text = str(told.get("release", "")) if told.get("file") == path.name else path.name
    found = _RELEASE.search(text)
    return found[1] if found else ""


# --- saying ---


class _Names:
    """One name for each company and device; other spellings stay as further names.

    It is the name of the packaged release, so that no release renames what a curated table speaks of; what that release does
    not have is called by the spelling that the list prints most often.
    """

    def __init__(self, found: Iterable[Entry], settled: _Names | None = None) -> None:
        self._settled = settled
        self._spellings: dict[str, Counter[str]] = {}
        for entry in found:
            self._count(company(entry.company), entry.company)
            self._count(identifiers.device(entry.company, entry.device), entry.device)

    def _count(self, slug: str, text: str) -> None:
        self._spellings.setdefault(slug, Counter())[text] += 1

    def label(self, slug: str) -> str:
        if self._settled and self._settled.known(slug):
            return self._settled.label(slug)
        counts = self._spellings[slug]
        return min(counts, key=lambda text: (-counts[text], text.isupper(), text))

    def known(self, slug: str) -> bool:
        return slug in self._spellings

    def others(self, slug: str) -> Iterator[str]:
        yield from sorted(set(self._spellings[slug]) - {self.label(slug)})


def company(name: str) -> str:
    """The slug of a company; one that a curated organisation bears already gets ``-company``."""
    slug = identifiers.name_slug(name)
    return f"{slug}-company" if slug in _taken() else slug


@lru_cache(maxsize=1)
def _taken() -> frozenset[str]:
    folder = resources.data() / "curated"
    return frozenset(key for table in ("regulators", "standards_bodies") for key in _keys(folder / f"{table}.csv"))


def _keys(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        yield from (line[0] for line in lines)


class Packaged:
    """What the packaged release calls things: whoever else speaks of the same thing calls it so too."""

    def __init__(self) -> None:
        found = tuple(entries(resources.data() / "fda-ai-devices" / "devices.csv"))
        self._numbers = {entry.number: entry for entry in found}
        self.names = _Names(found)

    def entry(self, number: str) -> Entry | None:
        """The entry with that submission number, or None."""
        return self._numbers.get(number)

    def name(self, slug: str, otherwise: str) -> str:
        """The name of the company or device with that slug, or the other one where the list has none."""
        return self.names.label(slug) if self.names.known(slug) else otherwise


@lru_cache(maxsize=1)
def packaged() -> Packaged:
    """The packaged release, read once."""
    return Packaged()


def authorisation_label(number: str, device: str) -> str:
    """What a decision of the FDA is called."""
    return f"{number}: {device}"


US = vocab.entity("jurisdiction", "us")
FDA = vocab.entity("org", "us-fda")
PANEL = vocab.concept("us-panel")
CODE = vocab.concept("us-product-code")


def _entry(entry: Entry, names: _Names, graph: NamedNode) -> Iterator[Quad]:
    facts = saying.record(
        graph,
        url=entry.address,
        date="",
        key=f"fda-ai-devices#{entry.number}",
        level="source-read",
        licence=NamedNode(PUBLIC_DOMAIN),
        printed=None,
    )
    maker = _maker(entry, names, facts)
    device = _device(entry, names, facts, maker)
    iri = vocab.entity("authorisation", identifiers.authorisation(entry.number, "us"))
    facts.entity(iri, SGO.MarketAuthorisation, label=authorisation_label(entry.number, entry.device))
    facts.say(iri, SGO.officialIdentifier, Literal(entry.number))
    facts.say(iri, SGO.identifierScheme, Literal("FDA submission number"))
    facts.say(iri, SGO.authorises, device)
    facts.say(iri, SGO.issuedBy, FDA)
    facts.say(iri, SGO.inJurisdiction, US)
    facts.say(iri, SGO.decidedOn, dates.day(entry.decided))
    facts.say(iri, SGO.validFrom, dates.day(entry.decided))
    facts.say(iri, SGO.viaPathway, vocab.concept("pathway", entry.pathway) if entry.pathway else None)
    facts.say(iri, SGO.panel, _panel(entry, facts))
    facts.say(iri, SGO.printedApplicantName, Literal(entry.company))
    facts.say(iri, SGO.printedDeviceName, Literal(entry.device))
    facts.say(iri, SGO.printedPanelName, Literal(entry.panel))
    facts.say(iri, SGO.receivedOn, dates.printed(entry.received) if entry.received else None)
    facts.say(iri, RDFS.seeAlso, NamedNode(entry.summary) if entry.summary else None)
    yield from facts.quads()


def _maker(entry: Entry, names: _Names, facts: Facts) -> NamedNode:
    slug = company(entry.company)
    iri = facts.entity(vocab.entity("org", slug), SGO.Actor, SGO.Manufacturer, label=names.label(slug))
    facts.say(iri, SKOS.altLabel, *map(saying.english, names.others(slug)))
    return iri


def _device(entry: Entry, names: _Names, facts: Facts, maker: NamedNode) -> NamedNode:
    slug = identifiers.device(entry.company, entry.device)
    iri = facts.entity(vocab.entity("device", slug), SGO.DeviceFamily, SGO.AIDevice, label=names.label(slug))
    facts.say(iri, SKOS.altLabel, *map(saying.english, names.others(slug)))
    facts.say(iri, SGO.manufacturedBy, maker)
    facts.concept(CODE, label="FDA product codes")
    code = vocab.concept("us-product-code", entry.code.lower())
    facts.concept(code, SGO.DeviceType, label=f"FDA product code {entry.code}", scheme=CODE)
    facts.say(code, SKOS.notation, Literal(entry.code))
    facts.say(iri, SGO.classifiedAs, code)
    return iri


def _panel(entry: Entry, facts: Facts) -> NamedNode:
    meant = PANELS.get(entry.panel, entry.panel)
    facts.concept(PANEL, label="FDA review panels")
    iri = vocab.concept("us-panel", identifiers.slug(meant))
    facts.concept(iri, label=meant, scheme=PANEL)
    facts.say(iri, SKOS.notation, Literal(meant))
    facts.say(iri, SKOS.hiddenLabel, saying.english(entry.panel) if entry.panel != meant else None)
    return iri
