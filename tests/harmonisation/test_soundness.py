"""Nothing that is inferred is false: random families of sets, of which some true relations are given."""

from __future__ import annotations

import pytest

from standards_graph.harmonisation.engine import settle_all
from tests.harmonisation.models import Model


def false_results(seed: int) -> list[str]:
    """What the engine gets wrong about a model; a conflict among true claims is wrong too."""
    model = Model(seed)
    settled = settle_all(model.claims(), model.schemes, lambda _: "")
    wrong = [
        f"{one.source} {one.relation} {one.target} {one.scope}: {one.best.premises}"
        for one in settled.inferred
        if not model.is_true(one.source, one.relation, one.target, scope=one.scope, unknown=one.strictness_unknown)
    ]
    return [*wrong, *map(str, settled.conflicts)]


@pytest.mark.parametrize("seed", range(60))
def test_nothing_false_is_inferred_from_what_is_true(seed: int) -> None:
    assert false_results(seed) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_nothing_false_is_inferred_in_a_thousand_models(start: int) -> None:
    assert {seed: wrong for seed in range(start, start + 100) if (wrong := false_results(seed))} == {}


def test_the_models_give_the_engine_something_to_do() -> None:
    settled = [settle_all(Model(seed).claims(), Model(seed).schemes, lambda _: "") for seed in range(10)]
    relations = {one.relation for each in settled for one in each.inferred if len(one.best.steps) > 1}
    assert len(relations) >= 6
