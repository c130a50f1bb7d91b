"""The packaged content as a whole: every thing has a name and a source, every link leads somewhere, the figures add up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import queries, resources, vocab
from standards_graph.browse.search import Index
from standards_graph.importing.curated.tables import COLUMNS, Tables
from standards_graph.model.answers import CSV
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import BASE, DCTERMS, OWL, PREFIXES, RDF, RDFS, SGO, SKOS, SSSOM, XSD

Content = dict[NamedNode, set[Quad]]
Classes = dict[NamedNode, set[NamedNode]]


def things(facts: Iterable[Quad], classes: Classes, of: NamedNode, graph: str = "") -> set[NamedNode]:
    """The things of a class, in whatever graph or in one."""
    found = (q for q in facts if q.predicate == RDF.type and q.object in classes[of] and graph in str(q.graph_name))
    return {q.subject for q in found if isinstance(q.subject, NamedNode)}


def test_every_entity_has_a_source_record_in_every_graph_that_speaks_of_it(facts: frozenset[Quad], classes: Classes) -> None:
    entities = things(facts, classes, SGO.RegistryEntity) | things(facts, classes, SGO.MappingRecord)
    speaks = {(q.subject, q.graph_name) for q in facts if q.subject in entities}
    sourced = {(q.subject, q.graph_name) for q in facts if q.predicate == SGO.hasSourceRecord}
    # What is said of an edition by the row of its amendment or of its adoption has the source of that row.
    assert {str(thing) for thing, graph in speaks - sourced} == set()


def test_every_entity_has_exactly_one_english_name(facts: frozenset[Quad], classes: Classes) -> None:
    entities = things(facts, classes, SGO.RegistryEntity) | things(facts, classes, SGO.MappingRecord)
    entities |= things(facts, classes, SGO.NetworkMembership)
    names: dict[object, set[str]] = {}
    for q in facts:
        if q.predicate == RDFS.label and isinstance(q.object, Literal) and q.object.language == "en":
            names.setdefault(q.subject, set()).add(q.object.value)
    assert {thing.value: names.get(thing) for thing in entities if len(names.get(thing, ())) != 1} == {}


def test_every_concept_and_scheme_has_exactly_one_english_name(facts: frozenset[Quad]) -> None:
    concepts = {q.subject for q in facts if q.predicate == RDF.type and q.object in (SKOS.Concept, SKOS.ConceptScheme)}
    names: dict[object, set[str]] = {}
    for q in facts:
        if q.predicate == SKOS.prefLabel:
            names.setdefault(q.subject, set()).add(q.object.value)
    assert {str(c) for c in concepts if len(names.get(c, ())) != 1} == set()


def test_no_link_leads_to_a_thing_that_nobody_describes(content: Content, facts: frozenset[Quad]) -> None:
    described = {q.subject for quads in content.values() for q in quads if q.predicate == RDF.type}
    ours = (PREFIXES["sgr"], PREFIXES["sgs"], PREFIXES["sgm"])
    linked = {q.object for q in facts if isinstance(q.object, NamedNode) and q.object.value.startswith(ours)}
    assert {str(one) for one in linked - described} == set()


def test_every_term_that_is_used_is_declared(content: Content, facts: frozenset[Quad]) -> None:
    declared = {q.subject for q in content[vocab.graph("ontology")] if q.predicate == RDF.type}
    used = {q.predicate for q in facts} | {q.object for q in facts if q.predicate == RDF.type}
    own = {term for term in used if isinstance(term, NamedNode) and term.value.startswith(PREFIXES["sgo"])}
    assert own - declared == set()


def test_names_are_clean_paths(facts: frozenset[Quad]) -> None:
    form = re.compile(re.escape(BASE) + r"(id|scheme|map)(/[a-z0-9]+(-[a-z0-9]+)*)+")
    about_a_graph = {q.subject.value for q in facts if q.subject == q.graph_name and q.predicate == SGO.hasSourceRecord}
    assert {q.subject.value for q in facts if not form.fullmatch(q.subject.value)} == about_a_graph


def test_a_source_record_is_of_one_row_and_has_address_level_and_licence(facts: frozenset[Quad]) -> None:
    told: dict[NamedNode, dict[NamedNode, set[str]]] = {}
    for q in facts:
        if isinstance(q.subject, NamedNode) and q.subject.value.startswith(PREFIXES["sgr"] + "source/"):
            told.setdefault(q.subject, {}).setdefault(q.predicate, set()).add(q.object.value)
    for record, said in told.items():
        for predicate in (SGO.sourceAddress, SGO.rowKey, DCTERMS.license, RDF.type):
            assert len(said[predicate]) == 1, (record, predicate)
    levels = Counter(len(said[SGO.readingLevel]) for said in told.values())
    # A degree of adoption that was not read stays apart: its record stands in both graphs.
    assert set(levels) == {1}


def test_starts_come_before_ends_and_computed_days_are_days(facts: frozenset[Quad]) -> None:
    computed = (
        SGO.validFrom,
        SGO.validUntil,
        SGO.publishedOn,
        SGO.decidedOn,
        SGO.transitionUntil,
        SGO.adoptedOn,
        SGO.appliesFrom,
    )
    starts: dict[object, str] = {}
    for q in facts:
        if q.predicate in computed:
            assert isinstance(q.object, Literal)
            assert q.object.datatype == XSD.date, q
        if q.predicate == SGO.validFrom:
            starts[q.subject] = max(starts.get(q.subject, ""), q.object.value)
    ends = [q for q in facts if q.predicate == SGO.validUntil and q.subject in starts]
    assert ends
    assert [q for q in ends if q.object.value <= starts[q.subject]] == []


COUNTS = [
    ("jurisdictions", SGO.Jurisdiction, 4),  # and three parts of the United Kingdom, and the European Economic Area
    ("networks", SGO.RegulatoryNetwork, 0),
    ("memberships", SGO.NetworkMembership, 0),
    ("committees", SGO.Committee, 0),
    ("adoptions", SGO.AdoptionRecord, 0),
    ("regulations", SGO.RegulatoryInstrument, 0),
    ("regulation_dates", SGO.RegulatoryMilestone, 0),
    ("risk_classes", SGO.RiskClass, 0),
    ("risk_class_mappings", SGO.MappingRecord, 0),
    ("standards_bodies", SGO.StandardsBody, 0),
    ("guidance", SGO.GuidanceDocument, 0),
    ("crosswalk", SGO.TopicCrosswalk, 0),
    ("crosswalk_pairs", SGO.ProvisionCrosswalk, 0),
    ("sandboxes", SGO.Programme, 0),
    ("sandbox_participants", SGO.SandboxParticipation, 0),
    ("evidence", SGO.EvidenceRecommendation, 0),
    ("alerts", SGO.SafetyAction, 168),  # and those of the ICIJ's database
    ("alert_events", SGO.SafetyIssue, 0),
    ("people_roles", SGO.RoleHolding, 0),
    ("seed_claims", SGO.Claim, 0),
]


@pytest.mark.parametrize(("table", "class_", "more"), COUNTS, ids=[table for table, _, _ in COUNTS])
def test_a_table_gives_one_entity_for_each_row(
    facts: frozenset[Quad], classes: Classes, table: str, class_: NamedNode, more: int
) -> None:
    rows = Tables(resources.data() / "curated")[table]
    assert len(things(facts, classes, class_)) == len(rows) + more


def test_each_row_has_its_own_source_record(facts: frozenset[Quad]) -> None:
    tables = Tables(resources.data() / "curated")
    keys = {q.object.value for q in facts if q.predicate == SGO.rowKey}
    for table in COLUMNS:
        assert {f"{table}#{row.key}" for row in tables[table]} <= keys


def test_recognitions_and_absences_are_the_rows_of_their_table(facts: frozenset[Quad], classes: Classes) -> None:
    rows = Tables(resources.data() / "curated")["recognitions"]
    absent = [row for row in rows if row["status"] == "not listed"]
    assert len(things(facts, classes, SGO.AbsenceFinding)) == len(absent) == 26
    assert len(things(facts, classes, SGO.StandardRecognition)) == len(rows) - len(absent)


def test_the_fda_list_gives_one_decision_for_each_entry(facts: frozenset[Quad], classes: Classes) -> None:
    assert len(things(facts, classes, SGO.MarketAuthorisation, "source/fda-ai-devices")) == 1357


def test_a_decision_in_the_list_and_in_a_table_is_one_with_two_sources(facts: frozenset[Quad], classes: Classes) -> None:
    listed = things(facts, classes, SGO.MarketAuthorisation, "source/fda-ai-devices")
    table = vocab.graph("curated/devices-cross")
    chosen = {q.subject for q in facts if q.predicate == SGO.identifierScheme and q.graph_name == table}
    assert len(listed & chosen) == 127
    assert {str(one).rpartition("/")[2].rstrip(">") for one in chosen - listed} == {"us-k260320"}
    told: dict[tuple[object, NamedNode], set[str]] = {}
    for q in facts:
        if q.subject in listed & chosen:
            told.setdefault((q.subject, q.predicate), set()).add(str(q.object))
    assert {len(told[one, SGO.hasSourceRecord]) for one in listed & chosen} == {2}
    for predicate in (SGO.authorises, SGO.decidedOn, SGO.viaPathway, RDFS.label, SGO.issuedBy):
        assert {one for one in listed & chosen if len(told[one, predicate]) != 1} == set(), predicate


# What each statement of coverage counts: the number that its source gives, and how to count the records that are held.
COMPLETE = {
    "access-consortium-member": (5, "?one sgo:membershipNetwork <id/network/access-consortium>"),
    "ai-airlock-phase-2-admission": (7, "?one sgo:admitsTo <id/cohort/mhra-ai-airlock-phase-2>"),
    "ai-airlock-pilot-admission": (5, "?one sgo:admitsTo <id/cohort/mhra-ai-airlock-pilot>"),
    "eea-state-outside-eu": (3, "?one sgo:partOfJurisdiction <id/jurisdiction/eea>"),
    "eu-mdr-class": (4, "?one skos:inScheme <scheme/eu-mdr-class>"),
    "eu-member-state": (27, "?one sgo:partOfJurisdiction <id/jurisdiction/eu>"),
    "fda-ai-list-entry": (1357, "GRAPH <graph/source/fda-ai-devices> { ?one a sgo:MarketAuthorisation }"),
    "mdsap-council-member": (
        5,
        "?one sgo:membershipNetwork <id/network/mdsap> ; "
        "sgo:membershipRole <scheme/network-role/regulatory-authority-council-member>",
    ),
    "mdsap-official-observer": (
        4,
        "?one sgo:membershipNetwork <id/network/mdsap> ; sgo:membershipRole <scheme/network-role/official-observer>",
    ),
    "nice-hte11-recommendation": (9, '?one a sgo:EvidenceRecommendation ; sgo:officialIdentifier "HTE11"'),
    "nice-hte20-recommendation": (5, '?one a sgo:EvidenceRecommendation ; sgo:officialIdentifier "HTE20"'),
    "us-device-class": (3, "?one skos:inScheme <scheme/us-fda-class>"),
}
COUNTING = "SELECT (COUNT(DISTINCT ?one) AS ?n) WHERE {{ {} }}"


def test_what_is_said_to_be_complete_is_as_many_as_its_source_counts(
    facts: frozenset[Quad], classes: Classes, full: MemoryStore
) -> None:
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("sgo", "skos"))
    said = {q.object.value.rpartition("/")[2] for q in facts if q.predicate == SGO.coverageKind}
    assert said == set(COMPLETE)
    for kind, (number, pattern) in COMPLETE.items():
        counted = full.answer(f"BASE <{BASE}>\n{prefixes}{COUNTING.format(pattern)}", media_type=CSV).body.decode().split()[-1]
        assert (kind, int(counted)) == (kind, number)


def test_nothing_is_said_to_be_complete_of_a_kind_that_was_read_in_part(facts: frozenset[Quad]) -> None:
    said = {q.object for q in facts if q.predicate == SGO.coverageKind}
    read_in_part = ("guidance-document", "market-authorisation", "network-membership", "regulatory-instrument", "safety-action")
    assert said & {vocab.concept("record-kind", kind) for kind in (*read_in_part, "standard-recognition")} == set()


def test_the_fda_list_is_complete_up_to_its_last_decision(facts: frozenset[Quad], classes: Classes) -> None:
    kind = vocab.concept("record-kind", "fda-ai-list-entry")
    (statement,) = {q.subject for q in facts if q.predicate == SGO.coverageKind and q.object == kind}
    told = {q.predicate: q.object for q in facts if q.subject == statement}
    listed = things(facts, classes, SGO.MarketAuthorisation, "source/fda-ai-devices")
    days = [q.object.value for q in facts if q.predicate == SGO.decidedOn and q.subject in listed]
    assert told[SGO.completeAsOf] == Literal(max(days), datatype=XSD.date)


def test_evidence_and_reports_authorise_nothing(facts: frozenset[Quad], classes: Classes) -> None:
    reports = things(facts, classes, SGO.MarketReport)
    assert len(reports) == 195 - 128
    authorised = {q.object.value for q in facts if q.predicate == SGO.inJurisdiction and "/authorisation/" in str(q.subject)}
    assert authorised == {vocab.entity("jurisdiction", "us").value}


def test_no_company_is_taken_for_a_curated_organisation(facts: frozenset[Quad], classes: Classes) -> None:
    makers = {q.object for q in facts if q.predicate == SGO.manufacturedBy}
    tables = tuple(f"/{table}>" for table in ("regulators", "standards-bodies", "networks", "memberships"))
    curated = {q.subject for q in facts if q.predicate == RDF.type and str(q.graph_name).endswith(tables)}
    assert curated
    assert makers & curated == set()


EXPECTED = {
    "adoptions-of-an-edition": 3,
    "changes-in-recognitions": 42,
    "editions-of-a-standard": 4,
    "recognitions-of-an-edition": 1,
    "dates-of-a-law": 11,
    "founding-story-claims": 28,
    "one-fault-several-authorities": 144,
    "recommendations-on-devices": 55,
    "errors-that-the-data-shows": 0,
    "eu-counterpart-of-fda-class-ii": 2,
    "fda-ai-devices-by-panel-and-year": 117,
    "fda-ai-devices-of-a-panel": 130,
    "healthai-network-members": 4,
    "us-recognised-eu-harmonised": 6,
    # Asked by regulators.
    "alerted-here-sold-elsewhere": 32,
    "classes-that-exclude-each-other": 0,
    "days-until-others-acted": 61,
    "descendants-of-a-recalled-device": 0,
    "devices-with-a-change-plan": 0,
    "faults-of-devices-on-my-market": 13,
    "guidance-on-a-provision": 2,
    "laws-in-force": 9,
    "map-between-two-schemes": 5,
    "members-who-have-not-warned": 4,
    "provisions-for-each-principle": 190,
    "provisions-on-the-same-topic": 21,
    "reliance-on-ended-authorisations": 0,
    "sandbox-devices-and-markets": 12,
    "values-below-what-was-claimed": 0,
    # Asked by standards bodies and makers.
    "documents-an-edition-rests-on": 3,
    "editions-recognised-in-most-jurisdictions": 18,
    "editions-recognised-on-a-day": 65,
    "mandatory-here-voluntary-there": 2,
    "recognised-here-and-not-there": 54,
    "recognitions-in-part": 3,
    "requirements-and-the-clauses-that-cover-them": 42,
    "standards-recognised-in-all-of-my-jurisdictions": 4,
    "superseded-editions-still-recognised": 3,
    "topics-without-a-recognised-standard": 5,
    "transition-periods-ending-soon": 3,
    "where-an-edition-is-accepted": 2,
    # Asked by curators and makers.
    "ai-devices-on-a-market": 5,
    "authorised-devices-of-a-type": 246,
    "candidates-for-review": 222,
    "concepts-without-a-label": 193,
    "entities-of-a-data-set": 5,
    "entities-with-one-identifier": 0,
    "entities-without-source": 0,
    "mappings-left-on-superseded-editions": 0,
    "open-mapping-conflicts": 0,
    "pathways-of-a-device-type": 4,
    "published-values-of-a-metric": 0,
    "recognitions-without-legal-basis": 3,
    "recommended-and-under-alert": 10,
    "records-on-superseded-documents": 0,
    "reliance-between-jurisdictions": 0,
    "reviews-of-mapping-records": 0,
    "safety-actions-about-a-device": 17,
    "sources-to-read-again": 2238,
    "versions-affected-by-an-action": 0,
    "weakest-premises": 116,
    "what-is-complete": 11,
    "where-sources-disagree": 0,
    "why-an-inferred-mapping-holds": 256,
}


FAULTS = {
    "errors-that-the-data-shows",
    "entities-with-one-identifier",
    "entities-without-source",
    "mappings-left-on-superseded-editions",
    "open-mapping-conflicts",
    "records-on-superseded-documents",
    "where-sources-disagree",
}
"""Questions that look for faults: the packaged content has none of these."""


@pytest.mark.parametrize("name", queries.questions())
def test_a_question_is_answered_on_the_full_content(full: MemoryStore, name: str) -> None:
    lines = full.answer(queries.question(name).text, media_type=CSV).body.decode().splitlines()
    assert len(lines) - 1 == EXPECTED[name]
    assert EXPECTED[name] > 0 or name in FAULTS or queries.question(name).header.get("missing"), (
        "a question without an answer names what is missing"
    )


def test_every_mapping_record_belongs_to_a_set_that_says_what_it_is(facts: frozenset[Quad], classes: Classes) -> None:
    records = things(facts, classes, SGO.MappingRecord)
    belongs = {q.object: q.subject for q in facts if q.predicate == SSSOM.mappings}
    assert records == set(belongs)
    for one in set(belongs.values()):
        told = {q.predicate for q in facts if q.subject == one}
        assert {RDFS.label, DCTERMS.title, DCTERMS.license, DCTERMS.creator, OWL.versionInfo, SGO.hasSourceRecord} <= told


def test_a_jurisdiction_has_names_in_other_languages_and_says_what_they_are(facts: frozenset[Quad]) -> None:
    graph = vocab.graph("curated/jurisdiction-names")
    # One Arabic name is left out: its source has a placeholder in it.
    names = {(q.subject, q.object.language) for q in facts if q.graph_name == graph and q.predicate == RDFS.label}
    assert (vocab.entity("jurisdiction", "de"), "zh-hans") in names or (vocab.entity("jurisdiction", "de"), "zh-Hans") in names
    assert Counter(language.lower() for _, language in names) == Counter(
        {"ar": 84, "es": 85, "fr": 85, "zh-hans": 85, "de": 6, "it": 2, "nl": 2, "pl": 1, "pt": 2}
    )
    records = {q.object for q in facts if q.graph_name == graph and q.predicate == SGO.hasSourceRecord}
    stated = {q.subject: q.object.value for q in facts if q.predicate == SGO.translationStatus}
    assert set(stated) == records
    assert Counter(stated.values()) == {"official": 95, "unreviewed": 1}


def test_a_jurisdiction_is_found_by_its_name_in_another_language(full: MemoryStore) -> None:
    index = Index.read(full)
    for name in ("Deutschland", "Allemagne", "德国", "ألمانيا"):
        assert vocab.entity("jurisdiction", "de") in index.best(name), name
