"""Indexes of guidance of the MDCG, the IMDRF and the NMPA: numbers, titles, dates and addresses, and no texts."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.standards import catalogue_cn, listed
from standards_graph.importing.standards.editions import Shared
from standards_graph.importing.standards.listed import Row
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Severity
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

_N = re.compile(r"\bN(\d+)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Run:
    """The reading of one file: where what it says goes, and what was said and left out so far."""

    graph: NamedNode
    licence: NamedNode
    shared: Shared = field(default_factory=Shared)
    left: Counter[str] = field(default_factory=Counter)
    labels: dict[NamedNode, str] = field(default_factory=dict)


class Index:
    """What the three indexes have in common."""

    name: str
    title: str
    description: str
    licence = listed.LICENCE
    address: str
    marks: tuple[str, ...]
    kind: str
    place = ""

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON that says which index it is."""
        text = listed.beginning(beginning)
        return any(mark in text for mark in self.marks) and '"entries": [' in text

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the index says of each document; then where it counts otherwise than it lists."""
        run = _Run(graph, NamedNode(self.licence))
        for member, told in listed.documents(path):
            rows = listed.rows(self.name, path, member, told)
            release = str(told.get("last_updated") or "") if isinstance(told, dict) else ""
            yield from saying.file_record(graph, path, url=self.address, licence=run.licence, release=release)
            for row in rows:
                yield ROW
                yield from self._document(row, run)
            if isinstance(told, dict):
                yield from listed.counted(self.name, path, member=member, told=told.get("count"), found=len(rows), of="rows")
        yield from listed.left_out(self.name, path, run.left)

    def _document(self, row: Row, run: _Run) -> Iterator[Told]:
        titles = {language: _plain(text) for language, text in row.titles().items()}
        if not row.text("id") or not titles:
            yield row.wrong("row", "A row needs a key and a title.", column="id", weighs=Severity.WARNING)
            return
        url, day = row.text("source_url"), row.text("source_url_verified")
        facts = saying.record(
            run.graph,
            url=url if url.startswith("http") else self.address,
            date="",
            key=f"{self.name}#{row.text('id')} {row.text('published_date')}".strip(),
            level="source-read",
            licence=run.licence,
            printed=dates.printed(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None,
        )
        iri = vocab.entity("guidance", self._slug(row))
        facts.say(iri, RDF.type, SGO.GuidanceDocument)
        facts.say(iri, SGO.hasSourceRecord, facts.record)
        language = "en" if "en" in titles else "zh-Hans"
        label = self._named(row, titles[language])
        first = run.labels.setdefault(iri, label)
        facts.say(iri, RDFS.label if first == label else SKOS.altLabel, Literal(label, language=language))
        if first != label:
            message = "Two rows are about one document and call it differently: the first name is its name."
            yield row.wrong("two-names", message, column="title", value=f"{first} / {label}", weighs=Severity.WARNING)
        facts.say(iri, DCTERMS.title, *listed.said({key: self._named(row, text) for key, text in titles.items()}))
        facts.say(iri, SGO.hasGuidanceKind, vocab.concept("guidance-kind", self.kind))
        facts.say(iri, SGO.appliesIn, vocab.entity("jurisdiction", self.place) if self.place else None)
        facts.say(iri, SGO.statusAsRead, Literal(row.text("status")) if row.text("status") else None)
        facts.say(iri, SGO.website, saying.address(url) if url.startswith("http") else None)
        yield from self._more(row, facts, iri, run.left)
        yield from run.shared.fresh(facts)

    def _slug(self, row: Row) -> str:
        return identifiers.name_slug(row.text("id"))

    def _named(self, row: Row, title: str) -> str:
        return title

    def _more(self, row: Row, facts: Facts, iri: NamedNode, left: Counter[str]) -> Iterator[Told]:
        raise NotImplementedError

    def _dated(self, row: Row, facts: Facts, iri: NamedNode, column: str, *, revised: bool = False) -> Iterator[Told]:
        """The date that the index prints, in either form."""
        if not row.text(column):
            return
        try:
            iso = listed.printed(row.text(column))
        except ValueError as error:
            yield row.wrong("date", "The date is left out.", column=column, value=str(error), weighs=Severity.WARNING)
            return
        facts.say(iri, SGO.printedRevisedOn if revised else SGO.printedPublishedOn, dates.printed(iso))
        facts.say(iri, SGO.revisedOn if revised else SGO.publishedOn, dates.day(dates.earliest(iso)))


class Mdcg(Index):
    """Reads the index of guidance of the Medical Device Coordination Group."""

    name = "mdcg-guidance"
    title = "Index of MDCG guidance"
    description = (
        "Guidance of the Medical Device Coordination Group of the European Union: numbers, revisions, titles, dates and "
        "addresses, from the index of a knowledge base on device regulation (JSON)."
    )
    address = (
        "https://health.ec.europa.eu/medical-devices-sector/new-regulations/"
        "guidance-mdcg-endorsed-documents-and-other-guidance_en"
    )
    marks = ('"category": "eu_mdr/mdcg", "description"',)
    kind = "guidance"
    place = "eu"

    def _slug(self, row: Row) -> str:
        added = row.text("revision").lower().startswith("add")
        return identifiers.slug(f"{row.text('id')} {row.text('revision')}" if added else row.text("id"))

    def _named(self, row: Row, title: str) -> str:
        return re.sub(r"^MDCG [\d-]+(?: (?:rev|add)\.? ?\d+)?\s*[:：]\s*", "", title, flags=re.I) or title

    def _more(self, row: Row, facts: Facts, iri: NamedNode, left: Counter[str]) -> Iterator[Told]:
        number = " ".join(filter(None, ("MDCG", row.text("id").removeprefix("mdcg-"), row.text("revision"))))
        facts.say(iri, SGO.officialIdentifier, Literal(number))
        facts.say(iri, SGO.publishedBy, vocab.entity("org", "eu-mdcg"))
        left["the index's own headings"] += bool(row.text("mdcg_category"))
        yield from self._dated(row, facts, iri, "published_date", revised=row.text("revision").lower().startswith("rev"))


class Imdrf(Index):
    """Reads the index of documents of the International Medical Device Regulators Forum."""

    name = "imdrf-documents"
    title = "Index of IMDRF documents"
    description = (
        "Technical documents of the International Medical Device Regulators Forum: numbers, titles, dates and addresses, from "
        "the index of a knowledge base on device regulation (JSON). The documents themselves are the forum's and are not read."
    )
    address = "https://www.imdrf.org/documents"
    marks = ('"category": "imdrf", "description"',)
    kind = "technical-document"

    def _slug(self, row: Row) -> str:
        found = _N.search(row.text("document_number"))
        return f"imdrf-n{found[1]}" if found else identifiers.slug(row.text("id"))

    def _more(self, row: Row, facts: Facts, iri: NamedNode, left: Counter[str]) -> Iterator[Told]:
        number = row.text("document_number")
        facts.say(iri, SGO.officialIdentifier, Literal(number) if number else None)
        facts.say(iri, SGO.publishedBy, vocab.entity("network", "imdrf"))
        left["the index's own headings"] += bool(row.text("category"))
        yield from self._dated(row, facts, iri, "effective_date")


class NmpaGuidance(Index):
    """Reads the index of Chinese guidance on the review of devices."""

    name = "nmpa-guidance"
    title = "China: index of guidance on the review of devices"
    description = (
        "Guiding principles for the review of medical device registrations in China: titles in Chinese, numbers and addresses, "
        "with codes of the classification catalogue, from the index of a knowledge base on device regulation (JSON)."
    )
    address = "https://www.cmde.org.cn"
    marks = ('"category": "nmpa/guidance", "description"',)
    kind = "guidance"
    place = "cn"

    def _more(self, row: Row, facts: Facts, iri: NamedNode, left: Counter[str]) -> Iterator[Told]:
        number = row.text("doc_number")
        facts.say(iri, SGO.officialIdentifier, Literal(number) if number else None)
        issuer = "cn-cmde" if "医疗器械技术审评中心" in number else "nmpa" if "国家药品监督管理局" in number else ""
        facts.say(iri, SGO.publishedBy, vocab.entity("org", issuer) if issuer else None)
        left["rows that say nothing of a status"] += not row.text("status")
        left["the index's own headings"] += bool(row.text("category"))
        for one in row.texts("classification_codes"):
            try:
                catalogue_cn.scheme(facts)
                facts.say(iri, DCTERMS.subject, catalogue_cn.code(facts, one))
            except ValueError as error:
                column = "classification_codes"
                yield row.wrong("code", "A code is left out.", column=column, value=str(error), weighs=Severity.WARNING)


def _plain(text: str) -> str:
    """A title without entities of HTML, blanks that do not break, and blanks around it."""
    return " ".join(html.unescape(text).split())
