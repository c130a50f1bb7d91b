"""Predecessors as a directed graph: who descends from whom, over how many steps, in how many ways.

A source may say that a decision descends from itself, over others or at once; nothing here follows an edge twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import networkx as nx

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reached:
    """One thing that is reached: the fewest steps, the number of ways of so few, and the thing before it on one of them."""

    steps: int
    paths: int
    before: str


def graph(edges: Iterable[Edge]) -> nx.DiGraph[str]:
    """The edges as a graph, each from what was said first to what was said second; repetitions count once."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_edges_from(sorted(edges))
    return found


def reached(known: nx.DiGraph[str], starts: Iterable[str]) -> dict[str, Reached]:
    """Everything that can be reached from the starts and is none of them, the nearest first."""
    layer = {start: 1 for start in sorted(starts) if start in known}
    found: dict[str, Reached] = {}
    seen, steps = set(layer), 0
    while layer:
        steps += 1
        ways: dict[str, int] = {}
        before: dict[str, str] = {}
        for one in sorted(layer):
            for other in known.successors(one):
                if other not in seen:
                    ways[other] = ways.get(other, 0) + layer[one]
                    before.setdefault(other, one)
        seen |= ways.keys()
        found |= {other: Reached(steps, count, before[other]) for other, count in sorted(ways.items())}
        layer = ways
    return found


def way(found: Mapping[str, Reached], to: str) -> tuple[str, ...]:
    """One of the shortest ways to a thing that was reached, from the start to it; the same one whenever it is asked for."""
    told = [to]
    while told[-1] in found:
        told.append(found[told[-1]].before)
    return tuple(reversed(told))


def returning(known: nx.DiGraph[str], starts: Iterable[str]) -> frozenset[str]:
    """What lies on a ring with one of the starts: both before it and after it."""
    wanted = set(starts)
    rings = (ring for ring in nx.strongly_connected_components(known) if len(ring) > 1 and ring & wanted)
    return frozenset(one for ring in rings for one in ring) - wanted


def shortest(known: nx.DiGraph[str], start: str, end: str, *, most: int) -> Iterator[tuple[str, ...]]:
    """The first of the shortest ways from a start to an end; none where there is no way, or start and end are one."""
    if start == end or start not in known or end not in known or not nx.has_path(known, start, end):
        return iter(())
    return islice((tuple(path) for path in nx.all_shortest_paths(known, start, end)), most)


def deepest(found: Mapping[str, Reached]) -> int:
    """The most steps by which anything was reached; none is 0."""
    return max((one.steps for one in found.values()), default=0)


def by_steps(found: Mapping[str, Reached]) -> tuple[int, ...]:
    """How many were reached after one step, after two, and so on."""
    counts = [0] * deepest(found)
    for one in found.values():
        counts[one.steps - 1] += 1
    return tuple(counts)
