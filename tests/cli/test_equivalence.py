"""``equivalents``, ``why`` and ``conflicts`` on the command line."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner, Result

from standards_graph.cli import main
from standards_graph.cli.session import Session
from standards_graph.harmonisation import following
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from tests.cli.conftest import Run
from tests.harmonisation.test_engine import TODAY, WORLD, mapping, quads


@pytest.fixture
def run() -> Run:
    facts = quads(WORLD, mapping("3", "scheme/z/a", "equivalentTo", "scheme/y/a", '; sgo:mappingScopeText "imaging"@en'))
    facts += quads(
        mapping("4", "scheme/v/a", "equivalentTo", "scheme/w/a"), mapping("5", "scheme/w/a", "excludes", "scheme/v/a")
    )
    registry = Registry.in_memory([*facts, *following.follows(facts, TODAY)])

    def invoke(*arguments: str, text: str | None = None) -> Result:
        session = Session(opening=lambda settings: nullcontext(registry), settings=Settings())
        return CliRunner().invoke(main, arguments, obj=session, input=text, prog_name="standards-graph")

    return invoke


def test_equivalents_are_listed_with_who_says_so(run: Run) -> None:
    done = run("equivalents", "x/a", "--in", "z", "--on", "2026-11-23", "--why", "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    told = {(one["target"], one["voice"], one["scope"]) for one in found}
    assert told == {
        ("Z A", "inferred", "software"),
        ("Z A", "inferred", "imaging"),
    }
    assert all(one["why"].startswith("X A falls under Z A") for one in found)


def test_why_leads_to_the_source(run: Run) -> None:
    first, *_ = json.loads(run("equivalents", "x/a", "--in", "z", "--format", "json").stdout)
    done = run("why", first["record"])
    assert done.exit_code == 0, done.output
    assert "https://example.org/one" in done.stdout


def test_conflicts_are_told(run: Run) -> None:
    done = run("conflicts", "--format", "json")
    assert [one["records"] for one in json.loads(done.stdout)] == ["sgm:4 sgm:5"]
    assert "1 open conflict." in done.output


def test_what_would_fall_without_a_record_is_told(run: Run) -> None:
    done = run("without", "sgm:4", "--format", "json")
    assert done.exit_code == 0, done.output
    assert {one["what"] for one in json.loads(done.stdout)} == {"would follow instead", "conflict settled"}
    assert run("without", "sgm:none").exit_code != 0


def test_a_record_that_is_not_there_ends_with_a_sentence(run: Run) -> None:
    done = run("why", "sgm:nothing")
    assert done.exit_code != 0
    assert "There is no mapping record sgm:nothing." in done.output


def test_a_record_is_reviewed_and_everybody_sees_by_whom_and_why(run: Run) -> None:
    first, *_ = json.loads(run("review", "next", "--format", "json").stdout)
    assert first["what"] == "conflict"
    done = run("review", "reject", "sgm:5", "--reason", "It was a slip", "--by", "Ada")
    assert done.exit_code == 0, done.output
    assert "rejected, in r" in done.output
    run("review", "accept", "sgm:5", "--reason", "It was none", "--by", "Bob")
    run("review", "comment", "sgm:5", "--reason", "See the annex", "--by", "Cyd")
    run("review", "retire", "sgm:4", "--reason", "Repealed", "--by", "Bob")
    run("review", "contest", "sgm:4", "--reason", "Not yet", "--by", "Cyd")
    shown = run("review", "show", "sgm:5", "--format", "json")
    assert [(one["who"], one["role"]) for one in json.loads(shown.stdout)] == [
        ("Cyd", "remark"),
        ("Bob", "decides"),
        ("Ada", "dissents"),
    ]
    assert shown.stderr.strip().endswith(": accepted.")
    assert "contested (accepted by its source)" in run("review", "show", "sgm:4").stderr
    assert "0 open conflicts" in run("conflicts").output


def test_a_review_that_cannot_be_is_refused_in_words(run: Run) -> None:
    done = run("review", "accept", "sgm:1", "--reason", "Yes", "--by", "Ada", "--confidence", "0.9")
    assert done.exit_code == 2
    assert "proposal" in done.output
