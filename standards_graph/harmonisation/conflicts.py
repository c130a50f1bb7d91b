"""Claims that cannot all be right, found by following what is inside what.

A set of claims without denied ones contradicts itself exactly if one of three things holds: what is said to be strictly inside
something holds it again; of two things that are said to overlap partly, one is inside the other; of two things that are
said to exclude each other, both hold something in common. (Else the extents made of all things that lie inside a thing,
and of one thing in common for every pair that is said to have one, fulfil the claims.) So no table of all pairs is needed, and
each conflict comes with the claims on the way.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from standards_graph.harmonisation.claims import Claim, Period, components, scopes
from standards_graph.harmonisation.relations import EXTENSIONAL, STRICT, Relation

Schemes = Callable[[str], Sequence[str]]
"""The schemes of a thing in which nothing can have two classes."""
Claims = tuple[Claim, ...]

TWO_PARTNERS = "two-exact-partners"
PAIR = "contradicting-pair"
CYCLE = "entails-cycle"
DERIVED = "derived-contradiction"
NEGATED = "negation-violated"
TWICE = "double-adoption"
SPREAD = "confidence-spread"
OFFICIAL = "official-disagreement"
OUTSIDE = "outside-validity"
STALE = "stale-end"
"""A notice: it is told, and its record stays a premise."""
KINDS = (TWO_PARTNERS, PAIR, CYCLE, DERIVED, NEGATED, TWICE, SPREAD, OFFICIAL, OUTSIDE)


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Records that cannot all be right: of which kind, and none of them could be left out."""

    kind: str
    members: tuple[str, ...]


def conflicts(claims: Iterable[Claim], schemes: Schemes = lambda _: ()) -> tuple[Conflict, ...]:
    """All conflicts of the accepted claims of one component or of many; what is left without their members agrees."""
    accepted = [one for one in claims if one.accepted and one.period and one.relation in EXTENSIONAL]
    found: set[Conflict] = set()
    for component in components(accepted):
        for scope in scopes(component):
            found |= _of([within for one in component if (within := _within(one, scope))], schemes)
    return tuple(sorted(found))


def _within(claim: Claim, scope: str) -> Claim | None:
    """A denial that holds for all devices need not hold for a part of them, but for the denial that anything is shared."""
    if claim.negated and claim.scope != scope:
        return claim if not claim.scope and claim.relation is Relation.COMPATIBLE else None
    return claim.within(scope)


def _of(said: Sequence[Claim], schemes: Schemes) -> set[Conflict]:
    found: set[Conflict] = set()
    left = list(said)
    while witnesses := _dated(left, schemes):
        minimal = {_minimal(one, schemes) for one in witnesses}
        found |= {Conflict(_kind(one), tuple(sorted({claim.record for claim in one}))) for one in minimal}
        taken = {claim.record for one in minimal for claim in one}
        left = [one for one in left if one.record not in taken]
    return found


def _dated(claims: Sequence[Claim], schemes: Schemes) -> list[Claims]:
    """Contradictions among claims that hold at one time; the timeline is cut only where it matters."""
    every = list(contradictions(claims, schemes))
    if all(_together(one) for one in every):
        return every
    found: dict[Claims, None] = {}
    for day in sorted({one.period.start for one in claims}):
        for one in contradictions([claim for claim in claims if day in claim.period], schemes):
            found[one] = None
    return list(found)


def _together(claims: Claims) -> Period:
    period = claims[0].period
    for one in claims[1:]:
        period &= one.period
    return period


def _minimal(claims: Claims, schemes: Schemes) -> Claims:
    kept = sorted(claims, key=lambda one: one.record)
    for one in tuple(kept):
        rest = [other for other in kept if other is not one]
        if next(contradictions(rest, schemes), None) is not None:
            kept = rest
    return tuple(kept)


