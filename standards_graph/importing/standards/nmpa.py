"""China: the list of device standards in force or to come, and what a third party says that they adopt.

The list is the institute's own and is taken as it stands. The map of adoptions is a third party's, with errors that can be seen
from the list: each of its rows is a claim of its own in a graph apart, which plain queries do not see, and none is a fact.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.standards import editions, listed, references
from standards_graph.importing.standards.editions import Shared
from standards_graph.importing.standards.listed import Row
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, SGO, SKOS

LIST = "https://app.nifdc.org.cn/biaogzx/qxqwk.do"
MAP = "https://github.com/RASAAS/docmcp-knowledge"
CHINESE = "zh-Hans"
STATES = {"active": "published", "upcoming": "published"}
"""What the list calls active or upcoming is published; from when on it applies is told by its day of implementation."""

KINDS = {"GB": "gb", "GB/T": "gb-t", "GB/Z": "gb-z", "YY": "yy", "YY/T": "yy-t"}
PUBLISHERS = {"GB": "sac", "YY": "nmpa"}
DEGREES = {"idt": "idt", "mod": "mod", "neq": "neq"}
LEAST_ALIKE = 0.3
"""Least share of pairs of letters that two Chinese titles of one standard have in common; measured on the map and the list."""

_NUMBER = re.compile(r"(?P<kind>(?:GB|YY)(?:/[TZ])?) \d+(?:\.\d+)?-\d{4}")


class NmpaStandards:
    """Reads the list of national and industry standards for devices."""

    name = "nmpa-standards"
    title = "China: list of medical device standards (NIFDC)"
    description = (
        "National (GB) and industry (YY) standards for medical devices, in force or to come, as the National Institutes for "
        "Food and Drug Control list them: JSON with a row for each standard. Titles are in Chinese."
    )
    licence = listed.LICENCE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON with the columns of the list."""
        text = listed.beginning(beginning)
        return all(f'"{column}": ' in text for column in ("dir_name", "number", "title_zh", "approval_date"))

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the list says of each standard."""
        licence, shared = NamedNode(self.licence), Shared()
        yield from saying.file_record(graph, path, url=LIST, licence=licence)
        whole = saying.record(graph, url=LIST, date="", key=self.name, level="source-read", licence=licence, printed=None)
        yield from shared.fresh(whole)
        for member, told in listed.documents(path):
            for row in listed.rows(self.name, path, member, told):
                yield ROW
                facts = Facts(graph, whole.record)
                yield from _standard(row, facts)
                yield from shared.fresh(facts)


def _standard(row: Row, facts: Facts) -> Iterator[Told]:
    number = row.text("number")
    found = _NUMBER.fullmatch(number)
    if found is None:
        yield row.wrong("number", "This is no number of a GB or YY standard.", column="number", weighs=Severity.WARNING)
        return
    iri = editions.describe(facts, number)
    facts.say(iri, DCTERMS.title, Literal(row.text("title_zh"), language=CHINESE) if row.text("title_zh") else None)
    facts.say(iri, SGO.hasDeliverableType, vocab.concept("deliverable-type", KINDS[found["kind"]]))
    facts.say(iri, SGO.publishedBy, vocab.entity("org", PUBLISHERS[number[:2]]))
    facts.say(iri, SGO.statusAsRead, Literal(f"{row.text('status_zh')} ({row.text('status')})"))
    state = STATES.get(row.text("status"))
    facts.say(iri, SGO.hasEditionStatus, vocab.concept("edition-status", state) if state else None)
    if state is None:
        yield row.wrong("status", "This status is not known.", column="status", weighs=Severity.WARNING)
    facts.say(iri, DCTERMS.subject, _area(facts, row))
    try:
        if row.text("approval_date"):
            editions.published(facts, iri, row.text("approval_date"))
    except ValueError as error:
        yield row.wrong("date", "A date is left out.", column="approval_date", value=str(error), weighs=Severity.WARNING)
    yield from _implemented(row, facts, iri)


def _implemented(row: Row, facts: Facts, iri: NamedNode) -> Iterator[Finding]:
    """The day of implementation; what stands in its place, such as "together with another standard", stays text."""
    day, number = row.text("effective_date"), row.text("number")
    if not day:
        message = "The list gives no day of implementation."
        yield row.wrong("no-date", message, column="effective_date", value=number, weighs=Severity.INFO)
        return
    try:
        facts.say(iri, SGO.printedValidFrom, dates.printed(day))
        facts.say(iri, SGO.validFrom, dates.day(dates.earliest(day)))
    except ValueError:
        facts.say(iri, SGO.dateNote, Literal(day, language=CHINESE))
        message = "The list gives words in the place of the day of implementation; they are kept as text."
        yield row.wrong("no-date", message, column="effective_date", value=f"{number}: {day}", weighs=Severity.INFO)


def _area(facts: Facts, row: Row) -> NamedNode | None:
    """The technical area and the narrower one, which the list gives by name alone."""
    scheme = vocab.concept("nmpa-standards-area")
    above: NamedNode | None = None
    for text in dict.fromkeys(filter(None, (row.text("l1"), row.text("l2")))):
        name = text if above is None else f"{row.text('l1')}/{text}"
        iri = vocab.concept("nmpa-standards-area", identifiers.name_slug(name))
        facts.concept(scheme, label="Technical areas of Chinese medical device standards")
        facts.say(iri, RDF.type, SKOS.Concept)
        facts.say(iri, SKOS.prefLabel, Literal(text, language=CHINESE))
        facts.say(iri, SKOS.inScheme, scheme)
        facts.say(iri, *((SKOS.broader, above) if above else (SKOS.topConceptOf, scheme)))
        above = iri
    return above


class NmpaAdoptions:
    """Reads the map from international standards to Chinese ones."""

    name = "nmpa-iso-gb-map"
    title = "China: map from ISO and IEC standards to GB and YY standards (unverified)"
    description = (
        "Which Chinese standard adopts which international one, and how exactly, in the words of a knowledge base on device "
        "regulation: JSON. Its rows are claims that nobody confirmed; the list of Chinese standards beside it shows errors."
    )
    licence = listed.LICENCE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON with the columns of the map."""
        text = listed.beginning(beginning)
        return all(f'"{column}": ' in text for column in ("iso_number", "gb_number", "adoption_type"))

    def fills(self, path: Path) -> str:
        """The graph of what nobody confirmed."""
        return f"unverified/{self.name}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the map claims, and what speaks against it."""
        licence, shared = NamedNode(self.licence), Shared()
        yield from saying.file_record(graph, path, url=MAP, licence=licence)
        known = _known(path)
        if not known:
            message = (
                "The list of Chinese standards is not beside the map: whether its numbers and titles are right is not checked."
            )
            yield Finding(f"{self.name}-unchecked", "", message, Severity.INFO, source=str(path))
        for member, told in listed.documents(path):
            for row in listed.rows(self.name, path, member, told):
                yield ROW
                yield from self._claim(row, graph, licence, known, shared)

    def _claim(
        self, row: Row, graph: NamedNode, licence: NamedNode, known: Mapping[str, str], shared: Shared
    ) -> Iterator[Told]:
        base, number = references.spelled(row.text("iso_number")), row.text("gb_number")
        if not number:
            message = "The map says that no Chinese standard adopts this one; nothing is recorded of it."
            yield row.wrong("no-counterpart", message, column="gb_number", value=base, weighs=Severity.INFO)
            return
        degree = DEGREES.get(row.text("adoption_type"))
        if not _NUMBER.fullmatch(number) or not references.is_dated(base) or degree is None:
            yield row.wrong("row", "The row cannot be read and is left out.", column="gb_number", weighs=Severity.WARNING)
            return
        facts = saying.record(
            graph,
            url=MAP,
            date="",
            key=f"{self.name}#{number} {base}",
            level="not-confirmed",
            licence=licence,
            printed=None,
        )
        adopting, adopted = editions.describe(facts, number), editions.mention(facts, base)
        slug = identifiers.slug(f"{self.name} {identifiers.edition(number)} to {identifiers.edition(base)}")
        iri = facts.entity(
            vocab.entity("adoption", slug), SGO.AdoptionRecord, label=f"{number} adopts {base} (claim, not confirmed)"
        )
        facts.say(iri, SGO.adoptingBody, vocab.entity("org", PUBLISHERS[number[:2]]))
        facts.say(iri, SGO.adoptingEdition, adopting)
        facts.say(iri, SGO.adoptedEdition, adopted)
        facts.say(iri, SGO.adoptionDegree, vocab.concept("adoption-degree", degree))
        facts.say(iri, SGO.degreeConfirmed, saying.yes(False))
        facts.say(iri, SGO.referenceAsListed, Literal(row.text("iso_number")))
        facts.say(iri, SGO.statusAsRead, Literal(row.text("adoption_type")))
        yield from shared.fresh(facts)
        yield from _doubts(row, number, base, known)


