"""Correspondences for other tools, from a registry: OSCAL with the right relations, and two schemes against each other."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest

from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.harmonisation import following
from standards_graph.publishing.exchange import Exchange
from standards_graph.registry import Registry
from tests.harmonisation.test_engine import TODAY, WORLD, mapping, quads

MORE = (
    mapping("10", "scheme/z/a", "excludes", "scheme/x/b"),
    mapping("11", "scheme/x/a", "equivalentTo", "scheme/w/a"),
    mapping("12", "scheme/w/a", "excludes", "scheme/x/a"),
    mapping("13", "scheme/x/b", "closeTo", "scheme/z/a", "; sssom:predicate_modifier sssom:NegatedPredicate"),
    "GRAPH <graph/mapping/close> { <map/20> a owl:Axiom , sgo:MappingRecord ; owl:annotatedSource <scheme/x/b> ;"
    " owl:annotatedProperty sgo:closeTo ; owl:annotatedTarget <scheme/y/a> ; sssom:confidence 0.7 ;"
    " sgo:hasMappingStatus <scheme/mapping-status/candidate> . }",
    """GRAPH <graph/curated/law> {
      <id/law/one> a sgo:RegulatoryInstrument ; rdfs:label "Law One"@en ; sgo:hasProvision <id/provision/one/1> .
      <id/provision/one/1> a sgo:Provision ; rdfs:label "Law One, Article 1"@en .
      <id/provision/two/5> a sgo:Provision ; rdfs:label "Law Two, Article 5"@en ; sgo:isProvisionOf <id/law/two> .
    }""",
    mapping("14", "id/provision/one/1", "entails", "id/provision/two/5"),
)


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    facts = quads(WORLD, *MORE)
    return Registry.in_memory([*facts, *following.follows(facts, TODAY)]).exchange


def maps(exchange: Exchange, name: str, on: dt.date | None = None) -> dict[tuple[str, str], Any]:
    told = json.loads(exchange.oscal(name, on=on).body)["mapping-collection"]
    return {
        (one["sources"][0]["id-ref"], one["targets"][0]["id-ref"]): one for each in told["mappings"] for one in each["maps"]
    }


def test_a_set_is_told_with_the_relation_of_each_record(exchange: Exchange) -> None:
    found = maps(exchange, "classes")
    assert {pair: one["relationship"] for pair, one in found.items()} == {
        ("x.a", "y.a"): "subset-of",
        ("y.a", "z.a"): "equivalent-to",
    }
    assert found["x.a", "y.a"]["confidence-score"] == {"percentage": 0.9}
    assert {"href": "https://example.org/one", "rel": "reference"} in found["x.a", "y.a"]["links"]


def test_a_day_leaves_out_what_does_not_hold_on_it(exchange: Exchange) -> None:
    assert set(maps(exchange, "classes", dt.date(2027, 1, 1))) == {("x.a", "y.a")}
    assert len(maps(exchange, "classes", dt.date(2026, 12, 31))) == 2


def test_identical_adoptions_are_equal_and_so_is_what_follows_from_them_alone(exchange: Exchange) -> None:
    found = maps(exchange, "inferred")
    assert found["edition.en", "edition.iec"]["relationship"] == "equal-to"
    assert found["edition.en", "edition.bs"]["relationship"] == "equal-to"


def test_a_provision_that_entails_another_asks_for_more(exchange: Exchange) -> None:
    assert maps(exchange, "more")["one.1", "two.5"]["relationship"] == "superset-of"
    assert maps(exchange, "inferred")["two.5", "one.1"]["relationship"] == "subset-of"


def test_what_is_contested_is_left_out_with_its_count(exchange: Exchange) -> None:
    told = json.loads(exchange.oscal("more").body)["mapping-collection"]
    assert {one.get("remarks"): one["value"] for one in told["metadata"]["props"] if one["name"] == "left-out"} == {
        "contested": "2",
        "denied": "1",
    }


def test_a_set_of_which_nothing_can_be_said_is_refused_with_the_reason(exchange: Exchange) -> None:
    with pytest.raises(NotAcceptable, match="1 candidate"):
        exchange.oscal("close")
    with pytest.raises(NotFound, match="there are: classes, close, more, inferred"):
        exchange.oscal("nothing")


def table(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode())))


def test_two_schemes_are_set_against_each_other_with_every_pair(exchange: Exchange) -> None:
    head, *rows = table(exchange.matrix("x", "z").body)
    assert head == ["class", "name", "z/a Z A"]
    assert [row[:2] for row in rows] == [["x/a", "X A"], ["x/b", "X B"]]
    assert "falls under (0.72, inferred, software" in rows[0][2]
    assert "excludes (0.9, asserted)" in rows[1][2]
    assert "is close to (0.9, denied)" in rows[1][2]


def test_what_is_said_from_the_other_end_is_turned_and_not_told_twice(exchange: Exchange) -> None:
    _, row = table(exchange.matrix("y", "x").body)
    inferred = "excludes (0.72, inferred, software, from 2020-01-01, until 2027-01-01)"
    assert row[2:] == ["holds all of (0.9, asserted)", f"{inferred} | is close to (0.7, candidate)"]


def test_no_record_is_told_in_words(exchange: Exchange) -> None:
    _, *rows = table(exchange.matrix("z", "y").body)
    assert rows == [["z/a", "Z A", "is the same as (0.8, asserted, software, from 2020-01-01, until 2027-01-01)"]]
    _, row = table(exchange.matrix("z", "y", on=dt.date(2027, 1, 1)).body)
    assert row[2] == "not recorded"


def test_a_scheme_that_is_not_there_is_told(exchange: Exchange) -> None:
    with pytest.raises(NotFound, match="'nothing'"):
        exchange.matrix("x", "nothing")
