"""The curated tables as they lie on disk: rows that know where they stand, and say so when something is wrong."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts
from standards_graph.importing.facts import Facts
from standards_graph.model import dates

T = TypeVar("T")

SOURCE = ("source_url", "source_date", "verified", "official_page_opened", "note")
"""The last columns of every table."""

_ALERTS = (
    "alert_id", "jurisdiction", "issuer_regulator_id", "issuer_name", "alert_type", "reference", "device", "manufacturer",
    "device_id", "software_related", "ai_related", "date", "date_kind", "class_or_severity", "reason", "status", "event_group",
    "corresponding_alert_ids", "official_url",
)  # fmt: skip

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "jurisdictions": (
        "code", "code_status", "alpha_3", "name", "native_name", "kind", "member_of", "primary_regulator_id", "risk_scheme_ids",
    ),
    "regulators": (
        "regulator_id", "official_name", "native_name", "acronym", "jurisdiction", "kind", "role", "parent_body",
        "parent_regulator_id", "website", "founded", "founded_verified",
    ),
    "networks": (
        "network_id", "official_name", "acronym", "kind", "purpose", "founded", "secretariat", "website",
        "member_count_stated", "count_as_of",
    ),
    "memberships": (
        "membership_id", "network_id", "jurisdiction", "regulator_id", "body_name", "membership_kind", "status", "joined",
        "joined_note", "announced",
    ),
    "standards_bodies": (
        "body_id", "official_name", "native_name", "acronym", "kind", "scope", "jurisdiction", "website", "founded",
        "parent_body_id",
    ),
    "committees": (
        "committee_id", "body_id", "designation", "name", "parent_committee_id", "secretariat_body_id", "scope_summary",
        "website", "founded",
    ),
    "standards": (
        "standard_id", "reference", "title", "deliverable_type", "edition", "status", "stage_code", "publication_date",
        "withdrawal_date", "committee_id", "publisher_body_ids", "supersedes", "amended_by", "topics", "health_specific",
        "ai_specific", "standard_page",
    ),
    "recognitions": (
        "recognition_id", "standard_id", "standard_reference", "jurisdiction", "regime", "recogniser_regulator_id",
        "identifier", "extent", "status", "effective_date", "end_date", "legal_act",
    ),
    "adoptions": (
        "adoption_id", "national_reference", "national_title", "jurisdiction", "adopting_body_id", "base_reference",
        "base_standard_id", "degree", "degree_verified", "publication_date", "implementation_date", "status", "supersedes",
    ),
    "regulations": (
        "regulation_id", "short_name", "official_title", "native_title", "jurisdiction", "issuer", "kind", "citation",
        "adopted", "published", "in_force", "applies_from", "status", "amends", "ai_specific", "topics", "official_url",
    ),
    "regulation_dates": (
        "milestone_id", "regulation_id", "provision", "milestone", "date", "original_date", "changed_by",
    ),
    "risk_classes": (
        "class_id", "scheme_id", "scheme_name", "jurisdiction", "regulator_id", "device_kind", "class_code", "native_code",
        "rank", "rank_max", "risk_level", "description", "legal_basis", "conformity_route",
    ),
    "risk_class_mappings": (
        "mapping_id", "from_class_id", "to_class_id", "relation", "scope", "basis", "confidence", "authority",
    ),
    "jurisdiction_parts": ("part_code", "name", "category", "part_of", "device_laws"),
    "guidance": (
        "guidance_id", "number", "title", "native_title", "jurisdiction", "issuer_regulator_id", "joint_issuers", "kind",
        "status", "published", "last_revised", "effective", "supersedes", "ai_specific", "topics", "official_url",
    ),
    "crosswalk": (
        "crosswalk_id", "topic_id", "instrument_table", "instrument_id", "instrument_label", "provision", "provision_title",
        "relation", "mapped_by",
    ),
    "crosswalk_pairs": (
        "pair_id", "topic_id", "from_table", "from_id", "from_provision", "to_table", "to_id", "to_provision", "relation",
        "mapped_by",
    ),
    "sandboxes": (
        "sandbox_id", "name", "native_name", "phase", "jurisdiction", "operator_regulator_id", "operator_name", "kind",
        "legal_basis", "scope", "launched", "applications_open", "applications_close", "cohort_announced", "started", "ended",
        "status", "funding", "website",
    ),
    "sandbox_participants": (
        "participant_id", "sandbox_id", "technology", "manufacturer", "purpose", "clinical_area", "device_id", "announced",
        "outcome",
    ),
    "evidence": (
        "evidence_id", "jurisdiction", "assessor_id", "assessor_name", "reference", "former_reference", "title", "kind",
        "body_area", "technology", "device_id", "recommendation", "published", "review_period_years", "status",
    ),
    "devices_cross": (
        "entry_id", "device_id", "device_name", "local_name", "manufacturer", "manufacturer_country", "intended_use_summary",
        "body_area", "modality", "task", "jurisdiction", "authorisation_type", "identifier", "device_class",
        "authorisation_date", "status",
    ),
    "alerts": _ALERTS,
    "icij_alerts": _ALERTS,
    "icij_relays": ("relay_id", "relaying_alert_id", "relayed_alert_id"),
    "alert_events": (
        "event_group", "label", "jurisdictions", "alert_count", "first_date", "last_date", "confidence", "basis",
    ),
    "people_roles": (
        "person_role_id", "person", "role", "organisation", "regulator_id", "jurisdiction", "start", "start_precision_note",
        "end", "end_note", "predecessor", "successor", "in_story",
    ),
    "seed_claims": (
        "claim_id", "paragraph", "subject", "relation", "object", "claim_type", "asserted_by", "asserted_in", "asserted_on",
        "confirmation",
    ),
    "coverage": ("coverage_id", "record_kind", "jurisdiction", "complete_as_of", "title", "covers", "licence"),
    "mapping_sets": ("set_id", "title", "description", "version", "creator", "licence"),
    "jurisdiction_names": (
        "names_id", "code", "ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "zh_hans", "translation_status",
        "wikidata_id",
    ),
}  # fmt: skip
"""The columns of each table, the key first; the columns of the source follow."""

GRAPHS = {
    "risk_class_mappings": "mapping/risk-classes",
    "icij_alerts": "source/icij-alerts",
    "icij_relays": "source/icij-alerts",
}
"""Tables whose confirmed rows go elsewhere than to ``curated/{table}``."""

FILES = {"icij_alerts": "../icij-alerts/alerts.csv", "icij_relays": "../icij-alerts/relays.csv"}
"""Tables that lie in a folder of their own beside the others, because they have a licence of their own."""

_ODBL = NamedNode("https://opendatacommons.org/licenses/odbl/1-0/")
LICENCES = {"icij_alerts": _ODBL, "icij_relays": _ODBL}
"""Tables that are not ours to give away freely."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; every value that cannot be used is an error that names its place."""

    table: str
    path: Path
    line: int
    cells: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.cells[COLUMNS[self.table][0]]

    @property
    def confirmed(self) -> bool:
        """Whether the row is marked as verified."""
        return self.yes("verified")

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, column: str, reason: str) -> UnreadableFile:
        """The error for a value that cannot be used."""
        told = f"row {self.key!r}, column {column}, value {self.cells[column]!r}: {reason}"
        return UnreadableFile(told, source=str(self.path), line=self.line)

    def use(self, column: str, read: Callable[[str], T]) -> T:
        """A value read by a function that raises ValueError or KeyError for what it does not know."""
        try:
            return read(self.cells[column])
        except ValueError as error:
            raise self.wrong(column, str(error)) from error

    def needed(self, column: str) -> str:
        """A value that may not be empty."""
        if not self.cells[column]:
            raise self.wrong(column, "this may not be empty; fill it in, or take the row out")
        return self.cells[column]

    def yes(self, column: str) -> bool:
        """A yes or no."""
        if self.cells[column] not in ("yes", "no"):
            raise self.wrong(column, "write yes or no")
        return self.cells[column] == "yes"

    def code(self, column: str, known: Mapping[str, str], *, scheme: str) -> NamedNode:
        """A word of the table as a concept of a code list."""
        word = self.needed(column)
        if word not in known:
            raise self.wrong(column, f"this word is not known here; known are: {', '.join(known)}")
        return vocab.concept(scheme, known[word])

    def date(self, column: str) -> tuple[Literal | None, dt.date | None, dt.date | None]:
        """A date: as printed, the earliest day it allows, and the day after the latest; None where empty."""
        if not self.cells[column]:
            return None, None, None
        return (
            self.use(column, dates.printed),
            self.use(column, dates.earliest),
            self.use(column, dates.after_latest),
        )

    def dated(self, facts: Facts, subject: NamedNode, column: str, printed: NamedNode, *computed: NamedNode) -> None:
        """Say a date as it is printed, and the earliest day that it allows for computing."""
        text, first, _ = self.date(column)
        facts.say(subject, printed, text)
        for term in computed:
            facts.say(subject, term, dates.day(first) if first else None)

    def parts(self, column: str) -> tuple[str, ...]:
        """The values of a list, separated by semicolons."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def text(self, column: str) -> Literal | None:
        """Plain text, or nothing."""
        return Literal(self.cells[column]) if self.cells[column] else None

    def english(self, column: str) -> Literal | None:
        """Text in English, or nothing."""
        return facts.english(self.cells[column]) if self.cells[column] else None

    def address(self, column: str) -> Literal | None:
        """A web address, or nothing."""
        if self.cells[column] and not self.cells[column].startswith(("http://", "https://")):
            raise self.wrong(column, "write a full address that starts with https://")
        return facts.address(self.cells[column]) if self.cells[column] else None

    def licence(self, column: str) -> NamedNode:
        """The address of a licence."""
        self.address(column)
        return NamedNode(self.needed(column))

    def facts(self, *, graph: NamedNode | None = None, licence: NamedNode | None = None) -> Facts:
        """The source record of the row, in the graph where the row's statements belong unless another is given.

        A row that nobody confirmed may have no source: then its source is the table itself.
        """
        self.address("source_url")
        own = unconfirmed(self.table)
        return facts.record(
            graph or (confirmed(self.table) if self.confirmed else own),
            url=self.needed("source_url") if self.confirmed else self["source_url"] or own.value,
            date=self["source_date"],
            key=f"{self.table}#{self.key}",
            level=self._level(),
            licence=licence or LICENCES.get(self.table, facts.CC0),
            printed=self.date("source_date")[0],
            note=self["note"],
        )

    def _level(self) -> str:
        if self["official_page_opened"]:
            if len(self["official_page_opened"]) != 10:
                raise self.wrong("official_page_opened", "write the day on which the page was opened, such as 2026-01-31")
            self.date("official_page_opened")
            return "official-page-opened"
        return "source-read" if self.confirmed else "not-confirmed"


def confirmed(table: str) -> NamedNode:
    """The graph of a table's confirmed rows."""
    return vocab.graph(GRAPHS.get(table, f"curated/{table.replace('_', '-')}"))


