"""The curated tables about practice: guidance, crosswalk, devices, sandboxes, evidence, alerts, roles and claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.importing import curated
from standards_graph.importing.curated.tables import Tables
from standards_graph.importing.fda_ai_devices import FdaAiDevices
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO

CURATED = resources.data() / "curated"


@pytest.fixture(scope="module")
def quads() -> frozenset[Quad]:
    return frozenset(curated.quads(CURATED))


def objects(quads: frozenset[Quad], subject: NamedNode, predicate: NamedNode, graph: str = "") -> set[str]:
    return {
        str(q.object.value) for q in quads if q.subject == subject and q.predicate == predicate and graph in str(q.graph_name)
    }


def of_class(quads: frozenset[Quad], *classes: NamedNode) -> set[object]:
    return {q.subject for q in quads if q.predicate == RDF.type and q.object in classes}


def test_guidance_of_several_authorities_names_them_all(quads: frozenset[Quad]) -> None:
    principles = vocab.entity("guidance", "gmlp-2021")
    issuers = {vocab.entity("org", key).value for key in ("us-fda", "mhra", "health-canada")}
    assert objects(quads, principles, SGO.publishedBy) == issuers
    imdrf = vocab.entity("guidance", "imdrf-n88")
    assert objects(quads, imdrf, SGO.publishedBy) == {vocab.entity("network", "imdrf").value}
    first = vocab.entity("guidance", "sg-aihgle")
    assert objects(quads, first, SGO.jointIssuerName) == {"Synapxe (then IHiS)"}
    assert objects(quads, vocab.entity("guidance", "sg-aihgle-2"), SGO.supersedes) == {first.value}


def test_a_provision_is_a_part_of_its_document(quads: frozenset[Quad]) -> None:
    parts = objects(quads, vocab.entity("law", "eu-2017-745"), SGO.hasProvision)
    assert vocab.entity("provision", "eu-2017-745/annex-i-17-2").value in parts
    clause = vocab.entity("provision", "iso-14971-2019/clause-7")
    assert clause.value in objects(quads, vocab.entity("edition", "iso-14971-2019"), SGO.hasProvision)
    assert objects(quads, clause, SGO.provisionNumber) == {"7"}


def test_a_whole_document_is_no_part_of_itself(quads: frozenset[Quad]) -> None:
    entry = next(
        q.subject
        for q in quads
        if q.predicate == SGO.rowKey and q.object.value.startswith("crosswalk#") and "fda-cds" in q.object.value
    )
    record = next(
        q.subject for q in quads if q.predicate == SGO.hasSourceRecord and q.object == entry and "/crosswalk/" in str(q.subject)
    )
    assert isinstance(record, NamedNode)
    assert objects(quads, record, SGO.crosswalkFrom) == {vocab.entity("guidance", "fda-cds").value}


def test_our_own_judgement_in_the_crosswalk_is_a_candidate_and_keeps_its_mark(quads: frozenset[Quad]) -> None:
    candidate = vocab.concept("mapping-status", "candidate")
    told: dict[object, dict[NamedNode, str]] = {}
    for q in quads:
        if q.predicate in (SGO.mappedBy, SGO.hasCrosswalkStatus):
            told.setdefault(q.subject, {})[q.predicate] = q.object.value
    editorial = [one for one in told.values() if one[SGO.mappedBy].startswith("editorial")]
    assert len(editorial) == 171
    assert {one[SGO.hasCrosswalkStatus] for one in editorial} == {candidate.value}


def test_a_plain_topic_is_said_only_where_a_source_was_read_and_the_relation_is_direct(quads: frozenset[Quad]) -> None:
    rows = [row for row in Tables(CURATED)["crosswalk"] if row.confirmed and not row["mapped_by"].startswith("editorial")]
    direct = {(row["instrument_id"], row["provision"], row["topic_id"]) for row in rows if row["relation"] == "direct"}
    said = {(q.subject, q.object) for q in quads if q.predicate == SGO.addressesTopic and "/crosswalk" in str(q.graph_name)}
    assert len(said) == len(direct)
    assert not [q for q in quads if q.predicate in (SGO.coversFully, SGO.coversPartially)]


def test_a_pair_keeps_the_words_of_its_source(quads: frozenset[Quad]) -> None:
    pair = vocab.entity("crosswalk", "eu-ai-act-article-72-eu-mdr-article-83-post-market")
    assert objects(quads, pair, SGO.crosswalkFrom) == {vocab.entity("provision", "eu-2024-1689/article-72").value}
    assert objects(quads, pair, SGO.crosswalkTo) == {vocab.entity("provision", "eu-2017-745/article-83").value}
    assert objects(quads, pair, SGO.crosswalkRelation) == {vocab.concept("provision-relation", "overlaps").value}


def test_great_britain_and_northern_ireland_have_their_own_device_law(quads: frozenset[Quad]) -> None:
    british, northern = vocab.entity("jurisdiction", "gb-gbn").value, vocab.entity("jurisdiction", "gb-nir").value
    assert british in objects(quads, vocab.entity("law", "uk-si-2002-618"), SGO.appliesIn)
    assert northern in objects(quads, vocab.entity("law", "eu-2017-745"), SGO.appliesIn)
    england = vocab.entity("jurisdiction", "gb-eng")
    assert objects(quads, england, SGO.partOfJurisdiction) == {british}


def test_a_numbered_decision_is_an_authorisation_and_a_statement_without_a_number_is_a_report(quads: frozenset[Quad]) -> None:
    numbers = {q.object.value for q in quads if q.predicate == SGO.officialIdentifier and "/authorisation/" in str(q.subject)}
    assert len(numbers) == 128
    assert {number.rstrip("0123456789") for number in numbers} == {"K", "DEN"}
    places = {q.object.value.rpartition("/")[2] for q in quads if q.predicate == SGO.reportedJurisdiction}
    assert places == {"au", "cn", "eu", "gb", "kr", "sa", "sg", "tw"}


def test_a_device_of_the_list_is_included_in_the_family_and_not_authorised_twice(quads: frozenset[Quad]) -> None:
    included = {q.object for q in quads if q.predicate == SGO.includesDevice}
    authorised = {q.object for q in quads if q.predicate == SGO.authorises}
    assert len(included) > 60
    assert not included & authorised


def test_the_country_of_a_maker_stands_apart(quads: frozenset[Quad]) -> None:
    assert {q.graph_name for q in quads if q.predicate == SGO.basedIn} == {vocab.graph("unverified/devices-cross")}


def test_a_sandbox_has_its_cohorts_and_the_cohorts_their_technologies(quads: frozenset[Quad]) -> None:
    airlock = vocab.entity("sandbox", "mhra-ai-airlock")
    cohorts = {q.subject for q in quads if q.predicate == SGO.cohortOf and q.object == airlock}
    assert {str(one).rpartition("mhra-ai-airlock-")[2].rstrip(">") for one in cohorts} == {"pilot", "phase-2", "2026-2029"}
    admitted = [q for q in quads if q.predicate == SGO.admitsTo and q.object in cohorts]
    assert len(admitted) == 12


def test_what_nice_recommends_holds_for_england(quads: frozenset[Quad]) -> None:
    nice = {q.subject for q in quads if q.predicate == SGO.issuedBy and q.object == vocab.entity("org", "nice")}
    places = {q.object for q in quads if q.predicate == SGO.inJurisdiction and q.subject in nice}
    assert places == {vocab.entity("jurisdiction", "gb-eng")}


def test_actions_are_what_their_authority_calls_them(quads: frozenset[Quad]) -> None:
    assert objects(quads, vocab.entity("action", "fda-z-0820-2020"), RDF.type) == {SGO.Recall.value}
    alert = vocab.entity("action", "mhra-mda-2019-001")
    assert objects(quads, alert, RDF.type) == {SGO.SafetyAlert.value}
    assert objects(quads, alert, SGO.officialIdentifier) == {"MDA/2019/001"}
    plain = {q.subject for q in quads if q.predicate == RDF.type and q.object == SGO.SafetyAction}
    assert len(plain) == 3


def test_software_and_artificial_intelligence_are_told_apart(quads: frozenset[Quad]) -> None:
    def count(predicate: NamedNode, code: str) -> int:
        return len({q.subject for q in quads if q.predicate == predicate and q.object == vocab.concept("involvement", code)})

    assert count(SGO.hasSoftwareInvolvement, "yes") == 203
    assert count(SGO.hasAIInvolvement, "yes") == 2
    assert count(SGO.hasAIInvolvement, "device") == 13


def test_rows_of_the_icij_are_in_graphs_of_their_own_under_their_licence(quads: frozenset[Quad]) -> None:
    keys = {q.subject: q.graph_name for q in quads if q.predicate == SGO.rowKey and q.object.value.startswith("icij_")}
    assert len(keys) == 168 + 17
    homes = {vocab.graph("source/icij-alerts"), vocab.graph("unverified/icij-alerts")}
    spoken = {q.graph_name for q in quads if q.object in keys}
    assert spoken == homes
    odbl = {q.subject for q in quads if q.predicate == DCTERMS.license and "opendatacommons" in q.object.value}
    assert odbl == set(keys)


def test_a_notice_of_hong_kong_relays_those_that_it_names(quads: frozenset[Quad]) -> None:
    relays = {(q.subject, q.object) for q in quads if q.predicate == SGO.relays}
    assert len(relays) == 17
    places = {q.subject: q.object for q in quads if q.predicate == SGO.inJurisdiction}
    assert {places[one] for one, _ in relays} == {vocab.entity("jurisdiction", "hk")}
    assert {places[one].value[-2:] for _, one in relays if isinstance(one, NamedNode)} == {"au", "gb", "us"}


def test_an_event_that_is_not_confirmed_stands_apart_with_its_confidence(quads: frozenset[Quad]) -> None:
    confirmed = vocab.concept("grouping-confidence", "confirmed")
    for issue in of_class(quads, SGO.SafetyIssue):
        assert isinstance(issue, NamedNode)
        apart = "/unverified/" in str(next(q.graph_name for q in quads if q.subject == issue))
        assert (objects(quads, issue, SGO.hasGroupingConfidence) == {confirmed.value}) is not apart
        linking = {("/unverified/" in str(q.graph_name)) for q in quads if q.predicate == SGO.aboutIssue and q.object == issue}
        assert linking <= {apart, True}


def test_the_actions_of_an_issue_are_as_many_as_were_counted(quads: frozenset[Quad]) -> None:
    for row in Tables(CURATED)["alert_events"]:
        issue = vocab.entity("issue", row.key)
        linked = {q.subject for q in quads if q.predicate == SGO.aboutIssue and q.object == issue}
        assert len(linked) == int(row["alert_count"]), row.key


def test_a_person_is_known_by_a_role_and_its_dates_alone(quads: frozenset[Quad]) -> None:
    streeting = vocab.entity("role", "wes-streeting-secretary-of-state-for-health-and-social-care")
    assert objects(quads, streeting, SGO.validUntil) == {"2026-05-15"}
    assert objects(quads, streeting, SGO.printedValidUntil) == {"2026-05-14"}
    assert {str(q.subject).partition("/id/")[2].partition("/")[0] for q in quads if q.predicate == SGO.holderName} == {"role"}


def test_a_claim_says_who_makes_it_and_what_was_found_out(quads: frozenset[Quad]) -> None:
    first = vocab.entity("claim", "claim-02")
    assert objects(quads, first, SGO.hasConfirmation) == {vocab.concept("confirmation", "confirmed").value}
    assert objects(quads, first, SGO.claimAbout) == {
        vocab.entity("jurisdiction", "gb").value,
        vocab.entity("network", "healthai-grn").value,
    }
    goal = vocab.entity("claim", "claim-08")
    assert {iri.rpartition("/id/")[2] for iri in objects(quads, goal, SGO.claimAbout)} == {
        "network/healthai-grn", "org/mhra", "org/gb-nhs",
    }  # fmt: skip
    wrong = vocab.entity("claim", "claim-34")
    assert objects(quads, wrong, SGO.hasConfirmation) == {vocab.concept("confirmation", "contradicted").value}
    assert objects(quads, wrong, SGO.assertedByName) == {"aireports.africa"}


def test_the_dates_of_the_ai_act_stand_as_enacted_and_as_changed(quads: frozenset[Quad]) -> None:
    step = vocab.entity("milestone", "eu-ai-act-application-article-6-1-annex-i-products-medical-devices-and-ivds")
    assert objects(quads, step, SGO.printedValidFrom) == {"2028-08-02"}
    assert objects(quads, step, SGO.originalDate) == {"2027-08-02"}
    assert objects(quads, step, SGO.changedByInstrument) == {vocab.entity("law", "eu-com-2025-836").value}


@pytest.mark.parametrize("release", ["2024-03.csv", "2025-07.xlsx", "2025-12-enriched.json"])
def test_any_release_of_the_fda_list_agrees_with_the_tables(quads: frozenset[Quad], shared: Path, release: str) -> None:
    path = shared / "data" / "fda-ai-device-list" / f"ai-ml-enabled-devices-{release}"
    told = FdaAiDevices().read(path, vocab.graph("source/fda-ai-devices"))
    listed = [one for one in told if isinstance(one, Quad)]
    names: dict[object, set[str]] = {}
    for q in (*quads, *listed):
        if q.predicate == RDFS.label and q.object.language == "en":
            names.setdefault(q.subject, set()).add(q.object.value)
    assert {str(one) for one, told in names.items() if len(told) > 1} == set()
