"""The lists of the registry, a page at a time. Each has two queries of its name: its rows, and the counts of its facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from standards_graph import queries
from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.answers import JSON, Answer
from standards_graph.model.lists import LISTS, Facet, Line, Listing, Narrowing, Option, Shape
from standards_graph.queries import paged
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows
from standards_graph.vocab import BASE

PAGE = 50
"""Rows of one page."""

_Term = NamedNode | Literal


class Lists:
    """What may be asked about lists."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, name: str, chosen: Mapping[str, str], *, sort: str = "", down: bool = False, number: int = 1) -> Listing:
        """One page of a list, narrowed and sorted; raises NotFound for a page beyond the last."""
        shape = shape_of(name)
        facets, total = self._facets(name, shape, chosen)
        if number > 1 and (number - 1) * PAGE >= total:
            raise NotFound(f"The list has {total} entries and no page {number}.")
        answer = self.answer(name, chosen, sort=sort, down=down, number=number, media_type=JSON)
        lines = tuple(_line(shape, row) for row in rows(answer))
        return Listing(shape.columns, lines, total, facets, answer.revision)

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
        """A list in the asked syntax: one page of it, or without a number all of it."""
        shape = shape_of(name)
        terms = _terms(shape, chosen)
        text = queries.load(f"browse/lists/{name}").bind(sort=Literal(sort or shape.sorts[0]), down=Literal(down), **terms)
        cut = paged(text, limit=None) if number is None else paged(text, limit=PAGE, offset=(number - 1) * PAGE)
        return self._reader.answer(cut, media_type=media_type)

    def _facets(self, name: str, shape: Shape, chosen: Mapping[str, str]) -> tuple[tuple[Facet, ...], int]:
        terms = _terms(shape, chosen)
        counts: dict[str, list[tuple[_Term, int]]] = defaultdict(list)
        total = 0
        for row in ask(self._reader, f"browse/lists/{name}_facets", **terms):
            value, count = row.term("value"), row.number("count")
            if isinstance(value, NamedNode | Literal):
                counts[row.text("facet")].append((value, count))
            elif not row.text("facet"):
                total = count
        known = self._names(counts, terms)
        return tuple(_facet(one, shape.facets[one], counts[one], terms.get(one), known) for one in shape.facets), total

    def _names(self, counts: Mapping[str, list[tuple[_Term, int]]], terms: Mapping[str, _Term]) -> dict[_Term, str]:
        wanted = [term for found in counts.values() for term, _ in found if isinstance(term, NamedNode)]
        wanted += [term for term in terms.values() if isinstance(term, NamedNode)]
        return {iri: name.text for iri, name in names(self._reader, wanted).items()}


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


def _facet(
    name: str, narrowing: Narrowing, counts: list[tuple[_Term, int]], chosen: _Term | None, known: Mapping[_Term, str]
) -> Facet:
    def option(term: _Term, count: int) -> Option:
        return Option(_written(narrowing, term), known.get(term, term.value), count)

    options = tuple(option(term, count) for term, count in counts)
    now = next((option(term, count) for term, count in counts if term == chosen), None)
    return Facet(name, narrowing.heading, options, now or (option(chosen, 0) if chosen else None))


def _line(shape: Shape, row: Row) -> Line:
    return Line(row.iri("iri"), tuple(row.text_if_any(column.name) for column in shape.columns), row.yes("confirmed"))
