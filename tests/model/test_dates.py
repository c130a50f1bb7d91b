"""Dates as printed, and the days that are computed with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_graph.model import dates
from standards_graph.vocab import XSD


@pytest.mark.parametrize(
    ("text", "kind", "first", "after"),
    [
        ("2026", XSD.gYear, "2026-01-01", "2027-01-01"),
        ("2026-01", XSD.gYearMonth, "2026-01-01", "2026-02-01"),
        ("2026-12", XSD.gYearMonth, "2026-12-01", "2027-01-01"),
        ("2026-02-28", XSD.date, "2026-02-28", "2026-03-01"),
        ("2024-02-28", XSD.date, "2024-02-28", "2024-02-29"),
    ],
)
def test_a_start_counts_from_the_earliest_day_and_an_end_through_the_latest(
    text: str, kind: object, first: str, after: str
) -> None:
    assert dates.printed(text).datatype == kind
    assert dates.printed(text).value == text
    assert dates.earliest(text).isoformat() == first
    assert dates.after_latest(text).isoformat() == after


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2026-1-1", "2026-01-01T00:00", "ninth of May", "٢٠٢٦"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        dates.printed(text)


@given(st.dates())
def test_a_day_ends_with_the_next(day: dt.date) -> None:
    if day < dt.date.max:
        assert dates.after_latest(day.isoformat()) - dates.earliest(day.isoformat()) == dt.timedelta(days=1)
