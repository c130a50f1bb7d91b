"""Dates as sources print them, and the days that are computed with.

A source prints a day, a month or a year. What is not printed is never filled up; for computing, a start counts from the
earliest day that the print allows, and an end ends with the latest.
"""

from __future__ import annotations

import datetime as dt
import re

from pyoxigraph import Literal

from standards_graph.vocab import XSD

_DATATYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def printed(text: str) -> Literal:
    """The date as printed: ``2016-03`` is a month; raises ValueError for what is no date."""
    earliest(text)
    return Literal(text, datatype=_DATATYPES[len(text)])


def earliest(text: str) -> dt.date:
    """The first day that a printed date allows; raises ValueError."""
    if not _FORM.fullmatch(text):
        raise ValueError(f"{text!r} is not a date; write 2026, 2026-01 or 2026-01-31")
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def after_latest(text: str) -> dt.date:
    """The first day after the last one that a printed date allows; raises ValueError."""
    first = earliest(text)
    if len(text) == 10:
        return first + dt.timedelta(days=1)
    if len(text) == 7:
        return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return dt.date(first.year + 1, 1, 1)


def day(date: dt.date) -> Literal:
    """A day as a term."""
    return Literal(date.isoformat(), datatype=XSD.date)
