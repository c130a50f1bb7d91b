"""The quirks of the ICIJ's database, and the file itself."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.alerts.icij import IcijDevices
from standards_graph.importing.base import Row
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, SGO

HERE = Path(__file__).parent / "icij-imdd"
GRAPH = vocab.graph("source/icij-imdd")
FINDER = vocab.entity("action", "anvisa-alerta-9001")


def told(path: Path, importer: IcijDevices | None = None) -> tuple[list[Quad], list[Finding]]:
    found = list((importer or IcijDevices()).read(path, GRAPH))
    return [one for one in found if isinstance(one, Quad)], [one for one in found if isinstance(one, Finding)]


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def event(tmp_path: Path, **changes: str) -> Path:
    """The first row of the sample, twice: as it is, and with changes."""
    with (HERE / "input.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerows([first, {**first, "id_x": "900009", "uid": "9009", **changes}])
    return path


OTHER = vocab.entity("action", "anvisa-alerta-9009")


def test_an_alert_with_a_number_has_the_name_that_the_curated_tables_give_it() -> None:
    quads, _ = told(HERE / "input.csv")
    assert objects(quads, FINDER, SGO.officialIdentifier) == {Literal("Alerta 9001")}
    assert objects(quads, FINDER, SGO.issuedBy) == {vocab.entity("org", "anvisa")}
    finland = vocab.entity("action", "fi-2013-9002")
    assert objects(quads, finland, SGO.issuedBy) == {vocab.entity("org", "fi-valvira")}


def test_several_makers_of_one_cell_are_names_and_no_firm_is_made_of_them() -> None:
    quads, _ = told(HERE / "input.csv")
    assert objects(quads, FINDER, SGO.makerNameAsRead) == {Literal("Example Imaging Inc."), Literal("Imagerie Exemple")}
    assert not [q for q in quads if q.object == SGO.Manufacturer or q.predicate == SGO.concerns]


def test_marks_of_html_become_what_they_stand_for() -> None:
    quads, _ = told(HERE / "input.csv")
    assert objects(quads, FINDER, SGO.deviceNameAsRead) == {Literal("Bone Finder & Viewer")}


def test_what_was_filled_in_says_nothing() -> None:
    quads, _ = told(HERE / "input.csv")
    finland = vocab.entity("action", "fi-2013-9002")
    assert not objects(quads, finland, SGO.makerNameAsRead) | objects(quads, finland, SGO.website)


def test_texts_come_in_where_they_are_asked_for_alone() -> None:
    assert not [q for q in told(HERE / "input.csv")[0] if q.predicate == DCTERMS.description]
    quads, _ = told(HERE / "input.csv", IcijDevices().with_texts())  # type: ignore[arg-type]
    assert objects(quads, FINDER, DCTERMS.description) == {Literal("Images may be lost.")}


def test_two_words_at_once_leave_the_kind_open_unless_the_number_tells_it(tmp_path: Path) -> None:
    quads, _ = told(HERE / "input.csv")
    british = vocab.entity("action", "mhra-mda-2014-908")
    assert objects(quads, british, SGO.hasSafetyActionKind) == {vocab.concept("safety-action-kind", "medical-device-alert")}
    for words in ("Safety alert / Field Safety Notice", "Recall / Safety alert"):
        quads, _ = told(event(tmp_path, type=words))
        assert objects(quads, OTHER, RDF.type) == {SGO.SafetyAction}
        assert not objects(quads, OTHER, SGO.hasSafetyActionKind)


def test_two_events_of_one_number_stay_two(tmp_path: Path) -> None:
    quads, findings = told(event(tmp_path, uid="9001"))
    assert objects(quads, vocab.entity("action", "icij-900009"), SGO.officialIdentifier) == {Literal("Alerta 9001")}
    assert [one.rule for one in findings if one.severity is Severity.WARNING] == ["icij-number-repeated"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"country_x": "PAN"}, "icij-place"),
        ({"name_x": "Unknown Device Name"}, "icij-device"),
        ({"type": "Rumour"}, "icij-type"),
        ({"date": "2103-10-16 00:00:00"}, "icij-date"),
        ({"date": "16/10/2013"}, "icij-date"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row(tmp_path: Path, changes: dict[str, str], rule: str) -> None:
    _, findings = told(event(tmp_path, **changes))
    assert [(one.rule, one.line) for one in findings if one.severity is Severity.WARNING] == [(rule, 3)]


def test_a_long_name_is_cut_in_the_name_of_the_action_alone(tmp_path: Path) -> None:
    quads, _ = told(event(tmp_path, name_x="Chair " * 100))
    assert [len(one.value) for one in objects(quads, OTHER, SGO.deviceNameAsRead)] == [599]  # type: ignore[attr-defined]
    assert [len(one.value) < 200 for one in objects(quads, OTHER, vocab.RDFS.label)] == [True]  # type: ignore[attr-defined]


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("id,action\n1,2\n")
    with pytest.raises(UnreadableFile, match="columns"):
        told(path)


def test_every_event_of_the_file_is_an_action_of_its_own(shared: Path) -> None:
    path = shared / "data" / "icij-imdd" / "imdd_events_devices_manufacturers_12-countries.csv.gz"
    assert IcijDevices().accepts(path, packing.beginning(path))
    found = list(IcijDevices().read(path, GRAPH))
    actions = {one.subject for one in found if isinstance(one, Quad) and one.predicate == SGO.inJurisdiction}
    warned = Counter(one.rule for one in found if isinstance(one, Finding) and one.severity is Severity.WARNING)
    assert sum(isinstance(one, Row) for one in found) == 8519
    assert warned == {"icij-device": 21, "icij-place": 13, "icij-number-repeated": 13, "icij-date": 3}
    assert len(actions) == 8519 - 21 - 13
    fire = {vocab.entity("action", name) for name in ("anvisa-alerta-1911", "co-invima-i1606-268", "icij-43217", "icij-44313")}
    assert fire <= actions
