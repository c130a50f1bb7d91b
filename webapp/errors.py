"""The one table from error to HTTP status, and errors as problem documents (RFC 9457)."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from standards_graph import errors
from standards_graph.errors import RegistryError
from standards_graph.vocab import BASE
from webapp.negotiate import best

PROBLEM = "application/problem+json"
TYPES = BASE + "problem/"
"""A problem's type is this and the error's code; it resolves to the entry of the table."""


class WrongMethod(errors.BadInput):
    """The address does not answer this HTTP method."""

    code = "method-not-allowed"
    title = "Not with this method"

    def __init__(self, message: str, *, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.allowed = allowed


class WrongContent(errors.BadInput):
    """The body of the request is of a type, or in an encoding, that is not read here."""

    code = "unsupported-media-type"
    title = "Not in this form"


class MarkMissing(errors.BadInput):
    """The request has to say, by ``If-Match``, which difference was looked at."""

    code = "precondition-required"
    title = "Say what you looked at"


class MarkOutdated(errors.BadInput):
    """What was looked at is not what is there now."""

    code = "precondition-failed"
    title = "Look at it again"


class ForeignForm(errors.NotAllowed):
    """The form that was sent is not one of this site, or it is too old."""

    code = "foreign-form"
    title = "This form cannot be taken"


class Unexpected(RegistryError):
    """Something failed that should not: it is logged with its request id, and it is the service's fault."""

    code = "unexpected"
    title = "The service has a fault"


STATUS: dict[type[RegistryError], int] = {
    RegistryError: 500,
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.NotAcceptable: 406,
    errors.BadInput: 400,
    errors.BadArgument: 400,
    errors.UnreadableFile: 400,
    errors.BadQuery: 400,
    errors.SourceUnknown: 422,
    errors.NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.TooLarge: 413,
    errors.QueryTooDeep: 422,
    errors.TooManyRequests: 429,
    errors.Refused: 409,
    errors.ValidationFailed: 409,
    errors.SourceShrank: 409,
    errors.DraftOutdated: 409,
    errors.TooManyDrafts: 409,
    errors.Misconfigured: 500,
    errors.StoreFailure: 503,
    errors.NoRoom: 507,
    errors.StoreInUse: 503,
    errors.StoreDamaged: 503,
    errors.Busy: 503,
    errors.QueryTimeout: 504,
    errors.QueryOutOfMemory: 507,
    WrongMethod: 405,
    WrongContent: 415,
    MarkMissing: 428,
    MarkOutdated: 412,
    ForeignForm: 403,
    Unexpected: 500,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as it is told over HTTP."""

    status: int
    code: str
    title: str
    detail: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers that go with it, beside those of every answer."""
        told = [("Content-Type", PROBLEM), ("Cache-Control", "no-store")]
        if "retryAfter" in self.facts:
            told.append(("Retry-After", str(self.facts["retryAfter"])))
        if "allowed" in self.facts:
            told.append(("Allow", ", ".join(self.facts["allowed"])))
        if self.status == 401:
            told.append(("WWW-Authenticate", "Bearer"))
        return told

    @property
    def body(self) -> bytes:
        """The problem document."""
        document = {
            "type": TYPES + self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.facts,
        }
        return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def status_line(status: int) -> str:
    """A status with its phrase, as WSGI wants it."""
    return f"{status} {HTTPStatus(status).phrase}"


def problem(error: RegistryError) -> Problem:
    """An error of the family as a problem, with the facts that it carries."""
    kind = next(kind for kind in type(error).__mro__ if kind in STATUS)
    return Problem(STATUS[kind], error.code, error.title, str(error), _facts(error))


def _facts(error: RegistryError) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if isinstance(error, errors.BadQuery):
        told = {"reason": error.reason, "line": error.line, "column": error.column, "excerpt": error.excerpt}
    elif isinstance(error, errors.BadArgument):
        told = {"name": error.name, "known": list(error.known)}
    elif isinstance(error, errors.NotAcceptable):
        told = {"offered": list(error.offered)}
    elif isinstance(error, errors.TooManyRequests | errors.Busy):
        told = {"retryAfter": error.retry_after}
    elif isinstance(error, WrongMethod):
        told = {"allowed": list(error.allowed)}
    elif isinstance(error, errors.Gone) and error.revision is not None:
        told = {"revision": f"r{error.revision}", "dump": f"/dumps/r{error.revision}.nq.gz"}
    elif isinstance(error, errors.ValidationFailed):
        told = {"findings": len(error.findings)}
    elif isinstance(error, errors.SourceUnknown):
        told = {"choices": list(error.choices)}
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def entries() -> dict[str, dict[str, Any]]:
    """The table for readers: what each code means and its status."""
    return {
        kind.code: {
            "type": TYPES + kind.code,
            "title": kind.title,
            "status": status,
            "description": (kind.__doc__ or "").replace("``", "").strip(),
        }
        for kind, status in STATUS.items()
    }


def handle_errors(app: Flask) -> None:
    """Have the application tell every error as a page, or as a problem document where the client wants no HTML."""
    app.register_error_handler(RegistryError, lambda error: _response(problem(error)))
    app.register_error_handler(HTTPException, lambda error: _response(_of_http(error)))
    app.register_error_handler(Exception, _fault)


def _fault(error: Exception) -> Response:
    logging.getLogger("webapp").exception("a fault", exc_info=error)
    return _response(problem(Unexpected("The service has a fault. It was logged; trying again may not help.")))


def _of_http(error: HTTPException) -> Problem:
    status = error.code or 500
    code = HTTPStatus(status).phrase.lower().replace(" ", "-")
    title = HTTPStatus(status).phrase.capitalize()
    allowed = sorted(getattr(error, "valid_methods", None) or ())
    return Problem(status, code, title, error.description or title, {"allowed": allowed} if allowed else {})


def _response(told: Problem) -> Response:
    if best(request.headers.get("Accept"), (PROBLEM, "application/json", "text/html")) == "text/html":
        page = Response(render_template("error.html", problem=told), status=told.status, mimetype="text/html")
        page.headers.extend([(name, value) for name, value in told.headers if name != "Content-Type"])
    else:
        page = Response(told.body, status=told.status)
        page.headers.extend([(name, value) for name, value in told.headers if name != "Content-Type"])
        page.headers["Content-Type"] = PROBLEM
    page.headers["Vary"] = "Accept"
    return page
