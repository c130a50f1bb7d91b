"""Pages and data travel packed to whoever can unpack them."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

from webapp.negotiate import takes_gzip

SMALL = 1_000
"""Bytes below which packing is not worth its time."""

_KINDS = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "application/sparql",
)
"""Beginnings of the media types that pack well."""


def pack_answers(app: Flask) -> None:
    """Pack what the application answers; what is packed already stays as it is."""
    app.after_request(_packed)


def _packed(answer: Response) -> Response:
    if answer.cache_control.no_store:  # it may hold what is for one reader alone, and lengths must not tell it (BREACH)
        return answer
    if answer.is_streamed or not (answer.mimetype or "").startswith(_KINDS) or "Content-Encoding" in answer.headers:
        return answer
    answer.vary.add("Accept-Encoding")
    body = answer.get_data()
    if len(body) > SMALL and takes_gzip(request.headers.get("Accept-Encoding")):
        answer.set_data(gzip.compress(body, 6, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer
