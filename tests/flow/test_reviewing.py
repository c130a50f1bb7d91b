"""From a verdict to what follows, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import pytest
from pyoxigraph import NamedNode

from standards_graph.curator import Curator
from standards_graph.errors import BadArgument, BadInput, NotFound
from standards_graph.harmonisation import following, reviewing, writing
from standards_graph.model.comparison import Covered
from standards_graph.model.equivalence import Fate
from standards_graph.model.reviews import Role, Status, Verdict, Why
from standards_graph.registry import Registry
from standards_graph.reviewer import Reviewer
from standards_graph.vocab import BASE, OWL, SGO, concept
from tests.harmonisation.test_engine import TODAY, WORLD, mapping, plain, quads

CANDIDATE = mapping("5", "scheme/z/a", "equivalentTo", "scheme/v/a").replace(
    "mapping-status/accepted", "mapping-status/candidate"
)
V = """GRAPH <graph/curated/facts> {
  <scheme/v/a> a skos:Concept , sgo:RiskClass ; skos:inScheme <scheme/v> ; skos:prefLabel "V A"@en }"""


class Clock:
    """Each look at it is a second later than the one before."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(seconds=1)
        return self.at


def holding(*texts: str) -> Registry:
    """A registry in memory that holds this, and what follows from it."""
    facts = quads(*texts)
    return Registry.in_memory([*facts, *following.follows(facts, TODAY)])


@pytest.fixture
def registry() -> Iterator[Registry]:
    with holding(WORLD, CANDIDATE, V) as made:
        yield made


@pytest.fixture
def reviewer(registry: Registry) -> Reviewer:
    return Reviewer(registry, Clock())


def follows(registry: Registry) -> set[str]:
    return {one.removeprefix("scheme/") for one in plain(registry.store.dump())}


def test_nothing_follows_from_a_record_that_is_rejected_until_somebody_accepts_it_again(
    registry: Registry, reviewer: Reviewer
) -> None:
    before = follows(registry)
    assert "scheme/x/a entails scheme/z/a" in plain(registry.store.dump())
    _, found = reviewer.review("sgm:1", Verdict.REJECT, by="Ada", reason="The rule has another scope")
    assert found.status is Status.REJECTED
    assert found.stated is Status.ACCEPTED
    assert not any("x/a" in one for one in follows(registry))
    assert registry.equivalence.counterparts("x/a") == ()
    reviewer.review("sgm:1", Verdict.ACCEPT, by="Ada", reason="It has not: I misread it")
    assert follows(registry) == before


LAW = """GRAPH <graph/curated/law> {
  <id/law/l> a sgo:RegulatoryInstrument ; sgo:hasProvision <id/provision/l/1> .
  <id/provision/l/1> a sgo:Provision ; rdfs:label "L 1"@en .
  <id/edition/iec> sgo:hasProvision <id/provision/iec/4> .
  <id/provision/iec/4> a sgo:Provision ; rdfs:label "IEC 1:2010, clause 4"@en }"""
COVERS = mapping("6", "id/provision/iec/4", "coversFully", "id/provision/l/1")
SAME = mapping("7", "id/edition/iec", "equivalentTo", "id/edition/other")
OTHER = "GRAPH <graph/curated/facts> { <id/edition/other> a sgo:StandardEdition ; rdfs:label 'Other'@en }"


def test_what_a_reviewer_decided_holds_in_every_answer(registry: Registry, reviewer: Reviewer) -> None:
    def linked(*schemes: str) -> set[str]:
        rows = registry.comparisons.compare(schemes, on=TODAY).rows
        return {one.record.value.removeprefix(BASE) for row in rows for cell in row.cells for one in cell.findings}

    assert "map/1" in linked("x", "y")
    assert "map/5" not in linked("z", "v")
    before = registry.studies.figures().records
    reviewer.review("sgm:1", Verdict.REJECT, by="Ada", reason="The rule has another scope")
    reviewer.review("sgm:5", Verdict.ACCEPT, by="Ada", reason="Read in the law itself")
    assert "map/1" not in linked("x", "y")
    assert "map/5" in linked("z", "v")
    assert registry.studies.figures().records == before


def test_a_clause_does_not_cover_what_a_reviewer_denied() -> None:
    with holding(WORLD, LAW, COVERS, OTHER, SAME) as registry:

        def covered(edition: str) -> list[Covered]:
            return [one.covered for one in registry.comparisons.conforms([edition], laws=["l"], on=TODAY).requirements]

        reviewer = Reviewer(registry, Clock())
        assert (covered("iec"), covered("other")) == ([Covered.FULLY], [Covered.FULLY])
        reviewer.review("sgm:7", Verdict.REJECT, by="Ada", reason="Not the same text")
        assert (covered("iec"), covered("other")) == ([Covered.FULLY], [Covered.NOT_RECORDED])
        reviewer.review("sgm:6", Verdict.REJECT, by="Ada", reason="Clause 4 is silent on this")
        assert covered("iec") == [Covered.NOT_RECORDED]


