"""The API: who may do what, what it says, and what it refuses."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask import Blueprint

from standards_graph.errors import Misconfigured
from standards_graph.model.accounts import Scope
from tests.webapp.desk import SOURCE, Program, World, a_world, listing, multipart
from webapp import permissions
from webapp.api.description import OPERATIONS, START, document
from webapp.application import create_app

WRONG = (
    b"#mapping_set_id: https://example.org/map\n#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
    b"subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n"
    b"nope:1\thttp://www.w3.org/2004/02/skos/core#exactMatch\thttps://example.org/b\t"
    b"https://w3id.org/semapv/vocab/ManualMappingCuration\t0.7\n"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from a_world(tmp_path / "home")


@pytest.fixture
def ada(world: World) -> Program:
    """May bring files in."""
    return Program(world.client(), world.writing)


@pytest.fixture
def grace(world: World) -> Program:
    """May publish."""
    return Program(world.client(), world.publishing)


@pytest.fixture
def nobody(world: World) -> Program:
    return Program(world.client())


def test_a_file_goes_all_the_way(world: World, ada: Program, grace: Program) -> None:
    made = ada.send(9)
    assert made.status_code == 202
    assert made.headers["Location"].endswith("/api/v1/drafts/d1")
    assert (made.json["state"], made.json["job"]["state"]) == ("reading", "waiting")
    assert ada("GET", "/drafts/d1/difference").status_code == 404
    world.work()
    told = ada("GET", "/drafts/d1").json
    assert (told["state"], told["rows"], told["job"]["state"]) == ("open", 9, "done")
    difference = ada("GET", "/drafts/d1/difference")
    mark = difference.json["mark"]
    assert difference.headers["ETag"] == f'"{mark}"'
    assert difference.json["things"]["new"] > 9
    assert {one["fate"] for one in ada("GET", "/drafts/d1/difference?fate=new").json["items"]} == {"new"}
    assert ada("GET", "/drafts/d1/impact").json["answers"]
    asked = grace.publish("d1", mark, silent=True)
    assert (asked.status_code, asked.json["kind"]) == (202, "publish")
    world.work()
    job = grace("GET", asked.headers["Location"].partition("/api/v1")[2]).json
    assert job["state"] == "done"
    newest = grace("GET", "/revisions").json["revisions"][0]
    assert (newest["name"], newest["agent"], newest["silent"]) == (job["revision"], "Grace", True)
    assert ada("GET", "/drafts/d1").json["state"] == "published"
    back = grace("POST", f"/revisions/{newest['name']}/revert", json={"note": "by mistake"})
    assert back.status_code == 202
    world.work()
    assert grace("GET", "/revisions").json["revisions"][0]["note"] == "by mistake"
    assert [one.action for one in world.accounts.entries()[:3]] == ["revert-asked", "publication-asked", "draft-received"]


def addresses() -> Iterator[tuple[str, str, tuple[Scope, ...]]]:
    for one in OPERATIONS:
        path = one.path.replace("{number}", "1").replace("{name}", "r1" if "revisions" in one.path else "d1")
        yield one.method.upper(), path, one.scopes


@pytest.mark.parametrize(("method", "path", "scopes"), list(addresses()), ids=str)
def test_each_address_asks_for_its_scope(world: World, method: str, path: str, scopes: tuple[Scope, ...]) -> None:
    client = world.client()
    holders = {"": (), world.writing: (Scope.WRITE,), world.publishing: (Scope.PUBLISH,)}
    for token, held in holders.items():
        status = Program(client, token)(method, path).status_code
        if not scopes or set(scopes) & set(held):
            assert status not in (401, 403), (token, status)
        else:
            assert status == (403 if token else 401)


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer sgr_00000000_" + "0" * 49, "bearer \xff"])
def test_what_is_no_token_is_refused_with_the_way_to_show_one(world: World, shown: str) -> None:
    answer = world.client().get("/api/v1/drafts", headers={"Authorization": shown} if shown else {})
    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_in_the_address_is_no_token(world: World) -> None:
    assert world.client().get(f"/api/v1/drafts?token={world.both}").status_code == 401
    assert world.client().get(f"/api/v1/sources?token={world.both}").status_code == 400


def test_a_revoked_token_is_refused_at_once(world: World, ada: Program) -> None:
    assert ada("GET", "/drafts").status_code == 200
    world.accounts.revoke(world.accounts.bearer(world.writing).token, by="tests")
    assert ada("GET", "/drafts").status_code == 401


def test_a_refusal_is_written_down(world: World, ada: Program) -> None:
    assert ada("POST", "/revisions/r1/revert").status_code == 403
    assert [(one.who, one.action, one.subject) for one in world.accounts.entries()[:1]] == [
        ("Ada", "refused", "POST /api/v1/revisions/r1/revert")
    ]


def test_sources_and_revisions_are_open_to_everybody(nobody: Program) -> None:
    assert SOURCE in {one["name"] for one in nobody("GET", "/sources").json["sources"]}
    assert [one["name"] for one in nobody("GET", "/revisions").json["revisions"]] == ["r1"]
    assert nobody("GET", "/revisions/r1").json["number"] == 1
    assert nobody("GET", "/revisions/r99").status_code == 404
    assert nobody("GET", "/revisions/yesterday").status_code == 400


def test_nothing_is_published_that_was_not_looked_at(world: World, ada: Program, grace: Program) -> None:
    ada.send()
    world.work()
    mark = ada("GET", "/drafts/d1/difference").json["mark"]
    assert grace.publish("d1", None).status_code == 428
    assert grace("POST", "/drafts/d1/publication", json={"note": "x"}, headers={"If-Match": "*"}).status_code == 428
    assert grace("POST", "/drafts/d1/publication", json={"note": "x"}, headers={"If-Match": f'W/"{mark}"'}).status_code == 412
    assert grace.publish("d1", "0" * 64).status_code == 412
    for note in ("", " ", "x" * 1001, "a\x00b", "\ud800"):
        assert grace.publish("d1", mark, note=note).status_code == 400
    assert grace.publish("d1", mark, sudo=True).status_code == 400
    assert grace.publish("d1", mark, silent="yes").status_code == 400
    assert len(world.registry.history()) == 1
    assert grace.publish("d1", mark).status_code == 202
    assert grace.publish("d1", mark).status_code == 409
    assert ada("DELETE", "/drafts/d1").status_code == 409


def test_a_source_is_recognised_or_asked_for(ada: Program) -> None:
    assert ada.send(source="", name="ai-ml-enabled-devices.csv").json["source"] == SOURCE
    asked = ada.send_bytes(b"whatever this is", name="notes.bin")
    assert (asked.status_code, asked.json["code"]) == (422, "source-unknown")
    assert SOURCE in asked.json["choices"]
    assert ada.send(source="nobody").status_code == 400


def test_a_draft_that_breaks_rules_shows_them_in_three_forms(world: World, ada: Program, grace: Program) -> None:
    ada.send_bytes(WRONG, name="map.sssom.tsv", source="sssom")
    world.work()
    told = ada("GET", "/drafts/d1").json
    assert told["state"] == "refused"
    found = ada("GET", "/drafts/d1/report").json["findings"]
    assert len(found) == sum(told["findings"].values())
    assert any(one["line"] and one["remedy"] for one in found)
    rows = list(csv.DictReader(io.StringIO(ada("GET", "/drafts/d1/report", headers={"Accept": "text/csv"}).text)))
    assert [one["message"] for one in rows] == [one["message"] for one in found]
    graph = rdflib.Graph().parse(data=ada("GET", "/drafts/d1/report.ttl").text, format="turtle")
    results = list(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))
    assert len(results) == len(found)
    assert ada("GET", "/drafts/d1/report", headers={"Accept": "image/png"}).status_code == 406
    mark = ada("GET", "/drafts/d1/difference").json["mark"]
    assert (grace.publish("d1", mark).status_code, grace.publish("d1", mark).json["code"]) == (409, "validation-failed")


def test_a_draft_is_given_up_and_an_undecided_number_is_held(world: World, ada: Program) -> None:
    for rows in range(1, 7):
        assert ada.send(rows).status_code == 202
    full = ada.send(7)
    assert (full.status_code, full.json["code"]) == (409, "too-many-drafts")
    world.work()
    assert ada("DELETE", "/drafts/d1?note=wrong").json["note"] == "wrong"
    assert ada.send(7).status_code == 202
    assert ada("DELETE", "/drafts/d1").status_code == 400


def test_a_file_that_cannot_be_read_fails_and_can_be_tried_again(world: World, ada: Program) -> None:
    ada.send_bytes(b"\x00\xff", source=SOURCE)
    world.work()
    told = ada("GET", "/drafts/d1").json
    assert (told["state"], told["job"]["state"]) == ("failed", "failed")
    assert str(world.registry.settings.home) not in json.dumps(told)
    assert ada("POST", "/drafts/d1/difference").status_code == 400
    assert ada("POST", "/drafts/d1/reading").status_code == 202
    assert ada("GET", "/drafts/d1").json["state"] == "reading"


def test_too_much_is_refused_before_it_is_kept(world: World, ada: Program) -> None:
    assert ada.send_bytes(b"x" * 1_500_000, source=SOURCE).status_code == 413
    assert ada.send_bytes(b"x" * 3_000_000, source=SOURCE).status_code == 413
    body, kind = multipart([(f"f{n}.csv", b"x") for n in range(60)], source=SOURCE)
    assert ada("POST", "/drafts", data=body, content_type=kind).status_code == 413
    assert ada("GET", "/drafts").json["drafts"] == []
    assert not list((world.registry.settings.home / "drafts").glob("*"))


HOSTILE = (
    ("bomb.csv", b"x" * 900_000),
    ("zip.xlsx", b"PK\x03\x04" + b"\x00" * 5_000),
    ("xxe.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("deep.json", b"[" * 100_000),
    ("list.csv\x00.xlsx", b"a,b\n"),
    ("../../../etc/passwd", b"root:x:0:0"),
    ("<script>alert(1)</script>.csv", b"a,b\n"),
    ("a'; DROP TABLE job; --.csv", b"a,b\n"),
    ("." * 20, b"a"),
    ("x" * 5_000, b"a"),
    ("", b"a"),
    ("list.tsv", b"\xff\xfe\x00\x00"),
    ("map.sssom.tsv", b"#curie_map: !!python/object/apply:os.system ['true']\nsubject_id\n"),
)


@pytest.mark.parametrize(("name", "content"), HOSTILE, ids=[repr(name)[:20] for name, _ in HOSTILE])
@pytest.mark.parametrize("source", ["", SOURCE, "sssom"])
def test_a_hostile_file_is_taken_or_refused_and_never_a_fault(ada: Program, name: str, content: bytes, source: str) -> None:
    assert ada.send_bytes(content, name=name, source=source).status_code in (202, 400, 413, 422)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "multipart/form-data; boundary=x", 400),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x", 400),
        (b"--x\r\n" * 1000, "multipart/form-data; boundary=x", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"{}", "application/json", 415),
        (b"", "", 415),
        (b'--x\r\nContent-Disposition: form-data; name="sudo"\r\n\r\n1\r\n--x--', "multipart/form-data; boundary=x", 400),
    ],
)
def test_a_request_of_another_form_is_refused(ada: Program, body: bytes, kind: str, status: int) -> None:
    assert ada("POST", "/drafts", data=body, content_type=kind).status_code == status


@pytest.mark.parametrize(
    "body", [b"[" * 15_000, b"nothing", b"[]", b'{"note": 1}', b"\xff", b'{"note": "\\ud800"}', b"x" * 30_000]
)
def test_a_body_that_is_no_object_is_refused(grace: Program, body: bytes) -> None:
    answer = grace("POST", "/revisions/r1/revert", data=body, content_type="application/json")
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("name", ["d0", "d1%00", "..", "%2e%2e", "d99999999999", "x" * 3_000, "d1'"])
@pytest.mark.parametrize("part", ["", "/report", "/report.csv", "/difference", "/impact"])
def test_a_draft_that_is_not_there_is_not_found(ada: Program, name: str, part: str) -> None:
    assert ada("GET", f"/drafts/{name}{part}").status_code == 404


def test_numbers_beyond_all_are_not_found(ada: Program) -> None:
    for number in ("0", "1", "99999999999999999999999999"):
        assert ada("GET", f"/jobs/{number}").status_code == 404


def test_what_the_api_says_of_itself_is_what_it_does(world: World) -> None:
    told = document("https://example.org")
    methods = {"GET", "POST", "DELETE", "PUT", "PATCH"}
    rules = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in world.app.url_map.iter_rules()
        if rule.rule.startswith(START) and "<ending>" not in rule.rule and "<path:" not in rule.rule
        for method in (rule.methods or set()) & methods
    }
    described = {(method.upper(), path) for path, operations in told["paths"].items() for method in operations}
    assert rules - {("GET", f"{START}/openapi.json")} == described
    for rule in world.app.url_map.iter_rules():
        permission = permissions.declared_by(world.app.view_functions[rule.endpoint])
        for method in (rule.methods or set()) & methods if rule.rule.startswith(START) else ():
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            if (method, path) in described:
                asked = told["paths"][path][method.lower()]["security"]
                held = [scope.value for scope in permission.scopes] if permission else []
                assert [one["token"] for one in asked] == [[scope] for scope in held], path


def test_every_schema_that_the_description_names_is_there(world: World) -> None:
    told = world.client().get("/api/v1/openapi.json")
    assert told.json["openapi"] == "3.1.0"
    named = set(re.findall(r"#/components/schemas/(\w+)", told.text))
    assert named == set(told.json["components"]["schemas"])
    identifiers = [one["operationId"] for path in told.json["paths"].values() for one in path.values()]
    assert len(identifiers) == len(set(identifiers))


def test_answers_have_the_members_that_the_description_promises(world: World, ada: Program, grace: Program) -> None:
    ada.send()
    world.work()
    schemas = document("https://example.org")["components"]["schemas"]
    answers = {
        "Sources": ada("GET", "/sources"),
        "Drafts": ada("GET", "/drafts"),
        "Draft": ada("GET", "/drafts/d1"),
        "Report": ada("GET", "/drafts/d1/report"),
        "Difference": ada("GET", "/drafts/d1/difference"),
        "Impact": ada("GET", "/drafts/d1/impact"),
        "Job": ada("GET", "/jobs/1"),
        "Revisions": ada("GET", "/revisions"),
        "Revision": ada("GET", "/revisions/r1"),
        "Problem": grace("GET", "/drafts/d9"),
    }
    for name, answer in answers.items():
        assert set(schemas[name]["required"]) <= set(answer.json), name
        if name != "Problem":
            assert set(answer.json) <= set(schemas[name]["properties"]), name


def test_nothing_of_a_caller_is_kept_by_caches(world: World, ada: Program) -> None:
    for path in ("/drafts", "/sources", "/revisions", "/drafts/d9"):
        assert ada("GET", path).headers["Cache-Control"] == "no-store"


def test_an_address_that_takes_more_than_get_and_declares_nothing_does_not_start(world: World) -> None:
    app = create_app(world.registry)
    late = Blueprint("late", __name__)
    late.add_url_rule("/late", view_func=lambda: "done", methods=["POST"])
    app.register_blueprint(late)
    with pytest.raises(Misconfigured, match="/late"):
        permissions.check(app)
    assert app.test_client().post("/late").status_code == 403


def test_the_page_for_people_shows_every_address(world: World) -> None:
    page = world.client().get("/api", headers={"Accept": "text/html"})
    assert page.status_code == 200
    for one in OPERATIONS:
        assert f"{one.method.upper()} /api/v1{one.path}" in page.text


def test_a_list_is_the_same_whoever_reads_it_in_whatever_pages(world: World, ada: Program) -> None:
    ada.send_bytes(listing(60), source=SOURCE)
    world.work()
    first = ada("GET", "/drafts/d1/difference").json
    pages = [ada("GET", f"/drafts/d1/difference?page={n}").json["items"] for n in range(1, first["pages"] + 1)]
    things = [one["thing"] for one in itertools.chain(*pages)]
    assert len(things) == len(set(things)) == sum(first["things"].values())
    assert ada("GET", "/drafts/d1/difference?page=0").status_code == 400
    assert ada("GET", "/drafts/d1/difference?fate=lost").status_code == 400
