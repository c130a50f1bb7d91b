"""Who acted on a fault and who is not recorded to have: by place, its parts and larger ones, on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.harmonisation import spread
from standards_graph.model import dates
from standards_graph.model.entities import Name
from standards_graph.model.spread import Action, Fault, Held, Identity, Market, Standing

DAY = dt.date(2026, 11, 23)
THING = vocab.entity("device", "maker/thing")
FR, DE, EU, US, JP = (vocab.entity("jurisdiction", code) for code in ("fr", "de", "eu", "us", "jp"))
WHOLES = {FR: frozenset({EU}), DE: frozenset({EU})}
HELD = Held(actions=3)


def action(place: NamedNode, printed: str) -> Action:
    first = dates.earliest(printed) if printed else None
    last = dates.after_latest(printed) - dt.timedelta(days=1) if printed else None
    name = Name(vocab.entity("action", f"{place.value[-2:]}-{printed}"), "notice")
    return Action(name, place, printed=printed, earliest=first, latest=last)


def fault(*actions: Action, sold: tuple[Market, ...] = ()) -> Fault:
    return Fault(Name(vocab.entity("issue", "x"), "x"), None, actions, {THING: Identity.FAMILY}, sold)


def market(place: NamedNode, begins: str = "", ends: str = "") -> Market:
    first, last = (dt.date.fromisoformat(one) if one else None for one in (begins, ends))
    return Market(THING, place, vocab.entity("authorisation", f"{place.value[-2:]}-1"), None, first, last)


def asked(known: Fault, place: NamedNode, *, day: dt.date = DAY, held: Held = HELD) -> spread.PlaceStanding:
    return spread.standing(known, place, day, wholes=WHOLES, held=held)


@pytest.mark.parametrize(
    ("acting", "place", "standing"),
    [
        (US, US, Standing.RECORDED),
        (EU, FR, Standing.RECORDED),
        (FR, EU, Standing.IN_PART),
        (FR, DE, Standing.OPEN),
        (US, JP, Standing.OPEN),
    ],
)
def test_an_action_counts_in_its_place_in_its_parts_and_for_the_whole_in_part(
    acting: NamedNode, place: NamedNode, standing: Standing
) -> None:
    assert asked(fault(action(acting, "2026-01-01")), place).standing is standing


@pytest.mark.parametrize(
    ("held", "standing"),
    [
        (Held(actions=3, complete_as_of=dt.date(2026, 1, 1)), Standing.COMPLETE),
        (Held(actions=3, complete_as_of=dt.date(2025, 12, 31)), Standing.OPEN),
        (Held(complete_as_of=dt.date(2026, 6, 1)), Standing.COMPLETE),
        (Held(actions=1), Standing.OPEN),
        (Held(), Standing.NOT_COVERED),
    ],
)
def test_none_found_is_told_apart_by_what_is_held_of_the_place(held: Held, standing: Standing) -> None:
    assert asked(fault(action(US, "2026-01-01")), JP, held=held).standing is standing


def test_the_day_itself_counts_and_the_day_after_does_not() -> None:
    known = fault(action(US, "2026-01-01"), action(JP, "2026-01-10"))
    on = asked(known, JP, day=dt.date(2026, 1, 10))
    before = asked(known, JP, day=dt.date(2026, 1, 9))
    assert (on.standing, on.days) == (Standing.RECORDED, (9, 9))
    assert (before.standing, before.days) == (Standing.OPEN, (8, 8))
    assert asked(known, US, day=dt.date(2026, 1, 1)).days == (0, 0)


def test_a_month_or_a_year_alone_gives_days_at_least_and_at_most() -> None:
    known = fault(action(US, "2026-01"), action(JP, "2026-02-10"))
    assert asked(known, JP).days == (10, 40)
    assert asked(known, FR, day=dt.date(2026, 1, 20)).days == (0, 19)


def test_an_action_without_a_day_may_have_come_and_gives_no_days() -> None:
    found = asked(fault(action(US, "")), US)
    assert (found.standing, found.days) == (Standing.RECORDED, None)


def test_a_device_is_on_the_market_in_the_period_of_its_decision_also_in_parts_of_the_place() -> None:
    known = fault(action(US, "2026-01-01"), sold=(market(EU, "2026-03-01", "2026-06-01"), market(JP)))
    assert spread.places(known, dt.date(2026, 2, 28)) == [JP, US]
    assert spread.places(known, dt.date(2026, 3, 1)) == [EU, JP, US]
    assert spread.places(known, dt.date(2026, 6, 1)) == [JP, US]
    assert asked(known, FR, day=dt.date(2026, 4, 1)).identity is Identity.FAMILY
    assert asked(known, US).identity is None
