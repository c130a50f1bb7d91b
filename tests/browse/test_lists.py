"""Lists, a page at a time."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, Quad

from standards_graph import queries
from standards_graph.browse.lists import PAGE, Lists
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.answers import CSV
from standards_graph.model.lists import LISTS
from standards_graph.registry import Registry
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import RDF, RDFS, SGO, concept, entity, graph

MANY = 2 * PAGE + 7


@pytest.fixture(scope="module")
def many() -> Lists:
    """More devices than fit on two pages, of three companies."""
    where = graph("source/fda-ai-devices")
    quads = []
    for number in range(MANY):
        device, maker = entity("device", f"maker-{number % 3}/device-{number:03}"), entity("org", f"maker-{number % 3}")
        decision = entity("authorisation", f"us-k{number:06}")
        quads += [
            Quad(device, RDF.type, SGO.AIDevice, where),
            Quad(device, RDFS.label, Literal(f"Device {number:03}", language="en"), where),
            Quad(device, SGO.manufacturedBy, maker, where),
            Quad(maker, RDFS.label, Literal(f"Maker {number % 3}", language="en"), where),
            Quad(decision, SGO.authorises, device, where),
            Quad(decision, SGO.panel, concept("us-panel", "radiology" if number % 2 else "pathology"), where),
        ]
    return Lists(MemoryStore(quads))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_the_parameters_of_its_facets(name: str) -> None:
    shape = LISTS[name]
    day = {"on"} if shape.day else set()
    assert set(queries.load(f"browse/lists/{name}").parameters) == {*shape.facets, "sort", "down"} | day
    assert set(queries.load(f"browse/lists/{name}_facets").parameters) == set(shape.facets) | day


def test_the_pages_together_are_the_list(many: Lists) -> None:
    pages = [many.page("devices", {}, number=number) for number in (1, 2, 3)]
    found = [line.iri for page in pages for line in page.lines]
    assert [len(page.lines) for page in pages] == [PAGE, PAGE, 7]
    assert {page.total for page in pages} == {MANY}
    assert len(set(found)) == MANY
    assert many.answer("devices", {}, media_type=CSV).body.count(b"\r\n") - 1 == MANY


def test_a_page_beyond_the_last_is_not_found(many: Lists) -> None:
    with pytest.raises(NotFound):
        many.page("devices", {}, number=4)
    with pytest.raises(NotFound):
        many.page("spaceships", {})


def test_the_counts_of_a_facet_hold_while_the_others_do(many: Lists) -> None:
    found = many.page("devices", {"panel": "radiology"})
    facets = {facet.name: facet for facet in found.facets}
    assert found.total == MANY // 2
    assert sum(option.count for option in facets["company"].options) == MANY // 2
    assert sum(option.count for option in facets["panel"].options) == MANY
    assert facets["panel"].chosen is not None
    assert facets["panel"].chosen.count == MANY // 2


def test_a_value_that_nothing_has_finds_nothing_and_is_still_named(many: Lists) -> None:
    found = many.page("devices", {"company": "nobody"})
    assert (found.total, found.lines) == (0, ())
    assert [(facet.name, facet.chosen.value) for facet in found.chosen if facet.chosen] == [("company", "nobody")]


def test_a_value_that_makes_no_iri_or_number_is_told(many: Lists) -> None:
    for chosen in ({"company": "a b"}, {"year": "soon"}):
        with pytest.raises(BadArgument):
            many.page("devices", chosen)


def test_a_thing_in_two_graphs_is_listed_once(small_world: Registry) -> None:
    found = small_world.lists.page("standards", {})
    assert len({line.iri for line in found.lines}) == len(found.lines) == found.total
