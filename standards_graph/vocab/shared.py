"""Shared vocabularies for documents, provenance, organisations, mappings, data sets and services."""

from __future__ import annotations

from pyoxigraph import NamedNode

from standards_graph.vocab.base import Vocabulary


class DCTERMS(Vocabulary, prefix="dcterms", iri="http://purl.org/dc/terms/"):
    """Dublin Core metadata terms."""

    Jurisdiction: NamedNode
    Location: NamedNode
    abstract: NamedNode
    alternative: NamedNode
    bibliographicCitation: NamedNode
    conformsTo: NamedNode
    contributor: NamedNode
    created: NamedNode
    creator: NamedNode
    date: NamedNode
    description: NamedNode
    extent: NamedNode
    format: NamedNode
    hasPart: NamedNode
    hasVersion: NamedNode
    identifier: NamedNode
    isPartOf: NamedNode
    isReplacedBy: NamedNode
    isVersionOf: NamedNode
    issued: NamedNode
    language: NamedNode
    license: NamedNode
    modified: NamedNode
    provenance: NamedNode
    publisher: NamedNode
    references: NamedNode
    relation: NamedNode
    replaces: NamedNode
    rights: NamedNode
    source: NamedNode
    spatial: NamedNode
    subject: NamedNode
    temporal: NamedNode
    title: NamedNode
    type: NamedNode
    valid: NamedNode


class PROV(Vocabulary, prefix="prov", iri="http://www.w3.org/ns/prov#"):
    """The provenance ontology."""

    Activity: NamedNode
    Agent: NamedNode
    Entity: NamedNode
    SoftwareAgent: NamedNode
    endedAtTime: NamedNode
    generatedAtTime: NamedNode
    startedAtTime: NamedNode
    used: NamedNode
    wasAssociatedWith: NamedNode
    wasAttributedTo: NamedNode
    wasDerivedFrom: NamedNode
    wasGeneratedBy: NamedNode
    wasRevisionOf: NamedNode


class ORG(Vocabulary, prefix="org", iri="http://www.w3.org/ns/org#"):
    """The organization ontology."""

    FormalOrganization: NamedNode
    Membership: NamedNode
    Organization: NamedNode
    OrganizationalCollaboration: NamedNode
    OrganizationalUnit: NamedNode
    hasSubOrganization: NamedNode
    member: NamedNode
    organization: NamedNode
    subOrganizationOf: NamedNode


class SSSOM(Vocabulary, prefix="sssom", iri="https://w3id.org/sssom/"):
    """Simple Standard for Sharing Ontological Mappings 1.1."""

    ComposedEntityExpression: NamedNode
    ExtensionDefinition: NamedNode
    Mapping: NamedNode
    MappingSet: NamedNode
    NegatedPredicate: NamedNode
    NoTermFound: NamedNode
    author_id: NamedNode
    comment: NamedNode
    confidence: NamedNode
    creator_id: NamedNode
    extension_definitions: NamedNode
    license: NamedNode
    mapping_date: NamedNode
    mapping_justification: NamedNode
    mapping_set_description: NamedNode
    mapping_set_id: NamedNode
    mapping_set_title: NamedNode
    mapping_set_version: NamedNode
    mapping_source: NamedNode
    mapping_tool: NamedNode
    mappings: NamedNode
    object_id: NamedNode
    object_label: NamedNode
    object_source: NamedNode
    predicate_id: NamedNode
    predicate_modifier: NamedNode
    property: NamedNode
    record_id: NamedNode
    reviewer_agreement: NamedNode
    reviewer_id: NamedNode
    see_also: NamedNode
    slot_name: NamedNode
    sssom_version: NamedNode
    subject_id: NamedNode
    subject_label: NamedNode
    subject_source: NamedNode
    type_hint: NamedNode


class LINKML(Vocabulary, prefix="linkml", iri="https://w3id.org/linkml/"):
    """The types of the modelling language in which SSSOM is written."""

    Uriorcurie: NamedNode


class PAV(Vocabulary, prefix="pav", iri="http://purl.org/pav/"):
    """Provenance, Authoring and Versioning."""

    authoredBy: NamedNode


class SEMAPV(Vocabulary, prefix="semapv", iri="https://w3id.org/semapv/vocab/"):
    """Justifications of mappings."""

    AgentBasedMatching: NamedNode
    BackgroundKnowledgeBasedMatching: NamedNode
    BoundedPathMatching: NamedNode
    CompositeMatching: NamedNode
    EmbeddingBasedMatching: NamedNode
    GraphRepresentationLearningBasedMatching: NamedNode
    InstanceBasedMatching: NamedNode
    LLMBasedMatching: NamedNode
    LexicalMatching: NamedNode
    LexicalSimilarityThresholdMatching: NamedNode
    LogicalReasoning: NamedNode
    MachineLearningBasedMatching: NamedNode
    ManualMappingCuration: NamedNode
    MappingChaining: NamedNode
    MappingInversion: NamedNode
    MappingReview: NamedNode
    SemanticSimilarityThresholdMatching: NamedNode
    StructuralMatching: NamedNode
    TransformerBasedMatching: NamedNode
    UnspecifiedMatching: NamedNode


