"""The public questions: the list, and each one as a page, as rows and as SPARQL."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, NamedNode

from standards_graph.model.entities import Term
from standards_graph.model.questions import Asked
from standards_graph.vocab import XSD
from webapp import arguments, downloads, links
from webapp.current import the_base, the_registry

SHOWN = 200
"""Rows of an answer that its page shows; the data links give all."""

LABELS = ("Label", "_label", "Name", "_name")
"""Endings of the variables that hold the name of what another variable links to."""
DATES = (XSD.date, XSD.gYearMonth, XSD.gYear)

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
    """Every question that the registry answers."""
    arguments.known()
    return render_template("questions/list.html", questions=the_registry().questions.all())


@blueprint.get("/questions/<name>")
def question(name: str) -> str:
    """One question with its parameters, and its answer."""
    asked = the_registry().questions.ask(name, _given())
    columns = shown_columns(asked)
    sources = tuple({source.record: source for row in asked.sources[:SHOWN] for source in row}.values())
    numbers = {source.record: place for place, source in enumerate(sources, 1)}
    given = {parameter.name: parameter.value for parameter in asked.parameters if parameter.value}
    rows = [
        Row(tuple(_cell(asked, column, row) for column in columns), tuple(numbers[source.record] for source in cited))
        for row, cited in zip(asked.rows[:SHOWN], asked.sources, strict=False)
    ]
    return render_template(
        "questions/answer.html",
        asked=asked,
        shown=SHOWN,
        told=", ".join(f"{parameter.label} {parameter.shown}" for parameter in asked.parameters if parameter.value),
        heads=[*(column.heading for column in columns), *(["Source"] if sources else [])],
        rows=rows,
        sources=sources,
        here=the_base() + links.address(f"/questions/{name}", given),
        data_address=lambda extension: links.address(f"/questions/{name}.{extension}", given),
        query_address=links.address("/query", {"query": asked.query}),
    )


@blueprint.get("/questions/<name>.<any(csv, json):extension>")
def data(name: str, extension: str) -> Response:
    """The whole answer as SPARQL results in CSV or JSON."""
    answer = the_registry().questions.answer(name, _given(), downloads.RESULTS[extension])
    return downloads.data(answer, name=f"{name}.{extension}")


@blueprint.get("/questions/<name>.rq")
def sparql(name: str) -> Response:
    """The SPARQL of a question with the given values."""
    return downloads.file(the_registry().questions.query(name, _given()).encode(), downloads.SPARQL, name=f"{name}.rq")


def _given() -> dict[str, str]:
    """The values of the parameters; which ones there are is the question's to say."""
    return {name: arguments.text(name) for name in request.args}


def shown_columns(asked: Asked) -> tuple[Column, ...]:
    """The columns that a page shows: a thing and its name (``?edition`` and ``?editionLabel``) share one."""
    places = {name: place for place, name in enumerate(asked.columns)}
    named = {name: places[name + ending] for name in places for ending in LABELS if name + ending in places}
    taken = set(named.values())
    return tuple(
        Column(_heading(asked, name), named.get(name, place), place) for name, place in places.items() if place not in taken
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
        is_date = shown.datatype in DATES
        return Cell(column.heading, shown.value, shown.language or "", address, links.is_here(address), is_date)
    known = asked.names.get(shown.value)
    text = known.text if known and known.given else shown.value
    return Cell(column.heading, text, known.language if known else "", address, links.is_here(address))
