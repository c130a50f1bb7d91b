"""A few statements that the tests of this room stand on: two editions, a regulator, a device, each there for a reason."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from standards_graph.store.memory import MemoryStore

SMALL = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX sgo: <https://w3id.org/standards-graph/ontology#>
BASE <https://w3id.org/standards-graph/>

<graph/ontology> {
  sgo:officialIdentifier rdfs:label "official identifier"@en , "identifiant officiel"@fr .
  sgo:StandardEdition rdfs:label "standard edition"@en .
}
<graph/scheme/edition-status> {
  <scheme/edition-status/published> skos:prefLabel "published"@en .
  <scheme/edition-status/withdrawn> skos:prefLabel "withdrawn"@en .
  <scheme/us-fda-class/ii> a sgo:RiskClass ; skos:prefLabel "FDA class II"@en ; skos:notation "II" .
  <scheme/eu-mdr-class/iia> a sgo:RiskClass ; skos:prefLabel "EU MDR class IIa"@en ; skos:notation "IIa" .
}
<graph/curated/standards> {
  <id/standard/iec-62304> a sgo:Standard ; rdfs:label "IEC 62304"@en ; sgo:officialIdentifier "IEC 62304" .
  <id/edition/iec-62304-2006> a sgo:StandardEdition ;
    rdfs:label "IEC 62304:2006"@en ; dcterms:title "Medical device software - Software life cycle processes"@en ;
    sgo:officialIdentifier "IEC 62304:2006" ; sgo:isEditionOf <id/standard/iec-62304> ;
    sgo:publishedOn "2006-05-01"^^xsd:date ; sgo:printedPublishedOn "2006-05"^^xsd:gYearMonth ;
    sgo:hasEditionStatus <scheme/edition-status/published> ; sgo:hasSourceRecord <id/source/0000000000000001> .
  <id/edition/iec-62304-2006-plus-amd1-2015> a sgo:StandardEdition ;
    rdfs:label "IEC 62304:2006+AMD1:2015"@en ; sgo:officialIdentifier "IEC 62304:2006+AMD1:2015" ;
    sgo:isEditionOf <id/standard/iec-62304> ; sgo:hasEditionStatus <scheme/edition-status/published> ;
    sgo:hasSourceRecord <id/source/0000000000000002> .
  <id/edition/iso-13485-2003> a sgo:StandardEdition ;
    rdfs:label "ISO 13485:2003"@en ; sgo:officialIdentifier "ISO 13485:2003" ;
    sgo:hasEditionStatus <scheme/edition-status/withdrawn> ; sgo:hasSourceRecord <id/source/0000000000000003> .
  <id/edition/iso-13485-2016> a sgo:StandardEdition ;
    rdfs:label "ISO 13485:2016"@en ; sgo:officialIdentifier "ISO 13485:2016" ; sgo:supersedes <id/edition/iso-13485-2003> ;
    dcterms:title "Medical devices - Quality management systems"@en , "Dispositifs médicaux - Systèmes de management"@fr ;
    sgo:hasEditionStatus <scheme/edition-status/published> ; sgo:hasSourceRecord <id/source/0000000000000004> .
  <id/source/0000000000000001> a sgo:SourceRecord ; sgo:sourceAddress "https://www.iec.ch/62304"^^xsd:anyURI ;
    sgo:printedSourceDate "2025-06"^^xsd:gYearMonth ; sgo:readingLevel <scheme/reading-level/source-read> ;
    sgo:rowKey "standards#iec-62304-2006" ; sgo:curatorNote "Date given to the month." .
  <id/source/0000000000000002> a sgo:SourceRecord .
  <id/source/0000000000000003> a sgo:SourceRecord .
  <id/source/0000000000000004> a sgo:SourceRecord .
}
<graph/curated/regulators> {
  <id/org/mhra> a sgo:RegulatoryAuthority ; rdfs:label "Medicines and Healthcare products Regulatory Agency"@en ;
    sgo:acronym "MHRA" ; sgo:hasSourceRecord <id/source/0000000000000005> .
  <id/org/jp-mhlw> a sgo:RegulatoryAuthority ; rdfs:label "Ministry of Health, Labour and Welfare"@en ;
    sgo:nativeName "厚生労働省"@ja ; sgo:acronym "MHLW" .
}
<graph/unverified/regulators> {
  <id/org/xx-agency> a sgo:RegulatoryAuthority ; rdfs:label "Agency of Somewhere"@en ;
    sgo:hasSourceRecord <id/source/0000000000000006> .
  <id/source/0000000000000006> a sgo:SourceRecord ; sgo:readingLevel <scheme/reading-level/not-confirmed> .
}
<graph/source/fda-ai-devices> {
  <id/device/acme/pulse> a sgo:AIDevice ; rdfs:label "Pulse"@en .
  <id/device/acme/pulse-two> a sgo:AIDevice ; rdfs:label "Pulse Two medical software"@en .
  <id/authorisation/us-k252054> a sgo:MarketAuthorisation ; rdfs:label "K252054: Pulse"@en ;
    sgo:officialIdentifier "K252054" ; sgo:authorises <id/device/acme/pulse> .
}
"""


@pytest.fixture(scope="session")
def small() -> MemoryStore:
    """A reader on a few statements."""
    return MemoryStore(ox.parse(SMALL, format=ox.RdfFormat.TRIG))
