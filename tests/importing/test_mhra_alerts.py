"""The quirks of alerts on GOV.UK and of the words of their finder, and the files themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.alerts.govuk import MhraAlerts
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, SGO, SKOS, XSD

HERE = Path(__file__).parent / "mhra-alerts"
GRAPH = vocab.graph("source/mhra-alerts")
ALERT = vocab.entity("action", "mhra-mda-2099-001")


def told(path: Path, importer: MhraAlerts | None = None) -> tuple[list[Quad], list[Finding]]:
    found = list((importer or MhraAlerts()).read(path, GRAPH))
    return [one for one in found if isinstance(one, Quad)], [one for one in found if isinstance(one, Finding)]


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def item(tmp_path: Path, *, metadata: dict[str, Any] | None = None, **changes: Any) -> Path:
    one = json.loads((HERE / "input.json").read_text("utf-8"))
    one["details"]["metadata"].update(metadata or {})
    path = tmp_path / "item.json"
    path.write_text(json.dumps({**one, **changes}))
    return path


@pytest.mark.parametrize(
    ("kind", "code", "narrower"),
    [
        ("devices", "medical-device-alert", SGO.SafetyAlert),
        ("field-safety-notices", "field-safety-notice", SGO.FieldSafetyCorrectiveAction),
        ("national-patient-safety", "national-patient-safety-alert", SGO.SafetyAlert),
        ("device-safety-information", "device-safety-information", SGO.SafetyAlert),
    ],
)
def test_old_and_new_types_of_alert_are_kinds_of_measure(tmp_path: Path, kind: str, code: str, narrower: NamedNode) -> None:
    quads, _ = told(item(tmp_path, metadata={"alert_type": kind}))
    assert objects(quads, ALERT, SGO.hasSafetyActionKind) == {vocab.concept("safety-action-kind", code)}
    assert objects(quads, ALERT, RDF.type) == {narrower}


@pytest.mark.parametrize("kind", ["drugs", "medicines-recall-notification", "mhra-safety-round-up"])
def test_what_is_about_no_device_is_left_out_and_counted(tmp_path: Path, kind: str) -> None:
    quads, findings = told(item(tmp_path, metadata={"alert_type": kind}))
    assert not [q for q in quads if q.predicate == SGO.issuedBy]
    assert [one.severity for one in findings] == [Severity.INFO]


def test_a_type_that_is_not_known_is_kept_without_a_kind_and_told(tmp_path: Path) -> None:
    quads, findings = told(item(tmp_path, metadata={"alert_type": "new-kind"}))
    assert objects(quads, ALERT, RDF.type) == {SGO.SafetyAction}
    assert [one.value for one in findings if one.severity is Severity.WARNING] == ["new-kind"]


def test_an_alert_without_a_number_is_called_by_its_address(tmp_path: Path) -> None:
    quads, _ = told(item(tmp_path, description="Images may be lost"))
    alert = vocab.entity("action", "mhra-bone-finder-lost-images")
    assert objects(quads, alert, SGO.issuedBy)
    assert not objects(quads, alert, SGO.officialIdentifier)


def test_the_words_of_the_alert_come_in_where_texts_are_asked_for() -> None:
    short, _ = told(HERE / "input.json")
    full, _ = told(HERE / "input.json", MhraAlerts().with_texts())  # type: ignore[arg-type]
    assert objects(full, ALERT, DCTERMS.description) - objects(short, ALERT, DCTERMS.description) == {
        Literal("Action Keep the disk & the images.", language="en")
    }


def test_an_alert_that_was_withdrawn_says_until_when_it_held(tmp_path: Path) -> None:
    quads, _ = told(item(tmp_path, withdrawn_notice={"withdrawn_at": "2099-06-01T00:00:00Z", "explanation": "over"}))
    assert objects(quads, ALERT, SGO.statusAsRead) == {Literal("withdrawn")}
    assert objects(quads, ALERT, SGO.validUntil) == {Literal("2099-06-01", datatype=XSD.date)}


def test_a_day_that_is_none_and_an_item_without_a_title_are_told(tmp_path: Path) -> None:
    _, findings = told(item(tmp_path, metadata={"issued_date": "2099-13-01"}))
    assert [one.rule for one in findings if one.severity is Severity.WARNING] == ["mhra-date"]
    _, findings = told(item(tmp_path, title=""))
    assert [one.rule for one in findings if one.severity is Severity.WARNING] == ["mhra-item"]


@pytest.mark.parametrize("content", ["{}", "[]", "[1]", "<html>", '{"document_type": "guide"}'])
def test_what_is_no_alert_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    assert not MhraAlerts().accepts(path, packing.beginning(path))
    with pytest.raises(UnreadableFile, match=r"x\.json"):
        told(path)


def test_the_words_of_two_finders_are_one_list_and_a_code_keeps_its_first_name(shared: Path) -> None:
    folder, importer = shared / "data" / "mhra-govuk", MhraAlerts()
    old, _ = told(folder / "drug-device-alerts-finder-2015.json", importer)
    new, _ = told(folder / "medical_safety_alerts-finder-schema-2026.json", importer)
    kinds = {q.object.value for q in (*old, *new) if q.predicate == SKOS.notation and "alert-type" in q.subject.value}
    assert kinds == {
        "drugs", "devices", "field-safety-notices", "national-patient-safety", "device-safety-information",
        "medicines-recall-notification", "mhra-safety-round-up",
    }  # fmt: skip
    heart = vocab.concept("mhra-medical-specialism", "cardiology")
    assert objects([*old, *new], heart, SKOS.prefLabel) == {Literal("Cardiology", language="en")}
    assert objects(new, heart, SKOS.altLabel) == {Literal("Cardiovascular disease and lipidology", language="en")}


def test_the_alert_itself_is_read_and_the_finder_of_other_products_is_not(shared: Path) -> None:
    folder = shared / "data" / "mhra-govuk"
    quads, _ = told(folder / "drug-device-alert-content-item.json")
    alert = vocab.entity("action", "mhra-mda-2015-025")
    assert objects(quads, alert, SGO.validFrom) == {Literal("2015-07-06", datatype=XSD.date)}
    other = folder / "product_safety_alert_report_recalls-finder-schema-2026.json"
    assert not MhraAlerts().accepts(other, packing.beginning(other))
    assert MhraAlerts().fills(folder / "drug-device-alerts-finder-2015.json") == "source/mhra-alert-terms"
    assert MhraAlerts().fills(HERE / "input.json") == "source/mhra-alerts"
