"""Catalogues in the form of Relaton: what records say, in both generations of the schema, and the six subsets themselves."""

from __future__ import annotations

import io
import tarfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import Row, Told, WithTexts, importer, importers
from standards_graph.importing.standards import committees, references
from standards_graph.model.findings import Finding
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

GRAPH = vocab.graph("source/test")


def record(reference: str, kind: str = "ISO", **more: object) -> dict[str, object]:
    return {"docid": [{"id": reference, "type": kind, "primary": True}], "title": [], **more}


def packed(tmp_path: Path, *records: object, name: str = "all.tar.xz") -> Path:
    path = tmp_path / name
    with tarfile.open(path, "w:xz") as archive:
        for number, one in enumerate(records):
            text = one if isinstance(one, bytes) else yaml.safe_dump(one, allow_unicode=True, sort_keys=False).encode()
            told = tarfile.TarInfo(f"data/{number}.yaml")
            told.size = len(text)
            archive.addfile(told, io.BytesIO(text))
    return path


def read(source: str, path: Path) -> list[Told]:
    return list(importer(source).read(path, GRAPH))


def quads(told: list[Told]) -> set[Quad]:
    return {one for one in told if isinstance(one, Quad)}


def findings(told: list[Told]) -> list[Finding]:
    return [one for one in told if isinstance(one, Finding)]


def objects(told: list[Told], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads(told) if q.subject == subject and q.predicate == predicate}


def edition(slug: str) -> NamedNode:
    return vocab.entity("edition", slug)


def status(word: str) -> set[object]:
    return {vocab.concept("edition-status", word)}


def stage(code: str) -> dict[str, object]:
    first, _, second = code.partition(".")
    return {"docstatus": {"stage": {"value": first}, "substage": {"value": second}}}


def relation(kind: str, reference: str, sub: str = "") -> dict[str, object]:
    told: dict[str, object] = {"type": kind, "bibitem": {"docid": [{"id": reference, "type": "ISO", "primary": True}]}}
    return {**told, "description": {"content": sub}} if sub else told


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("95.99", "withdrawn"),
        ("60.60", "published"),
        ("90.92", "published"),
        ("95.20", "published"),
        ("60.00", "under-development"),
        ("40.20", "under-development"),
        ("30.98", "draft-closed"),
    ],
)
def test_stages_of_iso_tell_the_status(tmp_path: Path, code: str, meant: str) -> None:
    told = read("relaton-iso", packed(tmp_path, record("ISO 99901:2020", **stage(code))))
    assert objects(told, edition("iso-99901-2020"), SGO.hasEditionStatus) == status(meant)
    assert objects(told, edition("iso-99901-2020"), SGO.stageCode) == {Literal(code)}


def test_drafts_are_editions_of_the_same_standard_under_one_project(tmp_path: Path) -> None:
    project = {"ext": {"structuredidentifier": {"project_number": "99901"}}}
    names = ("ISO/IEC DIS 99906", "ISO/IEC FDIS 99906", "ISO/IEC 99906", "ISO/IEC CD TS 99906.2")
    told = read("relaton-iso", packed(tmp_path, *(record(name, **project) for name in names)))
    found = {q.subject: q.object for q in quads(told) if q.predicate == SGO.isEditionOf}
    assert set(found.values()) == {
        vocab.entity("standard", "iso-iec-99906"),
        vocab.entity("standard", "iso-iec-ts-99906"),
    }
    assert {q.subject for q in quads(told) if q.predicate == SGO.projectNumber} == set(found)


def test_the_number_of_a_project_is_on_the_page_where_the_record_has_the_number_of_the_standard(tmp_path: Path) -> None:
    more = {
        "link": [{"content": "https://www.iso.org/standard/12345.html", "type": "src"}],
        "structuredidentifier": {"project_number": "ISO 99901", "part": "2"},
        "ics": [{"code": "11.040.55", "text": "Diagnostic equipment"}],
        "editorialgroup": {"technical_committee": [{"name": "Robotics", "number": 299, "identifier": "ISO/TC 299"}]},
    }
    told = read("relaton-iso", packed(tmp_path, record("ISO 99901-2:2020", **more)))
    assert objects(told, edition("iso-99901-2-2020"), SGO.projectNumber) == {Literal("12345")}
    assert objects(told, edition("iso-99901-2-2020"), DCTERMS.subject) == {vocab.concept("ics-7", "11-040-55")}
    assert objects(told, edition("iso-99901-2-2020"), SGO.developedBy) == {vocab.entity("committee", "iso-tc-299")}


