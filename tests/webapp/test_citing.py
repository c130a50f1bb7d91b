"""References to pages."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.webapp.pages import page, words


def test_a_record_is_cited_with_its_name_revision_and_a_lasting_address(pages: FlaskClient) -> None:
    told = words(page(pages, "/cite?page=/edition/iso-14971-2019"))
    assert "ISO 14971:2019. Standards Graph, revision r1, 20" in told
    address = re.search(r"http://localhost(/edition/iso-14971-2019\?\S+)", told)
    assert address
    assert pages.get(address[1]).status_code == 200
    assert "As published on" in page(pages, address[1])


def test_a_question_is_cited_with_its_parameters(pages: FlaskClient) -> None:
    asked = "/cite.json?page=/questions/us-recognised-eu-harmonised%3Fthere%3Dnone"
    (item,) = json.loads(pages.get(asked).data)
    assert item["type"] == "webpage"
    assert {"there=none", "revision=r1"} <= {*item["URL"].partition("?")[2].split("&")}
    assert item["title"].startswith("US-recognised")
    assert item["issued"]["date-parts"][0][0] >= 2026


def test_the_forms_of_a_reference_hold_the_same(pages: FlaskClient) -> None:
    bibtex = pages.get("/cite.bib?page=/standards").text
    assert bibtex.startswith("@online{standards-graph-r1-page-standards,")
    assert bibtex.count("{") == bibtex.count("}")
    ris = pages.get("/cite.ris?page=/standards").text
    lines = ris.split("\r\n")
    assert (lines[0], *lines[-2:]) == ("TY  - ELEC", "ER  - ", "")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("//example.org/x", 400),
        ("https://example.org", 400),
        ("/edition/no-such-edition", 404),
        ("/questions/no-such-question", 404),
        ("/standards?revision=r99", 404),
        ("/a/b/c/%00", 404),
    ],
)
def test_what_is_no_page_cannot_be_cited(pages: FlaskClient, address: str, status: int) -> None:
    assert pages.get("/cite", query_string={"page": address}).status_code == status


def test_every_page_leads_to_its_reference(pages: FlaskClient) -> None:
    assert 'href="/cite?page=%2Fstandards%3Fpage%3D1"' in page(pages, "/standards?page=1")
    assert "/cite" not in page(pages, "/edition/no-such-edition", 404)