class SOSA(Vocabulary, prefix="sosa", iri="http://www.w3.org/ns/sosa/"):
    """Sensor, Observation, Sample, and Actuator: observations."""

    ObservableProperty: NamedNode
    Observation: NamedNode
    hasFeatureOfInterest: NamedNode
    hasSimpleResult: NamedNode
    observedProperty: NamedNode
    phenomenonTime: NamedNode
    usedProcedure: NamedNode


class DCAT(Vocabulary, prefix="dcat", iri="http://www.w3.org/ns/dcat#"):
    """Data Catalog Vocabulary 3."""

    Catalog: NamedNode
    DataService: NamedNode
    Dataset: NamedNode
    DatasetSeries: NamedNode
    Distribution: NamedNode
    accessService: NamedNode
    accessURL: NamedNode
    byteSize: NamedNode
    compressFormat: NamedNode
    contactPoint: NamedNode
    dataset: NamedNode
    distribution: NamedNode
    downloadURL: NamedNode
    endpointDescription: NamedNode
    endpointURL: NamedNode
    hasVersion: NamedNode
    inSeries: NamedNode
    isVersionOf: NamedNode
    keyword: NamedNode
    landingPage: NamedNode
    mediaType: NamedNode
    packageFormat: NamedNode
    prev: NamedNode
    previousVersion: NamedNode
    servesDataset: NamedNode
    service: NamedNode
    theme: NamedNode
    version: NamedNode


class VOID(Vocabulary, prefix="void", iri="http://rdfs.org/ns/void#"):
    """Vocabulary of interlinked datasets."""

    Dataset: NamedNode
    class_: NamedNode
    classPartition: NamedNode
    classes: NamedNode
    dataDump: NamedNode
    distinctObjects: NamedNode
    distinctSubjects: NamedNode
    documents: NamedNode
    entities: NamedNode
    exampleResource: NamedNode
    feature: NamedNode
    inDataset: NamedNode
    properties: NamedNode
    property: NamedNode
    propertyPartition: NamedNode
    sparqlEndpoint: NamedNode
    subset: NamedNode
    triples: NamedNode
    uriSpace: NamedNode
    vocabulary: NamedNode


class SD(Vocabulary, prefix="sd", iri="http://www.w3.org/ns/sparql-service-description#"):
    """SPARQL 1.1 service description."""

    BasicFederatedQuery: NamedNode
    Dataset: NamedNode
    DereferencesURIs: NamedNode
    EmptyGraphs: NamedNode
    Graph: NamedNode
    GraphCollection: NamedNode
    NamedGraph: NamedNode
    RequiresDataset: NamedNode
    SPARQL10Query: NamedNode
    SPARQL11Query: NamedNode
    SPARQL11Update: NamedNode
    Service: NamedNode
    UnionDefaultGraph: NamedNode
    availableGraphs: NamedNode
    defaultDataset: NamedNode
    defaultEntailmentRegime: NamedNode
    defaultGraph: NamedNode
    endpoint: NamedNode
    feature: NamedNode
    graph: NamedNode
    inputFormat: NamedNode
    languageExtension: NamedNode
    name: NamedNode
    namedGraph: NamedNode
    resultFormat: NamedNode
    supportedLanguage: NamedNode
    url: NamedNode


class FOAF(Vocabulary, prefix="foaf", iri="http://xmlns.com/foaf/0.1/"):
    """Friend of a Friend: pages about things."""

    Document: NamedNode
    homepage: NamedNode
    isPrimaryTopicOf: NamedNode
    name: NamedNode
    page: NamedNode
    primaryTopic: NamedNode


class ELI(Vocabulary, prefix="eli", iri="http://data.europa.eu/eli/ontology#"):
    """European Legislation Identifier."""

    LegalResource: NamedNode
    date_document: NamedNode
    id_local: NamedNode


class SPDX(Vocabulary, prefix="spdx", iri="http://spdx.org/rdf/terms#"):
    """Software Package Data Exchange: checksums, as DCAT 3 uses them."""

    Checksum: NamedNode
    algorithm: NamedNode
    checksum: NamedNode
    checksumAlgorithm_sha256: NamedNode
    checksumValue: NamedNode


class VANN(Vocabulary, prefix="vann", iri="http://purl.org/vocab/vann/"):
    """Annotating vocabulary descriptions."""

    preferredNamespacePrefix: NamedNode
    preferredNamespaceUri: NamedNode


class VS(Vocabulary, prefix="vs", iri="http://www.w3.org/2003/06/sw-vocab-status/ns#"):
    """Status of a vocabulary term."""

    term_status: NamedNode


class BIBO(Vocabulary, prefix="bibo", iri="http://purl.org/ontology/bibo/"):
    """The bibliographic ontology: status and identifier of a document."""

    doi: NamedNode
    status: NamedNode


class SCHEMA(Vocabulary, prefix="schema", iri="https://schema.org/"):
    """Schema.org: logo and catalogue of the ontology."""

    includedInDataCatalog: NamedNode
    logo: NamedNode


class MOD(Vocabulary, prefix="mod", iri="https://w3id.org/mod#"):
    """Metadata for Ontology Description and publication: what an ontology must be able to answer, and its size."""

    competencyQuestion: NamedNode
    hasFormalityLevel: NamedNode
    numberOfClasses: NamedNode
    numberOfDataProperties: NamedNode
    numberOfObjectProperties: NamedNode
