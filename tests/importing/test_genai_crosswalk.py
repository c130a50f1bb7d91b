"""The GenAI security crosswalk: columns changed over, targets that nobody can look up, and no claim but a relation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats.sssom import ours
from standards_graph.importing.base import recognised
from standards_graph.importing.codes.genai_crosswalk import SCOPE, TIER, GenAiCrosswalk
from standards_graph.model.findings import Severity
from standards_graph.vocab import OWL, RDF, RDFS, SGO
from tests.importing.codes import Read, read

ROW = {"source_framework": "owasp_llm", "source_id": "LLM01", "tier": "Hardening", "scope": "Build", "notes": "Why."}


def crosswalk(tmp_path: Path, *rows: dict[str, object]) -> Read:
    path = tmp_path / "mappings.jsonl"
    path.write_text("\n".join(json.dumps({**ROW, **row}) for row in rows), "utf-8")
    return read(GenAiCrosswalk(), path)


def to(framework: str, number: str, name: str = "") -> dict[str, object]:
    return {"target_framework": framework, "target_control_id": number, "target_control_name": name}


@pytest.mark.parametrize(
    ("row", "target"),
    [
        (to("eu_ai_act", "Words", "Art. 9 — Risk management"), "id/provision/eu-2024-1689/article-9"),
        (to("iso_42001", "A.6.2.3", "AI system security"), "id/provision/iso-iec-42001-2023/a-6-2-3"),
        (to("iso_42001", "Lifecycle — testing", "A.6.2.6"), "id/provision/iso-iec-42001-2023/a-6-2-6"),
        (to("iso_42001", "Operation", "Cl.8"), "id/provision/iso-iec-42001-2023/clause-8"),
        (to("nist_rmf", "GV-1.7", "Policies"), "id/provision/nist-ai-100-1/govern-1-7"),
        (to("nist_csf", "GV.OC-01", "Context"), "id/provision/nist-csf-2-0/gv-oc-01"),
    ],
)
def test_a_number_is_found_in_either_column_and_names_what_the_registry_calls_so(
    tmp_path: Path, row: dict[str, object], target: str
) -> None:
    found = crosswalk(tmp_path, row)
    assert {str(q.object) for q in found.quads if q.predicate == OWL.annotatedTarget} == {f"<{vocab.BASE}{target}>"}


def test_columns_that_were_changed_over_are_told(tmp_path: Path) -> None:
    found = crosswalk(tmp_path, to("eu_ai_act", "Words", "Art. 9"), to("eu_ai_act", "Other words", "Art. 10"))
    assert [(one.rule, one.value) for one in found.findings] == [("genai-swapped", "eu_ai_act: 2")]


def test_a_row_says_that_two_things_are_related_and_no_more_and_is_a_candidate(tmp_path: Path) -> None:
    found = crosswalk(tmp_path, to("nist_rmf", "MS-2.5"))
    (record,) = found.subjects(RDF.type, SGO.MappingRecord)
    said = {q.predicate: q.object for q in found.quads if q.subject == record}
    assert said[OWL.annotatedProperty] == SGO.relatedTo
    assert said[SGO.hasMappingStatus] == ours.CANDIDATE
    assert said[OWL.annotatedSource] == vocab.concept("owasp-llm-2025", "llm01")
    assert said[RDFS.comment] == Literal("Why.")
    slots = {q.predicate.value: q.object for q in found.quads if q.subject == record}
    assert (slots[TIER.property], slots[SCOPE.property]) == (Literal("Hardening"), Literal("Build"))


def test_what_has_no_number_of_its_framework_is_left_out_and_counted(tmp_path: Path) -> None:
    found = crosswalk(tmp_path, to("soc_2", "Words", "CC3.2"), to("soc_2", "Words", "CC7.2"), to("iso_42001", "Words", "More"))
    assert not found.subjects(RDF.type, SGO.MappingRecord)
    assert [(one.rule, one.severity, one.value) for one in found.findings] == [
        ("genai-unresolved", Severity.WARNING, "soc_2: 2"),
        ("genai-unresolved", Severity.WARNING, "iso_42001: 1"),
    ]


def test_one_pair_in_several_rows_makes_several_records(tmp_path: Path) -> None:
    found = crosswalk(tmp_path, to("nist_rmf", "MS-2.5"), to("nist_rmf", "MS-2.5"))
    assert len(found.subjects(RDF.type, SGO.MappingRecord)) == 2


def test_references_among_the_lists_come_in_too_and_a_risk_of_no_known_list_is_a_violation(tmp_path: Path) -> None:
    found = crosswalk(
        tmp_path,
        {"target_framework": "owasp_agentic", "target_id": "ASI01"},
        {"source_framework": "mine", "target_framework": "owasp_llm", "target_id": "LLM01"},
    )
    assert found.subjects(OWL.annotatedTarget, vocab.concept("owasp-agentic-2026", "asi01"))
    assert [(one.rule, one.line) for one in found.findings] == [("genai-risk", 2)]


@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_a_file_of_other_lines_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFile):
        read(GenAiCrosswalk(), path)


def test_the_crosswalk_itself(shared: Path) -> None:
    folder = shared / "data" / "genai-security-crosswalk"
    assert recognised(folder / "mappings_v1.jsonl") == "genai-crosswalk"
    found = read(GenAiCrosswalk(), folder / "mappings_v1.jsonl")
    left = Counter(
        {
            one.value.partition(": ")[0]: int(one.value.partition(": ")[2])
            for one in found.findings
            if one.rule == "genai-unresolved"
        }
    )
    records = len(found.subjects(RDF.type, SGO.MappingRecord))
    assert (found.rows, records, left.total()) == (3210, 863, 2347)
    assert {one.value for one in found.findings if one.rule == "genai-swapped"} >= {"eu_ai_act: 124"}
    assert not {"eu_ai_act", "nist_rmf", "nist_csf"} & set(left)


def test_the_references_among_the_lists_themselves(shared: Path) -> None:
    found = read(GenAiCrosswalk(), shared / "data" / "genai-security-crosswalk" / "crossrefs_v1.jsonl")
    assert (found.rows, len(found.subjects(RDF.type, SGO.MappingRecord)), found.findings) == (363, 363, [])