def _kind(claims: Claims) -> str:
    pairs = {frozenset((one.source, one.target)) for one in claims}
    if any(one.negated for one in claims):
        return NEGATED
    if len(claims) == 2 and len(pairs) == 2 and all(one.relation is Relation.EQ for one in claims):
        return TWO_PARTNERS
    if all(one.relation in STRICT for one in claims) and _is_ring(claims):
        return CYCLE
    if len(pairs) == 1:
        return PAIR
    return OFFICIAL if sum(one.official for one in claims) == 1 and len(claims) > 2 else DERIVED


def _is_ring(claims: Claims) -> bool:
    """Whether each thing that is inside something holds something too."""
    inner = [one.source if one.relation is Relation.PP else one.target for one in claims]
    outer = [one.target if one.relation is Relation.PP else one.source for one in claims]
    return sorted(inner) == sorted(outer)


# --- contradictions: each with its witnesses ---


def contradictions(claims: Sequence[Claim], schemes: Schemes = lambda _: ()) -> Iterator[Claims]:
    """For each claim that the others contradict, the claim with those on the way."""
    network = _Network(claims)
    yield from _once(network.strict_and_back())
    yield from _once(network.partly_and_inside())
    yield from _once(network.excluded_and_shared(schemes))
    yield from _once(network.denied_and_shown())


def _once(found: Iterable[Iterable[Claim]]) -> Iterator[Claims]:
    for one in found:
        yield tuple(sorted({claim.record: claim for claim in one}.values(), key=lambda claim: claim.record))


Edge = tuple[str, Claim, bool]
Way = tuple[Claim, ...]


