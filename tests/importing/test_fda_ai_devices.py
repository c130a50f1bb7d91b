"""The quirks of the FDA's list, form by form, and the four releases themselves."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.curation.replacing import Replacement, replacement
from standards_graph.errors import UnreadableFile
from standards_graph.importing import fda_ai_devices, forms, packing
from standards_graph.importing.fda_ai_devices import FdaAiDevices, entries
from standards_graph.model.findings import Finding, Severity
from standards_graph.store.scratch import Room
from standards_graph.vocab import RDF, RDFS, SGO, SKOS, XSD

GRAPH = vocab.graph("source/fda-ai-devices")
HEADER = ("Date of Final Decision", "Submission Number", "Device", "Company", "Panel (lead)", "Primary Product Code")
ROW = ("05/30/2025", "K250001", "Bone Finder", "Example Imaging", "Radiology", "QIH")


def listed(tmp_path: Path, *rows: tuple[str, ...], name: str = "list.csv") -> Path:
    path = tmp_path / name
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADER, *rows))
    path.write_text(text, "utf-8")
    return path


def read(path: Path) -> set[Quad]:
    return {told for told in FdaAiDevices().read(path, GRAPH) if isinstance(told, Quad)}


def objects(quads: set[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def authorisation(number: str) -> NamedNode:
    return vocab.entity("authorisation", f"us-{number}")


def with_(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name.split()[0].lower(), value) for name, value in zip(HEADER, ROW, strict=True))


@pytest.mark.parametrize(
    ("number", "pathway", "page"),
    [
        ("K250001", "us-510k", "cfPMN/pmn.cfm?ID=K250001"),
        ("DEN240068", "us-de-novo", "cfpmn/denovo.cfm?id=DEN240068"),
        ("P950009", "us-pma", "cfpma/pma.cfm?id=P950009"),
        ("P140011/S008", "us-pma-supplement", "cfpma/pma.cfm?id=P140011/S008"),
    ],
)
def test_the_letters_of_the_number_tell_the_pathway_and_the_page(tmp_path: Path, number: str, pathway: str, page: str) -> None:
    quads = read(listed(tmp_path, with_(submission=number)))
    decision = authorisation(number.lower().replace("/", "-"))
    assert objects(quads, decision, SGO.viaPathway) == {vocab.concept("pathway", pathway)}
    assert {q.object.value for q in quads if q.predicate == SGO.sourceAddress} == {
        fda_ai_devices.SITE + page,
        fda_ai_devices.LIST,
    }


def test_a_number_of_another_kind_has_no_pathway_and_is_kept(tmp_path: Path) -> None:
    quads = read(listed(tmp_path, with_(submission="BK250001")))
    assert objects(quads, authorisation("bk250001"), SGO.officialIdentifier) == {Literal("BK250001")}
    assert not [q for q in quads if q.predicate == SGO.viaPathway]


def test_broken_characters_become_whole(tmp_path: Path) -> None:
    quads = read(listed(tmp_path, with_(device="Elements \x96 \x93SIGNA\x94\x99 Sprint")))
    assert objects(quads, authorisation("k250001"), SGO.printedDeviceName) == {Literal("Elements – “SIGNA”™ Sprint")}
    assert fda_ai_devices.mended("\x81") == "\ufffd"


@pytest.mark.parametrize("printed", ["Clinical Tcxicology", "Clinical Toxcicology", "Clinical Toxicology"])
def test_spellings_of_a_panel_are_one_panel_and_the_print_is_kept(tmp_path: Path, printed: str) -> None:
    quads = read(listed(tmp_path, with_(panel=printed)))
    panel = vocab.concept("us-panel", "clinical-toxicology")
    assert objects(quads, authorisation("k250001"), SGO.panel) == {panel}
    assert objects(quads, panel, SKOS.prefLabel) == {Literal("Clinical Toxicology", language="en")}
    assert objects(quads, authorisation("k250001"), SGO.printedPanelName) == {Literal(printed)}


def test_one_device_with_two_decisions_stays_one_and_its_spellings_are_kept(tmp_path: Path) -> None:
    again = with_(submission="K250002", device="BONE FINDER", company="Example Imaging,")
    quads = read(listed(tmp_path, ROW, again))
    device = vocab.entity("device", "example-imaging/bone-finder")
    assert {q.subject for q in quads if q.predicate == SGO.authorises and q.object == device} == {
        authorisation("k250001"),
        authorisation("k250002"),
    }
    assert objects(quads, device, RDFS.label) == {Literal("Bone Finder", language="en")}
    assert objects(quads, device, SKOS.altLabel) == {Literal("BONE FINDER", language="en")}
    assert objects(quads, authorisation("k250002"), SGO.printedApplicantName) == {Literal("Example Imaging,")}


def test_several_devices_in_a_row_stay_one_name(tmp_path: Path) -> None:
    quads = read(listed(tmp_path, with_(device="Voluson 22, Voluson 20; Voluson 18")))
    assert len({q.subject for q in quads if q.predicate == RDF.type and q.object == SGO.DeviceFamily}) == 1


def test_a_company_is_not_taken_for_an_authority_of_the_same_name(tmp_path: Path) -> None:
    quads = read(listed(tmp_path, with_(company="TGA")))
    assert {q.object for q in quads if q.predicate == SGO.manufacturedBy} == {vocab.entity("org", "tga-company")}


def test_the_release_comes_from_the_name_of_the_file(tmp_path: Path) -> None:
    quads = read(listed(tmp_path, ROW, name="ai-ml-enabled-devices-2025-12.csv"))
    (release,) = (q for q in quads if q.predicate == SGO.printedSourceDate)
    assert release.object == Literal("2025-12", datatype=XSD.gYearMonth)
    assert objects(quads, GRAPH, SGO.hasSourceRecord) == {release.subject}
    assert not [q for q in read(listed(tmp_path, ROW)) if q.predicate == SGO.printedSourceDate]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            with_(date="2025-05-30"),
            r"row 3, column Date of Final Decision, value '2025-05-30': write the date as month/day/year",
        ),
        (with_(date="02/30/2025"), r"column Date of Final Decision, value '02/30/2025'"),
        (with_(submission="250001"), r"column Submission Number, value '250001': this is no submission number such as K252054"),
        (with_(primary="qih"), r"column Primary Product Code, value 'qih': a product code is three capital letters"),
        (with_(company=" "), r"column Company, value ' ': this may not be empty"),
        (ROW, r"column Submission Number.*K250001 stands in row 2 already"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_place_and_a_remedy_and_the_rest_is_read(
    tmp_path: Path, row: tuple[str, ...], told: str
) -> None:
    path = listed(tmp_path, ROW, row)
    (found,) = (one for one in FdaAiDevices().read(path, GRAPH) if isinstance(one, Finding))
    assert (found.rule, found.severity, found.line) == ("fda-ai-devices-row", Severity.VIOLATION, 3)
    assert {q.subject for q in read(path) if q.object == SGO.MarketAuthorisation} == {authorisation("k250001")}
    with pytest.raises(UnreadableFile, match=r"list\.csv, line 3: ") as raised:
        list(entries(path))
    assert raised.match(told)


def test_a_missing_column_is_named_with_the_names_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Date of Final Decision,Submission Number\n05/30/2025,K250001\n")
    with pytest.raises(UnreadableFile, match="the column is called device"):
        read(path)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="lists no device"):
        read(listed(tmp_path))


@pytest.mark.parametrize("content", [b'a,b\n"open', b"\xff\xfe\xff", b"Date of Final Decision\nx,y,z\n"])
def test_what_is_no_csv_is_refused_and_not_raised_as_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"list\.csv"):
        read(path)


def spreadsheet(path: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_a_spreadsheet_gives_its_formulas_and_not_their_results(tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://example.org/K250001", "K250001")'
    path = spreadsheet(tmp_path / "list.xlsx", with_(submission=formula))
    assert [(e.number, e.address) for e in entries(path)] == [("K250001", "https://example.org/K250001")]


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to 5,000,000 bytes"):
        read(path)


def test_a_spreadsheet_of_too_many_parts_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(forms.MOST_MEMBERS + 1):
            packed.writestr(f"{number}.xml", b"")
    with pytest.raises(UnreadableFile, match="1,001 parts"):
        read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"", b"no zip at all"])
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="save it as"):
        read(path)


def test_a_zip_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("hello.txt", b"hello")
    with pytest.raises(UnreadableFile, match=r"save it as \.xlsx again"):
        read(path)


XML = "<data><row><Date_of_final_decision>05/30/2025</Date_of_final_decision><Submission_number>K250001</Submission_number>" \
    "<Device>Bone Finder</Device><Company>Example Imaging</Company><Panel>Radiology</Panel>" \
    "<Primary_product_code>QIH</Primary_product_code></row></data>"  # fmt: skip


def test_xml_says_the_same_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text(XML)
    apart = {q.subject for q in (*read(path), *read(listed(tmp_path, ROW))) if q.predicate == SGO.contentDigest} | {GRAPH}
    assert {q for q in read(path) if q.subject not in apart} == {
        q for q in read(listed(tmp_path, ROW)) if q.subject not in apart
    }


def test_xml_may_be_packed(tmp_path: Path) -> None:
    path = tmp_path / "list.xml.gz"
    path.write_bytes(gzip.compress(XML.encode()))
    assert FdaAiDevices().accepts(path, packing.beginning(path))
    assert [one.number for one in entries(path)] == [one.number for one in entries(listed(tmp_path, ROW))]


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE data>",
        '<!DOCTYPE data [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE data SYSTEM "other.dtd">',
    ],
)
def test_xml_with_a_doctype_is_refused(tmp_path: Path, before: str) -> None:
    path = tmp_path / "list.xml"
    path.write_text(before + XML)
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        read(path)


def test_xml_that_is_broken_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text("<data>\n<row></data>")
    with pytest.raises(UnreadableFile, match=r"line 2: .*not well-formed"):
        read(path)


def test_the_enriched_release_adds_dates_and_the_summary(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    one = {
        "date": "05/30/2025", "device": "Bone Finder", "company": "Example Imaging", "panel": "Radiology", "code": "QIH",
        "submission_id": "K250001", "submission_url": "https://example.org/K250001", "received_date": "2025-01-27",
        "days_to_decision": None, "summary_url": "https://example.org/K250001.pdf",
    }  # fmt: skip
    path.write_text(json.dumps([one, one | {"submission_id": "K250002", "received_date": "", "summary_url": None}]))
    quads = read(path)
    first = authorisation("k250001")
    assert objects(quads, first, SGO.receivedOn) == {Literal("2025-01-27", datatype=XSD.date)}
    assert objects(quads, first, RDFS.seeAlso) == {NamedNode("https://example.org/K250001.pdf")}
    assert not objects(quads, authorisation("k250002"), SGO.receivedOn)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("received_date", "2025-02-30", "write the date as"), ("summary_url", "https://example.org/a b", "this is no address")],
)
def test_a_date_or_an_address_of_the_enriched_release_that_is_none_is_named(
    tmp_path: Path, column: str, value: str, reason: str
) -> None:
    path = tmp_path / "list.json"
    one = {
        "date": "05/30/2025", "device": "Bone Finder", "company": "Example Imaging", "panel": "Radiology", "code": "QIH",
        "submission_id": "K250001", "submission_url": "https://example.org/K250001",
    }  # fmt: skip
    path.write_text(json.dumps([{**one, column: value}]))
    (found,) = (told for told in FdaAiDevices().read(path, GRAPH) if isinstance(told, Finding))
    assert (found.line, found.column, found.value) == (1, column, value)
    assert found.remedy.lower().startswith(reason)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<a", b"<a/>", b'<workbook xmlns="x"><sheets><sheet sheetId="a"/></sheets></workbook>']
)
def test_a_spreadsheet_with_a_damaged_part_is_refused_or_empty(tmp_path: Path, part: str, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, told in (parts | {part: content}).items():
            book.writestr(name, told)
    with suppress(UnreadableFile):
        assert not list(forms.records(path))


@pytest.mark.parametrize("content", ["{}", "[1]", "[", "[" * 100_000, '"x"'])
def test_json_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=r"list\.json"):
        read(path)


RELEASES = [
    ("ai-ml-enabled-devices-2024-03.csv", 882, "2024-03-29"),
    ("ai-ml-enabled-devices-2025-07.xlsx", 1247, "2025-05-30"),
    ("ai-ml-enabled-devices-2025-12.xml", 1357, "2025-09-29"),
    ("ai-ml-enabled-devices-2025-12-enriched.json", 1357, "2025-09-29"),
]


@pytest.mark.parametrize(("name", "count", "last"), RELEASES, ids=[name for name, _, _ in RELEASES])
def test_every_release_is_read_in_full(shared: Path, name: str, count: int, last: str) -> None:
    path = shared / "data" / "fda-ai-device-list" / name
    quads = read(path)
    assert len({q.subject for q in quads if q.predicate == RDF.type and q.object == SGO.MarketAuthorisation}) == count
    assert max(q.object.value for q in quads if q.predicate == SGO.decidedOn) == last
    assert not [q for q in quads if any("\x80" <= letter <= "\x9f" for letter in q.object.value)]


def test_the_address_of_a_plain_number_is_the_one_that_the_fda_links_to(shared: Path) -> None:
    path = shared / "data" / "fda-ai-device-list" / "ai-ml-enabled-devices-2025-12.xml"
    for entry in entries(path):
        assert entry.address == fda_ai_devices._address(entry.number, entry.number.rstrip("0123456789/S") or "")


def test_the_release_comes_from_the_file_beside_if_it_is_about_the_list(tmp_path: Path) -> None:
    path = listed(tmp_path, ROW, name="devices-2024-03.csv")
    (tmp_path / "source.toml").write_text('file = "devices-2024-03.csv"\nrelease = "2025-12"\n')
    assert {q.object.value for q in read(path) if q.predicate == SGO.printedSourceDate} == {"2025-12"}
    (tmp_path / "source.toml").write_text('file = "another.csv"\nrelease = "2025-12"\n')
    assert {q.object.value for q in read(path) if q.predicate == SGO.printedSourceDate} == {"2024-03"}
    (tmp_path / "source.toml").write_text("no toml")
    with pytest.raises(UnreadableFile, match=r"source\.toml"):
        read(path)


def replaced(before: set[Quad], path: Path, day: int) -> tuple[set[Quad], Replacement]:
    change = replacement(before, read(path), graph=GRAPH, day=dt.date(2026, 1, day), room=Room())
    return (before - set(change.changes.removed)) | set(change.changes.added), change


def decisions(change: Replacement) -> set[str]:
    return {one.value.rpartition("/")[2] for one in change.withdrawn if "/authorisation/" in one.value}


def test_release_after_release_changes_what_differs_and_marks_what_the_fda_took_off_its_list(shared: Path) -> None:
    folder = shared / "data" / "fda-ai-device-list"
    first, _ = replaced(set(), folder / RELEASES[0][0], 1)
    second, change = replaced(first, folder / RELEASES[1][0], 2)
    assert decisions(change) == {"us-den220039", "us-k162627", "us-k223407"}
    rows = {q.subject for q in first if q.predicate == SGO.rowKey and q.object.value.startswith("fda-ai-devices#")}
    assert not rows & {q.subject for q in change.changes.removed}
    kept = authorisation("den220039")
    assert objects(second, kept, SGO.withdrawnAtSource) == {Literal("2026-01-02", datatype=XSD.date)}
    assert objects(second, kept, SGO.printedDeviceName) == objects(first, kept, SGO.printedDeviceName) != set()
    third, change = replaced(second, folder / RELEASES[2][0], 3)
    assert decisions(change) == {"us-k243353"}
    assert objects(third, kept, SGO.withdrawnAtSource) == {Literal("2026-01-02", datatype=XSD.date)}
    assert not replaced(third, folder / RELEASES[2][0], 4)[1].changes
    removed = {q.predicate for q in change.changes.removed if "/authorisation/" in q.subject.value}
    assert removed == {SGO.printedPanelName}


def test_an_address_in_other_capitals_is_the_same_page(tmp_path: Path) -> None:
    path = listed(tmp_path, with_(submission="P950009"))
    text = path.read_text().replace('"P950009"', f'"HYPERLINK(""{fda_ai_devices.SITE}cfpma/pma.cfm?ID=P950009"", ""P950009"")"')
    usual = [e.address for e in entries(path)]
    path.write_text(text)
    assert [e.address for e in entries(path)] == usual == [fda_ai_devices.SITE + "cfpma/pma.cfm?id=P950009"]
