"""``standards-graph check``: figures, offenders, and the exit code."""

from __future__ import annotations

import csv
import io

from tests.cli.conftest import Run


def test_the_ontology_passes_its_checks(run: Run) -> None:
    done = run("check", "--on", "ontology", "--no-reasoner", "--format", "csv")
    assert done.exit_code == 0, done.output
    results = {row["check"]: row["result"] for row in csv.DictReader(io.StringIO(done.stdout))}
    reasoned = {"s9-consistent", "s10-impossible-is-found", "s11-hierarchy"}
    assert {results.pop(name) for name in reasoned} == {"not run"}
    assert {name: result for name, result in results.items() if result != "passed"} in ({}, {"s12-in-a-question": "warned"})
    assert {name.partition("-")[0] for name in results} >= {"h1", "h4", "t1", "s1", "s6", "s8", "s12"}
    assert "3 not run" in done.stderr


def test_an_offender_is_named_and_the_command_ends_with_4(run: Run) -> None:
    done = run("check", "--on", "content")
    assert done.exit_code == 4
    assert "d2-shapes-violated" in done.stdout
    assert "org/mhra" in done.stdout
    assert " failed, " in done.stdout
