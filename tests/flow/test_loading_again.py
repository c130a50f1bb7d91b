"""Loading the packaged content twice changes nothing, and whether that is so can be asked."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad

from standards_graph import resources, vocab
from standards_graph.curator import LOADER, Curator
from standards_graph.model.changes import ChangeSet
from standards_graph.model.reviews import Status, Verdict
from standards_graph.registry import Registry
from standards_graph.reviewer import Reviewer
from standards_graph.vocab import RDFS

LABELS = vocab.graph("labels/fr")


@pytest.fixture
def filled() -> Registry:
    registry = Registry.in_memory(())
    Curator(registry).load()
    return registry


def one_label(registry: Registry) -> Quad:
    return next(q for q in registry.store.dump() if q.graph_name == LABELS and q.predicate == RDFS.label)


def test_nothing_would_change_and_nothing_is_published_by_asking(filled: Registry) -> None:
    before = filled.store.history()
    assert Curator(filled).hindrance_to_loading_again() == ""
    assert not Curator(filled).change_of_loading_again()
    assert filled.store.history() == before


def test_what_a_loader_left_otherwise_is_named(filled: Registry) -> None:
    label = one_label(filled)
    extra = Quad(label.subject, RDFS.comment, label.object, LABELS)
    changed = ChangeSet(added=(extra,), removed=(label,))
    filled.store.publish(lambda _: changed, agent=LOADER, note="A loader with a fault", packaged=resources.digest())
    found = Curator(filled).change_of_loading_again()
    assert (found.added, found.removed) == ((label,), (extra,))


def test_where_somebody_else_published_since_it_cannot_be_told(filled: Registry) -> None:
    removed = ChangeSet(removed=(one_label(filled),))
    filled.store.publish(lambda _: removed, agent="somebody", note="By hand")
    assert "was published by somebody" in Curator(filled).hindrance_to_loading_again()


def test_where_nothing_was_loaded_it_says_what_to_do() -> None:
    assert "load it first" in Curator(Registry.in_memory(())).hindrance_to_loading_again()


def test_what_curators_decided_is_kept_and_obeyed(filled: Registry) -> None:
    waiting = Reviewer(filled).waiting()[0]
    Reviewer(filled).review(waiting.record, Verdict.REJECT, by="Ada", reason="Looked at again")
    assert not Curator(filled).change_of_loading_again()
    Curator(filled).load()
    assert Reviewer(filled).reviewed(waiting.record).status is Status.REJECTED
