"""Values in use against values claimed before market entry: same device, same metric, same population, else the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.model.performance import Comparison, Intervals, Outcome, Value

IN_USE = vocab.concept("evidence-setting", "routine-use")
LOW_IS_GOOD = frozenset(vocab.concept("metric", one) for one in ("failure-rate", "false-positives-per-case", "time-to-result"))
"""Metrics of which the lower value is the better one; of all others it is the higher."""

_Key = tuple[NamedNode, NamedNode]


def comparisons(values: Iterable[Value]) -> Iterator[Comparison]:
    """Each value in use with each claimed one of its population, else of the whole; then what has no counterpart."""
    groups: dict[_Key, tuple[list[Value], list[Value]]] = defaultdict(lambda: ([], []))
    for one in values:
        groups[one.device, one.metric][one.setting == IN_USE].append(one)
    for claimed, used in groups.values():
        for value in used:
            yield from _against(value, claimed)
        populations = {value.population for value in used}
        for claim in claimed:
            if claim.population not in populations and (claim.population or not used):
                yield Comparison(Outcome.NO_USE, claimed=claim)


def _against(used: Value, claimed: list[Value]) -> Iterator[Comparison]:
    same = [one for one in claimed if one.population == used.population]
    whole = [one for one in claimed if one.population is None] if not same else []
    for claim in same or whole:
        worse = used.value > claim.value if used.metric in LOW_IS_GOOD else used.value < claim.value
        if same:
            outcome = Outcome.WORSE if worse else Outcome.NOT_WORSE
        else:
            outcome = Outcome.WORSE_THAN_WHOLE if worse else Outcome.NOT_WORSE_THAN_WHOLE
        yield Comparison(outcome, claim, used, _intervals(claim, used))
    if not same and not whole:
        yield Comparison(Outcome.NO_CLAIM, used=used)


def _intervals(claim: Value, used: Value) -> Intervals:
    if claim.lower is None or claim.upper is None or used.lower is None or used.upper is None:
        return Intervals.UNKNOWN
    return Intervals.APART if used.upper < claim.lower or claim.upper < used.lower else Intervals.TOGETHER
