"""The FDA's file of product codes (foiclass.txt): what each code stands for, and in which class it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import words
from standards_graph.importing.forms import Defect, Record, table
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO

LIST = "https://www.fda.gov/medical-devices/classify-your-medical-device/download-product-code-classification-files"
PAGE = words.SITE + "cfPCD/classification.cfm?ID="
COLUMNS = ("REVIEW_PANEL", "MEDICALSPECIALTY", "PRODUCTCODE", "DEVICENAME", "DEVICECLASS", "REGULATIONNUMBER", "DEFINITION")
"""Columns that are read; of the others, one finding tells that they are not."""

_LOST = "\N{INVERTED QUESTION MARK}"
_CLASS = re.compile(r"[123UNFunf]?")


class FdaProductCodes:
    """Reads the file of all product codes."""

    name = "fda-product-codes"
    title = "FDA product classification"
    description = (
        "The file of the FDA's product codes, foiclass.txt: columns parted by |, in Windows-1252, without quotation marks. "
        "Each code with its name, definition, panel, regulation and class."
    )
    licence = words.PUBLIC_DOMAIN

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file begins with the names of the columns."""
        first = beginning.partition("\n")[0].strip().split("|")
        return {"REVIEW_PANEL", "PRODUCTCODE", "DEVICECLASS", "REGULATIONNUMBER"} <= set(first)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the file says, code by code; a row without a code or with a class of no known kind is left out."""
        licence, seen, counts = NamedNode(self.licence), set[str](), Counter[str]()
        yield from saying.file_record(graph, path, url=LIST, licence=licence)
        told = words.Told()
        for record in table(path, encoding="cp1252", delimiter="|", quoted=False):
            yield ROW
            try:
                facts = self._facts(graph, licence)
                _code(record, facts, seen, counts)
            except Defect as error:
                yield error.finding(f"{self.name}-row")
                continue
            yield from told.fresh(facts, lambda iri: "/us-product-code/" in iri or "/us-product-code-" in iri)
        if not seen:
            raise UnreadableFile("the file lists no product code", source=str(path))
        yield from _remarks(path, counts)

    def _facts(self, graph: NamedNode, licence: NamedNode) -> Facts:
        return saying.record(graph, url=LIST, date="", key=self.name, level="source-read", licence=licence, printed=None)


def _code(record: Record, facts: Facts, seen: set[str], counts: Counter[str]) -> None:
    cells = {column: _cell(record, column) for column in COLUMNS}
    code, class_, number = cells["PRODUCTCODE"], cells["DEVICECLASS"], cells["REGULATIONNUMBER"]
    if not words.PRODUCT_CODE.fullmatch(code):
        raise record.wrong("PRODUCTCODE", "a product code is three capital letters")
    if code in seen:
        raise record.wrong("PRODUCTCODE", f"{code} stands in an earlier row already; keep one of the two")
    if not _CLASS.fullmatch(class_):
        raise record.wrong("DEVICECLASS", "known are 1, 2, 3, U, N and F")
    if number and not words.REGULATION.fullmatch(number):
        raise record.wrong("REGULATIONNUMBER", "a section of title 21 of the CFR is written such as 892.2070")
    seen.add(code)
    type_ = words.product_code(facts, code)
    panel = cells["REVIEW_PANEL"] or cells["MEDICALSPECIALTY"]
    words.described(facts, type_, name=cells["DEVICENAME"], definition=cells["DEFINITION"], panel_=panel)
    iri = words.classification(facts, code, class_=class_, number=number, type_=type_)
    facts.say(iri, SGO.website, saying.address(PAGE + code))
    counts["no class"] += class_.upper() not in words.CLASSES
    counts["no regulation"] += not number
    counts["lost letters"] += any(_LOST in text for text in cells.values())
    counts["no panel"] += panel not in words.PANELS


def _cell(record: Record, column: str) -> str:
    if column not in record.values:
        raise UnreadableFile(f"the column {column} is missing", source=str(record.path))
    return " ".join(record.values[column].split())


def _remarks(path: Path, counts: Counter[str]) -> Iterator[Finding]:
    said = {
        "no class": "codes are in none of the classes I, II and III: unclassified, not classified, or with an exemption.",
        "no regulation": "codes have no regulation number.",
        "no panel": "codes name no panel that is known here.",
        "lost letters": "codes have letters that the source lost (¿); the text stays as it is.",
    }
    for kind, text in said.items():
        if counts[kind]:
            yield _remark(path, kind.replace(" ", "-"), f"{counts[kind]:,} {text}")
    yield _remark(
        path,
        "columns-left-out",
        "The columns on exemptions, third-party review, kind of submission, implants, life support, physical state, technical "
        "method, target area and malfunction reporting are not taken in.",
    )


def _remark(path: Path, what: str, message: str) -> Finding:
    return Finding(rule=f"{FdaProductCodes.name}-{what}", thing="", message=message, severity=Severity.INFO, source=str(path))
