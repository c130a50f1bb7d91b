from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from standards_graph import queries, resources, vocab
from standards_graph.model.checks import Checked
from standards_graph.store.memory import statements
from standards_graph.validation import checks

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())
ALL = sorted((resources.ontology() / "checks").glob("*.rq"))
ON_CONTENT = {query.name for query in checks.written(resources.ontology(), on="content")}
CHECKS = [path for path in ALL if path.stem not in ON_CONTENT]


@pytest.fixture(scope="module")
def found() -> dict[str, Checked]:
    return {one.name: one for one in checks.of_ontology(resources.ontology())}


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_finds_no_offender(path, found: dict[str, Checked]):
    assert found[path.stem].result == "passed", found[path.stem].offenders


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_check_says_what_it_asks(path):
    assert path.read_text("utf-8").startswith("#+ check: ")


ONTOLOGY = "<https://w3id.org/standards-graph/ontology>"
PLANTED = {
    "h1-header-essential": f"{ONTOLOGY} a owl:Ontology ; owl:versionIRI {ONTOLOGY} .",
    "h2-header-citation": f"{ONTOLOGY} a owl:Ontology .",
    "h3-header-publication": f"{ONTOLOGY} a owl:Ontology .",
    "h4-header-findable": f"{ONTOLOGY} a owl:Ontology .",
    "h5-ontology-address": "<https://example.org/ontology.owl> a owl:Ontology .",
    "t6-definition-is-a-sentence": 'sgo:T a owl:Class ; rdfs:label "thing"@en ; skos:definition "Thing that is"@en .',
    "s13-read-backwards": "sgo:of a owl:ObjectProperty .",
    "t1-english-label": "sgo:thing a owl:Class .",
    "t2-one-definition": 'sgo:thing a owl:Class ; skos:definition "One."@en , "Two."@en .',
    "t3-source-of-definition": "sgo:thing a owl:Class .",
    "t4-module-status-example": "sgo:Thing a owl:Class .",
    "t5-same-label-or-definition": 'sgo:a rdfs:label "same"@en . sgo:b rdfs:label "same"@en .',
    "t7-names": "sgo:OtherThing a owl:Class .",
    "t8-labels-in-every-language": 'sgo:Thing a owl:Class ; rdfs:label "thing"@en , "chose"@fr .',
    "s1-one-domain-one-range": "sgo:of a owl:ObjectProperty ; rdfs:range sgo:Thing ; rdfs:domain sgo:Thing , sgo:Other .",
    "s2-no-cycle": "sgo:A rdfs:subClassOf sgo:B . sgo:B rdfs:subClassOf sgo:A .",
    "s3-siblings-disjoint": "sgo:A rdfs:subClassOf sgo:C . sgo:B rdfs:subClassOf sgo:C .",
    "s4-inverses-mirror": "sgo:of owl:inverseOf sgo:has ; rdfs:domain sgo:A . sgo:has rdfs:range sgo:B .",
    "s5-domain-equals-range": "sgo:of a owl:SymmetricProperty ; rdfs:domain sgo:A ; rdfs:range sgo:B .",
    "s6-declared": "sgo:A a owl:Class ; rdfs:subClassOf sgo:B .",
    "s6-kept-terms": "sgo:A owl:equivalentKlass sgo:B .",
    "s6-nothing-foreign": 'skos:Concept rdfs:label "our word for it"@en .',
    "s7-no-named-equivalence": "sgo:A owl:equivalentClass sgo:B .",
    "s8-deprecated": "sgo:A owl:deprecated true .",
}


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_finds_a_planted_offender(path):
    query = queries.parse(path.stem, path.read_text("utf-8"))
    planted = statements(quad.triple for quad in parse(PREFIXES + PLANTED[path.stem], format=RdfFormat.TURTLE))
    assert next(checks.offenders(query, planted))
