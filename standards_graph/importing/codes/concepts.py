"""Code lists with a hierarchy, as SKOS: a scheme, and codes that stand under others."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.importing.facts import Facts, english
from standards_graph.vocab import RDF, SGO, SKOS


def scheme(facts: Facts, name: str, *, label: str) -> NamedNode:
    """The code list of that name; it bears the source record of what says it."""
    iri = facts.concept(vocab.concept(name), label=label)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    return iri


def code(
    facts: Facts, iri: NamedNode, *types: NamedNode, label: str, within: NamedNode, above: Iterable[NamedNode] = ()
) -> NamedNode:
    """A code of a list, under those above it; one with none above it is at the top of the list."""
    facts.say(iri, RDF.type, SKOS.Concept, *types)
    facts.say(iri, SKOS.prefLabel, english(label))
    facts.say(iri, SKOS.inScheme, within)
    over = tuple(above)
    facts.say(iri, SKOS.broader, *over)
    facts.say(iri, SKOS.topConceptOf, None if over else within)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    return iri
