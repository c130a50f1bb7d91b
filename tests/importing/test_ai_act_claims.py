"""What others claim of the AI Act: equality without a reason, clauses that do not exist, and days that have been moved."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats.sssom import ours
from standards_graph.importing import curated
from standards_graph.importing.base import Importer, recognised
from standards_graph.importing.codes.ai_act_alignments import AiActAlignments
from standards_graph.importing.codes.ai_act_timeline import STEPS, AiActTimeline
from standards_graph.importing.codes.papers import AI_RMF, ISO_42001
from standards_graph.importing.codes.seramis import SeramisMappings, exists
from standards_graph.model.findings import Severity
from standards_graph.registry import Registry
from standards_graph.vocab import OWL, RDF, SGO, SSSOM, XSD
from tests.importing.codes import Read, read
from tests.questions.test_questions import answer

ONE, OTHER = "http://example.org/a#one", "http://example.org/b#other"
CELL = (
    '<map><Cell><entity1 rdf:resource="{}"/><entity2 rdf:resource="{}"/><relation>{}</relation>'
    '<measure rdf:datatype="xsd:float">{}</measure></Cell></map>'
)


def alignments(tmp_path: Path, *rows: dict[str, object]) -> Read:
    path = tmp_path / "mappings.json"
    ends = {"entity1": {"uri": ONE, "label": "One"}, "entity2": {"uri": OTHER, "label": "Other"}}
    path.write_text(json.dumps({"corresponding_classes": [{**ends, **row} for row in rows]}), "utf-8")
    return read(AiActAlignments(), path)


def relations(found: Read) -> list[object]:
    return [q.object for q in found.quads if q.predicate == OWL.annotatedProperty]


def claims(tmp_path: Path, text: str) -> Read:
    path = tmp_path / "claims.ttl"
    path.write_text(f"@prefix ai: <http://ai-act.eu/ai#> .\n{text}", "utf-8")
    return read(SeramisMappings(), path)


def timeline(tmp_path: Path, *events: dict[str, str]) -> Read:
    path = tmp_path / "timeline.json"
    path.write_text(json.dumps({"events": events}), "utf-8")
    return read(AiActTimeline(), path)


@pytest.mark.parametrize(
    ("measure", "relation"), [(1, SGO.closeTo), (0.95, SGO.closeTo), (0.94, SGO.relatedTo), (0.62, SGO.relatedTo)]
)
def test_an_equality_that_nobody_justified_is_never_taken_at_its_word(
    tmp_path: Path, measure: float, relation: NamedNode
) -> None:
    found = alignments(tmp_path, {"relation": "=", "measure": measure})
    assert relations(found) == [relation]
    (record,) = found.subjects(RDF.type, SGO.MappingRecord)
    assert isinstance(record, NamedNode)
    assert found.objects(record, SGO.hasMappingStatus) == {ours.CANDIDATE}
    assert found.objects(record, SSSOM.confidence) == {Literal(f"{measure:g}", datatype=XSD.double)}
    assert [(one.rule, one.severity) for one in found.findings] == [("alignment-overclaimed", Severity.WARNING)]


def test_a_cell_of_the_alignment_api_says_the_same_as_plain_fields(tmp_path: Path) -> None:
    row = {"map": CELL.format(ONE, OTHER, "=", "0.86")}
    found = alignments(tmp_path, row, row)
    assert relations(found) == [SGO.relatedTo]
    assert found.rules() == ["alignment-overclaimed", "alignment-repeated"]


def test_a_cell_that_names_other_things_than_the_fields_beside_it_is_told(tmp_path: Path) -> None:
    found = alignments(tmp_path, {"map": CELL.format(ONE, "http://example.org/b#third", "=", "0.86")})
    assert found.rules() == ["alignment-cell", "alignment-overclaimed"]
    assert {q.object for q in found.quads if q.predicate == OWL.annotatedTarget} == {NamedNode(OTHER)}


@pytest.mark.parametrize(
    "row",
    [{"relation": "<", "measure": 0.9}, {"relation": "=", "measure": 9}, {"relation": "=", "measure": "x"}, {"entity2": {}}],
)
def test_a_row_that_cannot_be_read_is_a_violation_and_the_rest_goes_on(tmp_path: Path, row: dict[str, object]) -> None:
    found = alignments(tmp_path, row, {"relation": "=", "measure": 0.9})
    assert [(one.rule, one.line) for one in found.findings] == [("alignment-row", 1), ("alignment-overclaimed", None)]
    assert found.rows == 2


@pytest.mark.parametrize(
    ("number", "there"), [("8", True), ("8.4", True), ("8.5", False), ("8.2.2", False), ("9.2.2", True), ("11", False)]
)
def test_which_clauses_of_the_ai_management_standard_there_are(number: str, there: bool) -> None:
    assert exists(ISO_42001, number) is there


@pytest.mark.parametrize(
    ("number", "there"), [("GOVERN 1.7", True), ("GOVERN 1.8", False), ("MANAGE 4.4", False), ("X", False)]
)
def test_which_subcategories_of_the_risk_framework_there_are(number: str, there: bool) -> None:
    assert exists(AI_RMF, number) is there


def test_equivalence_with_a_clause_that_does_not_exist_is_a_violation_and_the_rest_is_a_mere_relation(tmp_path: Path) -> None:
    found = claims(tmp_path, 'ai:A ai:isoSection "8.3" . ai:B ai:isoSection "8.5" . ai:C ai:nistCategory "MAP-2.3" .')
    assert relations(found) == [SGO.relatedTo, SGO.relatedTo]
    assert [(one.rule, one.severity, one.value) for one in found.findings] == [
        ("seramis-target", Severity.VIOLATION, "8.5"),
        ("seramis-overclaimed", Severity.WARNING, "2"),
    ]


@pytest.mark.parametrize("text", ["", "ai:A ai:b", "ai:A ai:b ai:C ."])
def test_rdf_without_claims_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFile):
        claims(tmp_path, text)


def test_a_step_of_another_source_is_the_step_of_the_registry_with_a_day_of_its_own(tmp_path: Path) -> None:
    found = timeline(tmp_path, {"title": "High-risk requirements apply", "date": "2026-08-02"})
    step = vocab.entity("milestone", STEPS["High-risk requirements apply"])
    assert found.objects(step, SGO.validFrom) == {Literal("2026-08-02", datatype=XSD.date)}


def test_an_unknown_event_and_a_date_that_is_none_are_told(tmp_path: Path) -> None:
    found = timeline(tmp_path, {"title": "A party", "date": "2026-08-02"}, {"title": "GPAI rules apply", "date": "soon"})
    assert [(one.rule, one.severity) for one in found.findings[:2]] == [
        ("timeline-unknown", Severity.WARNING),
        ("timeline-date", Severity.VIOLATION),
    ]


@pytest.mark.parametrize("one", [AiActAlignments(), AiActTimeline()])
def test_json_of_another_kind_is_refused(tmp_path: Path, one: Importer) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(UnreadableFile, match="has to hold"):
        read(one, path)


def test_the_alignments_themselves(shared: Path) -> None:
    path = shared / "data" / "eu-ai-act" / "alignments" / "mappings.json"
    assert recognised(path) == "ai-act-alignments"
    found = read(AiActAlignments(), path)
    assert found.rows == 226
    assert Counter(one.rule for one in found.findings) == {
        "alignment-cell": 2,
        "alignment-overclaimed": 1,
        "alignment-repeated": 1,
    }
    assert len(relations(found)) == 202
    assert set(relations(found)) == {SGO.closeTo, SGO.relatedTo}


def test_the_clauses_that_the_claims_themselves_make_up_are_found(shared: Path) -> None:
    folder = shared / "data" / "seramis-ai-act-mappings"
    assert recognised(folder / "iso-42001-mappings.ttl") == "seramis-mapping"
    found = read(SeramisMappings(), folder / "iso-42001-mappings.ttl")
    wrong = sorted(one.value for one in found.findings if one.rule == "seramis-target")
    assert wrong == ["8.2.2", "8.3.3", "8.4.2", "8.5", "8.5.1", "8.6", "8.7"]
    there = read(SeramisMappings(), folder / "nist-ai-rmf-mappings.ttl")
    assert [one.value for one in there.findings if one.rule == "seramis-target"] == ["MANAGE 4.4", "MANAGE 4.4"]


def test_the_timeline_itself_disagrees_with_the_amended_act_on_one_day_and_the_registry_lists_it(shared: Path) -> None:
    path = shared / "data" / "eu-ai-act" / "toolkit" / "timeline.json"
    assert recognised(path) == "ai-act-timeline"
    graph = vocab.graph("source/ai-act-timeline")
    told = [one for one in AiActTimeline().read(path, graph) if isinstance(one, Quad)]
    with Registry.in_memory((*curated.quads(resources.data() / "curated"), *told)) as registry:
        rows = answer(registry, "where-sources-disagree")
    assert {(row["subject"].rpartition("/")[2], row["one"], row["other"]) for row in rows} == {
        ("eu-ai-act-application-annex-iii-high-risk-systems", "2027-12-02", "2026-08-02")
    }
    assert all(row["one_source"] and row["other_source"] for row in rows)
