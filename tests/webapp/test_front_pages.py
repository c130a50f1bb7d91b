"""The first page, the query page, the pages about the registry, and the frame of all of them."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from flask.testing import FlaskClient
from jinja2 import UndefinedError
from werkzeug.test import Client

from standards_graph.errors import Busy, QueryTimeout
from standards_graph.model.lists import LISTS
from standards_graph.model.results import Result
from standards_graph.registry import Registry
from tests import small_world
from webapp import rendering, wsgi
from webapp.application import create_app
from webapp.navigation import NAVIGATION, Place
from webapp.pages import home
from webapp.security import HEADERS

EDITIONS = """PREFIX sgo: <https://w3id.org/standards-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?edition ?name WHERE { ?edition a sgo:StandardEdition ; rdfs:label ?name } ORDER BY ?name"""


def text_of(client: FlaskClient, address: str, status: int = 200, **parameters: str) -> str:
    answer = client.get(address, query_string=parameters, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return answer.text


# --- the frame ---


@pytest.mark.parametrize("address", ["/", "/query", "/about", "/standards", "/there/is/none", "/healthz"])
def test_every_answer_carries_the_security_headers(pages: FlaskClient, address: str) -> None:
    told = pages.get(address).headers
    assert {name: told[name] for name in HEADERS} == HEADERS


def test_the_content_security_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert HEADERS["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("place", NAVIGATION, ids=lambda place: place.text)
def test_each_place_of_the_navigation_answers_and_marks_itself(pages: FlaskClient, place: Place) -> None:
    text = text_of(pages, place.address)
    assert re.search(rf'href="{place.address}" aria-current="page">{place.text}<', text)


def test_a_page_travels_packed_and_only_if_it_is_new(pages: FlaskClient) -> None:
    packed = pages.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) * 3 < len(pages.get("/").data)
    again = pages.get("/", headers={"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_footer_names_the_revision_and_its_day(pages: FlaskClient, shown: Registry) -> None:
    day = rendering.day(shown.reader().revision.published_at)
    assert f"Data of {day}, revision 1" in text_of(pages, "/about")


def test_what_a_client_sends_is_shown_as_text(pages: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>'
    for address, name in (("/search", "q"), ("/query", "query"), ("/standards", hostile)):
        text = pages.get(address, query_string={name: hostile}, headers={"Accept": "text/html"}).text
        assert "<script>alert" not in text
        assert html.escape(hostile, quote=False)[3:20] in text or "&#34;&gt;&lt;script" in text


def test_a_template_that_uses_an_unknown_name_fails() -> None:
    app = create_app(small_world.registry())
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nothing }}").render()


def test_an_error_is_a_page_in_the_same_look(pages: FlaskClient) -> None:
    text = text_of(pages, "/standard/none", 404)
    assert "<h1>Not found</h1>" in text
    assert 'class="sg-header"' in text


# --- the first page ---


def test_the_first_page_names_some_questions_and_leads_to_all(pages: FlaskClient, shown: Registry) -> None:
    text = text_of(pages, "/")
    for name in home.QUESTIONS:
        assert f'href="/questions/{name}"' in text
    assert f'<a href="/questions">All {len(shown.questions.all())} questions</a>' in text


def test_the_figures_of_the_first_page_are_the_totals_of_the_lists(shown: Registry) -> None:
    assert shown.coverage().totals == {name: shown.lists.page(name, {}).total for name in LISTS}


def test_a_jurisdiction_without_a_record_of_a_kind_says_so(pages: FlaskClient, shown: Registry) -> None:
    told = {one.jurisdiction.text: one for one in shown.coverage().jurisdictions}
    assert told["United Kingdom"].of("regulations") is None
    assert told["United States"].of("regulations") is not None
    assert "no record" in text_of(pages, "/")


# --- the query page ---


def test_without_a_query_there_is_a_field_with_an_example_and_no_answer(pages: FlaskClient) -> None:
    text = text_of(pages, "/query")
    assert "SELECT ?edition" in text
    assert re.search(r'<section id="result"[^>]* hidden>', text)


def test_the_rows_shown_are_the_rows_of_the_endpoint(shown: Registry, pages: FlaskClient) -> None:
    endpoint = Client(wsgi.make(shown, sink=lambda line: None))
    rows = list(csv.reader(io.StringIO(endpoint.get("/sparql", query_string={"query": EDITIONS, "format": "csv"}).text)))
    text = text_of(pages, "/query", query=EDITIONS)
    shown_rows = re.findall(r"<tr><td.*?</tr>", text)
    assert len(shown_rows) == len(rows) - 1
    assert all(name in row for row, (_, name) in zip(shown_rows, rows[1:], strict=True))
    assert 'href="/edition/iso-14971-2019"' in text


def test_an_example_fills_the_field_and_is_answered(pages: FlaskClient) -> None:
    text = text_of(pages, "/query", example="us-recognised-eu-harmonised")
    assert "# Which standards" in text
    assert "#+" not in text
    assert re.search(r"<strong>\d+</strong> rows? in", text)


def test_nothing_found_is_told_apart_from_a_refusal(pages: FlaskClient) -> None:
    assert "None found" in text_of(pages, "/query", query="SELECT * { ?s a <http://example.org/none> }")
    refused = text_of(pages, "/query", 400, query="SELECT * WHERE {\n  ?s ?p }")
    assert "None found" not in refused
    assert "Line 2, column" in refused
    assert re.search(r"  \?s \?p }\n +\^", refused)


def test_a_service_call_is_refused_in_words(pages: FlaskClient) -> None:
    assert "SERVICE" in text_of(pages, "/query", 400, query="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_yes_and_no_are_words(pages: FlaskClient) -> None:
    assert "<h3>Yes</h3>" in text_of(pages, "/query", query="ASK { ?s ?p ?o }")
    assert "<h3>No</h3>" in text_of(pages, "/query", query="ASK { ?s a <http://example.org/none> }")


def test_a_graph_is_shown_as_turtle_with_the_formats_of_graphs(pages: FlaskClient) -> None:
    text = text_of(pages, "/query", query="CONSTRUCT WHERE { ?s <https://w3id.org/standards-graph/ontology#acronym> ?o }")
    assert "&#34;MHRA&#34;" in text
    assert 'value="turtle"' in text
    assert 'value="csv"' not in text


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (QueryTimeout("The query ran longer than 30 seconds and was stopped."), 504, "This is not an empty answer"),
        (Busy("All workers are busy.", retry_after=3), 503, "Try again in 3 seconds"),
    ],
)
def test_a_query_that_was_stopped_does_not_look_like_one_without_an_answer(
    error: Exception, status: int, words: str, monkeypatch: pytest.MonkeyPatch, pages: FlaskClient
) -> None:
    def stopped(*_: object, **__: object) -> Result:
        raise error

    monkeypatch.setattr(Registry, "run", stopped)
    text = text_of(pages, "/query", status, query="ASK {}")
    assert words in text
    assert "None found" not in text


def test_a_long_query_may_be_posted(pages: FlaskClient) -> None:
    long = "#" + "x" * 20_000 + "\nASK { ?s ?p ?o }"
    assert "<h3>Yes</h3>" in pages.post("/query", data={"query": long}).text


def test_an_unknown_parameter_is_an_error_that_names_the_known_ones(pages: FlaskClient) -> None:
    assert "query, example" in text_of(pages, "/query", 400, qeury="ASK {}")


def test_the_page_shows_few_cells_of_a_large_answer_and_says_so(pages: FlaskClient) -> None:
    text = text_of(pages, "/query", query="SELECT * { ?s ?p ?o } LIMIT 5000")
    assert text.count("<td") < 500
    assert "the downloads hold all" in text


def test_the_snippets_hold_the_query(pages: FlaskClient) -> None:
    text = html.unescape(text_of(pages, "/query", query=EDITIONS))
    assert f"http://localhost/sparql <<'SPARQL'\n{EDITIONS}\nSPARQL" in text
    assert 'SPARQLWrapper("http://localhost/sparql"' in text


# --- small things ---


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("2006", "2006"),
        ("2006-05", "May 2006"),
        ("2006-05-09", "9 May 2006"),
        ("2026-11-22T10:00:00+00:00", "22 November 2026"),
        ("2006-13-09", "2006-13-09"),
        ("spring 2006", "spring 2006"),
    ],
)
def test_a_date_is_as_exact_as_it_is_given(printed: str, words: str) -> None:
    assert rendering.day(printed) == words


def test_the_pages_of_a_list_are_the_first_the_near_and_the_last() -> None:
    assert list(rendering.page_numbers(1, 3)) == [1, 2, 3]
    assert list(rendering.page_numbers(10, 20)) == [1, 0, 8, 9, 10, 11, 12, 0, 20]


def test_a_state_has_the_tone_of_its_code() -> None:
    assert rendering.tone_of("https://w3id.org/standards-graph/scheme/edition-status/withdrawn") == "bad"
    assert rendering.tone_of("something else") == "neutral"
