"""Converts the collected fact tables into the curated tables: ``python tools/convert_facts.py SOURCE TARGET``.

The curated tables are the master; this script only shows how they came about. It changes form and nothing else: UTF-8, LF,
the key first, the source last, rows sorted by key, a column in which a curator writes the day on which the official page was
opened, and a key of one column for the milestones of regulations.
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
}

Row = dict[str, str]


def converted(table: str, rows: Iterable[Mapping[str, str]]) -> list[Row]:
    """The rows of a curated table, in its columns and order."""
    key = KEYS[table]
    clean = [_with_key(table, {name: " ".join(value.split()) for name, value in row.items()}) for row in rows]
    names = [name for name in clean[0] if name not in (key, *SOURCE_COLUMNS)]
    columns = [key, *names, *SOURCE_COLUMNS]
    return sorted(({name: row.get(name, "") for name in columns} for row in clean), key=lambda row: row[key])


def _with_key(table: str, row: Row) -> Row:
    if table != "regulation_dates":
        return row
    return {"milestone_id": slug(f"{row['regulation_id']} {row['milestone']} {row['provision']}"), **row}


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
        write(target / f"{table}.csv", converted(table, read(source / f"{table}.csv")))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/convert_facts.py SOURCE TARGET")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
