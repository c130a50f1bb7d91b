"""What templates have at hand: filters, small functions, and what every page shows in its frame."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from standards_graph.errors import RegistryError
from standards_graph.model.changes import Revision
from standards_graph.registry import Registry
from webapp import links
from webapp.assets import built
from webapp.current import newest_registry, the_registry
from webapp.moment import the_moment, without
from webapp.navigation import NAVIGATION

_DAY = re.compile(r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)(T.*)?)?)?")
_SLASH = re.compile(r"(?<=/)(?=[^\s/])")
_TONES = {
    "good": {
        "published", "recognised", "harmonised", "in-force", "active", "accepted", "official-page-opened", "valid", "confirmed",
        "confirmed-as-plan", "confirmed-as-stated-goal", "confirmed-at-the-date-of-the-story",
    },
    "bad": {"withdrawn", "rejected", "revoked", "expired", "repealed", "withdrawn-at-source", "contradicted"},
    "warn": {
        "superseded", "candidate", "not-confirmed", "partly-confirmed", "draft", "under-development", "transition",
        "suspended", "retired",
    },
    "info": {"source-read", "proposed", "announced", "consultation"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that is more than its words: it leads to another order, or holds numbers."""

    text: str
    href: str = ""
    sorted: str = ""
    number: bool = False


def equip(app: Flask) -> None:
    """Give the application's templates what they need."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters |= {"day": day, "instant": instant, "thousands": thousands, "foldable": foldable}
    environment.tests |= {"day": is_day}
    environment.globals |= {
        "asset": built().address,
        "column": Column,
        "tone_of": tone_of,
        "page_numbers": page_numbers,
        "links": links,
        "local": links.local,
    }
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    query = request.args.get("q", "") if request.path == "/search" else ""
    revision, moment = _revision(the_registry), the_moment()
    newest = _revision(newest_registry) if moment.revision else revision
    return {
        "navigation": NAVIGATION,
        "revision": revision,
        "newest": newest,
        "moment": moment,
        "without": without,
        "query_text": query,
        "this_view": request.full_path.removesuffix("?"),
    }


def _revision(registry: Callable[[], Registry]) -> Revision | None:
    """The revision that the page shows; none where the store cannot say, so that its error can still be told as a page."""
    try:
        return registry().reader().revision
    except RegistryError:
        return None


def day(text: str) -> str:
    """A date in words, as exact as it is given: 2006, May 2006, 1 May 2006; what is no date stays as it is."""
    found = _DAY.fullmatch(text)
    if not found or not _exists(text):
        return text
    names = [found["day"].lstrip("0")] if found["day"] else []
    names += [dt.date(2000, int(found["month"]), 1).strftime("%B")] if found["month"] else []
    return " ".join([*names, found["year"]])


def instant(text: str) -> str:
    """A moment in words, to the minute: 22 November 2026, 09:30 UTC."""
    moment = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    return f"{day(moment.date().isoformat())}, {moment:%H:%M} UTC"


def is_day(text: str) -> bool:
    """Whether a text is a year, a month of a year, or a day."""
    return bool(_DAY.fullmatch(text)) and _exists(text)


def _exists(text: str) -> bool:
    try:
        dt.date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True


def foldable(text: str) -> Markup:
    """A text in which a long address may be broken after each of its slashes, so that it makes no column wide."""
    return Markup("<wbr>").join(escape(part) for part in _SLASH.split(text))


def thousands(number: int) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def tone_of(name: str) -> str:
    """The tone in which a state is shown, by its code or the last part of its IRI."""
    code = name.rpartition("/")[2].lower().replace(" ", "-")
    return next((tone for tone, codes in _TONES.items() if code in codes), "neutral")


def page_numbers(current: int, last: int) -> Iterator[int]:
    """The pages that a list of pages names: the first, those around the current one, the last; 0 stands for a gap."""
    before = 0
    for number in sorted({1, *range(max(1, current - 2), min(last, current + 2) + 1), last}):
        if number > before + 1:
            yield 0
        yield number
        before = number
