"""How to cite exactly one view: its lasting address, which names the revision and the day, and the forms of a reference."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from flask import Blueprint, Response, current_app, render_template
from pyoxigraph import NamedNode
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from standards_graph.errors import BadArgument, NotFound
from standards_graph.vocab import SGO, concept, entity, mapping
from webapp import arguments, downloads, moment
from webapp.citations import Citation
from webapp.current import the_base, the_registry

TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "json": "application/json"}
"""Extensions of a reference, and what they stand for."""
_PAGES = {"home.home": "A registry of standards for AI in health care", "questions.questions": "Questions"}

blueprint = Blueprint("citing", __name__)


@blueprint.get("/cite")
def cite() -> str:
    """The reference to a page, in words and for programs."""
    arguments.known("page")
    told = _page()
    return render_template(
        "about/cite.html",
        citation=_citation(told),
        page=told,
        files=[(name, f"/cite.{ending}?{urlencode({'page': told})}") for name, ending in _FILES],
    )


@blueprint.get("/cite.<any(bib, ris, json):extension>")
def reference(extension: str) -> Response:
    """The same as a file: BibTeX, RIS or CSL-JSON."""
    arguments.known("page")
    found = _citation(_page())
    text = {"bib": found.bibtex, "ris": found.ris, "json": found.csl}[extension]
    return downloads.file(text.encode(), TYPES[extension], name=f"standards-graph.{extension}")


_FILES = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))


def _page() -> str:
    told = arguments.text("page") or "/"
    if not told.startswith("/") or told.startswith("//") or "\\" in told:
        raise BadArgument("The parameter page is the address of a page here, such as /standards.", name="page")
    return told


def _citation(page: str) -> Citation:
    parts = urlsplit(page)
    endpoint, named = _endpoint(unquote(parts.path))
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    registry = the_registry()
    revision = registry.past.revision(given[moment.REVISION]) if moment.REVISION in given else registry.reader().revision
    today = dt.datetime.now(dt.UTC).date()
    lasting = {moment.AT: today.isoformat(), moment.REVISION: revision.name}
    given |= {name: text for name, text in lasting.items() if name in moment.HONOURED.get(endpoint, ()) and name not in given}
    return Citation(
        title=_title(endpoint, named, parts.path),
        address=the_base() + parts.path + (f"?{urlencode(given)}" if given else ""),
        revision=revision.name,
        published=dt.datetime.fromisoformat(revision.published_at).date(),
        accessed=today,
    )


def _endpoint(path: str) -> tuple[str, dict[str, Any]]:
    try:
        endpoint, named = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect) as error:
        raise NotFound(f"There is no page {path} here.") from error
    return str(endpoint), dict(named)


def _title(endpoint: str, named: dict[str, Any], path: str) -> str:
    """What the page shows: the name of its thing, the words of its question, else its address."""
    if thing := _thing(endpoint, named):
        if not the_registry().descriptions.is_known(thing):
            raise NotFound(f"There is nothing recorded at {path}.")
        return the_registry().entities.name(thing).text
    if endpoint == "questions.question":
        return _question(named["name"])
    return _PAGES.get(endpoint, f"Page {path}")


def _question(name: str) -> str:
    title = next((one.title for one in the_registry().questions.all() if one.name == name), "")
    if not title:
        raise NotFound(f"There is no question {name!r}.")
    return title


def _thing(endpoint: str, named: dict[str, Any]) -> NamedNode | None:
    try:
        match endpoint:
            case "records.thing":
                return entity(named["kind"], named["slug"])
            case "records.code":
                return concept(*named["slug"].split("/"))
            case "records.mapped":
                return mapping(named["name"])
            case "records.term":
                return NamedNode(SGO.iri + named["name"])
    except ValueError as error:
        raise NotFound("That is the address of no page.") from error
    return None
