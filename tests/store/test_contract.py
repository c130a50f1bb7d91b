"""What every store promises, over each of them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.errors import BadQuery, NotAcceptable, NotFound, StoreFailure, TooLarge
from standards_graph.model.answers import CSV, JSON, NTRIPLES, TURTLE, Dataset, Limits
from standards_graph.model.changes import ChangeSet
from standards_graph.store.base import Present, Store
from standards_graph.store.rows import rows, truth
from tests.store.conftest import CURATED, SOURCE, START, UNVERIFIED, publish, said

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def count(store: Store, query: str = COUNT, dataset: Dataset | None = None) -> int:
    return next(rows(store.reader().answer(query, media_type=JSON, dataset=dataset))).number("n")


def test_the_default_graph_is_a_set_without_what_stands_apart(store: Store) -> None:
    assert count(store) == 2
    assert count(store, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }") == 4


def test_a_dataset_replaces_the_usual_graphs(store: Store) -> None:
    assert count(store, dataset=Dataset(default=(UNVERIFIED, SOURCE))) == 2
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert count(store, named, Dataset(named=(SOURCE,))) == 1
    assert count(store, dataset=Dataset(named=(SOURCE,))) == 0


def test_a_statement_that_leaves_one_of_two_graphs_is_still_seen(store: Store) -> None:
    publish(store, removed=(said("a", "one", SOURCE),))
    assert count(store) == 2
    publish(store, removed=(said("a", "one"),))
    assert count(store) == 1


def test_a_change_gives_a_new_revision_with_its_counts(store: Store) -> None:
    before = store.reader().revision
    number = publish(store, said("d", "new"), removed=(said("b", "two"),))
    after = store.reader().revision
    assert (after.number, after.quads, after.added, after.removed) == (number, before.quads, 1, 1)
    assert after.fingerprint != before.fingerprint
    assert [one.number for one in store.history()] == [number, before.number]


def test_a_change_and_its_reverse_give_the_same_fingerprint(store: Store) -> None:
    before = store.reader().revision.fingerprint
    publish(store, said("d", "new"))
    publish(store, removed=(said("d", "new"),))
    assert store.reader().revision.fingerprint == before


def test_an_empty_change_publishes_nothing(store: Store) -> None:
    before = store.reader().revision
    assert publish(store) == before.number
    assert len(store.history()) == 1


def test_literals_are_kept_in_one_form(store: Store) -> None:
    number = publish(store, said("n", "007", kind="integer"))
    assert publish(store, said("n", "7", kind="integer")) == number
    assert count(store, "SELECT (COUNT(*) AS ?n) WHERE { <http://example.org/n> ?p 7 }") == 1
    assert all(check.ok for check in store.verify()), store.verify()


def test_work_sees_the_present_state(store: Store) -> None:
    seen: list[Present] = []

    def work(present: Present) -> ChangeSet:
        assert set(present.quads(CURATED)) == {START[0], START[1]}
        assert present.graphs() == (CURATED, SOURCE, UNVERIFIED)
        seen.append(present)
        return ChangeSet()

    store.publish(work, agent="tests", note="look")
    assert len(seen) == 1


def test_what_work_raises_changes_nothing(store: Store) -> None:
    def work(_: Present) -> ChangeSet:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.publish(work, agent="tests", note="fails")
    assert count(store) == 2
    assert publish(store, said("d", "new")) > 1


@pytest.mark.parametrize("graph", [None, "blank"])
def test_what_could_not_be_taken_away_again_is_not_taken_in(store: Store, graph: str | None) -> None:
    from pyoxigraph import BlankNode, DefaultGraph

    subject = BlankNode() if graph else NamedNode("http://example.org/x")
    quad = Quad(subject, NamedNode("http://example.org/p"), Literal("x"), CURATED if graph else DefaultGraph())
    with pytest.raises(StoreFailure):
        publish(store, quad)
    assert count(store) == 2


def test_every_syntax_is_answered(store: Store) -> None:
    reader = store.reader()
    assert reader.answer("SELECT ?s WHERE { ?s ?p 'two' }", media_type=CSV).body == b"s\r\nhttp://example.org/b\r\n"
    assert truth(reader.answer("ASK { ?s ?p 'two' }", media_type=JSON))
    triples = reader.answer("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", media_type=NTRIPLES)
    assert (len(triples.body.splitlines()), triples.media_type, triples.revision) == (2, NTRIPLES, reader.revision.number)


def test_a_syntax_that_cannot_hold_the_answer_is_refused(store: Store) -> None:
    with pytest.raises(NotAcceptable) as caught:
        store.reader().answer(COUNT, media_type=TURTLE)
    assert CSV in caught.value.offered


def test_a_wrong_query_is_told_with_its_place(store: Store) -> None:
    with pytest.raises(BadQuery) as caught:
        store.reader().answer("SELECT *\nWHERE { ?s ?p }", media_type=CSV)
    assert (caught.value.line, caught.value.column) == (2, 16)
    assert caught.value.excerpt == "WHERE { ?s ?p }"


def test_an_answer_over_its_size_is_refused_whole(store: Store) -> None:
    publish(store, *(said(f"many{i}", "x" * 100) for i in range(200)))
    with pytest.raises(TooLarge):
        store.reader().answer("SELECT * WHERE { ?s ?p ?o }", media_type=CSV, limits=Limits(5.0, 1 << 28, 1000))


def test_a_dump_lists_the_named_graphs_in_order(store: Store) -> None:
    assert list(store.dump()) == sorted(START, key=str)


def test_an_older_revision_is_read_as_it_was(store: Store) -> None:
    first = store.reader().revision.number
    publish(store, said("d", "new"), removed=(said("b", "two"),))
    newest = publish(store, said("e", "newer", UNVERIFIED))
    counts = [next(rows(store.reader(n).answer(COUNT, media_type=JSON))).number("n") for n in (first, first + 1, newest, None)]
    assert counts == [2, 2, 2, 2]
    everything = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    answers = [store.reader(number).answer(everything, media_type=JSON) for number in (first, first + 1, newest, None)]
    assert [next(rows(one)).number("n") for one in answers] == [4, 4, 5, 5]
    assert [one.revision for one in answers] == [first, first + 1, newest, newest]
    assert store.reader(first).revision == store.history()[-1]


def test_a_revision_that_there_was_not_has_no_reader(store: Store) -> None:
    with pytest.raises(NotFound, match="r99"):
        store.reader(99)


def test_a_part_of_a_change_is_had_by_thing_and_by_predicate(store: Store) -> None:
    number = publish(store, said("d", "new"), said("e", "new"), removed=(said("a", "one"),))
    says, thing = said("d", "").predicate, said("d", "").subject
    assert isinstance(thing, NamedNode)
    assert store.changes_of(number, thing=thing) == ChangeSet((said("d", "new"),))
    assert store.changes_of(number, predicate=says) == store.changes(number)
    assert not store.changes_of(number, predicate=thing)
    with pytest.raises(NotFound):
        store.changes_of(99, thing=thing)


def test_the_things_of_a_revision_are_told_with_what_there_was_of_them_before(store: Store) -> None:
    publish(store, said("a", "more"))
    number = publish(store, said("d", "new"), removed=(said("a", "one"), said("b", "two")))
    told = {thing.value[-1]: (touch.added, touch.removed, before) for thing, touch, before in store.things(number)}
    assert told == {"a": (0, 1, 3), "b": (0, 1, 1), "d": (1, 0, 0)}
    assert store.things(99) == ()
