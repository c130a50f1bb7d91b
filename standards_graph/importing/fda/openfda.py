"""What the endpoints of openFDA have in common: how a file is recognised, read, and what of it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import answers, words
from standards_graph.importing.fda.answers import Item, LeftOut
from standards_graph.importing.fda_ai_devices import company, packaged
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO, SKOS

API = "https://api.fda.gov/"
OWN = ("/id/authorisation/", "/id/device/", "/id/device-version/", "/id/action/", "/id/source/")
"""Parts of the IRIs of what rows are about: nothing of it is remembered, so that a file of any length needs little memory."""


class OpenFda:
    """One endpoint of openFDA."""

    name: str
    title: str
    description: str
    licence = words.CC0
    endpoint: ClassVar[str]
    marks: ClassVar[tuple[str, ...]]
    """Names of fields that no other endpoint has."""
    key: ClassVar[str]
    """A field that every record has."""
    left_out: ClassVar[Mapping[str, str]] = {}
    """Fields that are not taken in, and what they hold."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file begins as JSON and names a field that this endpoint alone has."""
        return answers.is_answer(beginning) and any(f'"{mark}"' in beginning for mark in self.marks)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the records say, in the order of the file; one that cannot be used is left out, with a finding."""
        licence, told, left = NamedNode(self.licence), words.Told(), Counter[str]()
        yield from saying.file_record(graph, path, url=f"https://open.fda.gov/apis/{self.endpoint}/", licence=licence)
        for item in self.items(path):
            yield ROW
            left.update(name for name in self.left_out if item.values.get(name))
            facts = Facts(graph, vocab.entity("source", "none"))
            try:
                yield from self.tell(item, facts)
            except LeftOut as error:
                message, column = error.message, error.column
                yield item.finding(f"{self.name}-{error.what}", message, column=column, severity=error.severity)
                continue
            yield from told.fresh(facts, lambda iri: any(part in iri for part in OWN))
        yield from self._remarks(path, left)

    def items(self, path: Path) -> Iterator[Item]:
        """The records of a file."""
        return answers.items(path, key=self.key)

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says; give what is wrong with it. Raises LeftOut."""
        raise NotImplementedError

    def sourced(self, facts: Facts, key: str, *, url: str) -> None:
        """Say from now on that statements come from the record with that key."""
        made = saying.record(
            facts.graph,
            url=url,
            date="",
            key=f"{self.name}#{key}",
            level="source-read",
            licence=NamedNode(self.licence),
            printed=None,
        )
        facts.record = made.record
        facts.found.update(made.found)

    def address(self, field: str, value: str) -> str:
        """The address at which openFDA gives the record with that value."""
        return f'{API}{self.endpoint}.json?search={field}:"{value}"'

    def day(self, item: Item, facts: Facts, iri: NamedNode, column: str, *predicates: NamedNode) -> Iterator[Finding]:
        """State a day by each of these properties; a day that cannot be is a finding and stays out."""
        try:
            found = answers.date(item.text(column))
        except ValueError:
            yield item.finding(f"{self.name}-date", "This is no day; it is left out.", column=column)
            return
        if found:
            facts.say(iri, predicates[0], *(dates.day(found),))
            for predicate in predicates[1:]:
                facts.say(iri, predicate, dates.day(found))

    def named(self, slug: str, printed: str) -> str:
        """One name for each thing: that of the packaged list, else the first that was printed."""
        return self._names.setdefault(slug, packaged().name(slug, printed))

    def device(self, facts: Facts, *, applicant: str, name: str) -> NamedNode:
        """A device by its maker and its name as printed, with the maker, as the list of AI-enabled devices has them."""
        firm, slug = company(applicant), identifiers.device(applicant, name)
        maker = facts.entity(vocab.entity("org", firm), SGO.Actor, SGO.Manufacturer, label=self.named(firm, applicant))
        iri = facts.entity(vocab.entity("device", slug), SGO.DeviceFamily, label=self.named(slug, name))
        facts.say(iri, SKOS.altLabel, saying.english(name) if name != self.named(slug, name) else None)
        facts.say(iri, SGO.manufacturedBy, maker)
        return iri

    def code(self, item: Item, facts: Facts, column: str = "product_code") -> tuple[NamedNode | None, list[Finding]]:
        """The product code of a record, and what is wrong with it."""
        text = item.text(column)
        if words.PRODUCT_CODE.fullmatch(text):
            return words.product_code(facts, text), []
        wrong = item.finding(f"{self.name}-code", "This is no product code; it is left out.", column=column)
        return None, [wrong] if text else []

    def _remarks(self, path: Path, left: Counter[str]) -> Iterator[Finding]:
        told = Counter[str]()
        for field, count in left.items():
            told[self.left_out[field]] = max(told[self.left_out[field]], count)
        for what, count in told.items():
            message = f"{what[:1].upper()}{what[1:]} are not taken in ({count:,} records)."
            yield Finding(f"{self.name}-left-out", "", message, severity=Severity.INFO, source=str(path))


def text(value: str) -> Literal | None:
    """A text without a language, or None for no text."""
    return Literal(value) if value else None
