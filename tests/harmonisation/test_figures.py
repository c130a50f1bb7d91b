"""Components, centrality and what rests on a record, on graphs small enough to count by hand."""

from __future__ import annotations

from standards_graph.harmonisation import figures
from standards_graph.vocab import SGO

EQ, PP = SGO.equivalentTo.value, SGO.entails.value
RECORDS = [
    ("1", "a", EQ, "b", "office"),
    ("2", "b", EQ, "c", "office"),
    ("3", "c", PP, "d", "office"),
    ("4", "d", PP, "c", "office"),
    ("5", "x", PP, "y", "office"),
    ("i1", "a", EQ, "c", "inferred"),
    ("i2", "a", PP, "d", "inferred"),
]


def test_components_are_what_hangs_together_by_any_relation_or_by_equivalence() -> None:
    told = figures.worked_out(RECORDS, {}, [], [])
    assert [(one.members, one.records) for one in told.parts] == [(("a", "b", "c", "d"), 4), (("x", "y"), 1)]
    assert [(one.members, one.records) for one in told.equivalence] == [(("a", "b", "c"), 2)]
    assert (told.stated, told.inferred) == (5, 2)


def test_a_bridge_is_a_pair_without_which_a_component_falls_in_two() -> None:
    ring = [("6", "a", PP, "c", "office")]
    assert figures.worked_out(RECORDS, {}, [], []).bridges == 4
    assert figures.worked_out([*RECORDS, *ring], {}, [], []).bridges == 2


def test_a_record_carries_what_uses_it_and_alone_what_has_no_other_way() -> None:
    ways = {"i1": (frozenset({"1", "2"}),), "i2": (frozenset({"1", "2", "3"}), frozenset({"6", "3"}))}
    effects = [("r", "i1"), ("s", "2"), ("t", "9")]
    found = {one.record: (one.carried, one.alone, one.in_effect) for one in figures.loads(RECORDS, ways, effects)}
    assert found == {"1": (2, 1, 1), "2": (2, 1, 2), "3": (1, 1, 0), "6": (1, 0, 0), "9": (0, 0, 1)}
    assert [one.record for one in figures.loads(RECORDS, ways, effects)] == ["2", "1", "3", "6", "9"]


def test_the_most_central_standard_is_recognised_in_most_places() -> None:
    lines = [("s", "us", False), ("s", "eu", True), ("s", "jp", False), ("t", "us", False)]
    first, second = figures.central(lines)
    assert (first.standard, first.degree, first.in_effect_only) == ("s", 1.0, ("eu",))
    assert (second.standard, second.degree, second.betweenness) == ("t", 0.3333, 0.0)
    # Between 4 others there are 6 pairs; all but (us, t) have their way over s.
    assert first.betweenness == 0.8333


def test_of_nothing_there_are_figures_too() -> None:
    told = figures.worked_out([], {}, [], [])
    assert (told.parts, told.central, told.loads, told.bridges, told.places) == ((), (), (), 0, 0)
