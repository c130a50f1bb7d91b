"""China: the classification catalogue of medical devices, as kinds of device under areas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.standards import listed
from standards_graph.importing.standards.editions import Shared
from standards_graph.importing.standards.listed import Row
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, SGO, SKOS

SCHEME = "cn-device-catalogue"
ADDRESS = "https://github.com/RASAAS/docmcp-knowledge"
_CODE = re.compile(r"\d{2}(-\d{2}){0,2}")
_CLASSES = {"I": "i", "II": "ii", "III": "iii"}


def code(facts: Facts, text: str) -> NamedNode:
    """The concept of a code such as ``01-01-01``; raises ValueError for what is no code."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"{text!r} is not a code of the catalogue such as 01-01-01")
    iri = vocab.concept(SCHEME, text)
    facts.say(iri, RDF.type, SKOS.Concept)
    facts.say(iri, SKOS.notation, Literal(text))
    facts.say(iri, SKOS.inScheme, vocab.concept(SCHEME))
    return iri


def scheme(facts: Facts) -> None:
    """The catalogue itself."""
    facts.concept(vocab.concept(SCHEME), label="Classification catalogue of medical devices of China")


class NmpaCatalogue:
    """Reads the catalogue."""

    name = "nmpa-classification"
    title = "China: classification catalogue of medical devices"
    description = (
        "Areas, groups and kinds of medical device of the catalogue of the National Medical Products Administration, in "
        "Chinese, with the class where the file has one: JSON of a knowledge base on device regulation."
    )
    licence = listed.LICENCE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON with the parts of the catalogue."""
        text = listed.beginning(beginning)
        return '"l1_categories": [' in text and '"l3_count": ' in text

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """Areas, groups and kinds, each with its code."""
        licence, shared, left = NamedNode(self.licence), Shared(), Counter[str]()
        yield from saying.file_record(graph, path, url=ADDRESS, licence=licence)
        whole = saying.record(graph, url=ADDRESS, date="", key=self.name, level="source-read", licence=licence, printed=None)
        scheme(whole)
        yield from shared.fresh(whole)
        for member, told in listed.documents(path):
            if not isinstance(told, dict) or not isinstance(told.get("l1_categories"), list):
                raise UnreadableFile("the file has no list l1_categories", source=str(path))
            names: dict[str, str] = {}
            rows = listed.rows(self.name, path, member, {"items": [*told["l1_categories"], *told.get("items", [])]})
            for row in rows:
                yield ROW
                facts = Facts(graph, whole.record)
                yield from _kind(row, facts, names, left)
                yield from shared.fresh(facts)
            yield from self._counts(path, member, told, rows)
        yield from listed.left_out(self.name, path, left)

    def _counts(self, path: Path, member: str, told: dict[str, Any], rows: tuple[Row, ...]) -> Iterator[Finding]:
        groups = {row.text("l2_code") for row in rows} - {""}
        items = [row for row in rows if row.text("l2_code")]
        yield from listed.counted(self.name, path, member=member, told=told.get("l2_count"), found=len(groups), of="groups")
        yield from listed.counted(self.name, path, member=member, told=told.get("l3_count"), found=len(items), of="kinds")


def _kind(row: Row, facts: Facts, names: dict[str, str], left: Counter[str]) -> Iterator[Told]:
    text, name = row.text("code"), row.text("name")
    try:
        iri = code(facts, text)
        above = [code(facts, row.text(key)) for key in ("l1_code", "l2_code") if row.text(key)]
    except ValueError as error:
        yield row.wrong("code", "This is no code of the catalogue.", column="code", value=str(error), weighs=Severity.WARNING)
        return
    facts.say(iri, RDF.type, SGO.DeviceType if above else None)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    first = names.setdefault(text, name)
    facts.say(iri, SKOS.prefLabel if first == name else SKOS.altLabel, Literal(name, language="zh-Hans"))
    if first != name:
        message = "The code stands for two names; the first one is the name, the other one stands beside it."
        yield row.wrong("two-names", message, column="name", value=f"{text}: {first} / {name}", weighs=Severity.WARNING)
    if not above:
        facts.say(iri, SKOS.topConceptOf, vocab.concept(SCHEME))
    for narrow, broad in zip([*above[1:], iri], above, strict=False) if above else ():
        facts.say(narrow, SKOS.broader, broad)
    if len(above) == 2:
        facts.say(above[1], SKOS.prefLabel, Literal(row.text("l2_code"), language="zh-Hans"))
        facts.say(above[1], SGO.hasSourceRecord, facts.record)
    told = row.text("device_class")
    facts.say(iri, SGO.hasRiskClass, vocab.concept("cn-nmpa", _CLASSES[told]) if told in _CLASSES else None)
    left["descriptions of exempted products"] += bool(row.text("exemption_product_desc"))
