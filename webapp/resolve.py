"""Every IRI of the registry resolves: 303 to its page or to its data, by what the client wants."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.vocab import BASE
from webapp import downloads, links, respond
from webapp.current import the_base, the_registry
from webapp.errors import entries
from webapp.negotiate import best

blueprint = Blueprint("resolve", __name__)

HTML = "text/html"


@blueprint.get("/id/<path:name>")
def entity(name: str) -> AnyResponse:
    """An entity: ``/id/{type}/{slug}``."""
    return _resolved(f"id/{name}")


@blueprint.get("/scheme/<path:name>")
def concept(name: str) -> AnyResponse:
    """A concept scheme or a concept."""
    return _resolved(f"scheme/{name}")


@blueprint.get("/map/<path:name>")
def mapping(name: str) -> AnyResponse:
    """A mapping record or a mapping set."""
    return _resolved(f"map/{name}")


@blueprint.get("/graph/<path:name>")
def graph(name: str) -> AnyResponse:
    """A named graph; its data are what it says."""
    return _resolved(f"graph/{name}")


@blueprint.get("/problem/<code>")
def problem_type(code: str) -> dict[str, object]:
    """What a kind of error means: the type of a problem document."""
    known = entries()
    if code not in known:
        raise NotFound(f"There is no problem {code!r}; there are: {', '.join(sorted(known))}.")
    return known[code]


def _resolved(path: str) -> AnyResponse:
    name, extension = downloads.split(path)
    thing = _thing(name)
    if extension:
        answer: AnyResponse = downloads.described(thing, extension)
    elif the_registry().descriptions.is_known(thing):
        answer = _elsewhere(thing)
    else:
        raise NotFound(f"Nothing is recorded about {thing.value}.")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    respond.link(answer, thing)
    return answer


def _thing(path: str) -> NamedNode:
    try:
        return NamedNode(BASE + path)
    except ValueError as error:
        raise NotFound("Nothing is recorded under this address: it makes no IRI.") from error


def _elsewhere(thing: NamedNode) -> AnyResponse:
    """303 to the page of a thing, or to its data beside it."""
    page = links.local(thing)
    return _led(thing.value, page, page)


def _led(name: str, page: str, data: str) -> AnyResponse:
    """303 to a page, or to the data at an address to which an ending is added, by what the client wants."""
    offered = (HTML, *respond.ACCEPTED)
    wanted = best(request.headers.get("Accept"), offered)
    if wanted is None:
        raise NotAcceptable(f"{name} is told as: {', '.join(offered)}.", offered=offered)
    answer = redirect(the_base() + (page if wanted == HTML else f"{data}.{respond.ACCEPTED[wanted]}"), 303)
    answer.headers["Vary"] = "Accept"
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer
