"""What terms of other vocabularies are called here, and how they are read backwards: our graphs hold no labels of them."""

from __future__ import annotations

from pyoxigraph import NamedNode

from standards_graph.vocab import DCTERMS, OWL, RDF, RDFS, SKOS, SSSOM

LABELS: dict[NamedNode, str] = {
    DCTERMS.description: "description",
    DCTERMS.identifier: "other identifier",
    DCTERMS.license: "licence",
    DCTERMS.publisher: "publisher",
    DCTERMS.spatial: "jurisdiction",
    DCTERMS.title: "title",
    OWL.Axiom: "annotated axiom (OWL)",
    OWL.Class: "class (OWL)",
    OWL.DatatypeProperty: "datatype property (OWL)",
    OWL.ObjectProperty: "object property (OWL)",
    OWL.annotatedProperty: "relation",
    OWL.annotatedSource: "from",
    OWL.annotatedTarget: "to",
    OWL.disjointWith: "disjoint with",
    OWL.inverseOf: "inverse of",
    OWL.versionInfo: "version",
    RDF.type: "type",
    RDFS.comment: "comment",
    RDFS.domain: "domain",
    RDFS.isDefinedBy: "defined by",
    RDFS.label: "name",
    RDFS.range: "range",
    RDFS.seeAlso: "see also",
    RDFS.subClassOf: "subclass of",
    RDFS.subPropertyOf: "subproperty of",
    SKOS.Concept: "concept (SKOS)",
    SKOS.ConceptScheme: "concept scheme (SKOS)",
    SKOS.altLabel: "other name",
    SKOS.broader: "broader",
    SKOS.definition: "definition",
    SKOS.example: "example",
    SKOS.inScheme: "in scheme",
    SKOS.notation: "notation",
    SKOS.prefLabel: "name",
    SKOS.topConceptOf: "top concept of",
    SSSOM.MappingSet: "mapping set",
    SSSOM.confidence: "confidence",
    SSSOM.mapping_justification: "justification",
    SSSOM.mappings: "holds mapping record",
}

INVERSES: dict[NamedNode, str] = {
    DCTERMS.publisher: "publishes",
    DCTERMS.spatial: "has scheme",
    OWL.annotatedProperty: "is relation of mapping",
    OWL.annotatedSource: "mapped from here",
    OWL.annotatedTarget: "mapped to here",
    RDF.type: "has instance",
    RDFS.domain: "is domain of",
    RDFS.range: "is range of",
    RDFS.subClassOf: "has subclass",
    RDFS.subPropertyOf: "has subproperty",
    SKOS.broader: "has narrower",
    SKOS.inScheme: "holds concept",
    SKOS.topConceptOf: "has top concept",
    SSSOM.mappings: "belongs to mapping set",
}
