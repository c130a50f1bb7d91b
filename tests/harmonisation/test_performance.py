"""Values in use against claims: by metric, subgroup and interval."""

from __future__ import annotations

from decimal import Decimal

from standards_graph import vocab
from standards_graph.harmonisation.performance import IN_USE, comparisons
from standards_graph.model.performance import Intervals, Outcome, Value

DEVICE = vocab.entity("device", "x")
STUDY = vocab.concept("evidence-setting", "reader-study")
WOMEN = vocab.concept("population", "women")
MEN = vocab.concept("population", "men")


def value(number: str, *, used: bool = False, metric: str = "sensitivity", group: object = None, within: str = "") -> Value:
    name = vocab.entity("observation", f"{metric}-{number}-{used}-{group}".replace("<", "").replace(">", "").replace(" ", "-"))
    lower, upper = (Decimal(one) for one in within.split()) if within else (None, None)
    population = group if group in (WOMEN, MEN) else None
    setting = IN_USE if used else STUDY
    return Value(name, DEVICE, vocab.concept("metric", metric), setting, Decimal(number), population, None, lower, upper)


def outcomes(*values: Value) -> list[Outcome]:
    return [one.outcome for one in comparisons(values)]


def test_a_value_is_compared_with_the_claim_of_its_subgroup_else_with_that_of_all() -> None:
    claims = (value("0.9"), value("0.8", group=WOMEN))
    assert outcomes(*claims, value("0.85", used=True, group=WOMEN))[0] is Outcome.NOT_WORSE
    assert outcomes(*claims, value("0.75", used=True, group=WOMEN))[0] is Outcome.WORSE
    assert outcomes(*claims, value("0.85", used=True, group=MEN))[0] is Outcome.WORSE_THAN_WHOLE
    assert outcomes(*claims, value("0.95", used=True, group=MEN))[0] is Outcome.NOT_WORSE_THAN_WHOLE


def test_a_claim_of_a_subgroup_is_none_of_all() -> None:
    assert outcomes(value("0.9", group=WOMEN), value("0.5", used=True)) == [Outcome.NO_CLAIM, Outcome.NO_USE]


def test_what_has_no_counterpart_is_told() -> None:
    assert outcomes(value("0.9")) == [Outcome.NO_USE]
    assert outcomes(value("0.9", used=True)) == [Outcome.NO_CLAIM]
    assert outcomes(value("0.9"), value("0.8", used=True, metric="specificity")) == [Outcome.NO_USE, Outcome.NO_CLAIM]


def test_of_some_metrics_the_lower_value_is_the_better_one() -> None:
    assert outcomes(value("2", metric="failure-rate"), value("3", used=True, metric="failure-rate")) == [Outcome.WORSE]
    assert outcomes(value("2", metric="failure-rate"), value("1", used=True, metric="failure-rate")) == [Outcome.NOT_WORSE]


def test_intervals_are_apart_or_not_or_not_recorded() -> None:
    claim = value("0.9", within="0.85 0.95")
    used = [value("0.8", used=True, within=one) for one in ("0.75 0.84", "0.75 0.85", "")]
    assert [next(iter(comparisons([claim, one]))).intervals for one in used] == [
        Intervals.APART,
        Intervals.TOGETHER,
        Intervals.UNKNOWN,
    ]