def test_what_iso_calls_updates_is_what_an_edition_was_updated_by(tmp_path: Path) -> None:
    related = [relation("updates", "ISO 99901:2020"), relation("updates", "ISO 99901:2010/Amd 1:2012")]
    told = read("relaton-iso", packed(tmp_path, record("ISO 99901:2010", relation=related, **stage("95.99"))))
    old, new, amendment = edition("iso-99901-2010"), edition("iso-99901-2020"), edition("iso-99901-2010-amd1-2012")
    assert objects(told, new, SGO.supersedes) == {old}
    assert objects(told, amendment, SGO.amends) == {old}
    assert SGO.Amendment in objects(told, amendment, RDF.type)
    assert not objects(told, old, SGO.supersedes)


def test_a_draft_takes_no_place_of_a_published_edition(tmp_path: Path) -> None:
    drafted = record("ISO/CD 99901", relation=[relation("obsoletes", "ISO 99901:2018")], **stage("30.20"))
    current = record("ISO 99902:2015", relation=[relation("updates", "ISO/DIS 99902")], **stage("90.92"))
    told = read("relaton-iso", packed(tmp_path, drafted, current))
    assert not [q for q in quads(told) if q.predicate == SGO.supersedes]
    assert [one.message for one in findings(told)] == [
        "Not taken: editions that a draft is to replace, or did replace as a draft (2)."
    ]


def test_an_older_edition_in_the_place_of_a_newer_one_is_said_and_told(tmp_path: Path) -> None:
    told = read("relaton-iso", packed(tmp_path, record("ISO 99901:2005", relation=[relation("obsoletes", "ISO 99900:2007")])))
    assert objects(told, edition("iso-99901-2005"), SGO.supersedes) == {edition("iso-99900-2007")}
    assert [one.rule for one in findings(told)] == ["relaton-iso-supersedes-newer"]


def test_redline_commented_and_extended_versions_are_one_edition_with_the_plain_one(tmp_path: Path) -> None:
    dated = {"date": [{"type": "published", "value": "2024-05-01"}], "docstatus": {"stage": {"value": "PUBLISHED"}}}
    names = ("IEC 99902:2024", "IEC 99902:2024 RLV", "IEC 99902:2024 CMV", "IEC 99902:2024 EXV")
    told = read("relaton-iec", packed(tmp_path, *(record(name, "IEC", **dated) for name in names)))
    assert {q.subject for q in quads(told) if q.predicate == SGO.isEditionOf} == {edition("iec-99902-2024")}
    assert len(objects(told, edition("iec-99902-2024"), SGO.hasSourceRecord)) == 4
    assert objects(told, edition("iec-99902-2024"), SGO.referenceAsListed) == {Literal(name) for name in names[1:]}


def test_a_consolidated_edition_holds_its_base_and_its_amendments(tmp_path: Path) -> None:
    told = read("relaton-iec", packed(tmp_path, record("IEC 99902:2006+AMD1:2012+AMD2:2020 CSV", "IEC")))
    whole = edition("iec-99902-2006-plus-amd1-2012-plus-amd2-2020")
    assert SGO.ConsolidatedEdition in objects(told, whole, RDF.type)
    assert objects(told, whole, SGO.consolidates) == {
        edition(f"iec-99902-2006{end}") for end in ("", "-amd1-2012", "-amd2-2020")
    }
    assert objects(told, whole, SGO.isEditionOf) == {vocab.entity("standard", "iec-99902")}


@pytest.mark.parametrize(
    ("word", "meant"),
    [("PUBLISHED", "published"), ("REVISED", "superseded"), ("REPLACED", "superseded"), ("WITHDRAWN", "withdrawn")],
)
def test_words_of_the_iec_tell_the_status(tmp_path: Path, word: str, meant: str) -> None:
    told = read("relaton-iec", packed(tmp_path, record("IEC 99902:2024", "IEC", docstatus={"stage": {"value": word}})))
    assert objects(told, edition("iec-99902-2024"), SGO.hasEditionStatus) == status(meant)
    assert objects(told, edition("iec-99902-2024"), SGO.statusAsRead) == {Literal(word)}


