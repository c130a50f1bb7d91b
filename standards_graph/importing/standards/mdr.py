"""Standards under the EU Regulation on medical devices: snapshots of the harmonised ones, and of others that are used.

What a snapshot lists is a recognition on its word. What a later one no longer lists stays, marked as withdrawn at source. A
standard that waits for harmonisation is not recognised.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Importer, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.standards import editions, listed, references
from standards_graph.importing.standards.editions import Shared
from standards_graph.importing.standards.listed import Row
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, SGO

LIST = "https://eur-lex.europa.eu/eli/dec_impl/2021/1182"
REGIME = "eu-harmonised-mdr-2017-745"
_BRACKET = re.compile(r"\s*\(((?:ISO|IEC)[^()]*)\)\s*$")
_HARMONISED = r'"id": "eu_mdr-hs-|"description": "EU MDR Harmonised Standards|"harmonized": true|"gspr_primary": '
_ACT = re.compile(r"eur-lex\.europa\.eu/eli/dec_impl/(\d{4})/(\d+)")
_POINT = re.compile(r"\d{1,2}(\.\d{1,2}){0,3}(\([a-z]\))?")
_EUROPEAN = re.compile(r"/(A1\d|AC)\b")


class Lists:
    """What the two lists have in common: files of topics and an index, alone or in an archive."""

    name: str
    title: str
    description: str
    licence = listed.LICENCE
    address: str

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is one of the list."""
        raise NotImplementedError

    def with_texts(self) -> Importer:
        """The same importer, which takes the summaries in."""
        return type(self)(texts=True)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the files list, row by row; then where they count otherwise than they list."""
        licence, shared = NamedNode(self.licence), Shared()
        found, indexes, left = Counter[str](), list[tuple[str, Mapping[str, Any]]](), Counter[str]()
        release = ""
        for member, told in listed.documents(path):
            if isinstance(told, dict) and "categories" in told:
                indexes.append((member, told))
                release = release or str(told.get("last_updated") or "")
                continue
            lines = listed.rows(self.name, path, member, told)
            found[Path(member).name] += len(lines)
            for row in lines:
                yield ROW
                for one in self._row(row, graph, licence, left):
                    if isinstance(one, Facts):
                        yield from shared.fresh(one)
                    else:
                        yield one
            if isinstance(told, dict):
                number = told.get("count", told.get("standards_count"))
                yield from listed.counted(self.name, path, member=member, told=number, found=len(lines), of="rows")
        for member, index in indexes:
            yield from _index(self.name, path, member, index, found)
        yield from saying.file_record(graph, path, url=self.address, licence=licence, release=release)
        yield from listed.left_out(self.name, path, left)

    def _row(self, row: Row, graph: NamedNode, licence: NamedNode, left: Counter[str]) -> Iterator[Facts | Told]:
        raise NotImplementedError

    def _facts(self, row: Row, graph: NamedNode, licence: NamedNode, *, key: str = "", note: str = "") -> Facts:
        """The source record of a row, with the day on which the list says that it was looked at."""
        url, day = row.text("source_url"), row.text("source_verified") or row.text("source_url_verified")
        return saying.record(
            graph,
            url=url if url.startswith("http") else self.address,
            date="",
            key=f"{self.name}#{key or row.text('id') or row.text('number')}",
            level="source-read",
            licence=licence,
            printed=dates.printed(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None,
            note=note,
        )

    def _summary(self, row: Row, facts: Facts, iri: NamedNode, left: Counter[str]) -> None:
        """What the list itself says a standard is about."""
        if self._texts:
            facts.say(iri, DCTERMS.abstract, *listed.said(row.titles("abstract")))
            facts.say(iri, DCTERMS.description, *listed.said(row.titles("scope")))
        elif row.titles("abstract") or row.titles("scope"):
            left["summaries and scopes in the words of the list"] += 1


class Harmonised(Lists):
    """Reads snapshots of the list of standards harmonised under the Regulation."""

    name = "eu-mdr-harmonised"
    title = "EU MDR harmonised standards (snapshots)"
    description = (
        "Snapshots of the standards that Implementing Decision (EU) 2021/1182 and its amendments cite, in a knowledge base on "
        "device regulation: JSON files by topic with an index, all of one snapshot together, or a zip or tar archive of them."
    )
    address = LIST

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON whose rows have the keys of the list, or its index."""
        text = listed.beginning(beginning)
        return re.search(_HARMONISED, text) is not None

    def _row(self, row: Row, graph: NamedNode, licence: NamedNode, left: Counter[str]) -> Iterator[Facts | Told]:
        reference = _with_amendments(row)
        if not references.is_usable(reference) or not references.is_dated(reference):
            yield row.wrong("reference", "This is no reference of an edition.", column="number", weighs=Severity.WARNING)
            return
        status = row.text("status")
        pending = status != "active"
        facts = self._facts(row, graph, licence, key=f"{row.text('id')}#{status}" if pending else "", note=row.text("note"))
        edition = editions.mention(facts, reference)
        editions.parts(facts, edition, reference)
        yield from _adopted(row, facts, edition, reference, left)
        self._summary(row, facts, edition, left)
        if pending:
            _sought(row, facts, edition, reference)
            if status != "pending_harmonisation":
                message = "This status is not known; no recognition is made of it."
                yield row.wrong("status", message, column="status", weighs=Severity.WARNING)
        else:
            yield from _recognised(row, facts, edition, reference, left)
        yield facts


