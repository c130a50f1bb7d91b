"""The languages of the web of data: RDF, RDF Schema, OWL, SKOS, SHACL, XML Schema datatypes."""

from __future__ import annotations

from pyoxigraph import NamedNode

from standards_graph.vocab.base import Vocabulary


class RDF(Vocabulary, prefix="rdf", iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF 1.1."""

    Property: NamedNode
    Statement: NamedNode
    first: NamedNode
    langString: NamedNode
    nil: NamedNode
    object: NamedNode
    predicate: NamedNode
    rest: NamedNode
    subject: NamedNode
    type: NamedNode
    value: NamedNode


class RDFS(Vocabulary, prefix="rdfs", iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema 1.1."""

    Class: NamedNode
    Datatype: NamedNode
    Literal: NamedNode
    Resource: NamedNode
    comment: NamedNode
    domain: NamedNode
    isDefinedBy: NamedNode
    label: NamedNode
    range: NamedNode
    seeAlso: NamedNode
    subClassOf: NamedNode
    subPropertyOf: NamedNode


class OWL(Vocabulary, prefix="owl", iri="http://www.w3.org/2002/07/owl#"):
    """OWL 2."""

    AllDisjointClasses: NamedNode
    AnnotationProperty: NamedNode
    Axiom: NamedNode
    Class: NamedNode
    DatatypeProperty: NamedNode
    FunctionalProperty: NamedNode
    NamedIndividual: NamedNode
    ObjectProperty: NamedNode
    Ontology: NamedNode
    Restriction: NamedNode
    SymmetricProperty: NamedNode
    Thing: NamedNode
    TransitiveProperty: NamedNode
    annotatedProperty: NamedNode
    annotatedSource: NamedNode
    annotatedTarget: NamedNode
    backwardCompatibleWith: NamedNode
    deprecated: NamedNode
    disjointWith: NamedNode
    equivalentClass: NamedNode
    equivalentProperty: NamedNode
    hasKey: NamedNode
    imports: NamedNode
    incompatibleWith: NamedNode
    intersectionOf: NamedNode
    inverseOf: NamedNode
    members: NamedNode
    onProperty: NamedNode
    priorVersion: NamedNode
    propertyChainAxiom: NamedNode
    sameAs: NamedNode
    someValuesFrom: NamedNode
    unionOf: NamedNode
    versionIRI: NamedNode
    versionInfo: NamedNode


class SKOS(Vocabulary, prefix="skos", iri="http://www.w3.org/2004/02/skos/core#"):
    """Simple Knowledge Organization System."""

    Concept: NamedNode
    ConceptScheme: NamedNode
    altLabel: NamedNode
    broadMatch: NamedNode
    broader: NamedNode
    changeNote: NamedNode
    closeMatch: NamedNode
    definition: NamedNode
    editorialNote: NamedNode
    exactMatch: NamedNode
    example: NamedNode
    hasTopConcept: NamedNode
    hiddenLabel: NamedNode
    historyNote: NamedNode
    inScheme: NamedNode
    mappingRelation: NamedNode
    member: NamedNode
    narrowMatch: NamedNode
    narrower: NamedNode
    notation: NamedNode
    note: NamedNode
    prefLabel: NamedNode
    related: NamedNode
    relatedMatch: NamedNode
    scopeNote: NamedNode
    topConceptOf: NamedNode


class XSD(Vocabulary, prefix="xsd", iri="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes."""

    anyURI: NamedNode
    boolean: NamedNode
    date: NamedNode
    dateTime: NamedNode
    decimal: NamedNode
    double: NamedNode
    gYear: NamedNode
    gYearMonth: NamedNode
    hexBinary: NamedNode
    integer: NamedNode
    nonNegativeInteger: NamedNode
    positiveInteger: NamedNode
    string: NamedNode


class SH(Vocabulary, prefix="sh", iri="http://www.w3.org/ns/shacl#"):
    """Shapes Constraint Language."""

    BlankNode: NamedNode
    IRI: NamedNode
    Info: NamedNode
    Literal: NamedNode
    NodeShape: NamedNode
    PropertyGroup: NamedNode
    PropertyShape: NamedNode
    ValidationReport: NamedNode
    ValidationResult: NamedNode
    Violation: NamedNode
    Warning: NamedNode
    class_: NamedNode
    conforms: NamedNode
    datatype: NamedNode
    declare: NamedNode
    description: NamedNode
    equals: NamedNode
    flags: NamedNode
    focusNode: NamedNode
    group: NamedNode
    hasValue: NamedNode
    in_: NamedNode
    inversePath: NamedNode
    languageIn: NamedNode
    lessThan: NamedNode
    maxCount: NamedNode
    maxExclusive: NamedNode
    maxInclusive: NamedNode
    maxLength: NamedNode
    message: NamedNode
    minCount: NamedNode
    minExclusive: NamedNode
    minInclusive: NamedNode
    minLength: NamedNode
    name: NamedNode
    namespace: NamedNode
    node: NamedNode
    nodeKind: NamedNode
    not_: NamedNode
    or_: NamedNode
    order: NamedNode
    path: NamedNode
    pattern: NamedNode
    prefix: NamedNode
    property: NamedNode
    result: NamedNode
    resultMessage: NamedNode
    resultPath: NamedNode
    resultSeverity: NamedNode
    select: NamedNode
    severity: NamedNode
    sourceConstraintComponent: NamedNode
    sourceShape: NamedNode
    sparql: NamedNode
    targetClass: NamedNode
    targetObjectsOf: NamedNode
    targetSubjectsOf: NamedNode
    uniqueLang: NamedNode
    value: NamedNode
    xone: NamedNode
