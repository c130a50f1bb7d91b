"""IMDRF's terms: the hierarchy, what the edition changed, and where the annexes contradict themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing.codes.imdrf_terms import ImdrfTerms, iri
from standards_graph.model.findings import Severity
from standards_graph.vocab import DCTERMS, OWL, RDF, SKOS, XSD
from tests.importing.codes import Read, read

ROW = {"code": "A01", "term": "Example", "definition": "An example.", "Status": "", "Status Description": ""}
SIZES = {"a_3": 478, "b_1": 24, "c_1": 151, "d_1": 41, "e_1": 884, "f_1": 66, "g_1": 296}


def of(tmp_path: Path, *changed: dict[str, str], texts: bool = False) -> Read:
    path = tmp_path / "annex.json"
    path.write_text(json.dumps([{**ROW, "CodeHierarchy": "A01", **one} for one in changed]), "utf-8")
    return read(ImdrfTerms(texts=texts), path)


def day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def test_each_annex_is_a_scheme_and_the_hierarchy_gives_the_code_above(tmp_path: Path) -> None:
    found = of(tmp_path, {}, {"code": "A0101", "CodeHierarchy": "A01|A0101"}, {"code": "G01", "CodeHierarchy": "G01"})
    assert found.objects(iri("A0101"), SKOS.broader) == {iri("A01")}
    assert found.objects(iri("A01"), SKOS.topConceptOf) == {vocab.concept("imdrf-aer-a")}
    assert not found.objects(iri("A0101"), SKOS.topConceptOf)
    schemes = {vocab.concept("imdrf-aer-a"), vocab.concept("imdrf-aer-g")}
    assert found.subjects(RDF.type, SKOS.ConceptScheme) == schemes


def test_what_the_edition_added_or_changed_bears_its_day_and_a_note(tmp_path: Path) -> None:
    added = {"Status": "New", "Status Description": "Term was added on 27 January 2022."}
    changed = {"code": "A02", "CodeHierarchy": "A02", "Status": "Modified (editorial)"}
    found = of(tmp_path, added, {**changed, "Status Description": "Editorial change to the term on 16 Feburary 2021."})
    assert found.objects(iri("A01"), DCTERMS.created) == {day("2022-01-27")}
    assert found.objects(iri("A01"), SKOS.changeNote) == {Literal("New: Term was added on 27 January 2022.", language="en")}
    assert found.objects(iri("A02"), DCTERMS.modified) == {day("2021-02-16")}


def test_an_impossible_day_in_a_note_stays_in_the_note_alone(tmp_path: Path) -> None:
    found = of(tmp_path, {"Status": "New", "Status Description": "Term was added on 31 February 2021."})
    assert not found.objects(iri("A01"), DCTERMS.created)
    assert found.objects(iri("A01"), SKOS.changeNote)


def test_a_retired_code_stays_and_names_the_one_to_use(tmp_path: Path) -> None:
    note = 'Term was inactivated on 25 June 2020. Please use "Cusp/Leaflet" (G04040).'
    found = of(tmp_path, {"code": "G04041", "CodeHierarchy": "G04041", "Status": "Retired", "Status Description": note})
    assert found.objects(iri("G04041"), OWL.deprecated) == {Literal("true", datatype=XSD.boolean)}
    assert found.objects(iri("G04041"), DCTERMS.isReplacedBy) == {iri("G04040")}


def test_two_states_in_one_cell_are_told_apart(tmp_path: Path) -> None:
    states = {
        "Status": "Not selectable / Modified (editorial)",
        "Status Description": "Please use more detailed term / Definition changed on 16 Feb. 2021",
    }
    found = of(tmp_path, states)
    assert found.objects(iri("A01"), SKOS.scopeNote) == {
        Literal("Not selectable: Please use more detailed term", language="en")
    }
    assert found.objects(iri("A01"), SKOS.changeNote) == {
        Literal("Modified (editorial): Definition changed on 16 Feb. 2021", language="en")
    }
    assert found.objects(iri("A01"), DCTERMS.modified) == {day("2021-02-16")}


def test_a_code_of_two_chapters_stands_under_both(tmp_path: Path) -> None:
    chapters = [{"code": one, "CodeHierarchy": one, "term": one} for one in ("E08", "E20")]
    both = [{"code": "E0819", "CodeHierarchy": f"{one}|E0819"} for one in ("E08", "E20")]
    found = of(tmp_path, *chapters, *both)
    assert found.objects(iri("E0819"), SKOS.broader) == {iri("E08"), iri("E20")}
    assert not found.findings


def test_where_two_places_of_a_code_have_different_words_those_changed_last_are_taken_and_it_is_told(tmp_path: Path) -> None:
    new = {"code": "E12", "CodeHierarchy": "E12", "term": "Newer", "Status": "Modified (technical)"}
    new["Status Description"] = "Term was modified on 27 January 2022."
    found = of(tmp_path, new, {"code": "E12", "CodeHierarchy": "E12", "term": "Older"})
    assert found.objects(iri("E12"), SKOS.prefLabel) == {Literal("Newer", language="en")}
    assert found.objects(iri("E12"), SKOS.altLabel) == {Literal("Older", language="en")}
    assert found.rules() == ["imdrf-two-wordings"]


def test_categories_that_are_not_the_chapters_of_the_code_are_told(tmp_path: Path) -> None:
    chapter = {"code": "E23", "CodeHierarchy": "E23", "term": "Generalized Disorders"}
    term = {"code": "E2337", "CodeHierarchy": "E23|E2337"}
    good = of(tmp_path, chapter, {**term, "Primary Category": "Generalized  Disorders"})
    assert not good.findings
    bad = of(tmp_path, chapter, {**term, "Primary Category": "Vascular System"})
    assert [(one.rule, one.line, one.severity) for one in bad.findings] == [("imdrf-category", 2, Severity.WARNING)]


def test_terms_of_meddra_come_in_only_when_asked_for(tmp_path: Path) -> None:
    row = {"code": "E01", "CodeHierarchy": "E01", "Non-IMDRF Code": "MedDRA:10049848:Balance disorder"}
    found = of(tmp_path, row)
    assert found.objects(iri("E01"), SKOS.note) == {Literal("MedDRA:10049848")}
    assert found.rules() == ["imdrf-meddra-terms"]
    asked = read(ImdrfTerms().with_texts(), tmp_path / "annex.json")
    assert asked.objects(iri("E01"), SKOS.note) == {Literal("MedDRA:10049848:Balance disorder")}
    assert not asked.findings


def test_a_place_in_the_hierarchy_that_is_wrong_is_left_out_and_told(tmp_path: Path) -> None:
    found = of(tmp_path, {}, {"code": "A0201", "CodeHierarchy": "A02|A0201"}, {"code": "A0102", "CodeHierarchy": "A01|A0103"})
    assert found.rules() == ["imdrf-hierarchy", "imdrf-hierarchy"]
    assert not found.objects(iri("A0201"), SKOS.broader)
    assert not found.objects(iri("A0102"), SKOS.broader)


def test_a_row_without_a_code_is_a_violation_with_its_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = of(tmp_path, {"code": "?"}, {})
    assert [(one.rule, one.line, one.severity) for one in found.findings] == [("imdrf-no-code", 1, Severity.VIOLATION)]
    assert found.rows == 2
    assert found.objects(iri("A01"), SKOS.notation) == {Literal("A01")}


@pytest.mark.parametrize("text", ["{}", "[1]", '[{"code": ""}]'])
def test_a_file_without_terms_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "annex.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFile, match="term"):
        read(ImdrfTerms(), path)


def test_the_annexes_themselves(shared: Path) -> None:
    folder = shared / "data" / "imdrf-aer-terms"
    for name, size in SIZES.items():
        found = read(ImdrfTerms(), folder / f"annex{name}.json")
        codes = found.subjects(RDF.type, SKOS.Concept)
        assert (found.rows, len(codes)) == (size, 700 if name == "e_1" else size)
        assert found.count("imdrf-category") == (6 if name == "e_1" else 0)
    everything = read(ImdrfTerms(), folder / "imdrf_all_terms.json")
    assert everything.rows == 1940
    assert len(everything.subjects(RDF.type, SKOS.ConceptScheme)) == 7
    assert everything.objects(iri("E081906"), SKOS.broader) == {iri("E0819"), iri("E21")}
    assert everything.objects(iri("G04041"), SKOS.broader) <= {iri("G04")}
    assert [one.thing for one in everything.findings if one.rule == "imdrf-two-wordings"] == [iri("E120501").value]


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annex.json"
    path.write_text('[{"code": "A01", "term": "\\ud800", "CodeHierarchy": "A01"}]', "utf-8")
    with pytest.raises(UnreadableFile, match="half a character"):
        read(ImdrfTerms(), path)
    path.write_text('[{"code": "A01", "term": "\\ud83d\\ude00", "CodeHierarchy": "A01"}]', "utf-8")
    assert read(ImdrfTerms(), path).objects(iri("A01"), SKOS.prefLabel) == {Literal("\U0001f600", language="en")}
