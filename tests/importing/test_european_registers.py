"""The quirks of EUDAMED and swissdamed, and the files themselves; the numbers in the small inputs belong to nobody."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import Importer, Row
from standards_graph.importing.devices import identifying
from standards_graph.importing.devices.eudamed_devices import COLUMNS, EudamedDevices
from standards_graph.importing.devices.eudamed_manufacturers import COLUMNS as FIRMS
from standards_graph.importing.devices.eudamed_manufacturers import EudamedManufacturers
from standards_graph.importing.devices.swissdamed import SwissdamedMandates
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, RDFS, SGO, SKOS

HERE = Path(__file__).parent
GRAPH = vocab.graph("source/any")
FIRST, SECOND = identifying.operator("FR-MF-000000001"), identifying.operator("GB-MF-000000002")
FINDER = identifying.version("GS1", "00000000000017")


def told(importer: Importer, path: Path) -> tuple[list[Quad], list[Finding]]:
    found = list(importer.read(path, GRAPH))
    return [one for one in found if isinstance(one, Quad)], [one for one in found if isinstance(one, Finding)]


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def sheet(tmp_path: Path, header: tuple[str, ...], *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.worksheets[0].append(row)
    book.save(tmp_path / "table.xlsx")
    return tmp_path / "table.xlsx"


def warned(findings: list[Finding]) -> list[str]:
    return [one.rule for one in findings if one.severity is Severity.WARNING]


def test_names_of_a_firm_are_read_with_their_languages_and_earlier_ones_stay() -> None:
    quads, _ = told(EudamedManufacturers(), HERE / "eudamed-manufacturers" / "input.xlsx")
    assert objects(quads, FIRST, RDFS.label) == {
        Literal("Example Imaging", language="en"),
        Literal("Imagerie Exemple", language="fr"),
    }
    assert objects(quads, FIRST, SKOS.altLabel) == {Literal("Example Imaging Holding", language="en")}


def test_a_number_with_a_line_break_and_a_state_is_the_number_and_the_state() -> None:
    quads, _ = told(EudamedManufacturers(), HERE / "eudamed-manufacturers" / "input.xlsx")
    assert objects(quads, SECOND, SGO.officialIdentifier) == {Literal("GB-MF-000000002")}
    assert objects(quads, SECOND, SGO.statusAsRead) == {Literal("Inactive")}


def test_two_firms_of_one_name_stay_two() -> None:
    quads, _ = told(EudamedManufacturers(), HERE / "eudamed-manufacturers" / "input.xlsx")
    assert {q.subject for q in quads if q.object == SGO.Manufacturer} == {FIRST, SECOND}


@pytest.mark.parametrize(("code", "place"), [("GB", "gb-gbn"), ("UK", "gb-gbn"), ("XI", "gb-nir"), ("EL", "gr"), ("FR", "fr")])
def test_codes_of_places_that_are_not_of_the_standard_are_understood(code: str, place: str) -> None:
    assert identifying.place(code) == vocab.entity("jurisdiction", place)


def test_a_place_that_the_registry_does_not_have_is_not_said_and_told(tmp_path: Path) -> None:
    row = ("AD-MF-000000009", "1 (Current)", "Manufacturer", "Example [ES]", "", "", "Andorra")
    quads, findings = told(EudamedManufacturers(), sheet(tmp_path, FIRMS, row))
    assert not objects(quads, identifying.operator("AD-MF-000000009"), SGO.basedIn)
    assert "AD." in next(one.message for one in findings if one.rule == "eudamed-place")


def test_two_current_rows_with_two_names_are_told_and_both_names_kept(tmp_path: Path) -> None:
    rows = [("FR-MF-000000001", "1 (Current)", "Manufacturer", f"Name {letter} [EN]", "", "", "France") for letter in "AB"]
    quads, findings = told(EudamedManufacturers(), sheet(tmp_path, FIRMS, *rows, ("number", "", "", "", "", "", "")))
    assert warned(findings) == ["eudamed-two-current", "eudamed-number"]
    assert objects(quads, FIRST, SKOS.altLabel) == {Literal("Name B", language="en")}


def test_a_row_that_says_the_same_again_is_counted_and_one_that_says_other_things_is_told(tmp_path: Path) -> None:
    _, findings = told(EudamedDevices(), HERE / "eudamed-devices" / "input.xlsx")
    assert [one.message for one in findings if "same facts" in one.message] == [
        "The identifier stands in the file already, with the same facts (1 rows)."
    ]
    row = ("1", "00000000000017", "refdata.issuing-agency.gs1", "on-the-market", "A", "FR")
    _, findings = told(EudamedDevices(), sheet(tmp_path, COLUMNS, row, (*row[:4], "B", "FR"), ("2", "", "", "", "", "")))
    assert warned(findings) == ["eudamed-repeated", "eudamed-number"]


def test_a_device_on_the_market_of_a_member_state_is_reported_for_the_union_and_another_is_not() -> None:
    quads, _ = told(EudamedDevices(), HERE / "eudamed-devices" / "input.xlsx")
    reported = {q.subject: q.object for q in quads if q.predicate == SGO.reportedDevice}
    assert set(reported.values()) == {FINDER}
    assert objects(quads, next(iter(reported)), SGO.reportedJurisdiction) == {vocab.entity("jurisdiction", "eu")}


def test_a_message_tells_the_family_the_maker_the_packages_and_since_when_a_device_is_marketed() -> None:
    quads, _ = told(EudamedDevices(), HERE / "eudamed-devices" / "input-message.xml")
    family = vocab.entity("device", "fr-mf-000000001/gs1-0000000bone7a")
    assert objects(quads, FINDER, SGO.isVersionOf) == {family}
    assert objects(quads, family, SGO.deviceClassText) == {Literal("CLASS_IIA")}
    assert objects(quads, FINDER, SGO.manufacturedBy) == {FIRST}
    assert objects(quads, FINDER, SGO.classifiedAs) == {vocab.concept("emdn", "v92")}
    assert objects(quads, FINDER, SGO.deviceIdentifier) == {Literal("00000000000017"), Literal("10000000000014")}
    assert [q.object.value for q in quads if q.predicate == SGO.printedMarketedFrom] == ["2023-01-05"]


def test_a_spreadsheet_without_a_list_of_texts_is_recognised_by_its_first_sheet(tmp_path: Path) -> None:
    path = sheet(tmp_path, FIRMS)
    assert ">Actor ID/SRN<" in packing.beginning(path)
    assert EudamedManufacturers().accepts(path, packing.beginning(path))


def test_one_identifier_is_one_device_in_the_registers_of_the_union_and_of_the_united_states() -> None:
    assert identifying.version("GS1", "00000000000017") == identifying.version("gs1", "00000000000017")


def test_a_mandate_links_the_number_of_the_maker_to_that_of_the_representative() -> None:
    quads, _ = told(SwissdamedMandates(), HERE / "swissdamed-mandates" / "input.csv")
    acting = identifying.operator("CHRN-AR-20000001")
    assert objects(quads, FIRST, SGO.authorisedRepresentative) == {acting}
    assert objects(quads, acting, SGO.officialIdentifier) == {Literal("CHRN-AR-20000001"), Literal("CHE000000001")}
    packs = identifying.operator("DE-PR-000000003")
    assert objects(quads, packs, RDF.type) == {SGO.Actor}


def test_a_number_that_is_none_is_told_and_its_mandate_left_out(tmp_path: Path) -> None:
    path = tmp_path / "mandates.csv"
    text = (HERE / "swissdamed-mandates" / "input.csv").read_text("utf-8-sig")
    path.write_text(text.replace("FR-MF-000000001", "FR-MF-00000001").replace("CHE000000001", ""), "utf-8")
    quads, findings = told(SwissdamedMandates(), path)
    assert warned(findings) == ["swissdamed-number", "swissdamed-uid"]
    assert len([q for q in quads if q.predicate == SGO.authorisedRepresentative]) == 1


@pytest.mark.parametrize("importer", [EudamedManufacturers(), EudamedDevices(), SwissdamedMandates()], ids=lambda one: one.name)
def test_a_table_of_others_is_refused(tmp_path: Path, importer: Importer) -> None:
    path = sheet(tmp_path, ("a", "b"), ("1", "2"))
    if isinstance(importer, SwissdamedMandates):
        path = tmp_path / "table.csv"
        path.write_text("a,b\n1,2\n")
    assert not importer.accepts(path, packing.beginning(path))
    with pytest.raises(UnreadableFile, match="columns"):
        told(importer, path)


REAL: list[tuple[Importer, str, int, int, NamedNode, dict[str, int]]] = [
    (EudamedManufacturers(), "eudamed/Eudamed_Manufacturers_2025-02.xlsx", 43_669, 26_583, SGO.Manufacturer, {}),
    (EudamedDevices(), "eudamed/eudamed_BE-MF-000000691_+22srns_details.xlsx", 1_607, 1_307, SGO.DeviceVersion, {}),
    (EudamedDevices(), "eudamed/APP-DTX-000035776.xml", 8, 8, SGO.DeviceVersion, {}),
    (
        SwissdamedMandates(),
        "swissdamed/srn_unique.csv",
        4_203,
        4_033,
        SGO.Manufacturer,
        {"swissdamed-number": 38, "swissdamed-uid": 5},
    ),
]


@pytest.mark.parametrize(("importer", "name", "rows", "things", "kind", "wrong"), REAL, ids=[one[1] for one in REAL])
def test_the_files_are_read_in_full(
    shared: Path, importer: Importer, name: str, rows: int, things: int, kind: NamedNode, wrong: dict[str, int]
) -> None:
    path = shared / "data" / name
    assert importer.accepts(path, packing.beginning(path))
    counted, found = Counter[str](), Counter[str]()
    for one in importer.read(path, GRAPH):
        counted["rows"] += isinstance(one, Row)
        counted["things"] += isinstance(one, Quad) and one.predicate == RDF.type and one.object == kind
        if isinstance(one, Finding) and one.severity is Severity.WARNING:
            found[one.rule] += 1
    assert (counted["rows"], counted["things"]) == (rows, things)
    assert found == wrong


CASES = [
    ("SE-MF-000001908", "CHRN-AR-20000310"),
    ("US-MF-000007139", "CHRN-AR-20000475"),
    ("US-MF-000019977", "CHRN-AR-20010235"),
    ("FR-MF-000004436", "CHRN-AR-20000830"),
    ("US-MF-000020729", "CHRN-AR-20001035"),
    ("CA-MF-000025514", "CHRN-AR-20001690"),
]


def test_firms_of_two_registers_meet_by_their_number_alone(shared: Path) -> None:
    firms, _ = told(EudamedManufacturers(), shared / "data" / "eudamed" / "Eudamed_Manufacturers_2025-02.xlsx")
    mandates, _ = told(SwissdamedMandates(), shared / "data" / "swissdamed" / "srn_unique.csv")
    known = {q.subject for q in firms if q.object == SGO.Manufacturer}
    acting = {(q.subject, q.object) for q in mandates if q.predicate == SGO.authorisedRepresentative}
    for number, representative in CASES:
        assert identifying.operator(number) in known
        assert (identifying.operator(number), identifying.operator(representative)) in acting
    near = {identifying.operator(number) for number in ("GB-MF-000025188", "GB-MF-000011958")}
    assert near <= known
    assert known == {identifying.operator(q.object.value) for q in firms if q.predicate == SGO.officialIdentifier}
