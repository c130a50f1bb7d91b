"""What follows from the premises of one component: chains of at most four steps, each result with its best derivations.

A component's closure depends on its own claims alone, so that a change asks for the components that it touches and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from standards_graph.harmonisation.claims import FLOOR, MOST_STEPS, Claim, Period, components, rounded, scopes
from standards_graph.harmonisation.relations import CHAIN, IMPLIES, STRICT, Relation

MOST_DERIVATIONS = 3


@dataclass(frozen=True, slots=True)
class Derivation:
    """A path of premises from one thing to another, and what it gives."""

    steps: tuple[Claim, ...]
    premises: tuple[str, ...]
    """The records of the steps, in their order."""
    relation: Relation
    confidence: Decimal
    period: Period
    strictness_unknown: bool
    is_scoped: bool
    """Whether some step holds for a part of the devices alone."""

    @classmethod
    def single(cls, step: Claim) -> Derivation:
        """The path of one step."""
        is_scoped = bool(step.scope)
        return cls((step,), (step.record,), step.relation, step.confidence, step.period, step.strictness_unknown, is_scoped)

    @property
    def source(self) -> str:
        """Where the path starts."""
        return self.steps[0].source

    @property
    def target(self) -> str:
        """Where the path ends."""
        return self.steps[-1].target

    @property
    def weakest(self) -> Claim:
        """The step with the lowest confidence; the first of several."""
        return min(self.steps, key=lambda one: one.confidence)

    @property
    def starts_known(self) -> bool:
        """Whether the first day of every premise is recorded."""
        return all(one.starts_known for one in self.steps)

    @property
    def is_stated(self) -> bool:
        """Whether a record says it as it stands, so that nothing was derived."""
        return len(self.steps) == 1 and not self.steps[0].inverted

    @property
    def rank(self) -> tuple[Decimal, int, tuple[str, ...]]:
        """The best derivation comes first: the surest, then the shortest, then by name."""
        return (-self.confidence, len(self.steps), self.premises)

    def then(self, step: Claim) -> Derivation | None:
        """The path with one more step; None where nothing follows, or too little to be kept."""
        relation = CHAIN.get((self.relation, step.relation))
        if relation is None:
            return None
        period, confidence = self.period & step.period, self.confidence * step.confidence
        if not period or rounded(confidence) < FLOOR:
            return None
        unknown = relation in STRICT and (self.strictness_unknown or step.strictness_unknown)
        steps, premises = (*self.steps, step), (*self.premises, step.record)
        return Derivation(steps, premises, relation, confidence, period, unknown, self.is_scoped or bool(step.scope))


@dataclass(frozen=True, slots=True)
class Inferred:
    """A correspondence that follows: its derivations, the best one first, which decides."""

    source: str
    relation: Relation
    target: str
    scope: str
    strictness_unknown: bool
    period: Period
    derivations: tuple[Derivation, ...]
    supports: tuple[str, ...] = ()
    """Records that state it already: they stay, and the derivations are told beside them."""

    @property
    def best(self) -> Derivation:
        """The derivation that decides."""
        return self.derivations[0]

    @property
    def confidence(self) -> Decimal:
        """That of the best derivation, with four decimals."""
        return rounded(self.best.confidence)

    @property
    def premises(self) -> frozenset[str]:
        """Every record that some derivation rests on."""
        return frozenset(one for path in self.derivations for one in path.premises)


def closure(claims: Iterable[Claim]) -> tuple[Inferred, ...]:
    """Everything that follows from the claims of one component or of many."""
    return tuple(one for component in components(one for one in claims if one.is_premise) for one in _of(component))


def _of(component: Sequence[Claim]) -> Iterator[Inferred]:
    for scope in scopes(component):
        said = [within for one in component if (within := one.within(scope))]
        ways = _ways(said)
        for start in sorted(ways):
            by_target: dict[str, list[Derivation]] = defaultdict(list)
            for path in _paths(start, ways):
                by_target[path.target].append(path)
            for target in sorted(by_target):
                yield from _results(scope, by_target[target])


Ways = Mapping[str, Sequence[Claim]]


def _ways(said: Iterable[Claim]) -> Ways:
    """The steps that lead away from each thing, in both reading directions."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in said:
        for step in (claim, claim.inverse):
            if step is not None:
                found[step.source].append(step)
    return found


# --- paths: of those that end alike, only what may still be part of a best one is kept ---

Alike = tuple[str, Relation, bool, Period, bool]


