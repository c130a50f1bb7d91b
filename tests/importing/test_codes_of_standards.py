"""The classification of standards, and the registry of data standards: their quirks, and the real files."""

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
from standards_graph.importing.base import Row, Told, importer, importers
from standards_graph.model.findings import Finding
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

GRAPH = vocab.graph("source/test")


def code(text: str, edition: int = 7, **more: object) -> dict[str, object]:
    parts = dict(zip(("fieldcode", "groupcode", "subgroupcode"), text.split("."), strict=False))
    return {
        "@context": "https://isoics.org/jsonld/group.jsonld",
        "code": text,
        "description": text,
        "edition": edition,
        **parts,
        **more,
    }


def packed(tmp_path: Path, *codes: dict[str, object]) -> Path:
    path = tmp_path / "codes.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("json/.keep", "")
        for number, told in enumerate(codes):
            archive.writestr(f"json/{number}.json", json.dumps(told))
    return path


def read(source: str, *paths: Path) -> list[Told]:
    return [told for path in paths for told in importer(source).read(path, GRAPH)]


def objects(told: list[Told], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in told if isinstance(q, Quad) and q.subject == subject and q.predicate == predicate}


def rules(told: list[Told]) -> Counter[str]:
    return Counter(one.rule for one in told if isinstance(one, Finding) and one.severity != "info")


def test_codes_of_two_editions_are_concepts_of_two_schemes_under_wider_codes(tmp_path: Path) -> None:
    path = packed(tmp_path, code("11"), code("11.040"), code("11.040.01"), code("11", 6), code("11.040", 6))
    assert [one.name for one in importers() if one.accepts(path, packing.beginning(path))] == ["ics-codes"]
    told = read("ics-codes", path)
    assert not rules(told)
    narrow, middle, top = (vocab.concept("ics-7", slug) for slug in ("11-040-01", "11-040", "11"))
    assert objects(told, narrow, SKOS.broader) == {middle}
    assert objects(told, middle, SKOS.broader) == {top}
    assert objects(told, top, SKOS.topConceptOf) == {vocab.concept("ics-7")}
    assert objects(told, vocab.concept("ics-6", "11-040"), SKOS.inScheme) == {vocab.concept("ics-6")}


def test_notes_name_the_codes_that_they_refer_to(tmp_path: Path) -> None:
    note = {"text": "Valves, see {ics-code}; pipes, see {ics-codes}", "ics-code": "23.060", "ics-codes": "23.040.20, 23.040.45"}
    told = read("ics-codes", packed(tmp_path, code("83", notes=[note])))
    iri = vocab.concept("ics-7", "83")
    assert objects(told, iri, SKOS.note) == {Literal("Valves, see 23.060; pipes, see 23.040.20, 23.040.45", language="en")}
    assert objects(told, iri, RDFS.seeAlso) == {vocab.concept("ics-7", one) for one in ("23-060", "23-040-20", "23-040-45")}


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (code("31.220", subgroupcode="31.220.0"), "parts"),
        (code("eleven"), "code"),
        (code("11.040.01"), "wider"),
        (code("31", notes=[{"text": "See {ics-code}", "ics-code": "there"}]), "note"),
    ],
)
def test_a_defective_code_is_told(tmp_path: Path, told: dict[str, object], rule: str) -> None:
    assert rules(read("ics-codes", packed(tmp_path, code("31"), told))) == {f"ics-codes-{rule}": 1}


def test_a_file_without_a_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no code of the classification"):
        read("ics-codes", packed(tmp_path, {"@context": "https://isoics.org/"}))


def test_the_real_classification_is_read_whole(shared: Path) -> None:
    path = shared / "data/ics-codes/iso-ics-codes-json.tar.xz"
    assert [one.name for one in importers() if one.accepts(path, packing.beginning(path))] == ["ics-codes"]
    told = read("ics-codes", path)
    concepts = {q.subject for q in told if isinstance(q, Quad) and q.predicate == SKOS.notation}
    assert (len([one for one in told if isinstance(one, Row)]), len(concepts)) == (2_722, 2_722)
    assert rules(told) == {"ics-codes-parts": 1}


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "standards.tsv"
    columns = ("id", "category", "name", "description", "collection", "concerns_data_topic", "purpose_detail", "url",
               "formal_specification", "responsible_organization", "has_application_json", "publication_ref_url")  # fmt: skip
    lines = [row if "\\" in row else row + "\t" * (len(columns) - 1 - row.count("\t")) for row in rows]
    path.write_text("\n".join(("\t".join(columns), *lines)) + "\n", "utf-8")
    return path


def test_tools_and_programmes_are_no_standards(tmp_path: Path) -> None:
    kinds = ("BiomedicalStandard", "OntologyOrVocabulary", "SoftwareOrTool", "TrainingProgram")
    path = table(tmp_path, *(f"B2AI_STANDARD:{n}\tB2AI_STANDARD:{kind}\tN{n}" for n, kind in enumerate(kinds)))
    told = read("bridge2ai-standards", path)
    found = {q.subject for q in told if isinstance(q, Quad) and q.predicate == RDF.type and q.object == SGO.Standard}
    assert found == {vocab.entity("standard", f"b2ai-standard-{n}") for n in (0, 1)}


def test_a_value_over_several_lines_is_one_row(tmp_path: Path) -> None:
    text = "B2AI_STANDARD:1\tB2AI_STANDARD:DataStandard\tN\tFirst\\\n\\\nSecond" + "\t" * 8
    told = read("bridge2ai-standards", table(tmp_path, text, "B2AI_STANDARD:2\tB2AI_STANDARD:DataStandard\tM"))
    assert len([one for one in told if isinstance(one, Row)]) == 2
    assert objects(told, vocab.entity("standard", "b2ai-standard-1"), RDFS.label) == {Literal("First Second", language="en")}


def test_a_row_of_another_length_is_told(tmp_path: Path) -> None:
    path = table(tmp_path, "B2AI_STANDARD:1\tB2AI_STANDARD:DataStandard\tN" + "\t" * 30)
    assert rules(read("bridge2ai-standards", path)) == {"bridge2ai-standards-row": 1}


def test_descriptions_come_in_only_when_they_are_asked_for(tmp_path: Path) -> None:
    path = table(tmp_path, "B2AI_STANDARD:1\tB2AI_STANDARD:DataStandard\tN\tD\t\t\tLong text.")
    plain = importer("bridge2ai-standards")
    iri = vocab.entity("standard", "b2ai-standard-1")
    assert not objects(list(plain.read(path, GRAPH)), iri, DCTERMS.description)
    told = list(plain.with_texts().read(path, GRAPH))  # type: ignore[attr-defined]
    assert objects(told, iri, DCTERMS.description) == {Literal("Long text.", language="en")}


def test_the_real_registry_is_read_whole(shared: Path) -> None:
    folder = shared / "data/bridge2ai-standards"
    paths = [folder / "DataTopic.tsv", folder / "DataStandardOrTool.tsv.gz"]
    for path in paths:
        assert [one.name for one in importers() if one.accepts(path, packing.beginning(path))] == ["bridge2ai-standards"]
    told = read("bridge2ai-standards", *paths)
    standards = {q.subject for q in told if isinstance(q, Quad) and q.object == SGO.Standard}
    assert (len([one for one in told if isinstance(one, Row)]), len(standards), rules(told)) == (1_069, 612, {})
