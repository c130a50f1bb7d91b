"""The engine from facts to graphs: what is written, what it rests on, and on which day it holds."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.harmonisation import following, naming, rules, writing
from standards_graph.harmonisation.engine import outcome
from standards_graph.importing import packaged
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import OWL, PROV, RDF, SEMAPV, SGO, SKOS, SSSOM, XSD

EXAMPLE = resources.ontology() / "examples" / "worked.ttl"
TODAY = dt.date(2026, 11, 23)
PREFIXES = "".join(f"PREFIX {name}: <{iri}> " for name, iri in vocab.PREFIXES.items()) + f"BASE <{vocab.BASE}> "
WORLD = """
GRAPH <graph/curated/facts> {
  <id/source/one> a sgo:SourceRecord ; sgo:sourceAddress "https://example.org/one" ; sgo:readingLevel <scheme/reading-level/source-read> .
  <id/jurisdiction/us> a sgo:Jurisdiction ; rdfs:label "United States"@en .
  <id/edition/iec> a sgo:StandardEdition ; rdfs:label "IEC 1:2010"@en ; sgo:isEditionOf <id/standard/iec> ; sgo:hasSourceRecord <id/source/one> .
  <id/edition/en> a sgo:StandardEdition ; rdfs:label "EN 1:2011"@en ; sgo:isEditionOf <id/standard/en> ; sgo:publishedOn "2011-05-01"^^xsd:date ;
    sgo:isIdenticalAdoptionOf <id/edition/iec> ; sgo:hasSourceRecord <id/source/one> .
  <id/edition/bs> a sgo:StandardEdition ; rdfs:label "BS 1:2012"@en ; sgo:isEditionOf <id/standard/bs> ;
    sgo:isIdenticalAdoptionOf <id/edition/iec> ; sgo:hasSourceRecord <id/source/one> .
  <id/adoption/bs> a sgo:AdoptionRecord ; sgo:adoptingEdition <id/edition/bs> ; sgo:adoptedEdition <id/edition/iec> ; sgo:hasSourceRecord <id/source/one> .
  <id/recognition/full> a sgo:StandardRecognition ; rdfs:label "Full recognition"@en ; sgo:recognises <id/edition/en> ;
    sgo:inJurisdiction <id/jurisdiction/us> ; sgo:hasRecognitionExtent <scheme/extent/complete> ;
    sgo:hasDecisionStatus <scheme/decision-status/transition> ; sgo:validFrom "2015-01-01"^^xsd:date ; sgo:transitionUntil "2027-03-31"^^xsd:date .
  <id/recognition/part> a sgo:StandardRecognition ; sgo:recognises <id/edition/bs> ;
      sgo:inJurisdiction <id/jurisdiction/us> ;
    sgo:hasRecognitionExtent <scheme/extent/partial> ; sgo:hasDecisionStatus <scheme/decision-status/in-force> .
  <scheme/x> a skos:ConceptScheme ; sgo:isExclusive true .
  <scheme/x/a> a skos:Concept , sgo:RiskClass ; skos:inScheme <scheme/x> ; skos:prefLabel "X A"@en .
  <scheme/x/b> a skos:Concept , sgo:RiskClass ; skos:inScheme <scheme/x> ; skos:prefLabel "X B"@en .
  <scheme/y/a> a skos:Concept , sgo:RiskClass ; skos:inScheme <scheme/y> ; skos:prefLabel "Y A"@en .
  <scheme/z/a> a skos:Concept , sgo:RiskClass ; skos:inScheme <scheme/z> ; skos:prefLabel "Z A"@en .
}
GRAPH <graph/mapping/classes> {
  <map/1> a owl:Axiom , sgo:MappingRecord ; rdfs:label "X A falls under Y A"@en ; owl:annotatedSource <scheme/x/a> ; owl:annotatedProperty sgo:entails ; owl:annotatedTarget <scheme/y/a> ;
    sssom:confidence 0.9 ; sgo:hasMappingStatus <scheme/mapping-status/accepted> ; sgo:hasSourceRecord <id/source/one> .
  <map/2> a owl:Axiom , sgo:MappingRecord ; rdfs:label "Y A is the same as Z A"@en ; owl:annotatedSource <scheme/y/a> ; owl:annotatedProperty skos:exactMatch ; owl:annotatedTarget <scheme/z/a> ;
    sssom:confidence 0.8 ; sgo:hasMappingStatus <scheme/mapping-status/accepted> ; sgo:validFrom "2020-01-01"^^xsd:date ;
    sgo:validUntil "2027-01-01"^^xsd:date ; sgo:hasSourceRecord <id/source/one> ; sgo:mappingScopeText "software"@en .
}
"""  # noqa: E501 - one statement of a fixture stands on one line
RECORD = """a owl:Axiom , sgo:MappingRecord ; rdfs:label "one more"@en ; sssom:confidence 0.9 ;
  sgo:hasMappingStatus <scheme/mapping-status/accepted> ;"""


def quads(*texts: str) -> list[Quad]:
    return [quad for text in texts for quad in parse(PREFIXES + text, format=RdfFormat.TRIG)]


def mapping(name: str, source: str, relation: str, target: str, more: str = "") -> str:
    ends = f"owl:annotatedSource <{source}> ; owl:annotatedProperty sgo:{relation} ; owl:annotatedTarget <{target}>"
    return f"GRAPH <graph/mapping/more> {{ <map/{name}> {RECORD} {ends} {more} . }}"


def written(*texts: str, day: dt.date = TODAY) -> list[Quad]:
    return list(writing.quads(outcome(quads(WORLD, *texts)), day))


def plain(found: Iterable[Quad]) -> set[str]:
    """The plain triples, in short."""
    return {
        " ".join(term.value.removeprefix(vocab.BASE).rpartition("#")[2] for term in (q.subject, q.predicate, q.object))
        for q in found
        if q.graph_name == writing.DIRECT
    }


def described(found: Iterable[Quad], thing: NamedNode) -> dict[NamedNode, set[str]]:
    told: dict[NamedNode, set[str]] = defaultdict(set)
    for quad in found:
        if quad.subject == thing:
            told[quad.predicate].add(quad.object.value)
    return told


def record(found: Iterable[Quad], source: str, relation: NamedNode, target: str) -> dict[NamedNode, set[str]]:
    """What is written of the record that compares two things."""
    listed = list(found)
    for one in {quad.subject for quad in listed if quad.predicate == OWL.annotatedSource}:
        told = described(listed, one)
        if (told[OWL.annotatedSource], told[OWL.annotatedProperty], told[OWL.annotatedTarget]) == (
            {vocab.BASE + source}, {relation.value}, {vocab.BASE + target},
        ):  # fmt: skip
            return told
    raise LookupError(source)


@pytest.mark.parametrize(("word", "relations"), [("overlaps", {"overlaps"}), ("goes-beyond", set()), ("maps-to", set())])
def test_of_crosswalks_only_an_overlap_says_how_two_whole_provisions_lie(word: str, relations: set[str]) -> None:
    said = f"""GRAPH <graph/curated/law> {{
      <id/provision/one> a sgo:Provision . <id/provision/two> a sgo:Provision .
      <id/crosswalk/1> sgo:crosswalkFrom <id/provision/one> ; sgo:crosswalkTo <id/provision/two> ;
        sgo:hasSourceRecord <id/source/one> ;
        sgo:crosswalkRelation <scheme/crosswalk-relation/{word}> ; sgo:hasCrosswalkStatus <scheme/mapping-status/accepted> }}"""
    found = plain(written(said)) - plain(written())
    assert {one.split()[1] for one in found} == relations


def test_an_inferred_record_carries_everything_that_explains_it() -> None:
    told = record(written(), "scheme/x/a", SGO.entails, "scheme/z/a")
    assert told[SSSOM.confidence] == {"0.72"}
    assert told[SSSOM.mapping_justification] == {SEMAPV.MappingChaining.value}
    assert told[SGO.mappingAuthority] == {"inferred"}
    assert told[PROV.wasDerivedFrom] == {vocab.mapping("1").value, vocab.mapping("2").value}
    assert told[PROV.wasGeneratedBy] == {naming.RUN}
    assert told[SGO.weakestPremise] == {vocab.mapping("2").value}
    assert told[SGO.validFrom] == {"2020-01-01"}
    assert told[SGO.validUntil] == {"2027-01-01"}
    assert told[SGO.mappingScopeText] == {"software"}
    assert told[SGO.strictnessUnknown] == {"true"}
    assert told[SGO.explanation] == {
        "X A falls under Z A: X A falls under Y A [https://example.org/one], and Y A is the same as Z A [https://example.org/one]."
        " Said only for: software. Whether the two are the same is not known. The first day of a premise is not recorded."
    }


def test_what_is_said_backwards_is_an_inversion() -> None:
    told = record(written(), "scheme/y/a", SGO.entailedBy, "scheme/x/a")
    assert told[SSSOM.mapping_justification] == {SEMAPV.MappingInversion.value}
    assert told[SGO.explanation] == {"Y A holds all of X A, because X A falls under Y A [https://example.org/one]."}


def test_an_identical_adoption_counts_as_a_record_with_its_source() -> None:
    found = written()
    told = record(found, "id/edition/bs", SGO.equivalentTo, "id/edition/iec")
    assert told[PROV.wasDerivedFrom] == {f"{vocab.BASE}id/adoption/bs"}
    assert told[SGO.hasSourceRecord] == {f"{vocab.BASE}id/source/one"}
    assert told[SSSOM.confidence] == {"0.9"}
    both = record(found, "id/edition/bs", SGO.equivalentTo, "id/edition/en")
    assert both[SGO.explanation] >= {
        "BS 1:2012 and EN 1:2011 are both identical adoptions of IEC 1:2010 [https://example.org/one]."
        " The first day of a premise is not recorded."
    }


def test_the_plain_triples_are_those_of_the_day() -> None:
    assert "scheme/y/a equivalentTo scheme/z/a" in plain(written())
    assert "scheme/y/a equivalentTo scheme/z/a" not in plain(written(day=dt.date(2019, 12, 31)))
    assert "scheme/y/a equivalentTo scheme/z/a" in plain(written(day=dt.date(2020, 1, 1)))
    assert "scheme/y/a equivalentTo scheme/z/a" not in plain(written(day=dt.date(2027, 1, 1)))


def test_skos_is_said_between_concepts_alone_and_not_where_strictness_is_unknown() -> None:
    found = plain(written())
    assert "scheme/x/a core#broadMatch scheme/y/a".replace("core#", "") in found
    assert "scheme/y/a exactMatch scheme/z/a" in found
    assert "scheme/x/a entails scheme/z/a" in found
    assert "scheme/x/a broadMatch scheme/z/a" not in found
    assert "id/edition/bs equivalentTo id/edition/en" in found
    assert "id/edition/bs exactMatch id/edition/en" not in found


def test_a_recognition_counts_for_an_identical_edition_until_its_transition_ends() -> None:
    found = written()
    effective = [quad.subject for quad in found if quad.object == SGO.EffectiveRecognition]
    told = {min(described(found, one)[SGO.effectiveEdition]).rpartition("/")[2]: described(found, one) for one in effective}
    assert set(told) == {"iec", "bs"}
    assert told["bs"][SGO.restsOnRecognition] == {f"{vocab.BASE}id/recognition/full"}
    assert told["bs"][SGO.validFrom] == {"2015-01-01"}
    assert told["bs"][SGO.validUntil] == {"2027-04-01"}
    assert told["bs"][SSSOM.confidence] == {"0.81"}
    assert told["iec"][SSSOM.confidence] == {"0.9"}
    assert "transition" in min(told["bs"][SGO.explanation])
    (rests_on,) = told["bs"][SGO.restsOnMapping]
    assert described(found, NamedNode(rests_on))[OWL.annotatedTarget]


def test_a_recognition_in_part_is_never_passed_on() -> None:
    found = written()
    assert {q.object.value for q in found if q.predicate == SGO.restsOnRecognition} == {f"{vocab.BASE}id/recognition/full"}


def test_what_its_source_withdrew_is_not_passed_on_to_the_end_of_its_transition() -> None:
    gone = 'GRAPH <graph/curated/facts> { <id/recognition/full> sgo:withdrawnAtSource "2026-03-01"^^xsd:date . }'
    found = written(gone)
    effective = {quad.subject for quad in found if quad.object == SGO.EffectiveRecognition}
    assert effective
    assert {quad.object.value for quad in found if quad.subject in effective and quad.predicate == SGO.validUntil} == {
        "2026-03-01"
    }


def test_what_is_recognised_itself_needs_no_recognition_in_effect() -> None:
    own = """GRAPH <graph/curated/facts> { <id/recognition/own> sgo:recognises <id/edition/bs> ;
      sgo:inJurisdiction <id/jurisdiction/us> ;
      sgo:hasRecognitionExtent <scheme/extent/complete> ; sgo:hasDecisionStatus <scheme/decision-status/in-force> . }"""
    found = {q.object.value.rpartition("/")[2] for q in written(own) if q.predicate == SGO.effectiveEdition}
    assert "bs" not in found


def test_a_conflict_is_told_and_what_it_touches_is_withdrawn() -> None:
    found = written(mapping("3", "scheme/y/a", "excludes", "scheme/x/a"))
    (conflict,) = [quad.subject for quad in found if quad.object == SGO.MappingConflict]
    told = described(found, conflict)
    assert told[SGO.conflictKind] == {vocab.concept("conflict-kind", "contradicting-pair").value}
    assert told[SGO.conflictMember] == {vocab.mapping("1").value, vocab.mapping("3").value}
    assert {quad.graph_name for quad in found if quad.subject == conflict} == {writing.CONFLICTS}
    assert not {one for one in plain(found) if "scheme/x/a" in one}


def test_two_exact_partners_in_one_exclusive_scheme_are_a_conflict() -> None:
    partners = [mapping(str(number), "scheme/z/a", "equivalentTo", f"scheme/x/{one}") for number, one in ((3, "a"), (4, "b"))]
    (told,) = [described(found, q.subject) for found in [written(*partners)] for q in found if q.object == SGO.MappingConflict]
    assert told[SGO.conflictKind] == {vocab.concept("conflict-kind", "two-exact-partners").value}


def test_a_superseded_edition_gives_a_candidate_that_nothing_follows_from() -> None:
    newer = """GRAPH <graph/curated/facts> { <id/edition/iec2> a sgo:StandardEdition ; rdfs:label "IEC 1:2020"@en ;
      sgo:supersedes <id/edition/iec> . <id/edition/other> a sgo:StandardEdition ; rdfs:label "Other"@en . }"""
    found = written(
        newer, mapping("3", "id/edition/iec", "entails", "id/edition/other", "; sgo:hasSourceRecord <id/source/one>")
    )
    told = record(found, "id/edition/iec2", SGO.entails, "id/edition/other")
    assert told[SGO.hasMappingStatus] == {vocab.concept("mapping-status", "candidate").value}
    assert told[SSSOM.confidence] == {"0.45"}
    assert not {one for one in plain(found) if "iec2" in one}


def test_what_is_unconfirmed_or_a_candidate_is_no_premise() -> None:
    unconfirmed = mapping("3", "scheme/z/a", "equivalentTo", "scheme/x/b").replace(
        "graph/mapping/more", "graph/unverified/more"
    )
    candidate = mapping("4", "scheme/z/a", "equivalentTo", "scheme/x/b").replace("status/accepted", "status/candidate")
    assert written(unconfirmed) == written()
    assert written(candidate) == written()


def test_the_same_facts_in_another_order_give_the_same_bytes() -> None:
    facts = quads(WORLD, mapping("3", "scheme/y/a", "excludes", "scheme/x/a"))
    expected = [str(quad) for quad in following.follows(facts, TODAY)]
    random.Random(1).shuffle(facts)
    assert [str(quad) for quad in following.follows(facts, TODAY)] == expected


def test_what_is_written_is_in_the_form_that_a_store_keeps() -> None:
    sure = [
        mapping(name, one, "entails", other).replace("confidence 0.9", "confidence 1.0")
        for name, one, other in (("sure", "scheme/x/a", "scheme/y/b"), ("more", "scheme/y/b", "scheme/z/b"))
    ]
    found = written(*sure)
    assert any(quad.predicate == SSSOM.confidence and quad.object == Literal("1", datatype=XSD.double) for quad in found)
    assert set(MemoryStore(found).dump()) == set(found)


def test_what_was_written_before_is_not_read() -> None:
    facts = quads(WORLD)
    once = following.follows(facts, TODAY)
    assert following.follows([*facts, *once], TODAY) == once


def test_the_worked_example_gives_what_the_design_says() -> None:
    facts = list(rdf.parse(EXAMPLE, graph=vocab.graph("mapping/example")))
    asserted = [quad for quad in facts if "1f00" not in quad.subject.value]
    found = list(writing.quads(outcome(asserted), TODAY))
    names = "id/edition/ansi-aami-iec-62304-2006-a1-2016", "id/edition/en-62304-2006-plus-a1-2015"
    told = record(found, names[0], SGO.equivalentTo, names[1])
    assert told[SSSOM.confidence] == {"0.9405"}
    assert told[SGO.weakestPremise] == {vocab.mapping("0a1c").value}
    assert "ANSI AAMI IEC 62304:2006/A1:2016" in min(told[SGO.explanation])


# --- on the packaged content ---


@pytest.fixture(scope="module")
def content() -> list[Quad]:
    return [quad for group in packaged.content(lambda *_: None).values() for quad in group]


@pytest.fixture(scope="module")
def all_of_it(content: list[Quad]) -> list[Quad]:
    return list(writing.quads(outcome(content), TODAY))


def test_every_inferred_record_leads_down_to_sources(content: list[Quad], all_of_it: list[Quad]) -> None:
    """Steps 1 to n in each derivation, no circle, no dead end."""
    told: dict[str, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in (*content, *all_of_it):
        told[quad.subject.value][quad.predicate].append(quad.object.value)
    derived = [one for one, said in told.items() if said[PROV.wasGeneratedBy]]
    assert len(derived) > 100

    def sources(one: str, above: tuple[str, ...] = ()) -> None:
        assert one not in above
        steps = [told[step] for step in told[one][SGO.hasDerivationStep]]
        numbered = sorted((min(step[SGO.derivationNumber]), min(step[SGO.stepPosition])) for step in steps)
        for number in {first for first, _ in numbered}:
            positions = [int(position) for first, position in numbered if first == number]
            assert positions == list(range(1, len(positions) + 1))
        if not told[one][SGO.hasSourceRecord]:
            assert steps
            for step in steps:
                (premise,) = step[SGO.usesMapping]
                sources(premise, (*above, one))
        for source in told[one][SGO.hasSourceRecord]:
            assert told[source][SGO.sourceAddress]

    for one in derived:
        assert told[one][SGO.explanation]
        sources(one)


def test_the_plain_triples_agree_with_the_records_on_any_day(content: list[Quad]) -> None:
    found = outcome(content)
    records = [*content, *writing.mappings(found)]
    told: dict[str, dict[NamedNode, str]] = defaultdict(dict)
    for quad in records:
        if not quad.graph_name.value.startswith(vocab.graph("unverified").value):
            told[quad.subject.value][quad.predicate] = quad.object.value
    for day in ("2010-01-01", "2021-06-30", "2026-11-23"):
        expected = set()
        for said in told.values():
            if said.get(SGO.hasMappingStatus) == vocab.concept("mapping-status", "accepted").value:
                ends = [said, told[said[OWL.annotatedSource]], told[said[OWL.annotatedTarget]]]
                starts = [one.get(SGO.validFrom) or one.get(SGO.publishedOn, "") for one in ends]
                if max(starts) <= day < min(one.get(SGO.validUntil, "9") for one in ends):
                    expected.add((said[OWL.annotatedSource], said[OWL.annotatedProperty], said[OWL.annotatedTarget]))
        got = [q for q in writing.direct(found, dt.date.fromisoformat(day)) if not q.predicate.value.startswith(SKOS.iri)]
        assert {(q.subject.value, q.predicate.value, q.object.value) for q in got} == expected
        assert len(got) == len(expected)


def test_there_is_no_conflict_in_the_packaged_content(all_of_it: list[Quad]) -> None:
    assert [quad for quad in all_of_it if quad.graph_name == writing.CONFLICTS] == []


def test_what_is_written_is_written_where_it_belongs(all_of_it: list[Quad]) -> None:
    assert {quad.graph_name for quad in all_of_it} == {rules.FACTS, writing.MAPPINGS, writing.DIRECT}
    assert set(following.GRAPHS) == {rules.FACTS, writing.MAPPINGS, writing.DIRECT, writing.CONFLICTS, writing.NOTICES}


def test_names_tell_english(all_of_it: list[Quad]) -> None:
    sentences = [q.object for q in all_of_it if q.predicate == SGO.explanation]
    assert sentences
    assert all(isinstance(one, Literal) and one.language == "en" and one.value.endswith(".") for one in sentences)
    assert RDF.type in {q.predicate for q in all_of_it}
