"""Small models: extents as sets, and what is true between them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from standards_graph.harmonisation.claims import PROVISION, Claim
from standards_graph.harmonisation.relations import Relation

Extent = frozenset[int]
BASE = (Relation.EQ, Relation.PP, Relation.PPI, Relation.PO, Relation.DR)


def all_sets(universe: int) -> list[Extent]:
    """All sets that are not empty."""
    return [frozenset(one) for size in range(1, universe + 1) for one in itertools.combinations(range(universe), size)]


def base_relation(one: Extent, other: Extent) -> Relation:
    if one == other:
        return Relation.EQ
    if one < other:
        return Relation.PP
    if other < one:
        return Relation.PPI
    return Relation.PO if one & other else Relation.DR


def covers_fully(one: Extent, other: Extent, universe: int) -> bool:
    """Whatever meets the first requirement meets the second, which is one that not everything meets."""
    return one <= other and len(other) < universe


def covers_partly(one: Extent, other: Extent, universe: int) -> bool:
    """Both ask for something in common that not everything meets."""
    return len(one | other) < universe


class Model:
    """Extents, a part of the devices as a scope, and schemes whose classes share nothing."""

    def __init__(self, seed: int, *, size: int = 6, universe: int = 6) -> None:
        chance = random.Random(seed)  # a model has to be the same in every run
        self._chance, self._universe = chance, universe
        everything = [one for one in all_sets(universe) if len(one) < universe]
        self.part = frozenset(chance.sample(range(universe), chance.randint(3, universe)))
        fitting = [one for one in everything if one & self.part]
        self.extents = {f"n{number}": chance.choice(fitting) for number in range(size)}
        for number in range(0, size - 1, 3):  # or else nothing would be the same
            self.extents[f"n{number}"] = self.extents[f"n{number + 1}"]
        self.scheme = self._scheme()

    def _scheme(self) -> tuple[str, ...]:
        members: list[str] = []
        for name, extent in self.extents.items():
            if not any(extent & self.extents[other] for other in members):
                members.append(name)
        return tuple(members)

    def schemes(self, name: str) -> tuple[str, ...]:
        return ("scheme",) if name in self.scheme else ()

    def is_true(self, source: str, relation: Relation, target: str, *, scope: str = "", unknown: bool = False) -> bool:
        within = self.part if scope else frozenset(range(self._universe))
        one, other = self.extents[source] & within, self.extents[target] & within
        if relation in BASE:
            said = base_relation(one, other)
            return said is relation or (unknown and said is Relation.EQ)
        if relation is Relation.COMPATIBLE:
            return bool(one & other)
        test = {Relation.FULLY: covers_fully, Relation.PARTLY: covers_partly}[relation]
        return test(self.extents[source], self.extents[target], self._universe)

    def claims(self, share: float = 0.4) -> Iterator[Claim]:
        """Some of what is true, some of what is false with a denial."""
        relations = (*BASE, Relation.COMPATIBLE, Relation.FULLY, Relation.PARTLY)
        for source, target in itertools.permutations(self.extents, 2):
            for relation, scope in itertools.product(relations, ("", "part")):
                if scope and relation in (Relation.FULLY, Relation.PARTLY):
                    continue
                claim = self._claim(source, relation, target, scope)
                unknown = relation in (Relation.PP, Relation.PPI) and self._chance.random() < 0.3
                if self._chance.random() < share:
                    if self.is_true(source, relation, target, scope=scope, unknown=unknown):
                        yield replace(claim, strictness_unknown=unknown)
                    elif self._chance.random() < 0.1:
                        yield replace(claim, negated=True)

    def _claim(self, source: str, relation: Relation, target: str, scope: str) -> Claim:
        confidence = Decimal(self._chance.randint(70, 100)) / 100
        record = f"{source} {relation} {target} {scope}"
        return Claim(record, source, relation, target, confidence, scope=scope, kinds=(PROVISION, PROVISION))
