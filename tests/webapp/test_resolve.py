from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyoxigraph import RdfFormat
from werkzeug.test import Client

from standards_graph.vocab import RDFS, SGO
from tests.webapp.serving import CLASS, CURATED, FDA, GB, RECORD, SOURCE, US, a_registry, client

SYNTAXES = {
    "ttl": ("text/turtle; charset=utf-8", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "json": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}


@pytest.fixture(scope="module")
def web() -> Client:
    return client()


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/id/jurisdiction/us", "/jurisdiction/us"),
        ("/scheme/us-fda-class/ii", "/concept/us-fda-class/ii"),
        ("/map/03be000000000000", "/mapping/03be000000000000"),
        ("/graph/curated/jurisdictions", "/dataset/curated/jurisdictions"),
    ],
)
def test_an_iri_leads_people_to_its_page_and_programs_to_its_data(web: Client, path: str, page: str) -> None:
    for accept, ending in (
        ("", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml, text/turtle;q=0.5", ".rdf"),
        ("application/json", ".json"),
    ):
        response = web.get(path, headers={"Accept": accept})
        assert response.status_code == 303
        assert response.headers["Location"] == f"http://localhost{page}{ending}"
        assert "Accept" in response.headers["Vary"]
        assert f'<http://localhost{page}>; rel="canonical"' in response.headers["Link"]
        assert f'<http://localhost{page}.ttl>; rel="alternate"; type="text/turtle"' in response.headers["Link"]
        assert f'<https://w3id.org/standards-graph{path}>; rel="describes"' in response.headers["Link"]


@pytest.mark.parametrize("ending", SYNTAXES)
def test_an_ending_gives_all_that_is_said_of_a_thing(web: Client, ending: str) -> None:
    response = web.get(f"/id/jurisdiction/us.{ending}")
    told, syntax = SYNTAXES[ending]
    assert response.status_code == 200
    assert response.headers["Content-Type"] == told
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(response.data, format=syntax)}
    assert (str(US), str(RDFS.label), '"United States"@en') in found
    assert (str(SOURCE), str(SGO.rowKey), '"jurisdictions#us"') in found
    assert (str(FDA), str(SGO.inJurisdiction), str(US)) in found
    assert (str(FDA), str(RDFS.label), '"Food and Drug Administration"@en') in found
    assert (str(SGO.Jurisdiction), str(RDFS.label), '"jurisdiction"@en') in found
    assert len(found) == 7


def test_a_thing_of_which_only_unverified_rows_speak_resolves_too(web: Client) -> None:
    assert web.get("/id/jurisdiction/gb").status_code == 303
    assert str(GB).encode() in web.get("/id/jurisdiction/gb.nt").data


def test_a_thing_that_is_only_pointed_at_is_known(web: Client) -> None:
    assert web.get("/id/source/00aa11bb22cc33dd").status_code == 303
    assert web.get("/id/org/fda").status_code == 303


def test_the_iri_of_a_graph_gives_what_the_graph_says(web: Client) -> None:
    response = web.get("/graph/curated/jurisdictions.nt")
    assert response.data.count(b"\n") == 6
    assert str(CURATED).encode() not in response.data
    assert b"Class II" in web.get("/scheme/us-fda-class/ii.ttl").data
    assert str(CLASS).encode() in web.get("/graph/scheme/us-fda-class.nt").data
    assert str(RECORD).encode() in web.get("/map/03be000000000000.nt").data


@pytest.mark.parametrize(
    "path", ["/id/jurisdiction/zz", "/id/jurisdiction/zz.ttl", "/scheme/none", "/graph/none", "/id/a%20b/%3Cc%3E"]
)
def test_an_iri_of_which_nothing_is_recorded_is_not_found(web: Client, path: str) -> None:
    response = web.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == 404
    assert response.json is not None
    assert response.json["code"] == "not-found"


def test_a_form_that_is_not_there_is_not_acceptable(web: Client) -> None:
    response = web.get("/id/jurisdiction/us", headers={"Accept": "image/png, application/problem+json;q=0.1"})
    assert response.status_code == 406
    assert response.json is not None
    assert "text/turtle" in response.json["offered"]


def test_the_public_address_is_a_setting_and_the_data_keep_their_iris() -> None:
    web = client(a_registry(base="https://registry.example.org"))
    response = web.get("/id/jurisdiction/us", headers={"Accept": "text/turtle"})
    assert response.headers["Location"] == "https://registry.example.org/jurisdiction/us.ttl"
    data = web.get("/id/jurisdiction/us.ttl").data
    assert b"<https://w3id.org/standards-graph/id/jurisdiction/us>" in data
    assert b"registry.example.org" not in data


def test_a_client_that_holds_the_data_gets_304(web: Client) -> None:
    first = web.get("/id/jurisdiction/us.ttl")
    again = web.get("/id/jurisdiction/us.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.headers["X-Revision"] == again.headers["X-Revision"] == "r1"
    other = web.get("/id/jurisdiction/us.nt", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_the_type_of_a_problem_resolves(web: Client) -> None:
    found = web.get("/problem/query-timeout").json
    assert found is not None
    assert (found["status"], found["title"]) == (504, "The query took too long")
    assert web.get("/problem/nothing").status_code == 404
