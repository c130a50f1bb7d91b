"""Places side by side on the small world: each state of not knowing apart from the others, and from "no"."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pytest
from pyoxigraph import Literal, Quad

from standards_graph import vocab
from standards_graph.browse.comparing.answers import Comparisons
from standards_graph.errors import BadArgument, NotFound
from standards_graph.harmonisation import following
from standards_graph.importing import ontology
from standards_graph.model.comparison import Aspect, Cell, Comparison, ComparisonRow, Covered, Gaps, How, Market, State
from standards_graph.registry import Registry
from standards_graph.vocab import RDFS, SKOS
from tests import small_world as world
from tests.harmonisation.test_engine import mapping, quads

TODAY = dt.date(2026, 11, 22)
SOURCE = "sgo:hasSourceRecord <id/source/00000000000000a8>"
CLASSES, RECOGNITIONS, GUIDANCE = (Aspect.CLASSES,), (Aspect.RECOGNITIONS,), (Aspect.GUIDANCE,)

Day = dt.date | None


@lru_cache(maxsize=1)
def words() -> tuple[Quad, ...]:
    """What the terms and codes of the ontology are called in English."""
    return tuple(
        quad
        for quad in ontology.quads()
        if quad.predicate in (RDFS.label, SKOS.prefLabel) and isinstance(quad.object, Literal) and quad.object.language == "en"
    )


def asked(*texts: str) -> Comparisons:
    """The small world with what else is said, and with all that follows from both."""
    facts = (*(one for one in world.facts() if one.graph_name not in following.GRAPHS), *quads(*texts))
    return Registry.in_memory((*words(), *facts, *following.follows(facts, TODAY))).comparisons


@pytest.fixture(scope="module")
def known() -> Comparisons:
    return asked()


def row(found: Comparison, subject: str) -> ComparisonRow:
    return next(one for one in found.rows if one.subject.text == subject)


def told(cell: Cell) -> list[tuple[str, str]]:
    return [(one.thing.text, one.how) for one in cell.findings]


def states(found: Gaps) -> dict[str, State]:
    return {one.subject.text: one.state for one in found.rows}


def graph(name: str, text: str) -> str:
    return f"GRAPH <graph/curated/{name}> {{ {text} }}"


def decision(name: str, edition: str, place: str, more: str = "", extent: str = "complete") -> str:
    """A recognition, as a row of the table makes one."""
    return graph(
        "recognitions",
        f'<id/recognition/{name}> a sgo:StandardRecognition ; rdfs:label "{name}"@en ; sgo:recognises <id/edition/{edition}> ; '
        f"sgo:inJurisdiction <id/jurisdiction/{place}> ; sgo:hasRecognitionExtent <scheme/extent/{extent}> ; {SOURCE} {more} .",
    )


# --- places ---


def test_a_country_is_asked_for_with_its_parts_and_says_so() -> None:
    parts = """<id/jurisdiction/gb-gbn> a sgo:Jurisdiction ; rdfs:label "Great Britain"@en ;
        sgo:partOfJurisdiction <id/jurisdiction/gb> ;
        sgo:hasJurisdictionKind <scheme/jurisdiction-kind/part-of-a-country> .
      <id/jurisdiction/gb-eng> a sgo:Jurisdiction ; rdfs:label "England"@en ; sgo:partOfJurisdiction <id/jurisdiction/gb-gbn> ;
        sgo:hasJurisdictionKind <scheme/jurisdiction-kind/part-of-a-country> ."""
    registry = asked(graph("jurisdictions", parts), decision("eng-tir57", "aami-tir57-2016", "gb-eng"))
    found = registry.compare(["US", "GB"], about=RECOGNITIONS, on=TODAY)
    assert found.asked[1].remark == "United Kingdom is asked for with its parts: England, Great Britain."
    cell = row(found, "AAMI TIR57:2016").cells[1]
    assert (cell.state, [one.place.text for one in cell.findings if one.place]) == (State.RECORDED, ["England"])


def test_the_members_of_a_union_do_not_count_with_it() -> None:
    member = """<id/jurisdiction/de> a sgo:Jurisdiction ; rdfs:label "Germany"@en ;
        sgo:partOfJurisdiction <id/jurisdiction/eu> ;
        sgo:hasJurisdictionKind <scheme/jurisdiction-kind/country> ."""
    registry = asked(graph("jurisdictions", member), decision("de-tir57", "aami-tir57-2016", "de"))
    found = registry.compare(["EU", "de"], about=RECOGNITIONS, on=TODAY)
    assert [one.state for one in row(found, "AAMI TIR57:2016").cells] == [State.NOT_RECORDED, State.RECORDED]
    assert "Germany belongs to European Union" in found.asked[1].remark
    assert found.asked[0].remark == ""


@pytest.mark.parametrize("places", [["US"], ["US", "us"], ["US", "no place > at all"]])
def test_places_that_cannot_be_compared_are_refused(known: Comparisons, places: list[str]) -> None:
    with pytest.raises(BadArgument):
        known.compare(places)


def test_what_is_not_there_is_told(known: Comparisons) -> None:
    with pytest.raises(NotFound):
        known.compare(["US", "XX"])
    with pytest.raises(NotFound):
        known.conforms(["ISO 1:1999"])
    with pytest.raises(NotFound):
        known.conforms(["ISO 14971:2019"], laws=["no-law"])
    with pytest.raises(NotFound):
        known.markets(["US", "EU"], topic="no-topic")
    with pytest.raises(BadArgument):
        known.conforms([])


def test_schemes_are_compared_by_their_classes_alone(known: Comparisons) -> None:
    found = known.compare(["us-fda-class", "eu-mdr-class"], on=TODAY)
    assert {one.aspect for one in found.rows} == {Aspect.CLASSES}
    with pytest.raises(BadArgument):
        known.compare(["us-fda-class", "EU"], about=RECOGNITIONS)
    with pytest.raises(BadArgument):
        known.markets(["us-fda-class", "EU"])


# --- classes ---


def test_classes_stand_beside_their_counterparts_with_record_confidence_and_source(known: Comparisons) -> None:
    found = known.compare(["US", "EU"], about=CLASSES, on=TODAY)
    (counterpart,) = row(found, "FDA device class II").cells[1].findings
    assert (counterpart.thing.text, counterpart.confidence, counterpart.record.value[-1]) == ("MDR class IIa", 0.7, "1")
    assert counterpart.addresses == ("https://example.org/mappings",)
    assert told(row(found, "MDR class IIb").cells[0]) == [("FDA device class III", "overlaps")]
    assert row(found, "MDR class IIa").cells[0].findings[0].sources == counterpart.sources


def test_a_place_without_classes_is_not_covered(known: Comparisons) -> None:
    assert row(known.compare(["US", "GB"], about=CLASSES), "FDA device class II").cells[1].state is State.NOT_COVERED


def test_a_class_that_excludes_another_is_no_counterpart_and_proves_nothing_about_the_rest(known: Comparisons) -> None:
    assert row(known.compare(["US", "EU"], about=CLASSES), "MDR class III").cells[0].state is State.NOT_RECORDED


def test_there_is_no_counterpart_where_a_complete_list_of_classes_is_excluded_one_by_one() -> None:
    classes = [
        mapping(f"x{one}", "scheme/imdrf-samd/ii", "excludes", f"scheme/eu-mdr-class/{one}") for one in ("iia", "iib", "iii")
    ]
    complete = """<id/coverage/classes> a sgo:CoverageStatement ; sgo:coverageKind <scheme/record-kind/eu-mdr-class> ;
        sgo:coverageJurisdiction <scheme/eu-mdr-class> , <id/jurisdiction/eu> ; sgo:completeAsOf "2026-12-31"^^xsd:date ."""
    for more, state in (((), State.NOT_RECORDED), ((graph("coverage", complete),), State.NO_COUNTERPART)):
        found = asked(*classes, *more).compare(["imdrf-samd", "EU"], on=TODAY)
        assert row(found, "IMDRF SaMD category II").cells[1].state is state


# --- recognitions and gaps ---


def test_an_adoption_of_unread_degree_is_perhaps_and_no_confidence_is_told_of_it(known: Comparisons) -> None:
    cell = row(known.compare(["US", "EU"], about=RECOGNITIONS, on=TODAY), "ISO 14971:2019").cells[1]
    assert cell.state is State.UNCERTAIN
    assert told(cell) == [("EN ISO 14971:2019+A11:2021", How.DEGREE_UNREAD.value)]
    assert cell.findings[0].surety == "not stated"


def test_gaps_are_told_by_the_day_up_to_which_the_list_is_complete(known: Comparisons) -> None:
    after, before = (known.gaps("US", "EU", about=RECOGNITIONS, on=day) for day in (TODAY, dt.date(2026, 10, 1)))
    assert states(after)["AAMI TIR57:2016"] is State.NOT_RECORDED
    assert states(before)["AAMI TIR57:2016"] is State.NO_COUNTERPART
    (gap,) = [one for one in after.rows if one.subject.text == "AAMI TIR57:2016"]
    assert gap.there.remark == "complete up to 2026-10-01; looked for and not found"
    assert gap.here[0].addresses == ("https://example.org/recognitions/more",)
    assert "ISO 14971:2019" not in states(after)
    assert after.uncertain


def test_where_nothing_was_read_it_is_not_covered_and_where_something_was_it_is_not_recorded() -> None:
    place = graph("jurisdictions", '<id/jurisdiction/nz> a sgo:Jurisdiction ; rdfs:label "New Zealand"@en .')
    assert states(asked(place).gaps("US", "NZ", about=RECOGNITIONS, on=TODAY))["AAMI TIR57:2016"] is State.NOT_COVERED
    registry = asked(place, decision("nz", "iso-13485-2016", "nz"))
    assert states(registry.gaps("US", "NZ", about=RECOGNITIONS, on=TODAY))["AAMI TIR57:2016"] is State.NOT_RECORDED


def test_another_edition_there_is_told_and_is_no_counterpart(known: Comparisons) -> None:
    (gap,) = [one for one in known.gaps("GB", "US", about=RECOGNITIONS, on=TODAY).rows if one.subject.text == "ISO 14971:2007"]
    assert [one.text for one in gap.near] == ["ISO 14971:2019"]


def test_guidance_without_a_place_counts_where_its_authors_act(known: Comparisons) -> None:
    found = known.compare(["US", "EU", "GB"], about=GUIDANCE, on=TODAY)
    cells = row(found, "transparency and labelling").cells
    assert [one.state for one in cells] == [State.RECORDED, State.NOT_RECORDED, State.RECORDED]
    assert {one.note for one in cells[0].findings} == {"start not recorded"}


def test_guidance_that_was_not_published_yet_does_not_count(known: Comparisons) -> None:
    found = known.compare(["US", "GB"], about=GUIDANCE, on=dt.date(2023, 1, 1))
    assert row(found, "human oversight").cells[0].state is State.NOT_RECORDED
    assert row(found, "human oversight").cells[1].state is State.RECORDED


def counting(kind: str, more: str) -> bool:
    """Whether a document of the US counts of which this is said besides its topic."""
    said = f"<id/law/one> a sgo:{kind} ; rdfs:label 'One'@en ; sgo:appliesIn <id/jurisdiction/us> {more} ;"
    found = asked(graph("documents", f"{said} sgo:addressesTopic <scheme/topic/usability> ."))
    rows = found.compare(["US", "GB"], about=(Aspect.TOPICS,), on=TODAY).rows
    return "One" in {one.thing.text for row in rows for cell in row.cells for one in cell.findings}


@pytest.mark.parametrize(("more", "counts"), [("", True), ("; sgo:isBinding true", True), ("; sgo:isBinding false", False)])
def test_a_proposal_of_a_law_is_no_law_of_the_place(more: str, counts: bool) -> None:
    assert counting("RegulatoryInstrument", more) is counts


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ("; sgo:statusAsRead 'final'", True),
        ("; sgo:statusAsRead 'superseded'", False),
        ("; sgo:statusAsRead 'superseded' ; sgo:validUntil '2026-12-31'^^xsd:date", True),
    ],
)
def test_guidance_that_is_superseded_on_no_recorded_day_does_not_count(more: str, counts: bool) -> None:
    assert counting("GuidanceDocument", more) is counts


def test_change_control_is_compared_by_law_guidance_standards_and_plans(known: Comparisons) -> None:
    found = known.compare(["US", "EU"], about=(Aspect.CHANGE_CONTROL,), on=TODAY)
    assert [one.what for one in found.rows] == ["law", "guidance", "recognised standard", "authorisation with a plan"]
    assert all(cell.state is not State.NO_COUNTERPART for one in found.rows for cell in one.cells)


def test_an_adoption_counts_not_even_perhaps_before_it_was_published() -> None:
    adopts = """<id/edition/late> a sgo:StandardEdition ; rdfs:label "Late"@en ; sgo:isAdoptionOf <id/edition/aami-tir57-2016> ;
        sgo:publishedOn "2026-06-01"^^xsd:date ."""
    registry = asked(graph("adoptions", adopts))
    found = {on: registry.conforms(["late"], on=dt.date.fromisoformat(on)).acceptances for on in ("2026-05-31", "2026-06-01")}
    states = [{one.cell.state for one in told if one.cell.asked.place.text == "United States"} for told in found.values()]
    assert states == [{State.NOT_RECORDED}, {State.UNCERTAIN}]


# --- what a source withdrew ---

ENDS = 'sgo:withdrawnAtSource "2026-03-01"^^xsd:date'


@pytest.mark.parametrize(("day", "state"), [("2026-02-28", State.RECORDED), ("2026-03-01", State.NOT_RECORDED)])
def test_a_recognition_that_its_source_withdrew_counts_until_that_was_noticed(day: str, state: State) -> None:
    registry = asked(decision("ca", "aami-tir57-2016", "gb", f"; {ENDS}"))
    assert (
        row(registry.compare(["US", "GB"], about=RECOGNITIONS, on=dt.date.fromisoformat(day)), "AAMI TIR57:2016").cells[1].state
        is state
    )


def test_what_a_source_withdrew_in_transition_is_not_passed_on_either() -> None:
    more = f'; sgo:hasDecisionStatus <scheme/decision-status/transition> ; sgo:transitionUntil "2028-01-01"^^xsd:date ; {ENDS}'
    registry = asked(decision("gb-62304", "ansi-aami-iec-62304-2006-a1-2016", "gb", more))
    places = {
        one.cell.asked.place.text: one.cell
        for one in registry.conforms(["iec-62304-2006-plus-amd1-2015"], on=TODAY).acceptances
    }
    assert places["United Kingdom"].state is State.NOT_RECORDED
    before = registry.conforms(["iec-62304-2006-plus-amd1-2015"], on=dt.date(2026, 2, 1)).acceptances
    (cell,) = [one.cell for one in before if one.cell.asked.place.text == "United Kingdom"]
    assert told(cell) == [("ANSI/AAMI IEC 62304:2006/A1:2016", How.IN_EFFECT.value)]


@pytest.mark.parametrize("status", ["suspended", "reported", "withdrawn"])
def test_a_decision_that_is_not_in_force_does_not_count(status: str) -> None:
    registry = asked(
        decision("gb-tir57", "aami-tir57-2016", "gb", f"; sgo:hasDecisionStatus <scheme/decision-status/{status}>")
    )
    assert row(registry.compare(["US", "GB"], about=RECOGNITIONS), "AAMI TIR57:2016").cells[1].state is State.NOT_RECORDED


# --- conforms ---


def test_an_edition_is_accepted_directly_in_effect_perhaps_or_nothing_is_recorded() -> None:
    registry = asked(decision("gb-62304", "ansi-aami-iec-62304-2006-a1-2016", "gb"))
    found = registry.conforms(["IEC 62304:2006+AMD1:2015 CSV"], on=TODAY)
    cells = {one.cell.asked.place.text: one.cell for one in found.acceptances}
    assert told(cells["United Kingdom"]) == [("ANSI/AAMI IEC 62304:2006/A1:2016", "in effect")]
    assert cells["United Kingdom"].findings[0].confidence == 0.99
    assert len(cells["United Kingdom"].findings[0].sources) > 1
    # In the US it is recognised in part, which is never passed on as if it were the whole.
    assert told(cells["United States"]) == [("ANSI/AAMI IEC 62304:2006/A1:2016", How.EXTENT_OPEN.value)]
    assert cells["European Union"].state is State.UNCERTAIN
    assert found.uncovered == 0


def test_a_recognition_in_part_is_accepted_directly_and_shows_its_extent(known: Comparisons) -> None:
    found = known.conforms(["ANSI/AAMI IEC 62304:2006/A1:2016"], on=TODAY)
    (cell,) = [one.cell for one in found.acceptances if one.cell.asked.place.text == "United States"]
    assert cell.findings[0].how == "directly"
    assert "extent: partial; “clauses 4 to 9”" in cell.findings[0].note
    assert "in transition until 2027-06-30" in cell.findings[0].note


def test_requirements_are_covered_fully_in_part_or_no_clause_is_recorded(known: Comparisons) -> None:
    editions = ["en-iso-14971-2019-plus-a11-2021", "en-62304-2006-plus-a1-2015"]
    found = {one.provision.text: one for one in known.conforms(editions, on=TODAY).requirements}
    assert {name: one.covered for name, one in found.items()} == {
        "MDR, Annex I, 3": Covered.FULLY,
        "MDR, Annex I, 17.2": Covered.PARTLY,
        "MDR, Annex I, 23": Covered.NOT_RECORDED,
    }
    (clause,) = found["MDR, Annex I, 3"].findings
    assert (clause.thing.text, clause.confidence) == ("EN ISO 14971:2019+A11:2021, clause 4", 0.9)
    assert clause.addresses == ("https://example.org/annex-z",)


def test_a_clause_of_an_identical_edition_counts_less_surely(known: Comparisons) -> None:
    found = known.conforms(["IEC 62304:2006+AMD1:2015 CSV"], on=TODAY).requirements
    (clause,) = next(one for one in found if one.covered is Covered.PARTLY).findings
    assert clause.confidence == pytest.approx(0.9 * 0.95)
    assert clause.note == "in an edition that is the same as IEC 62304:2006+AMD1:2015 CSV"


def test_a_law_can_be_asked_about_of_which_nothing_is_linked(known: Comparisons) -> None:
    found = known.conforms(["aami-tir57-2016"], laws=["eu-2017-745"], on=TODAY).requirements
    assert {one.covered for one in found} == {Covered.NOT_RECORDED}
    assert len(found) == 3
    assert known.conforms(["aami-tir57-2016"], on=TODAY).requirements == ()


def test_what_a_regulator_says_is_met_and_what_it_says_is_not() -> None:
    """The form of FDA's tables on X-ray devices: conformity with IEC standards meets some provisions, and not others."""
    facts = """<id/law/us-21-cfr-1020> a sgo:RegulatoryInstrument ; rdfs:label "21 CFR 1020"@en ;
        sgo:appliesIn <id/jurisdiction/us> ;
        sgo:hasProvision <id/provision/us-21-cfr-1020/30-c> , <id/provision/us-21-cfr-1020/30-a> ,
          <id/provision/us-21-cfr-1020/99> .
      <id/provision/us-21-cfr-1020/30-c> a sgo:Provision ; rdfs:label "1020.30(c)"@en .
      <id/provision/us-21-cfr-1020/30-a> a sgo:Provision ; rdfs:label "1020.30(a)"@en .
      <id/provision/us-21-cfr-1020/99> a sgo:Provision ; rdfs:label "of which the tables say nothing"@en .
      <id/edition/iec-60601-1-3> a sgo:StandardEdition ; rdfs:label "IEC 60601-1-3"@en ;
        sgo:hasProvision <id/provision/iec-60601-1-3/all> .
      <id/provision/iec-60601-1-3/all> a sgo:Provision ; rdfs:label "IEC 60601-1-3, all clauses"@en ."""
    clause, law = "id/provision/iec-60601-1-3/all", "id/provision/us-21-cfr-1020"
    registry = asked(
        graph("facts", facts),
        mapping("t3", clause, "coversFully", f"{law}/30-c", f"; {SOURCE}"),
        mapping(
            "t4",
            clause,
            "coversFully",
            f"{law}/30-a",
            f"; sssom:predicate_modifier <https://w3id.org/sssom/NegatedPredicate> ; {SOURCE}",
        ),
    )
    found = {one.provision.text: one for one in registry.conforms(["iec-60601-1-3"], on=TODAY).requirements}
    assert {name: one.covered for name, one in found.items()} == {
        "1020.30(c)": Covered.FULLY,
        "1020.30(a)": Covered.NOT,
        "of which the tables say nothing": Covered.NOT_RECORDED,
    }
    assert [one.how for one in found["1020.30(a)"].findings] == ["not fully"]


def test_a_crosswalk_links_without_saying_how_far() -> None:
    link = f"""<id/crosswalk/x> a sgo:ProvisionCrosswalk ; sgo:crosswalkFrom <id/provision/eu-2017-745/annex-i-23> ;
        sgo:crosswalkTo <id/provision/en-62304-2006/clause-5> ; sgo:hasCrosswalkStatus <scheme/mapping-status/accepted> ;
        sgo:crosswalkRelation <scheme/provision-relation/invokes> ; {SOURCE} ."""
    found = asked(graph("crosswalk-pairs", link)).conforms(["en-62304-2006-plus-a1-2015"], on=TODAY).requirements
    (one,) = [each for each in found if each.provision.text == "MDR, Annex I, 23"]
    assert (one.covered, one.findings[0].how) == (Covered.LINKED, "the requirement invokes the clause")


# --- markets ---


def markets(registry: Comparisons, *places: str, topic: str = "", on: Day = TODAY) -> dict[str, Market]:
    return {one.edition.text: one for one in registry.markets(places, topic=topic, on=on).rows}


def test_editions_that_are_accepted_everywhere_are_told_with_how_sure_that_is(known: Comparisons) -> None:
    found = markets(known, "US", "GB")
    assert set(found) == {"ISO 13485:2016", "ISO 14971:2019"}
    assert all(one.is_sure for one in found.values())
    with_eu = markets(known, "US", "EU")
    assert {name: one.is_sure for name, one in with_eu.items()} == {
        "ISO 13485:2016": True,
        "EN 62304:2006+A1:2015": False,
        "EN ISO 14971:2019+A11:2021": False,
        "ISO 14971:2019": False,
        "ANSI/AAMI IEC 62304:2006/A1:2016": False,
    }


