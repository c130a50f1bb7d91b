"""Laws that somebody cut into files: the numbers of the registry, and an edition that has two texts of one part."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from pyoxigraph import Literal

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing.base import recognised
from standards_graph.importing.codes.law_index import LawIndex
from standards_graph.model.findings import Severity
from standards_graph.vocab import DCTERMS, RDF, SGO, XSD
from tests.importing.codes import Read, read

HERE = Path(__file__).parent / "law-index" / "input.yaml"
OLD, NEW = vocab.entity("law", "us-21-cfr-820-2025"), vocab.entity("law", "us-21-cfr-820")
PART_820 = """# PART 820
### § 820.30 Design controls.
### § 820.40 [Reserved]
### §§ 820.50—820.60
### PART 820—QUALITY MANAGEMENT SYSTEM REGULATION (EFF. 2-2-26)
### § 820.10 Requirements.
"""


def archive(tmp_path: Path, **files: str) -> Path:
    path = tmp_path / "law.tar.xz"
    with tarfile.open(path, "w:xz") as packed:
        for name, text in {"_index.yaml": HERE.read_text("utf-8"), **files}.items():
            told = tarfile.TarInfo(f"law/{name.replace('__', '-')}")
            told.size = len(text.encode())
            packed.addfile(told, io.BytesIO(text.encode()))
    return path


def index(tmp_path: Path, instrument: str, number: str) -> Read:
    path = tmp_path / "index.yaml"
    head = f'instrument: {instrument}\nsource_file: x\nsource_url: "https://example.org/law"\ntotal_chunks: 2\nchunks:\n'
    path.write_text(
        f'{head}  - file: a.md\n    type: RECITALS\n  - file: b.md\n    id: "{number}"\n    title: "A title"\n', "utf-8"
    )
    return read(LawIndex(), path)


def sections(found: Read, document: str) -> set[str]:
    return {
        str(q.object.value)  # type: ignore[union-attr]
        for q in found.quads
        if q.predicate == SGO.provisionNumber and f"/{document}/" in str(q.subject)
    }


def test_of_two_texts_of_a_part_the_former_one_is_kept_apart_until_the_day_on_which_the_later_one_takes_force() -> None:
    found = read(LawIndex(), HERE)
    assert found.objects(OLD, SGO.validUntil) == {Literal("2026-02-02", datatype=XSD.date)}
    assert found.objects(OLD, DCTERMS.isVersionOf) == {NEW}
    assert not found.objects(NEW, RDF.type)
    assert found.objects(NEW, SGO.hasSourceRecord)
    assert [(one.rule, one.severity, one.value) for one in found.findings] == [("law-index-former", Severity.WARNING, "2025")]


def test_the_edition_is_dated_on_each_source_record() -> None:
    found = read(LawIndex(), HERE)
    assert {q.object for q in found.quads if q.predicate == SGO.printedSourceDate} == {Literal("2025", datatype=XSD.gYear)}


def test_the_archive_gives_the_sections_of_each_text_apart_and_leaves_out_what_is_reserved(tmp_path: Path) -> None:
    path = archive(tmp_path, **{"part-820.md": PART_820, "part-820-qmsr.md": "### § 820.10 Requirements.\n"})
    assert recognised(path) == "law-index"
    found = read(LawIndex(), path)
    assert sections(found, "us-21-cfr-820-2025") == {"21 CFR 820.30"}
    assert sections(found, "us-21-cfr-820") == {"21 CFR 820.10"}
    assert vocab.entity("provision", "us-21-cfr-820/section-820-10") in found.objects(NEW, SGO.hasProvision)
    assert [(one.rule, one.value) for one in found.findings][1:] == [("law-index-reserved", "2")]
    assert found.rows == 3 + 4


@pytest.mark.parametrize(
    ("instrument", "number", "slug"),
    [
        ("MDR", "Article\u00a010", "eu-2017-745/article-10"),
        ("MDR", "Annex XVI", "eu-2017-745/annex-xvi"),
        ("FD&C Act", "21 U.S.C. § 360e-4", "us-21-usc-chapter-9/usc-360e-4"),
    ],
)
def test_articles_annexes_and_sections_get_their_names(tmp_path: Path, instrument: str, number: str, slug: str) -> None:
    found = index(tmp_path, instrument, number)
    assert found.objects(vocab.entity("provision", slug), SGO.provisionHeading) == {Literal("A title", language="en")}
    assert not found.findings


def test_an_entry_without_a_number_of_the_law_is_a_violation(tmp_path: Path) -> None:
    found = index(tmp_path, "MDR", "Somewhere")
    assert [(one.rule, one.line, one.value) for one in found.findings] == [("law-index-number", 2, "Somewhere")]


def test_each_law_fills_a_graph_of_its_own_and_another_law_is_refused(tmp_path: Path) -> None:
    assert LawIndex().fills(HERE) == "source/law-index/us-21-cfr"
    path = tmp_path / "index.yaml"
    path.write_text("instrument: My law\ntotal_chunks: 0\nchunks: []\n", "utf-8")
    with pytest.raises(UnreadableFile, match="none of MDR"):
        LawIndex().fills(path)
    with pytest.raises(UnreadableFile, match="no index"):
        read(LawIndex(), path)


@pytest.mark.parametrize(
    ("name", "rows", "parts"),
    [
        ("21cfr-subchapter-h_index.yaml", 35, 0),
        ("mdr-2017-745_index.yaml", 142, 140),
        ("eu-mdr-2017-745-md.tar.xz", 142, 140),
        ("us-fdca-subchapter-v-md.tar.xz", 117, 117),
    ],
)
def test_the_indexes_themselves(shared: Path, name: str, rows: int, parts: int) -> None:
    path = shared / "data" / "eu-us-device-law" / name
    assert recognised(path) == "law-index"
    found = read(LawIndex(), path)
    assert (found.rows, len(found.subjects(RDF.type, SGO.Provision))) == (rows, parts)
    assert not [one for one in found.findings if one.severity is Severity.VIOLATION]


def test_the_code_of_2025_itself_has_both_quality_regulations(shared: Path) -> None:
    found = read(LawIndex(), shared / "data" / "eu-us-device-law" / "us-21cfr-subchapter-h-md.tar.xz")
    assert {"21 CFR 820.10", "21 CFR 820.35", "21 CFR 820.45"} <= sections(found, "us-21-cfr-820")
    assert "21 CFR 820.30" in sections(found, "us-21-cfr-820-2025")
    assert "21 CFR 820.10" not in sections(found, "us-21-cfr-820-2025")
    assert (len(sections(found, "us-21-cfr-820")), len(sections(found, "us-21-cfr-820-2025"))) == (6, 31)
    assert found.rows == 35 + 2466
