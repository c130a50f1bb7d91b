"""What the sources of the FDA have in common: its codes for panels and classes, and the names of what they speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.codes.papers import QMSR, law
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda_ai_devices import (
    CODE,
    FDA,
    PANEL,
    PATHWAYS,
    PUBLIC_DOMAIN,
    SITE,
    US,
    authorisation_label,
    packaged,
)
from standards_graph.model import identifiers
from standards_graph.vocab import RDF, RDFS, SGO, SKOS

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"

PANELS: Mapping[str, str] = {
    "AN": "Anesthesiology",
    "CH": "Clinical Chemistry",
    "CV": "Cardiovascular",
    "DE": "Dental",
    "EN": "Ear Nose & Throat",
    "GU": "Gastroenterology-Urology",
    "HE": "Hematology",
    "HO": "General Hospital",
    "IM": "Immunology",
    "MG": "Medical Genetics",
    "MI": "Microbiology",
    "NE": "Neurology",
    "OB": "Obstetrics and Gynecology",
    "OP": "Ophthalmic",
    "OR": "Orthopedic",
    "PA": "Pathology",
    "PM": "Physical Medicine",
    "RA": "Radiology",
    "SU": "General and Plastic Surgery",
    "TX": "Clinical Toxicology",
}
"""Panels by the two letters of openFDA's field ``medical_specialty``, called as the FDA's list of AI-enabled devices does."""

CLASSES: Mapping[str, str] = {"1": "i", "2": "ii", "3": "iii"}
"""Device classes by the digits of the FDA's files; U (unclassified), N (not classified) and F (HDE) are no classes."""

UNCLASSED: Mapping[str, str] = {"U": "unclassified", "N": "not classified", "F": "humanitarian device exemption"}
"""What openFDA's description of the field ``device_class`` says of the letters that are no class."""

SUBMISSION = re.compile(r"(?P<letters>B?[KP]|DEN|HD?E?|H|N)[0-9]{5,6}(?P<supplement>/S[0-9]{3})?")
REGULATION = re.compile(r"(?P<part>[0-9]{3,4})\.[0-9]{1,5}")
PRODUCT_CODE = re.compile(r"[A-Z]{3}")

__all__ = ["CODE", "FDA", "PANEL", "PUBLIC_DOMAIN", "SITE", "US"]


@dataclass(slots=True)
class Told:
    """What a run has said already of what several rows speak of: it is said once."""

    _said: set[Quad] = field(default_factory=set)

    def fresh(self, facts: Facts, own: Callable[[str], bool]) -> Iterator[Quad]:
        """The statements of a row: all about what is the row's own, by its IRI, and those about other things once in a run."""
        for quad in facts.quads():
            if not (isinstance(quad.subject, NamedNode) and own(quad.subject.value)):
                if quad in self._said:
                    continue
                self._said.add(quad)
            yield quad


def plainly(facts: Facts, iri: NamedNode, *types: NamedNode, label: str) -> None:
    """Something with a name without a language, so that it does not stand against the name that another source gives."""
    facts.say(iri, RDF.type, *types)
    facts.say(iri, RDFS.label, Literal(label))
    facts.say(iri, SGO.hasSourceRecord, facts.record)


def product_code(facts: Facts, code: str) -> NamedNode:
    """A product code as a kind of device of the FDA's code list."""
    facts.concept(CODE, label="FDA product codes")
    iri = vocab.concept("us-product-code", code.lower())
    facts.concept(iri, SGO.DeviceType, label=f"FDA product code {code}", scheme=CODE)
    facts.say(iri, SKOS.notation, Literal(code))
    return iri


def panel(facts: Facts, letters: str) -> NamedNode | None:
    """A review panel by its two letters; None where they are not known."""
    name = PANELS.get(letters.upper())
    if name is None:
        return None
    facts.concept(PANEL, label="FDA review panels")
    iri = vocab.concept("us-panel", identifiers.slug(name))
    facts.concept(iri, label=name, scheme=PANEL)
    facts.say(iri, SKOS.notation, Literal(name))
    return iri


