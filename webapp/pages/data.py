"""What is to be had as data: dumps of whole revisions, data sets, the endpoint; and the same for machines."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import NotAcceptable, NotFound
from webapp import arguments, downloads, respond
from webapp.assets import FOREVER
from webapp.current import the_base, the_registry
from webapp.negotiate import best

SHOWN = 25
"""Revisions whose dumps a page lists."""
HTML = "text/html"
FRESH = "public, no-cache"
"""What lists dumps depends on more than the revision: a dump can be written later."""
FORMATS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("RDF/XML", "rdf"), ("N-Triples", "nt"))
_TYPES = {"gz": "application/gzip", "ttl": "text/turtle; charset=utf-8"}

blueprint = Blueprint("data", __name__)


@blueprint.get("/data")
def data() -> AnyResponse:
    """The page for people; programs are led to the catalogue as data."""
    offered = (HTML, *respond.ACCEPTED)
    wanted = best(request.headers.get("Accept"), offered)
    if wanted is None:
        raise NotAcceptable(f"The catalogue is told as: {', '.join(offered)}.", offered=offered)
    if wanted != HTML:
        answer = _open(redirect(f"{the_base()}/data.{respond.ACCEPTED[wanted]}", 303))
        answer.headers["Vary"] = "Accept"
        return answer
    arguments.known("page")
    dumps, page = the_registry().dumps, arguments.page()
    last = max(1, -(-len(dumps) // SHOWN))
    if page > last:
        raise NotFound(f"There are {last} pages and no page {page}.")
    answer = make_response(
        render_template(
            "data.html",
            dumps=dumps[(page - 1) * SHOWN : page * SHOWN],
            page=page,
            last=last,
            page_address=lambda number: "/data" if number == 1 else f"/data?page={number}",
            base=the_base(),
            formats=[(text, f"/data.{ending}") for text, ending in FORMATS],
        )
    )
    answer.headers["Cache-Control"] = FRESH
    answer.headers["Vary"] = "Accept"
    return answer


@blueprint.get("/data.<ending>")
def catalogue(ending: str) -> AnyResponse:
    """The catalogue as data."""
    if ending not in downloads.GRAPHS:
        raise NotFound(f"The catalogue is there as: {', '.join(downloads.GRAPHS)}.")
    answer = the_registry().catalogue(base=the_base(), media_type=downloads.GRAPHS[ending])
    found = downloads.file(answer.body, answer.media_type, name=f"data.{ending}", shown=True)
    found.headers["Cache-Control"] = FRESH
    return found


@blueprint.get("/.well-known/void")
def void() -> AnyResponse:
    """Where programs look for a description of the data (VoID)."""
    return redirect(the_base() + "/data.ttl", 303)


@blueprint.get("/dumps/")
def dumps() -> AnyResponse:
    """The dumps are listed with the other data."""
    return redirect("/data#dumps", 308)


@blueprint.get("/dumps/<name>")
def dump(name: str) -> AnyResponse:
    """A file of a dump, or the list of their digests; a file does not change, and parts of it can be asked for."""
    arguments.known()
    path = the_registry().dump_file(name)
    if path is None:
        raise NotFound(
            f"No dump {name} was written. Where it is one of a revision, an operator writes it: standards-graph dump."
        )
    is_list = "." not in name
    answer = send_file(
        path,
        mimetype="text/plain; charset=utf-8" if is_list else _TYPES[name.rpartition(".")[2]],
        as_attachment=name.endswith(".gz"),
        download_name=f"standards-graph-{name}",
        etag=True,
    )
    answer.headers["Cache-Control"] = FRESH if is_list else FOREVER
    return _open(answer)


def _open(answer: AnyResponse) -> AnyResponse:
    """Let pages of others read it too."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
