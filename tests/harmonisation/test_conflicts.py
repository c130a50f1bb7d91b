"""Conflicts: every planted one is found, with its kind and no member too many, and nothing where nothing is wrong."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards_graph.harmonisation import conflicts
from standards_graph.harmonisation.claims import Claim, Period
from standards_graph.harmonisation.engine import settle_all
from standards_graph.harmonisation.relations import Relation
from tests.harmonisation.models import BASE, Model, all_sets, base_relation
from tests.harmonisation.test_closure import claim

POSSIBLE = {**{one: {one} for one in BASE}, Relation.COMPATIBLE: set(BASE) - {Relation.DR}}
SETS = all_sets(4)
COMPOSED: dict[tuple[Relation, Relation], set[Relation]] = {}
for _one, _two, _three in itertools.product(SETS, SETS, SETS):
    _pair = base_relation(_one, _two), base_relation(_two, _three)
    COMPOSED.setdefault(_pair, set()).add(base_relation(_one, _three))


def can_all_be_right(said: Sequence[Claim]) -> bool:
    """By trying every base relation for every pair and looking at every triangle (which decides RCC-5)."""
    nodes = sorted({end for one in said for end in (one.source, one.target)})
    allowed = {pair: set(BASE) for pair in itertools.permutations(nodes, 2)}
    for one in said:
        possible = POSSIBLE[one.relation] | ({Relation.EQ} if one.strictness_unknown else set())
        possible = set(BASE) - possible if one.negated else possible
        allowed[one.source, one.target] &= possible
        back = {Relation.PP: Relation.PPI, Relation.PPI: Relation.PP}
        allowed[one.target, one.source] &= {back.get(each, each) for each in possible}
    return _filled(nodes, allowed, {})


Pair = tuple[str, str]


def _filled(nodes: Sequence[str], allowed: Mapping[Pair, set[Relation]], chosen: Mapping[Pair, Relation]) -> bool:
    todo = next((pair for pair in itertools.combinations(nodes, 2) if pair not in chosen), None)
    if todo is None:
        return True
    back = {Relation.PP: Relation.PPI, Relation.PPI: Relation.PP}
    one, other = todo
    for relation in sorted(allowed[todo]):
        more = {**chosen, (one, other): relation, (other, one): back.get(relation, relation)}
        fits = all(
            more[one, other] in COMPOSED[more[one, node], more[node, other]]
            for node in nodes
            if (one, node) in more and (node, other) in more and node not in todo
        )
        if fits and _filled(nodes, allowed, more):
            return True
    return False


@st.composite
def said(draw: st.DrawFn, *, denials: bool = False) -> list[Claim]:
    found = []
    for number in range(draw(st.integers(2, 6))):
        source, target = draw(st.permutations("abcd").map(lambda one: one[:2]))
        relation = draw(st.sampled_from([*BASE, Relation.COMPATIBLE]))
        unknown = relation in (Relation.PP, Relation.PPI) and draw(st.booleans())
        negated = denials and not unknown and draw(st.booleans())
        found.append(Claim(f"r{number}", source, relation, target, strictness_unknown=unknown, negated=negated))
    return found


@settings(max_examples=400, deadline=None)
@given(said())
def test_a_conflict_is_found_exactly_where_not_all_can_be_right(claims: list[Claim]) -> None:
    assert bool(conflicts.conflicts(claims)) == (not can_all_be_right(claims))


@settings(max_examples=200, deadline=None)
@given(said(denials=True))
def test_the_members_of_a_conflict_cannot_all_be_right_and_none_can_be_left_out(claims: list[Claim]) -> None:
    by_record = {one.record: one for one in claims}
    for found in conflicts.conflicts(claims):
        members = [by_record[record] for record in found.members]
        assert not can_all_be_right(members)
        for one in members:
            rest = [other for other in members if other is not one]
            assert conflicts.conflicts(rest) == ()


@settings(max_examples=100, deadline=None)
@given(said())
def test_what_is_left_without_the_contested_records_agrees(claims: list[Claim]) -> None:
    contested = {record for found in conflicts.conflicts(claims) for record in found.members}
    assert can_all_be_right([one for one in claims if one.record not in contested])


# --- ten planted conflicts of each kind, among claims that are right ---


def plant(kind: str, number: int) -> list[Claim]:
    a, b, c, d = (f"{kind}-{number}-{letter}" for letter in "abcd")

    def said(source: str, relation: Relation, target: str, **more: object) -> Claim:
        return claim(f"{source} {relation.name} {target}", **more)

    planted = {
        conflicts.TWO_PARTNERS: [said(a, Relation.EQ, "scheme/one"), said(a, Relation.EQ, "scheme/two")],
        conflicts.PAIR: [said(a, Relation.EQ, b), said(a, Relation.PP, b)],
        conflicts.CYCLE: [said(a, Relation.PP, b), said(b, Relation.PP, c), said(a, Relation.PPI, c)],
        conflicts.DERIVED: [said(a, Relation.PP, b), said(c, Relation.PP, b), said(b, Relation.DR, d), said(d, Relation.PO, c)],
        conflicts.NEGATED: [said(a, Relation.EQ, b), said(b, Relation.CLOSE, c), said(a, Relation.CLOSE, c, negated=True)],
        conflicts.TWICE: [said(a, Relation.EQ, "edition/1"), said(a, Relation.EQ, "edition/2")],
        conflicts.SPREAD: [
            said(a, Relation.EQ, b, confidence=Decimal("0.95")),
            claim(f"{b} EQ {a}", record="other", confidence=Decimal("0.6")),
        ],
        conflicts.OUTSIDE: [said(a, Relation.EQ, b, outside=True)],
        conflicts.OFFICIAL: [
            said(a, Relation.EQ, c, official=True, confidence=Decimal(1)),
            said(a, Relation.PP, b),
            said(b, Relation.PP, c),
        ],
    }[kind]
    return planted if kind != conflicts.DERIVED else planted[1:]


def schemes(thing: str) -> tuple[str, ...]:
    return ("scheme",) if thing.startswith("scheme/") else ()


def standard(thing: str) -> str:
    return "standard" if thing.startswith("edition/") else ""


@pytest.mark.parametrize("kind", conflicts.KINDS)
def test_ten_planted_conflicts_are_found(kind: str) -> None:
    clean = list(Model(7).claims())
    planted = [[_renamed(one, number) for one in plant(kind, number)] for number in range(10)]
    found = settle_all([*clean, *(one for group in planted for one in group)], schemes, standard).conflicts
    assert [one.kind for one in found] == [kind] * 10
    assert {one.members for one in found} == {tuple(sorted(one.record for one in group)) for group in planted}


def _renamed(one: Claim, number: int) -> Claim:
    return replace(one, record=f"{one.record} {number}")


@pytest.mark.parametrize("seed", range(10))
def test_no_conflict_is_reported_where_all_is_true(seed: int) -> None:
    model = Model(seed)
    assert settle_all(model.claims(), model.schemes, lambda _: "").conflicts == ()


def test_claims_of_different_times_do_not_contradict() -> None:
    old, new = Period("", "2020-01-01"), Period("2020-01-01")
    assert conflicts.conflicts([claim("a EQ b", period=old), claim("a PP b", period=new)]) == ()
    both = [claim("a EQ b", period=old), claim("a PP b", period=new), claim("a DR b", period=Period("2019-01-01"))]
    assert {one.members for one in conflicts.conflicts(both)} == {("a DR b", "a EQ b"), ("a DR b", "a PP b")}


def test_claims_for_different_devices_do_not_contradict() -> None:
    assert conflicts.conflicts([claim("a EQ b", scope="software"), claim("a DR b", scope="imaging")]) == ()
    assert conflicts.conflicts([claim("a PP b", scope="software"), claim("a EQ b")])[0].kind == conflicts.PAIR
    assert conflicts.conflicts([claim("a EQ b", scope="software"), claim("a PP b")]) == ()


def test_a_ring_whose_strictness_is_unknown_is_no_conflict() -> None:
    ring = [claim("a PP b", strictness_unknown=True), claim("b PP a", strictness_unknown=True)]
    assert conflicts.conflicts(ring) == ()


def test_what_follows_from_a_contested_record_is_withdrawn() -> None:
    right = [claim("a EQ b"), claim("b EQ c")]
    assert "a" in {one.source for one in settle_all(right, schemes, standard).inferred}
    settled = settle_all([*right, claim("a DR b")], schemes, standard)
    assert settled.contested == {"a EQ b", "a DR b"}
    assert {(one.source, one.target) for one in settled.inferred} == {("c", "b")}


def test_components_are_settled_each_for_itself() -> None:
    chance = random.Random(3)
    parts = [[_moved(one, f"{seed}-") for one in Model(seed, size=4).claims(0.3)] for seed in range(6)]
    mixed = [one for part in parts for one in part]
    chance.shuffle(mixed)
    whole = settle_all(mixed, schemes, standard)
    apart = [settle_all(part, schemes, standard) for part in parts]
    assert sorted(map(str, whole.inferred)) == sorted(str(one) for each in apart for one in each.inferred)


def _moved(one: Claim, name: str) -> Claim:
    return replace(one, record=name + one.record, source=name + one.source, target=name + one.target)
