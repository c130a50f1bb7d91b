from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode
from wsgiref.validate import validator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from werkzeug.test import Client, TestResponse

from standards_graph import errors
from standards_graph.errors import RegistryError
from standards_graph.model.answers import GRAPH_TYPES, RESULT_TYPES, Answer, Limits
from standards_graph.model.changes import ChangeSet, Revision
from standards_graph.registry import Registry
from standards_graph.vocab import RDFS, graph
from tests.webapp.serving import CURATED, ONTOLOGY, QUADS, UNVERIFIED, a_registry, application, client
from webapp.errors import STATUS, TYPES, entries, problem
from webapp.sparql import Endpoint

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


@pytest.fixture(scope="module")
def web() -> Client:
    return client()


def ask(web: Client, query: str, accept: str = "", **parameters: Any) -> TestResponse:
    headers = {"Accept": accept} if accept else {}
    return web.get("/sparql?" + urlencode({"query": query, **parameters}, doseq=True), headers=headers)


def total(response: TestResponse) -> int:
    assert response.status_code == 200, response.text
    return int(json.loads(response.text)["results"]["bindings"][0]["n"]["value"])


def told(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem document of an error."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = json.loads(response.text)
    assert (found["code"], found["status"], found["type"]) == (code, status, TYPES + code)
    assert found["title"]
    assert found["detail"]
    return found


@pytest.mark.parametrize(
    "send",
    [
        lambda web: web.get("/sparql?query=" + quote(COUNT)),
        lambda web: web.post("/sparql", data={"query": COUNT}),
        lambda web: web.post("/sparql", data=urlencode({"query": COUNT}), content_type=FORM + "; charset=UTF-8"),
        lambda web: web.post("/sparql", data=COUNT, content_type=DIRECT),
        lambda web: web.post("/sparql", data=COUNT, content_type=DIRECT + '; charset="utf-8"'),
    ],
)
def test_a_query_comes_by_get_by_form_or_as_it_is(web: Client, send: Any) -> None:
    response = send(web)
    assert total(response) == 9
    assert response.headers["Content-Type"] == "application/sparql-results+json"
    assert response.headers["X-Revision"] == "r1"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert response.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("media_type", RESULT_TYPES)
@pytest.mark.parametrize("query", [COUNT, "ASK { ?s ?p ?o }"])
def test_rows_and_yes_or_no_come_in_each_of_their_formats(web: Client, media_type: str, query: str) -> None:
    response = ask(web, query, media_type)
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert response.data


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
@pytest.mark.parametrize("query", [EVERYTHING, "DESCRIBE <https://w3id.org/standards-graph/id/jurisdiction/us>"])
def test_graphs_come_in_each_of_their_formats(web: Client, media_type: str, query: str) -> None:
    response = ask(web, query, media_type)
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert b"United States" in response.data


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (COUNT, "", "application/sparql-results+json"),
        (COUNT, "*/*", "application/sparql-results+json"),
        (COUNT, "text/*", "text/csv; charset=utf-8"),
        (COUNT, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (COUNT, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        (COUNT, "application/json", "application/json"),
        (COUNT, "text/turtle, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        (EVERYTHING, "", "text/turtle; charset=utf-8"),
        (EVERYTHING, "application/json", "application/json"),
        (EVERYTHING, "text/html, application/rdf+xml;q=0.9, */*;q=0.8", "application/rdf+xml"),
        (EVERYTHING, "application/xml", "application/xml"),
    ],
)
def test_the_accept_header_chooses_with_its_weights(web: Client, query: str, accept: str, expected: str) -> None:
    assert ask(web, query, accept).headers["Content-Type"] == expected


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (COUNT, "json", "application/sparql-results+json"),
        (COUNT, "xml", "application/sparql-results+xml"),
        (COUNT, "csv", "text/csv; charset=utf-8"),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (EVERYTHING, "json", "application/ld+json"),
        (EVERYTHING, "xml", "application/rdf+xml"),
        (EVERYTHING, "rdf+xml", "application/rdf+xml"),
        (EVERYTHING, "nt", "application/n-triples"),
    ],
)
def test_the_format_parameter_stands_in_for_the_header(web: Client, query: str, name: str, expected: str) -> None:
    for parameter in ("format", "output", "results"):
        assert ask(web, query, "text/html", **{parameter: name}).headers["Content-Type"] == expected


