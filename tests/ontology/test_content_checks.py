"""The checks on the content: nothing on the worked example's kind of facts, and each planted offender."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from standards_graph import resources, vocab
from standards_graph.importing import ontology
from standards_graph.registry import Registry
from standards_graph.validation import checks

GRAPH = vocab.graph("curated/planted")
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items()) + f"@base <{vocab.BASE}> .\n"
PLANTED = {
    "d1-day": '<id/org/x> a sgo:RegulatoryAuthority ; rdfs:label "X"@en .',
    "d1-source": '<id/org/x> a sgo:RegulatoryAuthority ; rdfs:label "X"@en .',
    "d4-address-of-entity": "<id/org/Not_A_Slug> a sgo:Actor .",
    "d5-decision-is-whole": "<id/recognition/x> a sgo:StandardRecognition .",
    "d7-adoption-is-not-older": """<id/edition/x> sgo:isIdenticalAdoptionOf <id/edition/y> ;
        sgo:printedPublishedOn "2017"^^xsd:gYear . <id/edition/y> sgo:publishedOn "2021-01-01"^^xsd:date .""",
    "m1-two-exact-partners": """<scheme/a/x> sgo:equivalentTo <scheme/b/x> , <scheme/b/y> . <scheme/b> sgo:isExclusive true .
        <scheme/b/x> skos:inScheme <scheme/b> . <scheme/b/y> skos:inScheme <scheme/b> .""",
    "m2-no-cycle": "<scheme/a/x> sgo:entails <scheme/b/x> . <scheme/b/x> sgo:entails <scheme/a/x> .",
    "m3-excluded": "<scheme/a/x> sgo:excludes <scheme/b/x> ; sgo:overlaps <scheme/b/x> .",
    "m5-down-to-sources": "<map/x> sssom:mapping_justification semapv:MappingChaining .",
    "m6-product": "<map/x> sssom:mapping_justification semapv:MappingChaining ; sssom:confidence 0.9 .",
    "m7-direct": """<map/x> owl:annotatedSource <scheme/a/x> ; owl:annotatedProperty sgo:closeTo ;
        owl:annotatedTarget <scheme/b/x> ; sgo:hasMappingStatus <scheme/mapping-status/accepted> .""",
    "m4-derivation": "<map/x> sgo:hasDerivationStep <map/x/1> . <map/x/1> sgo:usesMapping <map/y> .",
}


def failing(text: str) -> set[str]:
    quads = [Quad(q.subject, q.predicate, q.object, GRAPH) for q in parse(PREFIXES + text, format=RdfFormat.TURTLE)]
    with Registry.in_memory([*ontology.quads(), *quads]) as registry:
        found = checks.of_content(resources.ontology(), registry.reader())
    return {one.name for one in found if one.offenders}


def test_an_offender_is_planted_for_each_check():
    assert set(PLANTED) == {query.name for query in checks.written(resources.ontology(), on="content")}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_offender_is_found(name):
    assert name in failing(PLANTED[name])


def test_nothing_is_found_where_nothing_is_wrong():
    assert failing("") == set()
