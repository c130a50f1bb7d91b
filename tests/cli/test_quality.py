"""``standards-graph check``: figures, offenders, and the exit code."""

from __future__ import annotations

import csv
import io

from tests.cli.conftest import Run


def test_the_ontology_passes_its_checks(run: Run) -> None:
    done = run("check", "--on", "ontology", "--format", "csv")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["result"] for row in rows} == {"passed"}
    assert {row["check"][:2] for row in rows} >= {"h1", "t1", "s1", "s8"}


def test_an_offender_is_named_and_the_command_ends_with_4(run: Run) -> None:
    done = run("check", "--on", "content")
    assert done.exit_code == 4
    assert "d2-shapes-violated" in done.stdout
    assert "org/mhra" in done.stdout
    assert " failed." in done.stdout
