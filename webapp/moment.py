"""The time that a request asks about, and links that keep it.

``at`` asks what was in force on a day, ``revision`` what the registry knew when that revision was published. A page says in
``HONOURED`` which of them it understands; what it does not understand is an unknown parameter as any other.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from standards_graph.errors import BadArgument
from standards_graph.model.changes import Revision
from webapp import downloads
from webapp.current import PINNED, the_base, the_registry

AT, REVISION = "at", "revision"
BOTH = (AT, REVISION)
HONOURED: Mapping[str, tuple[str, ...]] = {
    "api.compared": BOTH,
    "api.missing": BOTH,
    "api.conforming": BOTH,
    "api.marketed": BOTH,
    "api.equivalents": BOTH,
    "api.spread": BOTH,
    "api.silent": BOTH,
    "api.conflicts": (REVISION,),
    "api.reasons": (REVISION,),
    "api.reviews": (REVISION,),
    "api.waiting": (REVISION,),
    "api.lineage": (REVISION,),
    "api.ways": (REVISION,),
    "api.recalled": (REVISION,),
    "api.performance": (REVISION,),
    "api.figures": (REVISION,),
    "home.home": (REVISION,),
    "lists.listing": BOTH,
    "lists.data": BOTH,
    "questions.questions": BOTH,
    "questions.question": BOTH,
    "questions.data": BOTH,
    "questions.sparql": (AT,),
    "records.thing": BOTH,
    "records.code": BOTH,
    "records.mapped": BOTH,
    "records.part": (REVISION,),
    "records.term": (REVISION,),
    "records.module": (REVISION,),
    "records.ontology": (REVISION,),
    "records.datasets": (REVISION,),
    "records.dataset": (REVISION,),
    "query.query": (REVISION,),
    "resolve.entity": BOTH,
    "resolve.concept": BOTH,
    "resolve.mapping": BOTH,
    "resolve.graph": (REVISION,),
}
"""Which of the two a page understands."""

_LINK = re.compile(r'(?<!data-now )href="(/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Moment:
    """The day on which something is to be in force, and the revision that is to be read; None means today, and the newest."""

    day: dt.date | None = None
    revision: Revision | None = None

    def __bool__(self) -> bool:
        return self.day is not None or self.revision is not None

    @property
    def parameters(self) -> dict[str, str]:
        """The same as parameters of an address."""
        told = {AT: self.day.isoformat() if self.day else "", REVISION: self.revision.name if self.revision else ""}
        return {name: text for name, text in told.items() if text}


def the_moment() -> Moment:
    """The time that this request asks about."""
    return g.get("moment") or Moment()


def understood() -> tuple[str, ...]:
    """Which of the two parameters the page of this request understands."""
    return _understood(request.endpoint or "", request.view_args or {}, request.args)


def keep_time(app: Flask) -> None:
    """Have every request read its time first, and keep the links of a page of the past in the past."""
    app.before_request(_read)
    app.after_request(_kept)


def _understood(endpoint: str, named: Mapping[str, Any], given: Mapping[str, str]) -> tuple[str, ...]:
    names = HONOURED.get(endpoint, ())
    if given.get("view") == "history":
        return ()
    last = str(named.get("slug") or named.get("name") or "")
    is_data = endpoint.startswith(("records.", "resolve.")) and downloads.split(last)[1]
    return tuple(name for name in names if name != AT) if is_data else names


def _read() -> None:
    names = understood()
    day = _day() if AT in names else None
    told = _once(REVISION) if REVISION in names else ""
    pinned = the_registry().as_published(told) if told else None
    g.moment = Moment(day, pinned.pinned if pinned else None)
    if pinned:
        setattr(g, PINNED, pinned)


def _once(name: str) -> str:
    given = request.args.getlist(name)
    if len(given) > 1:
        raise BadArgument(f"Give the parameter {name} once.", name=name)
    return given[0].strip() if given else ""


def _day() -> dt.date | None:
    told = _once(AT)
    if not told:
        return None
    try:
        if len(told) != len("2026-11-22"):
            raise ValueError(told)
        return dt.date.fromisoformat(told)
    except ValueError as error:
        raise BadArgument(f"The parameter at is a day such as 2026-11-22, and {told[:50]!r} is none.", name=AT) from error


def _kept(answer: Response) -> Response:
    moment = the_moment()
    if not moment:
        return answer
    if location := answer.headers.get("Location"):
        here = location.removeprefix(the_base())
        answer.headers["Location"] = location.removesuffix(here) + kept(here)
    if answer.status_code == 200 and answer.mimetype == "text/html":
        answer.set_data(
            _LINK.sub(lambda found: f'href="{_escaped(kept(html.unescape(found[1])))}"', answer.get_data(as_text=True))
        )
    return answer


def _escaped(address: str) -> str:
    return html.escape(address, quote=True)


def kept(address: str) -> str:
    """An address of this service with the time of this request, as far as the page there understands it."""
    told = the_moment().parameters
    parts = urlsplit(address)
    if not told or not address.startswith("/"):
        return address
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    names = _understood_at(unquote(parts.path), given)
    more = {name: text for name, text in told.items() if name in names and name not in given}
    if not more:
        return address
    query = "&".join(filter(None, [parts.query, urlencode(more)]))
    return parts._replace(query=query).geturl()


def _understood_at(path: str, given: Mapping[str, str]) -> tuple[str, ...]:
    try:
        endpoint, named = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return ()
    return _understood(str(endpoint), named, given)


def without(name: str) -> str:
    """The address of this page without one of the two parameters."""
    given = [(key, text) for key, text in request.args.items(multi=True) if key != name]
    return request.path + ("?" + urlencode(given) if given else "")
