"""Ancestors and descendants as a graph: steps, ways, rings."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from standards_graph.harmonisation import lineage

DIAMOND = [("d", "b"), ("d", "c"), ("b", "a"), ("c", "a"), ("a", "x")]


def test_the_nearest_come_first_with_the_number_of_shortest_ways() -> None:
    found = lineage.reached(lineage.graph(DIAMOND), ["d"])
    assert {one: (how.steps, how.paths) for one, how in found.items()} == {"b": (1, 1), "c": (1, 1), "a": (2, 2), "x": (3, 2)}
    assert lineage.way(found, "x") == ("d", "b", "a", "x")
    assert (lineage.deepest(found), lineage.by_steps(found)) == (3, (2, 1, 1))


def test_the_shortest_ways_are_listed_up_to_a_number() -> None:
    known = lineage.graph(DIAMOND)
    assert set(lineage.shortest(known, "d", "a", most=9)) == {("d", "b", "a"), ("d", "c", "a")}
    assert len(list(lineage.shortest(known, "d", "a", most=1))) == 1
    for start, end in (("a", "d"), ("d", "d"), ("d", "nowhere"), ("nowhere", "d")):
        assert not list(lineage.shortest(known, start, end, most=9))


def test_rings_and_self_citations_end() -> None:
    known = lineage.graph([("a", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    found = lineage.reached(known, ["a"])
    assert {one: how.steps for one, how in found.items()} == {"b": 1, "c": 2, "d": 3}
    assert lineage.returning(known, ["a"]) == {"b", "c"}
    assert lineage.returning(lineage.graph([("a", "a"), ("a", "b")]), ["a"]) == frozenset()


def test_a_start_that_no_edge_names_reaches_nothing() -> None:
    assert lineage.reached(lineage.graph(DIAMOND), ["elsewhere"]) == {}
    assert lineage.deepest({}) == 0
    assert lineage.by_steps({}) == ()


@pytest.mark.parametrize("seed", range(30))
def test_steps_and_ways_are_those_that_are_counted_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    names = [chr(97 + number) for number in range(7)]
    edges = [pair for pair in itertools.product(names, names) if chance.random() < 0.25]
    known = lineage.graph(edges)
    found = lineage.reached(known, ["a"])
    for end in names[1:]:
        if end in known and "a" in known and nx.has_path(known, "a", end):
            ways = list(nx.all_shortest_paths(known, "a", end))
            assert (found[end].steps, found[end].paths) == (len(ways[0]) - 1, len(ways))
            assert list(lineage.way(found, end)) in ways
        else:
            assert end not in found