class Others(Lists):
    """Reads the list of standards that are used under the Regulation without being harmonised."""

    name = "eu-mdr-other-standards"
    title = "Standards used under the EU MDR that are not harmonised"
    description = (
        "Standards that manufacturers use under Regulation (EU) 2017/745 and that the Official Journal does not cite, in a "
        "knowledge base on device regulation: JSON files by topic with an index, or a zip or tar archive of them."
    )
    address = "https://github.com/RASAAS/docmcp-knowledge"

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON whose rows have the keys of the list, or its index."""
        text = listed.beginning(beginning)
        rows = '"number": "' in text and '"applicable_gsprs": [' in text and not re.search(_HARMONISED, text)
        return rows or "International Standards (non-harmonised)" in text

    def _row(self, row: Row, graph: NamedNode, licence: NamedNode, left: Counter[str]) -> Iterator[Facts | Told]:
        reference = references.spelled(row.text("number"))
        if re.match(r"Regulation|Directive|Decision|MDCG", reference):
            left["legal texts and guidance among the standards"] += 1
            return
        if not references.is_usable(reference):
            yield row.wrong("reference", "This is no reference of a standard.", column="number", weighs=Severity.WARNING)
            return
        points = ", ".join(row.texts("applicable_gsprs"))
        note = ". ".join(filter(None, (f"Annex I points named by the list: {points}" if points else "", row.text("note"))))
        facts = self._facts(row, graph, licence, key=f"{Path(row.member).stem}/{row.text('id')}", note=note)
        edition = editions.mention(facts, reference)
        editions.parts(facts, edition, reference)
        if row.text("standard_type") == "harmonised":
            message = "The list of standards that are not harmonised calls this one harmonised; no recognition is made of it."
            yield row.wrong("harmonised", message, column="number", weighs=Severity.WARNING)
        doubt = _doubt(row, reference)
        if doubt:
            yield row.wrong("identity", doubt, column="id", value=f"{row.text('id')} / {reference}", weighs=Severity.WARNING)
        else:
            titles = row.titles() or row.titles("name") or row.titles("title_en")
            facts.say(edition, DCTERMS.title, *listed.said(titles))
            states = {"active": "published", "withdrawn": "withdrawn"}
            state = states.get(row.text("status"))
            facts.say(edition, SGO.hasEditionStatus, vocab.concept("edition-status", state) if state else None)
        self._summary(row, facts, edition, left)
        yield facts


def _with_amendments(row: Row) -> str:
    """The reference of what is recognised: the amendments may be part of the number already, or stand beside it."""
    number = references.spelled(row.text("number"))
    apart = [one.removeprefix(f"{number}/") for one in row.texts("amendments")]
    changes = [one for one in apart if re.fullmatch(r"(A\d+|AC):\d{4}", one)]
    return "+".join([number, *sorted(changes, key=lambda one: one.rpartition(":")[2])])


def _adopted(row: Row, facts: Facts, edition: NamedNode, reference: str, left: Counter[str]) -> Iterator[Told]:
    """The titles, and the international edition that the English one names in brackets; the degree of adoption is not said."""
    titles = dict(row.titles())
    found = _BRACKET.search(titles.get("en", ""))
    facts.say(edition, DCTERMS.title, *listed.said({lang: _BRACKET.sub("", text) for lang, text in titles.items()}))
    base = references.spelled(re.split(r"[,;]", found[1])[0]) if found else ""
    if not base or not references.is_dated(base) or not references.is_usable(base):
        left["adoptions that the title does not name with an edition"] += 1
        return
    adopted = editions.mention(facts, base)
    number = identifiers.base_reference(reference)
    facts.say(editions.mention(facts, number), SGO.isAdoptionOf, adopted)
    if number != reference and all(_EUROPEAN.search(f"/{one}") for one in reference.split("+")[1:]):
        facts.say(edition, SGO.isAdoptionOf, adopted)
    yield from ()


def _recognised(row: Row, facts: Facts, edition: NamedNode, reference: str, left: Counter[str]) -> Iterator[Told]:
    slug = identifiers.recognition(REGIME, "EU", identifiers.edition(reference))
    iri = facts.entity(
        vocab.entity("recognition", slug), SGO.StandardRecognition, label=f"{reference}: EU harmonised (MDR 2017/745)"
    )
    facts.say(iri, SGO.recognises, edition)
    facts.say(iri, SGO.referenceAsListed, Literal(row.text("number")))
    facts.say(iri, SGO.inJurisdiction, vocab.entity("jurisdiction", "eu"))
    facts.say(iri, SGO.issuedBy, vocab.entity("org", "eu-ec-sante"))
    facts.say(iri, SGO.recognitionRegime, vocab.concept("recognition-regime", REGIME))
    facts.say(iri, SGO.hasRegulatoryEffect, vocab.concept("effect", "presumption-of-conformity"))
    facts.say(iri, SGO.hasRecognitionExtent, vocab.concept("extent", "not-stated"))
    act = _ACT.search(row.text("source_url"))
    facts.say(iri, SGO.hasDecisionStatus, vocab.concept("decision-status", "in-force" if act else "reported"))
    facts.say(iri, SGO.statusAsRead, Literal(row.text("status")))
    facts.say(iri, SGO.hasLegalBasis, vocab.entity("law", "eu-2017-745"))
    points = [one for one in row.texts("applicable_gsprs") if _POINT.fullmatch(one)]
    if points:
        left["Annex I points as legal effect: the list names more of them than the standards do, so they are kept as text"] += 1
        facts.say(iri, SGO.extentText, Literal(f"Annex I points named by the list: {', '.join(points)}"))
    if act is None:
        message = "The address of the row is no act that cites harmonised standards: the recognition rests on the list alone."
        remedy = "Look the reference up in the consolidated Implementing Decision (EU) 2021/1182."
        yield row.wrong("no-act", message, column="source_url", remedy=remedy, weighs=Severity.WARNING)
        return
    facts.say(iri, SGO.statedInText, Literal(f"Implementing Decision (EU) {act[1]}/{act[2]}"))


def _sought(row: Row, facts: Facts, edition: NamedNode, reference: str) -> None:
    """The list names the edition and says itself that it is not cited."""
    label = f"{reference}: not found as EU harmonised (MDR 2017/745)"
    slug = identifiers.slug(f"eu-mdr-harmonised {row.text('id').rpartition('hs-')[2] or reference}")
    iri = facts.entity(vocab.entity("absence", slug), SGO.AbsenceFinding, label=label)
    facts.say(iri, SGO.soughtEdition, edition)
    facts.say(iri, SGO.referenceAsListed, Literal(row.text("number")))
    facts.say(iri, SGO.soughtInJurisdiction, vocab.entity("jurisdiction", "eu"))
    facts.say(iri, SGO.soughtRegime, vocab.concept("recognition-regime", REGIME))
    facts.say(iri, SGO.legalBasisText, Literal("Implementing Decision (EU) 2021/1182"))
    facts.say(iri, SGO.statusAsRead, Literal(row.text("status")))


def _doubt(row: Row, reference: str) -> str:
    """Why a row may speak of another standard than the one that it names."""
    key, number = (re.findall(r"\d+", text) for text in (row.text("id"), identifiers.standard(reference)))
    if key and key[: len(number)] != number:
        return "The key of the row names another standard than its number; its title and its state are left out."
    if re.search(rf"replaced by {re.escape(reference)}(?![\d/+])", row.text("note"), re.I):
        return "The row says that the standard is replaced by itself; its title and its state are left out."
    return ""


def _index(source: str, path: Path, member: str, index: Mapping[str, Any], found: Counter[str]) -> Iterator[Finding]:
    """Where an index tells other numbers than there are rows, in the archive or in the files beside it."""
    counts = {str(one.get("file")): one.get("count") for one in index["categories"].values() if isinstance(one, dict)}
    beside = found or Counter(_beside(source, path, counts))
    for name, number in counts.items():
        if name in beside:
            yield from listed.counted(source, path, member=member, told=number, found=beside[name], of=f"rows in {name}")
    if beside:
        total = index.get("total_standards", index.get("count"))
        yield from listed.counted(source, path, member=member, told=total, found=beside.total(), of="rows in all files")


def _beside(source: str, path: Path, names: Mapping[str, Any]) -> Iterator[str]:
    """The name of each row's file, of the files that lie beside an index and that it names."""
    for name in names:
        file = path.parent / Path(name).name
        if file.is_file():
            for member, told in listed.documents(file):
                yield from (Path(name).name for _ in listed.rows(source, file, member, told))
