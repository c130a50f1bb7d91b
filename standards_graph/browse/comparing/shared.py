"""How many editions places have in common, every two of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from pyoxigraph import NamedNode

from standards_graph.browse.comparing.recognised import Recognised
from standards_graph.browse.names import names
from standards_graph.model.comparison import How
from standards_graph.model.correspondences import PlacePair, SharedEditions
from standards_graph.model.entities import Name
from standards_graph.store.base import Reader


def shared(reader: Reader, day: dt.date) -> SharedEditions:
    """Of the editions that a place recognises by a decision of its own, how many each other place accepts, and how."""
    recognised = Recognised(reader, day)
    ways: dict[tuple[NamedNode, NamedNode], list[How]] = defaultdict(list)
    own: dict[NamedNode, int] = defaultdict(int)
    for edition in recognised.editions:
        best: dict[NamedNode, How] = {}
        for one in recognised.accepted(edition):
            place = one.decision.place
            best[place] = min(best.get(place, one.how), one.how, key=list(How).index)
        for here, how in best.items():
            if how is How.DIRECTLY:
                own[here] += 1
                for there in best.keys() - {here}:
                    ways[here, there].append(best[there])
    known = names(reader, own)
    places = sorted(own, key=lambda one: (-own[one], known[one].text))
    pairs = (_pair(known[a], known[b], ways.get((a, b), [])) for a in places for b in places if a != b)
    return SharedEditions(tuple((known[one], own[one]) for one in places), tuple(pairs), day.isoformat())


def _pair(first: Name, second: Name, told: list[How]) -> PlacePair:
    directly, in_effect = told.count(How.DIRECTLY), told.count(How.IN_EFFECT)
    return PlacePair(first, second, directly, in_effect, len(told) - directly - in_effect)
