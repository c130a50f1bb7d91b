"""Record pages, data sets and the ontology."""

from __future__ import annotations

import html
import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from standards_graph.vocab import BASE, SGO
from tests import small_world
from tests.webapp.pages import client, page, table, words

EDITION = "/edition/iso-14971-2007"


@pytest.fixture(scope="module")
def web() -> FlaskClient:
    return client()


def test_a_record_shows_its_name_title_identifier_status_and_iri(web: FlaskClient) -> None:
    told = words(page(web, "/edition/iso-14971-2019"))
    for said in (
        "standard edition",
        "ISO 14971:2019",
        "Application of risk management",
        "published",
        BASE + "id/edition/iso-14971-2019",
    ):
        assert said in told


def test_every_statement_of_a_record_is_on_its_page(web: FlaskClient) -> None:
    for subject in ("edition/iso-14971-2007", "org/us-fda", "recognition/fda-5-125", "device/example-imaging/bone-finder"):
        markup = page(web, f"/{subject}")
        told = words(markup)
        for quad in (quad for quad in small_world.facts() if quad.subject == ox.NamedNode(f"{BASE}id/{subject}")):
            if isinstance(quad.object, ox.NamedNode):
                assert html.escape(address(quad.object)) in markup, quad
            elif isinstance(quad.object, ox.Literal) and "XMLSchema#date" not in quad.object.datatype.value:
                assert quad.object.value in told, quad


def address(iri: ox.NamedNode) -> str:
    local = iri.value.removeprefix(BASE)
    return "/" + local.removeprefix("id/").replace("scheme/", "concept/") if not local.startswith("http") else local


def test_a_statement_bears_the_mark_of_its_source_with_its_level_of_reading(web: FlaskClient) -> None:
    markup = page(web, "/org/us-fda")
    assert 'href="#source-1"' in markup
    assert "https://example.org/regulators official page opened" in words(markup)
    assert "A note of the fixture." in markup


def test_dates_are_shown_as_printed_with_the_day_of_computing_beside_them(web: FlaskClient) -> None:
    told = {row[0]: row[1] for row in table(page(web, EDITION))}
    assert told["published on"].startswith("2007 (counted as 2007-01-01)")


def test_what_only_unverified_rows_say_is_marked(web: FlaskClient) -> None:
    assert "No reading has confirmed what is said here" in page(web, "/org/example-agency")
    told = {row[0]: row[1] for row in table(page(web, "/edition/en-62304-2006-plus-a1-2015"))}
    assert "unverified" in told["is identical adoption of"]
    assert "unverified" not in told["is adoption of"]


def test_what_points_at_a_record_is_on_its_page_and_has_pages_of_its_own(web: FlaskClient) -> None:
    told = page(web, "/jurisdiction/eu")
    assert "EU harmonised" in told
    whole = page(web, f"/jurisdiction/eu?incoming={SGO.inJurisdiction.value.replace('#', '%23')}")
    assert "EN ISO 14971:2019+A11:2021: EU harmonised" in whole
    assert "unverified" in whole
    assert "official identifier" in page(
        web, f"/standard/iec-62304?statements={SGO.officialIdentifier.value.replace('#', '%23')}"
    )


