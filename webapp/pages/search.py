"""Search over every name and identifier."""

from __future__ import annotations

import csv
import io
import json

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.model.search import Found
from webapp import arguments, downloads, links
from webapp.current import the_registry
from webapp.pages.lists import Choice, Group

PAGE = 50
"""Hits of one page."""

blueprint = Blueprint("search", __name__)
_KNOWN = ("q", "type", "page", "list")


@blueprint.get("/search")
def search() -> str | AnyResponse:
    """The hits, best first; an identifier that one thing alone bears leads straight to it, unless ``list=1``."""
    arguments.known(*_KNOWN)
    query, type_, page = arguments.text("q"), arguments.text("type"), arguments.page()
    found = _found(query, type_, page)
    straight = page == 1 and not type_ and not arguments.flag("list")
    if found.exact and straight and (address := links.local(found.exact)):
        return redirect(address, 302)
    return render_template(
        "search.html",
        query=query,
        type=type_,
        page=page,
        last=max(1, -(-found.total // PAGE)),
        found=found,
        groups=[Group("Kind", tuple(_choice(query, name, count, type_) for name, count in found.types), len(found.types))],
        page_address=lambda number: _address("", query, type_, number),
        address=lambda extension: _address(extension, query, type_, page),
    )


def _choice(query: str, name: str, count: int, chosen: str) -> Choice:
    address = _address("", query, "" if name == chosen else name, 1)
    return Choice(links.kind(name), count, address, name == chosen)


def _address(extension: str, query: str, type_: str, page: int) -> str:
    told = {"q": query, "type": type_, "page": "" if page == 1 else str(page), "list": "" if extension else "1"}
    return links.address(f"/search{extension}", told)


@blueprint.get("/search.<any(csv, json):extension>")
def data(extension: str) -> Response:
    """The hits of one page as data."""
    arguments.known(*_KNOWN)
    found = _found(arguments.text("q"), arguments.text("type"), arguments.page())
    body = _csv(found) if extension == "csv" else _json(found)
    return downloads.file(
        body, downloads.RESULTS["csv"] if extension == "csv" else "application/json", name=f"search.{extension}"
    )


def _found(query: str, type_: str, page: int) -> Found:
    registry = the_registry()
    if not query:
        return Found((), 0, ())
    return registry.search.find(registry.reader(), query, type_=type_, limit=PAGE, offset=(page - 1) * PAGE)


def _records(found: Found) -> list[dict[str, str | bool]]:
    return [
        {
            "iri": hit.name.iri.value,
            "name": hit.name.text,
            "matched": hit.text,
            "language": hit.language,
            "fit": hit.rank.name.lower().replace("_", " "),
            "status": hit.state.text if hit.state else "",
            "confirmed": not hit.unverified,
        }
        for hit in found.hits
    ]


def _json(found: Found) -> bytes:
    return json.dumps({"total": found.total, "hits": _records(found)}, ensure_ascii=False).encode()


def _csv(found: Found) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ("iri", "name", "matched", "language", "fit", "status", "confirmed"))
    writer.writeheader()
    writer.writerows(_records(found))
    return out.getvalue().encode()
