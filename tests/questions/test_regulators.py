"""What regulators ask: another day or another place gives another answer, and each answer is right."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.registry import Registry
from standards_graph.vocab import OWL, RDF, SEMAPV, SGO, SSSOM
from tests import small_world as world
from tests.questions.test_questions import answer, day


def local(row: dict[str, str], *columns: str) -> tuple[str, ...]:
    """The last parts of what a row names."""
    return tuple(row[column].rpartition("/")[2] for column in columns)


def told(registry: Registry, name: str, *columns: str, **values: NamedNode | Literal) -> set[tuple[str, ...]]:
    return {local(row, *columns) for row in answer(registry, name, **values)}


def place(code: str) -> NamedNode:
    return vocab.entity("jurisdiction", code)


def test_a_map_is_turned_over_when_it_is_asked_from_the_other_side(small_world: Registry) -> None:
    name, us, eu = "map-between-two-schemes", vocab.concept("us-fda-class"), vocab.concept("eu-mdr-class")
    there = told(small_world, name, "subject", "relation", "object")
    back = told(small_world, name, "subject", "relation", "object", **{"from": eu, "to": us})
    assert there == {("ii", "ontology#entailedBy", "iia"), ("ii", "ontology#excludes", "iii")}
    assert back == {("iia", "ontology#entails", "ii"), ("iii", "ontology#excludes", "ii")}


def test_a_map_holds_no_candidate_and_nothing_in_conflict(small_world: Registry) -> None:
    maps = told(small_world, "map-between-two-schemes", "mapping")
    assert maps.isdisjoint({("0000000000000002",), ("0000000000000004",)})


def test_a_derived_record_that_turns_another_over_adds_no_triple(small_world: Registry) -> None:
    turned, default = vocab.mapping("00000000000000aa"), vocab.graph("inferred/mappings")
    said = {
        RDF.type: SGO.MappingRecord,
        OWL.annotatedSource: vocab.concept("eu-mdr-class", "iia"),
        OWL.annotatedProperty: SGO.entails,
        OWL.annotatedTarget: vocab.concept("us-fda-class", "ii"),
        SSSOM.mapping_justification: SEMAPV.MappingInversion,
        SGO.hasMappingStatus: vocab.concept("mapping-status", "accepted"),
        SGO.weakestPremise: vocab.mapping("0000000000000001"),
    }
    quads = (Quad(turned, predicate, object_, default) for predicate, object_ in said.items())
    with Registry.in_memory((*world.quads(), *quads)) as more:
        assert answer(more, "map-between-two-schemes") == answer(small_world, "map-between-two-schemes")


def test_an_alert_is_open_from_its_first_day_on(small_world: Registry) -> None:
    name, market = "alerted-here-sold-elsewhere", place("gb")
    assert answer(small_world, name, market=market, on=day("2025-11-04")) == []
    (row,) = answer(small_world, name, market=market, on=day("2025-11-05"))
    assert local(row, "issue", "place", "evidence") == ("beat-fault", "us", "gb-reg-1")


def test_an_alert_that_its_source_calls_terminated_is_not_open(small_world: Registry) -> None:
    name, ended = "alerted-here-sold-elsewhere", vocab.entity("action", "fda-z-3")
    quad = Quad(ended, SGO.statusAsRead, Literal("terminated"), vocab.graph("curated/alerts"))
    assert ("fda-z-3",) in told(small_world, name, "action")
    with Registry.in_memory((*world.quads(), quad)) as more:
        assert ("fda-z-3",) not in told(more, name, "action")
        (row,) = (row for row in answer(more, "faults-of-devices-on-my-market") if local(row, "action") == ("fda-z-3",))
        assert row["ended"] == "terminated, day not recorded"


def test_a_place_counts_as_silent_until_somebody_acts_there(small_world: Registry) -> None:
    name, columns = "alerted-here-sold-elsewhere", ("issue", "market")
    # On the market in the EU, by report; the US has warned on the first day, Great Britain in May.
    assert ("bone-fault", "eu") in told(small_world, name, *columns, on=day("2024-04-01"))
    assert ("bone-fault", "us") not in told(small_world, name, *columns)
    assert ("lung-fault", "gb") not in told(small_world, name, *columns)


def test_an_authorisation_that_ended_puts_nothing_on_the_market(small_world: Registry) -> None:
    rows = answer(small_world, "alerted-here-sold-elsewhere")
    assert "us-k200009" not in {local(row, "evidence")[0] for row in rows}


def test_silence_is_shown_with_the_day_up_to_which_records_are_complete(small_world: Registry) -> None:
    rows = answer(small_world, "alerted-here-sold-elsewhere")
    assert {local(row, "market")[0]: row["complete"] for row in rows} == {
        "us": "2026-09-01",
        "eu": "not stated",
        "gb": "not stated",
    }


def test_days_are_counted_over_february_and_a_month_has_a_least_and_a_most(small_world: Registry) -> None:
    (row,) = answer(small_world, "days-until-others-acted")
    assert (row["first_date"], row["date"], row["least"], row["most"]) == ("2024-04-01", "2024-05", "30", "60")
    assert answer(small_world, "days-until-others-acted", place=place("us")) == []


def test_faults_are_those_of_devices_on_the_market_of_the_place(small_world: Registry) -> None:
    name, columns = "faults-of-devices-on-my-market", ("action", "how")
    reported = {
        ("fda-z-1", "reported: CE marking"),
        ("fda-z-2", "reported: CE marking"),
        ("mhra-mda-1", "reported: CE marking"),
    }
    assert told(small_world, name, *columns, jurisdiction=place("eu")) == reported | {("mhra-fsn-2", "authorised")}
    assert told(small_world, name, *columns, on=day("2021-03-02")) == set()


def test_an_action_that_is_grouped_with_no_fault_is_told_with_its_end(small_world: Registry) -> None:
    rows = answer(small_world, "faults-of-devices-on-my-market", jurisdiction=place("us"))
    (row,) = (row for row in rows if local(row, "action") == ("fda-z-2",))
    assert (row["issue"], row["ended"]) == ("", "2025-08-01")


def test_only_members_of_the_network_on_the_day_are_named(small_world: Registry) -> None:
    name, network = "members-who-have-not-warned", vocab.entity("network", "healthai-grn")
    now = told(small_world, name, "member", "issue", network=network)
    assert now == {("mhra", "beat-fault"), ("eu-ec-sante", "bone-fault"), ("eu-ec-sante", "lung-fault")}
    # In January 2026 the FDA was a member, and nobody had yet acted on the fault of Lung Finder.
    then = told(small_world, name, "member", "issue", network=network, on=day("2026-01-15"))
    assert then == {("mhra", "beat-fault"), ("eu-ec-sante", "bone-fault")}


def test_a_device_of_a_sandbox_is_on_the_market_from_the_day_of_its_decision(small_world: Registry) -> None:
    name = "sandbox-devices-and-markets"
    rows = answer(small_world, name, on=day("2025-01-14"))
    assert {local(row, "name")[0]: row["how"] for row in rows} == {
        "Lung Finder": "not recorded",
        "Another tool": "not known: linked to no device",
    }
    assert {local(row, "market")[0] for row in answer(small_world, name, on=day("2025-06-01"))} == {"us", "eu", ""}


def test_descent_is_followed_over_any_number_of_steps(small_world: Registry) -> None:
    rows = answer(small_world, "descendants-of-a-recalled-device")
    assert ("K250003", "K240001", "over several") in {(r["number"], r["ancestor_number"], r["how"]) for r in rows}
    assert {r["number"] for r in rows} == {"K240002", "K250003"}
    assert answer(small_world, "descendants-of-a-recalled-device", place=place("gb")) == []


def test_a_change_plan_counts_from_the_day_of_the_decision(small_world: Registry) -> None:
    name = "devices-with-a-change-plan"
    assert answer(small_world, name, on=day("2025-01-14")) == []
    assert told(small_world, name, "device", on=day("2025-01-15")) == {("lung-finder",)}


def test_reliance_is_told_from_the_day_on_which_the_other_decision_no_longer_holds(small_world: Registry) -> None:
    name = "reliance-on-ended-authorisations"
    assert answer(small_world, name, on=day("2025-05-04")) == []
    assert told(small_world, name, "decision", on=day("2025-05-05")) == {("gb-reg-1",)}


def test_classes_are_told_from_the_side_of_the_place_that_was_asked_about(small_world: Registry) -> None:
    name = "classes-that-exclude-each-other"
    assert told(small_world, name, "class", "other_class") == {("iii", "ii")}
    assert told(small_world, name, "class", "other_class", place=place("us")) == {("ii", "iii")}
    assert answer(small_world, name, on=day("2025-05-31")) == []


def test_guidance_on_a_law_is_guidance_on_its_parts_too(small_world: Registry) -> None:
    name = "guidance-on-a-provision"
    law, part = vocab.entity("law", "eu-2017-745"), vocab.entity("provision", "eu-2017-745/annex-i-17-2")
    assert told(small_world, name, "explained", text=law) == {("eu-2017-745",), ("annex-i-17-2",)}
    assert told(small_world, name, "explained", text=part) == {("annex-i-17-2",)}
    assert answer(small_world, name, text=law, on=day("2019-10-10")) == []


def test_guidance_without_a_recorded_start_counts_and_says_so(small_world: Registry) -> None:
    since = {local(row, "guidance")[0]: row["since"] for row in answer(small_world, "guidance-on-a-provision")}
    assert since == {"mdcg-software": "2019-10-11", "us-oversight": "unknown"}
    assert ("us-oversight",) not in told(small_world, "guidance-on-a-provision", "guidance", on=day("2025-01-06"))


def test_what_corresponds_to_a_principle_can_be_asked_of_one_place(small_world: Registry) -> None:
    name = "provisions-for-each-principle"
    here = told(small_world, name, "text", "how", jurisdiction=place("us"))
    assert here == {("2", "meets it in full"), ("us-oversight", "the principle: elaborated by")}


def test_a_rejected_reading_of_a_text_is_in_no_answer(small_world: Registry) -> None:
    for name in ("provisions-for-each-principle", "provisions-on-the-same-topic"):
        assert "transparency-us-oversight-2" not in {local(row, "record")[0] for row in answer(small_world, name)}


def test_a_topic_in_common_is_accepted_where_both_readings_are(small_world: Registry) -> None:
    rows = answer(small_world, "provisions-for-each-principle")
    status = {local(row, "record")[0]: row["status"] for row in rows if local(row, "topic") == ("transparency",)}
    assert status == {"transparency-annex-i-23": "candidate", "transparency-mhra-samd-4": "accepted"}


def test_only_values_of_one_metric_are_compared(small_world: Registry) -> None:
    name = "values-below-what-was-claimed"
    assert told(small_world, name, "device", "metric") == {("bone-finder", "sensitivity")}
    assert answer(small_world, name, metric=vocab.concept("metric", "specificity")) == []


def test_a_law_that_ended_was_in_force_until_the_day_before(small_world: Registry) -> None:
    name, old = "laws-in-force", ("eu-93-42",)
    assert told(small_world, name, "law", on=day("2021-05-25")) == {old, ("eu-2017-745",)}
    assert old not in told(small_world, name, "law", on=day("2021-05-26"))


def test_a_law_without_a_recorded_start_counts_from_its_adoption_on() -> None:
    law, graph = vocab.entity("law", "eu-example"), vocab.graph("curated/regulations")
    said = {
        RDF.type: SGO.RegulatoryInstrument,
        SGO.appliesIn: place("eu"),
        SGO.adoptedOn: day("2025-06-01"),
    }
    quads = (Quad(law, predicate, object_, graph) for predicate, object_ in said.items())
    with Registry.in_memory((*world.quads(), *quads)) as more:
        assert ("eu-example",) not in told(more, "laws-in-force", "law", on=day("2025-05-31"))
        rows = answer(more, "laws-in-force", on=day("2025-06-01"))
        assert {row["since"] for row in rows if local(row, "law") == ("eu-example",)} == {"not recorded"}


def test_laws_are_those_of_the_place(small_world: Registry) -> None:
    assert told(small_world, "laws-in-force", "law", jurisdiction=place("us")) == {("us-21-cfr-820",)}
    assert answer(small_world, "laws-in-force", jurisdiction=place("us"), on=day("2026-02-01")) == []


def test_a_relation_that_is_stated_between_two_texts_is_told_from_either_side(small_world: Registry) -> None:
    name, columns = "provisions-on-the-same-topic", ("topic", "other", "relation")
    one, two = vocab.entity("provision", "mhra-samd/4"), vocab.entity("provision", "us-oversight/2")
    assert ("human-oversight", "2", "the other overlaps") in told(small_world, name, *columns, provision=one)
    assert ("human-oversight", "4", "this one overlaps") in told(small_world, name, *columns, provision=two)


def test_a_relation_to_a_principle_is_told_whoever_stated_it(small_world: Registry) -> None:
    principle = vocab.entity("provision", "gmlp-2021/principle-7")
    found = told(small_world, "provisions-on-the-same-topic", "other", "relation", provision=principle)
    assert {pair for pair in found if pair[1]} == {
        ("2", "the other meets this one in full"),
        ("4", "the other meets this one in part"),
        ("annex-i-17-2", "the other overlaps"),
        ("us-oversight", "this one elaborated by"),
    }


def test_a_text_is_not_on_the_same_topic_as_another_part_of_its_own_document(small_world: Registry) -> None:
    part = vocab.entity("provision", "eu-2017-745/annex-i-17-2")
    documents = told(small_world, "provisions-on-the-same-topic", "document", provision=part)
    assert documents == {("mhra-samd",), ("us-oversight",)}