@pytest.mark.parametrize(
    ("ending", "syntax"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("json", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize(
    "path", [EDITION, "/concept/us-fda-class/ii", "/mapping/0000000000000001", "/dataset/curated/networks"]
)
def test_a_record_is_there_as_data(web: FlaskClient, path: str, ending: str, syntax: ox.RdfFormat) -> None:
    answer = web.get(f"{path}.{ending}")
    assert answer.status_code == 200
    assert list(ox.parse(answer.data, format=syntax))


def test_a_record_page_names_its_other_forms(web: FlaskClient) -> None:
    markup = page(web, EDITION)
    assert f'<link rel="alternate" type="text/turtle" href="{EDITION}.ttl">' in markup
    assert "How to cite" in markup
    assert "data revision 1" in markup


def test_a_data_set_tells_its_size_its_licence_and_its_classes(web: FlaskClient) -> None:
    told = words(page(web, "/dataset/curated/networks"))
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in told
    assert "regulatory network 2" in told
    assert "no: name it with GRAPH or FROM" in words(page(web, "/dataset/unverified/regulators"))
    assert "curated/networks" in page(web, "/dataset")


def test_the_ontology_lists_every_term_with_an_anchor_and_negotiates_turtle(web: FlaskClient) -> None:
    markup = page(web, "/ontology")
    for name in ("StandardEdition", "recognises", "officialIdentifier"):
        assert f'id="{name}"' in markup
        assert web.get(f"/ontology/{name}").status_code == 200
    turtle = web.get("/ontology", headers={"Accept": "text/turtle"})
    assert turtle.mimetype == "text/turtle"
    assert list(ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("media_type", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"])
@pytest.mark.parametrize("path", ["/ontology", "/ontology/0.1.0"])
def test_the_ontology_and_its_version_come_in_every_syntax_and_import_nothing(
    web: FlaskClient, path: str, media_type: str
) -> None:
    found = web.get(path, headers={"Accept": media_type})
    assert (found.status_code, found.mimetype) == (200, media_type)
    assert "StandardEdition" in found.text
    assert "owl#imports" not in found.text
    assert "owl:imports" not in found.text


def test_a_version_that_is_not_published_is_not_found(web: FlaskClient) -> None:
    assert web.get("/ontology/9.9.9").status_code == 404


@pytest.mark.parametrize(
    "path",
    [f"/{one}/none" for one in ("edition", "concept", "mapping", "dataset", "ontology", "nothing")]
    + ["/edition/a%22b", "/edition/none.ttl"],
)
def test_what_nothing_is_recorded_about_is_not_found(web: FlaskClient, path: str) -> None:
    assert web.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        EDITION + "?foo=1",
        EDITION + ".ttl?foo=1",
        EDITION + "?incoming=%3C",
        "/dataset?foo=1",
        "/dataset/curated/networks?page=1",
    ],
)
def test_a_wrong_parameter_is_told(web: FlaskClient, path: str) -> None:
    assert web.get(path).status_code == 400


def test_claims_about_a_thing_are_shown_with_their_finding_and_marked_where_nobody_confirmed_them(web: FlaskClient) -> None:
    told = page(web, "/jurisdiction/gb").partition('<h2 id="claims">')[2].partition("</table>")[0]
    assert "United Kingdom joined the network" in words(told)
    assert "story, seed news story, 26 June 2025" in words(told)
    assert 'sg-tag--good">confirmed<' in told
    assert 'href="https://example.org/story"' in told
    doubtful = words(page(web, "/org/mhra").partition('<h2 id="claims">')[2].partition("</table>")[0])
    assert "not a checkable fact unverified" in doubtful
    assert 'id="claims"' not in page(web, "/jurisdiction/us")


def test_every_module_has_a_page_with_a_diagram_its_terms_and_few_elements(web: FlaskClient) -> None:
    modules = set(re.findall(r'href="(/ontology/module/[a-z]+)"', page(web, "/ontology")))
    assert len(modules) == 14
    for address in modules:
        markup = page(web, address)
        assert len(re.findall(r"<[a-z]", markup)) <= 1_500, address
        assert "unstable" in markup, address
    core = page(web, "/ontology/module/recognition")
    assert core.count('role="img"') == 2
    assert "recognition 38829 of the FDA" in core
    assert web.get("/ontology/module/none").status_code == 404


@pytest.mark.parametrize(
    ("ending", "kind"),
    [("sssom.tsv", "text/tab-separated-values"), ("sssom.json", "application/json"), ("sssom.ttl", "text/turtle")],
)
def test_a_mapping_set_is_there_in_the_forms_of_sssom(web, ending, kind):
    assert f"/dataset/mapping/risk-classes.{ending}" in page(web, "/dataset/mapping/risk-classes")
    found = web.get(f"/dataset/mapping/risk-classes.{ending}")
    assert (found.status_code, found.mimetype) == (200, kind)
    assert f'filename="risk-classes.{ending}"' in found.headers["Content-Disposition"]
    assert "skos:" in found.text
    assert web.get(f"/dataset/mapping/nothing.{ending}").status_code == 404