class _Network:
    """What is inside what, by claims."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = [one for one in claims if not one.negated]
        self._denied = [one for one in claims if one.negated]
        self._up: dict[str, list[Edge]] = defaultdict(list)
        self._down: dict[str, list[Edge]] = defaultdict(list)
        for one in self._claims:
            for inner, outer, strict in _inside(one):
                self._up[inner].append((outer, one, strict))
                self._down[outer].append((inner, one, strict))
        self._nodes = sorted({end for one in self._claims for end in (one.source, one.target)})

    def strict_and_back(self) -> Iterator[Way]:
        for one in self._claims:
            for inner, outer, strict in _inside(one):
                if strict and (back := self._way(outer, inner)) is not None:
                    yield (one, *back)

    def partly_and_inside(self) -> Iterator[Way]:
        for one in self._claims:
            if one.relation is Relation.PO:
                for inner, outer in ((one.source, one.target), (one.target, one.source)):
                    if (way := self._way(inner, outer)) is not None:
                        yield (one, *way)
                        break

    def excluded_and_shared(self, schemes: Schemes) -> Iterator[Way]:
        links = [one for one in self._claims if one.relation in (Relation.PO, Relation.COMPATIBLE)]
        links += [one for one in self._denied if one.relation is Relation.DR]
        apart = [one for one in self._claims if one.relation is Relation.DR]
        apart += [one for one in self._denied if one.relation is Relation.COMPATIBLE]
        below: dict[str, Mapping[str, Way]] = {}
        for one in apart:
            for end in (one.source, one.target):
                below.setdefault(end, self._below(end))
            if (way := _shared(below[one.source], below[one.target], links)) is not None:
                yield (one, *way)
        yield from self._in_one_scheme(schemes, links)

    def _in_one_scheme(self, schemes: Schemes, links: Sequence[Claim]) -> Iterator[Way]:
        members: dict[str, list[str]] = defaultdict(list)
        for node in self._nodes:
            for scheme in schemes(node):
                members[scheme].append(node)
        for _, nodes in sorted(members.items()):
            if len(nodes) > 1:
                yield from _of_scheme({one: self._below(one) for one in nodes}, links)

    def denied_and_shown(self) -> Iterator[Way]:
        for one in self._denied:
            way = None
            if one.relation is Relation.EQ:
                way = self._same(one.source, one.target)
            elif one.relation in STRICT:
                inner, outer = (one.source, one.target)[:: 1 if one.relation is Relation.PP else -1]
                way = self._strictly(inner, outer)
            elif one.relation is Relation.PO:
                way = self._partly(one.source, one.target)
            if way is not None:
                yield (one, *way)

    def _same(self, one: str, other: str) -> Way | None:
        there, back = self._way(one, other), self._way(other, one)
        return None if there is None or back is None else (*there, *back)

    def _strictly(self, inner: str, outer: str) -> Way | None:
        """A way from the inner to the outer one with a step that is known to be strict."""
        for start in sorted(self._above(inner)):
            for end, claim, strict in self._up[start]:
                if strict and (rest := self._way(end, outer)) is not None:
                    return (*(self._way(inner, start) or ()), claim, *rest)
        return None

    def _partly(self, one: str, other: str) -> Way | None:
        for claim in self._claims:
            if claim.relation is Relation.PO:
                for left, right in ((claim.source, claim.target), (claim.target, claim.source)):
                    first, second = self._same(one, left), self._same(other, right)
                    if first is not None and second is not None:
                        return (claim, *first, *second)
        return None

    def _way(self, inner: str, outer: str) -> Way | None:
        return self._above(inner, until=outer).get(outer)

    def _above(self, start: str, until: str = "") -> Mapping[str, Way]:
        return _reached(start, self._up, until)

    def _below(self, start: str) -> Mapping[str, Way]:
        return _reached(start, self._down)


def _inside(claim: Claim) -> Iterator[tuple[str, str, bool]]:
    """What lies inside what, and whether it is known to be smaller."""
    if claim.relation in (Relation.EQ, Relation.PP):
        yield claim.source, claim.target, claim.relation is Relation.PP and not claim.strictness_unknown
    if claim.relation in (Relation.EQ, Relation.PPI):
        yield claim.target, claim.source, claim.relation is Relation.PPI and not claim.strictness_unknown


def _reached(start: str, edges: Mapping[str, Sequence[Edge]], until: str = "") -> dict[str, Way]:
    """Everything reached, by a shortest way."""
    found: dict[str, Way] = {start: ()}
    queue = deque([start])
    while queue and until not in found:
        node = queue.popleft()
        for other, claim, _ in edges.get(node, ()):
            if other not in found:
                found[other] = (*found[node], claim)
                queue.append(other)
    return found


def _shared(one: Mapping[str, Way], other: Mapping[str, Way], links: Sequence[Claim]) -> Way | None:
    """The shortest way to show that two things hold something in common."""
    ways = [(*one[node], *other[node]) for node in one.keys() & other.keys()]
    for link in links:
        for left, right in ((link.source, link.target), (link.target, link.source)):
            if left in one and right in other:
                ways.append((link, *one[left], *other[right]))
    return min(ways, key=lambda way: (len(way), tuple(claim.record for claim in way)), default=None)


def _of_scheme(below: Mapping[str, Mapping[str, Way]], links: Sequence[Claim]) -> Iterator[Way]:
    """Classes of an exclusive scheme that hold something in common: every thing that directly lies in two, else one."""
    holders: dict[str, list[str]] = defaultdict(list)
    for top, nodes in below.items():
        for node in nodes:
            holders[node].append(top)
    linked = [
        (one, other)
        for link in links
        for one in holders.get(link.source, ())
        for other in holders.get(link.target, ())
        if one != other
    ]
    pairs = {tuple(sorted(pair)) for tops in holders.values() for pair in combinations(tops, 2)}
    for one, other in sorted({*pairs, *(tuple(sorted(pair)) for pair in linked)}):
        near = [
            node for node in below[one].keys() & below[other].keys() if len(below[one][node]) + len(below[other][node]) == 2
        ]
        if near:
            yield from ((*below[one][node], *below[other][node]) for node in sorted(near))
        elif (way := _shared(below[one], below[other], links)) is not None:
            yield way
