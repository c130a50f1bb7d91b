"""Laws, standards and frameworks whose numbered parts the sources of this package name, as the registry calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import SGO


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its IRI, what parts of it are called after, and what a number that stands alone is called.

    ``reference`` and ``undated`` are those of an edition that the curated tables do not have, to describe it.
    """

    iri: NamedNode
    name: str
    kind: str
    version: str = ""
    reference: str = ""
    undated: str = ""
    type_: NamedNode | None = None

    @property
    def slug(self) -> str:
        """The last part of the IRI, with which those of its parts begin."""
        return self.iri.value.rpartition("/")[2]

    def part(self, number: str) -> NamedNode:
        """The IRI of a numbered part; raises ValueError where nothing is left of the number."""
        if not number.strip():
            raise ValueError("the number is empty")
        return vocab.entity("provision", identifiers.provision(self.slug, number, kind=self.kind))

    def called(self, number: str) -> str:
        """What a numbered part is called, in the words of the curated tables."""
        alone = number[0].isdigit() and self.kind not in number
        return f"{self.name}, {self.kind} {number}" if alone else f"{self.name}, {number}"

    def say(self, facts: Facts) -> None:
        """Who the document is, where the curated tables do not say it; the source record in any case."""
        facts.say(self.iri, SGO.hasSourceRecord, facts.record)
        if self.type_:
            facts.entity(self.iri, self.type_, label=self.name)
        if self.reference:
            facts.say(self.iri, SGO.officialIdentifier, Literal(self.reference))
            work = facts.entity(vocab.entity("standard", identifiers.slug(self.undated)), SGO.Standard, label=self.undated)
            facts.say(work, SGO.officialIdentifier, Literal(self.undated))
            facts.say(self.iri, SGO.isEditionOf, work)

    def provision(self, facts: Facts, number: str, heading: Literal | None = None) -> NamedNode:
        """A numbered part, said as the curated tables say it."""
        iri = facts.entity(self.part(number), SGO.Provision, label=self.called(number))
        facts.say(iri, SGO.provisionNumber, Literal(number))
        facts.say(iri, SGO.provisionHeading, heading)
        facts.say(self.iri, SGO.hasProvision, iri)
        return iri


def law(slug: str, name: str, type_: NamedNode | None = None) -> Paper:
    """A legal text of the curated tables; with a type, one that they do not have."""
    return Paper(vocab.entity("law", slug), name, "section", type_=type_)


def edition(reference: str) -> Paper:
    """An edition of the curated tables."""
    version = re.search(r":(\d{4})", reference)
    iri = vocab.entity("edition", identifiers.edition(reference))
    return Paper(iri, reference, "clause", version=version[1] if version else "")


def other(reference: str, undated: str, version: str) -> Paper:
    """An edition of a framework that the curated tables do not have."""
    iri = vocab.entity("edition", identifiers.edition(reference))
    return Paper(iri, reference, "clause", version, reference, undated, SGO.StandardEdition)


def unknown(key: str, name: str) -> Paper:
    """A document of which nothing is known but a name."""
    return Paper(vocab.entity("framework", identifiers.name_slug(key)), name, "requirement", type_=SGO.Document)


AI_ACT = law("eu-2024-1689", "AI Act")
MDR = law("eu-2017-745", "MDR")
ISO_42001 = edition("ISO/IEC 42001:2023")
AI_RMF = edition("NIST AI 100-1")

QMSR = law("us-21-cfr-820", "QMSR")
FDC_ACT = law("us-21-usc-chapter-9", "FD&C Act")
CRA = law("eu-2024-2847", "Cyber Resilience Act")

LAWS: Mapping[str, Paper] = {one.slug: one for one in (AI_ACT, MDR, CRA)}
"""Acts of the European Union by the last part of their IRI."""

FRAMEWORKS: Mapping[str, Paper] = {
    "ai-act": AI_ACT,
    "cra-resolution-annexes": CRA,
    "iso42001-2023": ISO_42001,
    "iso27001-2022": edition("ISO/IEC 27001:2022"),
    "iso27001-2013": edition("ISO/IEC 27001:2013"),
    "iec-62443-4-1-2018": edition("IEC 62443-4-1:2018"),
    "nist-ai-rmf-1.0": AI_RMF,
    "nist-csf-1.1": other("NIST CSF 1.1", "NIST CSF", "1.1"),
    "nist-csf-2.0": other("NIST CSF 2.0", "NIST CSF", "2.0"),
    "nist-sp-800-53-rev5": other("NIST SP 800-53 Rev. 5", "NIST SP 800-53", "Rev. 5"),
    "nist-sp-800-66-rev2": other("NIST SP 800-66 Rev. 2", "NIST SP 800-66", "Rev. 2"),
    "cis-controls-v8": other("CIS Controls v8", "CIS Controls", "v8"),
}
"""Documents by the name that libraries of requirements give them; the others stay what the library says of them."""
