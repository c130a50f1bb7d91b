"""The closure against brute force, and its rules one by one."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards_graph.harmonisation.claims import Claim, Period, agreed, rounded
from standards_graph.harmonisation.closure import Inferred, closure
from standards_graph.harmonisation.relations import CHAIN, IMPLIES, INVERSE, STRICT, Relation

EQ, PP, PPI, PO, DR = Relation.EQ, Relation.PP, Relation.PPI, Relation.PO, Relation.DR
NODES = "abcdef"
PERIODS = (Period(), Period(), Period("2020-01-01"), Period("", "2022-01-01"), Period("2021-01-01", "2023-01-01"))


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    found = []
    for number in range(draw(st.integers(1, 9))):
        source, target = draw(st.permutations(NODES).map(lambda one: one[:2]))
        relation = draw(st.sampled_from([EQ, EQ, EQ, *Relation]))
        found.append(
            Claim(
                f"r{number}",
                source,
                relation,
                target,
                Decimal(draw(st.integers(45, 100))) / 100,
                draw(st.sampled_from(PERIODS)),
                draw(st.sampled_from(("", "", "software", "imaging"))),
                draw(st.booleans()) if relation in STRICT else False,
                kinds=("provision", "provision"),
            )
        )
    return found


Found = dict[tuple[str, str, Relation, str, bool, Period], Decimal]


def by_brute_force(said: Sequence[Claim]) -> Found:
    """Every simple path of up to four steps, and the best confidence for each thing that such paths say."""
    best: Found = {}
    premises = [one for one in said if one.is_premise]
    for scope in {"", *(one.scope for one in premises)}:
        steps = [way for one in premises if (part := one.within(scope)) for way in (part, part.inverse) if way]
        for path in simple_paths(steps):
            result = followed(path)
            if result is not None and any(step.scope == scope for step in path):
                relation, unknown, period, confidence = result
                key = (path[0].source, path[-1].target, relation, scope, unknown, period)
                best[key] = max(best.get(key, Decimal(0)), confidence)
    return best


def simple_paths(steps: Sequence[Claim]) -> Iterator[tuple[Claim, ...]]:
    layer = [(one,) for one in steps]
    for _ in range(4):
        yield from layer
        layer = [
            (*path, step)
            for path, step in itertools.product(layer, steps)
            if step.source == path[-1].target and step.target not in {path[0].source, *(one.target for one in path)}
        ]


def followed(path: Sequence[Claim]) -> tuple[Relation, bool, Period, Decimal] | None:
    relation, period, confidence = path[0].relation, path[0].period, path[0].confidence
    unknown = path[0].strictness_unknown
    for step in path[1:]:
        after = CHAIN.get((relation, step.relation))
        if after is None:
            return None
        relation, period, confidence = after, period & step.period, confidence * step.confidence
        unknown = relation in STRICT and (unknown or step.strictness_unknown)
    return (relation, unknown, period, confidence) if period and rounded(confidence) >= Decimal("0.30") else None


def told(said: Sequence[Claim], results: Sequence[Inferred]) -> Found:
    """What records and results say, best first."""
    found: Found = defaultdict(Decimal)
    for one in said:
        if one.is_premise:
            key = (one.source, one.target, one.relation, one.scope, one.strictness_unknown, one.period)
            found[key] = max(found[key], one.confidence)
    for result in results:
        key = (result.source, result.target, result.relation, result.scope, result.strictness_unknown, result.period)
        found[key] = max(found[key], result.best.confidence)
    return found


def says(one: tuple[str, str, Relation, str, bool, Period], other: tuple[str, str, Relation, str, bool, Period]) -> bool:
    """Whether the first makes the second superfluous."""
    stronger = one[2] == other[2] or other[2] in IMPLIES.get(one[2], ())
    firmer = one[2] != other[2] or one[4] <= other[4]
    return one[:2] == other[:2] and stronger and firmer and one[3] in ("", other[3]) and one[5].holds(other[5])


@settings(max_examples=300, deadline=None)
@given(claims())
def test_nothing_that_brute_force_finds_is_missing(said: list[Claim]) -> None:
    known = told(said, closure(said))
    for key, confidence in by_brute_force(said).items():
        assert any(says(one, key) and rounded(sure) >= rounded(confidence) for one, sure in known.items()), key


@settings(max_examples=300, deadline=None)
@given(claims())
def test_every_result_is_one_that_brute_force_finds_and_as_sure(said: list[Claim]) -> None:
    expected = by_brute_force(said)
    for one in closure(said):
        key = (one.source, one.target, one.relation, one.scope, one.strictness_unknown, one.period)
        assert key in expected
        if not one.supports:
            assert rounded(expected[key]) == one.confidence
        for path in one.derivations:
            relation, unknown, period, confidence = followed(path.steps) or (None, None, None, None)
            assert (relation, unknown, confidence) == (one.relation, one.strictness_unknown, path.confidence)
            assert period.holds(one.period)


@settings(max_examples=200, deadline=None)
@given(claims())
def test_what_follows_can_be_said_backwards(said: list[Claim]) -> None:
    results = closure(said)
    known = told(said, results)
    for one in results:
        if one.relation in INVERSE and not one.supports:
            back = (one.target, one.source, INVERSE[one.relation], one.scope, one.strictness_unknown, one.period)
            assert any(says(other, back) and rounded(sure) >= one.confidence for other, sure in known.items())


@settings(max_examples=100, deadline=None)
@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_makes_no_difference(said: list[Claim], chance: random.Random) -> None:
    mixed = list(said)
    chance.shuffle(mixed)
    assert closure(mixed) == closure(said)


@settings(max_examples=100, deadline=None)
@given(claims())
def test_a_result_is_never_surer_than_its_weakest_premise(said: list[Claim]) -> None:
    for one in closure(said):
        assert one.confidence <= min(step.confidence for step in one.best.steps)
        assert one.best.weakest.confidence == min(step.confidence for step in one.best.steps)


# --- one by one ---


def claim(text: str, **more: Any) -> Claim:
    source, relation, target = text.split()
    return replace(Claim(text, source, Relation[relation], target, Decimal("0.9")), **more)


def results(*said: Claim) -> dict[str, Inferred]:
    return {f"{one.source} {one.relation.name} {one.target}": one for one in closure(said)}


def test_two_adoptions_of_one_edition_are_the_same() -> None:
    said = (claim("ansi EQ iec", confidence=Decimal("0.99")), claim("en EQ iec", confidence=Decimal("0.95")))
    found = results(*said)["ansi EQ en"]
    assert found.confidence == Decimal("0.9405")
    assert found.best.premises == ("ansi EQ iec", "en EQ iec")
    assert found.best.weakest.record == "en EQ iec"


def test_a_chain_has_at_most_four_steps() -> None:
    found = results(*(claim(f"{one} EQ {other}", confidence=Decimal(1)) for one, other in itertools.pairwise("abcdefg")))
    assert "a EQ e" in found
    assert "a EQ f" not in found


@pytest.mark.parametrize(
    "change",
    [
        {"accepted": False},
        {"negated": True},
        {"confidence": Decimal("0.49")},
        {"kinds": ("edition", "law")},
        {"period": Period("2021-01-01", "2020-01-01")},
    ],
    ids=["candidate", "denied", "doubtful", "of two kinds", "at no time"],
)
def test_what_may_not_be_a_premise_is_none(change: dict[str, object]) -> None:
    assert results(claim("a EQ b", **change), claim("b EQ c")).keys() == {"c EQ b"}


def test_coverage_is_said_of_provisions_alone() -> None:
    assert results(claim("a FULLY b"), claim("b EQ c")).keys() == {"c EQ b"}
    provisions = [claim(one, kinds=("provision", "provision")) for one in ("a FULLY b", "b EQ c", "c PPI d")]
    assert results(*provisions)["a PARTLY d"].best.premises == ("a FULLY b", "b EQ c", "c PPI d")


def test_a_chain_below_the_floor_is_not_kept() -> None:
    doubtful = [claim(f"{one} EQ {other}", confidence=Decimal("0.54")) for one, other in ("ab", "bc")]
    assert "a EQ c" not in results(*doubtful)


def test_a_result_holds_as_long_as_all_its_premises() -> None:
    said = (claim("a EQ b", period=Period("2020-01-01")), claim("b EQ c", period=Period("2021-01-01", "2024-01-01")))
    assert results(*said)["a EQ c"].period == Period("2021-01-01", "2024-01-01")
    apart = (claim("a EQ b", period=Period("2020-01-01", "2021-01-01")), claim("b EQ c", period=Period("2021-01-01")))
    assert "a EQ c" not in results(*apart)


def test_scopes_that_cannot_be_compared_give_nothing() -> None:
    assert "a EQ c" not in results(claim("a EQ b", scope="software"), claim("b EQ c", scope="imaging"))
    assert results(claim("a EQ b", scope="software"), claim("b EQ c"))["a EQ c"].scope == "software"


def test_what_sets_two_classes_apart_may_lie_outside_the_scope() -> None:
    found = results(claim("a EQ b", scope="software"), claim("b PP c"), claim("b PO d"))
    assert found["a PP c"].strictness_unknown
    assert "a PO d" not in found


def test_doubt_about_strictness_is_carried_on() -> None:
    found = results(claim("a PP b", strictness_unknown=True), claim("b PP c"))
    assert found["a PP c"].strictness_unknown
    assert found["c PPI a"].strictness_unknown


def test_several_derivations_are_not_added_up() -> None:
    ways = [claim(f"{one} EQ {other}") for one, other in ("ab", "bz", "ac", "cz", "ad", "dz", "ae", "ez")]
    found = results(*ways)["a EQ z"]
    assert found.confidence == Decimal("0.8100")
    assert [path.premises for path in found.derivations] == [("a EQ b", "b EQ z"), ("a EQ c", "c EQ z"), ("a EQ d", "d EQ z")]


def test_derivations_that_share_no_premise_are_preferred() -> None:
    said = [claim("a EQ b"), claim("b EQ z"), claim("b EQ y"), claim("y EQ z"), claim("a EQ c", confidence=Decimal("0.6"))]
    found = results(*said, claim("c EQ z", confidence=Decimal("0.6")))["a EQ z"]
    assert [path.premises for path in found.derivations][:2] == [("a EQ b", "b EQ z"), ("a EQ c", "c EQ z")]


def test_a_record_that_is_stated_stays_and_the_derivation_supports_it() -> None:
    found = results(claim("a EQ b"), claim("b EQ c"), claim("a EQ c", confidence=Decimal("0.6")))["a EQ c"]
    assert found.supports == ("a EQ c",)
    assert found.best.premises == ("a EQ b", "b EQ c")


def test_what_a_stronger_result_brings_along_is_not_stored_beside_it() -> None:
    found = results(claim("a EQ b"), claim("b EQ c"), claim("x PP a"), claim("x PP c"))
    assert "a EQ c" in found
    assert "a COMPATIBLE c" not in found


def test_a_better_way_past_a_visited_thing_is_found() -> None:
    """The surest way to the middle runs over the goal's neighbour, which the whole path may not visit twice."""
    sure = Decimal(1)
    said = [claim("a EQ m", confidence=sure), claim("m EQ x", confidence=sure), claim("a EQ x", confidence=Decimal("0.8"))]
    found = results(*said, claim("x PP m", confidence=sure), claim("x EQ z", confidence=sure))
    assert found["a EQ z"].confidence == Decimal("1.0000")


def test_agreement_of_a_reviewer_moves_the_confidence() -> None:
    assert agreed(Decimal("0.7"), None) == Decimal("0.7")
    assert agreed(Decimal("0.7"), Decimal(1)) == 1
    assert agreed(Decimal("0.7"), Decimal(-1)) == 0
    assert agreed(Decimal("0.7"), Decimal("0.5")) == Decimal("0.7250")
