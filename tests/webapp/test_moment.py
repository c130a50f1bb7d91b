"""Pages of another time: what was in force on a day, and what the registry knew at a revision; both kept apart."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, Quad

from standards_graph.model.changes import ChangeSet
from standards_graph.registry import Registry
from standards_graph.vocab import RDFS, entity, graph
from tests import small_world
from tests.webapp.pages import csv_rows, links, page, words
from webapp.application import create_app
from webapp.wsgi import equipped, in_front

NAMES = graph("curated/standards-bodies")
BODY = entity("org", "iso")
OLD = Quad(BODY, RDFS.label, Literal("International Organization for Standardization", language="en"), NAMES)
NEW = Quad(BODY, RDFS.label, Literal("Another name", language="en"), NAMES)
DAY_QUESTION, DAYLESS = "/questions/editions-recognised-on-a-day", "/questions/eu-counterpart-of-fda-class-ii"


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    """The small world in r1; in r2 a body has another name."""
    with small_world.registry() as found:
        found.store.publish(lambda _: ChangeSet((NEW,), (OLD,)), agent="tests", note="A new name")
        yield found


@pytest.fixture(scope="module")
def web(registry: Registry) -> FlaskClient:
    app = equipped(create_app(registry))
    app.testing = True
    app.wsgi_app = in_front(registry, app.wsgi_app, sink=[].append)  # type: ignore[method-assign]
    web = app.test_client()
    web.environ_base["HTTP_ACCEPT"] = "text/html"
    return web


def test_a_page_as_published_shows_what_was_known_then_and_says_which_revision_and_which_is_the_newest(
    web: FlaskClient,
) -> None:
    told = words(page(web, "/org/iso?revision=r1"))
    assert "International Organization for Standardization" in told
    assert "Another name" not in told
    assert "As published on" in told
    assert "revision r1. This is what the registry knew then. The newest is r2" in told
    assert "data revision 1" in told
    assert "Another name" in page(web, "/org/iso")


@pytest.mark.parametrize("address", ["/", "/organisations", "/questions", DAY_QUESTION, "/dataset", "/ontology", "/query"])
def test_every_kind_of_page_can_be_read_as_published(web: FlaskClient, address: str) -> None:
    assert "As published on" in page(web, f"{address}?revision=r1")


def test_links_of_a_page_of_the_past_stay_there_where_the_other_page_can(web: FlaskClient) -> None:
    found = set(links(page(web, "/edition/iso-14971-2019?revision=r1&at=2024-01-01")))
    assert "/org/iso?at=2024-01-01&revision=r1" in found
    assert "/standards?at=2024-01-01&revision=r1" in found
    assert "/edition/iso-14971-2019.ttl?revision=r1" in found
    assert {"/about", "/licence", "/edition/iso-14971-2019?view=history"} <= found
    assert {"/edition/iso-14971-2019?revision=r1", "/edition/iso-14971-2019?at=2024-01-01"} <= found


def test_every_link_of_a_page_of_the_past_answers(web: FlaskClient) -> None:
    for address in ("/edition/iso-14971-2019", "/standards", DAY_QUESTION, "/jurisdiction/eu", "/"):
        at = "" if address == "/" else "&at=2024-01-01"
        for link in sorted(set(links(page(web, f"{address}?revision=r1{at}"))))[:60]:
            assert web.get(link).status_code in (200, 302, 303), link


def test_a_page_of_the_past_travels_packed(web: FlaskClient) -> None:
    packed = web.get("/standards?revision=r1", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data).decode() == page(web, "/standards?revision=r1")


def test_lists_and_data_are_those_of_the_revision(web: FlaskClient) -> None:
    named = [{row["name"] for row in csv_rows(web, f"/organisations.csv?revision={told}")} for told in ("r1", "r2")]
    assert ("Another name" in named[0], "Another name" in named[1]) == (False, True)
    assert b"Another name" not in web.get("/org/iso.ttl?revision=r1").data
    assert b"Another name" in web.get("/org/iso.ttl").data


def test_the_endpoint_answers_from_a_revision(web: FlaskClient) -> None:
    ask = 'ASK { ?it ?says "Another name"@en }'
    web.environ_base["HTTP_ACCEPT"] = "*/*"
    for told, wanted in (("r1", False), ("r2", True), ("", True), ("9999-12-31", True)):
        answer = web.get("/sparql", query_string={"query": ask, "revision": told, "format": "json"})
        assert json.loads(answer.data)["boolean"] is wanted
        assert answer.headers["X-Revision"] == ("r1" if told == "r1" else "r2")
    tags = [web.get("/sparql", query_string={"query": ask, "revision": told}).headers["ETag"] for told in ("r1", "r2")]
    assert tags[0] != tags[1]
    assert web.post("/sparql", data={"query": ask, "revision": "r1", "format": "csv"}).data == b"false"
    assert web.get("/sparql", query_string={"query": ask, "revision": "r9"}).status_code == 404
    assert web.get("/sparql?query=ASK{}&revision=r1&revision=r2").status_code == 400
    web.environ_base["HTTP_ACCEPT"] = "text/html"


def test_a_revision_is_also_named_by_a_day_and_links_then_name_the_revision(web: FlaskClient) -> None:
    markup = page(web, "/org/iso?revision=9999-12-31")
    assert "It is the newest." in words(markup)
    assert "/standards?revision=r2" in set(links(markup))


@pytest.mark.parametrize("told", ["1999-01-01", "r9"])
def test_a_revision_that_there_was_not_is_not_found(web: FlaskClient, told: str) -> None:
    assert "oldest is r1" in page(web, f"/org/iso?revision={told}", 404)


@pytest.mark.parametrize("told", ["revision=then", "at=2024", "at=2024-02-30", "at=2024-01-01&at=2024-01-01", "at=20240101"])
def test_a_time_that_is_none_is_told(web: FlaskClient, told: str) -> None:
    page(web, f"/edition/iso-14971-2019?{told}", 400)


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=iso&revision=r1",
        "/search?q=iso&at=2024-01-01",
        "/about?revision=r1",
        "/query?at=2024-01-01",
        "/?at=2024-01-01",
        "/edition/iso-14971-2019.ttl?at=2024-01-01",
        "/dataset?at=2024-01-01",
        "/edition/iso-14971-2019?view=history&at=2024-01-01",
    ],
)
def test_a_page_that_knows_no_such_time_says_so(web: FlaskClient, address: str) -> None:
    assert "has no parameter" in page(web, address, 400) or "known" in page(web, address, 400)


def test_an_entity_tag_and_the_header_are_those_of_the_revision(web: FlaskClient) -> None:
    old, new = (web.get(f"/org/iso?revision={told}") for told in ("r1", "r2"))
    assert (old.headers["X-Revision"], new.headers["X-Revision"]) == ("r1", "r2")
    again = web.get("/org/iso?revision=r1", headers={"If-None-Match": old.headers["ETag"]})
    assert (again.status_code, again.headers["X-Revision"]) == (304, "r1")


def test_an_iri_resolves_with_its_time(web: FlaskClient) -> None:
    answer = web.get("/id/org/iso?revision=r1&at=2024-01-01")
    assert answer.headers["Location"].endswith("/org/iso?revision=r1&at=2024-01-01") or answer.headers["Location"].endswith(
        "/org/iso?at=2024-01-01&revision=r1"
    )


def test_a_question_with_a_day_is_asked_for_it_and_says_so(web: FlaskClient) -> None:
    early, late = (page(web, f"{DAY_QUESTION}?at={day}") for day in ("2018-01-01", "2024-01-01"))
    assert "The question is asked for it" in words(early)
    assert 'value="2018-01-01"' in early
    assert "on the day 1 January 2018" in words(early)
    rows = [csv_rows(web, f"{DAY_QUESTION}.csv?at={day}") for day in ("2018-01-01", "2024-01-01")]
    assert rows[0] != rows[1]
    assert rows[1] == csv_rows(web, f"{DAY_QUESTION}.csv?on=2024-01-01")
    assert "2018-01-01" in web.get(f"{DAY_QUESTION}.rq?at=2018-01-01").text
    assert late


def test_a_question_without_a_day_says_that_it_does_not_depend_on_one(web: FlaskClient) -> None:
    markup = page(web, f"{DAYLESS}?at=2018-01-01")
    assert "This question has no day" in words(markup)
    assert csv_rows(web, f"{DAYLESS}.csv?at=2018-01-01") == csv_rows(web, f"{DAYLESS}.csv")


def test_a_day_that_is_said_twice_and_differently_is_refused(web: FlaskClient) -> None:
    page(web, f"{DAY_QUESTION}?at=2018-01-01&on=2018-01-01")
    assert "The day is said twice" in words(page(web, f"{DAY_QUESTION}?at=2018-01-01&on=2019-01-01", 400))


def test_the_form_of_a_question_keeps_its_time(web: FlaskClient) -> None:
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([\w-]+)"', page(web, f"{DAYLESS}?at=2018-01-01&revision=r1"))
    assert set(hidden) <= {("revision", "r1"), ("at", "2018-01-01")}
    assert ("revision", "r1") in re.findall(
        r'type="hidden" name="(\w+)" value="([\w-]+)"', page(web, f"{DAY_QUESTION}?at=2018-01-01&revision=r1")
    )
    assert '<input type="hidden" name="revision" value="r1">' in page(web, "/query?revision=r1")
    assert "/sparql?revision=r1" in page(web, "/query?revision=r1")


def test_a_record_says_how_it_and_what_it_names_stand_on_a_day_and_leaves_nothing_out(web: FlaskClient) -> None:
    today = page(web, "/jurisdiction/us")
    then = page(web, "/jurisdiction/us?at=2010-06-01")
    told = words(then)
    assert "This record has no period of its own" in told
    assert re.search(r"\d+ not yet in force", told)
    assert "without a recorded start, which may be in force or not" in told
    assert "and none is left out" in told
    bare = [{link.partition("?")[0] for link in links(markup) if "/recognition/" in link} for markup in (today, then)]
    assert bare[0] == bare[1]
    assert "in force" not in words(today).partition("What points here")[2].partition("Sources")[0]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/recognition/fda-5-125?at=2019-12-23", "How this record stands on that day: in force"),
        ("/recognition/fda-5-125?at=2019-12-22", "not in force until 23 December 2019"),
        ("/edition/iso-14971-2007?at=2006-01-01", "not published until 1 January 2007"),
        ("/edition/iso-14971-2007?at=2020-01-01", "no longer in force since 10 December 2019"),
    ],
)
def test_a_record_stands_on_a_day_as_its_dates_say(web: FlaskClient, address: str, told: str) -> None:
    assert told in words(page(web, address))


def test_a_transition_ends_after_its_last_day(web: FlaskClient) -> None:
    last = page(web, "/recognition/fda-13-32?at=2027-06-30")
    assert "stands on that day: in force" in words(last)
    assert "no longer in force since 1 July 2027" in words(page(web, "/recognition/fda-13-32?at=2027-07-01"))


def test_a_list_for_a_day_leaves_out_what_began_later_with_its_number_and_marks_what_has_no_start(web: FlaskClient) -> None:
    then = words(page(web, "/standards?at=2010-06-01"))
    named = [{row["reference"] for row in csv_rows(web, f"/standards.csv{told}")} for told in ("", "?at=2010-06-01")]
    assert "ISO 14971:2019" in named[0] - named[1]
    assert re.search(r"\d+ are left out", then)
    total = len(csv_rows(web, "/standards.csv"))
    kept = csv_rows(web, "/standards.csv?at=2010-06-01")
    found = re.search(r"(\d+) are left out", then)
    assert found
    assert total - len(kept) == int(found[1])
    assert {row["standing"] for row in kept} <= {"by then", "start not recorded", "in force"}
    assert "standing" not in csv_rows(web, "/standards.csv")[0]
    rows = json.loads(web.get("/standards.json?at=2010-06-01").data)
    assert (rows["head"]["vars"][-1], len(rows["results"]["bindings"])) == ("standing", len(kept))


def test_a_recognition_is_not_counted_before_its_first_day(web: FlaskClient) -> None:
    named = [
        {row["reference"] for row in csv_rows(web, f"/standards.csv?jurisdiction=us&at={day}")}
        for day in ("2019-12-22", "2019-12-23")
    ]
    assert "ISO 14971:2019" in named[1] - named[0]
    row = next(one for one in csv_rows(web, "/standards.csv?at=2019-12-22") if one["reference"] == "ISO 14971:2019")
    assert "United States" not in row["recognised"]


@pytest.mark.parametrize("name", ["regulations", "guidance", "alerts", "assessments", "devices"])
def test_every_list_with_a_period_is_shorter_for_a_day_long_ago(web: FlaskClient, name: str) -> None:
    every, few = (csv_rows(web, f"/{name}.csv{told}") for told in ("", "?at=1980-01-01"))
    assert len(few) < len(every)
    assert all(row["standing"] in ("start not recorded", "") for row in few)


def test_a_list_without_a_period_says_so(web: FlaskClient) -> None:
    assert "This list does not depend on a day" in words(page(web, "/jurisdictions?at=2010-06-01"))
    assert csv_rows(web, "/jurisdictions.csv?at=2010-06-01") == csv_rows(web, "/jurisdictions.csv")
