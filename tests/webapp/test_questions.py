"""The public questions as pages and as data."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient

from standards_graph import queries
from standards_graph.model.questions import AUDIENCES, MORE
from standards_graph.vocab import XSD
from tests.questions.test_questions import PLANTED
from tests.webapp.pages import client, csv_rows, json_rows, page, table, words
from webapp.rendering import foldable

QUESTIONS = queries.questions()


@pytest.fixture(scope="module")
def web() -> FlaskClient:
    return client()


def today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_page_the_csv_and_the_json_hold_the_same_rows(web: FlaskClient, name: str) -> None:
    shown = table(page(web, f"/questions/{name}"))
    rows, bindings = csv_rows(web, f"/questions/{name}.csv"), json_rows(web, f"/questions/{name}.json")
    assert len(rows) == len(bindings) >= len(shown)
    assert len(shown) == len(rows) or "Page 1 of" in words(page(web, f"/questions/{name}"))
    assert bool(rows) is (name not in PLANTED)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_sparql_of_a_question_gives_its_rows(web: FlaskClient, name: str) -> None:
    text = web.get(f"/questions/{name}.rq").get_data(as_text=True)
    assert text == queries.question(name).text.replace('"2026-11-22"^^xsd:date', f'"{today()}"^^<{XSD.iri}date>')
    assert words(page(web, f"/questions/{name}")).count("SPARQL") >= 2


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_on_the_list_with_its_title(web: FlaskClient, name: str) -> None:
    assert queries.question(name).header["title"] in words(page(web, "/questions"))


def test_questions_stand_under_those_who_ask_them_with_their_numbers(web: FlaskClient) -> None:
    markup = page(web, "/questions")
    for name in QUESTIONS:
        number = queries.question(name).header.get("id", "")
        before = markup[: markup.index(f'href="/questions/{name}"')]
        assert before.rpartition("<h2 id=")[2].partition("<")[0].endswith(f">{AUDIENCES.get(number[:1], MORE)}")
        assert (
            before.rpartition("<li")[2]
            .partition(">")[2]
            .strip()
            .startswith(f'<span class="sg-number">{number}</span>' if number else "<a")
        )


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_missing_for_an_answer_is_told(web: FlaskClient, name: str) -> None:
    missing = " ".join(queries.question(name).header.get("missing", "").split())
    assert missing in words(page(web, f"/questions/{name}"))
    assert (f"Missing: {missing}" if missing else "") in words(page(web, "/questions"))


def test_a_question_says_its_number_and_who_asks_it(web: FlaskClient) -> None:
    told = words(page(web, "/questions/us-recognised-eu-harmonised"))
    assert "Question S3, asked by standards bodies, manufacturers, regulators" in told


def test_the_answer_begins_with_a_sentence_that_names_the_number_and_the_values(web: FlaskClient) -> None:
    told = words(page(web, "/questions/healthai-network-members?network=imdrf"))
    assert "1 answer found in the sources read: network International Medical Device Regulators Forum." in told
    assert "Coverage:" in told
    assert "data revision 1" in told.lower()


def test_the_choices_are_those_that_the_data_hold(web: FlaskClient) -> None:
    markup = page(web, "/questions/us-recognised-eu-harmonised")
    assert '<option value="eu" selected>European Union</option>' in markup
    assert '<option value="gb">United Kingdom</option>' in markup
    assert f'type="date" value="{today()}"' in markup


def test_other_values_give_another_answer(web: FlaskClient) -> None:
    usual = csv_rows(web, "/questions/us-recognised-eu-harmonised.csv")
    other = csv_rows(web, "/questions/us-recognised-eu-harmonised.csv?there=gb")
    assert usual != other
    assert "sgo:inJurisdiction ?there" in page(web, "/questions/us-recognised-eu-harmonised?there=gb").replace("&#39;", "'")
    assert "id/jurisdiction/gb" in web.get("/questions/us-recognised-eu-harmonised.rq?there=gb").get_data(as_text=True)


def test_a_full_iri_means_the_same_as_its_last_part(web: FlaskClient) -> None:
    short = csv_rows(web, "/questions/us-recognised-eu-harmonised.csv?there=gb")
    full = csv_rows(web, "/questions/us-recognised-eu-harmonised.csv?there=https://w3id.org/standards-graph/id/jurisdiction/gb")
    assert short == full


def test_a_caution_stands_above_the_answer(web: FlaskClient) -> None:
    markup = page(web, "/questions/eu-counterpart-of-fda-class-ii")
    assert markup.index("This is not legal advice.") < markup.index("<tbody>")


def test_rows_cite_the_source_of_the_decision(web: FlaskClient) -> None:
    markup = page(web, "/questions/healthai-network-members")
    assert 'href="#source-1"' in markup
    assert "https://example.org/members" in markup


def test_none_found_claims_no_more_than_was_read(web: FlaskClient) -> None:
    told = words(page(web, "/questions/us-recognised-eu-harmonised?on=1990-01-01&there=none"))
    assert "None found in the sources read" in told
    assert "It does not follow that there is none" in told


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("foo=1", "here, there, on"),
        ("on=yesterday", "a day such as 2026-11-22"),
        ("on=2026-13-01", "a day"),
        ("here=%3Cx+y%3E", "not an IRI"),
        ("here=a+b", "is an IRI"),
        ("here=us&here=eu", "once"),
        ("page=0", "whole number"),
    ],
)
def test_a_wrong_parameter_is_told(web: FlaskClient, parameters: str, said: str) -> None:
    assert said in words(page(web, f"/questions/us-recognised-eu-harmonised?{parameters}", 400))


def test_a_question_that_nobody_wrote_is_not_found(web: FlaskClient) -> None:
    for path in ("/questions/none", "/questions/none.csv", "/questions/none.rq"):
        assert web.get(path).status_code == 404
    assert web.get("/questions?foo=1").status_code == 400


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("https://a.example/b/c", "https://<wbr>a.example/<wbr>b/<wbr>c"),
        ("one / two, 3/4", "one / two, 3/<wbr>4"),
        ("<b>/x", "&lt;b&gt;/<wbr>x"),
        ("", ""),
    ],
)
def test_a_long_address_in_a_text_may_be_broken_and_nothing_else_is_changed(text: str, shown: str) -> None:
    assert str(foldable(text)) == shown
