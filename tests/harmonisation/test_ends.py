"""Records whose ends did not exist yet, or exist no more."""

from __future__ import annotations

import datetime as dt

import pytest
from pyoxigraph import NamedNode

from standards_graph.harmonisation import conflicts, writing
from standards_graph.harmonisation.claims import ALWAYS, OPEN_END, Period
from standards_graph.vocab import BASE, DCTERMS, SGO, concept
from tests.harmonisation.test_engine import TODAY, mapping, plain, written

OLD = """GRAPH <graph/curated/facts> {
  <scheme/y/a> sgo:validFrom "2010-01-01"^^xsd:date ; sgo:validUntil "2025-01-01"^^xsd:date .
}"""
NEWER = """GRAPH <graph/curated/facts> {
  <id/edition/en-new> a sgo:StandardEdition ; rdfs:label "EN 1:2020"@en ; sgo:supersedes <id/edition/en> %s.
}"""
GB = """GRAPH <graph/curated/facts> {
  <id/edition/gb> a sgo:StandardEdition ; rdfs:label "GB 1-2017"@en ; sgo:publishedOn "2017-01-01"^^xsd:date ; sgo:hasSourceRecord <id/source/one> ;
    sgo:printedPublishedOn %s ; sgo:isIdenticalAdoptionOf <id/edition/iso> .
  <id/edition/iso> a sgo:StandardEdition ; rdfs:label "ISO 1:2021"@en ; sgo:publishedOn "%s"^^xsd:date .
}"""  # noqa: E501 - one statement of a fixture stands on one line
ON_EDITIONS = mapping("8", "id/edition/en", "overlaps", "id/edition/other")


def told(kind: str, *texts: str, day: dt.date = TODAY) -> dict[str, str]:
    """The records that take part in conflicts or notices of a kind, with the sentence."""
    found = written(*texts, day=day)
    named = {
        quad.subject for quad in found if quad.predicate == SGO.conflictKind and quad.object == concept("conflict-kind", kind)
    }
    said = {quad.subject: quad.object.value for quad in found if quad.predicate == DCTERMS.description}
    return {
        quad.object.value.removeprefix(BASE): said[quad.subject]
        for quad in found
        if quad.predicate == SGO.conflictMember and quad.subject in named
    }


@pytest.mark.parametrize(
    ("own", "end", "leaves"),
    [
        (ALWAYS, Period("2010-01-01", "2020-01-01"), False),
        (Period("2012-01-01"), Period("2010-01-01", "2020-01-01"), False),
        (Period("2012-01-01", "2020-01-01"), Period("2010-01-01", "2020-01-01"), False),
        (Period("2009-12-31"), Period("2010-01-01"), True),
        (Period("2020-01-01"), Period("2010-01-01", "2020-01-01"), True),
        (Period("", "2020-01-02"), Period("2010-01-01", "2020-01-01"), True),
        (Period("2012-01-01", "2030-01-01"), Period("", OPEN_END), False),
    ],
)
def test_a_record_leaves_the_period_of_an_end_by_a_day_that_it_states(own: Period, end: Period, leaves: bool) -> None:
    assert own.leaves(end) is leaves


def test_a_record_outside_the_validity_of_an_end_is_a_conflict_and_nothing_follows_from_it() -> None:
    early = mapping("3", "scheme/z/a", "entails", "scheme/v/a", '; sgo:validFrom "2005-01-01"^^xsd:date')
    late = """GRAPH <graph/curated/facts> { <scheme/v/a> a skos:Concept , sgo:RiskClass ; skos:inScheme <scheme/v> ;
      sgo:validFrom "2010-01-01"^^xsd:date }"""
    assert list(told(conflicts.OUTSIDE, early, late)) == ["map/3"]
    assert not any("v/a" in one for one in plain(written(early, late)))
    assert told(conflicts.OUTSIDE, early.replace("2005", "2011"), late) == {}


def test_an_adoption_older_than_its_edition_is_a_conflict_as_far_as_its_date_is_printed() -> None:
    year, day = '"2017"^^xsd:gYear', '"2017-03-01"^^xsd:date'
    assert len(told(conflicts.OUTSIDE, GB % (year, "2021-05-01"))) == 1
    assert not any("edition/gb" in one for one in plain(written(GB % (year, "2021-05-01"))))
    assert len(told(conflicts.OUTSIDE, GB % (day, "2017-05-01"))) == 1
    assert told(conflicts.OUTSIDE, GB % (year, "2017-05-01")) == {}
    assert told(conflicts.OUTSIDE, GB % (day, "2017-01-01")) == {}


def test_a_record_that_goes_on_after_its_end_is_told_and_nothing_is_withdrawn() -> None:
    found = written(OLD)
    assert told(conflicts.STALE, OLD) == {"map/1": told(conflicts.STALE, OLD)["map/1"]}
    assert told(conflicts.STALE, OLD)["map/1"].endswith("Y A ended on 2025-01-01.")
    assert told(conflicts.STALE, OLD, day=dt.date(2024, 12, 31)) == {}
    assert {
        quad.graph_name for quad in found if quad.predicate == SGO.conflictMember and quad.object == NamedNode(BASE + "map/1")
    } == {writing.NOTICES}
    assert "scheme/x/a entails scheme/y/a" in plain(written(OLD, day=dt.date(2024, 12, 31)))


def test_a_record_on_a_superseded_edition_is_told_until_it_is_closed_or_the_successor_is_no_draft() -> None:
    other = "GRAPH <graph/curated/facts> { <id/edition/other> a sgo:StandardEdition }"
    newer = NEWER % ""
    assert told(conflicts.STALE, newer, ON_EDITIONS, other)["map/8"].endswith("EN 1:2011 is superseded by EN 1:2020.")
    closed = mapping("8", "id/edition/en", "overlaps", "id/edition/other", '; sgo:validUntil "2020-01-01"^^xsd:date')
    assert told(conflicts.STALE, newer, closed, other) == {}
    draft = NEWER % "; sgo:hasEditionStatus <scheme/edition-status/under-development> "
    assert told(conflicts.STALE, draft, ON_EDITIONS, other) == {}


@pytest.mark.parametrize(
    "gone",
    [
        "owl:deprecated true",
        "sgo:hasEditionStatus <scheme/edition-status/withdrawn>",
        "sgo:withdrawnAtSource '2026-01-01'^^xsd:date",
    ],
)
def test_a_deprecated_or_withdrawn_end_is_stale(gone: str) -> None:
    assert list(
        told(
            conflicts.STALE,
            f"GRAPH <graph/curated/facts> {{ <scheme/z/a> {gone} }}",
            mapping("3", "scheme/x/b", "entails", "scheme/z/a"),
        )
    ) == ["map/3"]


def test_an_adoption_between_old_editions_is_no_stale_record() -> None:
    both = NEWER % "" + NEWER.replace("en", "iec") % ""
    assert told(conflicts.STALE, both) == {}
    assert "id/edition/en equivalentTo id/edition/iec" in plain(written(both))
