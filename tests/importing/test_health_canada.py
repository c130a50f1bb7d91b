"""The quirks of Health Canada's incidents and of their tables of codes, and the files themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.alerts.health_canada import HealthCanadaIncidents
from standards_graph.importing.base import Row
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, OWL, RDFS, SGO, XSD

HERE = Path(__file__).parent / "health-canada-incidents"
GRAPH = vocab.graph("source/health-canada-incidents")
HEADER = "INCIDENT_ID,RECEIPT_DT,HAZARD_SEVERITY_CODE_E,INCIDENT_DT,TRADE_NAME,PREF_NAME_CODE,COMPANY_NAME,ROLE_E"
ROW = ("7", "2024-11-01", "INJURY", "2024-10-01", "BONE FINDER", "90LLZ", "EXAMPLE INC.", "(MANUFACTURER)")


def table(tmp_path: Path, *rows: tuple[str, ...]) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_text("\n".join([HEADER, *(",".join(f'"{cell}"' for cell in row) for row in rows)]), "utf-8")
    return path


def with_(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name, value) for name, value in zip(HEADER.split(","), ROW, strict=True))


def told(path: Path) -> tuple[list[Quad], list[Finding]]:
    found = list(HealthCanadaIncidents().read(path, GRAPH))
    return [one for one in found if isinstance(one, Quad)], [one for one in found if isinstance(one, Finding)]


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {q.object.value for q in quads if q.subject == subject and q.predicate == predicate}


def incident(number: int) -> NamedNode:
    return vocab.entity("incident", f"ca-{number}")


def test_firms_have_their_roles_where_the_lists_are_of_one_length_and_hospitals_stay_out() -> None:
    quads, _ = told(HERE / "input.csv")
    assert objects(quads, incident(1000001), SGO.incidentPartyName) == {"EXAMPLE IMAGING INC. (MANUFACTURER)"}


def test_firms_whose_roles_are_not_as_many_stay_one_text_without_roles() -> None:
    quads, findings = told(HERE / "input.csv")
    assert objects(quads, incident(1000002), SGO.incidentPartyName) == {"EXAMPLE PUMPS; SETS, INC."}
    assert [(one.line, one.column) for one in findings if one.rule == "health-canada-lists-disagree"] == [(3, "COMPANY_NAME")]


@pytest.mark.parametrize("day", ["0001-12-26", "2024-11-02", "2029-10-29", "soon"])
def test_a_day_on_which_the_event_cannot_have_been_is_left_out_and_told(tmp_path: Path, day: str) -> None:
    quads, findings = told(table(tmp_path, with_(INCIDENT_DT=day)))
    assert not objects(quads, incident(7), SGO.printedIncidentOn)
    assert [one.value for one in findings if one.severity is Severity.WARNING] == [day]


def test_no_day_of_the_event_is_no_fault(tmp_path: Path) -> None:
    _, findings = told(table(tmp_path, with_(INCIDENT_DT="")))
    assert not [one for one in findings if one.severity is Severity.WARNING]


def test_no_class_and_no_severity_are_not_said() -> None:
    quads, _ = told(HERE / "input.csv")
    assert objects(quads, incident(1000002), SGO.deviceClassText) == {"2"}
    assert not objects(quads, incident(1000002), SGO.incidentSeverityText)
    assert objects(quads, incident(1000001), SGO.incidentSeverityText) == {"INJURY"}


def test_an_incident_names_every_device_and_no_device_of_the_registry() -> None:
    quads, findings = told(HERE / "input.csv")
    assert objects(quads, incident(1000002), SGO.incidentDeviceName) == {"UNKNOWN PUMP", "PUMP SET"}
    assert not [q for q in quads if q.object.value.startswith(vocab.entity("device", "").value)]
    assert [one for one in findings if "device is unknown" in one.message and "(1 rows)" in one.message]


def test_a_preferred_name_has_its_words_from_its_own_table() -> None:
    pump = vocab.concept("ca-preferred-name", "80frn")
    incidents, names = told(HERE / "input.csv")[0], told(HERE / "input-names.dsv")[0]
    assert objects(incidents, incident(1000002), SGO.incidentDeviceType) == {pump.value}
    assert objects(names, pump, vocab.SKOS.altLabel) == {"PUMP, INFUSION", "POMPE A PERFUSION"}
    assert objects(incidents, pump, vocab.SKOS.prefLabel) == objects(names, pump, vocab.SKOS.prefLabel) == {"80FRN"}


def test_a_retired_code_points_to_the_one_that_its_words_name(tmp_path: Path) -> None:
    quads, _ = told(HERE / "input-codes.dsv")
    old, new = vocab.concept("ca-incident-code", "19"), vocab.concept("ca-incident-code", "1")
    assert objects(quads, old, DCTERMS.isReplacedBy) == {new.value}
    assert objects(quads, new, RDFS.seeAlso) == {vocab.concept("imdrf-aer-e", "e1501").value}
    text = (HERE / "input-codes.dsv").read_text("utf-8").replace("use 1)", "use 77)")
    (tmp_path / "codes.dsv").write_text(text, "utf-8")
    quads, findings = told(tmp_path / "codes.dsv")
    assert Quad(old, OWL.deprecated, Literal("true", datatype=XSD.boolean), GRAPH) in quads
    assert not objects(quads, old, DCTERMS.isReplacedBy)
    assert [one.line for one in findings if one.rule == "health-canada-retired"] == [3]


def test_each_table_fills_a_graph_of_its_own() -> None:
    filled = [HealthCanadaIncidents().fills(HERE / name) for name in ("input.csv", "input-names.dsv", "input-codes.dsv")]
    assert filled == [
        "source/health-canada-incidents",
        "source/health-canada-device-names",
        "source/health-canada-incident-codes",
    ]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (with_(INCIDENT_ID="seven"), "number"),
        (ROW, "repeated"),
        (with_(INCIDENT_ID="8", PREF_NAME_CODE="LLZ"), "preferred-name"),
        (with_(INCIDENT_ID="8", RECEIPT_DT="11/01/2024"), "date"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_its_row(tmp_path: Path, row: tuple[str, ...], rule: str) -> None:
    _, findings = told(table(tmp_path, ROW, row))
    wrong = [one for one in findings if one.severity is Severity.WARNING]
    assert [(one.rule, one.line) for one in wrong] == [(f"health-canada-{rule}", 3)]


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="no table of Health Canada"):
        told(path)


REAL = [
    ("mdi_incidents_received_2024-09_to_2025-02.csv", 5236, {"lists-disagree": 185, "date": 15}),
    ("PREF_NAME_CODE_TABLE.dsv", 2573, {}),
    ("PATIENT_DEVICE_CODE_TABLE.dsv", 1855, {}),
]


@pytest.mark.parametrize(("name", "rows", "wrong"), REAL, ids=[name for name, _, _ in REAL])
def test_the_files_are_read_in_full(shared: Path, name: str, rows: int, wrong: dict[str, int]) -> None:
    path = shared / "data" / "health-canada-mdi" / name
    assert HealthCanadaIncidents().accepts(path, packing.beginning(path))
    found = list(HealthCanadaIncidents().read(path, GRAPH))
    assert sum(isinstance(one, Row) for one in found) == rows
    warned = (one.rule for one in found if isinstance(one, Finding) and one.severity is Severity.WARNING)
    assert Counter(rule.removeprefix("health-canada-") for rule in warned) == wrong
