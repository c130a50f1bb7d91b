"""The curated tables as files: readable, sorted, keyed, linked, and the same facts as they were collected."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from pyoxigraph import Quad

from standards_graph import resources, vocab
from standards_graph.importing import curated, fda_ai_devices, ontology
from standards_graph.importing.curated.tables import COLUMNS, FILES, SOURCE, Tables, file_of
from standards_graph.vocab import SKOS
from tools import convert_facts, convert_fda_list

CURATED = resources.data() / "curated"
TABLES = sorted(COLUMNS)

# Rows that a curator changed since they were converted, by table: the conversion says otherwise, and the table is right.
EDITED: dict[str, set[str]] = {"evidence": {"hte11-mrcat-prostate-plus-auto-contouring"}}

REFERENCES = [
    ("jurisdictions", "primary_regulator_id", "regulators"),
    ("regulators", "jurisdiction", "jurisdictions"),
    ("regulators", "parent_regulator_id", "regulators"),
    ("memberships", "network_id", "networks"),
    ("memberships", "jurisdiction", "jurisdictions"),
    ("memberships", "regulator_id", "regulators"),
    ("standards_bodies", "jurisdiction", "jurisdictions"),
    ("standards_bodies", "parent_body_id", "standards_bodies"),
    ("committees", "body_id", "standards_bodies"),
    ("committees", "parent_committee_id", "committees"),
    ("committees", "secretariat_body_id", "standards_bodies"),
    ("standards", "committee_id", "committees"),
    ("standards", "publisher_body_ids", "standards_bodies"),
    ("recognitions", "standard_id", "standards"),
    ("recognitions", "jurisdiction", "jurisdictions"),
    ("recognitions", "recogniser_regulator_id", "regulators"),
    ("adoptions", "jurisdiction", "jurisdictions"),
    ("adoptions", "adopting_body_id", "standards_bodies"),
    ("adoptions", "base_standard_id", "standards"),
    ("regulations", "jurisdiction", "jurisdictions"),
    ("regulations", "amends", "regulations"),
    ("regulation_dates", "regulation_id", "regulations"),
    ("regulation_dates", "changed_by", "regulations"),
    ("risk_classes", "jurisdiction", "jurisdictions"),
    ("risk_classes", "regulator_id", "regulators"),
    ("risk_class_mappings", "from_class_id", "risk_classes"),
    ("risk_class_mappings", "to_class_id", "risk_classes"),
    ("jurisdiction_parts", "device_laws", "regulations"),
    ("guidance", "jurisdiction", "jurisdictions"),
    ("guidance", "issuer_regulator_id", "regulators"),
    ("sandboxes", "jurisdiction", "jurisdictions"),
    ("sandboxes", "operator_regulator_id", "regulators"),
    ("sandbox_participants", "sandbox_id", "sandboxes"),
    ("evidence", "jurisdiction", "jurisdictions"),
    ("evidence", "assessor_id", "regulators"),
    ("devices_cross", "jurisdiction", "jurisdictions"),
    ("devices_cross", "manufacturer_country", "jurisdictions"),
    ("alerts", "jurisdiction", "jurisdictions"),
    ("alerts", "issuer_regulator_id", "regulators"),
    ("alerts", "event_group", "alert_events"),
    ("icij_alerts", "jurisdiction", "jurisdictions"),
    ("icij_alerts", "issuer_regulator_id", "regulators"),
    ("icij_alerts", "event_group", "alert_events"),
    ("icij_relays", "relaying_alert_id", "icij_alerts"),
    ("icij_relays", "relayed_alert_id", "icij_alerts"),
    ("alert_events", "jurisdictions", "jurisdictions"),
    ("people_roles", "jurisdiction", "jurisdictions"),
    ("people_roles", "regulator_id", "regulators"),
    ("jurisdiction_names", "code", "jurisdictions"),
]

# Columns that are read as codes, links, names of rows or yes and no; what every other column holds is said as it stands.
_ALERTS = {
    "alert_id", "jurisdiction", "issuer_regulator_id", "issuer_name", "alert_type", "device_id", "software_related",
    "ai_related", "class_or_severity", "event_group", "corresponding_alert_ids",
}  # fmt: skip
READ_OTHERWISE = {
    "jurisdictions": {"kind", "primary_regulator_id", "risk_scheme_ids", "member_of"},
    "regulators": {"regulator_id", "jurisdiction", "kind", "founded_verified", "parent_regulator_id"},
    "networks": {"network_id", "kind"},
    "memberships": {"membership_id", "network_id", "jurisdiction", "regulator_id", "membership_kind"},
    "standards_bodies": {"body_id", "kind", "jurisdiction", "parent_body_id"},
    "committees": {"committee_id", "body_id", "parent_committee_id", "secretariat_body_id"},
    "standards": {
        "standard_id", "committee_id", "publisher_body_ids", "topics", "health_specific", "ai_specific", "deliverable_type",
        "status", "amended_by", "supersedes",
    },
    "recognitions": {
        "recognition_id", "standard_id", "jurisdiction", "regime", "recogniser_regulator_id", "extent",
    },
    "adoptions": {
        "adoption_id", "jurisdiction", "adopting_body_id", "base_standard_id", "degree", "degree_verified", "supersedes",
    },
    "regulations": {"regulation_id", "jurisdiction", "kind", "ai_specific", "topics", "amends"},
    "regulation_dates": {"milestone_id", "regulation_id", "changed_by"},
    "risk_classes": {"class_id", "scheme_id", "jurisdiction", "regulator_id", "rank_max"},
    "risk_class_mappings": {"mapping_id", "from_class_id", "to_class_id", "relation", "confidence"},
    "jurisdiction_parts": {"part_of", "device_laws"},
    "guidance": {
        "guidance_id", "jurisdiction", "issuer_regulator_id", "joint_issuers", "kind", "supersedes", "ai_specific", "topics",
    },
    "crosswalk": {
        "crosswalk_id", "topic_id", "instrument_table", "instrument_id", "instrument_label", "provision", "relation",
    },
    "crosswalk_pairs": {
        "pair_id", "topic_id", "from_table", "from_id", "from_provision", "to_table", "to_id", "to_provision", "relation",
    },
    "sandboxes": {"sandbox_id", "jurisdiction", "operator_regulator_id", "kind"},
    "sandbox_participants": {"participant_id", "sandbox_id", "device_id"},
    "evidence": {"evidence_id", "jurisdiction", "assessor_id", "assessor_name", "kind", "device_id", "recommendation"},
    "devices_cross": {
        "entry_id", "device_id", "manufacturer_country", "body_area", "modality", "task", "jurisdiction", "authorisation_type",
    },
    "alerts": _ALERTS,
    "icij_alerts": _ALERTS,
    "icij_relays": {"relay_id", "relaying_alert_id", "relayed_alert_id"},
    "alert_events": {"event_group", "jurisdictions", "confidence"},
    "people_roles": {"person_role_id", "regulator_id", "jurisdiction", "in_story"},
    "seed_claims": {"claim_id", "claim_type", "confirmation"},
    "coverage": {"coverage_id", "record_kind", "jurisdiction", "complete_as_of"},
    "mapping_sets": {"set_id"},
    "jurisdiction_names": {"names_id", "wikidata_id"},
}  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(CURATED)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_plain_text_that_a_curator_can_edit(table: str) -> None:
    raw = file_of(CURATED, table).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert rows[0] == [*COLUMNS[table], *SOURCE]
    keys = [row[0] for row in rows[1:]]
    assert keys == sorted(set(keys))
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)


def test_every_file_of_the_folder_is_a_table_or_its_licence() -> None:
    assert {path.name for path in CURATED.iterdir()} == {
        *(f"{table}.csv" for table in TABLES if table not in FILES),
        "LICENSE.md",
    }


@pytest.mark.parametrize("table", TABLES)
def test_a_confirmed_row_names_its_source_and_an_unconfirmed_one_says_why(tables: Tables, table: str) -> None:
    for row in tables[table]:
        if row.confirmed:
            assert re.fullmatch(r"https?://[^\s]+", row["source_url"]), row.key
        else:
            assert row["source_url"] or row["note"], row.key


@pytest.mark.parametrize(("table", "column", "target"), REFERENCES)
def test_every_reference_finds_its_row(tables: Tables, table: str, column: str, target: str) -> None:
    known = {row.key for row in tables[target]}
    assert {part for row in tables[table] for part in row.parts(column)} <= known


def test_no_date_of_a_source_lies_in_the_future_of_the_collection(tables: Tables) -> None:
    last = dt.date(2026, 11, 22)
    for table in TABLES:
        for row in tables[table]:
            first = row.date("source_date")[1]
            assert first is None or first <= last, row.key


def test_the_ranks_of_a_scheme_count_up_to_its_highest(tables: Tables) -> None:
    ranks: dict[str, set[int]] = {}
    for row in tables["risk_classes"]:
        ranks.setdefault(row["scheme_id"], set()).add(int(row["rank"]))
        assert len([r for r in tables["risk_classes"] if r["scheme_id"] == row["scheme_id"]]) == int(row["rank_max"])
    assert all(found == set(range(1, len(found) + 1)) for found in ranks.values())


@pytest.fixture(scope="module")
def said() -> set[str]:
    quads: set[Quad] = set(curated.quads(CURATED))
    return {quad.object.value for quad in quads}


@pytest.mark.parametrize("table", TABLES)
def test_nothing_that_a_row_holds_is_lost(tables: Tables, said: set[str], table: str) -> None:
    columns = [column for column in (*COLUMNS[table], *SOURCE[:-2], "note") if column not in READ_OTHERWISE[table]]
    columns.remove("verified")
    lost = {
        (row.key, column): row[column] for row in tables[table] for column in columns if row[column] and row[column] not in said
    }
    assert {key: value for key, value in lost.items() if key[1] != "status"} == {}


@pytest.mark.parametrize("table", sorted(convert_facts.KEYS))
def test_the_tables_hold_the_facts_that_were_collected(shared: Path, table: str) -> None:
    name = convert_facts.COLLECTED.get(table, table)
    collected = convert_facts.converted(table, convert_facts.read(shared / "facts" / f"{name}.csv"))
    present = convert_facts.read(file_of(CURATED, table))
    edited = EDITED.get(table, set())
    key = convert_facts.KEYS[table]

    def untouched(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [row for row in rows if row[key] not in edited]

    assert untouched(present) == untouched(collected)


def test_writing_a_table_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for table in TABLES:
        convert_facts.write(tmp_path / "again.csv", convert_facts.read(file_of(CURATED, table)))
        assert (tmp_path / "again.csv").read_bytes() == file_of(CURATED, table).read_bytes()


def test_the_packaged_fda_list_is_the_release_of_the_fda(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "fda-ai-device-list" / "ai-ml-enabled-devices-2025-12.xml"
    packaged = resources.data() / "fda-ai-devices" / "devices.csv"
    convert_fda_list.main(source, tmp_path / "devices.csv")
    assert (tmp_path / "devices.csv").read_bytes() == packaged.read_bytes()
    assert list(fda_ai_devices.entries(packaged)) == list(fda_ai_devices.entries(source))


def test_the_topics_of_the_crosswalk_are_the_code_list(shared: Path) -> None:
    rows = convert_facts.read(shared / "facts" / "requirement_topics.csv")
    said = {(q.subject, q.predicate): q.object for q in ontology.quads() if q.graph_name == vocab.graph("scheme/topic")}
    for row in rows:
        topic = vocab.concept("topic", row["topic_id"])
        assert (topic, SKOS.definition) in said
        wider = vocab.concept("topic", row["broader_topic_id"]) if row["broader_topic_id"] else None
        assert said.get((topic, SKOS.broader)) == wider
        assert ((topic, SKOS.scopeNote) in said) is (row["core"] == "yes")
