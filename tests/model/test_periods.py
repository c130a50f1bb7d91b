"""How things stand on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_graph.model.periods import Period, Standing, tally

DAY = dt.date(2024, 6, 1)
EARLY, LATE = dt.date(2020, 1, 1), dt.date(2030, 1, 1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))


@pytest.mark.parametrize(
    ("period", "standing", "text"),
    [
        (Period((EARLY,)), Standing.IN_FORCE, "in force"),
        (Period((DAY,)), Standing.IN_FORCE, "in force"),
        (Period((LATE,)), Standing.LATER, "not in force until"),
        (Period((EARLY,), (DAY,)), Standing.ENDED, "no longer in force since"),
        (Period((EARLY,), (LATE,)), Standing.IN_FORCE, "in force"),
        (Period((), (EARLY,)), Standing.ENDED, "no longer in force since"),
        (Period(), Standing.UNKNOWN, "start not recorded"),
        (Period((), (LATE,)), Standing.UNKNOWN, "start not recorded"),
        (Period(before=((EARLY, "decided"),)), Standing.BY_THEN, "decided by then, start not recorded"),
        (Period(before=((EARLY, "published"),)), Standing.BY_THEN, "published by then"),
        (Period(before=((LATE, "adopted"),)), Standing.LATER, "not adopted until"),
        (Period((LATE,), before=((EARLY, "decided"),)), Standing.LATER, "not in force until"),
        (Period((EARLY, LATE)), Standing.DISPUTED, "sources disagree"),
        (Period((EARLY, dt.date(2021, 1, 1))), Standing.IN_FORCE, "in force"),
    ],
)
def test_a_period_stands_on_a_day_as_its_days_say(period: Period, standing: Standing, text: str) -> None:
    found = period.on(DAY)
    assert (found.standing, found.text) == (standing, text)


@given(st.lists(DAYS, max_size=2), st.lists(DAYS, max_size=2), DAYS)
def test_what_has_no_recorded_start_is_never_called_in_force(starts: list[dt.date], ends: list[dt.date], day: dt.date) -> None:
    standing = Period(tuple(starts), tuple(ends)).on(day).standing
    assert standing != Standing.IN_FORCE or starts
    if standing is Standing.IN_FORCE:
        assert all(start <= day for start in starts)
        assert all(end > day for end in ends)


def test_standings_are_counted_in_their_order() -> None:
    found = [Period((day,)).on(DAY) for day in (LATE, EARLY, EARLY)]
    assert list(tally(found).items()) == [(Standing.IN_FORCE, 2), (Standing.LATER, 1)]
