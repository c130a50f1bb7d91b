"""Mandates of the Swiss database on medical devices (swissdamed): who acts in Switzerland for a manufacturer from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.devices import identifying
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import Record
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, RDFS, SGO

SITE = "https://swissdamed.ch"
COLUMNS = (
    "srn", "manufacturer", "mandateType", "manufacturer_country", "mandate_holder_chrn", "mandate_holder_name",
    "mandate_holder_uid",
)  # fmt: skip
MANUFACTURER = "MF"
"""The kind of mandate for manufacturers; that for producers of systems and procedure packs is ``PR``."""

_SRN = re.compile(r"[A-Z]{2}-(MF|PR)-[0-9]{9}")
_CHRN = re.compile(r"CHRN-AR-[0-9]{8}")
_UID = re.compile(r"CHE[0-9]{9}")


class SwissdamedMandates:
    """Reads the list of mandates: a manufacturer's number in EUDAMED, and its representative's number in Switzerland."""

    name = "swissdamed-mandates"
    title = "swissdamed mandates"
    description = (
        "Mandates of the Swiss database on medical devices: which authorised representative (CHRN) acts in Switzerland for a "
        "manufacturer (SRN), as CSV."
    )
    licence = "https://www.admin.ch/gov/en/start/terms-and-conditions.html"

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the first line is that of the list."""
        return next(iter(beginning.splitlines()), "").replace('"', "") == ",".join(COLUMNS)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What each mandate says, in the order of the file."""
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(self.licence))
        source = saying.record(
            graph, url=SITE, date="", key=self.name, level="source-read", licence=NamedNode(self.licence), printed=None
        )
        yield from source.quads()
        seen: set[str] = set()
        for record in forms.table(path):
            if tuple(record.values) != COLUMNS:
                raise UnreadableFile(f"the columns have to be: {', '.join(COLUMNS)}", source=str(path), line=1)
            yield ROW
            yield from _mandate(record, Facts(graph, source.record), seen)


def _mandate(record: Record, facts: Facts, seen: set[str]) -> Iterator[Told]:
    number, holder = record.values["srn"].strip(), record.values["mandate_holder_chrn"].strip()
    if not _SRN.fullmatch(number) or not _CHRN.fullmatch(holder):
        message = "The row lacks an SRN such as FR-MF-000004436 or a CHRN such as CHRN-AR-20000830; it is left out."
        yield _warning(record, "number", message, "srn", f"{number} {holder}")
        return
    maker, acting = identifying.operator(number), identifying.operator(holder)
    if number not in seen:
        kind = (SGO.Manufacturer,) if record.values["mandateType"] == MANUFACTURER else ()
        _actor(facts, maker, "manufacturer", record, *kind)
        facts.say(maker, SGO.officialIdentifier, Literal(number))
        facts.say(maker, SGO.identifierScheme, Literal("EUDAMED single registration number (SRN)"))
        facts.say(maker, SGO.basedIn, identifying.place(record.values["manufacturer_country"]))
    if holder not in seen:
        _actor(facts, acting, "mandate_holder_name", record)
        facts.say(acting, SGO.basedIn, vocab.entity("jurisdiction", "ch"))
        uid = record.values["mandate_holder_uid"].strip()
        facts.say(acting, SGO.officialIdentifier, Literal(holder), Literal(uid) if _UID.fullmatch(uid) else None)
        facts.say(acting, SGO.identifierScheme, Literal("Swiss single registration number (CHRN)"))
        if not _UID.fullmatch(uid):
            message = "This is no number of the Swiss register of firms such as CHE469219639; it is left out."
            yield _warning(record, "uid", message, "mandate_holder_uid", uid)
    seen.update((number, holder))
    facts.say(maker, SGO.authorisedRepresentative, acting)
    yield from facts.quads()


def _actor(facts: Facts, iri: NamedNode, column: str, record: Record, *types: NamedNode) -> None:
    """An actor by its number; its name has no language here, so that it does not stand against that of another register."""
    named = next(iter(identifying.names(record.values[column])), None)
    facts.say(iri, RDF.type, SGO.Actor, *types)
    facts.say(iri, RDFS.label, Literal(named.value if named else iri.value.rpartition("/")[2]))
    facts.say(iri, SGO.hasSourceRecord, facts.record)


def _warning(record: Record, what: str, message: str, column: str, value: str) -> Finding:
    return Finding(
        rule=f"swissdamed-{what}", thing="", message=message, severity=Severity.WARNING, source=str(record.path),
        line=record.line, column=column, value=value,
    )  # fmt: skip
