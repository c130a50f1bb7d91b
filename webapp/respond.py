"""Answers of pages: data beside them, links to their other forms, and entity tags by revision."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as AnyResponse

from standards_graph import __version__
from standards_graph.errors import StoreFailure
from webapp import downloads, links
from webapp.current import the_base, the_registry

JSON = "application/json"
ENDINGS = {name: JSON if name == "json" else media_type for name, media_type in downloads.GRAPHS.items()}
"""What may stand, after a dot, at the end of the address of a thing, and the media type that it stands for."""
ACCEPTED = {media_type: name for name, media_type in ENDINGS.items()}
"""The other way round, most wanted first."""


def link(answer: AnyResponse, thing: NamedNode) -> None:
    """Say which IRI an answer is about, which address is the usual one, and in which other forms it is there."""
    page = the_base() + links.local(thing)
    told = [f'<{page}.{name}>; rel="alternate"; type="{media_type}"' for name, media_type in ENDINGS.items()]
    told.append(f'<{page}>; rel="canonical"')
    told.append(f'<{quote(thing.value, safe=":/#%")}>; rel="describes"')
    answer.headers["Link"] = ", ".join(told)


def etagged(app: Flask) -> None:
    """Give every page that was found an entity tag by revision, and answer 304 before any work where the client has it.

    A page depends on nothing but the revision, the code, the day (UTC), its address and what the client accepts; one that
    depends on more sets an own ``Cache-Control`` (``no-store``) and gets no tag.
    """
    build = _build()

    def unchanged() -> Response | None:
        tag = _tag(build) if request.method in {"GET", "HEAD"} and request.if_none_match else ""
        return _cached(Response(status=304), tag) if tag and request.if_none_match.contains_weak(tag) else None

    def tagged(answer: Response) -> Response:
        wanted = answer.status_code == 200 and request.method in {"GET", "HEAD"} and "Cache-Control" not in answer.headers
        tag = _tag(build) if wanted and not answer.headers.get("ETag") else ""
        return _cached(answer, tag) if tag else answer

    app.before_request(unchanged)
    app.after_request(tagged)


def _cached(answer: Response, tag: str) -> Response:
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["X-Revision"] = tag.partition("-")[0]
    answer.vary.add("Accept")
    return answer


def _tag(build: str) -> str:
    """The tag of what this request gets; none where the registry cannot be read."""
    try:
        revision = the_registry().reader().revision
    except StoreFailure:
        return ""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    facts = (revision.fingerprint, build, today, the_base(), request.full_path, request.headers.get("Accept", ""))
    return f"{revision.name}-{hashlib.sha256(repr(facts).encode('utf-8', 'replace')).hexdigest()[:24]}"


def _build() -> str:
    """A mark of the code and the templates: another one means that pages may look different."""
    here = Path(__file__).resolve().parent
    files = [
        path
        for kind in ("*.py", "pages/*.py", "templates/**/*", "static/**/*")
        for path in sorted(here.glob(kind))
        if path.is_file()
    ]
    told = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(repr((__version__, told)).encode()).hexdigest()[:16]
