"""Who may use which address. What changes something and declares nothing does not start the application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request
from werkzeug.wrappers import Response

from standards_graph.errors import Misconfigured, NotAllowed, NotSignedIn
from standards_graph.model.accounts import Caller, Scope
from webapp import sessions
from webapp.current import the_desk

_SAFE = {"GET", "HEAD", "OPTIONS"}
_ATTRIBUTE = "permission"
API = "api"
"""The blueprint whose callers show a token; those of all others are signed in."""

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Permission:
    """What a view asks for: one of these scopes, or nothing, and then why nothing."""

    scopes: tuple[Scope, ...] = ()
    reason: str = ""


def needs(*scopes: Scope) -> Callable[[View], View]:
    """Declare that a view is for callers with one of these scopes."""
    return _declaring(Permission(scopes))


def anyone(reason: str) -> Callable[[View], View]:
    """Declare that a view that is not asked by GET alone is for anybody, and why that does no harm."""
    return _declaring(Permission(reason=reason))


def _declaring(permission: Permission) -> Callable[[View], View]:
    def declared(view: View) -> View:
        setattr(view, _ATTRIBUTE, permission)
        return view

    return declared


def declared_by(view: object) -> Permission | None:
    """What a view declares."""
    return cast("Permission | None", getattr(view, _ATTRIBUTE, None))


def check(app: Flask) -> None:
    """Raise Misconfigured where an address can be sent something and does not say who may."""
    for rule in app.url_map.iter_rules():
        if (rule.methods or set()) - _SAFE and declared_by(app.view_functions[rule.endpoint]) is None:
            raise Misconfigured(f"{rule.rule} takes more than GET and does not say who may: declare its permission.")


def enforce(app: Flask) -> None:
    """Have every request to a view with a permission show that it may."""
    app.before_request(_checked)


def the_caller() -> Caller:
    """Who asks; only in views that need a scope."""
    return cast(Caller, g.caller)


def _checked() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    permission = declared_by(view)
    if permission is None and request.method not in _SAFE and view is not None:
        raise NotAllowed("Nobody may do this.")
    if permission is None or not permission.scopes:
        return None
    caller = _bearer() if request.blueprint == API else sessions.caller()
    if caller is None and request.blueprint != API and request.method in _SAFE:
        return redirect("/import/sign-in?" + urlencode({"to": request.path}), 303)
    if caller is None:
        raise NotSignedIn("Sign in at /import/sign-in first." if request.blueprint != API else "Show a token.")
    if not caller.may(*permission.scopes):
        the_desk().accounts.note(caller, "refused", f"{request.method} {request.path}")
        wanted = " or ".join(permission.scopes)
        raise NotAllowed(f"The token {caller.token} does not allow this: it needs the scope {wanted}.")
    g.caller = caller
    return None


def _bearer() -> Caller:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text:
        raise NotSignedIn("Show a token in the header, as: Authorization: Bearer sgr_…")
    return the_desk().accounts.bearer(text.strip())
