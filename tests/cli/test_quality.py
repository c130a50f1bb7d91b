"""``standards-graph check``: figures, offenders, and the exit code."""

from __future__ import annotations

import csv
import io

import pytest

from standards_graph.cli import quality
from tests.cli.conftest import Run


def test_the_ontology_passes_its_checks(run: Run) -> None:
    done = run("check", "--on", "ontology", "--no-reasoner", "--format", "csv")
    assert done.exit_code == 0, done.output
    results = {row["check"]: row["result"] for row in csv.DictReader(io.StringIO(done.stdout))}
    reasoned = {"s9-consistent", "s10-impossible-is-found", "s11-hierarchy"}
    assert {results.pop(name) for name in reasoned} == {"not run"}
    assert {name: result for name, result in results.items() if result != "passed"} == {}
    assert {name.partition("-")[0] for name in results} >= {"h1", "h4", "t1", "s1", "s6", "s8", "s12"}
    assert "3 not run" in done.stderr


def test_an_offender_is_named_and_the_command_ends_with_4(run: Run) -> None:
    done = run("check", "--on", "content")
    assert done.exit_code == 4
    assert "d2-shapes-violated" in done.stdout
    assert "org/mhra" in done.stdout
    assert " failed, " in done.stdout


def test_what_cannot_be_tried_here_says_so_and_is_not_passed(run: Run) -> None:
    done = run("check", "--on", "content", "--format", "csv")
    rows = {row["check"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["d6-loading-again"]["result"] == rows["q1-questions-as-expected"]["result"] == "not run"
    assert "load it first" in rows["d6-loading-again"]["offender"]
    assert rows["q2-questions-in-time"]["result"] == "passed"
    assert rows["d4-minted-from-identifier"]["result"] == "passed"


def test_a_question_that_is_too_slow_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "_MOST_SECONDS", 0.0)
    done = run("check", "--on", "content", "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(done.stdout)) if row["check"] == "q2-questions-in-time"]
    assert {row["result"] for row in rows} == {"warned"}
    assert "dates-of-a-law" in {row["offender"].split()[0] for row in rows}
