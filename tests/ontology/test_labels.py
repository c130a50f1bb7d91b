"""Labels in the languages other than English."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.importing import curated, ontology
from standards_graph.vocab import OWL, RDF, RDFS, SGO, SKOS

LANGUAGES = ("ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "zh-Hans")
OTHER_SCRIPTS = ("ar", "ja", "ko", "zh-Hans")
NAMES = {RDFS.label, SKOS.prefLabel}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.ConceptScheme, SKOS.Concept}


def _file(language: str) -> Path:
    return resources.ontology() / "labels" / f"labels.{language}.ttl"


def _labels(language: str) -> list[Quad]:
    return [quad for quad in rdf.parse(_file(language), graph=ontology.TERMS) if quad.predicate in NAMES]


@pytest.fixture(scope="module")
def english() -> dict[NamedNode, Quad]:
    """The English label of each of our terms and codes, and of each risk class and scheme that a source confirms."""
    table = curated.tables.confirmed("risk_classes")
    classes = [quad for quad in curated.quads(resources.data() / "curated") if quad.graph_name == table]
    quads = [*ontology.quads(), *classes]
    declared = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object in KINDS}
    declared |= {quad.subject for quad in classes if quad.predicate == SKOS.prefLabel}
    return {
        quad.subject: quad
        for quad in quads
        if quad.predicate in NAMES
        and quad.subject in declared
        and quad.subject.value.startswith(vocab.BASE)
        and quad.object.language == "en"
    }


def test_there_is_a_file_for_each_language():
    assert sorted(map(ontology.language, (resources.ontology() / "labels").glob("*"))) == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_95_of_100_terms_have_a_label(language, english):
    labelled = {quad.subject for quad in _labels(language)}
    missing = sorted(str(term) for term in english.keys() - labelled)
    assert len(missing) <= 0.05 * len(english), missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_has_one_label_of_its_kind_in_the_language_of_the_file(language, english):
    found = _labels(language)
    assert [term for term, count in Counter(quad.subject for quad in found).items() if count > 1] == []
    assert [quad for quad in found if quad.object.language.lower() != language.lower()] == []
    assert [quad for quad in found if quad.subject in english and quad.predicate != english[quad.subject].predicate] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_declared_terms_have_labels(language, english):
    assert [quad.subject for quad in _labels(language) if quad.subject not in english] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_have_no_space_too_many(language):
    assert [quad for quad in _labels(language) if " ".join(quad.object.value.split()) != quad.object.value] == []


@pytest.mark.parametrize("language", OTHER_SCRIPTS)
def test_no_label_in_another_script_is_the_english_one(language, english):
    assert [quad for quad in _labels(language) if quad.object.value == english[quad.subject].object.value] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_codes_of_a_list_share_no_label(language):
    named = Counter(
        (quad.subject.value.rpartition("/")[0], quad.object.value)
        for quad in _labels(language)
        if quad.predicate == SKOS.prefLabel
    )
    assert [one for one, count in named.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_classes_or_two_properties_share_no_label(language, english):
    named = Counter(
        (quad.subject.value.rpartition("#")[2][:1].isupper(), quad.object.value)
        for quad in _labels(language)
        if quad.predicate == RDFS.label
    )
    assert [one for one, count in named.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_that_no_person_has_reviewed_it(language):
    quads = set(rdf.parse(_file(language), graph=ontology.TERMS))
    status = Literal("unreviewed")
    assert Quad(vocab.graph(f"labels/{language}"), SGO.translationStatus, status, ontology.TERMS) in quads


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_sorted_within_its_parts(language):
    for part in _file(language).read_text("utf-8").split("\n\n"):
        lines = [line.partition(" ")[0] for line in part.splitlines() if line.startswith("sgo:")]
        assert lines == sorted(lines)


# Families of properties, by how their names begin or end, and the words that mark each in its labels.
FAMILIES = {
    "ar": ("كما طُبع", "كما قُرئ", "(نص)"),
    "ja": ("原文どおりの", "読み取った", "（文字列）"),
    "ko": ("원문 ", "읽은 ", "(텍스트)"),
    "pl": ("drukowan", "jak odczytano", "(tekst)"),
    "zh-Hans": ("原文", "所读", "（文本）"),
}


@pytest.mark.parametrize("language", FAMILIES)
def test_a_family_of_properties_is_called_by_the_same_words(language):
    labels = {quad.subject.value.rpartition("#")[2]: quad.object.value for quad in _labels(language)}
    printed, read, text = FAMILIES[language]
    assert [name for name, label in labels.items() if name.startswith("printed") and printed not in label] == []
    assert [name for name, label in labels.items() if name.endswith("AsRead") and read not in label] == []
    assert [name for name, label in labels.items() if name.endswith("Text") and text not in label] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_confirmed_risk_class_has_a_label(language, english):
    classes = {one for one in english if one.value.startswith(vocab.concept("").value) and "/id/" not in one.value}
    labelled = {quad.subject for quad in _labels(language)}
    assert sorted(str(one) for one in classes - labelled) == []
