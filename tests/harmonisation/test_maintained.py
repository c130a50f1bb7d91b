"""What is kept up to date, and what is asked about a record that might be rejected, is what working out everything gives."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from standards_graph.errors import BadArgument
from standards_graph.harmonisation import counterfactual, following
from standards_graph.harmonisation.claims import Claim
from standards_graph.harmonisation.engine import Outcome, outcome, settle_all
from standards_graph.harmonisation.maintained import Maintained
from standards_graph.harmonisation.naming import name_of
from standards_graph.harmonisation.plain import Plain, plain
from standards_graph.harmonisation.recognitions import effective
from tests.harmonisation.models import Model
from tests.harmonisation.test_engine import TODAY, WORLD, mapping, quads


def nothing(_: str) -> tuple[str, ...]:
    return ()


def no_standard(_: str) -> str:
    return ""


def renamed(model: Iterable[Claim], number: int) -> list[Claim]:
    """The claims of one model among others: some of its things are also things of the next one."""

    def name(thing: str) -> str:
        return f"{number + 1}n0" if thing == "n5" and number % 2 else f"{number}{thing}"

    return [replace(one, record=f"{number} {one.record}", source=name(one.source), target=name(one.target)) for one in model]


@pytest.mark.parametrize("seed", range(25))
def test_after_any_changes_it_is_what_working_out_everything_gives(seed: int) -> None:
    chance = random.Random(seed)
    pool = [claim for number in range(4) for claim in renamed(Model(seed * 10 + number).claims(0.15), number)]
    here = {one.record: one for one in pool if chance.random() < 0.5}
    kept = Maintained(here.values(), nothing, no_standard)
    for _ in range(6):
        removed = chance.sample(sorted(here), min(len(here), chance.randint(0, 3)))
        added = chance.sample(pool, chance.randint(0, 3))
        kept.change(removed=removed, added=added)
        here = {record: one for record, one in here.items() if record not in removed} | {one.record: one for one in added}
        assert kept.settled == settle_all(here.values(), nothing, no_standard)


def test_a_change_touches_its_own_component_alone() -> None:
    claims = [claim for number in (0, 2) for claim in renamed(Model(number).claims(), number)]
    kept = Maintained(claims, nothing, no_standard)
    gone, come = kept.change(removed=[next(one.record for one in claims if one.record.startswith("2 "))])
    assert {first[0] for first in (*gone, *come)} == {"2"}
    assert kept.of("0n1").inferred
    assert kept.of("nowhere").inferred == ()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_facts_changes_no_byte(seed: int) -> None:
    facts = quads(WORLD, mapping("3", "scheme/z/a", "equivalentTo", "scheme/y/a"))
    told = list(facts)
    random.Random(seed).shuffle(told)
    assert following.follows(told, TODAY) == following.follows(facts, TODAY)


def everything(known: Outcome, claims: list[Claim]) -> tuple[dict[str, object], set[tuple[str, ...]]]:
    """The results and the recognitions in effect of these claims, worked out in full."""
    settled = settle_all(claims, known.known.exclusive_schemes, known.known.one_standard)
    left = [one for one in claims if one.is_premise and one.record not in settled.contested]
    granted = {(one.edition, one.jurisdiction, one.recognition) for one in effective(known.known, left, settled.inferred)}
    return {name_of(one): one.confidence for one in settled.inferred}, granted


def said(known: Outcome, claims: Iterable[Claim]) -> frozenset[Plain]:
    """The plain statements of these claims, worked out in full."""
    listed = list(claims)
    return plain(listed, settle_all(listed, known.known.exclusive_schemes, known.known.one_standard), TODAY)


@pytest.fixture(scope="module")
def known() -> Outcome:
    more = (
        mapping("3", "scheme/z/a", "equivalentTo", "scheme/y/a"),
        mapping("4", "scheme/v/a", "equivalentTo", "scheme/w/a"),
        mapping("5", "scheme/w/a", "excludes", "scheme/v/a"),
        mapping("6", "scheme/w/a", "entails", "scheme/x/a"),
    )
    return outcome(quads(WORLD, *more))


def test_what_would_fall_is_the_difference_of_two_full_runs(known: Outcome) -> None:
    before, granted = everything(known, list(known.known.claims))
    for claim in known.known.claims:
        after, still = everything(known, [one for one in known.known.claims if one.record != claim.record])
        found = counterfactual.without(known, claim.record, TODAY)
        assert {name_of(one) for one in found.fallen} == set(before) - set(after)
        assert {name_of(one) for one in found.come} == set(after) - set(before)
        assert {name_of(one.result): one.left for one in found.weaker} == {
            name: after[name] for name in before if name in after and after[name] != before[name]
        }
        assert {(one.edition, one.jurisdiction, one.recognition) for one in found.recognitions} == granted - still
        left = tuple(one for one in known.known.claims if one.record != claim.record)
        assert set(found.plain) == said(known, known.known.claims) - said(known, left)


def test_some_record_carries_recognitions_and_some_a_conflict(known: Outcome) -> None:
    found = [counterfactual.without(known, one.record, TODAY) for one in known.known.claims]
    assert any(one.recognitions for one in found)
    assert any(one.settled and one.come for one in found)
    assert any(one.fallen for one in found)


def test_what_follows_cannot_be_rejected_itself(known: Outcome) -> None:
    with pytest.raises(BadArgument, match="premises"):
        counterfactual.without(known, name_of(known.settled.inferred[0]), TODAY)
