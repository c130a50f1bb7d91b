"""Converts the collected fact tables into the curated tables: ``python tools/convert_facts.py SOURCE TARGET``.

The curated tables are the master; this script only shows how they came about. It changes form and nothing else: UTF-8, LF,
the key first, the source last, rows sorted by key, a column in which a curator writes the day on which the official page was
opened, a key of one column where a table had none, and a table of their own for alerts that rest on the ICIJ's database.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from standards_graph.model.identifiers import slug

SOURCE_COLUMNS = ("source_url", "source_date", "verified", "official_page_opened", "note")

KEYS: Mapping[str, str] = {
    "jurisdictions": "code",
    "regulators": "regulator_id",
    "networks": "network_id",
    "memberships": "membership_id",
    "standards_bodies": "body_id",
    "committees": "committee_id",
    "standards": "standard_id",
    "recognitions": "recognition_id",
    "adoptions": "adoption_id",
    "regulations": "regulation_id",
    "regulation_dates": "milestone_id",
    "risk_classes": "class_id",
    "risk_class_mappings": "mapping_id",
    "guidance": "guidance_id",
    "crosswalk": "crosswalk_id",
    "crosswalk_pairs": "pair_id",
    "sandboxes": "sandbox_id",
    "sandbox_participants": "participant_id",
    "evidence": "evidence_id",
    "devices_cross": "entry_id",
    "alerts": "alert_id",
    "icij_alerts": "alert_id",
    "alert_events": "event_group",
    "people_roles": "person_role_id",
    "seed_claims": "claim_id",
}

COLLECTED: Mapping[str, str] = {"icij_alerts": "alerts"}
"""Tables that are a part of a collected one."""

FILES: Mapping[str, str] = {"icij_alerts": "../icij-alerts/alerts.csv"}
"""Tables that lie in a folder of their own, because they have a licence of their own."""

Row = dict[str, str]


def converted(table: str, rows: Iterable[Mapping[str, str]]) -> list[Row]:
    """The rows of a curated table, in its columns and order."""
    key = KEYS[table]
    clean = [_with_key(table, {name: " ".join(value.split()) for name, value in row.items()}) for row in rows]
    names = [name for name in clean[0] if name not in (key, *SOURCE_COLUMNS)]
    columns = [key, *names, *SOURCE_COLUMNS]
    clean = [row for row in clean if _belongs(table, row)]
    return sorted(({name: row.get(name, "") for name in columns} for row in clean), key=lambda row: row[key])


def _with_key(table: str, row: Row) -> Row:
    if table == "regulation_dates":
        return {"milestone_id": slug(f"{row['regulation_id']} {row['milestone']} {row['provision']}"), **row}
    if table == "devices_cross":
        last = row["identifier"] or row["local_name"] or row["authorisation_type"]
        return {"entry_id": slug(f"{row['device_id']} {row['jurisdiction']} {last}"), **row}
    return row


def _belongs(table: str, row: Row) -> bool:
    """Alerts that were read in a copy of the ICIJ database are in a table of their own; all other rows stay in theirs."""
    if "alerts" not in table:
        return True
    rests = "ICIJ" in row["note"] or any(name in row["source_url"] for name in ("icij.org", "medical-device-recall-analysis"))
    return rests == (table == "icij_alerts")


def read(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row]) -> None:
    """Write a curated table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(source: Path, target: Path) -> None:
    """Convert every table that is needed."""
    target.mkdir(parents=True, exist_ok=True)
    for table in KEYS:
        path = target / FILES.get(table, f"{table}.csv")
        path.parent.mkdir(exist_ok=True)
        write(path, converted(table, read(source / f"{COLLECTED.get(table, table)}.csv")))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/convert_facts.py SOURCE TARGET")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
