"""Signing in on pages with a token: the cookie, and what shows that a form is one of this site.

A session is known by an opaque id in a cookie; its facts are on the server. Nobody who only reads ever gets a cookie.
"""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import urlsplit

from flask import Response, g, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import BadInput
from standards_graph.model.accounts import Caller
from webapp.current import the_base, the_desk
from webapp.errors import ForeignForm

FIELD = "form"
"""The hidden field of every form that changes something."""
_OLDEST = 12 * 3600
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def can_sign_in() -> bool:
    """Whether the way to the browser is safe enough for a cookie: TLS, or this machine."""
    told = urlsplit(the_base())
    return told.scheme == "https" or told.hostname in _LOOPBACK


def caller() -> Caller | None:
    """Who is signed in, if somebody is; asked for once in a request."""
    if "session_caller" not in g:
        id_ = request.cookies.get(_name("session"), "")
        g.session_caller = the_desk().accounts.session(id_) if 0 < len(id_) < 100 else None
    found: Caller | None = g.session_caller
    return found


def sign_in(token: str) -> str:
    """Start a session, always a new one; returns its id. Raises NotSignedIn, TooManyRequests, BadInput without TLS."""
    if not can_sign_in():
        raise BadInput(
            "Signing in needs an address that begins with https:// (STANDARDS_GRAPH_BASE says which), or a browser on the "
            "machine of the service."
        )
    return the_desk().accounts.sign_in(token, address=request.remote_addr or "unknown")


def sign_out(answer: AnyResponse) -> None:
    """End the session, and take the cookie away."""
    the_desk().accounts.sign_out(request.cookies.get(_name("session"), ""))
    answer.delete_cookie(_name("session"), path="/", secure=_is_secure(), httponly=True, samesite="Lax")


def give(answer: AnyResponse, id_: str) -> None:
    """Put the id of a session in a cookie that scripts cannot read and that ends with the browser."""
    answer.set_cookie(_name("session"), id_, path="/", secure=_is_secure(), httponly=True, samesite="Lax")


def form_token() -> str:
    """What a form of this answer carries: it belongs to the session, else to a cookie that the sign-in page gives."""
    return _signer().dumps(_binding())


def remember_form(answer: Response) -> Response:
    """Give the browser the cookie that the sign-in form belongs to."""
    if "form_mark" in g:
        answer.set_cookie(_name("form"), g.form_mark, path="/", secure=_is_secure(), httponly=True, samesite="Strict")
    return answer


def check_origin() -> None:
    """Refuse a request that another site had the browser send; raises ForeignForm."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != _origin(the_base()):
        raise ForeignForm("The form was sent from another site.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForeignForm("The form was sent from another site.")


def check_form() -> None:
    """Refuse a form that this site did not give to this browser; raises ForeignForm."""
    try:
        told = _signer().loads(request.form.get(FIELD, ""), max_age=_OLDEST)
    except BadData as error:
        raise ForeignForm("This form is too old, or not one of this site. Open the page again and send it anew.") from error
    if not isinstance(told, str) or not secrets.compare_digest(told, _binding()):
        raise ForeignForm("This form was made for another sign-in. Open the page again and send it anew.")


def _binding() -> str:
    if caller() is not None:
        told = "session " + request.cookies[_name("session")]
    else:
        told = "form " + (request.cookies.get(_name("form")) or _fresh_mark())
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _fresh_mark() -> str:
    if "form_mark" not in g:
        g.form_mark = secrets.token_urlsafe(32)
    return str(g.form_mark)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(the_desk().accounts.key(), salt="form")


def _is_secure() -> bool:
    return the_base().startswith("https://")


def _name(of: str) -> str:
    """A name that browsers accept only with TLS and for this host alone, where there is TLS (RFC 6265bis, 4.1.3)."""
    return f"__Host-{of}" if _is_secure() else f"sg-{of}"


def _origin(address: str) -> str:
    told = urlsplit(address)
    return f"{told.scheme}://{told.netloc}"
