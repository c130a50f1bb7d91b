"""From names that look alike to a recorded decision, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.curator import Curator
from standards_graph.errors import BadInput, NotFound
from standards_graph.harmonisation import following
from standards_graph.model.changes import ChangeSet
from standards_graph.reconciler import Reconciler
from standards_graph.reconciling.records import GRAPH, Verdict, record
from standards_graph.registry import Registry
from standards_graph.vocab import RDF, RDFS, SGO, SSSOM, concept, entity, graph
from tests import small_world

NAMES = {"acme-a": "Acme Imaging, Inc.", "acme-b": "ACME Imaging Incorporated", "acme-c": "Acme Imaging GmbH"}
A, B, C = (entity("org", one).value for one in NAMES)


@pytest.fixture
def registry() -> Iterator[Registry]:
    there = graph("source/tests")
    with small_world.registry() as made:
        source = next(quad for quad in made.store.dump() if quad.predicate == SGO.hasSourceRecord).object
        said = [
            quad
            for slug, name in NAMES.items()
            for quad in (
                Quad(entity("org", slug), RDF.type, SGO.Manufacturer, there),
                Quad(entity("org", slug), RDF.type, SGO.Actor, there),
                Quad(entity("org", slug), RDFS.label, Literal(name, language="en"), there),
                Quad(entity("org", slug), SGO.hasSourceRecord, source, there),
            )
        ]
        made.store.publish(lambda _: ChangeSet(tuple(said)), agent="tests", note="three firms")
        yield made


def state(registry: Registry, one: str, other: str) -> set[object]:
    said = registry.store.present().quads(GRAPH)
    return {quad.object for quad in said if quad.subject == record(one, other) and quad.predicate == SGO.hasMappingStatus}


def acme(pairs: object) -> list[tuple[str, str]]:
    return [(one.one, one.other) for one in pairs if one.one in (A, B, C)]  # type: ignore[attr-defined]


def test_the_sure_pair_is_accepted_and_the_others_wait(registry: Registry) -> None:
    reconciler = Reconciler(registry)
    assert acme(reconciler.open_pairs()) == [(A, B), (A, C), (B, C)]
    reconciler.settle()
    assert state(registry, B, A) == {concept("mapping-status", "accepted")}
    assert state(registry, A, C) == state(registry, B, C) == {concept("mapping-status", "candidate")}
    assert reconciler.open_pairs() == ()
    assert reconciler.settle() == (0, 0)
    assert Curator(registry).validate().conforms


def test_nothing_is_merged(registry: Registry) -> None:
    before = {quad for quad in registry.store.dump() if quad.subject in (NamedNode(A), NamedNode(B))}
    Reconciler(registry).settle()
    after = {quad for quad in registry.store.dump() if quad.subject in (NamedNode(A), NamedNode(B))}
    assert before <= after
    assert {quad.predicate for quad in after - before} <= {SGO.equivalentTo}


def test_a_rejected_pair_does_not_come_back_and_says_who_and_why(registry: Registry) -> None:
    reconciler = Reconciler(registry)
    reconciler.decide("acme-a", "acme-c", Verdict.REJECTED, agent="Ada", note="Two firms")
    assert state(registry, A, C) == {concept("mapping-status", "rejected")}
    assert (A, C) not in acme(reconciler.open_pairs())
    notes = {quad.object.value for quad in registry.store.present().saying(SGO.curatorNote) if quad.graph_name == GRAPH}  # type: ignore[union-attr]
    assert notes == {"Ada: Two firms"}


def test_a_curator_may_decide_otherwise_than_the_score(registry: Registry) -> None:
    reconciler = Reconciler(registry)
    reconciler.settle()
    reconciler.decide(A, B, Verdict.REJECTED, agent="Ada", note="One was sold")
    reconciler.decide(A, C, Verdict.ACCEPTED, agent="Ada", note="Renamed")
    assert state(registry, A, B) == {concept("mapping-status", "rejected")}
    sure = [quad.object for quad in registry.store.present().saying(SSSOM.confidence) if quad.subject == record(A, C)]
    assert [one.value for one in sure] == ["1"]  # type: ignore[union-attr]


def test_what_was_settled_can_be_taken_back(registry: Registry) -> None:
    def facts() -> set[Quad]:
        return {quad for quad in registry.store.dump() if quad.graph_name not in following.GRAPHS}

    before = facts()
    Reconciler(registry).settle()
    assert facts() != before
    Curator(registry).revert(registry.history()[0].name, agent="Ada")
    assert facts() == before


def test_a_decision_needs_two_known_organisations_and_a_reason(registry: Registry) -> None:
    reconciler = Reconciler(registry)
    with pytest.raises(NotFound, match="no manufacturer nobody"):
        reconciler.decide("acme-a", "nobody", Verdict.ACCEPTED, agent="Ada", note="Why")
    with pytest.raises(BadInput, match="one and the same"):
        reconciler.decide("acme-a", A, Verdict.ACCEPTED, agent="Ada", note="Why")
    with pytest.raises(BadInput, match="Say why"):
        reconciler.decide("acme-a", "acme-b", Verdict.ACCEPTED, agent="Ada", note=" ")
