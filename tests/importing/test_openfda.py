"""openFDA, endpoint by endpoint: what is taken, what stays out, and openFDA's own answers and examples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, importer, importers
from standards_graph.importing.fda import answers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, RDFS, SGO, XSD, concept, entity

GRAPH = vocab.graph("source/openfda")


def read(path: Path, name: str) -> tuple[set[Quad], list[Finding], int]:
    told = list(importer(name).read(path, GRAPH))
    quads = {one for one in told if isinstance(one, Quad)}
    return quads, [one for one in told if isinstance(one, Finding)], sum(one is ROW for one in told)


def answer(folder: Path, *records: Mapping[str, Any]) -> Path:
    path = folder / "answer.json"
    path.write_text(json.dumps({"meta": {"results": {"skip": 0}}, "results": list(records)}))
    return path


def objects(quads: set[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def rules(findings: list[Finding]) -> Counter[str]:
    return Counter(one.rule for one in findings if one.severity is not Severity.INFO)


CLEARANCE = {
    "k_number": "K950001", "applicant": "Example Imaging", "device_name": "BONE FINDER", "product_code": "QIH",
    "decision_date": "1995-03-04", "date_received": "1995-01-02", "decision_code": "SESE", "review_advisory_committee": "RA",
    "clearance_type": "Traditional", "openfda": {"registration_number": ["", "3000000000"], "fei_number": ["3000000001"]},
}  # fmt: skip
DECISION = entity("authorisation", "us-k950001")


def test_establishments_of_a_product_code_are_never_the_maker(tmp_path: Path) -> None:
    quads, _, _ = read(answer(tmp_path, CLEARANCE), "openfda-510k")
    device = entity("device", "example-imaging/bone-finder")
    assert objects(quads, DECISION, SGO.authorises) == {device}
    assert objects(quads, device, SGO.manufacturedBy) == {entity("org", "example-imaging")}
    assert not [q for q in quads if "300000000" in q.object.value or "300000000" in q.subject.value]


def test_a_decision_that_the_ai_list_has_is_about_the_device_of_that_list(tmp_path: Path) -> None:
    quads, _, _ = read(answer(tmp_path, CLEARANCE | {"k_number": "K232412"}), "openfda-510k")
    decision = entity("authorisation", "us-k232412")
    (device,) = objects(quads, decision, SGO.authorises)
    assert device != entity("device", "example-imaging/bone-finder")
    assert objects(quads, decision, SGO.printedDeviceName) == {Literal("BONE FINDER")}


@pytest.mark.parametrize(
    ("change", "rule", "taken"),
    [
        ({"decision_code": "NE"}, "openfda-510k-not-cleared", False),
        ({"decision_code": "SL"}, "openfda-510k-not-cleared", False),
        ({"k_number": "95001"}, "openfda-510k-number", False),
        ({"decision_date": "1995-02-30"}, "openfda-510k-date", True),
        ({"product_code": "??"}, "openfda-510k-code", True),
    ],
)
def test_what_cannot_be_used_is_told_and_stays_out(tmp_path: Path, change: dict[str, str], rule: str, taken: bool) -> None:
    quads, findings, _ = read(answer(tmp_path, CLEARANCE | change), "openfda-510k")
    assert rules(findings) == {rule: 1}
    assert bool([q for q in quads if q.object == SGO.MarketAuthorisation]) is taken


@pytest.mark.parametrize("code", ["SESE", "SN", "KD", "PT", "PR", "RN"])
def test_every_code_for_substantial_equivalence_is_a_clearance(tmp_path: Path, code: str) -> None:
    quads, findings, _ = read(answer(tmp_path, CLEARANCE | {"decision_code": code}), "openfda-510k")
    assert not rules(findings)
    assert [q for q in quads if q.object == SGO.MarketAuthorisation]


@pytest.mark.parametrize(("code", "pathway"), [("DEN210032", "us-de-novo"), ("K950001", "us-510k"), ("BK950001", None)])
def test_the_letters_of_a_number_tell_the_pathway(tmp_path: Path, code: str, pathway: str | None) -> None:
    quads, _, _ = read(answer(tmp_path, CLEARANCE | {"k_number": code, "decision_code": "DENG"}), "openfda-510k")
    found = objects(quads, entity("authorisation", f"us-{code.lower()}"), SGO.viaPathway)
    assert found == ({concept("pathway", pathway)} if pathway else set())


def test_a_supplement_of_an_approval_has_its_number_with_a_slash(tmp_path: Path) -> None:
    record = {
        "pma_number": "P970051", "supplement_number": "S054", "applicant": "A", "trade_name": "B", "product_code": "MCM",
        "decision_code": "APPR", "decision_date": "2010-02-17", "supplement_type": "x",
    }  # fmt: skip
    quads, findings, _ = read(answer(tmp_path, record, record | {"decision_code": "WTDR"}), "openfda-pma")
    iri = entity("authorisation", "us-p970051-s054")
    assert objects(quads, iri, SGO.officialIdentifier) == {Literal("P970051/S054")}
    assert objects(quads, iri, SGO.viaPathway) == {concept("pathway", "us-pma-supplement")}
    assert rules(findings) == {"openfda-pma-not-approved": 1}


RECALL = {
    "product_res_number": "Z-0359-2013", "product_description": "Example Orthosis", "recalling_firm": "Example Spine",
    "reason_for_recall": "Screws loosen.", "event_date_initiated": "2012-09-01", "event_date_terminated": "2012-11-19",
    "k_numbers": ["K082332", "nonsense"], "pma_numbers": ["P970051S054"], "openfda": {"k_number": ["K000001"]},
}  # fmt: skip
ACTION = entity("action", "fda-z-0359-2013")


def test_a_recall_names_its_submissions_and_not_those_of_the_product_code(tmp_path: Path) -> None:
    quads, findings, _ = read(answer(tmp_path, RECALL), "openfda-recall")
    named = {entity("authorisation", "us-k082332"), entity("authorisation", "us-p970051-s054")}
    assert objects(quads, ACTION, SGO.concernsAuthorisation) == named
    assert not [q for q in quads if "k000001" in q.subject.value]
    assert objects(quads, ACTION, SGO.makerNameAsRead) == {Literal("Example Spine")}
    assert objects(quads, ACTION, SGO.validUntil) == {Literal("2012-11-20", datatype=XSD.date)}
    assert rules(findings) == {"openfda-recall-submission": 1}


def test_a_recalled_device_of_the_ai_list_is_linked_by_its_number(tmp_path: Path) -> None:
    quads, _, _ = read(answer(tmp_path, RECALL | {"k_numbers": ["K232412"]}), "openfda-recall")
    (device,) = objects(quads, ACTION, SGO.concerns)
    assert objects(quads, entity("authorisation", "us-k232412"), SGO.authorises) == {device}


def test_a_recall_that_ends_before_it_begins_has_no_end(tmp_path: Path) -> None:
    quads, findings, _ = read(
        answer(tmp_path, RECALL | {"event_date_terminated": "2011-01-01", "k_numbers": []}), "openfda-recall"
    )
    assert rules(findings) == {"openfda-recall-ends-before-it-begins": 1}
    assert not objects(quads, ACTION, SGO.validUntil)


def test_a_name_that_a_number_alone_gives_has_no_language(tmp_path: Path) -> None:
    quads, _, _ = read(answer(tmp_path, RECALL), "openfda-recall")
    assert objects(quads, entity("authorisation", "us-k082332"), RDFS.label) == {Literal("K082332")}
    assert objects(quads, ACTION, RDFS.label) == {Literal("FDA recall Z-0359-2013")}


def test_reports_of_2012_bear_their_numbers_in_the_description() -> None:
    path = Path(__file__).parent / "openfda-enforcement" / "input-lines.jsonl"
    quads, findings, rows = read(path, "openfda-enforcement")
    iri = entity("action", "fda-z-1786-2012")
    assert objects(quads, iri, SGO.makerNameAsRead) == {Literal("Example Spine, Inc., Town, FL")}
    assert objects(quads, iri, SGO.hasSeverity) == {concept("severity", "us-class-ii")}
    assert not objects(quads, iri, SGO.validFrom)
    assert (rows, next(one.rule for one in findings)) == (2, "openfda-enforcement-no-device")


def test_an_establishment_that_repacks_makes_nothing() -> None:
    path = Path(__file__).parent / "openfda-registration" / "input.json"
    quads, findings, _ = read(path, "openfda-registration")
    maker = entity("org", "fda-registration-9610240")
    assert {q.object for q in quads if q.predicate == SGO.manufacturedBy} == {maker}
    assert {one.rule for one in findings} == {"openfda-registration-not-the-maker"}


def test_records_are_read_one_after_the_other_from_a_long_file(tmp_path: Path) -> None:
    many = [CLEARANCE | {"k_number": f"K{number:06}"} for number in range(2_000)]
    path = answer(tmp_path, *many)
    assert path.stat().st_size > 2 * answers.CHUNK
    assert [item.text("k_number") for item in answers.items(path, key="k_number")] == [one["k_number"] for one in many]


@pytest.mark.parametrize(
    "content",
    [
        '{"results": [{"k_number": "K950001"}',
        '{"results": [{"k_number"',
        '{"results": []}',
        '{"results": [1]}',
        "{}",
        '{"record": 1}',
        "[]",
        '{"a": 1}\n{"b"',
        '{"results": ' + "[" * 100_000,
        "nothing",
        "",
    ],
)
def test_what_is_no_answer_of_openfda_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=r"broken\.json"):
        read(path, "openfda-510k")


REAL = [
    ("openfda-510k/openfda-510k-first100-2026-01-12.json", "openfda-510k", 100, SGO.MarketAuthorisation, 100, {}),
    ("openfda-examples/510k_examples.json", "openfda-510k", 1, SGO.MarketAuthorisation, 1, {}),
    ("openfda-examples/pma_examples.json", "openfda-pma", 1, SGO.MarketAuthorisation, 1, {}),
    ("openfda-examples/recall_examples.json", "openfda-recall", 2, SGO.Recall, 2, {"openfda-recall-product": 1}),
    ("openfda-examples/enforcement_examples.json", "openfda-enforcement", 1, SGO.Recall, 0, {"openfda-enforcement-number": 1}),
    ("openfda-examples/enforcement-2012-06-13-ucm308307.jsonl", "openfda-enforcement", 72, SGO.Recall, 10,
     {"openfda-enforcement-number": 2}),
    ("fda-enforcement-sample/medical-device-recalls.csv", "openfda-enforcement", 34, SGO.Recall, 34, {}),
    ("openfda-examples/classification_examples.json", "openfda-classification", 1, SGO.DeviceType, 1, {}),
    ("openfda-examples/udi_examples.json", "openfda-udi", 2, SGO.DeviceVersion, 1, {}),
    ("openfda-examples/registrationlisting_examples.json", "openfda-registration", 1, SGO.DeviceFamily, 1, {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source", "rows", "kind", "count", "found"), REAL, ids=[one[0] for one in REAL])
def test_answers_and_examples_of_openfda_are_read_and_recognised(
    shared: Path, name: str, source: str, rows: int, kind: NamedNode, count: int, found: dict[str, int]
) -> None:
    path = shared / "data" / name
    quads, findings, read_rows = read(path, source)
    assert read_rows == rows
    assert len({q.subject for q in quads if q.predicate == RDF.type and q.object == kind}) == count
    assert rules(findings) == found
    beginning = packing.beginning(path)
    assert [one.name for one in importers() if one.accepts(path, beginning)] == [source]
