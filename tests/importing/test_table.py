"""Tables of a curator's own: read as their description says, and every cell that cannot be used is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.curator import Curator
from standards_graph.errors import NotFound, UnreadableFile, ValidationFailed
from standards_graph.importing.base import recognised
from standards_graph.importing.own.tables import OwnTables
from standards_graph.importing.own.templates import Gap, Template
from standards_graph.model.findings import Finding, Severity
from standards_graph.registry import Registry
from standards_graph.vocab import DCTERMS, RDFS, SGO, XSD
from tests.conftest import ROOT

GRAPH = vocab.graph("table/mine")
EX = "https://example.org/"
NAME = {"name": "name", "titles": "Name", "propertyUrl": "rdfs:label"}
CODE = {"name": "code", "titles": "Code", "required": True}
EXAMPLE = ROOT / "docs" / "sources" / "example"


def described(*columns: dict[str, Any], url: str = "mine.csv", **more: Any) -> dict[str, Any]:
    schema = {"aboutUrl": EX + "{code}", "columns": list(columns)} | more.pop("schema", {})
    return {"@context": "http://www.w3.org/ns/csvw", "url": url, "tableSchema": schema} | more


def placed(folder: Path, text: str | bytes, told: object, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / f"{name}-metadata.json").write_text(told if isinstance(told, str) else json.dumps(told))
    return path


def read(path: Path) -> tuple[set[tuple[str, str, str]], list[Finding]]:
    told = list(OwnTables().read(path, GRAPH))
    quads = [one for one in told if isinstance(one, Quad) and one.predicate != SGO.hasSourceRecord]
    said = {(q.subject.value, q.predicate.value, str(q.object)) for q in quads if not vocab.is_source_record(q.subject)}
    return said, [one for one in told if isinstance(one, Finding) and one.rule != "table-licence-missing"]


def rules(findings: list[Finding]) -> list[tuple[str, int | None, str, str]]:
    return [(one.rule, one.line, one.column, one.value) for one in findings]


# --- what is said ---


def test_a_spreadsheet_says_the_same_as_the_list(tmp_path: Path) -> None:
    told = described(CODE, NAME, {"name": "d", "titles": "D", "propertyUrl": EX + "d", "datatype": "date"})
    said, findings = read(placed(tmp_path, "Code,Name,D\na,Lens,2026-01-31\n", told))
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Code", "Name", "D"])
    book.worksheets[0].append(["a", "Lens", "2026-01-31 00:00:00"])
    book.save(tmp_path / "mine.xlsx")
    (tmp_path / "mine.xlsx-metadata.json").write_text(json.dumps(told | {"url": "mine.xlsx"}))
    assert read(tmp_path / "mine.xlsx") == (said, findings)
    assert (EX + "a", RDFS.label.value, '"Lens"') in said
    assert recognised(tmp_path / "mine.xlsx") == recognised(tmp_path / "mine.csv") == "table"


def test_a_column_may_be_about_another_thing_and_what_is_empty_says_nothing(tmp_path: Path) -> None:
    maker = {"name": "maker", "titles": "Maker", "propertyUrl": EX + "maker", "valueUrl": EX + "org/{maker}"}
    called = {"name": "v", "virtual": True, "aboutUrl": EX + "org/{maker}", "propertyUrl": "rdf:type", "valueUrl": EX + "Org"}
    said, findings = read(placed(tmp_path, "Code,Name,Maker\na,Lens,acme\nb,,\n", described(CODE, NAME, maker, called)))
    assert (EX + "org/acme", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{EX}Org>") in said
    assert not [one for one in said if one[0] == EX + "b"]
    assert not findings


def test_a_row_whose_own_address_has_a_gap_is_left_out_and_named(tmp_path: Path) -> None:
    said, findings = read(placed(tmp_path, "Code,Name\n,Lens\n", described(CODE | {"required": False}, NAME)))
    assert not said
    assert rules(findings) == [("table-address-gap", 2, "Name", "")]


@pytest.mark.parametrize(
    ("datatype", "text", "value"),
    [
        ("date", "2026-01-31", "2026-01-31"),
        ({"base": "date", "format": "M/d/yyyy"}, "1/31/2026", "2026-01-31"),
        ({"base": "date", "format": "dd.MM.yyyy"}, "31.01.2026", "2026-01-31"),
        ({"base": "date", "format": "yyyyMMdd"}, "20260131", "2026-01-31"),
        ({"base": "boolean", "format": "Y|N"}, "N", "false"),
        ({"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}, "1.234,5", "1234.5"),
        ("integer", " 12 ", "12"),
        ("gYear", "2026", "2026"),
        ("anyURI", "https://example.org/", "https://example.org/"),
        ("datetime", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ({"base": "string", "maxLength": 3}, "abc", "abc"),
    ],
)
def test_a_text_becomes_a_value_of_its_datatype(tmp_path: Path, datatype: object, text: str, value: str) -> None:
    column = {"name": "x", "titles": "X", "propertyUrl": EX + "x", "datatype": datatype}
    said, findings = read(placed(tmp_path, f'Code,X\na,"{text}"\n', described(CODE, column)))
    [found] = [one[2] for one in said if one[1] == EX + "x"]
    assert found.startswith(f'"{value}"')
    assert not findings


@pytest.mark.parametrize(
    ("datatype", "text", "reason"),
    [
        ("date", "31.01.2026", "this is no date; write it as 2026-01-31"),
        ("date", "2026-02-30", "this is no date"),
        ({"base": "date", "format": "M/d/yyyy"}, "31/1/2026", "of the form M/d/yyyy"),
        ({"base": "boolean", "format": "Y|N"}, "yes", "write Y or N"),
        ("integer", "12.0", "this is no integer"),
        ({"base": "string", "maxLength": 2}, "abc", "maxLength 2"),
    ],
)
def test_a_cell_that_is_no_such_value_is_named_and_its_row_left_out(
    tmp_path: Path, datatype: object, text: str, reason: str
) -> None:
    column = {"name": "x", "titles": "The X", "propertyUrl": EX + "x", "datatype": datatype}
    said, findings = read(placed(tmp_path, f"Code,Name,The X\na,Lens,{text}\nb,Frame,\n", described(CODE, NAME, column)))
    assert {one[0] for one in said} == {EX + "b"}
    [told] = findings
    assert (told.rule, told.line, told.column, told.value) == ("table-value-wrong", 2, "The X", text)
    assert told.severity is Severity.VIOLATION
    assert reason in told.message
    assert "Correct the cell" in told.remedy


def test_rows_without_what_is_required_or_with_a_key_for_the_second_time_are_named(tmp_path: Path) -> None:
    told = described(CODE, NAME, schema={"primaryKey": "code"})
    said, findings = read(placed(tmp_path, "Code,Name,More\na,Lens,x\n,Frame,x\na,Case,x\n", told))
    assert {one[2] for one in said} == {'"Lens"'}
    assert rules(findings) == [
        ("table-column-unknown", None, "More", ""),
        ("table-value-missing", 3, "Code", ""),
        ("table-key-repeated", 4, "code", "a"),
    ]


def test_an_address_of_the_registry_has_to_be_one_that_it_could_have(tmp_path: Path) -> None:
    told = described(CODE, NAME, schema={"aboutUrl": "https://w3id.org/standards-graph/id/org/{code}"})
    said, findings = read(placed(tmp_path, "Code,Name\nacme,Acme\nAcme Inc,Acme\n", told))
    assert {one[0] for one in said} == {vocab.entity("org", "acme").value}
    assert "small letters, digits and single hyphens" in findings[0].message


def test_a_table_does_not_rule_on_the_words_of_the_registry(tmp_path: Path) -> None:
    told = described(CODE, NAME, schema={"aboutUrl": "https://w3id.org/standards-graph/ontology#{code}"})
    said, findings = read(placed(tmp_path, "Code,Name\nDevice,Gadget\n", told))
    assert not said
    assert [(one.rule, one.severity) for one in findings] == [("own-reserved", Severity.VIOLATION)]


def test_templates_are_filled_and_escaped() -> None:
    assert Template.of(EX + "{a}/{+b}").filled({"a": "x/y z", "b": "x/y"}) == NamedNode(EX + "x%2Fy%20z/x/y")
    assert Template.of("dcterms:{a}").filled({"a": "title"}) == DCTERMS.title
    with pytest.raises(Gap, match="the column a is empty"):
        Template.of("{a}").filled({"a": ""})
    for wrong in ("{a", "a}", "{a,b}", "{?a}", "{}", "{a b}"):
        with pytest.raises(ValueError, match="no template"):
            Template.of(wrong)
    with pytest.raises(ValueError, match="no full address"):
        Template.of("{a}").filled({"a": "x"})


# --- descriptions that cannot be used ---


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("[]", "no object"),
        ("{", "not JSON"),
        ({"@context": "https://example.org/c"}, '"@context" has to be "http://www.w3.org/ns/csvw"'),
        (described(NAME, url="other.csv"), "the table beside this description is called 'mine.csv'"),
        (described(CODE) | {"tableSchema": "https://example.org/schema.json"}, "nothing is fetched"),
        (described(), "no list of columns"),
        (described({"name": "x", "propertyUrl": EX + "x", "datatype": "money"}), "column x: the datatype 'money' is not known"),
        (described({"name": "x", "datatype": {"base": "date", "format": "EEE"}}), "format 'EEE' is not read"),
        (described({"name": "x", "datatype": {"base": "string", "format": "(a+)+"}}), "is not read for string"),
        (described({"name": "x", "propertyUrl": EX + "{x}"}), "has to be one address"),
        (described({"name": "x", "propertyUrl": EX + "x"}), "templates name code, and no column is called so"),
        (described(NAME, schema={"aboutUrl": None}), "aboutUrl is missing"),
        (described(CODE, CODE), "two columns have one name"),
        (described(CODE, NAME, dialect={"header": False}), "one row with the titles"),
        (described(CODE, NAME, dialect={"encoding": "rot13"}), "encoding 'rot13' is not read"),
        (described(CODE, NAME, dialect={"delimiter": "ab"}), "delimiter is one character"),
        ({"@context": "http://www.w3.org/ns/csvw", "tables": []}, "has to be of one table"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_description_that_cannot_be_used_is_refused_in_words(tmp_path: Path, told: object, reason: str) -> None:
    path = placed(tmp_path, "Code,Name\na,b\n", told)
    with pytest.raises(UnreadableFile, match=r"mine\.csv-metadata\.json") as caught:
        read(path)
    assert reason in caught.value.reason


def test_a_table_that_is_not_as_described_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"line 1: no column is titled Name; there are Code, Title"):
        read(placed(tmp_path, "Code,Title\na,b\n", described(CODE, NAME)))
    with pytest.raises(UnreadableFile, match="the row has 3 values and not 2"):
        read(placed(tmp_path, "Code,Name\na,b,c\n", described(CODE, NAME)))
    (tmp_path / "mine.csv-metadata.json").unlink()
    with pytest.raises(UnreadableFile, match=r"write one called mine\.csv-metadata\.json"):
        read(tmp_path / "mine.csv")


def test_what_a_description_says_beyond_what_is_read_is_told(tmp_path: Path) -> None:
    told = described(CODE, NAME, schema={"foreignKeys": [], "rowTitles": "name"}, dialect={"trim": True}, notes=[])
    _, findings = read(placed(tmp_path, "Code,Name\na,b\n", told))
    assert {one.column for one in findings if one.rule == "table-description-unused"} == {"foreignKeys", "rowTitles", "trim"}


# --- the example of the documentation ---


@pytest.fixture
def example(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "example")
    return tmp_path / "example" / "recognitions.csv"


def test_the_example_is_imported_shown_and_reverted(small_world: Registry, example: Path) -> None:
    curator = Curator(small_world)
    brought = curator.bring("table", [example])
    assert [file.name for file in brought.files] == ["recognitions.csv", "recognitions.csv-metadata.json"]
    assert brought.report.conforms
    done = curator.publish(brought, agent="test")
    assert done.revision
    shown = small_world.entities.about(vocab.entity("recognition", "zz-mandatory-national-standard-iso-14971-2019"))
    assert shown.name.text == "ISO 14971:2019 in Example Country (invented)"
    assert [source.address for source in shown.sources] == ["https://example.org/recognitions"]
    assert curator.revert(done.revision.name, agent="test")
    with pytest.raises(NotFound):
        small_world.entities.about(shown.name.iri)


def test_a_mistake_in_the_example_is_named_with_its_row(small_world: Registry, example: Path) -> None:
    example.write_text(example.read_text().replace("01.02.2026", "2026-02-01", 1))
    with pytest.raises(ValidationFailed) as caught:
        Curator(small_world).import_files("table", [example], agent="test")
    [told] = [one for one in caught.value.findings if one.rule == "table-value-wrong"]
    assert (told.line, told.column, told.value) == (2, "Recognised on", "2026-02-01")


def test_a_literal_of_the_example_has_its_datatype(example: Path) -> None:
    told = [one for one in OwnTables().read(example, GRAPH) if isinstance(one, Quad)]
    days = {quad.object for quad in told if quad.predicate == SGO.validFrom}
    assert days == {Literal("2026-02-01", datatype=XSD.date)}


def test_what_holds_for_every_row_is_said_once_also_where_the_first_row_is_left_out(tmp_path: Path) -> None:
    about = {"name": "v", "virtual": True, "aboutUrl": EX + "org", "propertyUrl": "rdfs:label", "default": "Acme"}
    path = placed(tmp_path, "Code,Name\n,Lens\na,Lens\nb,Frame\n", described(CODE, NAME, about))
    told = [one for one in OwnTables().read(path, GRAPH) if isinstance(one, Quad) and one.predicate == RDFS.label]
    assert [one.object for one in told if one.subject == NamedNode(EX + "org")] == [Literal("Acme")]
    assert len(told) == 3