def test_collections_and_papers_are_no_standards(tmp_path: Path) -> None:
    paper = record("IEC White Paper AI:2018", "IEC", ext={"doctype": {"type": "wp"}})
    told = read("relaton-iec", packed(tmp_path, record("IEC 60601-1:2026 SER", "IEC"), paper))
    assert not [q for q in quads(told) if q.predicate == SGO.isEditionOf]
    assert len(findings(told)) == 2


def test_standards_of_the_ieee_bear_their_plain_reference_and_drafts_belong_to_their_standard(tmp_path: Path) -> None:
    names = ("IEEE Std 99901-2022", "IEEE P99901/D-3-2021", "IEEE Unapproved Std P99901/D-02-2020-02", "A Call")
    told = read("relaton-ieee", packed(tmp_path, *(record(name, "IEEE") for name in names)))
    assert {q.object for q in quads(told) if q.predicate == SGO.isEditionOf} == {vocab.entity("standard", "ieee-99901")}
    assert objects(told, edition("ieee-99901-2022"), SGO.officialIdentifier) == {Literal("IEEE 99901-2022")}
    assert [(one.rule, one.line, one.value) for one in findings(told)] == [("relaton-ieee-reference", 4, "A Call")]


def test_joint_standards_have_one_name_in_every_catalogue(tmp_path: Path) -> None:
    pairs = [
        ("relaton-ieee", "IEEE", "ISO/IEEE 11073.10101-2004"),
        ("relaton-iso", "ISO", "ISO/IEEE 11073-10101:2004"),
        ("relaton-iec", "IEC", "ISO TR 99901:2009/AMD1:2010"),
        ("relaton-iso", "ISO", "ISO/TR 99901:2009/Amd 1:2010"),
    ]
    labels = []
    for number, (source, kind, name) in enumerate(pairs):
        told = read(source, packed(tmp_path, record(name, kind), name=f"{number}.tar.xz"))
        labels.append({(q.subject, q.object) for q in quads(told) if q.predicate == RDFS.label})
    assert labels[0] == labels[1]
    assert labels[2] == labels[3]


def test_relations_of_the_ieee_are_told_by_their_sub_kind(tmp_path: Path) -> None:
    related = [
        relation("updates", "IEEE Std 99901-2010", "revises"),
        relation("updates", "IEEE Std 99900-2015", "corrects"),
        relation("obsoletedBy", "ISO/IEEE 99901-2024"),
        relation("adoptedFrom", "ISO 99901:2018"),
        relation("updates", "IEEE Std 99905-2010", "praises"),
    ]
    told = read("relaton-ieee", packed(tmp_path, record("IEEE Std 99901-2020", "IEEE", relation=related)))
    own = edition("ieee-99901-2020")
    assert objects(told, own, SGO.supersedes) == {edition("ieee-99901-2010")}
    assert objects(told, own, SGO.amends) == {edition("ieee-99900-2015")}
    assert objects(told, own, SGO.isAdoptionOf) == {edition("iso-99901-2018")}
    assert objects(told, edition("iso-ieee-99901-2024"), SGO.supersedes) == {own}
    assert [one.message for one in findings(told)] == ["Not taken: relations of the kind updates praises (1)."]


def test_a_japanese_title_that_reads_like_another_standard_is_no_mapping(tmp_path: Path) -> None:
    titles = [{"content": "医療機器", "language": ["ja"]}, {"content": "Medical devices", "language": ["en"]}]
    told = read("relaton-jis", packed(tmp_path, {**record("JIS T 14971:2020", "JIS"), "title": titles}))
    assert objects(told, edition("jis-t-14971-2020"), DCTERMS.title) == {
        Literal("医療機器", language="ja"),
        Literal("Medical devices", language="en"),
    }
    assert not [q for q in quads(told) if q.predicate in (SGO.isAdoptionOf, SGO.isIdenticalAdoptionOf, SKOS.exactMatch)]


