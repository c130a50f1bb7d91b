"""What is to be had as data: the catalogue, and dumps of revisions with their digests."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, Quad, RdfFormat

from standards_graph.model.changes import ChangeSet
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import BASE, DCAT, RDFS, SPDX, entity, graph
from tests.webapp import pages
from tests.webapp.pages import links, page, words
from webapp.application import create_app
from webapp.wsgi import equipped

SYNTAXES = {
    "ttl": ("text/turtle; charset=utf-8", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}
NAMES = graph("curated/tests")


def named(text: str) -> Quad:
    return Quad(entity("org", "one"), RDFS.label, Literal(text, language="en"), NAMES)


@pytest.fixture(scope="module")
def web() -> FlaskClient:
    return pages.client()


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Registry]]:
    """A registry on disk with twelve revisions, the last ten of which are kept; r1 and r12 are dumped."""
    settings = Settings(home=tmp_path_factory.mktemp("data") / "home")
    with Registry.open(settings) as registry:
        for number in range(1, 13):
            change = ChangeSet((named(str(number)),), (named(str(number - 1)),) if number > 1 else ())
            registry.store.publish(lambda _, c=change: c, agent="tests", note=f"Number {number}")
        registry.dump("r1")
        registry.dump("r12")
        app = equipped(create_app(registry))
        app.testing = True
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        yield client, registry


def test_dumps_are_listed_with_size_and_digest_and_can_be_fetched(dumped: tuple[FlaskClient, Registry]) -> None:
    client, registry = dumped
    markup = page(client, "/data")
    assert {f"/dumps/r12.{ending}" for ending in ("nq.gz", "trig.gz", "ttl")} <= set(links(markup))
    for one in registry.dumps:
        for file in one.files:
            body = client.get(f"/dumps/{file.name}", buffered=True).data
            assert (len(body), hashlib.sha256(body).hexdigest()) == (file.size, file.digest)
    assert registry.dumps[0].data[0].digest in words(markup).replace(" ", "")
    sums = client.get("/dumps/SHA256SUMS", buffered=True)
    assert (sums.mimetype, sums.text.count("\n")) == ("text/plain", 6)
    assert client.get("/dumps/", buffered=True).headers["Location"].endswith("/data#dumps")


def test_a_dump_says_what_was_held_then(dumped: tuple[FlaskClient, Registry]) -> None:
    client, _ = dumped
    for name, text in (("r1", "1"), ("r12", "12")):
        for ending, syntax in (("nq.gz", RdfFormat.N_QUADS), ("trig.gz", RdfFormat.TRIG)):
            body = gzip.decompress(client.get(f"/dumps/{name}.{ending}", buffered=True).data)
            assert list(ox.parse(body, format=syntax)) == [named(text)]


def test_a_dump_is_a_file_that_never_changes_and_of_which_parts_can_be_asked_for(dumped: tuple[FlaskClient, Registry]) -> None:
    client, _ = dumped
    whole = client.get("/dumps/r12.nq.gz", buffered=True)
    assert "immutable" in whole.headers["Cache-Control"]
    assert whole.mimetype == "application/gzip"
    assert "Content-Encoding" not in client.get("/dumps/r12.nq.gz", buffered=True, headers={"Accept-Encoding": "gzip"}).headers
    part = client.get("/dumps/r12.nq.gz", buffered=True, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, whole.data[:10])
    again = client.get("/dumps/r12.nq.gz", buffered=True, headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["r5.nq.gz", "r99.nq.gz", ".lock", "..%2Fledger.db", "r1.nq", "CURRENT"])
def test_what_was_not_dumped_is_not_found(dumped: tuple[FlaskClient, Registry], name: str) -> None:
    assert dumped[0].get(f"/dumps/{name}", buffered=True).status_code == 404


def test_the_catalogue_names_each_dump_with_size_checksum_and_the_version_before(dumped: tuple[FlaskClient, Registry]) -> None:
    client, registry = dumped
    told = {quad.triple for quad in ox.parse(client.get("/data.nt").data, format=RdfFormat.N_TRIPLES)}
    newest = registry.dumps[0]
    said = {(triple.predicate, triple.object.value) for triple in told if not isinstance(triple.object, ox.Triple)}
    assert {(SPDX.checksumValue, file.digest) for file in newest.data} <= said
    assert {(DCAT.byteSize, str(file.size)) for file in newest.data} <= said
    assert {(DCAT.downloadURL, f"http://localhost/dumps/{file.name}") for file in newest.data} <= said
    assert {(DCAT.previousVersion, BASE + "data#r11"), (DCAT.version, "r12"), (DCAT.version, "r1")} <= said
    beside = {quad.triple for quad in ox.parse(client.get("/dumps/r12.ttl", buffered=True).data, format=RdfFormat.TURTLE)}
    assert {triple.object.value for triple in beside if triple.predicate == DCAT.downloadURL} == {
        f"{BASE}dumps/{file.name}" for file in newest.data
    }
    assert len(beside & told) > 10


def test_a_revision_that_is_no_longer_kept_is_gone_and_names_its_dump(dumped: tuple[FlaskClient, Registry]) -> None:
    client, _ = dumped
    markup = page(client, "/org/one?revision=r1", 410)
    assert "/dumps/r1.nq.gz" in set(links(markup))
    told = client.get("/org/one?revision=r1", headers={"Accept": "application/json"}).get_json()
    assert (told["status"], told["revision"], told["dump"]) == (410, "r1", "/dumps/r1.nq.gz")
    assert "3" in words(page(client, "/org/one?revision=r3"))


def test_the_catalogue_is_a_page_for_people_and_leads_programs_to_data(web: FlaskClient) -> None:
    assert "No dump was written yet" in page(web, "/data")
    assert web.get("/data", headers={"Accept": "text/turtle"}).headers["Location"] == "http://localhost/data.ttl"
    assert web.get("/data", headers={"Accept": "image/png"}).status_code == 406
    assert web.get("/.well-known/void").headers["Location"] == "http://localhost/data.ttl"


@pytest.mark.parametrize("ending", SYNTAXES)
def test_the_catalogue_is_there_in_every_syntax(web: FlaskClient, ending: str) -> None:
    response = web.get(f"/data.{ending}")
    told, syntax = SYNTAXES[ending]
    assert (response.status_code, response.headers["Content-Type"]) == (200, told)
    found = {str(quad.object) for quad in ox.parse(response.data, format=syntax)}
    assert str(graph("curated/regulators")) in found
    assert "<http://localhost/dataset/curated/regulators.ttl>" in found


def test_the_catalogue_is_in_no_other_form(web: FlaskClient) -> None:
    assert web.get("/data.xlsx").status_code == 404
