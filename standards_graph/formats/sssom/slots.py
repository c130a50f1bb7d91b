"""The slots of SSSOM 1.1: what each holds, where it stands, and which property says it in RDF.

From the schema of the standard: https://github.com/mapping-commons/sssom (src/sssom_schema/schema/sssom_schema.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from standards_graph.vocab import DCTERMS, LINKML, OWL, PAV, PROV, RDF, RDFS, SEMAPV, SKOS, SSSOM, XSD


class Kind(Enum):
    """What the values of a slot are."""

    REFERENCE = "a CURIE whose prefix is in the curie_map, or an IRI"
    ADDRESS = "an absolute address, such as https://example.org/"
    TEXT = "text"
    NUMBER = "a number"
    DAY = "a day, such as 2026-01-31"
    WORD = "one of the words that the standard lists"


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: its name, the kind of its values, and its property."""

    name: str
    kind: Kind
    property: NamedNode
    many: bool = False
    propagated: bool = False
    least: float = 0.0
    words: Mapping[str, NamedNode | None] | None = None


ENTITY_TYPES: Mapping[str, NamedNode | None] = {
    "owl class": OWL.Class,
    "owl object property": OWL.ObjectProperty,
    "owl data property": OWL.DatatypeProperty,
    "owl annotation property": OWL.AnnotationProperty,
    "owl named individual": OWL.NamedIndividual,
    "skos concept": SKOS.Concept,
    "rdfs resource": RDFS.Resource,
    "rdfs class": RDFS.Class,
    "rdfs literal": RDFS.Literal,
    "rdfs datatype": RDFS.Datatype,
    "rdf property": RDF.Property,
    "composed entity expression": SSSOM.ComposedEntityExpression,
}
MODIFIERS: Mapping[str, NamedNode | None] = {"Not": SSSOM.NegatedPredicate}
CARDINALITIES: Mapping[str, NamedNode | None] = dict.fromkeys(("1:1", "1:n", "n:1", "n:n", "1:0", "0:1", "0:0"))
VERSIONS: Mapping[str, NamedNode | None] = {one: NamedNode(f"{SSSOM.iri}version{one}") for one in ("1.0", "1.1")}


def _slot(name: str, kind: Kind, told: str = "", property_: NamedNode | None = None, **more: object) -> Slot:
    own = property_ or NamedNode(SSSOM.iri + name)
    return Slot(name, kind, own, many="many" in told, propagated="propagated" in told, **more)  # type: ignore[arg-type]


_REFERENCE, _ADDRESS, _TEXT, _NUMBER, _DAY, _WORD = Kind
_M, _P, _MP = "many", "propagated", "many propagated"

