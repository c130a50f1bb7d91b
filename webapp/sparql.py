"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation, as a WSGI application of its own, in front of Flask."""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from standards_graph.errors import BadArgument, NotAcceptable, RegistryError
from standards_graph.model.answers import CSV, GRAPH_TYPES, NQUADS, RESULT_TYPES, TRIG, TSV
from standards_graph.model.changes import Revision
from standards_graph.registry import Registry
from webapp import protocol
from webapp.cache import AnswerCache
from webapp.errors import Problem, Unexpected, problem, status_line
from webapp.negotiate import best, takes_gzip
from webapp.protocol import Asked

PATH = "/sparql"
HTML = "text/html"
GZIP_ABOVE = 1_000
"""Bytes above which an answer is packed for a client that can unpack it."""

EVERY_ANSWER = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, X-Revision, Retry-After, X-Request-Id"),
    ("Vary", "Accept, Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]
_PREFLIGHT = [
    ("Allow", ", ".join(protocol.METHODS)),
    ("Access-Control-Allow-Methods", ", ".join(protocol.METHODS)),
    ("Access-Control-Allow-Headers", "Accept, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
]
_ENDINGS = {CSV: "csv", TSV: "tsv"}
_DESCRIPTION_TYPES = tuple(kind for kind in GRAPH_TYPES if kind not in {TRIG, NQUADS})


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and body of an answer, before packing."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""
    tag: str = ""


class Endpoint:
    """Answers requests to ``/sparql`` out of a registry."""

    def __init__(self, registry: Registry, cache: AnswerCache | None = None) -> None:
        self._registry = registry
        self._cache = cache or AnswerCache()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        try:
            reply = self._reply(environ)
        except RegistryError as error:
            reply = _failed(problem(error), environ)
        except Exception:  # the outermost edge of the endpoint
            logging.getLogger("webapp").exception("a fault of the endpoint")
            reply = _failed(problem(Unexpected("The service has a fault. It was logged; trying again may not help.")), environ)
        return _sent(reply, environ, start_response)

    def _reply(self, environ: WSGIEnvironment) -> Reply:
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return Reply(204, list(_PREFLIGHT))
        asked = protocol.read(environ, most_bytes=self._registry.settings.query_kb * 1000)
        if asked.query is None:
            return self._description(environ, asked)
        return self._answer(environ, asked, asked.query)

    def _answer(self, environ: WSGIEnvironment, asked: Asked, query: str) -> Reply:
        environ["standards_graph.query"] = hashlib.sha256(query.encode("utf-8", "replace")).hexdigest()[:16]
        inspected = self._registry.inspect(query)
        told, media_type = _chosen(environ, asked, GRAPH_TYPES if inspected.form in _GRAPH_FORMS else RESULT_TYPES)
        reader = self._read(asked).reader()
        revision = reader.revision
        tag = _tag(revision, query, asked, told) if inspected.repeatable else ""
        headers = _headers(told, media_type, revision)
        if tag and _has(environ, tag):
            return Reply(304, headers, tag=tag)
        body = self._cache.get(tag) if tag else None
        if body is None:
            client = str(environ.get("REMOTE_ADDR") or "unknown")
            answer = reader.answer(query, media_type=media_type, dataset=asked.dataset, client=client)
            body = answer.body
            if tag:
                self._cache.put(tag, body)
        return Reply(200, headers, body, tag)

    def _description(self, environ: WSGIEnvironment, asked: Asked) -> Reply:
        """What a plain GET gets: people the query page, programs the service description."""
        fitting = [kind for kind in asked.formats if kind in _DESCRIPTION_TYPES]
        wanted = fitting[0] if fitting else best(environ.get("HTTP_ACCEPT"), (*_DESCRIPTION_TYPES, HTML))
        if wanted == HTML:
            return Reply(303, [("Location", _address(environ, self._registry.settings.base) + "/query")])
        if wanted is None:
            raise NotAcceptable("The service describes itself as RDF or as a page.", offered=(*_DESCRIPTION_TYPES, HTML))
        registry = self._read(asked)
        revision = registry.reader().revision
        endpoint = _address(environ, self._registry.settings.base) + PATH
        tag = _tag(revision, endpoint, asked, wanted)
        headers = _headers(_with_charset(wanted), wanted, revision)
        if _has(environ, tag):
            return Reply(304, headers, tag=tag)
        answer = registry.service_description(endpoint=endpoint, media_type=wanted, limits=self._limits())
        return Reply(200, headers, answer.body, tag)

    def _read(self, asked: Asked) -> Registry:
        """The registry, as it was published when the client says."""
        return self._registry.as_published(asked.revision) if asked.revision else self._registry

    def _limits(self) -> str:
        settings = self._registry.settings
        return (
            f"Answers SPARQL 1.1 queries; SERVICE and updates are refused. One query may have {settings.query_kb} kB, run for "
            f"{settings.query_seconds:g} seconds, use {settings.query_memory_mb} MiB and give {settings.answer_mb} MB. "
            f"One client may have {settings.queue_per_client} queries running or waiting. No answer is ever shortened."
        )


_GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")


def _chosen(environ: Mapping[str, Any], asked: Asked, kinds: tuple[str, ...]) -> tuple[str, str]:
    """The Content-Type of the answer, and the media type that it is computed in."""
    if asked.formats:
        fitting = [kind for kind in asked.formats if kind in kinds]
        if len(fitting) > 1:
            raise BadArgument(f"The formats contradict each other: {', '.join(fitting)}. Give one.", name="format")
        if fitting:
            return _with_charset(fitting[0]), fitting[0]
        raise NotAcceptable(f"The answer to this query cannot be {asked.formats[0]}.", offered=kinds)
    others = {name: kind for name, known in protocol.ALIASES.items() for kind in known if kind in kinds}
    told = best(environ.get("HTTP_ACCEPT"), (*kinds, *others))
    if told is None:
        raise NotAcceptable(f"The answer to this query can be: {', '.join(kinds)}.", offered=kinds)
    return _with_charset(told), others.get(told, told)


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _tag(revision: Revision, query: str, asked: Asked, told: str) -> str:
    """A strong entity tag: the same data, question, graphs and form give the same bytes."""
    default = [graph.value for graph in asked.dataset.default] if asked.dataset else None
    named = [graph.value for graph in asked.dataset.named] if asked.dataset else None
    facts = repr((revision.number, revision.fingerprint, query, default, named, told))
    return f"{revision.name}-{hashlib.sha256(facts.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _has(environ: Mapping[str, Any], tag: str) -> bool:
    """Whether the client says that it holds this answer."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return False
    held = [part.strip().removeprefix("W/").strip('"') for part in environ.get("HTTP_IF_NONE_MATCH", "").split(",")]
    return "*" in held or tag in held or f"{tag}-gzip" in held


def _headers(told: str, media_type: str, revision: Revision) -> list[tuple[str, str]]:
    headers = [("Content-Type", told), ("X-Revision", revision.name), ("Cache-Control", "public, no-cache")]
    if media_type in _ENDINGS:
        name = f"standards-graph-{revision.name}.{_ENDINGS[media_type]}"
        headers.append(("Content-Disposition", f'attachment; filename="{name}"'))
    return headers


def _failed(told: Problem, environ: WSGIEnvironment) -> Reply:
    environ["standards_graph.outcome"] = told.code
    return Reply(told.status, told.headers, told.body)


def _sent(reply: Reply, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    headers, body = [*reply.headers, *EVERY_ANSWER], reply.body
    packs = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING"))
    if packs and len(body) > GZIP_ABOVE:
        body = gzip.compress(body, 5, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    if reply.tag:
        packed = any(name == "Content-Encoding" for name, _ in headers)
        headers.append(("ETag", f'"{reply.tag}-gzip"' if packed else f'"{reply.tag}"'))
    if reply.status not in {204, 304}:
        headers.append(("Content-Length", str(len(body))))
    start_response(status_line(reply.status), headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" or not body else [body]


def _address(environ: Mapping[str, Any], base: str) -> str:
    """The public address of this service: the setting, else as the request says."""
    if base:
        return base
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{quote(host, safe='[]:')}"