def unconfirmed(table: str) -> NamedNode:
    """The graph of a table's rows that no page was found to confirm."""
    return vocab.graph(f"unverified/{table.replace('_', '-')}")


class Tables:
    """All curated tables of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read = {table: _rows(folder, table) for table in COLUMNS}

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        return self._read[table]

    @cached_property
    def _keys(self) -> Mapping[str, Mapping[str, Row]]:
        return {table: {row.key: row for row in rows} for table, rows in self._read.items()}

    def find(self, row: Row, column: str, table: str) -> Row | None:
        """The row of another table that a value names, or None where the value is empty."""
        return self.row(row, column, table, row[column]) if row[column] else None

    def row(self, row: Row, column: str, table: str, key: str) -> Row:
        """The row of another table with that key; an unknown key is an error of the row that names it."""
        found = self._keys[table].get(key)
        if found is None:
            raise row.wrong(column, f"{table}.csv has no row {key!r}; add it there, or correct this value")
        return found


def file_of(folder: Path, table: str) -> Path:
    """Where a table lies, seen from the folder of the curated tables."""
    return folder / FILES.get(table, f"{table}.csv")


def _rows(folder: Path, table: str) -> tuple[Row, ...]:
    path = file_of(folder, table)
    expected = (*COLUMNS[table], *SOURCE)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_checked(csv.reader(file, strict=True), path, table, expected))
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error
    except csv.Error as error:
        raise UnreadableFile(f"{error}; check the quotation marks", source=str(path)) from error


def _checked(lines: Iterator[list[str]], path: Path, table: str, expected: tuple[str, ...]) -> Iterator[Row]:
    header = tuple(next(lines, ()))
    if header != expected:
        raise UnreadableFile(f"the columns have to be: {', '.join(expected)}", source=str(path), line=1)
    keys: dict[str, int] = {}
    for line, cells in enumerate(lines, start=2):
        if len(cells) != len(expected):
            raise UnreadableFile(f"{len(cells)} values, {len(expected)} expected", source=str(path), line=line)
        row = Row(table, path, line, dict(zip(expected, cells, strict=True)))
        first = keys.setdefault(row.needed(expected[0]), line)
        if first != line:
            raise row.wrong(expected[0], f"the key stands in line {first} already; every row needs a key of its own")
        yield row
