"""The lists of the registry, a page at a time. Each has two queries of its name: its rows, and the counts of its facets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

from pyoxigraph import Literal, NamedNode

from standards_graph import queries
from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.browse.periods import on_day
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.answers import JSON, Answer
from standards_graph.model.dates import day
from standards_graph.model.lists import LISTS, Facet, Line, Listing, Narrowing, Option, Shape
from standards_graph.model.periods import OnDay
from standards_graph.queries import paged
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows, with_column
from standards_graph.vocab import BASE

PAGE = 50
"""Rows of one page."""

OFFERED = 24
"""Values of a facet that a page of a list offers; ``facet`` gives all."""

_Term = NamedNode | Literal
_Counts = defaultdict[str, list[tuple[_Term, int]]]


class Lists:
    """What may be asked about lists."""

    def __init__(self, reader: Reader, *, day: dt.date | None = None) -> None:
        """``day`` narrows those lists whose things have a period to what began by then and had not ended."""
        self._reader = reader
        self._day = day

    def page(self, name: str, chosen: Mapping[str, str], *, sort: str = "", down: bool = False, number: int = 1) -> Listing:
        """One page of a list, narrowed and sorted; raises NotFound for a page beyond the last."""
        shape = shape_of(name)
        counts, total = self._counts(name, shape, chosen)
        facets = self._facets(shape, counts, _terms(shape, chosen), most=OFFERED)
        if number > 1 and (number - 1) * PAGE >= total:
            raise NotFound(f"The list has {total} entries and no page {number}.")
        answer = self.answer(name, chosen, sort=sort, down=down, number=number, media_type=JSON)
        lines = tuple(_line(shape, row) for row in rows(answer))
        left_out = self._counts(name, shape, chosen, every_day=True)[1] - total if self._day and shape.day else 0
        standings = self._standings(shape, [line.iri for line in lines])
        return Listing(shape.columns, lines, total, facets, answer.revision, standings, left_out)

    def _standings(self, shape: Shape, things: Iterable[NamedNode]) -> dict[NamedNode, OnDay]:
        return on_day(self._reader, things, self._day) if self._day and shape.day else {}

    def answer(
        self,
        name: str,
        chosen: Mapping[str, str],
        *,
        media_type: str,
        sort: str = "",
        down: bool = False,
        number: int | None = None,
    ) -> Answer:
        """A list in the asked syntax: one page of it, or without a number all of it.

        Asked for a day, each row also says how it stands on it.
        """
        shape = shape_of(name)
        terms = _terms(shape, chosen)
        told = {"sort": Literal(sort or shape.sorts[0]), "down": Literal(down), **terms, **self._on(shape)}
        text = queries.load(f"browse/lists/{name}").bind(**told)
        cut = paged(text, limit=None) if number is None else paged(text, limit=PAGE, offset=(number - 1) * PAGE)
        if not (self._day and shape.day):
            return self._reader.answer(cut, media_type=media_type)
        return self._with_standings(shape, self._reader.answer(cut, media_type=JSON), media_type)

    def _with_standings(self, shape: Shape, answer: Answer, media_type: str) -> Answer:
        found = self._standings(shape, [row.iri("iri") for row in rows(answer)])
        told = {thing.value: one.standing.value for thing, one in found.items()}
        return Answer(with_column(answer.body, "standing", "iri", told, media_type), media_type, answer.revision)

    def _on(self, shape: Shape) -> dict[str, Literal]:
        return {"on": day(self._day)} if self._day and shape.day else {}

    def facet(self, name: str, chosen: Mapping[str, str], facet: str) -> Facet:
        """One facet with all its values, most frequent first, while the others hold."""
        shape = shape_of(name)
        others = {one: text for one, text in chosen.items() if one != facet}
        counts, _ = self._counts(name, shape, others)
        return next(one for one in self._facets(shape, counts, {}, most=None) if one.name == facet)

    def _counts(self, name: str, shape: Shape, chosen: Mapping[str, str], *, every_day: bool = False) -> tuple[_Counts, int]:
        counts: _Counts = defaultdict(list)
        total = 0
        for row in ask(
            self._reader, f"browse/lists/{name}_facets", **_terms(shape, chosen), **({} if every_day else self._on(shape))
        ):
            value, count = row.term("value"), row.number("count")
            if isinstance(value, NamedNode | Literal):
                counts[row.text("facet")].append((value, count))
            elif not row.text("facet"):
                total = count
        return counts, total

    def _facets(self, shape: Shape, counts: _Counts, chosen: Mapping[str, _Term], *, most: int | None) -> tuple[Facet, ...]:
        offered = {one: counts[one][:most] for one in shape.facets}
        wanted = [term for found in offered.values() for term, _ in found] + list(chosen.values())
        known = {name.iri: name.text for name in names(self._reader, filter(_is_iri, wanted)).values()}
        return tuple(_facet(one, shape, counts[one], offered[one], chosen.get(one), known) for one in shape.facets)


def shape_of(name: str) -> Shape:
    """What a list is; raises NotFound."""
    if name not in LISTS:
        raise NotFound(f"There is no list {name!r}; there are: {', '.join(LISTS)}.")
    return LISTS[name]


def _terms(shape: Shape, chosen: Mapping[str, str]) -> dict[str, _Term]:
    return {name: _term(shape.facets[name], text) for name, text in chosen.items() if text}


def _term(narrowing: Narrowing, text: str) -> _Term:
    """The value that a request means."""
    try:
        if text.startswith(("http://", "https://")):
            return NamedNode(text)
        return NamedNode(BASE + narrowing.under + text) if narrowing.under else Literal(int(text))
    except (ValueError, OverflowError) as error:
        raise BadArgument(f"{text!r} is no value of {narrowing.heading.lower()}: {error}.") from error


def _written(narrowing: Narrowing, term: _Term) -> str:
    return term.value.removeprefix(BASE + narrowing.under) if narrowing.under else term.value


def _is_iri(term: _Term) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode)


def _facet(
    name: str,
    shape: Shape,
    counts: Sequence[tuple[_Term, int]],
    offered: Sequence[tuple[_Term, int]],
    chosen: _Term | None,
    known: Mapping[NamedNode, str],
) -> Facet:
    narrowing = shape.facets[name]

    def option(term: _Term, count: int) -> Option:
        text = known.get(term, term.value) if isinstance(term, NamedNode) else term.value
        return Option(_written(narrowing, term), text, count)

    options = tuple(option(term, count) for term, count in offered)
    now = option(chosen, dict(counts).get(chosen, 0)) if chosen else None
    return Facet(name, narrowing.heading, options, len(counts), now)


def _line(shape: Shape, row: Row) -> Line:
    return Line(row.iri("iri"), tuple(row.text_if_any(column.name) for column in shape.columns), row.yes("confirmed"))
