"""The import pages: signing in, the way of a file from step to step, and what they refuse."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from standards_graph.accounts.accounts import FAILURES
from tests import small_world
from tests.webapp import pages
from tests.webapp.desk import SOURCE, World, a_world, form_token, listing, multipart, signed_in
from tests.webapp.test_api import WRONG
from webapp.application import create_app

PARTS = ("", "/report", "/difference", "/impact", "/publish")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from a_world(tmp_path / "home")


@pytest.fixture
def mary(world: World) -> FlaskClient:
    """May bring files in and publish, and is signed in."""
    return signed_in(world, world.both)


def bring(web: FlaskClient, content: bytes, name: str = "list.csv", status: int = 303, **fields: str) -> str:
    """Send a file by the form; where it leads, or the page."""
    token = form_token(web.get("/import").text)
    body, kind = multipart([(name, content)], form=token, **fields)
    answer = web.post("/import", data=body, content_type=kind)
    assert answer.status_code == status, answer.text
    return answer.headers["Location"] if status == 303 else answer.text


def post(web: FlaskClient, address: str, form: str, status: int = 303, **fields: str) -> str:
    """Send the form of a page."""
    answer = web.post(address, data={"form": form_token(web.get(form).text), **fields})
    assert answer.status_code == status, answer.text
    return answer.headers["Location"] if status == 303 else answer.text


def test_a_file_goes_from_step_to_step_and_each_has_an_address(world: World, mary: FlaskClient) -> None:
    assert bring(mary, listing(9), source=SOURCE) == "/import/d1"
    waiting = mary.get("/import/d1").text
    assert "It is next" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert all(mary.get(f"/import/d1{part}").status_code == 200 for part in PARTS)
    world.work()
    for part in PARTS:
        page = mary.get(f"/import/d1{part}").text
        assert f'href="/import/d1{part}" aria-current="page"' in page
        assert "refresh" not in page
    assert "9 rows" in pages.words(mary.get("/import/d1").text)
    assert "Nothing is wrong" in mary.get("/import/d1/report").text
    difference = pages.words(mary.get("/import/d1/difference").text)
    assert re.search(r"\d+ statements come", difference)
    assert "Adds" in difference
    assert pages.table(mary.get("/import/d1/impact").text)
    assert mary.get("/import/d1/diff").headers["Location"] == "/import/d1/difference"
    publish = mary.get("/import/d1/publish").text
    mark = re.search(r'name="mark" value="(\w{64})"', publish)
    assert mark
    post(mary, "/import/d1/publish", "/import/d1/publish", mark=mark[1], note="Release of December 2025", silent="1")
    world.work()
    newest = world.registry.history()[0]
    assert (newest.agent, newest.note, newest.silent) == ("Mary", "Release of December 2025", True)
    assert "published" in mary.get("/import/d1").text
    assert all(mary.get(f"/import/d1{part}").status_code == 200 for part in PARTS)


def test_who_is_not_signed_in_is_asked_to_and_comes_back(world: World) -> None:
    web = world.client()
    asked = web.get("/import/d1/report")
    assert (asked.status_code, asked.headers["Location"]) == (303, "/import/sign-in?to=%2Fimport%2Fd1%2Freport")
    page = web.get(asked.headers["Location"]).text
    answer = web.post("/import/sign-in", data={"form": form_token(page), "token": world.both, "to": "/import/d1/report"})
    assert answer.headers["Location"] == "/import/d1/report"
    for elsewhere in ("https://example.org/", "//example.org", "/import/../query", "/import\n", "javascript:alert(1)"):
        web = world.client()
        page = web.get("/import/sign-in").text
        answer = web.post("/import/sign-in", data={"form": form_token(page), "token": world.both, "to": elsewhere})
        assert answer.headers["Location"] == "/import"


def test_the_session_is_a_cookie_that_scripts_cannot_read(world: World) -> None:
    web = world.client()
    page = web.get("/import/sign-in").text
    told = web.post("/import/sign-in", data={"form": form_token(page), "token": world.both}).headers.getlist("Set-Cookie")
    session = next(one for one in told if one.startswith("sg-session="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Max-Age" not in session
    assert world.both not in session


def test_behind_tls_the_cookie_is_for_this_host_and_tls_alone(world: World) -> None:
    web = world.with_settings(base="https://registry.example").client()
    page = web.get("/import/sign-in").text
    answer = web.post(
        "/import/sign-in",
        data={"form": form_token(page), "token": world.both},
        headers={"Origin": "https://registry.example", "Cookie": cookie(web, "__Host-form")},
    )
    told = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(told.split("; "))
    assert "Domain" not in told


def cookie(web: FlaskClient, name: str) -> str:
    """A cookie that the client keeps for TLS alone."""
    told = web.get("/import/sign-in").headers.getlist("Set-Cookie")
    return next((one.partition(";")[0] for one in told if one.startswith(name)), "") or f"{name}={kept(web, name)}"


def kept(web: FlaskClient, name: str) -> str:
    return next(one.value for one in web._cookies.values() if one.key == name)


def test_nobody_signs_in_over_a_connection_that_others_can_read(world: World) -> None:
    web = world.client()
    assert "https://" in web.get("/import", base_url="http://registry.example").text
    page = web.get("/import/sign-in").text
    answer = web.post(
        "/import/sign-in", data={"form": form_token(page), "token": world.both}, base_url="http://registry.example"
    )
    assert answer.status_code in (400, 403)
    assert "session" not in " ".join(answer.headers.getlist("Set-Cookie"))


def test_readers_get_no_cookie_and_no_store_stands_on_the_pages(world: World, mary: FlaskClient) -> None:
    web = world.client()
    for address in ("/", "/standards", "/query", "/api", "/import/d1"):
        assert "Set-Cookie" not in web.get(address).headers
    for address in ("/import", "/import/sign-in", "/import/d9", "/import/d1/report"):
        assert mary.get(address).headers["Cache-Control"] == "no-store"
        assert "ETag" not in mary.get(address).headers


def test_a_wrong_token_is_refused_and_guessing_ends(world: World) -> None:
    web = world.client()
    web.environ_base["HTTP_ACCEPT"] = "text/html"
    token = form_token(web.get("/import/sign-in").text)
    for _ in range(FAILURES):
        answer = web.post("/import/sign-in", data={"form": token, "token": "sgr_guess"})
        assert (answer.status_code, "There is a problem" in answer.text) == (401, True)
    answer = web.post("/import/sign-in", data={"form": token, "token": world.both})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"


@pytest.mark.parametrize("form", ["", "made up", "ImFiYyI.aSKX2w.W6NbX0Zd3KV8Jr0Yh8p0jNfEr5g"])
def test_a_form_that_this_site_did_not_give_is_refused(world: World, mary: FlaskClient, form: str) -> None:
    for address in ("/import/sign-out", "/import/d1/publish", "/import/d1/discard", "/import/d1/again", "/import/d1/compare"):
        assert mary.post(address, data={"form": form}).status_code == 403
    body, kind = multipart([("list.csv", listing(3))], form=form, source=SOURCE)
    assert mary.post("/import", data=body, content_type=kind).status_code == 403
    assert world.client().post("/import/sign-in", data={"form": form, "token": world.both}).status_code == 403
    assert mary.get("/import").status_code == 200


def test_the_form_of_one_browser_is_no_form_of_another(world: World, mary: FlaskClient) -> None:
    other = signed_in(world, world.both)
    stolen = form_token(other.get("/import").text)
    assert mary.post("/import/sign-out", data={"form": stolen}).status_code == 403
    assert other.post("/import/sign-out", data={"form": stolen}).status_code == 303
    assert other.get("/import/d1").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_what_another_site_has_the_browser_send_is_refused(world: World, mary: FlaskClient, headers: dict[str, str]) -> None:
    token = form_token(mary.get("/import").text)
    assert mary.post("/import/sign-out", data={"form": token}, headers=headers).status_code == 403
    assert mary.post("/import/sign-out", data={"form": token}, headers={"Origin": "http://localhost"}).status_code == 303


def test_a_token_that_ends_takes_its_sign_ins_along(world: World, mary: FlaskClient) -> None:
    world.accounts.revoke(world.accounts.bearer(world.both).token, by="tests")
    assert mary.get("/import/d1").status_code == 303
    assert "Your token" in mary.get("/import").text


def test_each_scope_shows_and_may_what_it_allows(world: World) -> None:
    ada, grace = signed_in(world, world.writing), signed_in(world, world.publishing)
    bring(ada, listing(6), source=SOURCE)
    world.work()
    assert "somebody whose token has the scope" in ada.get("/import/d1/publish").text
    assert ada.post("/import/d1/publish", data={"form": form_token(ada.get("/import").text)}).status_code == 403
    assert "not to bring files in" in grace.get("/import").text
    body, kind = multipart([("list.csv", listing(3))], form=form_token(grace.get("/import").text), source=SOURCE)
    assert grace.post("/import", data=body, content_type=kind).status_code == 403
    assert grace.get("/import/d1/publish").text.count("<button") > ada.get("/import/d1/publish").text.count("<button") - 1


def test_a_report_names_file_row_column_value_and_remedy(world: World, mary: FlaskClient) -> None:
    bring(mary, WRONG, name="map.sssom.tsv", source="sssom")
    world.work()
    page = mary.get("/import/d1/report").text
    assert "It cannot be published as it is" in page
    assert "What to do:" in page
    rows = [[pages.words(cell) for cell in pages.CELL.findall(row)] for row in pages.ROW.findall(page)]
    assert any("map.sssom.tsv" in row[0] and row[1:] == ["4", "subject_id", "nope:1"] for row in rows), rows
    assert "A rule is broken" in mary.get("/import/d1/publish").text
    rows = list(csv.reader(io.StringIO(mary.get("/import/d1/report.csv").text)))
    assert rows[0][0] == "severity"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert mary.get("/import/d1/report.json").json["conforms"] is False
    assert b"sh:ValidationReport" in mary.get("/import/d1/report.ttl").data
    assert mary.get("/import/d1/report.pdf").status_code == 404


def test_what_a_file_says_is_shown_as_text(world: World, mary: FlaskClient) -> None:
    hostile = listing(2).replace(b"SMART PCFD", b"<script>alert(1)</script>")
    bring(mary, hostile, name="<b>list</b>.csv", source=SOURCE)
    world.work()
    for part in PARTS:
        page = mary.get(f"/import/d1{part}").text
        assert "<script>alert" not in page
        assert "<b>list" not in page
    assert "&lt;script&gt;alert" in mary.get("/import/d1/difference").text


def test_an_unknown_source_is_asked_for_on_the_page(mary: FlaskClient) -> None:
    page = bring(mary, b"nobody knows", name="notes.bin", status=422)
    assert "Name the source" in page
    assert 'href="#source"' in page


def test_the_registry_moving_on_is_said_and_the_draft_can_be_looked_at_again(world: World, mary: FlaskClient) -> None:
    bring(mary, listing(9), source=SOURCE)
    world.work()
    bring(mary, listing(6), source=SOURCE)
    world.work()
    mark = re.search(r'name="mark" value="(\w+)"', mary.get("/import/d2/publish").text)
    assert mark
    post(mary, "/import/d2/publish", "/import/d2/publish", mark=mark[1], note="first")
    world.work()
    assert "The registry has changed since" in mary.get("/import/d1/difference").text
    assert 'name="mark"' not in mary.get("/import/d1/publish").text
    post(mary, "/import/d1/compare", "/import/d1/difference")
    world.work()
    assert "The registry has changed since" not in mary.get("/import/d1/difference").text
    assert 'name="mark"' in mary.get("/import/d1/publish").text


def test_a_mark_that_was_not_shown_and_a_missing_reason_are_refused(world: World, mary: FlaskClient) -> None:
    bring(mary, listing(6), source=SOURCE)
    world.work()
    page = post(mary, "/import/d1/publish", "/import/d1/publish", 409, mark="0" * 64, note="why")
    assert "not what was looked at" in page
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark
    assert "Say in a note" in post(mary, "/import/d1/publish", "/import/d1/publish", 400, mark=mark[1], note=" ")
    assert len(world.registry.history()) == 1


def test_a_draft_that_failed_is_tried_again_or_given_up(world: World, mary: FlaskClient) -> None:
    bring(mary, b"\x00\xff", source=SOURCE)
    world.work()
    page = mary.get("/import/d1").text
    assert "This could not be done" in page
    assert str(world.registry.settings.home) not in page
    assert all(mary.get(f"/import/d1{part}").status_code == 200 for part in PARTS)
    post(mary, "/import/d1/again", "/import/d1")
    world.work()
    post(mary, "/import/d1/discard", "/import/d1", note="no list")
    assert "no list" in mary.get("/import/d1").text
    assert post(mary, "/import/d1/discard", "/import/d1", 400)


def test_where_no_token_was_made_the_page_says_so_and_writes_nothing(tmp_path: Path) -> None:
    with small_world.registry() as registry:
        from dataclasses import replace

        registry.settings = replace(registry.settings, home=tmp_path / "none")
        web = create_app(registry).test_client()
        assert "Nobody can sign in here yet" in web.get("/import").text
        assert web.post("/import/sign-in", data={"token": "x"}).status_code == 401
        assert web.post("/import/sign-out").status_code == 401
        assert not (tmp_path / "none").exists()


def test_every_link_of_the_import_pages_leads_somewhere(world: World, mary: FlaskClient) -> None:
    bring(mary, listing(6), source=SOURCE)
    world.work()
    bring(mary, WRONG, name="map.sssom.tsv", source="sssom")
    world.work()
    found = {one for name in ("d1", "d2") for part in PARTS for one in pages.links(mary.get(f"/import/{name}{part}").text)}
    mine = {one for one in found if one.startswith(("/import", "/api", "/questions"))}
    assert {f"/import/d1{part}" for part in PARTS} <= mine
    assert [one for one in mine if mary.get(one).status_code != 200] == []


def test_nothing_changes_on_a_get(world: World, mary: FlaskClient) -> None:
    bring(mary, listing(6), source=SOURCE)
    world.work()
    for part in ("/discard", "/again", "/compare"):
        assert mary.get(f"/import/d1{part}").status_code in (404, 405)
    assert mary.get("/import/sign-out").status_code in (404, 405)
    assert "open" in mary.get("/import").text
