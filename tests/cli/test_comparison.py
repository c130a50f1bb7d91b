"""``compare``, ``gaps``, ``conforms`` and ``markets`` on the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from standards_graph.cli.comparison import COLUMNS
from standards_graph.registry import Registry
from tests.cli.conftest import Run


@pytest.fixture
def small_registry(small_world: Registry) -> Registry:
    """What these commands are asked over."""
    return small_world


def test_places_stand_side_by_side_and_a_blank_is_never_shown(run: Run) -> None:
    done = run("compare", "US", "EU", "--about", "recognitions", "--on", "2026-11-22")
    assert done.exit_code == 0, done.output
    (line,) = [one for one in done.stdout.splitlines() if "AAMI TIR57:2016  " in one]
    assert "AAMI TIR57:2016 (directly, extent: complete, 0.9)" in line
    assert line.endswith("not recorded (complete up to 2026-10-01; looked for and not found)")


def test_a_table_says_how_two_classes_lie_and_for_which_devices(run: Run) -> None:
    done = run("compare", "us-fda-class", "eu-mdr-class", "--on", "2026-11-22")
    assert "entailed by MDR class IIa (for general devices, 0.7)" in done.stdout


def test_every_finding_is_a_row_with_record_and_sources_for_programs(run: Run) -> None:
    done = run("compare", "US", "GB", "--about", "recognitions", "--on", "2026-11-22", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert tuple(rows[0]) == COLUMNS
    found = [one for one in rows if one["state"] in ("recorded", "perhaps")]
    assert found
    assert all(one["record"] and one["sources"] for one in found)
    assert {one["state"] for one in rows if not one["record"]} == {"not recorded"}


def test_gaps_are_counted_by_their_sense(run: Run) -> None:
    done = run("gaps", "--base", "US", "--against", "EU", "--about", "recognitions", "--on", "2026-10-01", "--format", "json")
    assert done.exit_code == 0, done.output
    told = {one["subject"]: one["state"] for one in json.loads(done.stdout)}
    assert told["AAMI TIR57:2016"] == "no counterpart"
    assert "Gaps: " in done.stderr
    assert "no counterpart" in done.stderr


def test_acceptance_and_requirements_are_told_together(run: Run) -> None:
    done = run("conforms", "en-iso-14971-2019-plus-a11-2021", "--on", "2026-11-22", "--format", "json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert {one["state"] for one in rows if one["about"] == "requirement"} == {"fully", "no clause recorded"}
    assert {(one["in"], one["how"]) for one in rows if one["about"] == "acceptance" and one["state"] == "recorded"} == {
        ("European Union", "directly")
    }


def test_what_counts_only_perhaps_is_told_and_listed_on_demand(run: Run) -> None:
    done = run("markets", "US", "EU", "--topic", "risk-management", "--on", "2026-11-22", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "2 more count perhaps in some place; --perhaps lists them." in done.stderr
    done = run("markets", "US", "EU", "--topic", "risk-management", "--on", "2026-11-22", "--perhaps")
    assert "ISO 14971:2019" in done.stdout


def test_a_place_that_is_not_there_ends_with_a_sentence(run: Run) -> None:
    done = run("compare", "US", "Atlantis")
    assert done.exit_code != 0
    assert "There is no jurisdiction and no classification scheme Atlantis." in done.output
