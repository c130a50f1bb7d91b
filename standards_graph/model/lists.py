"""A list of the registry, a page at a time, with its facets."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: how a request writes it, what it is called, and how many things have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that narrows a list; ``chosen`` is the value that does so now."""

    name: str
    heading: str
    options: tuple[Option, ...]
    chosen: Option | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: the query's variable, its heading, and whether the list can be sorted by it."""

    name: str
    heading: str
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a list: its IRI, its cells in the order of the columns, and whether a reading confirms it."""

    iri: NamedNode
    cells: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: int
    facets: tuple[Facet, ...]
    revision: int

    @property
    def chosen(self) -> tuple[Facet, ...]:
        """The facets that narrow the list now."""
        return tuple(facet for facet in self.facets if facet.chosen)
