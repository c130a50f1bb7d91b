"""The tables, built anew from sets: nothing in them is copied from a book."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import pytest

from standards_graph.harmonisation.relations import CHAIN, INVERSE, NARROWED, WORDS, Relation
from tests.harmonisation.models import BASE, all_sets, base_relation, covers_fully, covers_partly

SHARING = frozenset(BASE) - {Relation.DR}
COVERING = {Relation.FULLY: covers_fully, Relation.PARTLY: covers_partly}


def compositions(universe: int) -> dict[tuple[Relation, Relation], set[Relation]]:
    """For each two base relations, what the first and the third set can be to each other."""
    found: dict[tuple[Relation, Relation], set[Relation]] = {pair: set() for pair in itertools.product(BASE, BASE)}
    sets = all_sets(universe)
    said = {pair: base_relation(*pair) for pair in itertools.product(sets, sets)}
    for one, two, three in itertools.product(sets, sets, sets):
        found[said[one, two], said[two, three]].add(said[one, three])
    return found


def stored(possible: Iterable[Relation]) -> Relation | None:
    known = frozenset(possible)
    if len(known) == 1:
        return next(iter(known))
    return Relation.COMPATIBLE if known <= SHARING else None


@pytest.mark.parametrize("universe", [4, 5, 6])
def test_table_a_is_what_enumeration_gives(universe: int) -> None:
    atoms = compositions(universe)
    meaning = {**{one: {one} for one in BASE}, Relation.COMPATIBLE: set(SHARING)}
    for row, column in itertools.product(meaning, meaning):
        possible = set().union(*(atoms[pair] for pair in itertools.product(meaning[row], meaning[column])))
        assert CHAIN.get((row, column)) == stored(possible), (row, column)


def test_one_relation_at_a_time_loses_nothing_that_sets_of_relations_would_keep() -> None:
    atoms = compositions(4)

    def then(possible: frozenset[Relation], step: Relation) -> frozenset[Relation]:
        return frozenset().union(*(atoms[one, step] for one in possible))

    for path in itertools.product(BASE, repeat=4):
        relation: Relation | None = path[0]
        possible = frozenset({path[0]})
        for step in path[1:]:
            possible = then(possible, step)
            relation = CHAIN.get((relation, step)) if relation else None
            assert relation == stored(possible), path


def test_table_b_is_what_a_model_of_requirements_gives() -> None:
    universe = 4
    sets = [one for one in all_sets(universe) if len(one) < universe]
    holds: dict[Relation, Callable[..., bool]] = {
        **{one: lambda a, b, one=one: base_relation(a, b) is one for one in BASE},
        **{one: lambda a, b, test=test: test(a, b, universe) for one, test in COVERING.items()},
    }
    triples = list(itertools.product(sets, sets, sets))
    for row, column in itertools.product(holds, holds):
        if not {row, column} & set(COVERING):
            continue
        given = [(a, c) for a, b, c in triples if holds[row](a, b) and holds[column](b, c)]
        always = [one for one, test in COVERING.items() if all(test(a, c, universe) for a, c in given)]
        assert CHAIN.get((row, column)) == (always[0] if always else None), (row, column)


def test_close_and_related_pass_through_what_is_the_same_alone() -> None:
    weak = {Relation.CLOSE, Relation.RELATED}
    found = {pair: said for pair, said in CHAIN.items() if weak & set(pair)}
    assert found == {pair: one for one in weak for pair in ((Relation.EQ, one), (one, Relation.EQ))}


def test_an_inverse_is_what_the_second_set_is_to_the_first() -> None:
    for one, two in itertools.product(all_sets(4), all_sets(4)):
        assert INVERSE[base_relation(one, two)] == base_relation(two, one)
    assert not set(COVERING) & set(INVERSE)


def test_a_chain_said_backwards_is_the_chain_of_what_is_said_backwards() -> None:
    for (one, two), gives in CHAIN.items():
        if one in INVERSE and two in INVERSE:
            assert CHAIN[INVERSE[two], INVERSE[one]] == INVERSE[gives]


def test_what_is_left_in_a_part_of_the_devices_is_true_there() -> None:
    left: dict[Relation, set[Relation]] = {one: set() for one in BASE}
    for one, two, part in itertools.product(all_sets(4), repeat=3):
        if one & part and two & part:
            left[base_relation(one, two)].add(base_relation(one & part, two & part))
    assert left[Relation.EQ] == {Relation.EQ}
    assert left[Relation.DR] == {Relation.DR}
    assert left[Relation.PP] == {Relation.EQ, Relation.PP}
    assert left[Relation.PO] == set(BASE)
    assert Relation.PO not in NARROWED
    assert Relation.COMPATIBLE not in NARROWED


def test_every_relation_can_be_said_in_a_sentence() -> None:
    assert set(WORDS) == set(Relation)
