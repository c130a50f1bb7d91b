"""The FDA's recognised consensus standards: designations, and the table as page, CSV and spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.curated import Tables, names
from standards_graph.importing.fda import designations
from standards_graph.importing.fda.recognised_standards import ACT, FdaRecognisedStandards
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO, XSD, concept, entity

GRAPH = vocab.graph("source/fda-recognised-standards")
SAMPLES = Path(__file__).parent / "fda-recognised-standards"


def read(path: Path) -> tuple[set[Quad], list[Finding]]:
    told = list(FdaRecognisedStandards().read(path, GRAPH))
    return {one for one in told if isinstance(one, Quad)}, [one for one in told if isinstance(one, Finding)]


def objects(quads: set[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


@pytest.mark.parametrize(
    ("body", "text", "dated", "undated"),
    [
        ("ISO", "14971 Third Edition 2019-12", "ISO 14971:2019", "ISO 14971"),
        ("ISO", "ISO 14971 Third Edition 2019-12", "ISO 14971:2019", "ISO 14971"),
        ("IEC", "62304 Edition 1.1 2015-06 CONSOLIDATED VERSION", "IEC 62304:2006+AMD1:2015 CSV", "IEC 62304"),
        ("IEC", "80001-1 Edition 1.0 2010-10", "IEC 80001-1:2010", "IEC 80001-1"),
        ("IEC", "99999 Edition 1.1 2015-06 CONSOLIDATED VERSION", "", "IEC 99999"),
        ("ISO", "10993-7 Second Edition 2008-10-15 [Including CORRIGENDUM 1 (2009)]", "ISO 10993-7:2008", "ISO 10993-7"),
        ("ISO", "10993-7 Second Edition 2008-10-15 including amendment 1", "", "ISO 10993-7"),
        ("ANSI AAMI", "SW96:2023", "ANSI AAMI SW96:2023", "ANSI AAMI SW96"),
        ("ANSI AAMI IEC", "ANSI AAMI IEC 62304:2006/A1:2016", "ANSI AAMI IEC 62304:2006/A1:2016", "ANSI AAMI IEC 62304"),
        ("IEEE", "IEEE 11073-40101-2020", "IEEE 11073-40101-2020", "IEEE 11073-40101"),
        ("ASTM", "F2503-20", "ASTM F2503-20", "ASTM F2503"),
        ("ASTM", "ASTM F2503-20 (Reapproved)", "", ""),
        ("AAMI", "TIR57:2016/(R)2023", "AAMI TIR57:2016", "AAMI TIR57"),
        ("NEMA", "PS 3.1 - 3.20 2023e", "", ""),
        ("Example Society", "Handbook of examples", "", ""),
    ],
)
def test_a_designation_tells_the_dated_reference_where_it_can(body: str, text: str, dated: str, undated: str) -> None:
    found = designations.read(body, text)
    assert (found.dated, found.undated) == (dated, undated)


def test_a_recognition_of_the_curated_tables_is_met_again_with_the_same_edition() -> None:
    quads, findings = read(SAMPLES / "input.html")
    iri = entity("recognition", "fda-13-79")
    assert objects(quads, iri, SGO.recognises) == {entity("edition", "iec-62304-2006-plus-amd1-2015")}
    assert objects(quads, iri, SGO.validFrom) == {Literal("2019-01-14", datatype=XSD.date)}
    assert {one.rule for one in findings if one.severity is Severity.WARNING} == {
        "fda-recognised-standards-designation",
        "fda-recognised-standards-date",
    }


def test_a_designation_that_does_not_parse_stays_as_the_name_of_the_edition() -> None:
    quads, _ = read(SAMPLES / "input.html")
    (edition,) = objects(quads, entity("recognition", "fda-5-999"), SGO.recognises)
    assert objects(quads, edition, SGO.officialIdentifier) == {Literal("Example Society Handbook of examples")}  # type: ignore[arg-type]


def test_a_partial_recognition_is_one_in_part() -> None:
    quads, _ = read(SAMPLES / "input-table.csv")
    assert objects(quads, entity("recognition", "fda-13-117"), SGO.hasRecognitionExtent) == {concept("extent", "partial")}
    assert objects(quads, entity("recognition", "fda-13-104"), SGO.hasRecognitionExtent) == {concept("extent", "complete")}


def test_a_spreadsheet_says_the_same_as_the_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    with (SAMPLES / "input-table.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.worksheets[0].append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert FdaRecognisedStandards().accepts(path, packing.beginning(path))
    files = {q.subject for q in (*read(path)[0], *read(SAMPLES / "input-table.csv")[0]) if q.predicate == SGO.contentDigest}
    same = [{q for q in read(one)[0] if q.subject not in {*files, GRAPH}} for one in (path, SAMPLES / "input-table.csv")]
    assert same[0] == same[1]


def test_the_law_behind_is_that_of_the_curated_tables() -> None:
    tables = Tables(resources.data() / "curated")
    (row,) = (one for one in tables["regulations"] if one.key == "us-fdc-act")
    assert names.law(row) == ACT


@pytest.mark.parametrize("wrong", ["13-79", "1379", ""])
def test_a_row_without_a_number_of_its_own_is_left_out(tmp_path: Path, wrong: str) -> None:
    lines = (SAMPLES / "input-table.csv").read_text("utf-8").replace("13-104", "13-79").splitlines()
    path = tmp_path / "list.csv"
    path.write_text("\n".join([*lines, lines[1].replace("13-79", wrong)]), "utf-8")
    _, findings = read(path)
    assert [(one.rule, one.line) for one in findings if one.severity is Severity.VIOLATION] == [
        ("fda-recognised-standards-row", 4)
    ]


def test_a_page_without_the_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<title>Recognized Consensus Standards</title><table><tr><td>nothing</td></tr></table>")
    assert FdaRecognisedStandards().accepts(path, packing.beginning(path))
    with pytest.raises(UnreadableFile, match="lists no recognition"):
        read(path)
    assert identifiers.fda_recognition("13-79") == "fda-13-79"
