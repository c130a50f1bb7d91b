"""Asking from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from standards_graph import queries
from standards_graph.model.questions import AUDIENCES
from tests.cli.conftest import PANEL, Run

NAMES = "SELECT ?who ?name { ?who a sgo:Actor ; rdfs:label ?name } ORDER BY ?name"


def test_rows_come_as_a_table_with_short_names(run: Run) -> None:
    found = run("query", "-e", NAMES)
    assert found.exit_code == 0
    assert [line.split()[0] for line in found.stdout.splitlines()[2:]] == ["sgr:org/fda", "sgr:org/mhra"]
    assert "2 rows" in found.stderr


def test_each_row_of_a_table_stays_on_its_line_where_nobody_looks_on_a_terminal(run: Run) -> None:
    found = run("query", "-e", NAMES)
    assert len(found.stdout.splitlines()) == 4


def test_json_and_csv_hold_full_iris(run: Run) -> None:
    rows = json.loads(run("query", "-e", NAMES, "--format", "json").stdout)["results"]["bindings"]
    assert rows[0]["who"]["value"] == "https://w3id.org/standards-graph/id/org/fda"
    listed = list(csv.reader(io.StringIO(run("query", "-e", NAMES, "--format", "csv").stdout)))
    assert listed[1] == ["https://w3id.org/standards-graph/id/org/fda", "Food and Drug Administration"]


def test_a_yes_or_no_is_said_in_a_word(run: Run) -> None:
    assert run("query", "-e", "ASK { ?it a sgo:Actor }").stdout == "yes\n"
    assert run("query", "-e", "ASK { ?it a sgo:Jurisdiction }").stdout == "no\n"


def test_a_graph_comes_as_turtle_unless_another_syntax_is_asked_for(run: Run) -> None:
    text = "CONSTRUCT { ?it rdfs:label ?name } WHERE { ?it rdfs:label ?name }"
    assert '"Food and Drug Administration"@en' in run("query", "-e", text).stdout
    assert run("query", "-e", text, "--format", "ntriples").stdout.count(" .\n") == 2


def test_a_syntax_that_cannot_hold_the_answer_is_wrong_usage(run: Run) -> None:
    found = run("query", "-e", NAMES, "--format", "turtle")
    assert found.exit_code == 2
    assert "cannot hold that" in found.stderr


def test_a_query_is_read_from_a_file_or_from_standard_input(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ask.rq"
    path.write_text("ASK { ?s ?p ?o }", "utf-8")
    assert run("query", str(path)).stdout == "yes\n"
    assert run("query", "-", text="ASK { ?s ?p ?o }").stdout == "yes\n"


@pytest.mark.parametrize("arguments", [(), ("file", "-e", "ASK {}")])
def test_a_query_comes_from_one_place_only(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("ASK {}", "utf-8")
    given = [str(tmp_path / "file") if one == "file" else one for one in arguments]
    assert run("query", *given).exit_code == 2


def test_a_faulty_query_is_told_with_the_place_that_its_writer_sees(run: Run) -> None:
    found = run("query", "-e", "SELECT ?s\nWHERE { ?s ?p }")
    assert found.exit_code == 3
    message, excerpt, mark = found.stderr.splitlines()
    assert message.startswith("error: line 2, column ")
    assert excerpt == "  WHERE { ?s ?p }"
    assert mark.strip() == "^"
    assert "Traceback" not in found.output


def test_text_that_would_steer_a_terminal_is_made_harmless(run: Run) -> None:
    found = run("query", "-e", r'SELECT ?x { VALUES ?x { "\u001b[31mred" } }')
    assert "\x1b" not in found.stdout
    assert "red" in found.stdout


def test_every_question_is_listed_with_its_parameters(run: Run) -> None:
    listed = json.loads(run("questions", "--format", "json").stdout)
    assert sorted(one["name"] for one in listed) == list(queries.questions())
    assert all(one["question"] for one in listed)
    headers = {name: queries.question(name).header for name in queries.questions()}
    assert {one["name"]: (one["id"], one["missing"]) for one in listed} == {
        name: (header.get("id", ""), header.get("missing", "")) for name, header in headers.items()
    }


def test_questions_are_listed_by_who_asks_them(run: Run) -> None:
    letters = [one["id"][:1] for one in json.loads(run("questions", "--format", "json").stdout)]
    assert letters == sorted(letters, key=[*AUDIENCES, ""].index)


def test_an_unknown_question_names_the_known_ones(run: Run) -> None:
    found = run("questions", "what-is-this")
    assert found.exit_code == 3
    assert queries.questions()[0] in found.stderr


def test_a_parameter_that_a_question_does_not_have_is_wrong_usage(run: Run) -> None:
    found = run("questions", queries.questions()[0], "--param", "colour=red")
    assert found.exit_code == 2
    assert "colour" in found.stderr


@pytest.mark.parametrize("name", queries.questions())
def test_the_text_of_a_question_can_be_taken_along(run: Run, name: str) -> None:
    found = run("questions", name, "--text")
    asked, known = (text.rstrip().splitlines() for text in (found.stdout, queries.question(name).text))
    changed = [line for line, own in zip(asked, known, strict=True) if line != own]
    assert all(line.strip().startswith("VALUES ?") for line in changed)


def test_a_choice_is_known_by_its_name_and_by_the_end_of_its_iri(run: Run) -> None:
    exact = run("questions", "fda-ai-devices-of-a-panel", "--text", "--param", f"panel={PANEL.value}").stdout
    assert f"<{PANEL.value}>" in exact
    assert run("questions", "fda-ai-devices-of-a-panel", "--text", "--param", "panel=radiology").stdout == exact
    assert run("questions", "fda-ai-devices-of-a-panel", "--text", "--param", "panel=The Radiology panel").stdout == exact


def test_the_choices_of_a_parameter_are_listed(run: Run) -> None:
    listed = json.loads(run("questions", "fda-ai-devices-of-a-panel", "--choices", "panel", "--format", "json").stdout)
    assert {"value": "us-panel/radiology", "name": "The Radiology panel"} in listed


def test_a_parameter_without_a_value_is_wrong_usage(run: Run) -> None:
    assert run("questions", queries.questions()[0], "--param", "colour").exit_code == 2