def test_a_format_that_cannot_hold_the_answer_is_not_acceptable(web: Client) -> None:
    assert told(ask(web, COUNT, "text/turtle"), 406, "not-acceptable")["offered"] == list(RESULT_TYPES)
    assert told(ask(web, EVERYTHING, "text/csv"), 406, "not-acceptable")["offered"] == list(GRAPH_TYPES)
    told(ask(web, EVERYTHING, format="csv"), 406, "not-acceptable")
    told(ask(web, COUNT, "text/csv;q=0"), 406, "not-acceptable")


def test_formats_that_are_unknown_or_contradict_each_other_are_refused(web: Client) -> None:
    assert "turtle" in told(ask(web, COUNT, format="yaml"), 400, "bad-argument")["known"]
    told(ask(web, COUNT, format=["csv", "json"]), 400, "bad-argument")


def test_text_is_utf_8_and_says_so(web: Client) -> None:
    response = ask(web, f"SELECT ?label {{ GRAPH <{UNVERIFIED.value}> {{ ?s <{RDFS.label.value}> ?label }} }}", "text/csv")
    assert "Royaume-Uni — Großbritannien" in response.data.decode("utf-8")
    assert response.headers["Content-Disposition"] == 'attachment; filename="standards-graph-r1.csv"'
    found = ask(web, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o FILTER(STR(?o) = 'Royaume-Uni — Großbritannien') } }")
    assert total(found) == 1


def test_unverified_rows_are_outside_the_default_graph_and_within_reach(web: Client) -> None:
    assert total(ask(web, COUNT)) == len(QUADS) - 2
    assert total(ask(web, f"SELECT (COUNT(*) AS ?n) FROM <{UNVERIFIED.value}> {{ ?s ?p ?o }}")) == 2
    assert total(ask(web, COUNT, **{"default-graph-uri": UNVERIFIED.value})) == 2


def test_the_graph_parameters_make_the_dataset(web: Client) -> None:
    both = {"default-graph-uri": [UNVERIFIED.value, ONTOLOGY.value]}
    assert total(ask(web, COUNT, **both)) == 3
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert total(ask(web, named, **{"named-graph-uri": CURATED.value})) == 6
    assert total(ask(web, COUNT, **{"named-graph-uri": CURATED.value})) == 0
    assert total(ask(web, named, **both)) == 0
    from_another = f"SELECT (COUNT(*) AS ?n) FROM <{CURATED.value}> {{ ?s ?p ?o }}"
    assert total(ask(web, from_another, **{"default-graph-uri": ONTOLOGY.value})) == 1
    direct = web.post("/sparql?default-graph-uri=" + quote(ONTOLOGY.value), data=COUNT, content_type=DIRECT)
    assert total(direct) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/sparql?query=ASK{}&query=ASK{}",
        "/sparql?quarry=ASK{}",
        "/sparql?query=ASK{}&timeout=5",
        "/sparql?query=ASK{}&default-graph-uri=relative",
        "/sparql?query=ASK{}&default-graph-uri=http://e/%20x",
        "/sparql?default-graph-uri=http://e/",
        "/sparql?update=CLEAR%20ALL",
    ],
)
def test_a_parameter_that_is_repeated_unknown_or_wrong_is_named(web: Client, path: str) -> None:
    told(web.get(path), 400, "bad-argument")


def test_unknown_parameters_are_told_the_known_ones(web: Client) -> None:
    found = told(web.get("/sparql?query=ASK{}&reasoning=yes"), 400, "bad-argument")
    assert found["name"] == "reasoning"
    assert {"query", "default-graph-uri", "named-graph-uri", "format"} <= set(found["known"])


def test_a_post_needs_a_query(web: Client) -> None:
    told(web.post("/sparql", data="", content_type=FORM), 400, "bad-argument")
    told(web.post("/sparql", data="", content_type=DIRECT), 400, "bad-query")


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/json", "application/sparql-update", "multipart/form-data"]
)
def test_another_content_type_is_not_read(web: Client, content_type: str) -> None:
    told(web.post("/sparql", data="ASK {}", content_type=content_type), 415, "unsupported-media-type")