def test_editions_of_the_itu_differ_by_their_month(tmp_path: Path) -> None:
    told = read("relaton-itu", packed(tmp_path, record("ITU-T H.810 (07/2016)", "ITU"), record("ITU-T H.810 (12/2013)", "ITU")))
    assert {q.subject for q in quads(told) if q.predicate == SGO.isEditionOf} == {
        edition("itu-t-h-810-07-2016"),
        edition("itu-t-h-810-12-2013"),
    }
    assert {q.object for q in quads(told) if q.predicate == SGO.isEditionOf} == {vocab.entity("standard", "itu-t-h-810")}


def test_abstracts_come_in_only_when_they_are_asked_for(tmp_path: Path) -> None:
    path = packed(tmp_path, record("ISO 99901:2020", abstract=[{"content": "The text.", "language": ["en"]}]))
    plain = importer("relaton-iso")
    assert isinstance(plain, WithTexts)
    assert not [q for q in quads(list(plain.read(path, GRAPH))) if q.predicate == DCTERMS.abstract]
    told = list(plain.with_texts().read(path, GRAPH))
    assert objects(told, edition("iso-99901-2020"), DCTERMS.abstract) == {Literal("The text.", language="en")}


def test_a_record_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad_date = record("ISO 99902:2020", date=[{"type": "published", "value": "2020-13"}])
    bad_code = record("ISO 99903:2020", ext={"ics": [{"code": "eleven", "text": "Health"}]})
    path = packed(tmp_path, b"- [", {"title": []}, bad_date, bad_code, record("ISO 99901:2020"))
    told = read("relaton-iso", path)
    assert [(one.rule, one.line) for one in findings(told)] == [
        ("relaton-iso-unreadable", 1),
        ("relaton-iso-unreadable", 2),
        ("relaton-iso-date", 3),
        ("relaton-iso-ics", 4),
    ]
    assert len([one for one in told if isinstance(one, Row)]) == 5
    assert objects(told, edition("iso-99901-2020"), SGO.isEditionOf)
    assert not objects(told, edition("iso-99902-2020"), SGO.publishedOn)


def test_a_single_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("title: []\n", "utf-8")
    with pytest.raises(UnreadableFile, match="no primary identifier"):
        read("relaton-iso", path)


def test_what_several_records_say_in_common_is_said_once(tmp_path: Path) -> None:
    ics = {"ext": {"ics": [{"code": "11.020", "text": "Medical sciences"}]}}
    told = read("relaton-iso", packed(tmp_path, *(record(f"ISO 9990{n}:2020", **ics) for n in range(5))))
    assert max(Counter(one for one in told if isinstance(one, Quad)).values()) == 1


@pytest.mark.parametrize(
    ("text", "body", "key", "designation"),
    [
        ("ISO/TC 210", "iso", "iso-tc-210", "ISO/TC 210"),
        ("ISO/TC 215/SC 1", "iso", "iso-tc-215-sc1", "ISO/TC 215/SC 1"),
        ("ISO/IEC JTC 1/SC 42", "iec", "iso-iec-jtc1-sc42", "ISO/IEC JTC 1/SC 42"),
        ("TC 62/SC 62A", "iec", "iec-tc62-sc62a", "IEC/SC 62A"),
        ("TC 65", "iec", "iec-tc65", "IEC/TC 65"),
        ("SyC AAL", "iec", "iec-syc-aal", "IEC/SyC AAL"),
        ("ISO/CASCO", "iec", "iso-casco", "ISO/CASCO"),
        ("CISPR/CIS/B", "iec", "iec-cispr-cis-b", "CISPR/CIS/B"),
    ],
)
def test_committees_are_called_as_in_the_registry(text: str, body: str, key: str, designation: str) -> None:
    found = committees.read(text, body)
    assert (found.key, found.designation) == (key, designation)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("IEC 62304:2006/AMD1:2015", "IEC 62304:2006"),
        ("ISO 10993-12:2021/DAM 1", "ISO 10993-12:2021"),
        ("ISO 10079-1:2022/AWI Amd 1", "ISO 10079-1:2022"),
        ("IEC 60601-1:2005+AMD1:2012 CSV/COR1:2012", "IEC 60601-1:2005+AMD1:2012 CSV"),
        ("EN ISO 13485:2016/A11:2021", "EN ISO 13485:2016"),
        ("JIS Q 9001:2015/AMENDMENT 1:2025", "JIS Q 9001:2015"),
        ("IEEE 11073-10418/Cor1-2015", ""),
        ("ISO/IEEE 11073-10101:2004", ""),
        ("ITU-T Y.4110/Y.2065 (03/2014)", ""),
    ],
)
def test_a_reference_tells_what_it_amends(text: str, base: str) -> None:
    assert references.amended(text) == base


