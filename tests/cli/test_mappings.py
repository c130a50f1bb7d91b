"""Mapping sets at a shell: in by their name, out in a form of SSSOM."""

from __future__ import annotations

import csv
import io
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from standards_graph.cli import exits, main
from standards_graph.cli.session import Session
from standards_graph.formats import sssom
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from tests.cli.conftest import Run
from tests.formats.test_sssom import COLUMNS, HEAD, ROW


@pytest.fixture
def run(small_world: Registry) -> Run:
    """Run ``standards-graph`` over the small world."""

    def invoke(*arguments: str, text: str | None = None):
        session = Session(opening=lambda settings: nullcontext(small_world), settings=Settings())
        return CliRunner().invoke(main, arguments, obj=session, input=text, prog_name="standards-graph")

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.sssom.tsv"
    path.write_text(f"{HEAD}{COLUMNS}\n{ROW}\n{ROW.replace('b:1', 'c:1')}\n", "utf-8")
    return path


def test_a_file_by_itself_is_taken_for_what_its_name_says(run: Run, file: Path) -> None:
    found = run("import", str(file), "--leave-out", "--dry-run")
    assert found.exit_code == 0
    assert "Nothing was changed. The import would mean" in found.stdout
    assert run("import", str(file.with_name("nothing.tsv"))).exit_code == exits.WRONG_USAGE
    file.with_suffix(".png").touch()
    unknown = run("import", str(file.with_suffix(".png")))
    assert unknown.exit_code == exits.BAD_INPUT
    assert "name the source" in unknown.stderr


def test_a_row_that_cannot_be_read_stops_the_import_and_is_told_with_its_place_and_remedy(run: Run, file: Path) -> None:
    found = run("import", str(file), "--format", "csv")
    assert found.exit_code == exits.NOT_VALID
    [row] = [row for row in csv.DictReader(io.StringIO(found.stdout)) if row["severity"] == "violation"]
    assert (row["rule"], row["source"], row["line"], row["column"]) == (
        "sssom-prefix-unknown",
        "mine.sssom.tsv",
        "8",
        "object_id",
    )
    assert row["value"] == "c:1"
    assert row["remedy"]


def test_a_set_that_was_imported_is_listed_and_written_to_a_file(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("import", str(file), "--leave-out").exit_code == 0
    assert "mine" in run("mappings").stdout.splitlines()
    out = tmp_path / "out.sssom.json"
    assert run("mappings", "mapping/mine", "--format", "json", "-o", str(out)).exit_code == 0
    assert len(sssom.parse(out, lambda _: None).records) == 1
    assert run("mappings", "mine").stdout == f"{HEAD}{COLUMNS}\n{ROW}\n"


def test_a_set_that_is_not_there_is_told_with_those_that_are(run: Run) -> None:
    found = run("mappings", "nothing")
    assert found.exit_code == exits.BAD_INPUT
    assert "risk-classes" in found.stderr


def test_a_set_is_written_as_oscal_and_of_a_day(run: Run) -> None:
    done = run("mappings", "risk-classes", "--format", "oscal", "--on", "2026-11-23")
    assert done.exit_code == 0, done.output
    assert '"mapping-collection"' in done.stdout
    assert run("mappings", "risk-classes", "--on", "2026-11-23").exit_code == exits.WRONG_USAGE


def test_two_schemes_are_set_against_each_other(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "classes.csv"
    assert run("matrix", "us-fda-class", "eu-mdr-class", "-o", str(out)).exit_code == 0
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert "not recorded" in rows[2]
    assert run("matrix", "us-fda-class", "nothing").exit_code == exits.BAD_INPUT