def test_another_charset_or_a_packed_body_is_not_read(web: Client) -> None:
    told(web.post("/sparql", data="ASK {}", content_type=DIRECT + "; charset=utf-16"), 415, "unsupported-media-type")
    packed = {"data": gzip.compress(b"ASK {}"), "content_type": DIRECT, "headers": {"Content-Encoding": "gzip"}}
    told(web.post("/sparql", **packed), 415, "unsupported-media-type")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_told_the_allowed_ones(web: Client, method: str) -> None:
    response = web.open("/sparql?query=ASK{}", method=method)
    told(response, 405, "method-not-allowed")
    assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_what_is_not_utf_8_is_bad_input(web: Client) -> None:
    told(web.get("/sparql?query=ASK%20%7B%7D%20%23%FF"), 400, "bad-input")
    told(web.post("/sparql", data=b"query=ASK%20%7B%7D%20%23%E9", content_type=FORM), 400, "bad-input")
    told(web.post("/sparql", data=b"ASK { ?s ?p '\xe9' }", content_type=DIRECT), 400, "bad-input")


def test_too_long_a_query_or_body_is_too_large() -> None:
    web = client(a_registry(query_kb=2))
    padded = "ASK {} #" + "x" * 2_000
    told(ask(web, padded), 413, "too-large")
    told(web.post("/sparql", data=padded, content_type=DIRECT), 413, "too-large")
    told(web.post("/sparql", data=b"query=" + b"x" * 30_000, content_type=FORM), 413, "too-large")
    told(web.get("/sparql?" + "&".join(["named-graph-uri=http://e/"] * 200)), 400, "bad-input")


def test_head_has_the_headers_of_get_and_no_body(web: Client) -> None:
    path = "/sparql?query=" + quote(COUNT)
    got, head = web.get(path), web.head(path)
    assert head.data == b""
    assert {k: v for k, v in head.headers if k != "X-Request-Id"} == {k: v for k, v in got.headers if k != "X-Request-Id"}


def test_a_browser_of_another_origin_is_let_in(web: Client) -> None:
    response = web.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_the_tag_names_data_query_graphs_and_format(web: Client) -> None:
    tags = [
        ask(web, COUNT).headers["ETag"],
        ask(web, COUNT + " ").headers["ETag"],
        ask(web, COUNT, "text/csv").headers["ETag"],
        ask(web, COUNT, **{"default-graph-uri": ONTOLOGY.value}).headers["ETag"],
        ask(web, COUNT, **{"named-graph-uri": ONTOLOGY.value}).headers["ETag"],
    ]
    assert len(set(tags)) == len(tags)
    assert ask(web, COUNT).headers["ETag"] == tags[0]
    assert tags[0].startswith('"r1-')


class Counting:
    """The registry's reader, and how often it was asked."""

    def __init__(self, registry: Registry) -> None:
        self._reader = registry.reader()
        self.asked = 0
        self.clients: list[str | None] = []

    @property
    def revision(self) -> Revision:
        return self._reader.revision

    def answer(self, query: str, **how: Any) -> Answer:
        self.asked += 1
        self.clients.append(how["client"])
        return self._reader.answer(query, **how)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> tuple[Client, Counting]:
    registry = a_registry()
    reader = Counting(registry)
    monkeypatch.setattr(registry, "reader", lambda: reader)
    return client(registry), reader


def test_a_client_that_holds_the_answer_gets_304_without_an_evaluation(counted: tuple[Client, Counting]) -> None:
    registry = a_registry()
    tag = ask(client(registry), COUNT).headers["ETag"]
    web, reader = counted
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*", tag[:-1] + '-gzip"'):
        response = web.get("/sparql?query=" + quote(COUNT), headers={"If-None-Match": held})
        assert response.status_code == 304
        assert response.data == b""
        assert response.headers["ETag"] == tag
    assert reader.asked == 0
    assert web.get("/sparql?query=" + quote(COUNT), headers={"If-None-Match": '"r0-old"'}).status_code == 200


