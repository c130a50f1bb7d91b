"""The public questions: the list, and each one as a page, as rows and as SPARQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, NamedNode

from standards_graph.errors import NotFound
from standards_graph.model.entities import Term
from standards_graph.model.questions import Asked, by_audience
from standards_graph.vocab import XSD
from webapp import arguments, downloads, links, moment
from webapp.current import the_base, the_registry
from webapp.moment import the_moment
from webapp.rendering import day, is_day

MOST = 50
"""Rows of one page at most; the data links give all."""
ROOM = 900
"""Elements that the table of a page may have: a table of many columns has fewer rows on a page."""


blueprint = Blueprint("questions", __name__)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: its heading, the variable that is shown, and the one that is linked to, if another."""

    heading: str
    text: int
    link: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an answer."""

    heading: str
    text: str
    language: str = ""
    address: str = ""
    here: bool = True
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer with the numbers of its sources."""

    cells: tuple[Cell, ...]
    sources: tuple[int, ...]


@blueprint.get("/questions")
def questions() -> str:
    """Every question that the registry answers, by who asks it."""
    arguments.known()
    return render_template("questions/list.html", audiences=by_audience(the_registry().questions.all()))


@blueprint.get("/questions/<name>")
def question(name: str) -> str:
    """One question with its parameters, and a page of its answer."""
    given = _given()
    given.pop("page", None)
    asked = the_registry().questions_on(the_moment().day).ask(name, given)
    columns = shown_columns(asked)
    size = min(MOST, ROOM // (3 * len(columns) + 6))
    page, last = arguments.page(), max(1, -(-len(asked.rows) // size))
    if page > last:
        raise NotFound(f"The answer has {len(asked.rows)} rows and no page {page}.")
    part = slice((page - 1) * size, page * size)
    sources = tuple({source.record: source for row in asked.sources[part] for source in row}.values())
    numbers = {source.record: place for place, source in enumerate(sources, 1)}
    now = {parameter.name: parameter.value for parameter in asked.parameters}
    return render_template(
        "questions/answer.html",
        asked=asked,
        told=_told(asked),
        page=page,
        last=last,
        heads=[*(column.heading for column in columns), *(["Source"] if sources else [])],
        rows=[
            Row(tuple(_cell(asked, column, row) for column in columns), tuple(numbers[source.record] for source in cited))
            for row, cited in zip_longest(asked.rows[part], asked.sources[part], fillvalue=())
        ],
        sources=sources,
        here=the_base() + moment.kept(links.address(f"/questions/{name}", now)),
        data_address=lambda extension: links.address(f"/questions/{name}.{extension}", now),
        page_address=lambda number: links.address(f"/questions/{name}", {**now, "page": "" if number == 1 else str(number)}),
        query_address=links.address("/query", {"query": asked.query}),
    )


@blueprint.get("/questions/<name>.<any(csv, json):extension>")
def data(name: str, extension: str) -> Response:
    """The whole answer as SPARQL results in CSV or JSON."""
    answer = the_registry().questions_on(the_moment().day).answer(name, _given(), downloads.RESULTS[extension])
    return downloads.data(answer, name=f"{name}.{extension}")


@blueprint.get("/questions/<name>.rq")
def sparql(name: str) -> Response:
    """The SPARQL of a question with the given values."""
    return downloads.file(
        the_registry().questions_on(the_moment().day).query(name, _given()).encode(), downloads.SPARQL, name=f"{name}.rq"
    )


def _given() -> dict[str, str]:
    """The values of the parameters; which ones there are is the question's to say."""
    return {name: arguments.text(name) for name in request.args if name not in moment.understood()}


def _told(asked: Asked) -> str:
    """The values that the question was asked with, in words."""
    said = [(one.label[:1].lower() + one.label[1:], day(one.shown)) for one in asked.parameters if one.value]
    return ", ".join(f"{label} {text}" for label, text in said)


def shown_columns(asked: Asked) -> tuple[Column, ...]:
    """The columns that a page shows: where the header says ``link TEXT: THING``, the text leads to the thing."""
    header, places = asked.question.header, {name: place for place, name in enumerate(asked.columns)}
    linked = {name: places[to] for name in places if (to := header.get(f"link {name}", "")) in places}
    left_out = {*linked.values(), places.get("address", -1) if asked.sources else -1}
    return tuple(
        Column(_heading(asked, name), place, linked.get(name, place)) for name, place in places.items() if place not in left_out
    )


def _heading(asked: Asked, name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()
    return asked.question.header.get(f"column {name}", words[:1].upper() + words[1:])


def _cell(asked: Asked, column: Column, row: tuple[Term | None, ...]) -> Cell:
    shown, linked = row[column.text], row[column.link]
    address = links.local(linked) if isinstance(linked, NamedNode) else ""
    if shown is None:
        return Cell(column.heading, "")
    if isinstance(shown, Literal):
        text = urlsplit(shown.value).hostname if shown.datatype == XSD.anyURI else ""
        address = address or links.of_term(shown)
        return Cell(
            column.heading, text or shown.value, shown.language or "", address, links.is_here(address), is_day(shown.value)
        )
    known = asked.names.get(shown.value)
    text = known.text if known and known.given else shown.value
    return Cell(column.heading, text, known.language if known else "", address, links.is_here(address))
