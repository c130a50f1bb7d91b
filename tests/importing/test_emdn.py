"""The European nomenclature: its spreadsheet with two rows of headings, blanks and seven levels."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing.codes.emdn import Emdn, above, iri
from standards_graph.vocab import RDF, SGO, SKOS
from tests.importing.codes import Read, read

HEADER = ("CATEGORY ", "CATEGORY DESCRIPTION", "CODE", "TERM", "LEVEL ", "TERMINAL LEVEL YES/NO ")


def of(tmp_path: Path, *rows: tuple[str, str, int, str], header: tuple[str, ...] = HEADER) -> Read:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("EMDN V2",), header, *((code[:1], "CATEGORY", code, *rest) for code, *rest in rows)):
        sheet.append(row)
    path = tmp_path / "emdn.xlsx"
    book.save(path)
    return read(Emdn(), path)


@pytest.mark.parametrize(
    ("code", "over"), [("A", ""), ("A01", "A"), ("A0101", "A01"), ("A010101010101", "A0101010101"), ("", "")]
)
def test_a_code_stands_under_the_one_that_is_shorter_by_a_pair_of_digits(code: str, over: str) -> None:
    assert above(code) == over


def test_blanks_around_and_within_terms_are_cleaned_and_the_code_is_a_device_type(tmp_path: Path) -> None:
    found = of(tmp_path, ("A", "DEVICES ", 1, "NO"), ("A01", "BUTTERFLY NEEDLES, WITH\xa0SAFETY SYSTEMS\n", 2, "YES "))
    assert found.objects(iri("A01"), SKOS.prefLabel) == {Literal("BUTTERFLY NEEDLES, WITH SAFETY SYSTEMS", language="en")}
    assert found.objects(iri("A01"), RDF.type) == {SKOS.Concept, SGO.DeviceType}
    assert found.objects(iri("A01"), SKOS.broader) == {iri("A")}
    assert found.objects(iri("A01"), SKOS.scopeNote) == {Literal("Terminal level: yes", language="en")}
    assert found.objects(iri("A"), SKOS.topConceptOf) == {vocab.concept("emdn")}
    assert not found.findings


@pytest.mark.parametrize(
    ("code", "term", "said"),
    [
        ("A92", "EXAMPLES - MEDICAL DEVICE SOFTWARE", "The code ends with 92, which stands for medical device software."),
        ("A92", "EXAMPLES - MEDICAL DEVICE SOFTWAE", "The code ends with 92, which stands for medical device software."),
        ("A82", "EXAMPLES - SOFTWARE ACCESSORIES", "The code ends with 82, which stands for software accessories."),
        ("A18", "WRITING SOFTWARE", ""),
        ("A82", "INSTRUMENTS", ""),
    ],
)
def test_the_ending_of_a_code_says_software_only_where_its_term_does(tmp_path: Path, code: str, term: str, said: str) -> None:
    found = of(tmp_path, ("A", "DEVICES", 1, "NO"), (code, term, 2, "YES"))
    assert found.objects(iri(code), SKOS.editorialNote) == ({Literal(said, language="en")} if said else set())


def test_what_is_wrong_with_a_row_is_told_with_its_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [("A", "DEVICES", 1, "NO"), ("A01", "NEEDLES", 3, "NO"), ("A01", "NEEDLES", 2, "NO")]
    found = of(tmp_path, *rows, ("B0101", "LOST", 3, "YES"), ("b1", "NO CODE", 2, "YES"), ("A0182", "INSTRUMENTS", 3, "YES"))
    assert [(one.rule, one.line) for one in found.findings] == [
        ("emdn-level", 4),
        ("emdn-repeated", 5),
        ("emdn-above", 6),
        ("emdn-no-code", 7),
        ("emdn-not-software", 8),
    ]
    assert found.rows == 6
    assert found.objects(iri("B0101"), SKOS.topConceptOf) == {vocab.concept("emdn")}


def test_a_spreadsheet_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="missing: TERM"):
        of(tmp_path, ("A", "DEVICES", 1, "NO"), header=("CATEGORY", "DESCRIPTION", "CODE", "NAME", "LEVEL", HEADER[5]))
    with pytest.raises(UnreadableFile, match="no code"):
        of(tmp_path)


def test_the_second_version_itself(shared: Path) -> None:
    found = read(Emdn(), shared / "data" / "emdn" / "emdn_v2.xlsx")
    assert found.rows == 8454
    assert len(found.subjects(RDF.type, SGO.DeviceType)) == 8454
    assert len(found.subjects(SKOS.scopeNote, Literal("Terminal level: yes", language="en"))) == 6722
    assert len(found.subjects(SKOS.topConceptOf, vocab.concept("emdn"))) == 23
    assert len({q.subject for q in found.quads if q.predicate == SKOS.editorialNote}) == 344
    assert [one.value for one in found.findings] == ["INSTRUMENTS FOR RADIOLOGICAL SECTION"]


def test_a_damaged_spreadsheet_is_refused_wherever_the_damage_is(tmp_path: Path) -> None:
    of(tmp_path, ("A", "DEVICES", 1, "NO"))
    whole = (tmp_path / "emdn.xlsx").read_bytes()
    refused = 0
    for place in range(0, len(whole), 97):
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(whole[:place] + bytes((whole[place] ^ 0xFF,)) + whole[place + 1 :])
        try:
            read(Emdn(), path)
        except UnreadableFile:
            refused += 1
    assert refused
