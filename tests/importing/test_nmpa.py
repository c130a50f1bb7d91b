"""Chinese lists and indexes of guidance: their quirks, and the real files with their known errors."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.curation.replacing import replacement
from standards_graph.importing import packing
from standards_graph.importing.base import Row, Told, filled, importer, importers
from standards_graph.model.findings import Finding
from standards_graph.store.scratch import Room
from standards_graph.vocab import DCTERMS, RDFS, SGO, SKOS, XSD

GRAPH = vocab.graph("source/nmpa-standards")


def standard(number: str, **more: object) -> dict[str, object]:
    told = {"dir_name": "通用", "l1": "质量", "l2": "体系", "number": number, "title_zh": "示例 质量", "status_zh": "现行"}
    return {**told, "approval_date": "2022-10-14", "effective_date": "2023-11-01", "status": "active", **more}


def claim(base: str, number: str | None, **more: object) -> dict[str, object]:
    return {"iso_number": base, "gb_number": number, "adoption_type": "idt", "title_zh": "示例 质量", **more}


def written(path: Path, told: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return path


def read(source: str, path: Path) -> list[Told]:
    return list(importer(source).read(path, GRAPH))


def quads(told: list[Told]) -> set[Quad]:
    return {one for one in told if isinstance(one, Quad)}


def rules(told: list[Told]) -> Counter[str]:
    return Counter(one.rule for one in told if isinstance(one, Finding))


def rows(told: list[Told]) -> int:
    return len([one for one in told if isinstance(one, Row)])


def objects(told: list[Told], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads(told) if q.subject == subject and q.predicate == predicate}


def edition(slug: str) -> NamedNode:
    return vocab.entity("edition", slug)


def test_a_standard_to_come_is_published_and_applies_from_its_day(tmp_path: Path) -> None:
    path = written(tmp_path / "list.json", [standard("YY/T 99901-2026", status="upcoming", effective_date="2027-03-01")])
    told = read("nmpa-standards", path)
    iri = edition("yy-t-99901-2026")
    assert objects(told, iri, SGO.hasEditionStatus) == {vocab.concept("edition-status", "published")}
    assert objects(told, iri, SGO.validFrom) == {Literal("2027-03-01", datatype=XSD.date)}
    assert objects(told, iri, SGO.publishedBy) == {vocab.entity("org", "nmpa")}
    assert objects(told, iri, SGO.isEditionOf) == {vocab.entity("standard", "yy-t-99901")}


def test_a_later_list_changes_only_what_differs(tmp_path: Path) -> None:
    first = [standard("GB 99901-2020"), standard("YY 99902-2026", status="upcoming"), standard("YY 99903-2010")]
    second = [standard("GB 99901-2020"), standard("YY 99902-2026"), standard("GB/T 99904-2026")]
    before, after = (
        {q for q in quads(read("nmpa-standards", written(tmp_path / f"{name}.json", told))) if q.subject != GRAPH}
        for name, told in (("a", first), ("b", second))
    )
    change = replacement(before, after, graph=GRAPH, day=dt.date(2026, 11, 1), room=Room()).changes
    gone = {q.subject for q in change.added if q.predicate == SGO.withdrawnAtSource}
    assert gone == {edition("yy-99903-2010"), vocab.entity("standard", "yy-99903")}
    assert {q.predicate for q in change.removed if "/source/" not in str(q.subject)} == {SGO.statusAsRead}
    assert not [q for q in (*change.added, *change.removed) if q.subject == edition("gb-99901-2020")]


def test_words_in_the_place_of_a_day_stay_words(tmp_path: Path) -> None:
    path = written(tmp_path / "list.json", [standard("YY 99902-2021", effective_date="与GB9706.1-2020同步实施")])
    told = read("nmpa-standards", path)
    assert not objects(told, edition("yy-99902-2021"), SGO.validFrom)
    assert objects(told, edition("yy-99902-2021"), SGO.dateNote) == {Literal("与GB9706.1-2020同步实施", language="zh-Hans")}
    assert rules(told) == {"nmpa-standards-no-date": 1}


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"number": "QB 1-2020"}, "number"),
        ({"status": "asleep"}, "status"),
        ({"approval_date": "2022-02-30"}, "date"),
        ({"effective_date": ""}, "no-date"),
    ],
)
def test_a_defective_row_is_told(tmp_path: Path, more: dict[str, object], rule: str) -> None:
    told = read("nmpa-standards", written(tmp_path / "list.json", [{**standard("GB 99901-2020"), **more}]))
    assert rules(told) == {f"nmpa-standards-{rule}": 1}


def test_adoptions_of_the_map_are_claims_in_a_graph_apart(tmp_path: Path) -> None:
    path = written(tmp_path / "map.json", [claim("IEC 62304:2006+A1:2015", "GB/T 99901-2022")])
    assert filled("nmpa-iso-gb-map", [path]) == "unverified/nmpa-iso-gb-map"
    told = read("nmpa-iso-gb-map", path)
    [record] = {q.subject for q in quads(told) if q.predicate == SGO.adoptingEdition}
    assert objects(told, record, SGO.adoptedEdition) == {edition("iec-62304-2006-plus-amd1-2015")}  # type: ignore[arg-type]
    assert objects(told, record, SGO.degreeConfirmed) == {Literal("false", datatype=XSD.boolean)}  # type: ignore[arg-type]
    links = (SGO.isAdoptionOf, SGO.isIdenticalAdoptionOf, SGO.isModifiedAdoptionOf)
    assert not [q for q in quads(told) if q.predicate in links]
    assert rules(told) == {"nmpa-iso-gb-map-unchecked": 1}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (claim("ISO 99901:2019", "GB/T 99901-2022"), []),
        (claim("ISO 99901:2023", "GB/T 99901-2022"), ["older"]),
        (claim("ISO 99901:2019", "GB/T 99901-2021"), ["dangling"]),
        (claim("ISO 99901:2019", "YY/T 99999-2021"), ["dangling"]),
        (claim("ISO 99901:2019", "GB/T 99901-2022", title_zh="医疗器械临床试验"), ["title"]),
        (claim("ISO 99901:2019", "GB/T 99901.9-2022", title_zh="医疗器械临床试验"), ["dangling", "title"]),
        (claim("ISO 99901:2019", None, adoption_type="domestic"), ["no-counterpart"]),
        (claim("ISO 99901", "GB/T 99901-2022"), ["row"]),
    ],
)
def test_what_speaks_against_a_claim_is_told(tmp_path: Path, row: dict[str, object], found: list[str]) -> None:
    written(tmp_path / "master-2026-05-10/standards.json", [standard("GB/T 99901-2022")])
    told = read("nmpa-iso-gb-map", written(tmp_path / "map.json", [row]))
    assert list(rules(told)) == [f"nmpa-iso-gb-map-{name}" for name in found]


def test_a_code_with_two_names_keeps_both(tmp_path: Path) -> None:
    items = [{"code": "91-01-01", "name": name, "l1_code": "91", "l2_code": "91-01"} for name in ("设备", "仪器")]
    told_file = {"l1_categories": [{"code": "91", "name": "器械"}], "l2_count": 1, "l3_count": 3, "items": items}
    told = read("nmpa-classification", written(tmp_path / "catalogue.json", told_file))
    iri = vocab.concept("cn-device-catalogue", "91-01-01")
    assert objects(told, iri, SKOS.prefLabel) == {Literal("设备", language="zh-Hans")}
    assert objects(told, iri, SKOS.altLabel) == {Literal("仪器", language="zh-Hans")}
    assert objects(told, iri, SKOS.broader) == {vocab.concept("cn-device-catalogue", "91-01")}
    assert rules(told) == {"nmpa-classification-two-names": 1, "nmpa-classification-count": 1}


def indexed(tmp_path: Path, category: str, *entries: dict[str, object]) -> Path:
    told = {"category": category, "description": "", "count": len(entries), "entries": list(entries)}
    return written(tmp_path / "_index.json", told)


@pytest.mark.parametrize("text", ["10 October 2024", "2024-10-10"])
def test_dates_of_an_index_are_read_in_both_forms(tmp_path: Path, text: str) -> None:
    entry = {"id": "imdrf-n85", "title": "Data set", "document_number": "IMDRF/AET WG/N85", "effective_date": text}
    told = read("imdrf-documents", indexed(tmp_path, "imdrf", entry))
    assert objects(told, vocab.entity("guidance", "imdrf-n85"), SGO.publishedOn) == {Literal("2024-10-10", datatype=XSD.date)}


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    entry = {"id": "imdrf-n85", "title": "Data set", "effective_date": "31 February 2024"}
    assert "imdrf-documents-date" in rules(read("imdrf-documents", indexed(tmp_path, "imdrf", entry)))


def test_guidance_is_called_as_in_the_registry(tmp_path: Path) -> None:
    entries = [
        {
            "id": "mdcg-2019-11",
            "title": {"en": "MDCG 2019-11 rev.1: Software&nbsp;"},
            "revision": "rev.1",
            "published_date": "2025-06-01",
        },
        {"id": "mdcg-2022-18", "title": {"en": "MDCG 2022-18 ADD.1: Article 97"}, "revision": "ADD.1", "published_date": ""},
    ]
    told = read("mdcg-guidance", indexed(tmp_path, "eu_mdr/mdcg", *entries))
    software, added = (vocab.entity("guidance", slug) for slug in ("mdcg-2019-11", "mdcg-2022-18-add-1"))
    assert objects(told, software, RDFS.label) == {Literal("Software", language="en")}
    assert objects(told, software, SGO.officialIdentifier) == {Literal("MDCG 2019-11 rev.1")}
    assert objects(told, software, SGO.printedRevisedOn) == {Literal("2025-06-01", datatype=XSD.date)}
    assert objects(told, added, RDFS.label) == {Literal("Article 97", language="en")}
    assert not objects(told, added, SGO.publishedOn)


def test_codes_of_the_catalogue_link_guidance_to_kinds_of_device(tmp_path: Path) -> None:
    entry = {"id": "nmpa-gp-1", "title": {"zh": "指南"}, "classification_codes": ["91-01-01", "?"]}
    told = read("nmpa-guidance", indexed(tmp_path, "nmpa/guidance", entry))
    found = objects(told, vocab.entity("guidance", "nmpa-gp-1"), DCTERMS.subject)
    assert found == {vocab.concept("cn-device-catalogue", "91-01-01")}
    assert "nmpa-guidance-code" in rules(told)


REAL = {
    "nmpa-standards": ("nmpa/standards/master-2026-05-10/standards.json", 2_100, {"no-date": 6}),
    "nmpa-iso-gb-map": (
        "nmpa/standards/iso_gb_mapping.json",
        29,
        {"dangling": 8, "older": 5, "title": 1, "no-counterpart": 1},
    ),
    "nmpa-classification": ("nmpa/classification/classification_catalog.json", 1_164, {"left-out": 1}),
    "nmpa-guidance": ("nmpa/guidance/_index.json", 770, {"count": 1, "left-out": 2}),
    "mdcg-guidance": ("eu_mdr/mdcg/_index.json", 126, {"two-names": 1, "left-out": 1}),
    "imdrf-documents": ("_shared/imdrf/_index.json", 43, {"left-out": 1}),
}


@pytest.mark.parametrize("source", REAL)
def test_the_real_file_is_recognised_read_whole_and_shows_its_errors(shared: Path, source: str) -> None:
    name, number, found = REAL[source]
    path = shared / "data/docmcp-knowledge" / name
    beginning = packing.beginning(path)
    assert [one.name for one in importers() if one.accepts(path, beginning)] == [source]
    told = read(source, path)
    assert rows(told) == number
    assert rules(told) == {f"{source}-{rule}": count for rule, count in found.items()}


def test_the_real_list_says_which_standards_are_to_come(shared: Path) -> None:
    told = read("nmpa-standards", shared / "data/docmcp-knowledge" / REAL["nmpa-standards"][0])
    states = Counter(q.object.value for q in quads(told) if q.predicate == SGO.statusAsRead)
    assert states == {"现行 (active)": 1_896, "即将实施 (upcoming)": 204}
