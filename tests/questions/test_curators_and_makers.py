"""What the questions of curators, manufacturers and clinicians find, and what they leave out."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.registry import Registry
from standards_graph.vocab import XSD, concept, entity, graph
from tests import small_world as world
from tests.questions.test_questions import answer, asked, day

US, EU, GB = (entity("jurisdiction", code) for code in ("us", "eu", "gb"))
BONE = entity("device", "example-imaging/bone-finder")
LUNG = entity("device", "example-imaging/lung-finder")
PREFIXES = "\n".join(
    f"@prefix {name}: <{vocab.PREFIXES[name]}> ." for name in ("dcterms", "owl", "rdfs", "sgo", "skos", "sosa", "sssom", "xsd")
)


def with_more(trig: str) -> Registry:
    """The small world and what a test adds to it."""
    text = f"@base <{vocab.BASE}> .\n{PREFIXES}\n{trig}"
    return Registry.in_memory((*world.quads(), *ox.parse(text.encode(), format=ox.RdfFormat.TRIG)))


def column(rows: list[dict[str, str]], name: str) -> list[str]:
    return [row[name].removeprefix(vocab.BASE) for row in rows]


# --- curators ---


def test_entities_without_a_source_can_be_asked_for_in_one_data_set() -> None:
    name = "entities-without-source"
    rows = answer(asked(name), name, dataset=graph("unverified/standards"))
    assert column(rows, "entity") == ["id/edition/unsourced"]


def test_conflicts_can_be_asked_for_by_kind(small_world: Registry) -> None:
    name = "open-mapping-conflicts"
    assert len(answer(small_world, name, kind=concept("conflict-kind", "derived-contradiction"))) == 2
    assert answer(small_world, name, kind=concept("conflict-kind", "two-exact-partners")) == []


def test_a_link_of_the_crosswalk_waits_for_review_after_the_mappings(small_world: Registry) -> None:
    rows = answer(small_world, "candidates-for-review")
    assert column(rows, "kind") == ["mapping", "mapping", "crosswalk"]
    assert column(rows, "confidence") == ["0.9", "0.5", ""]
    assert len(answer(small_world, "candidates-for-review", dataset=graph("curated/crosswalk"))) == 1


def test_the_premises_of_one_inferred_mapping_stand_in_their_order(small_world: Registry) -> None:
    name = "why-an-inferred-mapping-holds"
    rows = answer(small_world, name, mapping=vocab.mapping("0000000000000009"))
    assert [(row["step"], row["premise"][-1]) for row in rows] == [("1", "7"), ("2", "8")]
    assert answer(small_world, name, mapping=vocab.mapping("0000000000000001")) == []


def test_a_record_on_an_edition_needs_a_look_even_before_its_end_if_a_successor_came(small_world: Registry) -> None:
    name = "records-on-superseded-documents"
    assert column(answer(small_world, name, on=day("2019-01-01")), "reason") == ["superseded"]


ON_A_LAW = (
    "<graph/mapping/editions> { <map/00000000000000f1> a sgo:MappingRecord ; owl:annotatedSource <id/law/eu-93-42> ;"
    " owl:annotatedProperty sgo:overlaps ; owl:annotatedTarget <id/law/eu-2017-745> ;"
    " sgo:hasMappingStatus <scheme/mapping-status/%s> }"
)


def test_a_record_on_a_law_needs_a_look_from_the_day_on_which_the_law_is_over() -> None:
    name, more = "records-on-superseded-documents", with_more(ON_A_LAW % "accepted")
    assert "id/law/eu-93-42" not in column(answer(more, name, on=day("2021-05-25")), "end")
    rows = answer(more, name, on=day("2021-05-26"))
    assert ("ended", "2021-05-26") in [(row["reason"], row["since"]) for row in rows]


def test_a_rejected_record_needs_no_look() -> None:
    rows = answer(with_more(ON_A_LAW % "rejected"), "records-on-superseded-documents")
    assert column(rows, "record") == ["map/0000000000000006"]


def test_a_successor_under_development_supersedes_nothing() -> None:
    more = with_more(
        "<graph/curated/standards> { <id/edition/iec-62304-ed2> a sgo:StandardEdition ;"
        " sgo:supersedes <id/edition/iec-62304-2006> ; sgo:hasEditionStatus <scheme/edition-status/under-development> }"
    )
    ends = column(answer(more, "records-on-superseded-documents"), "end")
    assert ends == column(answer(more, "mappings-left-on-superseded-editions"), "old") == ["id/edition/iso-14971-2007"]


def test_a_mapping_with_a_counterpart_on_the_successor_is_not_left_behind() -> None:
    more = with_more(
        "<graph/unverified/edition-mappings> { <map/00000000000000f2> a sgo:MappingRecord ;"
        " owl:annotatedSource <id/edition/iec-62304-2006> ; owl:annotatedProperty sgo:overlaps ;"
        " owl:annotatedTarget <id/edition/iso-14971-2019> }"
    )
    assert answer(more, "mappings-left-on-superseded-editions") == []


READINGS = [("2026-07-04", 180, False), ("2026-07-05", 180, True), ("2026-01-07", 1, True)]


@pytest.mark.parametrize(("on", "days", "found"), READINGS)
def test_days_since_the_last_reading_are_counted(small_world: Registry, on: str, days: int, found: bool) -> None:
    name = "sources-to-read-again"
    number = Literal(str(days), datatype=XSD.integer)
    rows = answer(small_world, name, on=day(on), days=number, dataset=graph("curated/performance"))
    assert bool(rows) is found
    age = (dt.date.fromisoformat(on) - dt.date(2026, 1, 5)).days
    assert column(rows, "age") == [str(age)] * found


def test_a_source_that_nobody_says_when_it_was_read_is_not_taken_for_read(small_world: Registry) -> None:
    rows = answer(small_world, "sources-to-read-again", on=day("2026-01-06"))
    assert set(column(rows, "read")) == {"not recorded"}
    later = answer(small_world, "sources-to-read-again", on=day("2027-10-01"))
    assert "https://example.org/complete" in column(later, "address")


def test_a_label_counts_for_its_language_alone(small_world: Registry) -> None:
    name = "concepts-without-a-label"
    assert answer(small_world, name, language=Literal("en")) == []
    rows = answer(small_world, name, language=Literal("zh-Hans"), scheme=concept("us-panel"))
    assert column(rows, "english") == ["Cardiovascular", "Radiology"]
    assert len(answer(small_world, name, language=Literal("sv"))) > 300


def test_a_data_set_is_counted_alone(small_world: Registry) -> None:
    rows = answer(small_world, "entities-of-a-data-set", dataset=graph("unverified/recognitions"))
    assert {row["type"].rpartition("#")[2]: row["number"] for row in rows} == {"SourceRecord": "1", "StandardRecognition": "1"}


def test_a_recognition_with_a_legal_basis_is_left_out(small_world: Registry) -> None:
    rows = answer(small_world, "recognitions-without-legal-basis", jurisdiction=US)
    assert "id/recognition/us-qmsr-iso-13485" not in column(rows, "decision")
    assert len(rows) == 5


def test_the_premise_of_the_most_mappings_comes_first() -> None:
    more = with_more(
        "<graph/inferred/mappings> { <map/00000000000000f3> sgo:weakestPremise <map/0000000000000007> ."
        " <map/00000000000000f4> sgo:weakestPremise <map/0000000000000007> }"
    )
    rows = answer(more, "weakest-premises")
    assert [(row["number"], row["premise"][-1]) for row in rows] == [("2", "7"), ("1", "8")]


def test_nothing_is_complete_where_nobody_says_so(small_world: Registry) -> None:
    name = "what-is-complete"
    assert column(answer(small_world, name, jurisdiction=EU), "until") == ["2026-10-01"]
    assert answer(small_world, name, jurisdiction=GB) == []
    assert answer(small_world, name, kind=concept("record-kind", "market-authorisation")) == []


# --- manufacturers and clinicians ---


def on_market(registry: Registry, area: str, jurisdiction: NamedNode, on: str = "2026-11-22") -> list[dict[str, str]]:
    return answer(registry, "ai-devices-on-a-market", area=concept("body-area", area), jurisdiction=jurisdiction, on=day(on))


def test_a_report_is_told_from_a_decision(small_world: Registry) -> None:
    assert column(on_market(small_world, "musculoskeletal", EU), "how") == ["report: CE marking"]
    assert column(on_market(small_world, "chest", EU), "how") == ["decision"]


def test_a_device_is_on_the_market_from_its_decision_on(small_world: Registry) -> None:
    assert on_market(small_world, "chest", GB, "2025-08-31") == []
    assert column(on_market(small_world, "chest", GB, "2025-09-01"), "market") == ["id/authorisation/gb-reg-2"]


PARTS = """
<graph/curated/jurisdictions> { <id/jurisdiction/fr> a sgo:Jurisdiction ; sgo:partOfJurisdiction <id/jurisdiction/eu> }
<graph/curated/devices-cross> {
  <id/device/brand/line> a sgo:DeviceFamily , sgo:AIDevice ; sgo:hasClinicalArea <scheme/body-area/eye> ;
    sgo:includesDevice <id/device/example-imaging/lung-finder> .
}
"""


def test_what_holds_in_the_whole_holds_in_its_part_and_a_family_has_the_decisions_of_what_is_counted_to_it() -> None:
    more = with_more(PARTS)
    france = on_market(more, "eye", entity("jurisdiction", "fr"))
    assert [(row["place"], row["market"]) for row in france] == [(EU.value, entity("authorisation", "eu-cert-1").value)]


def test_a_decision_that_nobody_recorded_is_not_told_as_no(small_world: Registry) -> None:
    (row,) = answer(small_world, "recommendations-on-devices")
    assert (row["market"], row["complete"], row["evidence"]) == ("not recorded", "not stated", "")


def test_a_recommended_device_with_a_decision_there_shows_it_from_its_day_on() -> None:
    more = with_more(
        "<graph/curated/devices-cross> { <id/authorisation/gb-reg-3> a sgo:MarketAuthorisation ;"
        " sgo:inJurisdiction <id/jurisdiction/gb> ; sgo:authorises <id/device/example-imaging/bone-finder> ;"
        ' sgo:validFrom "2026-01-01"^^xsd:date }'
    )
    assert column(answer(more, "recommendations-on-devices"), "market") == ["decision"]
    assert column(answer(more, "recommendations-on-devices", on=day("2025-12-31")), "market") == ["not recorded"]


def test_recommendations_can_be_asked_for_by_device(small_world: Registry) -> None:
    assert len(answer(small_world, "recommendations-on-devices", device=BONE)) == 1
    assert answer(small_world, "recommendations-on-devices", device=LUNG) == []


def states(registry: Registry, device: NamedNode, on: str = "2026-11-22") -> dict[str, tuple[str, str]]:
    rows = answer(registry, "safety-actions-about-a-device", device=device, on=day(on))
    return {row["action"].rpartition("/")[2]: (row["state"], row["link"]) for row in rows}


def test_an_action_is_open_until_the_day_before_its_end(small_world: Registry) -> None:
    assert states(small_world, BONE, "2025-07-31")["fda-z-2"][0] == "open, ends: 2025-08-01"
    assert states(small_world, BONE, "2025-08-01")["fda-z-2"][0] == "ended: 2025-08-01"
    assert "fda-z-2" not in states(small_world, BONE, "2025-01-31")
    assert states(small_world, BONE)["fda-z-1"][0] == "no end recorded"


def test_an_action_on_one_version_is_not_one_on_another(small_world: Registry) -> None:
    old, new = (entity("device-version", f"example-imaging/bone-finder/{number}") for number in ("1-0", "2-0"))
    family = "names the family of which it is a version"
    assert {name: link for name, (_, link) in states(small_world, new).items()} == {"fda-z-1": family, "mhra-mda-1": family}
    assert states(small_world, old)["fda-z-2"][1] == "names the device"


UNLINKED = """
<graph/curated/alerts> {
  <id/action/unlinked> a sgo:Recall ; sgo:deviceNameAsRead "%s" ; sgo:makerNameAsRead "%s" ;
    sgo:inJurisdiction <id/jurisdiction/us> ; sgo:hasSafetyActionKind <scheme/safety-action-kind/recall> ;
    sgo:statusAsRead "terminated" ; sgo:validFrom "2020-01-01"^^xsd:date .
}
"""


@pytest.mark.parametrize(
    ("device", "maker", "found"),
    [
        ("LUNG FINDER 3.1", "Example Imaging GmbH", True),
        ("Lung Finder", "Another Company", False),
        ("Lung Finders", "Example Imaging", False),
        ("Lung", "Example Imaging", False),
    ],
)
def test_an_action_without_a_link_is_found_by_the_names_of_device_and_maker(device: str, maker: str, found: bool) -> None:
    told = states(with_more(UNLINKED % (device, maker)), LUNG).get("unlinked")
    assert told == (("ended, says its source: terminated", "names alike, not checked") if found else None)


def test_a_version_that_an_action_does_not_name_is_not_called_safe(small_world: Registry) -> None:
    rows = answer(small_world, "versions-affected-by-an-action", action=entity("action", "fda-z-2"))
    assert [(row["number"], row["affected"]) for row in rows] == [("1.0", "yes, named"), ("2.0", "not named")]
    assert answer(small_world, "versions-affected-by-an-action", device=LUNG) == []


def test_a_decision_that_ended_is_no_predicate_today(small_world: Registry) -> None:
    name = "authorised-devices-of-a-type"
    assert "K200009" not in column(answer(small_world, name), "number")
    assert column(answer(small_world, name, on=day("2025-05-04")), "number")[-1] == "K200009"
    assert column(answer(small_world, name, jurisdiction=EU), "number") == ["CERT-1"]


def test_what_is_at_home_is_left_out_of_the_pathways(small_world: Registry) -> None:
    rows = answer(small_world, "pathways-of-a-device-type", home=US)
    assert [(row["place"].rpartition("/")[2], row["how"], row["class"]) for row in rows] == [
        ("eu", "decision", "MDR class III"),
        ("eu", "report", "not recorded"),
        ("gb", "decision", "not recorded"),
    ]


def test_values_of_another_metric_are_not_compared(small_world: Registry) -> None:
    rows = answer(small_world, "published-values-of-a-metric", metric=concept("metric", "specificity"))
    assert [(row["value"], row["cases"]) for row in rows] == [("0.61", "300")]


def test_an_action_in_the_place_of_the_recommendation_or_one_that_ended_is_left_out(small_world: Registry) -> None:
    name = "recommended-and-under-alert"
    assert column(answer(small_world, name), "action") == ["id/action/fda-z-1"]
    then = answer(small_world, name, on=day("2025-07-31"))
    assert {row["action"].rpartition("/")[2]: row["state"] for row in then} == {
        "fda-z-1": "no end recorded",
        "fda-z-2": "ends: 2025-08-01",
    }
    assert answer(small_world, name, on=day("2025-01-13")) == []
    assert answer(small_world, name, jurisdiction=US) == []


def test_an_action_that_its_source_calls_terminated_is_not_open() -> None:
    more = with_more('<graph/curated/alerts> { <id/action/fda-z-1> sgo:statusAsRead "terminated" }')
    assert answer(more, "recommended-and-under-alert") == []


def test_reliance_is_told_in_its_direction(small_world: Registry) -> None:
    name = "reliance-between-jurisdictions"
    assert len(answer(small_world, name, here=GB)) == len(answer(small_world, name, there=US)) == 1
    assert answer(small_world, name, here=US) == []


SAID_TWICE = """
<graph/source/one> {{ <id/edition/iso-1-1999> sgo:{property} {one} }}
<graph/source/other> {{ <id/edition/iso-1-1999> sgo:{property} {other} }}
"""


@pytest.mark.parametrize(
    ("property_", "one", "other", "differ"),
    [
        ("printedFounded", '"1999-05"^^xsd:gYearMonth', '"1999-05-17"^^xsd:date', False),
        ("printedFounded", '"1999"^^xsd:gYear', '"1999-05"^^xsd:gYearMonth', False),
        ("printedFounded", '"1999"^^xsd:gYear', '"2000-05"^^xsd:gYearMonth', True),
        ("hasEditionStatus", "<scheme/edition-status/published>", "<scheme/edition-status/withdrawn>", True),
        ("hasEditionStatus", "<scheme/edition-status/published>", "<scheme/edition-status/published>", False),
        ("manufacturedBy", "<id/org/a>", "<id/org/ab>", True),
        ("addressesTopic", "<scheme/topic/qms>", "<scheme/topic/privacy>", False),
    ],
)
def test_sources_disagree_where_only_one_of_two_values_can_be_right(
    property_: str, one: str, other: str, *, differ: bool
) -> None:
    found = answer(with_more(SAID_TWICE.format(property=property_, one=one, other=other)), "where-sources-disagree")
    assert [row["subject"] for row in found] == [entity("edition", "iso-1-1999").value] * differ
