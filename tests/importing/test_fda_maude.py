"""Extracts of MAUDE: what is counted, what is never read in, and three published extracts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, importers
from standards_graph.importing.fda import maude
from standards_graph.importing.fda.maude import FdaMaude
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDFS, SGO, SOSA

GRAPH = vocab.graph("source/fda-maude")
SAMPLE = Path(__file__).parent / "fda-maude" / "input.csv"


def read(path: Path) -> tuple[set[Quad], list[Finding], int]:
    told = list(FdaMaude().read(path, GRAPH))
    quads = {one for one in told if isinstance(one, Quad)}
    return quads, [one for one in told if isinstance(one, Finding)], sum(one is ROW for one in told)


def counts(quads: set[Quad]) -> dict[str, int]:
    return {
        q.subject.value.partition("/observation/maude/")[2]: int(q.object.value)
        for q in quads
        if q.predicate == SOSA.hasSimpleResult
    }


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("M, a, l, f, u, n, c, t, i, o, n", "Malfunction"),
        ("N, o,  , a, n, s, w, e, r,  , p, r, o, v, i, d, e, d", "No answer provided"),
        ("Injury", "Injury"),
        (" Death ", "Death"),
        ("", ""),
    ],
)
def test_a_kind_of_event_that_was_taken_apart_is_put_together(printed: str, meant: str) -> None:
    assert maude.event(printed) == meant


def test_reports_are_counted_by_device_year_and_kind_and_a_repeated_one_once() -> None:
    quads, findings, rows = read(SAMPLE)
    assert counts(quads) == {
        "example-pumps-inc/example-pump/2021-malfunction": 2,
        "example-pumps-inc/example-pump/2022-death": 1,
    }
    assert rows == 5
    assert [(one.rule, one.line, one.column) for one in findings if one.severity is Severity.WARNING] == [
        ("fda-maude-not-counted", 6, "date_received")
    ]


def test_no_report_and_nothing_told_in_one_is_read_in() -> None:
    quads, _, _ = read(SAMPLE)
    told = " ".join(q.object.value for q in quads)
    assert not [word for word in ("story", "1-2021-1", "District") if word in told]


def test_every_count_stands_under_the_caveat_of_its_source() -> None:
    quads, _, _ = read(SAMPLE)
    sources = {q.object for q in quads if q.predicate == SGO.hasSourceRecord and "/observation/" in q.subject.value}
    notes = {q.object for q in quads if q.predicate == SGO.curatorNote and q.subject in sources}
    assert notes == {Literal(maude.CAVEAT)}
    assert "does not show that the device caused" in maude.CAVEAT


def test_a_count_says_that_it_is_of_an_extract() -> None:
    quads, _, _ = read(SAMPLE)
    labels = [q.object.value for q in quads if q.predicate == RDFS.label and "/observation/" in q.subject.value]
    assert labels
    assert all(" in an extract, " in one for one in labels)
    assert "need not hold all reports" in maude.CAVEAT


def test_a_table_without_a_maker_or_without_counts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text("event_type,brand_name,date_received\nDeath,A,20200101\n")
    with pytest.raises(UnreadableFile, match="manufacturer_d_name is missing"):
        read(path)
    path.write_text("event_type,brand_name,date_received,manufacturer\nDeath,A,,B\n")
    with pytest.raises(UnreadableFile, match="no report that could be counted"):
        read(path)


def test_a_spreadsheet_without_a_list_of_texts_is_recognised_by_its_first_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in SAMPLE.read_text("utf-8").splitlines()[:1]:
        book.worksheets[0].append(line.split(","))
    path = tmp_path / "extract.xlsx"
    book.save(path)
    assert FdaMaude().accepts(path, packing.beginning(path))


REAL = [
    ("abbott_freestyle_libre_cgm.xlsx", 10_105, 10_105),
    ("davinci_surgical_robot_mdl_2920.xlsx", 2_652, 2_649),
    ("philips_cpap_mdl_3014.xlsx", 4_232, 4_224),
]


@pytest.mark.parametrize(("name", "rows", "counted"), REAL, ids=[one[0] for one in REAL])
def test_published_extracts_with_different_columns_are_counted(shared: Path, name: str, rows: int, counted: int) -> None:
    path = shared / "data" / "maude-extracts" / name
    quads, _, found = read(path)
    assert (found, sum(counts(quads).values())) == (rows, counted)
    assert [one.name for one in importers() if one.accepts(path, packing.beginning(path))] == ["fda-maude"]
