"""Mapping records as the registry keeps them, and how the standard says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from standards_graph import vocab
from standards_graph.formats.sssom import rdf
from standards_graph.formats.sssom.checking import Checker
from standards_graph.formats.sssom.problems import Problems
from standards_graph.formats.sssom.rdf import Said, Term
from standards_graph.formats.sssom.sets import Extension, MappingSet, Record
from standards_graph.model import identifiers, mappings
from standards_graph.vocab import LINKML, OWL, PREFIXES, RDF, RDFS, SGO, SKOS, SSSOM, XSD

RELATIONS: Mapping[NamedNode, NamedNode] = {
    SKOS.exactMatch: SGO.equivalentTo,
    SKOS.closeMatch: SGO.closeTo,
    SKOS.broadMatch: SGO.entails,
    SKOS.narrowMatch: SGO.entailedBy,
    SKOS.relatedMatch: SGO.relatedTo,
    OWL.equivalentClass: SGO.equivalentTo,
    RDFS.subClassOf: SGO.entails,
}
"""What predicates of others say in our words; what is not here is kept as it is, and nothing follows from it."""

PREDICATES: Mapping[NamedNode, NamedNode] = {relation: predicate for predicate, relation in reversed([*RELATIONS.items()])}
"""What our relations are called in the files of others: the first name above."""

WORDS: Mapping[NamedNode, str] = {
    NamedNode(name if ":" in name else SGO.iri + name): words for name, words in mappings.WORDS.items()
}
"""Our relations in words."""

EXTENSIONS: Mapping[str, Extension] = {
    term.value: Extension(name, term.value, hint)
    for name, term, hint in (
        ("ext_valid_from", SGO.validFrom, XSD.date.value),
        ("ext_valid_until", SGO.validUntil, XSD.date.value),
        ("ext_printed_valid_from", SGO.printedValidFrom, XSD.string.value),
        ("ext_printed_valid_until", SGO.printedValidUntil, XSD.string.value),
        ("ext_mapping_scope", SGO.mappingScope, LINKML.Uriorcurie.value),
        ("ext_mapping_scope_text", SGO.mappingScopeText, rdf.ENGLISH),
        ("ext_mapping_status", SGO.hasMappingStatus, LINKML.Uriorcurie.value),
        ("ext_mapping_authority", SGO.mappingAuthority, XSD.string.value),
        ("ext_mapping_basis", SGO.mappingBasis, rdf.ENGLISH),
        ("ext_strictness_unknown", SGO.strictnessUnknown, XSD.boolean.value),
        ("ext_withdrawn_at_source", SGO.withdrawnAtSource, XSD.date.value),
    )
}
"""Our own slots of mapping records, as extensions of the standard, by property."""

CANDIDATE = vocab.concept("mapping-status", "candidate")
LAX = Literal("true", datatype=XSD.boolean)

IDENTITY = ("subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification")
"""What makes two rows of a set the same record, whatever else they say."""

KEPT_APART = frozenset((RDFS.label, SGO.hasSourceRecord, SSSOM.predicate_id))
"""What the registry says of a record besides the slots."""


def node(name: str) -> NamedNode:
    """The IRI of the set in the graph ``mapping/{name}``."""
    return vocab.mapping(f"set-{name}")


def key(record: Record) -> tuple[str, ...]:
    """What a record compares, and on what ground."""
    return tuple(record.one(name) for name in IDENTITY)


def minted(told: tuple[str, ...], within: NamedNode, count: int) -> NamedNode:
    """The IRI of a record that bears none: the ``count``-th of the set that compares the same."""
    return vocab.mapping(identifiers.mapping(*told, within.value, str(count)))


def standard(triples: Iterable[Triple], name: str, problems: Problems) -> MappingSet:
    """The content of the graph ``mapping/{name}`` in the words of the standard."""
    said = rdf.gathered(triples)
    within = rdf.set_node(said) or node(name)
    stated = said.get(within, [])
    shared = {value for property_, value in stated if property_ == SGO.hasSourceRecord}
    told = rdf.metadata({**said, within: [*_without(stated), (RDF.type, SSSOM.MappingSet)]}, {}, problems)
    records = [one for one, about in said.items() if (RDF.type, OWL.Axiom) in about and isinstance(one, NamedNode)]
    given = _given(said, records, {one.property for one in told.extensions})
    checker = Checker(problems, None, {one.property: one for one in (*EXTENSIONS.values(), *told.extensions)}.values())
    values = checker.of_set(told.raw)
    rows = [(one, checker.of_record(rdf.raw(_translated(said[one], shared, given), checker), None)) for one in records]
    found = [(one, record) for one, record in rows if record]
    listed = tuple(_named(found, node(name)))
    return MappingSet(values, told.prefixes or PREFIXES, checker.extensions, listed, len(records))


def _without(told: list[tuple[NamedNode, Term]]) -> list[tuple[NamedNode, Term]]:
    return [(property_, value) for property_, value in told if property_ not in KEPT_APART and property_ != SSSOM.mappings]


def _given(said: Said, records: list[NamedNode], declared: set[str]) -> frozenset[tuple[NamedNode, Term]]:
    """What reading the file again adds by itself: the status where all are candidates, and strictness that is unknown."""
    states = {value for one in records for property_, value in said[one] if property_ == SGO.hasMappingStatus}
    found: set[tuple[NamedNode, Term]] = set()
    if states == {CANDIDATE} and SGO.hasMappingStatus.value not in declared:
        found.add((SGO.hasMappingStatus, CANDIDATE))
    if SGO.strictnessUnknown.value not in declared:
        found.add((SGO.strictnessUnknown, LAX))
    return frozenset(found)


def _translated(
    told: list[tuple[NamedNode, Term]], shared: set[Term], given: frozenset[tuple[NamedNode, Term]]
) -> list[tuple[NamedNode, Term]]:
    """What is said of a record, with the predicate in the words of others, and its source where the set does not name it."""
    stated = dict(told)
    relation = stated.get(OWL.annotatedProperty)
    predicate = stated.get(SSSOM.predicate_id) or (
        PREDICATES.get(relation, relation) if isinstance(relation, NamedNode) else None
    )
    if predicate != RDFS.subClassOf:
        given -= {(SGO.strictnessUnknown, LAX)}
    found = [one for one in _without(told) if one[0] != OWL.annotatedProperty and one not in given]
    if predicate is not None:
        found.append((OWL.annotatedProperty, predicate))
    sources = sorted((value for property_, value in told if property_ == SGO.hasSourceRecord and value not in shared), key=str)
    if sources and SSSOM.mapping_source not in stated:
        found.append((SSSOM.mapping_source, sources[0]))
    return found


def _named(found: list[tuple[NamedNode, Record]], within: NamedNode) -> Iterable[Record]:
    """The records; with their IRIs only where reading the file again would not give the same ones."""
    counts = Counter(key(record) for _, record in found)
    again = {minted(told, within, place) for told, count in counts.items() for place in range(1, count + 1)}
    bare = all(one in again for one, _ in found)
    for one, record in found:
        yield record if bare or "record_id" in record.values else Record({**record.values, "record_id": (one.value,)})
