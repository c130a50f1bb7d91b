"""The curated tables: what a row says, where it goes, and what happens when a value cannot be used."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import curated
from standards_graph.importing.curated.tables import file_of
from standards_graph.vocab import OWL, RDF, RDFS, SGO, SKOS, SSSOM, XSD

FDA_13_97 = "us-fda-recognised-consensus-standard-13-97-iec-82304-1-2016"
CURATED = resources.data() / "curated"
Change = Callable[..., Path]


@pytest.fixture(scope="module")
def quads() -> frozenset[Quad]:
    return frozenset(curated.quads(CURATED))


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """A copy of the tables in which one row was changed, or one was added."""

    def change(table: str, key: str, **cells: str) -> Path:
        folder = tmp_path / "curated"
        shutil.copytree(CURATED, folder)
        shutil.copytree(CURATED.parent / "icij-alerts", tmp_path / "icij-alerts")
        path = file_of(folder, table)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        first = next((row for row in rows if row[0] == key), None)
        row = first or [key, *[""] * (len(rows[0]) - 1)]
        if first is None:
            rows.append(row)
        for name, value in cells.items():
            row[rows[0].index(name)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return folder

    return change


def objects(quads: frozenset[Quad], subject: NamedNode, predicate: NamedNode, graph: str = "") -> set[str]:
    return {
        str(q.object.value) for q in quads if q.subject == subject and q.predicate == predicate and graph in str(q.graph_name)
    }


def recognition(slug: str) -> NamedNode:
    return vocab.entity("recognition", slug)


def edition(slug: str) -> NamedNode:
    return vocab.entity("edition", slug)


def test_the_order_is_stable_and_nothing_is_said_twice() -> None:
    first = list(curated.quads(CURATED))
    assert first == list(curated.quads(CURATED))
    assert len(first) == len(set(first))


def test_a_row_that_nobody_confirmed_goes_to_a_graph_of_its_own(quads: frozenset[Quad]) -> None:
    iso = edition("iso-14155-2020")
    graphs = {q.graph_name for q in quads if q.subject == iso and q.predicate == RDF.type}
    assert graphs == {vocab.graph("unverified/standards")}
    level = vocab.concept("reading-level", "not-confirmed")
    own = vocab.graph("unverified/standards")
    record = next(q.object for q in quads if q.subject == iso and q.predicate == SGO.hasSourceRecord and q.graph_name == own)
    assert objects(quads, record, SGO.readingLevel) == {level.value}  # type: ignore[arg-type]


def test_the_day_on_which_the_official_page_was_opened_raises_the_level(changed: Change) -> None:
    folder = changed("networks", "imdrf", official_page_opened="2026-11-22")
    quads = frozenset(curated.quads(folder))
    record = next(q.subject for q in quads if q.predicate == SGO.rowKey and q.object == Literal("networks#imdrf"))
    assert objects(quads, record, SGO.readingLevel) == {vocab.concept("reading-level", "official-page-opened").value}  # type: ignore[arg-type]


def test_a_short_date_stays_short_and_is_computed_with_as_its_earliest_day(quads: frozenset[Quad]) -> None:
    iso = edition("iso-13485-2016")
    printed = next(q.object for q in quads if q.subject == iso and q.predicate == SGO.printedPublishedOn)
    assert printed == Literal("2016-03", datatype=XSD.gYearMonth)
    assert objects(quads, iso, SGO.publishedOn) == {"2016-03-01"}


def test_an_end_counts_through_its_day_and_a_withdrawal_does_not(quads: frozenset[Quad]) -> None:
    observer = vocab.entity("membership", "imdrf-ch-official-observer")
    assert objects(quads, observer, SGO.validUntil) == {"2025-03-15"}
    assert objects(quads, observer, SGO.printedValidUntil) == {"2025-03-14"}
    assert objects(quads, edition("iso-14971-2007"), SGO.validUntil) == {"2019-12-10"}
    assert objects(quads, edition("iso-20417-2021"), SGO.validUntil) == {"2027-01-01"}


def test_the_end_of_a_transition_is_its_last_day_and_no_end_of_the_decision(quads: frozenset[Quad]) -> None:
    replaced = recognition("fda-5-134")
    assert objects(quads, replaced, SGO.transitionUntil) == {"2028-12-17"}
    assert not objects(quads, replaced, SGO.validUntil)


def test_an_fda_recognition_is_named_after_its_number(quads: frozenset[Quad]) -> None:
    one = recognition("fda-13-79")
    assert objects(quads, one, SGO.recognises) == {edition("iec-62304-2006-plus-amd1-2015").value}
    assert objects(quads, one, SGO.officialIdentifier) == {"13-79"}
    assert objects(quads, one, SGO.hasLegalBasis) == {vocab.entity("law", "us-21-usc-chapter-9").value}


def test_a_list_that_spells_an_edition_otherwise_still_means_it(quads: frozenset[Quad]) -> None:
    consolidated = edition("iec-60601-1-6-2010-plus-amd1-2013-plus-amd2-2020").value
    assert objects(quads, recognition("fda-5-132"), SGO.recognises) == {consolidated}
    assert objects(quads, recognition("fda-5-132"), SGO.referenceAsListed) == {"IEC 60601-1-6 Ed. 3.2"}


def test_a_european_reference_is_an_edition_of_its_own_and_no_identical_adoption_is_made_up(quads: frozenset[Quad]) -> None:
    european = edition("en-iso-14971-2019-plus-a11-2021")
    assert objects(quads, european, SGO.isAdoptionOf) == {edition("iso-14971-2019").value}
    assert not objects(quads, european, SGO.isIdenticalAdoptionOf)
    assert objects(quads, european, SGO.isEditionOf) == {vocab.entity("standard", "en-iso-14971").value}


def test_an_edition_with_its_amendment_is_one_edition_on_both_sides(quads: frozenset[Quad]) -> None:
    both = edition("iso-15223-1-2021-plus-amd1-2025")
    assert objects(quads, recognition("fda-5-148"), SGO.recognises) == {both.value}
    assert objects(quads, edition("en-iso-15223-1-2021-plus-a1-2025"), SGO.isAdoptionOf) == {both.value}
    assert objects(quads, both, SGO.consolidates) == {
        edition("iso-15223-1-2021").value,
        edition("iso-15223-1-2021-amd1-2025").value,
    }


def test_a_degree_that_was_read_makes_the_link_and_one_that_was_not_stays_apart(quads: frozenset[Quad]) -> None:
    chinese, iec = edition("yy-t-0664-2020"), edition("iec-62304-2006-plus-amd1-2015").value
    assert objects(quads, chinese, SGO.isModifiedAdoptionOf, "/curated/") == {iec}
    european, iso = edition("en-iso-14971-2019"), edition("iso-14971-2019").value
    assert objects(quads, european, SGO.isAdoptionOf, "/curated/") == {iso}
    assert not objects(quads, european, SGO.isIdenticalAdoptionOf, "/curated/")
    assert objects(quads, european, SGO.isIdenticalAdoptionOf, "/unverified/") == {iso}
    assert objects(quads, european, SGO.hasSourceRecord, "/unverified/")


def test_what_was_looked_for_and_not_found_is_no_recognition(quads: frozenset[Quad]) -> None:
    found = {q.subject for q in quads if q.predicate == RDF.type and q.object == SGO.AbsenceFinding}
    assert len(found) == 26
    assert not [q for q in quads if q.subject in found and q.predicate in (SGO.recognises, SGO.inJurisdiction)]


def test_an_amendment_amends_and_a_consolidated_edition_consolidates(quads: frozenset[Quad]) -> None:
    base, change = edition("iec-62304-2006"), edition("iec-62304-2006-amd1-2015")
    assert objects(quads, change, SGO.amends) == {base.value}
    assert objects(quads, edition("iec-62304-2006-plus-amd1-2015"), SGO.consolidates) == {base.value, change.value}


def test_an_organisation_in_two_tables_is_one_with_two_sources_and_one_name(quads: frozenset[Quad]) -> None:
    for slug in ("who", "nmpa", "nist"):
        one = vocab.entity("org", slug)
        assert len(objects(quads, one, RDFS.label)) == 1
        assert len(objects(quads, one, SGO.hasSourceRecord)) == 2
    assert not [q for q in quads if q.subject == vocab.entity("org", "us-nist")]


def test_an_institute_without_power_over_devices_is_no_authority(quads: frozenset[Quad]) -> None:
    assert objects(quads, vocab.entity("org", "nice"), RDF.type) == {SGO.AssessmentBody.value}
    assert SGO.RegulatoryAuthority.value not in objects(quads, vocab.entity("org", "who"), RDF.type)
    assert objects(quads, vocab.entity("org", "mhra"), RDF.type) == {SGO.RegulatoryAuthority.value}


def test_a_mapping_keeps_direction_confidence_and_status(quads: frozenset[Quad]) -> None:
    ii, iia = vocab.concept("us-fda-class", "ii"), vocab.concept("eu-mdr-class", "iia")
    record = next(
        q.subject
        for q in quads
        if q.predicate == OWL.annotatedSource
        and q.object == ii
        and Quad(q.subject, OWL.annotatedTarget, iia, q.graph_name) in quads
    )
    assert isinstance(record, NamedNode)
    assert objects(quads, record, OWL.annotatedProperty) == {SGO.entailedBy.value}
    assert objects(quads, record, SSSOM.confidence) == {"0.7"}
    assert objects(quads, record, SGO.hasMappingStatus) == {vocab.concept("mapping-status", "accepted").value}


def test_our_own_and_unconfirmed_mappings_are_candidates(quads: frozenset[Quad]) -> None:
    status = vocab.concept("mapping-status", "accepted")
    accepted = {q.subject for q in quads if q.predicate == SGO.hasMappingStatus and q.object == status}
    said_by = {q.object.value for q in quads if q.subject in accepted and q.predicate == SGO.mappingAuthority}
    assert accepted
    assert not {word for word in said_by if "editorial" in word or "AI-written" in word}
    assert {q.graph_name for q in quads if q.subject in accepted} == {vocab.graph("mapping/risk-classes")}


def test_a_risk_class_bears_the_name_of_its_scheme_in_the_singular(quads: frozenset[Quad]) -> None:
    assert objects(quads, vocab.concept("us-fda-class", "ii"), SKOS.prefLabel) == {"FDA device class II"}
    assert objects(quads, vocab.concept("imdrf-samd", "iv"), SKOS.prefLabel) == {"IMDRF SaMD category IV"}


@pytest.mark.parametrize(
    ("table", "key", "cells", "told"),
    [
        ("standards", "iso-13485-2016", {"publication_date": "March"}, "publication_date, value 'March': .*write 2026"),
        ("standards", "iso-13485-2016", {"status": "fine"}, "column status, value 'fine': .*known are: published"),
        ("standards", "iso-13485-2016", {"committee_id": "iso-tc-999"}, r"committees\.csv has no row 'iso-tc-999'; add"),
        ("standards", "iso-13485-2016", {"verified": "maybe"}, "column verified, value 'maybe': write yes or no"),
        ("standards", "iso-13485-2016", {"source_url": "www.iso.org"}, "column source_url, .*full address"),
        ("standards", "iso-13485-2016", {"source_url": ""}, "column source_url, value '': this may not be empty"),
        ("standards", "iso-13485-2016", {"official_page_opened": "yes"}, "official_page_opened, value 'yes': write the day"),
        ("standards", "iso-13485-2016", {"reference": "ISO 13485:2003"}, "would both be called .*edition/iso-13485-2003"),
        ("memberships", "healthai-grn-zm-member", {"status": "left"}, "column status, value 'left': write active, or ended"),
        ("memberships", "healthai-grn-zm-member", {"status": "ended 2025-13"}, "row 'healthai-grn-zm-member', column status"),
        ("networks", "imdrf", {"member_count_stated": "dozen"}, "column member_count_stated, value 'dozen'"),
        ("recognitions", FDA_13_97, {"identifier": "13-79"}, "would both be called"),
        ("risk_class_mappings", "us-fda-ii-eu-mdr-iia-general-devices", {"relation": "same"}, "column relation, value 'same'"),
        ("jurisdictions", "US", {"risk_scheme_ids": "us-none"}, "no class of the scheme 'us-none'"),
        ("regulations", "eu-mdr", {"citation": "法"}, "column citation, value .*no letters or digits"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named_with_file_row_column_and_remedy(
    changed: Change, table: str, key: str, cells: dict[str, str], told: str
) -> None:
    folder = changed(table, key, **cells)
    with pytest.raises(UnreadableFile, match=rf"{table}\.csv, line \d+: row '{key}'") as raised:
        list(curated.quads(folder))
    assert raised.match(told)


def test_a_key_may_stand_only_once(changed: Change) -> None:
    folder = changed("networks", "imdrf")
    path = folder / "networks.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n", "utf-8")
    with pytest.raises(UnreadableFile, match="the key stands in line"):
        list(curated.quads(folder))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"network_id,name\n", "the columns have to be: network_id, official_name"),
        (b"", "the columns have to be"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_table_of_another_form_is_refused(changed: Change, content: bytes, told: str) -> None:
    folder = changed("networks", "imdrf")
    (folder / "networks.csv").write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        list(curated.quads(folder))


def test_a_row_with_too_few_values_is_named_with_its_line(changed: Change) -> None:
    folder = changed("networks", "imdrf")
    with (folder / "networks.csv").open("a", encoding="utf-8") as file:
        file.write("one,two\n")
    with pytest.raises(UnreadableFile, match=r"networks\.csv, line 12: 2 values, 15 expected"):
        list(curated.quads(folder))


def test_a_missing_table_is_named(changed: Change) -> None:
    folder = changed("networks", "imdrf")
    (folder / "networks.csv").unlink()
    with pytest.raises(UnreadableFile, match=r"networks\.csv: No such file"):
        list(curated.quads(folder))
