"""Manufacturers of the European database on medical devices (EUDAMED), by their single registration numbers (SRN).

A firm is its number: two numbers are two firms, however alike their names are, and nothing is merged by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing import forms
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.devices import identifying
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import plain_name
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, RDFS, SGO, SKOS

SITE = "https://ec.europa.eu/tools/eudamed"
NOTICE = "https://commission.europa.eu/legal-notice_en"
"""The Commission's notice on reuse; what it means for these screens was not checked."""

COLUMNS = ("Actor ID/SRN", "Version", "Role", "Name", "Abbreviated Name", "City", "Country")

_SRN = re.compile(r"(?P<number>(?P<place>[A-Z]{2})-(?:MF|PR)-[0-9]{9})(?:\s+(?P<state>\S.*))?", re.S)
_CURRENT = "(Current)"


@dataclass(slots=True)
class _Firm:
    """What the rows of one number say."""

    place: str
    again: int = 0
    states: dict[str, None] = field(default_factory=dict)
    current: dict[Literal, None] = field(default_factory=dict)
    earlier: dict[Literal, None] = field(default_factory=dict)


class EudamedManufacturers:
    """Reads the list of manufacturers as a spreadsheet, with the current and the earlier versions of each entry."""

    name = "eudamed-manufacturers"
    title = "EUDAMED manufacturers"
    description = (
        "Manufacturers registered in the European database on medical devices, by their single registration number: a "
        "spreadsheet of the public screens with current and earlier versions of the entries."
    )
    licence = NOTICE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is a spreadsheet whose texts begin with the names of the columns."""
        return plain_name(path).endswith(".xlsx") and all(f">{one}<" in beginning for one in COLUMNS)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """Each firm, in the order in which its number first stands in the file."""
        if not plain_name(path).endswith(".xlsx"):
            raise UnreadableFile("the list of manufacturers is a spreadsheet (.xlsx)", source=str(path))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(NOTICE))
        source = saying.record(
            graph, url=SITE, date="", key=self.name, level="source-read", licence=NamedNode(NOTICE), printed=None
        )
        yield from source.quads()
        firms: dict[str, _Firm] = {}
        yield from _gathered(path, firms)
        again = sum(firm.again for firm in firms.values())
        if again:
            message = f"A number has a second current row that says the same ({again:,} rows)."
            yield _finding(path, "counted", message, Severity.INFO)
        nowhere: Counter[str] = Counter()
        for number, firm in firms.items():
            facts = Facts(graph, source.record)
            _say(number, firm, facts, nowhere)
            yield from facts.quads()
        if nowhere:
            message = f"The registry has no such jurisdiction; the seat is not said for: {', '.join(sorted(nowhere))}."
            yield _finding(path, "place", message, Severity.INFO)
        yield _finding(path, "left-out", "Not taken: cities, short names and numbers of versions.", Severity.INFO)


def _gathered(path: Path, firms: dict[str, _Firm]) -> Iterator[Told]:
    """Reads the rows into the firms, telling what is wrong with one."""
    for record in forms.sheet(path):
        if not set(COLUMNS) <= set(record.values):
            raise UnreadableFile(f"the columns have to be: {', '.join(COLUMNS)}", source=str(path), line=1)
        yield ROW
        found = _SRN.fullmatch(record.values["Actor ID/SRN"].strip())
        named = list(identifying.names(record.values["Name"]))
        if found is None or not named:
            message = "The row has no registration number such as BE-MF-000000691, or no name; it is left out."
            yield _finding(path, "number", message, Severity.WARNING, record.line, record.values["Actor ID/SRN"])
            continue
        firm = firms.setdefault(found["number"], _Firm(found["place"]))
        if found["state"]:
            firm.states[found["state"].strip()] = None
        current = record.values["Version"].endswith(_CURRENT)
        if current and firm.current:
            firm.again += set(named) <= set(firm.current)
            if not set(named) <= set(firm.current):
                message = "The number has a second current row with another name; both names are kept."
                yield _finding(path, "two-current", message, Severity.WARNING, record.line, found["number"])
        (firm.current if current else firm.earlier).update(dict.fromkeys(named))


def _say(number: str, firm: _Firm, facts: Facts, nowhere: Counter[str]) -> None:
    iri = identifying.operator(number)
    called: dict[str | None, Literal] = {}
    for one in firm.current or firm.earlier:
        called.setdefault(one.language, one)
    facts.say(iri, RDF.type, SGO.Actor, SGO.Manufacturer)
    facts.say(iri, RDFS.label, *called.values())
    facts.say(iri, SKOS.altLabel, *(one for one in (*firm.current, *firm.earlier) if one not in called.values()))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SGO.officialIdentifier, Literal(number))
    facts.say(iri, SGO.identifierScheme, Literal("EUDAMED single registration number (SRN)"))
    facts.say(iri, SGO.statusAsRead, *map(Literal, firm.states))
    seat = identifying.place(firm.place)
    facts.say(iri, SGO.basedIn, seat)
    nowhere[firm.place] += seat is None
    if not nowhere[firm.place]:
        del nowhere[firm.place]


def _finding(path: Path, what: str, message: str, severity: Severity, line: int | None = None, value: str = "") -> Finding:
    return Finding(
        rule=f"eudamed-{what}", thing="", message=message, severity=severity, source=str(path), line=line,
        column=COLUMNS[0] if line else "", value=value,
    )  # fmt: skip
