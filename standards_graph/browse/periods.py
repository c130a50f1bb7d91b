"""How things stand on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.model.periods import OnDay, Period
from standards_graph.store.base import Reader


def on_day(reader: Reader, things: Iterable[NamedNode], day: dt.date) -> dict[NamedNode, OnDay]:
    """How those of the things stand on a day that are in force for a time, or have a day on which they came to be.

    The last day of a transition counts as the last one in force. A start that is not recorded is told so: the thing may have
    been in force or not.
    """
    wanted = sorted(set(things), key=str)
    found: dict[NamedNode, dict[str, list[dt.date]]] = defaultdict(lambda: defaultdict(list))
    for row in ask(reader, "browse/periods", thing=wanted) if wanted else ():
        known = found[row.iri("thing")][row.text("what")]
        try:
            known.append(dt.date.fromisoformat(row.text_if_any("day")))
        except ValueError:
            continue
    return {thing: _period(days).on(day) for thing, days in found.items()}


def _period(days: dict[str, list[dt.date]]) -> Period:
    ends = [*days.get("ended", ()), *(last + dt.timedelta(days=1) for last in days.get("last day", ()))]
    before = [(one, what) for what in ("decided", "adopted", "published") for one in days.get(what, ())]
    return Period(tuple(days.get("begins", ())), tuple(ends), tuple(before))
