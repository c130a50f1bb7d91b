"""The quirks of GUDID, and the files themselves."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import Row
from standards_graph.importing.devices import identifying
from standards_graph.importing.devices.gudid import Gudid
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

HERE = Path(__file__).parent / "gudid"
GRAPH = vocab.graph("source/gudid")
FINDER = vocab.entity("device-version", "gs1-00000000000017")


def release(tmp_path: Path, *devices: str, name: str = "release.xml") -> Path:
    path = tmp_path / name
    path.write_text(f'<devices xmlns="http://www.fda.gov/cdrh/gudid">{"".join(devices)}</devices>', "utf-8")
    return path


def device(number: str = "00000000000017", *, agency: str = "GS1", inside: str = "", more: str = "") -> str:
    listed = f"<deviceId>{number}</deviceId><deviceIdType>Primary</deviceIdType>"
    return (
        f"<device><identifiers><identifier>{listed}<deviceIdIssuingAgency>{agency}</deviceIdIssuingAgency>"
        f"<containsDINumber>{inside}</containsDINumber></identifier></identifiers>{more}</device>"
    )


def told(path: Path, importer: Gudid | None = None) -> tuple[list[Quad], list[Finding]]:
    found = list((importer or Gudid()).read(path, GRAPH))
    return [one for one in found if isinstance(one, Quad)], [one for one in found if isinstance(one, Finding)]


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def warned(findings: list[Finding]) -> list[str]:
    return [one.rule for one in findings if one.severity is Severity.WARNING]


def test_every_identifier_of_a_record_is_kept_and_the_issuing_agency_with_the_primary_one() -> None:
    quads, _ = told(HERE / "input.xml")
    assert objects(quads, FINDER, SGO.deviceIdentifier) == {Literal("00000000000017"), Literal("10000000000014")}
    assert objects(quads, FINDER, SGO.identifierScheme) == {Literal("UDI-DI (GS1)")}


def test_submission_numbers_become_decisions_that_authorise_and_zeros_are_no_supplement() -> None:
    quads, _ = told(HERE / "input.xml")
    decisions = {q.subject for q in quads if q.predicate == SGO.authorises and q.object == FINDER}
    assert decisions == {vocab.entity("authorisation", "us-k000001"), vocab.entity("authorisation", "us-p000002-s008")}


def test_a_firm_keeps_one_name_over_the_parts_of_a_release_and_other_spellings_stay() -> None:
    importer = Gudid()
    first, _ = told(HERE / "input.xml", importer)
    again, _ = told(HERE / "input-lookup.json", importer)
    firm = vocab.entity("org", "example-imaging-inc")
    assert objects(first + again, firm, RDFS.label) == {Literal("Example Imaging, Inc.", language="en")}
    assert objects(first, firm, SKOS.altLabel) == {Literal("EXAMPLE IMAGING INC", language="en")}
    assert objects(first, firm, SGO.officialIdentifier) == {Literal("000000001")}


def test_a_brand_that_says_there_is_none_makes_no_family() -> None:
    quads, _ = told(HERE / "input.xml")
    other = vocab.entity("device-version", "hibcc-x000b1")
    assert not objects(quads, other, SGO.isVersionOf)
    assert objects(quads, other, RDFS.label) == {Literal("B-1", language="en")}


def test_terms_of_others_and_ways_to_reach_people_stay_out_and_are_counted() -> None:
    quads, findings = told(HERE / "input.xml")
    assert not [q for q in quads if "A term" in q.object.value or "nobody" in q.object.value]
    left = {one.column: one.message for one in findings if one.rule == "gudid-left-out"}
    assert left["gmdn"].startswith("Not taken from 1 records: terms of the Global Medical Device Nomenclature")
    assert {"customerContact", "pkgQuantity", "publicVersionNumber", "deviceDescription"} <= set(left)
    assert "deviceCommDistributionEndDate" not in left


def test_descriptions_come_in_where_texts_are_asked_for() -> None:
    quads, findings = told(HERE / "input.xml", Gudid().with_texts())  # type: ignore[arg-type]
    assert objects(quads, FINDER, DCTERMS.description) == {Literal("Finds bones.", language="en")}
    assert "deviceDescription" not in {one.column for one in findings}


def test_an_answer_of_the_service_says_the_same_as_the_release() -> None:
    first, second = told(HERE / "input.xml")[0], told(HERE / "input-lookup.json")[0]
    for predicate in (RDFS.label, SGO.officialIdentifier, SGO.isVersionOf, SGO.classifiedAs, SGO.statusAsRead):
        assert objects(first, FINDER, predicate) == objects(second, FINDER, predicate)


def test_of_a_history_the_newest_version_is_read_and_the_others_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    versions = {
        number: {
            "publicDeviceRecordKey": "x",
            "xml": f"<?xml version='1.0' encoding='UTF-8'?>{device(more=f'<brandName>Name {number}</brandName>')}",
        }
        for number in ("2", "10", "9")
    }
    path.write_text(json.dumps({"history": versions}))
    quads, findings = told(path)
    assert objects(quads, FINDER, RDFS.label) == {Literal("Name 10", language="en")}
    assert [one.message[:29] for one in findings if one.rule == "gudid-history"] == ["Not taken: 2 older versions o"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (device().replace("Primary", "Package"), "gudid-no-primary"),
        (device("***", agency="HIBCC"), "gudid-identifier"),
        (device() + device(), "gudid-repeated"),
        (device(agency="GS2"), "gudid-agency"),
        (device("00000000000018"), "gudid-check-digit"),
        (device(inside="00000000000024"), "gudid-package"),
        (device(more="<fdaProductCode><productCode>12</productCode></fdaProductCode>"), "gudid-product-code"),
        (
            device(more="<premarketSubmission><submissionNumber>K1</submissionNumber></premarketSubmission>"),
            "gudid-submission",
        ),
    ],
)
def test_what_is_doubtful_in_a_record_is_told_with_its_row_and_the_rest_is_read(tmp_path: Path, text: str, rule: str) -> None:
    quads, findings = told(release(tmp_path, text, device("00000000000031")))
    assert warned(findings) == [rule]
    assert objects(quads, vocab.entity("device-version", "gs1-00000000000031"), SGO.hasSourceRecord)


def test_a_number_of_an_older_kind_is_kept_without_a_pathway(tmp_path: Path) -> None:
    more = "<premarketSubmission><submissionNumber>N18033</submissionNumber></premarketSubmission>"
    quads, findings = told(release(tmp_path, device(more=more)))
    decision = vocab.entity("authorisation", "us-n18033")
    assert objects(quads, decision, SGO.authorises) == {FINDER}
    assert not objects(quads, decision, SGO.viaPathway)
    assert not warned(findings)


def test_several_parts_in_an_archive_are_read_as_one_list(tmp_path: Path) -> None:
    path = tmp_path / "parts.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number in ("00000000000017", "00000000000031"):
            packed.write(release(tmp_path, device(number)), f"{number}.xml")
    assert Gudid().accepts(path, packing.beginning(path))
    quads, _ = told(path)
    assert len({q.subject for q in quads if q.object == SGO.DeviceVersion}) == 2


@pytest.mark.parametrize("content", ["", "{}", "[]", "<devices/>", "<devices>", '{"history": {"1": {}}}', "<!DOCTYPE a><a/>"])
def test_what_is_no_release_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=r"x\.xml"):
        told(path)


def test_the_release_of_2025_is_read_in_full(shared: Path) -> None:
    path = shared / "data" / "gudid" / "gudid-2025-05-01-dental-parts190-192.zip"
    kinds: Counter[str] = Counter()
    for one in Gudid().read(path, GRAPH):
        if isinstance(one, Quad) and one.predicate in (RDF.type, SGO.deviceIdentifier):
            kinds[one.object.value if one.predicate == RDF.type else "identifiers"] += 1
        kinds["rows"] += isinstance(one, Row)
        kinds["warnings"] += isinstance(one, Finding) and one.severity is not Severity.INFO
    assert (kinds["rows"], kinds[SGO.DeviceVersion.value], kinds["identifiers"]) == (2422, 2422, 3158)
    assert kinds[SGO.Manufacturer.value] == 42
    assert not kinds["warnings"]


def test_the_early_public_file_is_recognised_and_its_first_thousand_records_are_read(shared: Path) -> None:
    path = shared / "data" / "gudid" / "gudid-2016-50000-devices.xml.zip"
    assert Gudid().accepts(path, packing.beginning(path))
    rows = quads = 0
    for one in Gudid().read(path, GRAPH):
        rows += isinstance(one, Row)
        quads += isinstance(one, Quad)
        if rows > 1000:
            break
    assert quads / rows < 15


def test_every_answer_about_a_device_is_read(shared: Path) -> None:
    folder = shared / "data" / "gudid" / "accessgudid-api-samples"
    for path in folder.glob("json_devices_*.json"):
        assert Gudid().accepts(path, packing.beginning(path))
        assert objects(told(path)[0], GRAPH, SGO.hasSourceRecord)
    other = folder / "json_parse_udi_by_unique_device_identifier_code.json"
    assert not Gudid().accepts(other, packing.beginning(other))


@pytest.mark.parametrize(
    ("brand", "model", "label"),
    [("Bone Finder", "2.1", "Bone Finder 2.1"), ("Finder 2.1", "2.1", "Finder 2.1"), ("N/A", "B-1", "B-1"), ("", "", "17")],
)
def test_every_importer_of_the_identifiers_calls_a_version_alike(brand: str, model: str, label: str) -> None:
    assert identifying.version_label(identifying.brand(brand), model, "17") == label
