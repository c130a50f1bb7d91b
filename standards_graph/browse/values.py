"""Values of parameters as requests write them, read strictly by the kind of the parameter's default."""

from __future__ import annotations

import datetime as dt
import re

from pyoxigraph import Literal, NamedNode

from standards_graph.errors import BadArgument
from standards_graph.vocab import BASE, PREFIXES, XSD

Term = NamedNode | Literal

_TYPED = re.compile(r'"(?P<text>[^"]*)"(?:\^\^(?P<kind>\S+)|@(?P<language>[\w-]+))?')
_WORD = re.compile(r"[\w.~/-]+")


def default(text: str) -> Term | None:
    """The default of a parameter as a query file writes it; None is *any*."""
    if text == "UNDEF":
        return None
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    found = _TYPED.fullmatch(text)
    if found and found["kind"]:
        return Literal(found["text"], datatype=expanded(found["kind"]))
    if found:
        return Literal(found["text"], language=found["language"])
    if re.fullmatch(r"[+-]?\d+", text):
        return Literal(text, datatype=XSD.integer)
    return Literal(text, datatype=XSD.boolean) if text in ("true", "false") else expanded(text)


def expanded(text: str) -> NamedNode:
    """The IRI that ``<IRI>`` or a prefixed name stands for; raises BadArgument."""
    prefix, colon, local = text.partition(":")
    try:
        if text.startswith("<"):
            return NamedNode(text[1:-1])
        if colon and prefix in PREFIXES:
            return NamedNode(PREFIXES[prefix] + local)
        return NamedNode(text)
    except ValueError as error:
        raise BadArgument(f"{text!r} is not an IRI: {error}.") from error


def written(term: Term, like: Term | None) -> str:
    """A value as a request writes it: the last part of an IRI where the default's neighbours are meant."""
    space = neighbourhood(like)
    return term.value.removeprefix(space) if space else term.value


def neighbourhood(like: Term | None) -> str:
    """The beginning that a default's neighbours share: everything up to the type of thing, or nothing."""
    if not isinstance(like, NamedNode) or not like.value.startswith(BASE):
        return ""
    head, _, rest = like.value.removeprefix(BASE).partition("/")
    return f"{BASE}{head}/{rest.partition('/')[0]}/" if head == "id" and "/" in rest else f"{BASE}{head}/"


def read(name: str, text: str, like: Term | None) -> Term:
    """The term that a request means; raises BadArgument with what would do."""
    if isinstance(like, Literal):
        return _literal(name, text, like)
    if text.startswith(("http://", "https://", "<")) or text.partition(":")[0] in PREFIXES:
        return expanded(text)
    if like is not None and _WORD.fullmatch(text):
        return NamedNode(neighbourhood(like) + text)
    raise BadArgument(f"The parameter {name} is an IRI, and {text!r} is none.", name=name)


def _literal(name: str, text: str, like: Literal) -> Literal:
    if like.language:
        return Literal(text, language=like.language)
    try:
        if like.datatype == XSD.date:
            text = dt.date.fromisoformat(text).isoformat()
        elif like.datatype in (XSD.integer, XSD.gYear):
            text = str(int(text))
    except ValueError as error:
        told = "a day such as 2026-11-22" if like.datatype == XSD.date else "a whole number"
        raise BadArgument(f"The parameter {name} is {told}, and {text!r} is none.", name=name) from error
    return Literal(text, datatype=like.datatype)


def kind(like: Literal) -> str:
    """The kind of a value, for the field of a form: date, number or text."""
    return {XSD.date.value: "date", XSD.integer.value: "number", XSD.gYear.value: "number"}.get(like.datatype.value, "text")
