"""One line of JSON for each request. What a client sends is a value in it, never part of its form."""

from __future__ import annotations

import ipaddress
import json
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wsgi import ClosingIterator

REQUEST_ID, ROUTE, OUTCOME, QUERY = (
    "standards_graph.request",
    "standards_graph.route",
    "standards_graph.outcome",
    "standards_graph.query",
)
"""Where the applications below leave what the line tells."""

Sink = Callable[[dict[str, Any]], None]


class RequestLog:
    """Middleware that gives each request an id and tells what came of it."""

    def __init__(self, application: WSGIApplication, sink: Sink) -> None:
        self._application = application
        self._sink = sink

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on (PEP 3333)."""
        started = time.monotonic()
        environ[REQUEST_ID] = secrets.token_hex(8)
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            told["status"] = int(status[:3])
            told.update((name.lower(), value) for name, value in headers if name.lower() in {"content-length", "x-revision"})
            return start_response(status, [*headers, ("X-Request-Id", environ[REQUEST_ID])], exc_info)

        def end() -> None:
            self._sink(_line(environ, told, seconds=time.monotonic() - started))

        return ClosingIterator(self._application(environ, start), [end])


def _line(environ: WSGIEnvironment, told: dict[str, Any], *, seconds: float) -> dict[str, Any]:
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": "request",
        "request": environ[REQUEST_ID],
        "method": environ["REQUEST_METHOD"][:16],
        "route": environ.get(ROUTE, "none"),
        "status": told.get("status"),
        "ms": round(seconds * 1000, 1),
        "bytes": int(told.get("content-length", 0)),
        "client": shortened(str(environ.get("REMOTE_ADDR", ""))),
        "revision": told.get("x-revision"),
        "query": environ.get(QUERY),
        "outcome": environ.get(OUTCOME),
    }
    return {name: value for name, value in line.items() if value is not None}


def shortened(address: str) -> str:
    """An address without what tells one household from the next: /24 of IPv4, /48 of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((known, 24 if known.version == 4 else 48), strict=False).network_address)


def to_stderr(format_: str) -> Sink:
    """A sink that writes lines to standard error, as JSON or as text for people."""
    written = _as_text if format_ == "text" else _as_json
    return lambda line: print(
        written(line) + "\n", end="", file=sys.stderr, flush=True
    )  # one write: lines of processes never mix


def _as_json(line: dict[str, Any]) -> str:
    return json.dumps(line)


def _as_text(line: dict[str, Any]) -> str:
    return " ".join(f"{name}={_SPECIAL.sub('?', str(value))}" for name, value in line.items())


_SPECIAL = re.compile(r"[^\x21-\x7e]")
