"""The lists as pages and as data."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from standards_graph.model.lists import LISTS
from tests.webapp.pages import client, csv_rows, json_rows, page, table, words


@pytest.fixture(scope="module")
def web() -> FlaskClient:
    return client()


@pytest.mark.parametrize("name", LISTS)
def test_a_page_its_csv_and_its_json_hold_the_same_rows(web: FlaskClient, name: str) -> None:
    shown = table(page(web, f"/{name}"))
    rows, bindings = csv_rows(web, f"/{name}.csv"), json_rows(web, f"/{name}.json")
    first = LISTS[name].columns[0].name
    assert shown
    assert [row[0].removesuffix(" unverified") for row in shown] == [row[first] for row in rows]
    assert [row["iri"] for row in rows] == [binding["iri"]["value"] for binding in bindings]
    assert list(rows[0])[1:-1] == [column.name for column in LISTS[name].columns]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_how_many_there_are(web: FlaskClient, name: str) -> None:
    shape = LISTS[name]
    total = len(csv_rows(web, f"/{name}.csv"))
    assert f"{total} {shape.noun[total > 1]}" in words(page(web, f"/{name}"))


@pytest.mark.parametrize("name", LISTS)
def test_every_value_of_a_facet_narrows_the_list_to_the_number_beside_it(web: FlaskClient, name: str) -> None:
    for address, count in facets(page(web, f"/{name}")):
        assert len(csv_rows(web, address.replace(f"/{name}", f"/{name}.csv", 1))) == count
        assert f"{count} {LISTS[name].noun[count > 1]}" in words(page(web, address))


def facets(markup: str) -> list[tuple[str, int]]:
    found = re.findall(r'<a class="sg-facet" href="([^"]+)"[^>]*>.*?sg-facet__count">(\d+)<', markup, re.S)
    return [(address.replace("&amp;", "&"), int(count)) for address, count in found]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_can_be_sorted_both_ways(web: FlaskClient, name: str) -> None:
    for sort in LISTS[name].sorts:
        up = [row["iri"] for row in csv_rows(web, f"/{name}.csv?sort={sort}")]
        down = [row["iri"] for row in csv_rows(web, f"/{name}.csv?sort={sort}&order=down")]
        assert sorted(up) == sorted(down)
        assert 'aria-sort="descending"' in page(web, f"/{name}?sort={sort}&order=down")
    first = LISTS[name].columns[0].name
    names = [row[first].lower() for row in csv_rows(web, f"/{name}.csv?order=down")]
    assert names == sorted(names, reverse=True)


def test_two_facets_hold_together(web: FlaskClient) -> None:
    rows = csv_rows(web, "/devices.csv?panel=radiology&company=example-imaging")
    assert {row["company"] for row in rows} == {"Example Imaging"}
    assert "Take away the filter: Lead panel: Radiology" in words(page(web, "/devices?panel=radiology&company=example-imaging"))


def test_what_nothing_fits_is_said_in_words_that_claim_no_more_than_was_read(web: FlaskClient) -> None:
    told = words(page(web, "/standards?status=withdrawn&publisher=aami"))
    assert "0 standard editions" in told
    assert "None found in the sources read" in told
    assert csv_rows(web, "/standards.csv?status=withdrawn&publisher=aami") == []


def test_what_no_reading_confirms_is_listed_and_marked(web: FlaskClient) -> None:
    assert [row[0] for row in table(page(web, "/regulators")) if row[0].startswith("Example")] == ["Example Agency unverified"]
    assert {row["confirmed"] for row in csv_rows(web, "/regulators.csv")} == {"true", "false"}


def test_dates_are_as_exact_as_the_source_prints_them(web: FlaskClient) -> None:
    rows = {row[0]: row for row in table(page(web, "/standards"))}
    assert "March 2016" in rows["ISO 13485:2016"]
    assert "2007" in rows["ISO 14971:2007"]
    assert "10 December 2019" in rows["ISO 14971:2019"]


def test_a_network_counts_the_members_that_did_not_leave(web: FlaskClient) -> None:
    assert {row["name"]: row["members"] for row in csv_rows(web, "/networks.csv")} == {
        "HealthAI Global Regulatory Network": "2",
        "International Medical Device Regulators Forum": "1",
    }


def test_a_sandbox_counts_the_technologies_of_its_intakes(web: FlaskClient) -> None:
    rows = {row["name"]: row for row in csv_rows(web, "/sandboxes.csv")}
    assert (rows["AI Airlock"]["admitted"], rows["AI Airlock pilot cohort"]["admitted"]) == ("2", "2")
    assert rows["AI Airlock"]["jurisdiction"] == "United Kingdom"


def test_recommendations_are_narrowed_by_what_they_say(web: FlaskClient) -> None:
    rows = csv_rows(web, "/assessments.csv?category=use-with-evidence-generation")
    assert {row["category"] for row in rows} == {"use with evidence generation"}
    assert csv_rows(web, "/assessments.csv?category=research-only") == []


def test_all_values_of_a_facet_have_a_page(web: FlaskClient) -> None:
    told = page(web, "/devices?more=company")
    assert "Example Imaging" in told
    assert "/devices?company=example-heart" in told


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/standards?foo=1", "status, publisher, committee, jurisdiction, sort, order, page"),
        ("/standards.csv?foo=1", "foo"),
        ("/standards?sort=colour", "reference"),
        ("/standards?order=sideways", "up, down"),
        ("/standards?page=0", "whole number"),
        ("/standards?page=x", "whole number"),
        ("/standards?status=a&status=b", "once"),
        ("/standards?status=%3C%3E", "no value of status"),
        ("/devices?year=soon", "no value of year"),
        ("/standards?more=colour", "status"),
        ("/standards?q=" + "x" * 600, "q"),
    ],
)
def test_a_parameter_that_is_unknown_repeated_or_malformed_is_told(web: FlaskClient, address: str, said: str) -> None:
    assert said in words(page(web, address, 400))


def test_a_page_beyond_the_last_is_not_found(web: FlaskClient) -> None:
    assert web.get("/standards?page=2").status_code == 404
    assert web.get("/standards?page=1").status_code == 200


def test_a_page_has_a_tag_by_revision_and_is_not_sent_twice(web: FlaskClient) -> None:
    first = web.get("/standards")
    again = web.get("/standards", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