def _paths(start: str, ways: Ways) -> Iterator[Derivation]:
    layer = [Derivation.single(step) for step in ways.get(start, ())]
    for length in range(1, MOST_STEPS + 1):
        kept = _kept(layer, more=MOST_STEPS - length)
        yield from kept
        layer = [longer for path in kept for longer in _longer(path, start, ways)] if length < MOST_STEPS else []


def _longer(path: Derivation, start: str, ways: Ways) -> Iterator[Derivation]:
    seen = {start, *(step.target for step in path.steps)}
    for step in ways.get(path.target, ()):
        if step.target not in seen and (longer := path.then(step)):
            yield longer


def _kept(layer: Iterable[Derivation], *, more: int) -> list[Derivation]:
    groups: dict[Alike, list[Derivation]] = defaultdict(list)
    for path in layer:
        groups[path.target, path.relation, path.strictness_unknown, path.period, path.is_scoped].append(path)
    found: dict[int, Derivation] = {}
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda path: path.rank)
        for path in group if len(group) == 1 else (*_needed(group, more), *group[:MOST_DERIVATIONS]):
            found[id(path)] = path
    return list(found.values())


def _needed(ranked: Sequence[Derivation], more: int) -> Iterator[Derivation]:
    """The best path, and the best ones that stay clear of the things that up to ``more`` further steps may want to visit."""
    if not ranked:
        return
    best = ranked[0]
    yield best
    if more:
        for step in best.steps[:-1]:
            yield from _needed([path for path in ranked if all(one.target != step.target for one in path.steps)], more - 1)


# --- results ---

Group = tuple[Relation, bool, bool]


def _results(scope: str, paths: Sequence[Derivation]) -> Iterator[Inferred]:
    """What follows for one pair of things, without what something stronger says already."""
    if len(paths) == 1:
        yield from _alone(scope, paths[0])
        return
    groups: dict[Group, list[Derivation]] = defaultdict(list)
    for path in sorted(paths, key=lambda path: path.rank):
        groups[path.relation, path.strictness_unknown, path.is_scoped].append(path)
    for (relation, unknown, is_scoped), group in sorted(groups.items()):
        if is_scoped != bool(scope):
            continue
        stated = [path for path in group if path.is_stated]
        for best, chosen in _periods([path for path in group if not path.is_stated]):
            same = tuple(path.premises[0] for path in stated if path.period.holds(best.period))
            if same or not any(_says_more(other, best) for others in groups.values() for other in others):
                yield Inferred(best.source, relation, best.target, scope, unknown, best.period, chosen, same)


def _alone(scope: str, path: Derivation) -> Iterator[Inferred]:
    """The result of the only path between two things."""
    if not path.is_stated and path.is_scoped == bool(scope):
        yield Inferred(path.source, path.relation, path.target, scope, path.strictness_unknown, path.period, (path,))


def _periods(ranked: Sequence[Derivation]) -> Iterator[tuple[Derivation, tuple[Derivation, ...]]]:
    """The best derivation for each period that no surer one holds, and those that are kept with it."""
    known: list[Period] = []
    for path in ranked:
        if not any(one.holds(path.period) for one in known):
            known.append(path.period)
            yield path, _chosen([other for other in ranked if other.period.holds(path.period)], first=path)


def _chosen(ranked: Sequence[Derivation], *, first: Derivation) -> tuple[Derivation, ...]:
    """Up to three derivations: the first, then those that share no premise with the ones before, then others."""
    chosen, used = [first], set(first.premises)
    rest = [path for path in ranked if path is not first]
    for wants_apart in (True, False):
        for path in rest:
            if len(chosen) < MOST_DERIVATIONS and path not in chosen and (not wants_apart or used.isdisjoint(path.premises)):
                chosen.append(path)
                used.update(path.premises)
    return tuple(chosen)


def _says_more(one: Derivation, other: Derivation) -> bool:
    """Whether the first makes the second superfluous: it says more, no less surely, for at least as long and as widely."""
    if one.is_scoped and not other.is_scoped:
        return False
    same = one.relation == other.relation
    wider = same and other.is_scoped and not one.is_scoped and one.strictness_unknown <= other.strictness_unknown
    firmer = same and other.strictness_unknown and not one.strictness_unknown
    stronger = wider or firmer or other.relation in IMPLIES.get(one.relation, ())
    return stronger and rounded(one.confidence) >= rounded(other.confidence) and one.period.holds(other.period)
