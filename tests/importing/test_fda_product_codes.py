"""The FDA's file of product codes: its quirks, a class that changed, and the file itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.curation.replacing import replacement
from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, importers
from standards_graph.importing.fda.product_codes import FdaProductCodes
from standards_graph.model.findings import Finding, Severity
from standards_graph.store.scratch import Room
from standards_graph.vocab import RDF, RDFS, SGO, SKOS, XSD, concept, entity

GRAPH = vocab.graph("source/fda-product-codes")
HEADER = (
    "REVIEW_PANEL|MEDICALSPECIALTY|PRODUCTCODE|DEVICENAME|DEVICECLASS|UNCLASSIFIED_REASON|GMPEXEMPTFLAG|THIRDPARTYFLAG|"
    "REVIEWCODE|REGULATIONNUMBER|SUBMISSION_TYPE_ID|DEFINITION|PHYSICALSTATE|TECHNICALMETHOD|TARGETAREA|Implant_Flag|"
    "Life_Sustain_support_flag|SummaryMalfunctionReporting"
)
MYN = concept("us-product-code", "myn")
OLD = entity("classification", "us-product-code-myn-class-3")
NEW = entity("classification", "us-product-code-myn-class-2-892-2070")


def row(code: str = "MYN", *, name: str = "Analyzer, Medical Image", class_: str = "2", number: str = "892.2070") -> str:
    return f"RA|RA|{code}|{name}|{class_}||N|N||{number}|1|||||N|N|Eligible"


def listed(folder: Path, *rows: str, name: str = "foiclass.txt") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join((HEADER, *rows, "")).encode("cp1252"))
    return path


def read(path: Path) -> tuple[set[Quad], list[Finding]]:
    told = list(FdaProductCodes().read(path, GRAPH))
    return {one for one in told if isinstance(one, Quad)}, [one for one in told if isinstance(one, Finding)]


def objects(quads: set[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def test_a_code_has_its_name_its_class_and_the_section_of_the_regulation(tmp_path: Path) -> None:
    quads, _ = read(listed(tmp_path, row()))
    assert objects(quads, MYN, SKOS.altLabel) == {Literal("Analyzer, Medical Image", language="en")}
    assert objects(quads, MYN, SGO.hasRiskClass) == {concept("us-fda-class", "ii")}
    assert objects(quads, NEW, SGO.classifiesDeviceType) == {MYN}
    section = entity("provision", "us-21-cfr-892/section-892-2070")
    assert objects(quads, NEW, SGO.hasLegalBasis) == {section}
    assert objects(quads, section, SGO.provisionNumber) == {Literal("21 CFR 892.2070")}
    assert objects(quads, entity("law", "us-21-cfr-892"), SGO.hasProvision) == {section}


def test_quotation_marks_are_text_and_letters_are_those_of_windows(tmp_path: Path) -> None:
    quads, _ = read(listed(tmp_path, row(name='Probe, 5" – “long”™')))
    assert objects(quads, MYN, SKOS.altLabel) == {Literal('Probe, 5" – “long”™', language="en")}


@pytest.mark.parametrize("letter", ["U", "N", "f"])
def test_a_letter_that_is_no_class_is_kept_as_it_is_and_gives_none(tmp_path: Path, letter: str) -> None:
    quads, findings = read(listed(tmp_path, row(class_=letter, number="")))
    (said,) = (q.subject for q in quads if q.predicate == SGO.classifiesDeviceType)
    assert objects(quads, said, SGO.deviceClassText) == {Literal(letter)}
    assert all(one.value.endswith(", regulation not recorded") for one in objects(quads, said, RDFS.label))
    assert not [q for q in quads if q.predicate in (SGO.assignsRiskClass, SGO.hasRiskClass, SGO.hasLegalBasis)]
    assert {"fda-product-codes-no-class", "fda-product-codes-no-regulation"} <= {one.rule for one in findings}


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (row(code="my"), "PRODUCTCODE"),
        (row(), "PRODUCTCODE"),
        (row(code="QAA", class_="4"), "DEVICECLASS"),
        (row(code="QAA", number="892"), "REGULATIONNUMBER"),
    ],
)
def test_a_row_with_a_value_of_another_kind_is_left_out_and_told(tmp_path: Path, wrong: str, column: str) -> None:
    quads, findings = read(listed(tmp_path, row(), wrong))
    (found,) = (one for one in findings if one.severity is Severity.VIOLATION)
    assert (found.rule, found.line, found.column) == ("fda-product-codes-row", 3, column)
    assert {q.object for q in quads if q.predicate == SGO.classifiesDeviceType} == {MYN}


def test_a_class_that_changed_is_kept_with_its_day_beside_the_current_one(tmp_path: Path) -> None:
    first, _ = read(listed(tmp_path, row(class_="3", number=""), row("QIH"), name="2018.txt"))
    second, _ = read(listed(tmp_path, row(class_="2", number="892.2070"), row("QIH"), name="2026.txt"))
    change = replacement(first, second, graph=GRAPH, day=dt.date(2026, 2, 1), room=Room())
    held = (first - set(change.changes.removed)) | set(change.changes.added)
    assert change.withdrawn == (OLD,)
    assert objects(held, OLD, SGO.withdrawnAtSource) == {Literal("2026-02-01", datatype=XSD.date)}
    assert objects(held, OLD, SGO.assignsRiskClass) == {concept("us-fda-class", "iii")}
    assert not objects(held, OLD, SGO.hasLegalBasis)
    assert objects(held, NEW, SGO.assignsRiskClass) == {concept("us-fda-class", "ii")}
    assert not objects(held, NEW, SGO.withdrawnAtSource)
    assert objects(held, MYN, SGO.hasRiskClass) == {concept("us-fda-class", "ii")}
    same = replacement(held, second, graph=GRAPH, day=dt.date(2026, 3, 1), room=Room())
    assert not same.changes


def test_a_file_without_codes_or_without_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="lists no product code"):
        read(listed(tmp_path))
    (tmp_path / "short.txt").write_text("PRODUCTCODE|DEVICECLASS\nMYN|2\n")
    with pytest.raises(UnreadableFile, match="REVIEW_PANEL is missing"):
        read(tmp_path / "short.txt")


def test_the_file_of_early_2026_is_read_in_full(shared: Path) -> None:
    path = shared / "data" / "fda-product-classification" / "foiclass.txt"
    told = list(FdaProductCodes().read(path, GRAPH))
    quads = {one for one in told if isinstance(one, Quad)}
    assert sum(one is ROW for one in told) == 7039
    assert len({q.subject for q in quads if q.predicate == RDF.type and q.object == SGO.DeviceType}) == 7039
    texts = Counter(q.object.value for q in quads if q.predicate == SGO.deviceClassText)
    assert texts == {"1": 2399, "2": 3596, "3": 530, "N": 379, "U": 84, "f": 51}
    assert 7039 - sum(q.predicate == SGO.hasLegalBasis for q in quads) == 895
    assert objects(quads, MYN, SGO.hasRiskClass) == {concept("us-fda-class", "ii")}
    assert not [one for one in told if isinstance(one, Finding) and one.severity is not Severity.INFO]
    assert [one.name for one in importers() if one.accepts(path, packing.beginning(path))] == ["fda-product-codes"]
