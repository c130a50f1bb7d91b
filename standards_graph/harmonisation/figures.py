"""Figures of the graph of mapping records, and of that of standards and jurisdictions.

``model/figures.py`` says what each of them means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
from pyoxigraph import NamedNode

from standards_graph.model.entities import Name
from standards_graph.model.figures import Carrier, Centrality, Component, Figures
from standards_graph.vocab import SGO

Record = tuple[str, str, str, str, str]
"""Name, source, relation, target, voice."""
INFERRED = "inferred"
_SHOWN = 12
"""Members of a component that are named."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Things that hang together, and how many records hold them together."""

    members: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class Central:
    """A standard, where it is recognised, where in effect alone, and how central it is."""

    standard: str
    places: tuple[str, ...]
    in_effect_only: tuple[str, ...]
    degree: float
    betweenness: float


@dataclass(frozen=True, slots=True)
class Load:
    """A record and what rests on it."""

    record: str
    voice: str
    carried: int
    alone: int
    in_effect: int


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """All figures, by the names of things, uncut."""

    stated: int
    inferred: int
    parts: tuple[Part, ...]
    equivalence: tuple[Part, ...]
    bridges: int
    central: tuple[Central, ...]
    places: int
    loads: tuple[Load, ...]


def worked_out(
    records: Iterable[Record],
    derivations: Mapping[str, tuple[frozenset[str], ...]],
    recognitions: Iterable[tuple[str, str, bool]],
    effects: Iterable[tuple[str, str]],
) -> WorkedOut:
    """Every figure, from the records, what inferred ones rest on, where standards are recognised, and what that rests on."""
    known = sorted(records)
    stated = [one for one in known if one[4] != INFERRED]
    whole = _graph(stated)
    held = sorted(recognitions)
    return WorkedOut(
        len(stated),
        len(known) - len(stated),
        parts(stated),
        parts([one for one in stated if one[2] == SGO.equivalentTo.value]),
        sum(1 for _ in nx.bridges(whole)),
        central(held),
        len({place for _, place, _ in held}),
        loads(known, derivations, effects),
    )


def parts(records: Iterable[Record]) -> tuple[Part, ...]:
    """The components of records taken as lines, the largest first."""
    known = list(records)
    counts: Counter[str] = Counter()
    found = [sorted(one) for one in nx.connected_components(_graph(known))]
    home = {member: one[0] for one in found for member in one}
    counts.update(home[one] for _, one, _, _, _ in known)
    return tuple(sorted((Part(tuple(one), counts[one[0]]) for one in found), key=lambda one: (-len(one.members), one.members)))


def central(recognitions: Iterable[tuple[str, str, bool]]) -> tuple[Central, ...]:
    """Each standard among the jurisdictions, the most central first."""
    lines = list(recognitions)
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    graph.add_edges_from((("standard", one), ("place", place)) for one, place, _ in lines)
    count = len({place for _, place, _ in lines})
    between = nx.betweenness_centrality(graph)
    where: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for one, place, only in lines:
        where[one].append((place, only))
    found = [
        Central(
            one,
            tuple(place for place, _ in told),
            tuple(place for place, only in told if only),
            round(len(told) / count, _DIGITS),
            round(float(between["standard", one]), _DIGITS),
        )
        for one, told in where.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.degree, -one.betweenness, one.standard)))


def loads(
    records: Iterable[Record], derivations: Mapping[str, tuple[frozenset[str], ...]], effects: Iterable[tuple[str, str]]
) -> tuple[Load, ...]:
    """Each record that something rests on, the one that carries most inferred records first."""
    voices = {name: voice for name, _, _, _, voice in records}
    carried: dict[str, set[str]] = defaultdict(set)
    alone: Counter[str] = Counter()
    for record, ways in derivations.items():
        for premise in frozenset[str]().union(*ways):
            carried[premise].add(record)
            alone[premise] += all(premise in way for way in ways)
    resting: dict[str, set[str]] = defaultdict(set)
    for effect, mapping in effects:
        for premise in frozenset({mapping}).union(*derivations.get(mapping, ())):
            resting[premise].add(effect)
    found = [
        Load(one, voices.get(one, ""), len(carried[one]), alone[one], len(resting[one]))
        for one in {*carried, *resting} - derivations.keys()
    ]
    return tuple(sorted(found, key=lambda one: (-one.carried, -one.alone, -one.in_effect, one.record)))


def mentioned(told: WorkedOut, *, most: int) -> set[NamedNode]:
    """The things that are named when the first so many of each list are shown."""
    found = {member for one in (*told.parts[:most], *told.equivalence[:most]) for member in one.members[:_SHOWN]}
    found |= {one.standard for one in told.central[:most]} | {one.record for one in told.loads[:most]}
    return {NamedNode(one) for one in found}


def named(told: WorkedOut, called: Mapping[NamedNode, Name], *, most: int) -> Figures:
    """The figures with names, the lists cut to the first so many."""

    def component(one: Part) -> Component:
        kinds = sorted({_kind(member) for member in one.members})
        return Component(len(one.members), one.records, tuple(kinds), tuple(called[NamedNode(m)] for m in one.members[:_SHOWN]))

    return Figures(
        records=told.stated,
        inferred=told.inferred,
        things=sum(len(one.members) for one in told.parts),
        components=len(told.parts),
        equivalence_components=len(told.equivalence),
        bridges=told.bridges,
        sizes=_sizes(told.parts),
        equivalence_sizes=_sizes(told.equivalence),
        largest=tuple(component(one) for one in told.parts[:most]),
        largest_equivalence=tuple(component(one) for one in told.equivalence[:most]),
        standards=len(told.central),
        jurisdictions=told.places,
        central=tuple(
            Centrality(
                called[NamedNode(one.standard)],
                tuple(map(NamedNode, one.places)),
                tuple(map(NamedNode, one.in_effect_only)),
                one.degree,
                one.betweenness,
            )
            for one in told.central[:most]
        ),
        carriers=len(told.loads),
        carrying=tuple(
            Carrier(called[NamedNode(one.record)], one.voice, one.carried, one.alone, one.in_effect)
            for one in told.loads[:most]
        ),
    )


def _graph(records: Iterable[Record]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((one, other) for _, one, _, other, _ in records)
    return graph


def _sizes(found: Iterable[Part]) -> tuple[tuple[int, int], ...]:
    counts = Counter(len(one.members) for one in found)
    return tuple(sorted(counts.items(), reverse=True))


def _kind(thing: str) -> str:
    """The folder of a name of the registry, such as ``edition``, or the scheme of a concept; else the address above it."""
    for start in ("https://w3id.org/standards-graph/id/", "https://w3id.org/standards-graph/scheme/"):
        if thing.startswith(start):
            return thing.removeprefix(start).partition("/")[0]
    return thing.rpartition("/")[0] or thing
