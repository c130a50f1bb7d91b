"""One thing by its IRI."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from standards_graph.browse.entities import Entities
from standards_graph.errors import NotFound
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import SGO, concept, entity, graph

EDITION = entity("edition", "iec-62304-2006")


def test_every_statement_of_a_thing_is_there_with_its_graph_and_source(small: MemoryStore) -> None:
    about = Entities(small).about(EDITION)
    said = {(group.predicate.iri, value.term) for group in about.groups for value in group.values}
    stored = {(q.predicate, q.object) for q in small.quads(graph("curated/standards")) if q.subject == EDITION}
    assert {predicate for predicate, _ in stored - said} == {SGO.publishedOn, SGO.printedPublishedOn}
    assert len(said) == len(stored) - 1
    assert all(value.graphs == (graph("curated/standards"),) for group in about.groups for value in group.values)
    source = about.groups[0].values[0].sources[0]
    assert (source.address, source.printed, source.note) == ("https://www.iec.ch/62304", "2025-06", "Date given to the month.")
    assert source.level is not None
    assert source.level.iri == concept("reading-level", "source-read")


def test_a_date_is_shown_as_the_source_prints_it_and_the_computing_day_stays_beside_it(small: MemoryStore) -> None:
    about = Entities(small).about(EDITION)
    value = about.first(SGO.publishedOn)
    assert value is not None
    assert isinstance(value.term, ox.Literal)
    assert (value.term.value, value.computed) == ("2006-05", "2006-05-01")
    assert about.group(SGO.printedPublishedOn) is None


def test_a_predicate_without_a_label_is_shown_by_its_local_name(small: MemoryStore) -> None:
    about = Entities(small).about(EDITION)
    names = {group.predicate.iri: group.predicate for group in about.groups}
    assert names[SGO.officialIdentifier].text == "official identifier"
    assert names[SGO.isEditionOf].text == "isEditionOf"
    assert not names[SGO.isEditionOf].given


def test_what_points_at_a_thing_is_counted_by_predicate(small: MemoryStore) -> None:
    incoming = {one.predicate.iri: one for one in Entities(small).about(entity("standard", "iec-62304")).incoming}
    assert incoming[SGO.isEditionOf].total == 2
    assert not incoming[SGO.isEditionOf].cut
    assert [name.text for name in incoming[SGO.isEditionOf].things] == ["IEC 62304:2006", "IEC 62304:2006+AMD1:2015"]


def test_a_long_list_is_cut_says_so_and_can_be_read_in_full() -> None:
    thing, many = entity("org", "a"), [entity("device", f"a/{n:03}") for n in range(60)]
    where = graph("curated/x")
    quads = [ox.Quad(one, SGO.manufacturedBy, thing, where) for one in many]
    quads += [ox.Quad(thing, SGO.officialIdentifier, ox.Literal(f"{n:03}"), where) for n in range(60)]
    entities = Entities(MemoryStore(quads))
    about = entities.about(thing)
    assert about.incoming[0].cut
    assert about.groups[0].cut
    assert (about.incoming[0].total, about.groups[0].total) == (60, 60)
    last = entities.incoming(thing, SGO.manufacturedBy, limit=50, offset=50)
    assert [name.iri for name in last.things] == many[50:]
    assert len(entities.values(thing, SGO.officialIdentifier).values) == 60


def test_a_thing_that_only_unverified_rows_describe_is_marked(small: MemoryStore) -> None:
    assert Entities(small).about(entity("org", "xx-agency")).unverified
    assert not Entities(small).about(entity("org", "mhra")).unverified


def test_a_thing_that_is_only_pointed_at_has_a_page(small: MemoryStore) -> None:
    about = Entities(small).about(concept("reading-level", "not-confirmed"))
    assert about.groups == ()
    assert about.incoming[0].total == 1


def test_a_thing_that_nobody_speaks_of_is_not_found(small: MemoryStore) -> None:
    entities = Entities(small)
    with pytest.raises(NotFound):
        entities.about(entity("org", "nobody"))
    with pytest.raises(NotFound):
        entities.incoming(EDITION, SGO.authorises, limit=50, offset=0)
    with pytest.raises(NotFound):
        entities.values(EDITION, SGO.authorises)
