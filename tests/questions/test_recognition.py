"""How the questions on recognised editions read days, adoptions, extents and what nobody recorded."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.registry import Registry
from standards_graph.vocab import RDF, SGO, XSD
from tests import small_world as world
from tests.questions.test_questions import answer, day

US, EU, GB = (vocab.entity("jurisdiction", code) for code in ("us", "eu", "gb"))
PERHAPS = "perhaps: degree of adoption not read"
NOT_IN_FULL = "perhaps: an identical edition is recognised, not stated to be in full"
BASE = "iec-62304-2006-plus-amd1-2015"
"""What an edition that the FDA recognises in part in the small world adopts identically."""


def edition(slug: str) -> NamedNode:
    return vocab.entity("edition", slug)


def number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def lapsing(end: str) -> tuple[Quad, ...]:
    """The small world in which what counts in effect has an end, as if a mapping under it had been withdrawn."""
    effective = vocab.entity("effective", "us-en-62304")
    return (*world.quads(), Quad(effective, SGO.validUntil, day(end), vocab.graph("inferred/facts")))


# --- S4: recognised here and not there ---


def test_what_an_adoption_there_may_stand_for_is_not_called_missing(small_world: Registry) -> None:
    rows = answer(small_world, "recognised-here-and-not-there")
    assert [row["reference"] for row in rows] == ["AAMI TIR57:2016"]


def test_an_edition_is_missing_there_before_its_counterpart_is_recognised(small_world: Registry) -> None:
    name = "recognised-here-and-not-there"
    rows = answer(small_world, name, on=day("2022-05-16"))
    assert {row["reference"]: row["since"] for row in rows}["ISO 14971:2019"] == "2019-12-23"
    assert "ISO 14971:2019" not in {row["reference"] for row in answer(small_world, name, on=day("2022-05-17"))}


def test_another_edition_of_the_same_standard_is_shown_and_does_not_count(small_world: Registry) -> None:
    (row,) = answer(small_world, "recognised-here-and-not-there", here=GB, there=US)
    assert (row["reference"], row["near"]) == ("ISO 14971:2007", edition("iso-14971-2019").value)


def test_where_nobody_states_completeness_the_answer_says_so(small_world: Registry) -> None:
    name = "recognised-here-and-not-there"
    assert {row["complete"] for row in answer(small_world, name)} == {"2026-10-01"}
    assert {row["complete"] for row in answer(small_world, name, here=GB, there=US)} == {"not stated"}


def test_what_counts_in_effect_there_is_a_counterpart_until_its_mapping_ends() -> None:
    name, own = "recognised-here-and-not-there", edition("en-62304-2006-plus-a1-2015")
    # With no adoption left between the two, the mapping alone links them.
    unlinked = [quad for quad in lapsing("2026-06-01") if (quad.subject, quad.predicate) != (own, SGO.isAdoptionOf)]
    with Registry.in_memory(unlinked) as registry:
        told = [answer(registry, name, here=EU, there=US, on=day(on)) for on in ("2026-05-31", "2026-06-01")]
    assert ["EN 62304:2006+A1:2015" in {row["reference"] for row in rows} for rows in told] == [False, True]


# --- S5: superseded and still recognised ---


def test_a_newer_edition_counts_from_the_day_it_was_published(small_world: Registry) -> None:
    name = "superseded-editions-still-recognised"
    assert answer(small_world, name, on=day("2019-12-09")) == []
    rows = answer(small_world, name, on=day("2019-12-10"))
    assert {row["jurisdiction"]: row["until"] for row in rows} == {US.value: "2020-01-01", EU.value: "2020-01-01"}
    assert [row["jurisdiction"] for row in answer(small_world, name, on=day("2021-01-01"))] == [GB.value]


def test_a_draft_supersedes_nothing_yet() -> None:
    drafted = Quad(
        edition("iso-14971-2019"),
        SGO.hasEditionStatus,
        vocab.concept("edition-status", "under-development"),
        vocab.graph("curated/standards"),
    )
    with Registry.in_memory((*world.quads(), drafted)) as registry:
        assert answer(registry, "superseded-editions-still-recognised") == []


# --- S7: in the most jurisdictions ---


def test_a_recognition_in_part_counts_for_the_edition_it_names_alone(small_world: Registry) -> None:
    rows = answer(small_world, "editions-recognised-in-most-jurisdictions", at_least=number(1))
    told = {row["reference"]: (row["directly"], row["in_substance"], row["perhaps"]) for row in rows}
    assert told["ANSI/AAMI IEC 62304:2006/A1:2016"] == ("1", "1", "2")
    assert "IEC 62304:2006+AMD1:2015 CSV" not in told


def test_fewer_jurisdictions_let_more_editions_in(small_world: Registry) -> None:
    name = "editions-recognised-in-most-jurisdictions"
    found = [{row["reference"] for row in answer(small_world, name, at_least=number(n))} for n in (1, 2, 3, 4)]
    assert found[0] > found[1] > found[2] > found[3] == set()


def test_what_counts_in_effect_counts_until_the_mapping_ends() -> None:
    name = "editions-recognised-in-most-jurisdictions"
    with Registry.in_memory(lapsing("2026-06-01")) as registry:
        told = [answer(registry, name, on=day(on)) for on in ("2026-05-31", "2026-06-01")]
    rows = [next(row for row in rows if row["reference"] == "EN 62304:2006+A1:2015") for rows in told]
    assert [(row["directly"], row["in_substance"], row["perhaps"]) for row in rows] == [("1", "2", "2"), ("1", "1", "2")]


# --- S8: in part ---


def test_recognitions_in_part_can_be_asked_for_one_place(small_world: Registry) -> None:
    (row,) = answer(small_world, "recognitions-in-part", jurisdiction=GB)
    assert (row["reference"], row["left_out"]) == ("ISO 14971:2007", "ISO 14971:2007, clause 9")
    assert answer(small_world, "recognitions-in-part", jurisdiction=EU) == []


def test_a_partial_recognition_goes_with_its_transition(small_world: Registry) -> None:
    name = "recognitions-in-part"
    assert len(answer(small_world, name, jurisdiction=US, on=day("2027-06-30"))) == 1
    assert answer(small_world, name, jurisdiction=US, on=day("2027-07-01")) == []


# --- S9: requirements and clauses ---


def test_a_requirement_without_a_clause_is_listed_as_not_recorded(small_world: Registry) -> None:
    rows = answer(small_world, "requirements-and-the-clauses-that-cover-them")
    assert {row["number"]: (row["how"], row["recognised"]) for row in rows} == {
        "Annex I, 3": ("fully", "yes"),
        "Annex I, 17.2": ("in part", "yes"),
        "Annex I, 23": ("no clause recorded", ""),
    }


def test_a_standard_that_is_not_recognised_yet_covers_and_says_so(small_world: Registry) -> None:
    rows = answer(small_world, "requirements-and-the-clauses-that-cover-them", on=day("2022-05-16"))
    assert {row["number"]: row["recognised"] for row in rows if row["clause"]} == {
        "Annex I, 3": "not recorded",
        "Annex I, 17.2": "yes",
    }


def test_a_law_without_provisions_has_no_requirements(small_world: Registry) -> None:
    law = vocab.entity("law", "us-21-cfr-820")
    assert answer(small_world, "requirements-and-the-clauses-that-cover-them", law=law) == []


def test_a_crosswalk_links_a_requirement_with_a_clause_in_its_own_words() -> None:
    link, where = vocab.entity("crosswalk", "clause-4-annex-i-23"), vocab.graph("curated/crosswalk-pairs")
    requirement = vocab.entity("provision", "eu-2017-745/annex-i-23")
    said = {
        RDF.type: SGO.ProvisionCrosswalk,
        SGO.crosswalkFrom: vocab.entity("provision", "en-iso-14971-2019/clause-4"),
        SGO.crosswalkTo: requirement,
        SGO.crosswalkRelation: vocab.concept("provision-relation", "overlaps"),
    }
    with Registry.in_memory((*world.quads(), *(Quad(link, p, o, where) for p, o in said.items()))) as registry:
        rows = answer(registry, "requirements-and-the-clauses-that-cover-them")
    assert {row["how"] for row in rows if row["requirement"] == requirement.value} == {"the clause overlaps the requirement"}


# --- S10: what an edition rests on ---


def test_an_undated_reference_is_called_so_and_a_dated_one_shows_its_successor(small_world: Registry) -> None:
    rows = answer(small_world, "documents-an-edition-rests-on", edition=edition("iec-62304-2006"))
    assert {row["reference"]: (row["reading"], row["successor"]) for row in rows} == {
        "ISO 13485": ("normative reference, undated", ""),
        "ISO 14971:2007": ("normative reference", edition("iso-14971-2019").value),
    }
    assert answer(small_world, "documents-an-edition-rests-on", edition=edition("iso-14971-2019")) == []


# --- S11: mandatory and voluntary ---


def test_a_standard_is_mandatory_from_the_day_of_the_rule(small_world: Registry) -> None:
    name = "mandatory-here-voluntary-there"
    assert answer(small_world, name, on=day("2026-02-01")) == []
    (row,) = answer(small_world, name, on=day("2026-02-02"))
    assert (row["mandatory_in"], row["voluntary_in"], row["how"]) == (US.value, GB.value, "same edition")


def test_an_adoption_whose_degree_nobody_read_links_perhaps() -> None:
    recognitions = vocab.graph("curated/recognitions")
    adopted, national = edition("iso-13485-2016"), edition("en-62304-2006-plus-a1-2015")
    changes = (
        Quad(national, SGO.isAdoptionOf, adopted, recognitions),
        Quad(
            vocab.entity("recognition", "eu-mdr-en-62304"),
            SGO.hasRegulatoryEffect,
            vocab.concept("effect", "presumption-of-conformity"),
            recognitions,
        ),
    )
    with Registry.in_memory((*world.quads(), *changes)) as registry:
        rows = answer(registry, "mandatory-here-voluntary-there")
    assert {row["voluntary_reference"]: row["how"] for row in rows} == {
        "ISO 13485:2016": "same edition",
        "EN 62304:2006+A1:2015": PERHAPS,
    }


# --- S12: topics without a recognised standard ---


def test_a_topic_of_two_jurisdictions_shows_with_a_lower_bar(small_world: Registry) -> None:
    name = "topics-without-a-recognised-standard"
    found = {row["subject"].rpartition("/")[2]: row["jurisdictions"] for row in answer(small_world, name, at_least=number(2))}
    assert found["privacy"] == "2"
    assert "risk-management" not in found


def test_guidance_without_a_place_counts_where_its_publishers_act(small_world: Registry) -> None:
    rows = answer(small_world, "topics-without-a-recognised-standard", at_least=number(2))
    assert {row["subject"].rpartition("/")[2]: row["jurisdictions"] for row in rows}["transparency"] == "2"


def test_a_topic_may_be_without_a_standard_in_one_place_and_not_in_another() -> None:
    name, topic = "topics-without-a-recognised-standard", vocab.concept("topic", "human-oversight")
    of = Quad(edition("aami-tir57-2016"), SGO.addressesTopic, topic, vocab.graph("curated/recognitions"))
    with Registry.in_memory((*world.quads(), of)) as registry:
        told = {place: answer(registry, name, jurisdiction=place) for place in (US, EU)}
        anywhere = answer(registry, name)
    assert told[US] == []
    assert [(row["subject"], row["standards"], row["complete"]) for row in told[EU]] == [(topic.value, "1", "2026-10-01")]
    assert anywhere == []


# --- S14: recognised on a day ---


def test_what_counts_on_a_day_says_how_and_why(small_world: Registry) -> None:
    rows = answer(small_world, "editions-recognised-on-a-day", on=day("2026-02-01"))
    told = {(row["reference"], row["how"]): row["why"] for row in rows}
    assert told["ISO 14971:2019", "directly"] == "FD&C Act section 514(c)"
    assert told["EN 62304:2006+A1:2015", "in substance"].startswith("The adoption by AAMI is recognised")
    assert {row["regime"] for row in rows if row["reference"] == "ISO 13485:2016"} == {"FDA recognised consensus standard"}


def test_an_edition_no_longer_counts_in_effect_once_its_mapping_ended() -> None:
    name = "editions-recognised-on-a-day"
    with Registry.in_memory(lapsing("2026-06-01")) as registry:
        told = [answer(registry, name, on=day(on)) for on in ("2026-05-31", "2026-06-01")]
    assert ["EN 62304:2006+A1:2015" in {row["reference"] for row in rows} for rows in told] == [True, False]


def test_a_decision_of_unknown_start_did_not_stand_before_its_edition_was_published(small_world: Registry) -> None:
    name = "editions-recognised-on-a-day"
    told = [{row["reference"] for row in answer(small_world, name, on=day(on))} for on in ("2016-02-29", "2016-03-01")]
    assert ["ISO 13485:2016" in references for references in told] == [False, True]


def test_a_recognition_in_part_is_not_passed_on_to_what_its_edition_adopts(small_world: Registry) -> None:
    on_day = answer(small_world, "editions-recognised-on-a-day")
    (there,) = (
        row for row in answer(small_world, "where-an-edition-is-accepted", edition=edition(BASE)) if row["extent"] == "partial"
    )
    assert edition(BASE).value not in {row["edition"] for row in on_day if row["extent"] == "partial"}
    assert (there["jurisdiction"], there["how"]) == (US.value, NOT_IN_FULL)


def test_an_identical_edition_does_not_count_where_nothing_follows_from_its_adoption() -> None:
    """As before it was published, or after a reviewer rejected that the two are the same."""
    name, graph = "where-an-edition-is-accepted", vocab.graph("curated/recognitions")
    full = Quad(vocab.entity("recognition", "fda-13-32"), SGO.hasRecognitionExtent, vocab.concept("extent", "complete"), graph)
    with Registry.in_memory((*world.quads(), full)) as registry:
        assert US.value not in {row["jurisdiction"] for row in answer(registry, name, edition=edition(BASE))}


# --- M1: recognised in all of several places ---


def test_a_third_jurisdiction_must_recognise_it_too(small_world: Registry) -> None:
    name = "standards-recognised-in-all-of-my-jurisdictions"
    rows = answer(small_world, name, third=GB)
    assert {(row["reference"], row["jurisdiction"]): row["how"] for row in rows} == {
        ("ISO 14971:2019", US.value): "directly",
        ("ISO 14971:2019", GB.value): "directly",
        ("ISO 14971:2019", EU.value): PERHAPS,
        ("EN ISO 14971:2019+A11:2021", US.value): PERHAPS,
        ("EN ISO 14971:2019+A11:2021", GB.value): PERHAPS,
        ("EN ISO 14971:2019+A11:2021", EU.value): "directly",
    }
    lifecycle = vocab.concept("topic", "software-lifecycle")
    assert answer(small_world, name, topic=lifecycle)
    assert answer(small_world, name, topic=lifecycle, third=GB) == []


def test_both_places_must_recognise_it_on_the_day(small_world: Registry) -> None:
    name = "standards-recognised-in-all-of-my-jurisdictions"
    assert answer(small_world, name, on=day("2022-05-16")) == []
    assert {row["reference"] for row in answer(small_world, name, on=day("2015-01-01"))} == set()


# --- M2: where an edition is accepted ---


def test_an_adoption_is_accepted_where_the_adopted_edition_is(small_world: Registry) -> None:
    rows = answer(small_world, "where-an-edition-is-accepted", edition=edition("en-62304-2006-plus-a1-2015"))
    assert {row["jurisdiction"]: (row["how"], row["extent"], row["until"]) for row in rows} == {
        EU.value: ("directly", "not read", "no end recorded"),
        US.value: ("in substance", "partial", "2027-06-30"),
    }


def test_without_its_mapping_an_adoption_is_accepted_perhaps() -> None:
    name, own = "where-an-edition-is-accepted", edition("en-62304-2006-plus-a1-2015")
    with Registry.in_memory(lapsing("2026-06-01")) as registry:
        rows = answer(registry, name, edition=own, on=day("2026-06-01"))
    assert {row["jurisdiction"]: row["how"] for row in rows} == {EU.value: "directly", US.value: PERHAPS}


# --- M10: transition periods ---


@pytest.mark.parametrize(
    ("on", "months", "found"),
    [
        ("2026-11-22", 12, True),
        ("2026-11-30", 7, True),
        ("2026-11-29", 7, False),
        ("2027-06-30", 0, True),
        ("2027-07-01", 12, False),
    ],
)
def test_a_transition_is_found_within_months_and_through_its_last_day(
    small_world: Registry, on: str, months: int, found: bool
) -> None:
    rows = answer(small_world, "transition-periods-ending-soon", on=day(on), months=number(months))
    assert bool(rows) is found


def test_an_end_that_a_law_sets_is_a_transition_too() -> None:
    text = """
    @base <https://w3id.org/standards-graph/> . @prefix sgo: <https://w3id.org/standards-graph/ontology#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <graph/curated/regulation-dates> { <id/milestone/grace> a sgo:RegulatoryMilestone ; sgo:milestoneOf <id/law/eu-2024-1689> ;
      sgo:milestoneKind "end of grace period" ; sgo:milestoneProvision "marking" ; sgo:validFrom "2026-12-02"^^xsd:date . }
    """
    with Registry.in_memory((*world.quads(), *ox.parse(text, format=ox.RdfFormat.TRIG))) as registry:
        rows = answer(registry, "transition-periods-ending-soon")
    assert [(row["kind"], row["jurisdiction"], row["part"]) for row in rows] == [
        ("end of grace period", EU.value, "marking"),
        ("recognition", US.value, ""),
    ]


# --- what a source withdrew ---

TOLD = {
    "editions-recognised-on-a-day": {"jurisdiction": GB},
    "mandatory-here-voluntary-there": {},
    "recognitions-of-an-edition": {"edition": edition("iso-13485-2016")},
    "standards-recognised-in-all-of-my-jurisdictions": {"topic": vocab.concept("topic", "qms"), "first": US, "second": GB},
    "us-recognised-eu-harmonised": {"here": US, "there": GB},
    "where-an-edition-is-accepted": {"edition": edition("iso-13485-2016")},
}
"""Questions that a recognition of ISO 13485:2016 in Great Britain is in the answer to."""
WITHDRAWN = vocab.entity("recognition", "gb-iso-13485")


@pytest.fixture(scope="module")
def withdrawn() -> Registry:
    """The small world in which a source was seen, on 2026-06-01, to list a recognition no longer."""
    topic = Quad(edition("iso-13485-2016"), SGO.addressesTopic, vocab.concept("topic", "qms"), vocab.graph("curated/standards"))
    gone = Quad(WITHDRAWN, SGO.withdrawnAtSource, day("2026-06-01"), vocab.graph("curated/recognitions"))
    return Registry.in_memory((*world.quads(), gone, topic))


def twice(registry: Registry, name: str, **values: NamedNode | Literal) -> list[list[dict[str, str]]]:
    return [answer(registry, name, **values, on=day(on)) for on in ("2026-05-31", "2026-06-01")]


@pytest.mark.parametrize("name", TOLD)
def test_what_its_source_withdrew_counts_until_that_was_noticed(withdrawn: Registry, name: str) -> None:
    found = twice(withdrawn, name, **TOLD[name])
    assert [any(WITHDRAWN.value in row.values() for row in rows) for rows in found] == [True, False]


def test_what_a_source_there_withdrew_is_no_counterpart_any_more(withdrawn: Registry) -> None:
    found = twice(withdrawn, "recognised-here-and-not-there", here=US, there=GB)
    assert ["ISO 13485:2016" in {row["reference"] for row in rows} for rows in found] == [False, True]


def test_what_a_source_withdrew_is_not_counted(withdrawn: Registry) -> None:
    found = twice(withdrawn, "editions-recognised-in-most-jurisdictions", at_least=number(1))
    assert [{row["reference"]: row["directly"] for row in rows}["ISO 13485:2016"] for rows in found] == ["3", "2"]


def test_that_a_source_withdrew_a_recognition_is_told_as_a_change(withdrawn: Registry) -> None:
    rows = answer(withdrawn, "changes-in-recognitions", since=day("2026-06-01"))
    assert {row["change"]: row["decision"] for row in rows}["no longer listed by its source, noticed"] == WITHDRAWN.value
