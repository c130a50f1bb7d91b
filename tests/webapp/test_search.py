"""Search as a page and as data."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.webapp.pages import client, csv_rows, page, words


@pytest.fixture(scope="module")
def web() -> FlaskClient:
    return client()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("IEC 62304", "/standard/iec-62304"),
        ("iec62304", "/standard/iec-62304"),
        ("ISO 14971:2007", "/edition/iso-14971-2007"),
        ("EN 62304:2006/A1:2015", "/edition/en-62304-2006-plus-a1-2015"),
        ("2017/745", None),
        ("62304", None),
        ("II", None),
        ("MHRA", None),
        ("software", None),
    ],
)
def test_only_an_exact_official_identifier_leads_straight_to_its_record(
    web: FlaskClient, query: str, address: str | None
) -> None:
    answer = web.get("/search", query_string={"q": query})
    assert (answer.status_code, answer.headers.get("Location")) == ((302, address) if address else (200, None))


def test_the_list_behind_a_straight_way_can_still_be_seen(web: FlaskClient) -> None:
    assert "3" in words(page(web, "/search?q=IEC+62304&list=1"))
    assert web.get("/search?q=IEC+62304&type=standard").status_code == 200


def test_a_withdrawn_edition_is_found_with_its_state_and_what_replaced_it(web: FlaskClient) -> None:
    told = words(page(web, "/search?q=ISO+14971%3A2007&list=1"))
    assert "withdrawn" in told
    assert "replaced by ISO 14971:2019" in told


def test_a_hit_tells_which_text_matched_and_in_which_language(web: FlaskClient) -> None:
    told = words(page(web, "/search?q=Direction+g%C3%A9n%C3%A9rale"))
    assert "matched: Direction générale de la santé (fr)" in told


def test_nothing_found_claims_no_more_than_was_read(web: FlaskClient) -> None:
    assert "Nothing found in the sources read" in page(web, "/search?q=zzzz")
    assert json.loads(web.get("/search.json?q=zzzz").data) == {"total": 0, "hits": []}


def test_the_page_the_csv_and_the_json_hold_the_same_hits(web: FlaskClient) -> None:
    told = page(web, "/search?q=62304")
    rows, hits = csv_rows(web, "/search.csv?q=62304"), json.loads(web.get("/search.json?q=62304").data)["hits"]
    assert [row["iri"] for row in rows] == [hit["iri"] for hit in hits]
    assert told.count('class="sg-hits__name"') == len(rows)


def test_what_was_asked_is_shown_as_text(web: FlaskClient) -> None:
    told = page(web, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert(1)" in told


@pytest.mark.parametrize("address", ["/search?query=x", "/search?q=a&q=b", "/search?q=a&page=-1", "/search.csv?foo=1"])
def test_a_wrong_parameter_is_told(web: FlaskClient, address: str) -> None:
    assert web.get(address).status_code == 400