def test_an_identical_adoption_of_a_fully_recognised_edition_is_sure() -> None:
    read = graph(
        "adoptions",
        f"<id/edition/en-iso-14971-2019-plus-a11-2021> sgo:isIdenticalAdoptionOf <id/edition/iso-14971-2019> ; {SOURCE} .",
    )
    found = markets(asked(read), "US", "EU")["EN ISO 14971:2019+A11:2021"]
    assert found.is_sure
    assert [[one.how for one in cell.findings] for cell in found.cells] == [["in effect"], ["directly"]]


def test_markets_can_be_asked_by_topic_and_day(known: Comparisons) -> None:
    assert set(markets(known, "US", "GB", topic="risk-management")) == {"ISO 14971:2019"}
    assert "ISO 13485:2016" not in markets(known, "US", "GB", on=dt.date(2020, 12, 31))
    assert "EN ISO 14971:2019+A11:2021" in markets(known, "US", "EU", topic="risk-management")


def test_a_place_of_which_nothing_is_recorded_is_told() -> None:
    place = graph("jurisdictions", '<id/jurisdiction/nz> a sgo:Jurisdiction ; rdfs:label "New Zealand"@en .')
    found = asked(place).markets(["US", "NZ"], on=TODAY)
    assert (found.rows, [one.place.text for one in found.empty]) == ((), ["New Zealand"])


def test_every_finding_has_a_source_and_every_cell_without_one_a_state(known: Comparisons) -> None:
    for one in known.compare(["US", "EU", "GB"], on=TODAY).rows:
        for cell in one.cells:
            assert bool(cell.findings) == (cell.state in (State.RECORDED, State.UNCERTAIN))
            assert all(each.sources for each in cell.findings), one.subject
    assert vocab.entity("jurisdiction", "us") == known.compare(["US", "EU"], about=CLASSES).asked[0].place.iri
