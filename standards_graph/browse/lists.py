"""The lists of the registry: what they show, by what they are narrowed and sorted. Each has two queries of its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standards_graph import queries
from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.answers import JSON, Answer
from standards_graph.model.lists import Column, Facet, Line, Listing, Option
from standards_graph.queries import paged
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows
from standards_graph.vocab import BASE

PAGE = 50
"""Rows of one page."""

_Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet: its heading, and the beginning of its values' IRIs, which requests leave out; without one, a number."""

    heading: str
    under: str = ""

    def term(self, text: str) -> _Term:
        """The value that a request means; raises BadArgument."""
        try:
            if text.startswith(("http://", "https://")):
                return NamedNode(text)
            return NamedNode(BASE + self.under + text) if self.under else Literal(int(text))
        except ValueError as error:
            raise BadArgument(f"{text!r} is no value of {self.heading.lower()}: {error}.") from error

    def text(self, term: _Term) -> str:
        """A value as requests write it."""
        return term.value.removeprefix(BASE + self.under) if self.under else term.value


@dataclass(frozen=True, slots=True)
class Shape:
    """What one list is: its title, what its things are called, its columns and facets."""

    title: str
    noun: tuple[str, str]
    columns: tuple[Column, ...]
    facets: Mapping[str, Narrowing]
    about: str = ""

    @property
    def sorts(self) -> tuple[str, ...]:
        """The columns that the list can be sorted by, the usual one first."""
        return tuple(column.name for column in self.columns if column.sortable)


def _columns(**headings: str) -> tuple[Column, ...]:
    """Columns by name; a heading that ends in an arrow can be sorted by."""
    return tuple(Column(name, text.removesuffix(" ↕"), text.endswith(" ↕")) for name, text in headings.items())


_PLACE = Narrowing("Jurisdiction", "id/jurisdiction/")

LISTS: Mapping[str, Shape] = {
    "standards": Shape(
        "Standards",
        ("standard edition", "standard editions"),
        _columns(
            reference="Reference ↕",
            title="Title",
            status="Status",
            publishers="Publisher",
            published="Published ↕",
            recognised="Recognised in",
        ),
        {
            "status": Narrowing("Status", "scheme/edition-status/"),
            "publisher": Narrowing("Publisher", "id/org/"),
            "committee": Narrowing("Committee", "id/committee/"),
            "jurisdiction": Narrowing("Recognised in", "id/jurisdiction/"),
        },
        "Each edition of a standard is an entry of its own: an authority recognises an edition, not a standard.",
    ),
    "regulators": Shape(
        "Regulators",
        ("regulator", "regulators"),
        _columns(name="Name ↕", acronym="Acronym ↕", native="Own name", kind="Kind", jurisdiction="Jurisdiction ↕"),
        {"jurisdiction": _PLACE, "kind": Narrowing("Kind", "scheme/actor-kind/")},
        "Authorities for medical devices, and bodies that make rules or guidance on artificial intelligence in health.",
    ),
    "jurisdictions": Shape(
        "Jurisdictions",
        ("jurisdiction", "jurisdictions"),
        _columns(name="Name ↕", code="Code ↕", native="Own name", kind="Kind", authority="Main device authority"),
        {"kind": Narrowing("Kind", "scheme/jurisdiction-kind/")},
        "Legal spaces in which the acts of some authority have effect: states, parts of states, unions of states.",
    ),
    "networks": Shape(
        "Networks",
        ("network", "networks"),
        _columns(name="Name ↕", acronym="Acronym", founded="Founded", members="Members recorded ↕", stated="Members stated"),
        {},
        "Standing collaborations of regulators across jurisdictions. "
        "The recorded members are those of this registry; the stated number is what a source says.",
    ),
    "devices": Shape(
        "Devices",
        ("device", "devices"),
        _columns(
            name="Device ↕",
            company="Company ↕",
            panel="Lead panel",
            codes="Product code",
            number="Submission",
            decided="Decided ↕",
        ),
        {
            "panel": Narrowing("Lead panel", "scheme/fda-panel/"),
            "year": Narrowing("Year of decision"),
            "code": Narrowing("Product code", "scheme/fda-product-code/"),
            "company": Narrowing("Company", "id/org/"),
        },
        "Devices for which an authority states that they rely on artificial intelligence.",
    ),
    "regulations": Shape(
        "Regulations",
        ("regulation", "regulations"),
        _columns(name="Name ↕", citation="Citation", jurisdiction="Jurisdiction ↕", kind="Kind", since="In force from ↕"),
        {"jurisdiction": _PLACE, "kind": Narrowing("Kind", "scheme/instrument-kind/")},
        "Laws, regulations and notices on medical devices and on artificial intelligence.",
    ),
    "organisations": Shape(
        "Standards bodies",
        ("standards body", "standards bodies"),
        _columns(name="Name ↕", acronym="Acronym ↕", native="Own name", kind="Kind", jurisdiction="Jurisdiction"),
        {"jurisdiction": _PLACE, "kind": Narrowing("Kind", "scheme/actor-kind/")},
        "Organisations that develop, publish or adopt standards.",
    ),
    "classifications": Shape(
        "Risk classifications",
        ("classification", "classifications"),
        _columns(name="Name ↕", jurisdiction="Jurisdiction ↕", classes="Classes", mapped="Mappings of its classes ↕"),
        {"jurisdiction": _PLACE},
        "Schemes of risk classes laid down in a law, a standard or guidance.",
    ),
}


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
    return {name: shape.facets[name].term(text) for name, text in chosen.items() if text}


def _facet(
    name: str, narrowing: Narrowing, counts: list[tuple[_Term, int]], chosen: _Term | None, known: Mapping[_Term, str]
) -> Facet:
    def option(term: _Term, count: int) -> Option:
        return Option(narrowing.text(term), known.get(term, term.value), count)

    options = tuple(option(term, count) for term, count in counts)
    now = next((option(term, count) for term, count in counts if term == chosen), None)
    return Facet(name, narrowing.heading, options, now or (option(chosen, 0) if chosen else None))


def _line(shape: Shape, row: Row) -> Line:
    return Line(row.iri("iri"), tuple(row.text_if_any(column.name) for column in shape.columns), row.yes("confirmed"))
