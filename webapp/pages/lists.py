"""The lists: standards, regulators, jurisdictions and so on, with facets, and the same as CSV and JSON."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from standards_graph.model.lists import LISTS, Facet, Option, Shape
from webapp import arguments, downloads, links
from webapp.current import the_registry
from webapp.moment import the_moment

PAGE = 50
"""Rows of one page."""
MANY = 300
"""Values of a facet on the page that shows them all."""

blueprint = Blueprint("lists", __name__)
_NAMES = ", ".join(LISTS)


@dataclass(frozen=True, slots=True)
class Request:
    """What a list was asked with, and the addresses of its neighbours."""

    name: str
    shape: Shape
    chosen: dict[str, str]
    sort: str
    down: bool
    page: int

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of this address; usual values are left out."""
        return {
            **self.chosen,
            "sort": "" if self.sort == self.shape.sorts[0] else self.sort,
            "order": "down" if self.down else "",
            "page": "" if self.page == 1 else str(self.page),
        }

    def address(self, **changes: str) -> str:
        """The address with some parameters changed; the page starts anew unless it is what changes."""
        return links.address(f"/{self.name}", {**self.parameters, "page": "", **changes})

    def sorted_by(self, column: str) -> str:
        """The address sorted by a column, in the other direction if it is by that column already."""
        other = "down" if column == self.sort and not self.down else ""
        return self.address(sort="" if column == self.shape.sorts[0] else column, order=other)

    def page_address(self, number: int) -> str:
        """The address of another page."""
        return self.address(page="" if number == 1 else str(number))

    def data(self, extension: str) -> str:
        """The address of the whole narrowed list in another form."""
        return links.address(f"/{self.name}.{extension}", {**self.parameters, "page": ""})


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link."""

    text: str
    count: int
    address: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A facet as links: its most frequent values, and the address of all."""

    title: str
    options: tuple[Choice, ...]
    total: int
    all_address: str = ""


@blueprint.get(f"/<any({_NAMES}):name>")
def listing(name: str) -> str:
    """A list, a page at a time; ``more`` shows all values of one facet instead."""
    shape = LISTS[name]
    asked = _asked(name, "more")
    more = arguments.text("more")
    if more:
        arguments.choice("more", tuple(shape.facets), "")
        return _values(asked, more)
    found = (
        the_registry().lists_on(the_moment().day).page(name, asked.chosen, sort=asked.sort, down=asked.down, number=asked.page)
    )
    return render_template(
        "lists/list.html",
        asked=asked,
        shape=shape,
        found=found,
        last=max(1, -(-found.total // PAGE)),
        groups=[_group(asked, facet) for facet in found.facets if facet.options],
        chosen=[
            Choice(f"{f.heading}: {f.chosen.name}", f.chosen.count, asked.address(**{f.name: ""}))
            for f in found.chosen
            if f.chosen
        ],
    )


@blueprint.get(f"/<any({_NAMES}):name>.<any(csv, json):extension>")
def data(name: str, extension: str) -> Response:
    """The whole list as it is narrowed now; with ``page`` that page alone."""
    asked = _asked(name)
    number = asked.page if "page" in request.args else None
    answer = (
        the_registry()
        .lists_on(the_moment().day)
        .answer(name, asked.chosen, sort=asked.sort, down=asked.down, number=number, media_type=downloads.RESULTS[extension])
    )
    return downloads.data(answer, name=f"{name}.{extension}")


def _asked(name: str, *others: str) -> Request:
    shape = LISTS[name]
    arguments.known(*shape.facets, "sort", "order", "page", *others)
    return Request(
        name=name,
        shape=shape,
        chosen={facet: text for facet in shape.facets if (text := arguments.text(facet))},
        sort=arguments.choice("sort", shape.sorts, shape.sorts[0]),
        down=arguments.choice("order", ("up", "down"), "up") == "down",
        page=arguments.page(),
    )


def _group(asked: Request, facet: Facet) -> Group:
    options = facet.options
    if facet.chosen and facet.chosen not in options:
        options = (facet.chosen, *options)
    rest = asked.address(more=facet.name) if facet.total > len(options) else ""
    return Group(facet.heading, tuple(_choice(asked, facet, one) for one in options), facet.total, rest)


def _choice(asked: Request, facet: Facet, option: Option) -> Choice:
    chosen = option == facet.chosen
    return Choice(option.name, option.count, asked.address(**{facet.name: "" if chosen else option.value}), chosen)


def _values(asked: Request, name: str) -> str:
    """All values of one facet, most frequent first, while the other facets hold."""
    facet = the_registry().lists_on(the_moment().day).facet(asked.name, asked.chosen, name)
    first, last = (asked.page - 1) * MANY, max(1, -(-len(facet.options) // MANY))
    return render_template(
        "lists/values.html",
        asked=asked,
        shape=asked.shape,
        facet=facet,
        options=[_choice(asked, facet, option) for option in facet.options[first : first + MANY]],
        last=last,
        address=lambda number: asked.address(more=name, page="" if number == 1 else str(number)),
    )
