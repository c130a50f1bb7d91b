"""What corresponds, why, and what contradicts, as a reader asks for it."""

from __future__ import annotations

import datetime as dt

import pytest

from standards_graph.browse.equivalence import Equivalence
from standards_graph.errors import BadArgument, NotFound
from standards_graph.harmonisation import following
from standards_graph.registry import Registry
from tests.harmonisation.test_engine import TODAY, WORLD, mapping, quads

USED = """GRAPH <graph/curated/facts> {
  <id/jurisdiction/nz> a sgo:Jurisdiction ; rdfs:label "New Zealand"@en ; sgo:usesClassificationScheme <scheme/z> . }"""

DAYS = ("2014-12-31", "2027-03-31", "2027-04-01")
"""Before a recognition begins, the last day of its transition, and the day after."""


def asked(*texts: str) -> Equivalence:
    facts = quads(WORLD, USED, *texts)
    return Registry.in_memory([*facts, *following.follows(facts, TODAY)]).equivalence


def test_what_is_stated_and_what_follows_is_listed_the_surest_first() -> None:
    found = asked().counterparts("x/a")
    assert [(one.target.text, one.confidence, one.is_inferred) for one in found] == [("Y A", 0.9, False), ("Z A", 0.72, True)]
    assert found[1].why.startswith("X A falls under Z A: ")


@pytest.mark.parametrize(
    "place", ["z", "scheme/z", "sgs:z", "nz", "jurisdiction/nz", "https://w3id.org/standards-graph/scheme/z"]
)
def test_a_place_is_a_scheme_or_the_jurisdiction_that_uses_it(place: str) -> None:
    within = place.removeprefix("scheme/") if place.startswith("scheme/") else place
    assert [one.target.text for one in asked().counterparts("x/a", within=within)] == ["Z A"]


def test_an_edition_is_in_a_place_where_it_is_recognised_in_effect() -> None:
    found = asked().counterparts("edition/en", within="us")
    assert {one.target.text for one in found} == {"IEC 1:2010", "BS 1:2012"}


def test_an_edition_is_in_a_place_on_the_days_on_which_it_is_recognised_there() -> None:
    found = {on: asked().counterparts("edition/iec", within="us", on=dt.date.fromisoformat(on)) for on in DAYS}
    assert [{one.target.text for one in found[on]} for on in DAYS] == [{"BS 1:2012"}, {"EN 1:2011", "BS 1:2012"}, {"BS 1:2012"}]


def test_the_parts_of_a_country_count_with_it() -> None:
    part = """GRAPH <graph/curated/facts> {
      <id/jurisdiction/nz-n> a sgo:Jurisdiction ; rdfs:label "North"@en ; sgo:usesClassificationScheme <scheme/y> ;
      sgo:partOfJurisdiction <id/jurisdiction/nz> ; sgo:hasJurisdictionKind <scheme/jurisdiction-kind/part-of-a-country> }"""
    assert {one.target.text for one in asked(part).counterparts("x/a", within="nz")} == {"Y A", "Z A"}


def test_an_edition_may_be_named_as_it_is_printed() -> None:
    printed = 'GRAPH <graph/curated/facts> { <id/edition/iec-1-2010> a sgo:StandardEdition ; rdfs:label "IEC 1:2010"@en }'
    same = mapping("8", "id/edition/iec-1-2010", "equivalentTo", "id/edition/iec")
    assert [one.target.text for one in asked(printed, same).counterparts("IEC 1:2010")][:1] == ["IEC 1:2010"]


def test_that_two_may_be_the_same_is_told_where_one_is_said_to_lie_in_the_other() -> None:
    (lax,) = [one for one in asked().counterparts("x/a") if one.strictness_unknown]
    assert lax.target.text == "Z A"


@pytest.mark.parametrize(("thing", "place"), [("x/nothing", ""), ("ISO 99999:2020", ""), ("x/a", "atlantis")])
def test_what_nobody_speaks_of_is_not_called_a_thing_without_counterparts(thing: str, place: str) -> None:
    with pytest.raises(NotFound):
        asked().counterparts(thing, within=place)


def test_on_a_day_only_what_holds_then_is_listed() -> None:
    assert len(asked().counterparts("x/a", on=dt.date(2026, 12, 31))) == 2
    assert len(asked().counterparts("x/a", on=dt.date(2027, 1, 1))) == 1


def test_a_record_says_why_down_to_its_sources() -> None:
    registry = asked()
    (inferred,) = registry.counterparts("x/a", within="z")
    own, *premises = registry.why(inferred.record.value)
    assert own.explanation
    assert [(one.derivation, one.step, one.record.value.rpartition("/")[2]) for one in premises] == [(1, 1, "1"), (1, 2, "2")]
    assert all(one.sources == ("https://example.org/one",) for one in premises)


def test_a_record_that_is_stated_has_its_own_source() -> None:
    (own,) = asked().why("sgm:1")
    assert own.sources == ("https://example.org/one",)


def test_a_candidate_without_a_confidence_is_a_record_all_the_same() -> None:
    said = (
        mapping("9", "scheme/x/a", "relatedTo", "scheme/y/a")
        .replace("sssom:confidence 0.9 ;", "")
        .replace("accepted", "candidate")
    )
    (own,) = asked(said).why("sgm:9")
    assert own.confidence is None


def test_conflicts_are_listed_and_their_records_are_no_counterparts() -> None:
    registry = asked(mapping("3", "scheme/y/a", "excludes", "scheme/x/a"))
    (found,) = registry.conflicts()
    assert found.kind.iri.value.endswith("/contradicting-pair")
    assert [one.value.rpartition("/")[2] for one in found.members] == ["1", "3"]
    assert registry.counterparts("x/a") == ()


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(NotFound):
        asked().why("nothing")
    with pytest.raises(NotFound):
        asked().counterparts("no name > at all")
    with pytest.raises(BadArgument):
        asked().why("no name > at all")
