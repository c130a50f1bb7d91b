"""Lists of predicates: what stays out, and the published lists themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, importers
from standards_graph.importing.fda.predicates import FdaPredicates
from standards_graph.model.findings import Finding
from standards_graph.vocab import RDF, RDFS, SGO, entity

GRAPH = vocab.graph("source/fda-predicates")


def read(path: Path) -> tuple[list[Quad], list[Finding], int]:
    told = list(FdaPredicates().read(path, GRAPH))
    quads = [one for one in told if isinstance(one, Quad)]
    return quads, [one for one in told if isinstance(one, Finding)], sum(one is ROW for one in told)


def listed(folder: Path, *rows: str, name: str = "edges.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(("device,predicate", *rows)) + "\n")
    return path


def edges(quads: list[Quad]) -> set[tuple[str, str]]:
    return {
        (q.subject.value.rpartition("/")[2], q.object.value.rpartition("/")[2])
        for q in quads
        if q.predicate == SGO.hasPredicate
    }


def test_an_edge_links_two_decisions_of_which_their_numbers_tell_the_rest(tmp_path: Path) -> None:
    quads, findings, _ = read(listed(tmp_path, "K950001,K900002", "DEN230004,k950001"))
    assert edges(quads) == {("us-k950001", "us-k900002"), ("us-den230004", "us-k950001")}
    pathways = {(q.subject, q.object) for q in quads if q.predicate == SGO.viaPathway}
    assert pathways == {
        (entity("authorisation", "us-k950001"), vocab.concept("pathway", "us-510k")),
        (entity("authorisation", "us-k900002"), vocab.concept("pathway", "us-510k")),
        (entity("authorisation", "us-den230004"), vocab.concept("pathway", "us-de-novo")),
    }
    assert len({q.object for q in quads if q.predicate == SGO.hasSourceRecord and q.subject != GRAPH}) == 1
    assert not findings


def test_a_decision_is_called_as_the_list_of_ai_devices_calls_it(tmp_path: Path) -> None:
    quads, _, _ = read(listed(tmp_path, "K232412,K950001"))
    labels = {q.object.value for q in quads if q.predicate == RDFS.label}
    assert "K950001" in labels
    assert any(label.startswith("K232412: ") for label in labels)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("K950005,K950005", "fda-predicates-itself"),
        ("K950005,X1", "fda-predicates-number"),
        ("950005,K900002", "fda-predicates-number"),
    ],
)
def test_an_edge_that_cannot_be_is_a_finding_and_stays_out(tmp_path: Path, row: str, rule: str) -> None:
    quads, findings, _ = read(listed(tmp_path, "K950001,K900002", row))
    assert [(one.rule, one.line) for one in findings] == [(rule, 3)]
    assert edges(quads) == {("us-k950001", "us-k900002")}


def test_a_predicate_of_a_later_year_is_told_and_kept(tmp_path: Path) -> None:
    quads, findings, _ = read(listed(tmp_path, "K965211,K972978", "K010001,K991234"))
    assert [(one.rule, one.line) for one in findings] == [("fda-predicates-later", 2)]
    assert len(edges(quads)) == 2


def test_the_list_of_submissions_without_a_found_predicate_brings_no_fact(tmp_path: Path) -> None:
    path = tmp_path / "missing_predicates.txt"
    path.write_text("K223320\nK223274\n")
    assert FdaPredicates().accepts(path, packing.beginning(path))
    quads, findings, rows = read(path)
    assert not [q for q in quads if q.object == SGO.MarketAuthorisation]
    assert rows == 2
    assert [one.rule for one in findings] == ["fda-predicates-not-found"]


def test_a_table_without_edges_or_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="lists no edge"):
        read(listed(tmp_path))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="device and predicate"):
        read(tmp_path / "other.csv")


def test_the_published_lists_are_read_in_full(shared: Path) -> None:
    folder = shared / "data" / "fda-510k-predicates"
    found, rules, ends, rows = 0, Counter[str](), set[NamedNode](), 0
    for told in FdaPredicates().read(folder / "predicates.csv.gz", GRAPH):
        rows += told is ROW
        if isinstance(told, Finding):
            rules[told.rule] += 1
        elif isinstance(told, Quad):
            found += told.predicate == SGO.hasPredicate
            if told.predicate == RDF.type and told.object == SGO.MarketAuthorisation:
                ends.add(told.subject)  # type: ignore[arg-type]
    assert (rows, found, rules) == (152_817, 152_770, {"fda-predicates-itself": 47})
    assert len(ends) == 85_851
    quads, findings, rows = read(folder / "manually_added_links_new.csv")
    assert (rows, len(edges(quads))) == (25_300, 7_337)
    assert Counter(one.rule for one in findings) == {
        "fda-predicates-itself": 23, "fda-predicates-later": 15, "fda-predicates-none-given": 1,
    }  # fmt: skip
    assert read(folder / "missing_predicates.txt")[2] == 21_648
    for path in sorted(folder.iterdir()):
        assert [one.name for one in importers() if one.accepts(path, packing.beginning(path))] == ["fda-predicates"]
