"""Codes of the International Classification for Standards (ICS) as concepts of one scheme for each edition of it."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import RDF, SKOS

EDITION = "7"
"""The edition by which catalogues classify; the IEEE too uses codes that only edition 7 has."""

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{3}(\.[0-9]{2})?)?")


def scheme(facts: Facts, edition: str = EDITION) -> NamedNode:
    """The scheme of an edition of the ICS."""
    return facts.concept(
        vocab.concept(f"ics-{edition}"), label=f"International Classification for Standards, edition {edition}"
    )


def concept(code: str, edition: str = EDITION) -> NamedNode:
    """The concept of a code such as ``11.040.01``; raises ValueError for what is no code."""
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is not a code of the ICS such as 11.040.01")
    return vocab.concept(f"ics-{edition}", identifiers.slug(code))


def describe(facts: Facts, code: str, label: str, edition: str = EDITION) -> NamedNode:
    """The concept of a code with its notation and name; raises ValueError for what is no code."""
    iri, whole = concept(code, edition), scheme(facts, edition)
    facts.say(iri, RDF.type, SKOS.Concept)
    facts.say(iri, SKOS.prefLabel, saying.english(label))
    facts.say(iri, SKOS.notation, Literal(code))
    facts.say(iri, SKOS.inScheme, whole)
    facts.say(iri, SKOS.topConceptOf, whole if len(code) == 2 else None)
    return iri
