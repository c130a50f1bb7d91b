from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.model.findings import Severity
from standards_graph.validation import shapes
from standards_graph.vocab import DCTERMS, RDF, SGO, SH

GRAPH = vocab.graph("curated/test")
SHAPES = resources.ontology() / "shapes"
GOOD = Path(__file__).with_name("good.ttl")
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items()) + f"@base <{vocab.BASE}> .\n"


@pytest.fixture(scope="module")
def good() -> tuple[Quad, ...]:
    return tuple(rdf.parse(GOOD, graph=GRAPH))


def turtle(text: str) -> list[Quad]:
    return [Quad(q.subject, q.predicate, q.object, GRAPH) for q in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


def without(quads: tuple[Quad, ...], path: str, predicate: NamedNode) -> list[Quad]:
    thing = NamedNode(vocab.BASE + path)
    return [quad for quad in quads if not (quad.subject == thing and quad.predicate == predicate)]


def test_good_records_conform_without_a_single_finding(good):
    assert shapes.validate(good, SHAPES).findings == ()


def test_the_good_records_hold_every_class_that_has_a_shape(good):
    files = [quad for path in SHAPES.glob("*.ttl") for quad in rdf.parse(path, graph=GRAPH)]
    aimed_at = {quad.object for quad in files if quad.predicate == SH.targetClass}
    above = {SGO.RegistryEntity, SGO.Device, SGO.DeviceType, SGO.Document, SGO.Decision, SGO.TimeBoundEntity}
    assert aimed_at - {quad.object for quad in good if quad.predicate == RDF.type} == above


# What is planted, the thing that bears the fault, and a part of the sentence. Each stops publication.
PLANTED = [
    ("<id/org/fda> sgo:hasActorKind <scheme/actor-kind/nonsense>", "id/org/fda", "from the code list actor-kind"),
    ("<id/org/fda> sgo:exercisesAuthorityIn <id/jurisdiction/zz>", "id/org/fda", "is not one of the registry"),
    ('<id/org/fda> sgo:printedFounded "around 1906"', "id/org/fda", "a day, a month or a year"),
    ('<id/jurisdiction/us> sgo:territoryCode "usa"', "id/jurisdiction/us", "as in ISO 3166"),
    ("<id/edition/iec-62304-2006> sgo:isEditionOf <id/standard/none>", "id/edition/iec-62304-2006", "of which one standard"),
    ("<id/edition/iec-62304-2006> sgo:supersedes <id/edition/none>", "id/edition/iec-62304-2006", "replaced or amended"),
    ("<id/recognition/fda-13-79> sgo:recognises <id/standard/iec-62304>", "id/recognition/fda-13-79", "dated standard"),
    ('<id/recognition/fda-13-79> sgo:validFrom "2019"^^xsd:gYear', "id/recognition/fda-13-79", "as a day"),
    ('<id/recognition/fda-13-79> sgo:validUntil "2018-01-01"^^xsd:date', "id/recognition/fda-13-79", "before the last one"),
    ('<id/recognition/fda-13-79> sgo:transitionUntil "2019-13-40"^^xsd:date', "id/recognition/fda-13-79", "as a day"),
    ("<map/0123456789abcdef> sgo:hasMappingStatus <scheme/mapping-status/maybe>", "map/0123456789abcdef", "mapping-status"),
    ('<map/0123456789abcdef> sssom:confidence "1.5"^^xsd:double', "map/0123456789abcdef", "number from 0 to 1"),
    ("<map/0123456789abcdef> owl:annotatedProperty skos:exactMatch", "map/0123456789abcdef", "closed list"),
    ("<map/0123456789abcdef> owl:annotatedTarget <id/standard/iec-62304>", "map/0123456789abcdef", "name the edition"),
    ("<id/authorisation/us-12 3>".replace(" ", "") + " a sgo:MarketAuthorisation", "id/authorisation/us-123", "Say which one"),
    ("<id/action/fda-z-0820-2020> sgo:hasSeverity <scheme/severity/us-class-x>", "id/action/fda-z-0820-2020", "severity"),
    ("<id/action/fda-z-0820-2020> sgo:aboutIssue <id/issue/none>", "id/action/fda-z-0820-2020", "not one of the registry"),
    ("<id/claim/one> sgo:hasConfirmation <scheme/confirmation/no>", "id/claim/one", "code list confirmation"),
    ('<id/role/one> sgo:validUntil "2024-07-05"^^xsd:date', "id/role/one", "before the last one"),
    ("<id/crosswalk/one> sgo:crosswalkTopic <scheme/topic/none>", "id/crosswalk/one", "code list topic"),
    ("<id/assessment/one> sgo:recommends <id/device/none/none>", "id/assessment/one", "not one of the registry"),
    ("<id/market-report/two> a sgo:MarketReport", "id/market-report/two", "Say which one reported device"),
    ("<id/cohort/two> a sgo:SandboxCohort", "id/cohort/two", "Say which one sandbox of the cohort"),
    ("<id/guidance/principles> sgo:publishedBy <id/org/none>", "id/guidance/principles", "not one of the registry"),
    ("<id/provision/one/two> a sgo:Provision", "id/provision/one/two", "of which document this is a part"),
    (
        "<id/device/gleamer/boneview> sgo:hasAIFunction <scheme/ai-function/none>",
        "id/device/gleamer/boneview",
        "from a code list",
    ),
    ('<id/device/gleamer/boneview> sgo:deviceIdentifier "08:1"@en', "id/device/gleamer/boneview", "plain text"),
    ('<id/observation/one> sgo:sampleSize "many"', "id/observation/one", "whole number"),
    ("<id/observation/one> sgo:lowerBound 0.6", "id/observation/one", "once"),
    ("<map/0123456789abcdef/1> sgo:usesMapping <map/none>", "map/0123456789abcdef/1", "not a mapping record"),
    ("<map/set-one> sssom:mappings <map/none>", "map/set-one", "mapping record of the registry"),
    ("<id/coverage/one> sgo:coverageJurisdiction <id/jurisdiction/zz>", "id/coverage/one", "Name one jurisdiction"),
    ("<id/standard-series/iec-80001> sgo:hasSeriesMember <id/org/fda>", "id/standard-series/iec-80001", "not a standard"),
    ("<id/guidance/principles> sgo:isBinding 2 ; sgo:isAISpecific 2", "id/guidance/principles", "true or false"),
    ("<id/Org/FDA> a sgo:Actor", "id/Org/FDA", "The IRI of the entity"),
    ("<id/org/nobody> a sgo:Actor", "id/org/nobody", "Give the entity a name"),
    ("<id/org/nobody> a sgo:Actor", "id/org/nobody", "from which source"),
]


def test_two_names_in_one_language_from_two_sources_are_kept_and_told(good):
    (named,) = turtle('<id/org/fda> rdfs:label "Another name"@en .')
    elsewhere = Quad(named.subject, named.predicate, named.object, vocab.graph("curated/other"))
    report = shapes.validate([*good, elsewhere], SHAPES)
    assert [(f.severity, "both names are kept" in f.message) for f in report.findings] == [(Severity.WARNING, True)]


def test_two_names_in_one_language_from_one_source_are_wrong(good):
    report = shapes.validate([*good, *turtle('<id/org/fda> rdfs:label "Another name"@en .')], SHAPES)
    assert [(f.severity, "skos:altLabel" in f.remedy) for f in report.findings] == [(Severity.VIOLATION, True)]


@pytest.mark.parametrize(("planted", "thing", "sentence"), PLANTED, ids=[one[0][:60] for one in PLANTED])
def test_a_planted_fault_is_found_with_its_sentence(good, planted, thing, sentence):
    report = shapes.validate([*good, *turtle(planted + " .")], SHAPES)
    found = [f for f in report.findings if f.thing == vocab.BASE + thing and sentence in f.message]
    assert {f.severity for f in found} == {Severity.VIOLATION}
    assert not report.conforms


# What is taken away, and what the warning says; nothing of this stops publication.
MISSING = [
    ("id/recognition/fda-13-79", SGO.validFrom, "The first day of effect is not recorded."),
    ("id/recognition/fda-13-79", SGO.statedInText, "The law under which the standard is recognised is not recorded."),
    ("id/authorisation/us-k212365", SGO.authorises, "The authorised device is not recorded."),
    ("id/authorisation/us-k212365", SGO.decidedOn, "The day of decision is not recorded."),
    ("id/membership/forum/fda", SGO.validFrom, "The day of joining is not recorded."),
    ("id/device/gleamer/boneview", SGO.manufacturedBy, "The maker of the device is not recorded."),
    ("id/law/us-21-cfr-820", SGO.validFrom, "The first day of force is not recorded."),
    ("id/edition/iec-62304-2006", SGO.printedPublishedOn, "The date of publication is not recorded."),
    ("id/action/fda-z-0820-2020", SGO.printedValidFrom, "The date of the action is not recorded."),
    ("id/assessment/one", SGO.decidedOn, "The date of the recommendation is not recorded."),
    ("id/role/one", SGO.validFrom, "The first day of the role is not recorded."),
    ("id/coverage/one", DCTERMS.description, "What exactly is covered is not recorded."),
    ("map/set-one", DCTERMS.license, "The licence of the set is not recorded."),
    ("id/jurisdiction/us", SGO.mainAuthority, "The main device authority is not recorded."),
]


@pytest.mark.parametrize(("path", "predicate", "sentence"), MISSING, ids=[one[2] for one in MISSING])
def test_what_is_missing_is_a_warning_that_says_not_recorded(good, path, predicate, sentence):
    report = shapes.validate(without(good, path, predicate), SHAPES)
    assert report.conforms
    assert [(f.thing, f.message) for f in report.of(Severity.WARNING)] == [(vocab.BASE + path, sentence)]


def test_a_number_that_does_not_fit_its_pathway_is_found_at_the_authorisation(good):
    wrong = "id/authorisation/us-den123456"
    planted = turtle(f"<{wrong}> a sgo:MarketAuthorisation ; sgo:viaPathway <scheme/pathway/us-510k> .")
    report = shapes.validate([*good, *planted], SHAPES)
    assert [f.thing for f in report.findings if f.message == "A 510(k) number is K and six digits."] == [vocab.BASE + wrong]


def test_a_part_that_is_not_named_is_a_warning(good):
    partial = turtle("<id/recognition/fda-13-79> sgo:hasRecognitionExtent <scheme/extent/partial> .")
    report = shapes.validate([*without(good, "id/recognition/fda-13-79", SGO.hasRecognitionExtent), *partial], SHAPES)
    assert [f.message for f in report.findings] == ["Only a part is recognised, and which part is not recorded."]


def test_a_finding_names_the_shape_the_property_and_the_value(good):
    report = shapes.validate([*good, *turtle('<id/org/fda> sgo:acronym "FDA"@en .')], SHAPES)
    (found,) = report.findings
    assert found.rule == vocab.BASE + "shape/Actor"
    assert (found.path, found.value) == (SGO.acronym.value, "FDA")


def test_a_field_with_several_paths_names_them_all(good):
    report = shapes.validate(without(good, "id/recognition/fda-13-79", SGO.statedInText), SHAPES)
    assert report.findings[0].path.split("|")[0] == SGO.hasLegalBasis.value


def test_a_link_to_what_the_registry_holds_already_does_not_dangle(good):
    fresh = [quad for quad in good if quad.subject == NamedNode(vocab.BASE + "id/recognition/fda-13-79")]
    alone, beside = shapes.validate(fresh, SHAPES), shapes.validate(fresh, SHAPES, known=good)
    assert not alone.conforms
    assert beside.findings == ()


def test_what_the_registry_holds_already_is_not_judged_again(good):
    broken = turtle("<id/org/nobody> a sgo:Actor .")
    assert shapes.validate(good, SHAPES, known=broken).findings == ()


def test_the_worst_findings_come_first(good):
    planted = turtle("<id/org/nobody> a sgo:RegulatoryAuthority .")
    severities = [f.severity for f in shapes.validate([*good, *planted], SHAPES).findings]
    assert severities == sorted(severities, key=list(Severity).index)
    assert len(set(severities)) > 1


def test_statements_in_different_graphs_are_judged_together(good):
    moved = [Quad(q.subject, q.predicate, q.object, vocab.graph("curated/other")) for q in good[::2]]
    assert shapes.validate([*moved, *good[1::2]], SHAPES).findings == ()


def test_nothing_is_said_on_the_log_about_a_malformed_value(good, caplog):
    shapes.validate([*good, *turtle('<id/org/fda> sgo:printedFounded "1906-99"^^xsd:gYearMonth .')], SHAPES)
    assert caplog.records == []


def test_a_changed_shape_counts_at_once(good, tmp_path):
    shutil.copytree(resources.ontology(), tmp_path / "ontology")
    copy = tmp_path / "ontology" / "shapes"
    assert shapes.validate(good, copy).conforms
    more = "shp:More a sh:NodeShape ; sh:targetClass sgo:Actor ; sh:property [ sh:path sgo:panel ; sh:minCount 1 ] ."
    (copy / "more.shapes.ttl").write_text(f"{PREFIXES}@prefix shp: <{vocab.BASE}shape/> .\n{more}\n", "utf-8")
    assert not shapes.validate(good, copy).conforms


def test_a_plain_string_is_a_string(good):
    planted = Quad(NamedNode(vocab.BASE + "id/org/iec"), SGO.acronym, Literal("IEC"), GRAPH)
    assert shapes.validate([*good, planted], SHAPES).findings == ()
