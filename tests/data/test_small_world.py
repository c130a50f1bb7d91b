"""The small world keeps the rules that the content keeps, and the words of the tables have their concepts."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.importing import ontology
from standards_graph.importing.curated import words
from standards_graph.validation import shapes
from standards_graph.vocab import BASE, RDF, SKOS
from tests import small_world as world


def test_the_small_world_conforms_to_the_shapes() -> None:
    report = shapes.validate(world.quads(), resources.ontology() / "shapes")
    assert [finding for finding in report.findings if finding.severity == "violation"] == []


def test_the_small_world_links_to_nothing_outside_itself() -> None:
    described = {quad.subject for quad in world.quads() if quad.predicate == RDF.type}
    linked = {q.object for q in world.facts() if isinstance(q.object, NamedNode) and q.object.value.startswith(BASE)}
    assert {one.value for one in linked - described if "/ontology#" not in one.value} == set()


def test_every_word_of_the_tables_stands_for_a_concept() -> None:
    quads: set[Quad] = set(ontology.quads())
    concepts = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == SKOS.Concept}
    lists = {
        "jurisdiction-kind": words.JURISDICTION_KINDS,
        "actor-kind": words.ACTOR_KINDS,
        "network-role": words.ROLES,
        "deliverable-type": words.DELIVERABLES,
        "edition-status": words.EDITION_STATES,
        "adoption-degree": words.DEGREES,
        "recognition-regime": words.REGIMES,
        "effect": words.EFFECTS,
        "extent": words.EXTENTS,
        "decision-status": words.DECISION_STATES,
        "instrument-kind": words.INSTRUMENTS,
        "topic": {topic: topic for topic in words.TOPICS},
        "guidance-kind": words.GUIDANCE_KINDS,
        "crosswalk-relation": words.TOPIC_RELATIONS,
        "provision-relation": words.PROVISION_RELATIONS,
        "programme-kind": words.PROGRAMMES,
        "recommendation": words.RECOMMENDATIONS,
        "appraisal-kind": words.APPRAISALS,
        "market-report-kind": words.MARKET_REPORTS,
        "ai-function": words.AI_FUNCTIONS,
        "body-area": words.BODY_AREAS,
        "modality": words.MODALITIES,
        "safety-action-kind": words.SAFETY_ACTIONS,
        "involvement": words.INVOLVEMENTS,
        "severity": words.SEVERITIES,
        "grouping-confidence": words.GROUPINGS,
        "claim-type": words.CLAIM_TYPES,
        "confirmation": words.CONFIRMATIONS,
        "pathway": words.ROUTES,
    }
    missing = {(scheme, code) for scheme, known in lists.items() for code in known.values()}
    assert {pair for pair in missing if vocab.concept(*pair) not in concepts} == set()
    assert words.EFFECTS.keys() <= words.REGIMES.keys()
    assert words.ACTOR_KINDS.keys() >= words.WITHOUT_AUTHORITY
