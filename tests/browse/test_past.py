"""The past: which revision held when, what changed between two, what happened to one thing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.browse.past import Past
from standards_graph.errors import BadArgument, NotFound, TooLarge
from standards_graph.model.changes import ChangeSet, Fate, difference, net
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import RDFS, SGO

G = NamedNode("https://w3id.org/standards-graph/graph/curated/tests")
ONE, TWO = (NamedNode(f"https://w3id.org/standards-graph/id/org/{name}") for name in ("one", "two"))


def named(thing: NamedNode, text: str) -> Quad:
    return Quad(thing, RDFS.label, Literal(text), G)


def withdrawn(thing: NamedNode) -> Quad:
    return Quad(thing, SGO.withdrawnAtSource, Literal("2026-11-22"), G)


def publish(store: MemoryStore, change: ChangeSet) -> None:
    store.publish(lambda _: change, agent="tests", note="a change")


@pytest.fixture
def store() -> MemoryStore:
    """One is named, renamed and withdrawn; Two comes with the second revision and goes with the fourth."""
    store = MemoryStore([named(ONE, "a")])
    for change in (
        ChangeSet((named(ONE, "b"), named(TWO, "x")), (named(ONE, "a"),)),
        ChangeSet((withdrawn(ONE),)),
        ChangeSet((), (named(TWO, "x"),)),
    ):
        publish(store, change)
    return store


def told(store: MemoryStore, first: str, second: str) -> dict[NamedNode, Fate]:
    past = Past(store)
    return {one.thing: one.fate for one in past.things(past.revision(first), past.revision(second))}


def test_a_revision_is_found_by_number_by_day_and_by_moment(store: MemoryStore) -> None:
    past, newest = Past(store), store.history()[0]
    assert {past.revision(told) for told in ("r4", "4", newest.published_at[:10], newest.published_at, "9999-01-01")} == {
        newest
    }


@pytest.mark.parametrize("name", ["r9", "1999-01-01", "0"])
def test_a_revision_that_there_was_not_is_not_found(store: MemoryStore, name: str) -> None:
    with pytest.raises(NotFound, match="oldest is r1"):
        Past(store).revision(name)


@pytest.mark.parametrize("name", ["", "yesterday", "2026-13-01", "r-1"])
def test_what_names_no_revision_is_refused_with_the_forms(store: MemoryStore, name: str) -> None:
    with pytest.raises(BadArgument, match="such as r12"):
        Past(store).revision(name)


def test_each_thing_has_one_fate_between_two_revisions(store: MemoryStore) -> None:
    assert told(store, "r1", "r2") == {ONE: Fate.CHANGED, TWO: Fate.NEW}
    assert told(store, "r2", "r3") == {ONE: Fate.WITHDRAWN}
    assert told(store, "r3", "r4") == {TWO: Fate.GONE}
    assert told(store, "r1", "r4") == {ONE: Fate.WITHDRAWN}


def test_a_difference_can_be_read_backwards(store: MemoryStore) -> None:
    past = Past(store)
    first, last = past.revision("r1"), past.revision("r3")
    assert past.between(last, first) == past.between(first, last).undone
    assert told(store, "r2", "r1") == {ONE: Fate.CHANGED, TWO: Fate.GONE}


def test_every_state_can_be_had_again(store: MemoryStore) -> None:
    past = Past(store)
    states = [past.state(past.revision(f"r{n}")) for n in (1, 2, 3, 4)]
    assert states[0] == {named(ONE, "a")}
    assert states[1] == {named(ONE, "b"), named(TWO, "x")}
    assert states[3] == set(store.dump())
    for before, after in itertools.pairwise(states):
        assert before != after


def test_the_history_of_a_thing_names_what_came_and_went(store: MemoryStore) -> None:
    found = Past(store).of(ONE)
    assert [revision.name for revision, _ in found] == ["r3", "r2", "r1"]
    assert found[1][1] == ChangeSet((named(ONE, "b"),), (named(ONE, "a"),))
    with pytest.raises(NotFound, match="says anything of"):
        Past(store).of(NamedNode("https://example.org/nobody"))


STATE = st.frozensets(st.builds(named, st.sampled_from([ONE, TWO]), st.sampled_from("abcd")))


@given(st.lists(STATE, min_size=2, max_size=6))
def test_changes_in_a_row_come_to_the_difference_of_their_ends(states: list[frozenset[Quad]]) -> None:
    steps = [difference(before, after) for before, after in itertools.pairwise(states)]
    assert net(steps) == difference(states[0], states[-1])


def test_what_a_revision_changed_is_counted_without_its_statements(store: MemoryStore) -> None:
    past = Past(store)
    found = [
        [(one.thing, one.fate, one.added, one.removed) for one in past.counts(past.revision(f"r{n}"))] for n in (1, 2, 3, 4)
    ]
    assert found == [
        [(ONE, Fate.NEW, 1, 0)],
        [(TWO, Fate.NEW, 1, 0), (ONE, Fate.CHANGED, 1, 1)],
        [(ONE, Fate.WITHDRAWN, 1, 0)],
        [(TWO, Fate.GONE, 0, 1)],
    ]


def test_too_much_is_not_compared_thing_by_thing(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    past = Past(store)
    first, last = past.revision("r1"), past.revision("r4")
    assert [(one.thing, one.fate) for one in past.net_counts(first, last)] == [(ONE, Fate.WITHDRAWN)]
    monkeypatch.setattr("standards_graph.browse.past.MOST_COMPARED", 3)
    with pytest.raises(TooLarge, match="standards-graph diff r1 r4"):
        past.net_counts(first, last)