def _doubts(row: Row, number: str, base: str, known: Mapping[str, str]) -> Iterator[Finding]:
    """What speaks against a claim: the years, the list of numbers, the titles of the series."""
    said = f"{number} adopts {base}"
    if references.year(number) < references.year(base):
        message = "The adoption is older than the edition that it is said to adopt."
        remedy = "Look up which edition the Chinese standard names in its foreword."
        yield row.wrong("older", message, column="gb_number", value=said, remedy=remedy, weighs=Severity.WARNING)
    if known and number not in known:
        message = "The list of Chinese standards has no such number."
        remedy = "It may have been replaced: look it up at the institute."
        yield row.wrong("dangling", message, column="gb_number", value=said, remedy=remedy, weighs=Severity.WARNING)
    series = [title for other, title in known.items() if _series(other) == _series(number)]
    told = [known[number]] if number in known else series
    if told and max(_alike(row.text("title_zh"), title) for title in told) < LEAST_ALIKE:
        message = "The title of the map is none of the titles under this number in the list of Chinese standards."
        value = f"{said}: {row.text('title_zh')} / {told[0]}"
        yield row.wrong("title", message, column="title_zh", value=value, weighs=Severity.WARNING)


def _series(number: str) -> str:
    return re.sub(r"(\.\d+)?-\d{4}$", "", number)


def _alike(one: str, other: str) -> float:
    """How much two titles have in common: the share of pairs of neighbouring letters (Dice)."""
    pairs = [Counter(itertools.pairwise(text)) for text in (re.sub(r"\W", "", one), re.sub(r"\W", "", other))]
    total = pairs[0].total() + pairs[1].total()
    return 2 * (pairs[0] & pairs[1]).total() / total if total else 0.0


def _known(path: Path) -> Mapping[str, str]:
    """Numbers and titles of the newest list of Chinese standards in a folder beside the map; nothing where there is none."""
    lists = sorted(path.parent.glob("master-*/standards.json*"))
    if not lists:
        return {}
    found: dict[str, str] = {}
    try:
        for _, told in listed.documents(lists[-1]):
            rows: list[Any] = told if isinstance(told, list) else []
            found |= {str(one.get("number")): str(one.get("title_zh")) for one in rows if isinstance(one, dict)}
    except UnreadableFile:
        return {}
    return found