@pytest.mark.parametrize("record", ["sgm:1", "sgm:2"])
def test_what_falls_by_a_rejection_is_what_was_foretold(registry: Registry, reviewer: Reviewer, record: str) -> None:
    def inferred() -> set[str]:
        present = registry.store.present()
        return {quad.subject.value for quad in present.quads(writing.MAPPINGS) if quad.predicate == SGO.weakestPremise}

    foretold = registry.without(record)
    before, plainly = inferred(), len(plain(registry.store.dump()))
    reviewer.review(record, Verdict.REJECT, by="Ada", reason="Another scope")
    assert before - inferred() == {one.name for one in foretold if one.fate is Fate.FALLS}
    unsaid = [one for one in foretold if one.fate is Fate.UNSAID]
    assert 0 < len(unsaid) <= plainly - len(plain(registry.store.dump()))


@pytest.mark.parametrize("verdict", [Verdict.RETIRE, Verdict.CONTEST])
def test_a_retired_or_contested_record_is_no_premise(registry: Registry, reviewer: Reviewer, verdict: Verdict) -> None:
    reviewer.review("sgm:1", verdict, by="Ada", reason="Looked at again")
    assert not any("x/a" in one for one in follows(registry))


def test_a_comment_changes_no_status(registry: Registry, reviewer: Reviewer) -> None:
    before = follows(registry)
    _, found = reviewer.review("sgm:1", Verdict.COMMENT, by="Ada", reason="See the annex")
    assert found.status is Status.ACCEPTED
    assert [found.role(one) for one in found.reviews] == [Role.REMARK]
    assert follows(registry) == before


def test_an_accepted_candidate_is_a_premise(registry: Registry, reviewer: Reviewer) -> None:
    assert not any("v/a" in one for one in follows(registry))
    reviewer.review("sgm:5", Verdict.ACCEPT, by="Ada", reason="Compared rule by rule")
    assert {"scheme/z/a equivalentTo scheme/v/a", "scheme/v/a equivalentTo scheme/y/a"} <= plain(registry.store.dump())


def test_the_newest_verdict_decides_and_dissent_is_kept(reviewer: Reviewer) -> None:
    reviewer.review("sgm:1", Verdict.REJECT, by="Ada", reason="Another scope")
    reviewer.review("sgm:1", Verdict.ACCEPT, by="Bob", reason="The same scope")
    reviewer.review("sgm:1", Verdict.COMMENT, by="Eve", reason="See rule 11")
    _, found = reviewer.review("sgm:1", Verdict.ACCEPT, by="Cyd", reason="Bob is right")
    told = [(one.by, found.role(one)) for one in found.reviews]
    assert told == [("Cyd", Role.DECIDES), ("Eve", Role.REMARK), ("Bob", Role.AGREES), ("Ada", Role.DISSENTS)]
    assert found.status is Status.ACCEPTED


def test_a_reviewer_who_judges_again_replaces_the_former_verdict_and_both_are_shown(reviewer: Reviewer) -> None:
    reviewer.review("sgm:1", Verdict.REJECT, by="Ada", reason="Another scope")
    _, found = reviewer.review("sgm:1", Verdict.CONTEST, by="Ada", reason="Perhaps not")
    assert [(one.verdict, found.role(one)) for one in found.reviews] == [
        (Verdict.CONTEST, Role.DECIDES),
        (Verdict.REJECT, Role.REPLACED),
    ]
    assert found.status is Status.CONTESTED


def test_a_review_can_be_taken_back_like_any_revision(small_world: Registry) -> None:
    reviewer, name, said = (
        Reviewer(small_world, Clock()),
        "map/0000000000000001",
        "us-fda-class/ii entailedBy scheme/eu-mdr-class/iia",
    )
    done, _ = reviewer.review(BASE + name, Verdict.REJECT, by="Ada", reason="Looked at again")
    assert said not in str(plain(small_world.store.dump()))
    Curator(small_world).revert(done.name, agent="Ada")
    assert reviewer.reviewed(BASE + name).reviews == ()
    assert said in str(plain(small_world.store.dump()))
    assert Curator(small_world).validate().conforms


def test_a_restated_fact_can_be_rejected_and_the_fact_stays(registry: Registry, reviewer: Reviewer) -> None:
    one = next(one for one in registry.equivalence.counterparts("edition/en") if one.voice == "identical adoption")
    reviewer.review(one.record.value, Verdict.REJECT, by="Ada", reason="It is modified")
    assert not any("edition/en" in told and "equivalentTo" in told for told in plain(registry.store.dump()))
    assert any(quad.subject.value.endswith("edition/en") for quad in registry.store.present().saying(SGO.isIdenticalAdoptionOf))


