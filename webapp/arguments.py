"""The parameters of a request, read strictly: an unknown, repeated or malformed one is an error that names the known ones."""

from __future__ import annotations

from collections.abc import Collection

from flask import request
from pyoxigraph import NamedNode

from standards_graph.errors import BadArgument
from webapp import moment

LONGEST = 500
"""Characters that the value of one parameter may have."""


def known(*names: str) -> None:
    """Refuse every parameter but these, and those that name a time where the page understands them.

    Raises BadArgument with the list of the known ones.
    """
    names = (*names, *moment.understood())
    unknown = sorted(set(request.args) - set(names))
    if unknown:
        told = f"it has: {', '.join(names)}" if names else "it has none"
        raise BadArgument(f"This page has no parameter {', '.join(unknown)}; {told}.", name=unknown[0], known=names)


def text(name: str, default: str = "") -> str:
    """A parameter as text without surrounding spaces; raises BadArgument where it is repeated or very long."""
    given = request.args.getlist(name)
    if len(given) > 1:
        raise BadArgument(f"Give the parameter {name} once.", name=name)
    value = given[0].strip() if given else default
    if len(value) > LONGEST:
        raise BadArgument(f"The parameter {name} is longer than {LONGEST} characters.", name=name)
    return value


def needed(name: str) -> str:
    """A parameter without which there is no answer; raises BadArgument where it is missing."""
    if value := text(name):
        return value
    raise BadArgument(f"Say the parameter {name}.", name=name)


def whole(name: str, *, most: int) -> int | None:
    """A parameter that is a whole number from 1, or None where it is missing."""
    value = text(name)
    if value and not (value.isascii() and value.isdigit() and len(value) < 10 and 0 < int(value) <= most):
        raise BadArgument(f"The parameter {name} is a whole number from 1 to {most}.", name=name)
    return int(value) if value else None


def choice(name: str, choices: Collection[str], default: str) -> str:
    """A parameter that has a few possible values."""
    value = text(name) or default
    if value not in choices:
        raise BadArgument(f"The parameter {name} is one of: {', '.join(choices)}.", name=name, known=tuple(choices))
    return value


def flag(name: str) -> bool:
    """A parameter that is ``1`` or missing."""
    return choice(name, ("0", "1"), "0") == "1"


def page() -> int:
    """The number of the page of a list, from 1."""
    value = text("page") or "1"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 100_000):
        raise BadArgument("The parameter page is a whole number from 1.", name="page")
    return int(value)


def iri(name: str) -> NamedNode | None:
    """A parameter that is an IRI, or None where it is missing."""
    value = text(name)
    if not value:
        return None
    try:
        return NamedNode(value)
    except ValueError as error:
        raise BadArgument(f"The parameter {name} is not an IRI: {error}.", name=name) from error