SUBSETS = {
    "iso": (5_376, {"published": 2_312, "withdrawn": 2_285, "under-development": 751, "draft-closed": 28}),
    "iec": (1_282, {"published": 562, "superseded": 586, "withdrawn": 57}),
    "etsi": (147, {}),
    "itu": (338, {"published": 188, "withdrawn": 139}),
    "ieee": (574, {"draft-closed": 365, "published": 104, "superseded": 36, "under-development": 16, "withdrawn": 6}),
    "jis": (873, {"published": 613, "withdrawn": 260}),
}


@pytest.mark.parametrize("key", SUBSETS)
def test_the_subset_of_a_catalogue_is_recognised_and_read_whole(shared: Path, key: str) -> None:
    path = shared / f"data/relaton-{key}/relaton-data-{key}-subset.tar.xz"
    beginning = packing.beginning(path)
    assert [one.name for one in importers() if one.accepts(path, beginning)] == [f"relaton-{key}"]
    rows, seen, warned, standards, states, committees = 0, set[int](), Counter[str](), {}, Counter[str](), Counter[str]()
    for one in importer(f"relaton-{key}").read(path, GRAPH):
        rows += isinstance(one, Row)
        if isinstance(one, Finding) and one.severity != "info":
            warned[one.rule.removeprefix(f"relaton-{key}-")] += 1
        if not isinstance(one, Quad) or hash(one) in seen:
            continue
        seen.add(hash(one))
        last = str(one.object).rpartition("/")[2].rstrip(">")
        if one.predicate == SGO.isEditionOf:
            assert standards.setdefault(one.subject, last) == last
        states[last] += one.predicate == SGO.hasEditionStatus
        committees[last] += one.predicate == SGO.developedBy
    expected = {"iso": {"supersedes-newer": 2}, "ieee": {"reference": 4, "relation": 2, "supersedes-newer": 1}}
    assert (rows, +states, warned) == (*SUBSETS[key], expected.get(key, {}))
    assert committees["iso-iec-jtc1-sc42"] == {"iso": 87, "iec": 42}.get(key, 0)


def test_the_index_of_the_repository_is_no_catalogue(shared: Path) -> None:
    path = shared / "data/relaton-iso/index-v1.zip"
    assert not [one.name for one in importers() if one.accepts(path, packing.beginning(path))]


@pytest.mark.parametrize(
    ("source", "reference", "dates", "printed"),
    [
        # the year under ``published`` is that of the edition that is amended: 420 records of ISO
        ("iso", "ISO 13485:2003/Cor 1:2009", {"published": "2003", "updated": "2009-07"}, "2009-07"),
        ("iso", "ISO 13485:2003/Cor 1:2009", {"published": "2003"}, ""),
        ("iso", "ISO 80601-2-26:2019/FDAM 1", {"published": "2019"}, ""),
        ("iso", "ISO 80601-2-26:2019/Amd 1:2019", {"published": "2019"}, "2019"),
        ("iso", "ISO 13485:2016", {"published": "2016-03", "updated": "2017-01"}, "2016-03"),
        ("iec", "CISPR 11:1975+AMD1:1976 CSV", {"published": "1975-01-01"}, ""),
        ("ieee", "IEEE 950-1952", {"published": "2016-03-10", "issued": "1952"}, "1952"),
        ("ieee", "IEEE 11073-2012", {"published": "2013-02-14", "issued": "2012-12-05"}, "2013-02-14"),
    ],
)
def test_a_date_of_another_edition_is_not_the_date_of_publication(
    tmp_path: Path, source: str, reference: str, dates: dict[str, str], printed: str
) -> None:
    listed = [{"type": kind, "value": text} for kind, text in dates.items()]
    told = read(f"relaton-{source}", packed(tmp_path, record(reference, source.upper(), date=listed)))
    found = {q.object.value for q in quads(told) if q.predicate == SGO.printedPublishedOn and isinstance(q.object, Literal)}
    assert found == ({printed} if printed else set())