def test_what_follows_is_reviewed_by_its_premises(registry: Registry, reviewer: Reviewer) -> None:
    one = next(one for one in registry.equivalence.counterparts("x/a") if one.is_inferred)
    with pytest.raises(BadArgument, match="premises"):
        reviewer.review(one.record.value, Verdict.REJECT, by="Ada", reason="No")
    _, found = reviewer.review(one.record.value, Verdict.COMMENT, by="Ada", reason="Surprising")
    assert found.status is Status.ACCEPTED


def test_a_candidate_from_which_nothing_can_follow_is_not_accepted() -> None:
    lost = mapping("6", "scheme/z/a", "equivalentTo", "scheme/nowhere").replace("status/accepted", "status/candidate")
    with holding(WORLD, lost) as registry, pytest.raises(BadArgument, match="two ends"):
        Reviewer(registry, Clock()).review("sgm:6", Verdict.ACCEPT, by="Ada", reason="Surely")


def test_a_review_says_who_and_why_and_of_what(reviewer: Reviewer) -> None:
    with pytest.raises(BadInput, match="why"):
        reviewer.review("sgm:1", Verdict.REJECT, by="Ada", reason=" ")
    with pytest.raises(NotFound):
        reviewer.review("sgm:nothing", Verdict.REJECT, by="Ada", reason="No")
    with pytest.raises(BadArgument, match="proposal"):
        reviewer.review("sgm:1", Verdict.ACCEPT, by="Ada", reason="Yes", confidence=0.9)


SUCCESSION = """
GRAPH <graph/mapping/editions> {
  <map/9> a owl:Axiom , sgo:MappingRecord ; rdfs:label "EN 1:2011 falls under Other 1"@en ;
    owl:annotatedSource <id/edition/en> ; owl:annotatedProperty sgo:entails ; owl:annotatedTarget <id/edition/other> ;
    sssom:confidence 0.8 ;
    sgo:hasMappingStatus <scheme/mapping-status/accepted> ; sgo:hasSourceRecord <id/source/one> .
}
GRAPH <graph/curated/facts> {
  <id/edition/other> a sgo:StandardEdition ; rdfs:label "Other 1"@en ; sgo:hasSourceRecord <id/source/one> .
  <id/edition/en-new> a sgo:StandardEdition ; rdfs:label "EN 1:2020"@en ; sgo:supersedes <id/edition/en> .
}"""


@pytest.fixture
def proposing() -> Iterator[tuple[Registry, Reviewer, str]]:
    with holding(WORLD, SUCCESSION) as made:
        (proposal,) = (
            quad.subject.value
            for quad in made.store.present().saying(SGO.hasMappingStatus)
            if quad.object == concept("mapping-status", "candidate")
        )
        yield made, Reviewer(made, Clock()), proposal


def test_a_proposal_that_is_accepted_becomes_a_record_on_the_word_of_the_reviewer(
    proposing: tuple[Registry, Reviewer, str],
) -> None:
    registry, reviewer, proposal = proposing
    reviewer.review(proposal, Verdict.ACCEPT, by="Ada", reason="The clauses are the same", confidence=0.7)
    present = registry.store.present()
    assert {quad.graph_name for quad in present.about(NamedNode(proposal)) if quad.predicate == OWL.annotatedSource} == {
        reviewing.MADE
    }
    assert "id/edition/en-new entails id/edition/other" in plain(registry.store.dump())
    assert reviewer.reviewed(proposal).status is Status.ACCEPTED


def test_a_proposal_that_is_rejected_waits_no_longer(proposing: tuple[Registry, Reviewer, str]) -> None:
    registry, reviewer, proposal = proposing
    assert proposal in {one.record for one in reviewer.waiting()}
    reviewer.review(proposal, Verdict.REJECT, by="Ada", reason="Rewritten")
    assert proposal not in {one.record for one in reviewer.waiting()}
    assert any(quad.graph_name == writing.MAPPINGS for quad in registry.store.present().about(NamedNode(proposal)))


def test_what_waits_is_ranked_with_a_reason(reviewer: Reviewer) -> None:
    found = reviewer.waiting()
    assert [one.why for one in found] == sorted((one.why for one in found), key=list(Why).index)
    assert {one.record for one in found if one.why is Why.CANDIDATE} == {BASE + "map/5"}
    assert all(first.weight >= then.weight for first, then in pairwise(found) if first.why is then.why)
    assert all(one.reason.endswith(".") for one in found)


def test_what_stands_in_a_conflict_waits_first_and_a_verdict_settles_it() -> None:
    with holding(WORLD, mapping("7", "scheme/x/a", "excludes", "scheme/y/a")) as registry:
        reviewer = Reviewer(registry, Clock())
        first, second, *_ = reviewer.waiting()
        assert {first.record, second.record} == {BASE + "map/1", BASE + "map/7"}
        assert first.why is Why.CONFLICT
        assert "contradicting" in first.reason
        reviewer.review("sgm:7", Verdict.REJECT, by="Ada", reason="It was a slip")
        assert registry.equivalence.conflicts() == ()
        assert all(one.why is not Why.CONFLICT for one in reviewer.waiting())
