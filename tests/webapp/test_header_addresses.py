"""What the header of the ontology points at within the registry is served."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from standards_graph.formats.header import ONTOLOGY
from standards_graph.importing import ontology
from standards_graph.vocab import BASE, MOD, RDFS, SCHEMA
from tests.webapp.pages import client

POINTING = (MOD.competencyQuestion, RDFS.seeAlso, SCHEMA.includedInDataCatalog, SCHEMA.logo)
ADDRESSES = sorted(
    quad.object.value.removeprefix(BASE)
    for quad in ontology.quads()
    if quad.subject == ONTOLOGY and quad.predicate in POINTING and isinstance(quad.object, NamedNode)
)


@pytest.fixture(scope="module")
def web() -> FlaskClient:
    return client()


def test_the_header_points_at_its_logo_its_catalogue_and_its_questions():
    assert {"logo.svg", "data", "about", "questions"} <= set(ADDRESSES)
    assert len([one for one in ADDRESSES if one.startswith("questions/")]) > 10


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_header_is_served(web: FlaskClient, address: str):
    assert web.get(f"/{address}", follow_redirects=True).status_code == 200