ON_RECORDS: tuple[Slot, ...] = (
    _slot("record_id", _REFERENCE),
    _slot("subject_id", _REFERENCE, property_=OWL.annotatedSource),
    _slot("subject_label", _TEXT),
    _slot("subject_category", _TEXT),
    _slot("predicate_id", _REFERENCE, property_=OWL.annotatedProperty),
    _slot("predicate_label", _TEXT),
    _slot("predicate_modifier", _WORD, words=MODIFIERS),
    _slot("object_id", _REFERENCE, property_=OWL.annotatedTarget),
    _slot("object_label", _TEXT),
    _slot("object_category", _TEXT),
    _slot("mapping_justification", _REFERENCE),
    _slot("author_id", _REFERENCE, _M, PAV.authoredBy),
    _slot("author_label", _TEXT, _M),
    _slot("reviewer_id", _REFERENCE, _M),
    _slot("reviewer_label", _TEXT, _M),
    _slot("creator_id", _REFERENCE, _M, DCTERMS.creator),
    _slot("creator_label", _TEXT, _M),
    _slot("license", _ADDRESS, property_=DCTERMS.license),
    _slot("subject_type", _WORD, _P, words=ENTITY_TYPES),
    _slot("subject_source", _REFERENCE, _P),
    _slot("subject_source_version", _TEXT, _P),
    _slot("object_type", _WORD, _P, words=ENTITY_TYPES),
    _slot("object_source", _REFERENCE, _P),
    _slot("object_source_version", _TEXT, _P),
    _slot("predicate_type", _WORD, _P, words=ENTITY_TYPES),
    _slot("mapping_provider", _ADDRESS, _P),
    _slot("mapping_source", _REFERENCE),
    _slot("mapping_cardinality", _WORD, words=CARDINALITIES),
    _slot("cardinality_scope", _TEXT, _MP),
    _slot("mapping_tool", _TEXT, _P),
    _slot("mapping_tool_id", _REFERENCE, _P),
    _slot("mapping_tool_version", _TEXT, _P),
    _slot("mapping_date", _DAY, _P, DCTERMS.created),
    _slot("publication_date", _DAY, property_=DCTERMS.issued),
    _slot("review_date", _DAY),
    _slot("confidence", _NUMBER),
    _slot("reviewer_agreement", _NUMBER, least=-1.0),
    _slot("curation_rule", _REFERENCE, _MP),
    _slot("curation_rule_text", _TEXT, _MP),
    _slot("subject_match_field", _REFERENCE, _MP),
    _slot("object_match_field", _REFERENCE, _MP),
    _slot("match_string", _TEXT, _M),
    _slot("subject_preprocessing", _REFERENCE, _MP),
    _slot("object_preprocessing", _REFERENCE, _MP),
    _slot("similarity_score", _NUMBER),
    _slot("similarity_measure", _TEXT, _P),
    _slot("see_also", _ADDRESS, _M, RDFS.seeAlso),
    _slot("issue_tracker_item", _REFERENCE),
    _slot("other", _TEXT),
    _slot("comment", _TEXT, property_=RDFS.comment),
)
"""The slots of a record, in the order of the standard."""

RECORD: Mapping[str, Slot] = {one.name: one for one in ON_RECORDS}

ON_SETS: tuple[Slot, ...] = (
    _slot("sssom_version", _WORD, words=VERSIONS),
    _slot("mapping_set_id", _ADDRESS),
    _slot("mapping_set_version", _TEXT, property_=OWL.versionInfo),
    _slot("mapping_set_source", _ADDRESS, _M, PROV.wasDerivedFrom),
    _slot("mapping_set_title", _TEXT, property_=DCTERMS.title),
    _slot("mapping_set_description", _TEXT, property_=DCTERMS.description),
    _slot("mapping_set_confidence", _NUMBER),
    *(RECORD[name] for name in ("creator_id", "creator_label", "license")),
    *(
        RECORD[name]
        for name in (
            "subject_type", "subject_source", "subject_source_version", "object_type", "object_source",
            "object_source_version", "predicate_type", "mapping_provider", "cardinality_scope", "mapping_tool",
            "mapping_tool_id", "mapping_tool_version", "mapping_date", "publication_date", "subject_match_field",
            "object_match_field", "subject_preprocessing", "object_preprocessing", "similarity_measure", "curation_rule",
            "curation_rule_text", "see_also",
        )
    ),
    _slot("issue_tracker", _ADDRESS),
    RECORD["other"],
    RECORD["comment"],
)  # fmt: skip
"""The slots of a set, in the order of the standard; ``curie_map``, ``mappings`` and ``extension_definitions`` stand apart."""

SET: Mapping[str, Slot] = {one.name: one for one in ON_SETS}
PROPAGATED: tuple[Slot, ...] = tuple(one for one in ON_SETS if one.propagated)
PARTS = ("curie_map", "mappings", "extension_definitions")
STANDARD = frozenset((*RECORD, *SET, *PARTS))

BUILT_IN: Mapping[str, str] = {
    "linkml": LINKML.iri,
    "owl": OWL.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "semapv": SEMAPV.iri,
    "skos": SKOS.iri,
    "sssom": SSSOM.iri,
    "xsd": XSD.iri,
}
"""Prefixes that need no declaration."""

OLD_NAMES: Mapping[str, str] = {
    "semantic_similarity_score": "similarity_score",
    "semantic_similarity_measure": "similarity_measure",
}
"""Slots of versions before 1.0, and what they are called now."""
