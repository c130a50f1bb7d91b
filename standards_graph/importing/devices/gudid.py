"""The FDA's database of device identifiers (GUDID): each record becomes one version of a device.

The early public files, the full release and the answers of the AccessGUDID service are one form with small differences: each
of them is read as XML.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element, SubElement

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing import fda_ai_devices as fda
from standards_graph.importing import forms
from standards_graph.importing.base import ROW, Importer, Told
from standards_graph.importing.devices import identifying
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import members
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

SITE = "https://accessgudid.nlm.nih.gov/"
NAMESPACE = "http://www.fda.gov/cdrh/gudid"
AGENCIES = ("GS1", "HIBCC", "ICCBBA", "NDC/NHRIC")
"""Who may issue device identifiers: 21 CFR 830.100, and the National Drug Code that older records bear."""

OLDER = "older"
"""Says on the device of a history how many versions of the record came before."""

LEFT_OUT = {
    "customerContact": "telephone numbers and e-mail addresses of customer service",
    "gmdn": "terms of the Global Medical Device Nomenclature, which belong to the GMDN Agency",
    "deviceSize": "sizes",
    "storageHandling": "conditions of storage and handling",
    "pkgQuantity": "quantities, kinds and dates of packages; their identifiers are taken",
    "deviceCommDistributionEndDate": "days on which distribution ended",
    "publicVersionNumber": "numbers and days of versions of records",
    "devicePublishDate": "days on which records were published",
    "catalogNumber": "catalogue numbers",
    "sterilization": "statements on sterilisation",
    "DMExempt": "statements on labelling, prescription, latex, kits and safety in magnetic fields",
}
"""Parts of a record that are not taken in, by the element that tells them."""

_CODE = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"(K|DEN|P)[0-9]{6}|(BK|BP|BN|N|H|D)[0-9]{5,6}")
_SUPPLEMENT = re.compile(r"S?0*([0-9]{1,3})")


class Gudid:
    """Reads releases of GUDID as XML, alone or several in an archive, and answers of the AccessGUDID service as JSON."""

    name = "gudid"
    title = "FDA database of device identifiers (GUDID)"
    description = (
        "The Global Unique Device Identification Database of the U.S. Food and Drug Administration: XML of full and daily "
        "releases, plain or in an archive, and JSON of the AccessGUDID service (device lookup and history)."
    )
    licence = fda.PUBLIC_DOMAIN

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts
        self._names = identifying.Names()

    def with_texts(self) -> Importer:
        """The same importer, which takes in the descriptions that makers wrote."""
        return Gudid(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the beginning has the namespace of GUDID, or what every answer of the service about a device has."""
        start = beginning.lstrip()
        return (start.startswith("<") and NAMESPACE in start) or (start.startswith("{") and '"publicDeviceRecordKey"' in start)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What each record says, in the order of the file."""
        shared = _Shared(path, graph, self._names, texts=self._texts)
        yield from saying.file_record(graph, path, url=f"{SITE}download", licence=NamedNode(self.licence))
        yield from shared.source.quads()
        for number, device in _devices(path):
            yield ROW
            yield from shared.told(number, device)
        if not shared.rows:
            raise UnreadableFile("the file holds no record of GUDID", source=str(path))
        yield from shared.left_out()


# --- reading ---


def _devices(path: Path) -> Iterator[tuple[int, Element]]:
    number = 0
    for name, stream in members(path):
        for _, one in _of_stream(stream, source=f"{path}: {name}" if name != path.name else str(path)):
            number += 1
            yield number, one


def _of_stream(stream: BinaryIO, *, source: str) -> Iterator[tuple[int, Element]]:
    buffered = cast("io.BufferedReader", stream)
    if buffered.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from enumerate(_of_answer(plain.from_json(buffered.read(), source=source), source), start=1)
    else:
        yield from forms.elements_of(buffered, "device", source=source)


def _of_answer(answer: object, source: str) -> Iterator[Element]:
    """The device of an answer of the service; of a history, the device as its newest version has it."""
    told = answer if isinstance(answer, dict) else {}
    history, found = told.get("history"), told.get("gudid")
    if isinstance(history, dict) and history:
        newest = history[max(history, key=lambda number: int(number) if str(number).isdigit() else 0)]
        text = newest.get("xml") if isinstance(newest, dict) else None
        if not isinstance(text, str):
            raise UnreadableFile("the newest version of the history has no XML; fetch it again", source=source)
        for _, one in forms.elements_of(io.BytesIO(text.encode()), "device", source=source):
            one.set(OLDER, str(len(history) - 1))
            yield one
    elif isinstance(found, dict) and isinstance(found.get("device"), dict):
        yield _element("device", found["device"])
    else:
        raise UnreadableFile("this is no answer of AccessGUDID about a device", source=source)


def _element(name: str, value: object) -> Element:
    """A value of the service in the form of the releases: lists become repeated elements."""
    one = Element(name)
    if isinstance(value, dict):
        for key, inner in value.items():
            for each in inner if isinstance(inner, list) else [inner]:
                one.append(_element(key, each))
    elif isinstance(value, bool):
        one.text = "true" if value else "false"
    elif value is not None:
        one.text = str(value)
    else:
        SubElement(one, "nil")
    return one


class _Record:
    """The texts of a record by the names of its elements; an empty one, one marked as nil and a missing one are alike."""

    def __init__(self, device: Element) -> None:
        self.parts: dict[str, list[Element]] = {}
        self._own: dict[str, str] = {}
        for one in device:
            self._own.setdefault(_local(one), _text(one))
        for one in device.iter():
            self.parts.setdefault(_local(one), []).append(one)

    def __getitem__(self, name: str) -> str:
        return self._own.get(name, "")

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The inner texts of each element of that name, wherever it stands."""
        for one in self.parts.get(name, ()):
            yield {_local(inner): _text(inner) for inner in one}

    def tells(self, name: str) -> bool:
        """Whether an element of that name says anything."""
        return any(_text(inner) for one in self.parts.get(name, ()) for inner in one.iter())


