"""Which jurisdictions have the device of a fault on their market and no action recorded, and for how long.

What happens on the day itself counts. That no action is found is told apart by what the registry holds of that jurisdiction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from standards_graph.model.spread import Action, Fault, Held, Identity, Market, PlaceStanding, Standing

Wholes = Mapping[NamedNode, frozenset[NamedNode]]
"""For a jurisdiction, all larger ones that it belongs to."""
_NOTHING: frozenset[NamedNode] = frozenset()


def by(fault: Fault, day: dt.date) -> tuple[Action, ...]:
    """The actions on a fault by the end of a day, the first one first; one whose date is not recorded may have come by then."""
    known = [one for one in fault.actions if one.earliest is None or one.earliest <= day]
    return tuple(sorted(known, key=lambda one: (one.earliest or dt.date.max, one.action.iri.value)))


def places(fault: Fault, day: dt.date) -> list[NamedNode]:
    """Where the device is on the market on a day, and where somebody acted by then."""
    sold = {one.place for one in fault.markets if one.on(day)}
    return sorted(sold | {one.place for one in by(fault, day)}, key=str)


def standing(fault: Fault, place: NamedNode, day: dt.date, *, wholes: Wholes, held: Held) -> PlaceStanding:
    """How a jurisdiction stands to a fault: markets and actions of it, of larger ones it belongs to, and of its parts count."""
    known = by(fault, day)
    above, below = wholes.get(place, _NOTHING) | {place}, _parts(place, wholes)
    own = tuple(one for one in known if one.place in above)
    within = tuple(one for one in known if one.place in below)
    markets = tuple(one for one in fault.markets if one.on(day) and one.place in above | below)
    return PlaceStanding(
        place=place,
        standing=_standing(own, within, known, held),
        held=held,
        identity=_surest(fault, markets),
        markets=markets,
        actions=own + within,
        days=_days(known, own + within, day),
    )


def _parts(place: NamedNode, wholes: Wholes) -> frozenset[NamedNode]:
    return frozenset(part for part, larger in wholes.items() if place in larger)


def _standing(own: tuple[Action, ...], within: tuple[Action, ...], known: tuple[Action, ...], held: Held) -> Standing:
    if own:
        return Standing.RECORDED
    if within:
        return Standing.IN_PART
    first = _first(known)
    if held.complete_as_of and (first is None or held.complete_as_of >= first[0]):
        return Standing.COMPLETE
    return Standing.OPEN if held.actions else Standing.NOT_COVERED


def _surest(fault: Fault, markets: Iterable[Market]) -> Identity | None:
    order = list(Identity)
    found = [fault.devices[one.device] for one in markets if one.device in fault.devices]
    return min(found, key=order.index, default=None)


def _first(actions: Iterable[Action]) -> tuple[dt.date, dt.date] | None:
    """Between which days the first of these actions lies."""
    dated = [(one.earliest, one.latest) for one in actions if one.earliest and one.latest]
    return (min(one for one, _ in dated), min(other for _, other in dated)) if dated else None


def _days(known: tuple[Action, ...], here: tuple[Action, ...], day: dt.date) -> tuple[int, int] | None:
    first, own = _first(known), _first(here) if here else (day, day)
    if first is None or own is None:
        return None
    return max(0, (own[0] - first[1]).days), max(0, (own[1] - first[0]).days)