def regulation(facts: Facts, number: str) -> NamedNode | None:
    """A section of title 21 of the CFR by its number, such as 892.2070, with the part it stands in; None for no number."""
    found = REGULATION.fullmatch(number)
    if found is None:
        return None
    slug = identifiers.law(f"21 CFR {found['part']}", "US")
    paper = QMSR if slug == QMSR.slug else law(slug, f"21 CFR part {found['part']}", SGO.RegulatoryInstrument)
    paper.say(facts)
    if paper.type_:
        facts.say(paper.iri, SGO.officialIdentifier, Literal(f"21 CFR part {found['part']}"))
        facts.say(paper.iri, SGO.hasInstrumentKind, vocab.concept("instrument-kind", "federal-regulation"))
        facts.say(paper.iri, SGO.appliesIn, US)
    return paper.provision(facts, f"21 CFR {number}")


def classification(facts: Facts, code: str, *, class_: str, number: str, type_: NamedNode) -> NamedNode:
    """The statement that the FDA puts a code in a class, or in none, under a regulation where the source names one.

    It is a decision of its own: a later file with another class or regulation brings another one, and this one stays, with
    the day on which the file no longer had it.
    """
    letter = class_.upper()
    slug = identifiers.slug(" ".join(filter(None, ("us product code", code, "class", letter, number))))
    told = f"class {CLASSES[letter].upper()}" if letter in CLASSES else UNCLASSED.get(letter, "class not recorded")
    under = f", 21 CFR {number}" if number else ", regulation not recorded"
    iri = facts.entity(vocab.entity("classification", slug), SGO.Decision, label=f"FDA product code {code}: {told}{under}")
    facts.say(iri, SGO.classifiesDeviceType, type_)
    facts.say(iri, SGO.deviceClassText, Literal(class_) if class_ else None)
    facts.say(iri, SGO.issuedBy, FDA)
    facts.say(iri, SGO.inJurisdiction, US)
    facts.say(iri, SGO.hasLegalBasis, regulation(facts, number))
    if letter in CLASSES:
        risk = vocab.concept("us-fda-class", CLASSES[letter])
        facts.say(iri, SGO.assignsRiskClass, risk)
        facts.say(type_, SGO.hasRiskClass, risk)
    return iri


def described(facts: Facts, type_: NamedNode, *, name: str, definition: str, panel_: str) -> None:
    """What a code stands for, in the FDA's words, and the panel that reviews such devices."""
    facts.say(type_, SKOS.altLabel, saying.english(name) if name else None)
    facts.say(type_, SKOS.definition, saying.english(definition) if definition else None)
    facts.say(type_, SKOS.related, panel(facts, panel_))


def submission(facts: Facts, number: str, *, name: str = "") -> NamedNode:
    """A decision on a submission by its number, called after it and the device that the source names.

    What the packaged list calls it goes before. A source that knows the number alone gives it as a name without a language, so
    that it does not stand against the name that another source gives.
    """
    iri = vocab.entity("authorisation", identifiers.authorisation(number, "us"))
    facts.say(iri, RDF.type, SGO.MarketAuthorisation)
    facts.say(iri, RDFS.label, submission_label(number, name))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SGO.officialIdentifier, Literal(number))
    facts.say(iri, SGO.identifierScheme, Literal("FDA submission number"))
    facts.say(iri, SGO.issuedBy, FDA)
    facts.say(iri, SGO.inJurisdiction, US)
    facts.say(iri, SGO.viaPathway, pathway(number))
    return iri


def submission_label(number: str, name: str = "") -> Literal:
    """What a decision is called: as the packaged list does, else by its number and the device, else by its number."""
    known = packaged().entry(number)
    told = known.device if known else name
    return saying.english(authorisation_label(number, told)) if told else Literal(number)


def pathway(number: str) -> NamedNode | None:
    """The legal route by the letters of a submission number; None where they are not known."""
    found = SUBMISSION.fullmatch(number)
    if found is None or found["letters"] not in PATHWAYS:
        return None
    word = PATHWAYS[found["letters"]][0] + ("-supplement" if found["supplement"] else "")
    return vocab.concept("pathway", word)


def page(number: str) -> str:
    """The page of a submission at the FDA, by the letters of its number."""
    found = SUBMISSION.fullmatch(number)
    letters = found["letters"] if found else "K"
    return SITE + (PATHWAYS[letters][1] if letters in PATHWAYS else PATHWAYS["K"][1]) + number
