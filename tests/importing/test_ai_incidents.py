"""The quirks of the AI Incident Database, and the files themselves."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.alerts.aiid import AiIncidents
from standards_graph.importing.base import Row
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDFS, SGO

HERE = Path(__file__).parent / "ai-incident-database"
GRAPH = vocab.graph("source/ai-incident-database")


def told(path: Path, importer: AiIncidents | None = None) -> tuple[list[Quad], list[Finding]]:
    found = list((importer or AiIncidents()).read(path, GRAPH))
    return [one for one in found if isinstance(one, Quad)], [one for one in found if isinstance(one, Finding)]


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def incident(number: int) -> NamedNode:
    return vocab.entity("incident", f"aiid-{number}")


def row(tmp_path: Path, **changes: str) -> Path:
    with (HERE / "input.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    path = tmp_path / "incidents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow({**first, **changes})
    return path


def test_who_is_said_to_have_made_or_used_the_system_is_named_and_who_was_harmed_is_not() -> None:
    quads, findings = told(HERE / "input.csv")
    assert objects(quads, incident(90001), SGO.incidentPartyName) == {
        Literal("example-hospital (alleged deployer)"),
        Literal("example-imaging (alleged developer)"),
    }
    assert not [q for q in quads if "a-person" in q.object.value]
    assert [one for one in findings if "those who were harmed" in one.message]


def test_a_classification_says_its_words_and_a_row_that_is_not_published_says_nothing() -> None:
    quads, findings = told(HERE / "input-mit.csv")
    assert Literal("7. AI system safety, failures, and limitations") in objects(quads, incident(90001), SGO.incidentKindText)
    assert not objects(quads, incident(90002), SGO.incidentKindText)
    assert [one.rule for one in findings] == ["aiid-unpublished"]


@pytest.mark.parametrize(("level", "said"), [("none", "AI Harm Level: none"), ("unclear", ""), ("", "")])
def test_that_no_harm_was_found_is_not_the_same_as_that_nobody_knows(tmp_path: Path, level: str, said: str) -> None:
    path = tmp_path / "classifications.csv"
    path.write_text(f"Namespace,Incident ID,Published,AI Harm Level\nCSETv1,90001,True,{level}\n")
    quads, _ = told(path)
    assert objects(quads, incident(90001), SGO.incidentSeverityText) == ({Literal(said)} if said else set())


def test_no_sector_is_said_of_an_incident_that_no_classification_gives_one() -> None:
    for name in ("input.csv", "input-mit.csv"):
        assert not [q for q in told(HERE / name)[0] if q.predicate == SGO.incidentSectorText]


def test_links_to_the_monitor_are_places_to_look_and_no_statement_that_two_are_one() -> None:
    quads, _ = told(HERE / "input-oecd.json")
    assert len(objects(quads, incident(90001), RDFS.seeAlso)) == 2
    assert not [q for q in quads if "sameAs" in q.predicate.value]


def test_a_duplicate_points_to_the_incident_that_stands_for_it() -> None:
    quads, _ = told(HERE / "input-duplicates.csv")
    assert objects(quads, incident(90003), DCTERMS.isReplacedBy) == {incident(90001)}


def test_descriptions_come_in_where_texts_are_asked_for_alone() -> None:
    assert not [q for q in told(HERE / "input.csv")[0] if q.predicate == DCTERMS.description]
    quads, _ = told(HERE / "input.csv", AiIncidents().with_texts())  # type: ignore[arg-type]
    assert [q.object.value for q in quads if q.predicate == DCTERMS.description] == ["A finder of bones did not find a bone."]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"incident_id": "none"}, "aiid-number"),
        ({"date": "January"}, "aiid-date"),
        ({"Alleged developer of AI system": "[unclosed"}, "aiid-list"),
        ({"Alleged deployer of AI system": '"text"'}, "aiid-list"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row(tmp_path: Path, changes: dict[str, str], rule: str) -> None:
    _, findings = told(row(tmp_path, **changes))
    assert [(one.rule, one.line) for one in findings if one.severity is Severity.WARNING] == [(rule, 2)]


def test_a_link_that_leads_elsewhere_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_text('[{"incident_id": 1, "sameAs": "https://example.org/x", "source_namespace": "OECD"}]')
    _, findings = told(path)
    assert [one.rule for one in findings] == ["aiid-link"]


def test_each_kind_of_file_fills_a_graph_of_its_own() -> None:
    names = {path.name: AiIncidents().fills(path) for path in HERE.glob("input*")}
    assert names == {
        "input.csv": "source/ai-incident-database",
        "input-mit.csv": "source/ai-incident-database-mit",
        "input-duplicates.csv": "source/ai-incident-database-duplicates",
        "input-oecd.json": "source/ai-incident-database-oecd",
    }


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Namespace,Incident ID\nOTHER,1\n")
    assert not AiIncidents().accepts(path, packing.beginning(path))
    with pytest.raises(UnreadableFile, match="no file of the AI Incident Database"):
        told(path)


REAL = [
    ("incidents.csv", 989, 989),
    ("classifications_CSETv0.csv", 100, 92),
    ("classifications_CSETv1.csv", 214, 208),
    ("classifications_MIT.csv", 869, 869),
    ("duplicates.csv", 12, 12),
    ("oecd_relationships.json", 346, 230),
    ("oecd_relationships_2025_09_09.json", 681, 446),
]


@pytest.mark.parametrize(("name", "rows", "things"), REAL, ids=[name for name, _, _ in REAL])
def test_the_files_are_read_in_full(shared: Path, name: str, rows: int, things: int) -> None:
    path = shared / "data" / "ai-incident-database" / name
    assert AiIncidents().accepts(path, packing.beginning(path))
    found = list(AiIncidents().read(path, GRAPH))
    kept = {one.subject for one in found if isinstance(one, Quad) and one.predicate == SGO.hasSourceRecord} - {GRAPH}
    counted = Counter(type(one) for one in found)
    assert (counted[Row], len(kept - {vocab.entity("org", "ai-incident-database")})) == (rows, things)
    assert not [one for one in found if isinstance(one, Finding) and one.severity is not Severity.INFO]


def test_a_page_of_the_monitor_is_tied_to_the_incident_that_the_database_ties_it_to(shared: Path) -> None:
    quads, _ = told(shared / "data" / "ai-incident-database" / "oecd_relationships_2025_09_09.json")
    assert NamedNode("https://oecd.ai/en/incidents/2024-10-26-0bfc") in objects(quads, incident(827), RDFS.seeAlso)
    assert objects(quads, incident(582), RDFS.seeAlso) == {NamedNode("https://oecd.ai/en/incidents/2023-06-01-8982")}