def _local(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _text(one: Element) -> str:
    return " ".join(fda.mended(one.text or "").split())


# --- saying ---


class _Shared:
    """What the records of one file have in common, and what of it was told already."""

    def __init__(self, path: Path, graph: NamedNode, names: identifying.Names, *, texts: bool) -> None:
        self.path, self.names, self.texts = path, names, texts
        self.source = saying.record(
            graph, url=f"{SITE}download", date="", key=Gudid.name, level="source-read",
            licence=NamedNode(Gudid.licence), printed=None,
        )  # fmt: skip
        self.rows = 0
        self._once: set[object] = set()
        self._left: Counter[str] = Counter()

    def told(self, number: int, device: Element) -> Iterator[Told]:
        """The quads and findings of one record."""
        self.rows += 1
        record = _Record(device)
        self._left.update(name for name in LEFT_OUT if record.tells(name))
        self._left[OLDER] += int(device.get(OLDER, "0"))
        self._left["deviceDescription"] += bool(record["deviceDescription"]) and not self.texts
        listed = [one for one in record.rows("identifier") if one.get("deviceId")]
        primary = next((one for one in listed if one.get("deviceIdType") == "Primary"), None)
        if primary is None:
            yield self._wrong(number, "no-primary", "The record has no primary identifier and is left out.", "deviceId", "")
            return
        try:
            iri = identifying.version(primary.get("deviceIdIssuingAgency", ""), primary["deviceId"])
        except ValueError:
            message = "Of this agency and identifier no name can be made; the record is left out."
            yield self._wrong(number, "identifier", message, "deviceId", primary["deviceId"])
            return
        if iri in self._once:
            message = "The identifier stands in the file already; this record is left out."
            yield self._wrong(number, "repeated", message, "deviceId", primary["deviceId"])
            return
        self._once.add(iri)
        yield from self._identifiers(number, listed)
        facts = Facts(self.source.graph, self.source.record)
        yield from self._version(number, record, primary, listed, iri, facts)
        yield from facts.quads()

    def _identifiers(self, number: int, listed: list[dict[str, str]]) -> Iterator[Finding]:
        own = {one["deviceId"] for one in listed}
        for one in listed:
            agency, text, inside = one.get("deviceIdIssuingAgency", ""), one["deviceId"], one.get("containsDINumber", "")
            if agency not in AGENCIES:
                yield self._wrong(number, "agency", "No issuing agency of this name is known.", "deviceIdIssuingAgency", agency)
            if agency == "GS1" and not identifying.check_digit_fits(text):
                yield self._wrong(number, "check-digit", "The check digit does not fit.", "deviceId", text)
            if inside and inside not in own:
                message = "The package holds an identifier that the record does not list."
                yield self._wrong(number, "package", message, "containsDINumber", inside)

    def _version(
        self, number: int, record: _Record, primary: dict[str, str], listed: list[dict[str, str]], iri: NamedNode, facts: Facts
    ) -> Iterator[Finding]:
        brand, model = identifying.brand(record["brandName"]), record["versionModelNumber"]
        facts.entity(iri, SGO.DeviceVersion, label=identifying.version_label(brand, model, primary["deviceId"]))
        facts.say(iri, SGO.officialIdentifier, Literal(primary["deviceId"]))
        facts.say(iri, SGO.identifierScheme, Literal(f"UDI-DI ({primary.get('deviceIdIssuingAgency', '')})"))
        facts.say(iri, SGO.deviceIdentifier, *(Literal(one["deviceId"]) for one in listed))
        facts.say(iri, SGO.versionLabel, Literal(model) if model else None)
        status = [record["deviceCommDistributionStatus"], record["deviceRecordStatus"].replace("Published", "")]
        facts.say(iri, SGO.statusAsRead, *(Literal(one) for one in status if one))
        facts.say(iri, SGO.website, saying.address(f"{SITE}devices/{primary['deviceId']}"))
        if self.texts and record["deviceDescription"]:
            facts.say(iri, DCTERMS.description, saying.english(record["deviceDescription"]))
        maker = self._maker(record, facts)
        facts.say(iri, SGO.manufacturedBy, maker)
        if maker and brand:
            facts.say(iri, SGO.isVersionOf, self._family(record["companyName"], brand, maker, facts))
        yield from self._codes(number, record, iri, facts)
        yield from self._submissions(number, record, iri, facts)

    def _maker(self, record: _Record, facts: Facts) -> NamedNode | None:
        """The firm as the rule for the FDA's printed names has it; its DUNS number is told beside, and merges nothing."""
        printed, duns = record["companyName"], record["dunsNumber"]
        if not printed:
            return None
        slug = fda.company(printed)
        iri = vocab.entity("org", slug)
        self._named(iri, slug, printed, facts, SGO.Actor, SGO.Manufacturer)
        if duns and self._first(iri, duns):
            facts.say(iri, SGO.officialIdentifier, Literal(duns))
            facts.say(iri, SGO.identifierScheme, Literal("D-U-N-S"))
        return iri

    def _family(self, company: str, brand: str, maker: NamedNode, facts: Facts) -> NamedNode:
        slug = identifiers.device(company, brand)
        iri = vocab.entity("device", slug)
        if self._named(iri, slug, brand, facts, SGO.DeviceFamily):
            facts.say(iri, SGO.manufacturedBy, maker)
        return iri

    def _named(self, iri: NamedNode, slug: str, printed: str, facts: Facts, *types: NamedNode) -> bool:
        label, new = self.names.label(slug, printed), self._first(iri)
        if new:
            facts.entity(iri, *types, label=label)
        if printed != label and self._first(iri, printed):
            facts.say(iri, SKOS.altLabel, saying.english(printed))
        return new

    def _codes(self, number: int, record: _Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        for one in record.rows("fdaProductCode"):
            text = one.get("productCode", "")
            if not _CODE.fullmatch(text):
                if text:
                    message = "A product code is three capital letters; this one is left out."
                    yield self._wrong(number, "product-code", message, "productCode", text)
                continue
            code = vocab.concept("us-product-code", text.lower())
            if self._first(code):
                if self._first(fda.CODE):
                    facts.concept(fda.CODE, label="FDA product codes")
                facts.concept(code, SGO.DeviceType, label=f"FDA product code {text}", scheme=fda.CODE)
                facts.say(code, SKOS.notation, Literal(text))
            facts.say(iri, SGO.classifiedAs, code)

    def _submissions(self, number: int, record: _Record, iri: NamedNode, facts: Facts) -> Iterator[Finding]:
        for one in record.rows("premarketSubmission"):
            text, more = one.get("submissionNumber", ""), one.get("supplementNumber", "")
            if not text:
                continue
            supplement = _SUPPLEMENT.fullmatch(more or "0")
            if not _NUMBER.fullmatch(text) or supplement is None:
                message = "This is no submission number such as K252054 or P140011; it is left out."
                yield self._wrong(number, "submission", message, "submissionNumber", f"{text} {more}".strip())
                continue
            full = f"{text}/S{int(supplement[1]):03}" if int(supplement[1]) else text
            facts.say(self._authorisation(full, facts), SGO.authorises, iri)

    def _authorisation(self, number: str, facts: Facts) -> NamedNode:
        """What the number alone says of the decision; its own lists say the rest.

        The name has no language, so that it does not stand against the one that a list gives.
        """
        iri = vocab.entity("authorisation", identifiers.authorisation(number, "us"))
        if self._first(iri):
            facts.say(iri, RDF.type, SGO.MarketAuthorisation)
            facts.say(iri, RDFS.label, Literal(number))
            facts.say(iri, SGO.hasSourceRecord, facts.record)
            facts.say(iri, SGO.officialIdentifier, Literal(number))
            facts.say(iri, SGO.identifierScheme, Literal("FDA submission number"))
            facts.say(iri, SGO.issuedBy, fda.FDA)
            facts.say(iri, SGO.inJurisdiction, fda.US)
            facts.say(iri, SGO.viaPathway, _pathway(number))
        return iri

    def _first(self, *what: object) -> bool:
        if what in self._once:
            return False
        self._once.add(what)
        return True

    def _wrong(self, number: int, what: str, message: str, column: str, value: str) -> Finding:
        return Finding(
            rule=f"gudid-{what}", thing="", message=message, severity=Severity.WARNING, source=str(self.path), line=number,
            column=column, value=value, remedy="Compare the record with its page at AccessGUDID.",
        )  # fmt: skip

    def left_out(self) -> Iterator[Finding]:
        """What the records tell and the registry does not take, once for each kind."""
        kinds = {**LEFT_OUT, "deviceDescription": "descriptions by makers, unless texts are asked for"}
        if self._left[OLDER]:
            message = f"Not taken: {self._left[OLDER]} older versions of the record; the newest one is read."
            yield Finding("gudid-history", "", message, Severity.INFO, source=str(self.path))
        for name, what in kinds.items():
            if self._left[name]:
                yield Finding(
                    rule="gudid-left-out", thing="", severity=Severity.INFO, source=str(self.path), column=name,
                    message=f"Not taken from {self._left[name]:,} records: {what}.",
                )  # fmt: skip


def _pathway(number: str) -> NamedNode | None:
    letters = number.rstrip("/S0123456789") if "/" in number else number.rstrip("0123456789")
    if letters not in fda.PATHWAYS:
        return None
    return vocab.concept("pathway", fda.PATHWAYS[letters][0] + ("-supplement" if "/" in number and letters == "P" else ""))