def test_the_same_question_is_evaluated_once_and_each_client_is_told_apart(counted: tuple[Client, Counting]) -> None:
    web, reader = counted
    first = web.get("/sparql?query=" + quote(COUNT), environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    second = web.post("/sparql", data={"query": COUNT}, environ_overrides={"REMOTE_ADDR": "192.0.2.2"})
    third = web.post("/sparql", data={"query": EVERYTHING}, environ_overrides={"REMOTE_ADDR": "192.0.2.2"})
    assert first.data == second.data
    assert third.status_code == 200
    assert reader.clients == ["192.0.2.1", "192.0.2.2"]


def test_a_query_of_time_or_chance_is_never_kept(counted: tuple[Client, Counting]) -> None:
    web, reader = counted
    answers = {ask(web, "SELECT (STRUUID() AS ?n) {}").data for _ in range(3)}
    assert len(answers) == reader.asked == 3
    assert "ETag" not in ask(web, "SELECT (NOW() AS ?n) {}").headers


def test_a_new_revision_has_new_tags_and_new_answers() -> None:
    registry = a_registry()
    web = client(registry)
    before = ask(web, COUNT)
    extra = Quad(NamedNode("http://e/s"), RDFS.label, Literal("new"), graph("curated/new"))
    registry.store.publish(lambda _: ChangeSet(added=(extra,)), agent="test", note="more")
    after = web.get("/sparql?query=" + quote(COUNT), headers={"If-None-Match": before.headers["ETag"]})
    assert total(after) == total(before) + 1
    assert after.headers["X-Revision"] == "r2"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_long_answers_travel_packed_to_those_who_can_unpack(web: Client) -> None:
    path = "/sparql?query=" + quote(EVERYTHING)
    plain = web.get(path, headers={"Accept-Encoding": "identity"})
    packed = web.get(path, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    assert "Content-Encoding" not in web.get(path, headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert "Content-Encoding" not in web.get("/sparql?query=ASK{}", headers={"Accept-Encoding": "gzip"}).headers


def test_a_syntax_error_has_its_place_and_its_line(web: Client) -> None:
    found = told(ask(web, "SELECT * WHERE {\n  ?s ?p ;; .\n  oops }"), 400, "bad-query")
    assert found["line"] >= 2
    assert found["column"] >= 1
    assert found["excerpt"]


def test_an_unknown_function_is_a_fault_of_the_query(web: Client) -> None:
    told(ask(web, "SELECT (<http://jena.apache.org/ARQ/js#f>(1) AS ?x) {}"), 400, "bad-query")
    told(ask(web, "ASK { FILTER(<http://example.org/f>(1)) }"), 400, "bad-query")


def test_an_answer_over_the_limit_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()
    monkeypatch.setattr(registry.store, "answer", partial(registry.store.reader().answer, limits=Limits(answer=200)))
    assert "LIMIT" in told(ask(client(registry), EVERYTHING), 413, "too-large")["detail"]
    assert ask(client(registry), "ASK {}").status_code == 200


def every_error() -> Iterator[type[RegistryError]]:
    waiting = [RegistryError]
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting += kind.__subclasses__()


def test_each_kind_of_error_has_a_status_and_a_code_of_its_own() -> None:
    kinds = [kind for kind in every_error() if not kind.__module__.startswith("tests") and "code" in vars(kind)]
    assert {kind for kind in kinds if kind not in STATUS} == set()
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert set(entries()) == set(codes)
    assert all(entry["description"] and entry["title"] for entry in entries().values())


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.BadQuery("no", line=1, column=2, excerpt="x"), 400),
        (errors.NotAcceptable("no"), 406),
        (errors.TooLarge("no"), 413),
        (errors.QueryTooDeep("no"), 422),
        (errors.TooManyRequests("no", retry_after=7), 429),
        (errors.Busy("no", retry_after=3), 503),
        (errors.StoreFailure("no"), 503),
        (errors.QueryTimeout("no"), 504),
        (errors.QueryOutOfMemory("no"), 507),
    ],
)
def test_what_ends_a_query_is_told_with_its_status(error: RegistryError, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()

    def fail(*_: Any, **__: Any) -> Answer:
        raise error

    monkeypatch.setattr(registry.store, "answer", fail)
    response = ask(client(registry), COUNT)
    found = told(response, status, error.code)
    assert response.headers["Cache-Control"] == "no-store"
    if "retryAfter" in found:
        assert response.headers["Retry-After"] == str(found["retryAfter"])
    assert ("retryAfter" in found) == hasattr(error, "retry_after")


def test_a_fault_of_the_service_is_logged_and_told_without_its_inside(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    registry = a_registry()
    monkeypatch.setattr(registry.store, "answer", lambda *_, **__: 1 / 0)
    response = ask(client(registry), COUNT)
    told(response, 500, "unexpected")
    assert "division" not in response.text
    assert "ZeroDivisionError" in caplog.text


def test_a_problem_holds_the_facts_of_its_error() -> None:
    found = problem(errors.BadArgument("wrong", name="x", known=("a", "b")))
    assert (found.status, found.facts) == (400, {"name": "x", "known": ["a", "b"]})


def test_a_plain_get_describes_the_service_to_programs_and_leads_people_to_the_query_page(web: Client) -> None:
    described = web.get("/sparql", headers={"Accept": "text/turtle"})
    assert described.status_code == 200
    assert described.headers["Content-Type"] == "text/turtle; charset=utf-8"
    for word in ("sd:Service", "sd:endpoint <http://localhost/sparql>", "sd:SPARQL11Query", "formats/SPARQL_Results_JSON"):
        assert word in described.text
    assert UNVERIFIED.value in described.text
    assert "UnionDefaultGraph" not in described.text
    assert web.get("/sparql").headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert web.get("/sparql", headers={"Accept": "application/ld+json"}).status_code == 200
    browser = web.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert (browser.status_code, browser.headers["Location"]) == (303, "http://localhost/query")
    told(web.get("/sparql", headers={"Accept": "image/png"}), 406, "not-acceptable")
    again = web.get("/sparql", headers={"Accept": "text/turtle", "If-None-Match": described.headers["ETag"]})
    assert again.status_code == 304


def test_the_public_address_is_a_setting() -> None:
    web = client(a_registry(base="https://registry.example.org/sg"))
    assert "<https://registry.example.org/sg/sparql>" in web.get("/sparql").text
    assert web.get("/sparql", headers={"Accept": "text/html"}).headers["Location"] == "https://registry.example.org/sg/query"


def test_the_endpoint_keeps_to_the_rules_of_wsgi() -> None:
    web = Client(validator(Endpoint(a_registry())))
    for path in ("/sparql", "/sparql?query=ASK{}", "/sparql?query=oops"):
        response = web.get(path, headers={"Accept": "*/*"})
        assert response.data
        response.close()
    posted = web.post("/sparql", data=COUNT, content_type=DIRECT)
    assert total(posted) == 9
    posted.close()


def test_each_request_leaves_one_line_that_user_text_cannot_shape() -> None:
    lines: list[dict[str, Any]] = []
    web = Client(application(a_registry(), lines))
    for path, address in (
        ("/sparql?query=" + quote('ASK {} # \n# {"status": 1}\x1b[31m'), "198.51.100.77"),
        ("/sparql?query=oops%0a", "2001:db8:1:2::3"),
        ("/nothing/%0ahere", "not an address\n"),
    ):
        web.get(path, environ_overrides={"REMOTE_ADDR": address}).close()
    first, second, third = lines
    assert (first["route"], first["status"], first["client"], first["revision"]) == ("/sparql", 200, "198.51.100.0", "r1")
    assert (second["outcome"], second["client"]) == ("bad-query", "2001:db8:1::")
    assert (third["route"], third["status"]) == ("none", 404)
    assert len(first["query"]) == 16
    assert all("\n" not in str(value) and "\x1b" not in str(value) for line in lines for value in line.values())


@given(st.binary(max_size=200), st.sampled_from([FORM, DIRECT]), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_request_whatever_its_bytes_is_a_fault(body: bytes, content_type: str, accept: str) -> None:
    web = Client(SHARED)
    response = web.post("/sparql", data=body, content_type=content_type, environ_overrides={"HTTP_ACCEPT": accept})
    assert response.status_code in {200, 400, 406, 413, 415}
    response = web.open("/sparql", environ_overrides={"QUERY_STRING": body.decode("latin-1")})
    assert response.status_code in {200, 400, 406, 413}


SHARED = application(a_registry())
