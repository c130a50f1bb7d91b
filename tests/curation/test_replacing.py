"""What an import does to a data set that is there already."""

from __future__ import annotations

import datetime as dt

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.curation.replacing import Replacement, replacement
from standards_graph.errors import SourceShrank
from standards_graph.store.scratch import Room
from standards_graph.vocab import RDFS, SGO, XSD, concept, entity, graph

GRAPH = graph("source/tests")
DAY, LATER = dt.date(2026, 11, 22), dt.date(2026, 12, 1)


def listed(*names: str, release: str = "1") -> set[Quad]:
    """Devices as a source lists them, each with its source record."""
    found = set()
    for name in names:
        thing, record = entity("device", name), entity("source", f"{name}-{release}")
        found |= {
            Quad(thing, SGO.hasSourceRecord, record, GRAPH),
            Quad(thing, RDFS.label, Literal(name, language="en"), GRAPH),
            Quad(record, SGO.rowKey, Literal(f"{release}#{name}"), GRAPH),
        }
    return found


def mark(name: str, day: dt.date = DAY) -> Quad:
    return Quad(entity("device", name), SGO.withdrawnAtSource, Literal(day.isoformat(), datatype=XSD.date), GRAPH)


def after(before: set[Quad], change: Replacement) -> set[Quad]:
    return (before - set(change.changes.removed)) | set(change.changes.added)


def replaced(before: set[Quad], fresh: set[Quad], day: dt.date = DAY) -> Replacement:
    return replacement(before, fresh, graph=GRAPH, day=day, room=Room())


def test_a_first_import_adds_everything() -> None:
    change = replaced(set(), listed("a", "b"))
    assert after(set(), change) == listed("a", "b")
    assert (len(change.new), change.withdrawn, change.before) == (2, (), 0)


def test_the_same_file_again_changes_nothing() -> None:
    assert not replaced(listed("a", "b"), listed("a", "b")).changes


def test_what_vanished_stays_and_is_marked_with_the_day() -> None:
    before = listed("a", "b")
    change = replaced(before, listed("a"))
    assert after(before, change) == before | {mark("b")}
    assert change.withdrawn == (entity("device", "b"),)


def test_a_mark_keeps_its_first_day() -> None:
    before = listed("a", "b") | {mark("b")}
    assert not replaced(before, listed("a"), LATER).changes


def test_what_comes_back_loses_its_mark() -> None:
    before = listed("a", "b") | {mark("b")}
    assert after(before, replaced(before, listed("a", "b"), LATER)) == listed("a", "b")


def test_a_new_release_replaces_the_source_records_of_what_it_lists() -> None:
    before = listed("a", "b")
    now = after(before, replaced(before, listed("a", release="2")))
    assert now == listed("a", release="2") | listed("b") | {mark("b")}


def test_concepts_are_no_entities_and_stay() -> None:
    panel = Quad(concept("us-panel", "radiology"), RDFS.label, Literal("Radiology", language="en"), GRAPH)
    before = listed("a") | {panel}
    change = replaced(before, listed("a"))
    assert not change.changes
    assert change.withdrawn == ()


def test_a_concept_that_is_named_anew_has_one_name() -> None:
    old = Quad(concept("us-panel", "radiology"), RDFS.label, Literal("Radiolgy", language="en"), GRAPH)
    new = Quad(concept("us-panel", "radiology"), RDFS.label, Literal("Radiology", language="en"), GRAPH)
    before = listed("a") | {old}
    assert after(before, replaced(before, listed("a") | {new})) == listed("a") | {new}


def test_a_source_that_shrank_is_held() -> None:
    change = replaced(listed("a", "b", "c", "d"), listed("a", "b", "c"))
    with pytest.raises(SourceShrank, match=r"1 of 4 .* more than 10 %"):
        change.check_shrinkage(most_percent=10)
    change.check_shrinkage(most_percent=25)


def filed(*names: str, release: str) -> set[Quad]:
    """The same with the record of the file, which prints its date."""
    record = entity("source", f"file-{release}")
    dated = Quad(record, SGO.printedSourceDate, Literal(release, datatype=XSD.gYearMonth), GRAPH)
    return listed(*names) | {Quad(GRAPH, SGO.hasSourceRecord, record, GRAPH), dated}


@pytest.mark.parametrize("older", ["2024-03", "2024"])
def test_an_older_release_is_held_even_where_little_vanished(older: str) -> None:
    many = [f"device-{number}" for number in range(50)]
    change = replaced(filed(*many, release="2025-12"), filed(*many[:-1], release=older))
    with pytest.raises(SourceShrank, match=rf"of {older}, and what is published is of 2025-12.*\(1 entities\)"):
        change.check_shrinkage(most_percent=100)


@pytest.mark.parametrize(
    ("held", "brought"), [("2025-12", "2025-12"), ("2025-12", "2025"), ("2025", "2025-07"), ("2025-07", "2025-12")]
)
def test_a_release_that_is_not_known_to_be_older_is_not_held(held: str, brought: str) -> None:
    replaced(filed("a", release=held), filed("a", "b", release=brought)).check_shrinkage(most_percent=10)
    replaced(listed("a"), filed("a", "b", release=brought)).check_shrinkage(most_percent=10)
    replaced(filed("a", release=held), listed("a", "b")).check_shrinkage(most_percent=10)


def test_what_was_marked_before_does_not_count_as_shrinking() -> None:
    change = replaced(listed("a", "b") | {mark("b")}, listed("a"))
    change.check_shrinkage(most_percent=1)


def test_a_thing_without_a_name_in_another_namespace_is_not_kept() -> None:
    stray = Quad(NamedNode("http://example.org/x"), RDFS.label, Literal("x"), GRAPH)
    before = listed("a") | {stray}
    assert after(before, replaced(before, listed("a"))) == listed("a")
