"""Pages on what was published when, and what happened to one thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, Quad

from standards_graph.model.changes import ChangeSet
from standards_graph.registry import Registry
from standards_graph.vocab import RDF, RDFS, SGO, XSD, entity, graph
from tests import small_world
from tests.webapp.pages import csv_rows, links, page, table, words
from webapp.application import create_app
from webapp.wsgi import equipped

NAMES = graph("curated/standards-bodies")
ISO, NEW = entity("org", "iso"), entity("org", "new-body")
OLD_NAME, NEW_NAME = (
    Quad(ISO, RDFS.label, Literal(text, language="en"), NAMES)
    for text in ("International Organization for Standardization", "Another name")
)
BORN = (Quad(NEW, RDFS.label, Literal("A new body", language="en"), NAMES), Quad(NEW, RDF.type, SGO.StandardsBody, NAMES))
WITHDRAWN = Quad(ISO, SGO.withdrawnAtSource, Literal("2026-11-23", datatype=XSD.date), NAMES)
MANY = 1200


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    """r1 the small world; r2 a new body and a new name; r3 one withdrawn and the new one gone; r4 very many at once."""
    with small_world.registry() as found:
        many = tuple(
            Quad(entity("org", f"b{n:04}"), RDFS.label, Literal(f"Body {n:04}", language="en"), NAMES) for n in range(MANY)
        )
        for note, source, change in (
            ("A new body", "curated/standards-bodies", ChangeSet((*BORN, NEW_NAME), (OLD_NAME,))),
            ("The source lists it no longer", "", ChangeSet((WITHDRAWN,), BORN)),
            ("Very many", "", ChangeSet(many)),
        ):
            found.store.publish(lambda _, c=change: c, agent="a person", note=note, source=source)
        yield found


@pytest.fixture(scope="module")
def web(registry: Registry) -> FlaskClient:
    app = equipped(create_app(registry))
    app.testing = True
    web = app.test_client()
    web.environ_base["HTTP_ACCEPT"] = "text/html"
    return web


def test_the_revisions_are_listed_newest_first_with_note_source_and_counts(web: FlaskClient) -> None:
    rows = table(page(web, "/changes"))
    assert [row[0] for row in rows] == ["r4", "r3", "r2", "r1"]
    assert rows[2][2:7] == ["A new body", "curated/standards-bodies", "a person", "3", "1"]
    assert [row["revision"] for row in csv_rows(web, "/changes.csv")] == ["r4", "r3", "r2", "r1"]
    assert json.loads(web.get("/changes.json").data)[2]["note"] == "A new body"
    assert web.get("/changes?page=2").status_code == 404


def test_a_revision_says_what_became_of_each_thing(web: FlaskClient) -> None:
    assert [row[:2] for row in table(page(web, "/changes/r2"))] == [
        ["new-body organisation", "new"],
        ["Another name organisation", "changed"],
    ]
    assert {row[0]: row[1] for row in table(page(web, "/changes/r3"))} == {
        "Another name organisation": "withdrawn at source",
        "new-body organisation": "gone",
    }
    assert [row[0] for row in table(page(web, "/changes/r3?fate=gone"))] == ["new-body organisation"]
    assert [row[0] for row in table(page(web, "/changes/r3?fate=gone&kind=organisation"))] == ["new-body organisation"]
    assert web.get("/changes/r3?kind=device").status_code == 404
    told = json.loads(web.get("/changes/r3.json").data)
    assert {one["thing"]: one["fate"] for one in told["things"]} == {ISO.value: "withdrawn at source", NEW.value: "gone"}


def test_a_revision_of_very_many_changes_stays_a_small_page(web: FlaskClient) -> None:
    for address in ("/changes/r4", "/changes/r1", "/diff/r2/r4", "/changes"):
        markup = page(web, address)
        assert len(re.findall(r"<[a-z]", markup)) <= 1500, address
    assert "1 200 things, page 1 of 24" in words(page(web, "/changes/r4"))
    assert "Body 1199" in page(web, "/changes/r4?page=24")
    assert web.get("/changes/r4?page=25").status_code == 404


def test_parts_of_a_file_that_have_no_name_there_come_last(web: FlaskClient) -> None:
    kinds = [words(row[0]) for row in table(page(web, "/changes/r1"))]
    assert not any("part of the ontology" in one for one in kinds)
    assert "part of the ontology" in page(web, "/changes/r1?kind=part+of+the+ontology")


def test_two_revisions_are_compared_by_number_or_by_the_form(web: FlaskClient) -> None:
    assert {row[0]: row[1] for row in table(page(web, "/diff/r1/r3"))} == {"Another name organisation": "withdrawn at source"}
    assert "Nothing differs" in page(web, "/diff/r3/r3")
    assert web.get("/diff?from=r1&to=r3").headers["Location"].endswith("/diff/r1/r3")
    assert web.get("/diff?from=r1").status_code == 400
    assert web.get("/history/r1..r3").headers["Location"].endswith("/diff/r1/r3")
    assert web.get("/history/r2").headers["Location"].endswith("/changes/r2")
    assert web.get("/history").headers["Location"].endswith("/changes")
    assert json.loads(web.get("/diff/r1/r3.json").data)["second"] == "r3"


@pytest.mark.parametrize(("address", "status"), [("/changes/r9", 404), ("/changes/then", 400), ("/diff/r1/r9", 404)])
def test_a_revision_that_there_is_not_is_told(web: FlaskClient, address: str, status: int) -> None:
    page(web, address, status)


def test_the_history_of_a_record_tells_each_revision_in_the_words_of_its_page(web: FlaskClient) -> None:
    markup = page(web, "/org/iso?view=history")
    told = words(markup)
    assert re.findall(r'<h2 id="(r\d)"', markup) == ["r3", "r2", "r1"]
    assert "The source lists it no longer. Published by a person" in told
    assert "from the source curated/standards-bodies" in told
    assert "withdrawn at source: 23 November 2026" in told
    taken = markup.partition("Taken away")[2].partition("Added")[0]
    assert "International Organization for Standardization" in taken
    assert "actor kind" in told
    assert "/org/iso?view=history" in set(links(page(web, "/org/iso")))


def test_the_history_of_a_record_is_there_as_data(web: FlaskClient) -> None:
    told = json.loads(web.get("/org/iso.json?view=history").data)
    assert (told["iri"], told["held"], told["revisions"]) == (ISO.value, True, 3)
    newest, second, first = told["history"]
    assert (newest["revision"], newest["agent"], newest["note"]) == ("r3", "a person", "The source lists it no longer")
    assert second["removed"][0]["value"] == OLD_NAME.object.value
    assert len(first["added"]) == len([quad for quad in small_world.quads() if quad.subject == ISO])
    assert web.get("/org/iso.ttl?view=history").status_code == 404


def test_a_thing_that_is_gone_keeps_its_history_under_the_name_that_it_had(web: FlaskClient) -> None:
    told = words(page(web, "/org/new-body?view=history"))
    assert "History of A new body" in told
    assert "No longer recorded" in told
    assert web.get("/org/new-body").status_code == 404


@pytest.mark.parametrize(
    "address", ["/ontology/StandardEdition", "/concept/us-fda-class/ii", "/mapping/0000000000000001", "/edition/iso-14971-2019"]
)
def test_every_kind_of_record_has_a_history_of_few_elements(web: FlaskClient, address: str) -> None:
    markup = page(web, f"{address}?view=history")
    assert "History of" in markup
    assert len(re.findall(r"<[a-z]", markup)) <= 1500


def test_what_no_revision_speaks_of_has_no_history_and_an_unknown_view_is_refused(web: FlaskClient) -> None:
    page(web, "/org/nobody?view=history", 404)
    page(web, "/org/iso?view=past", 400)
    page(web, "/org/iso?view=history&page=2", 404)
