"""The ontology, the declared words and the prefixes of all queries agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF

from standards_graph import resources, vocab

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.M | re.I)
QUERIES = sorted(path for room in ("ontology", "standards_graph", "webapp", "tests") for path in (ROOT / room).rglob("*.rq"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def declared() -> set[str]:
    graph = rdflib.Graph()
    for path in (resources.ontology() / "modules").glob("*.ttl"):
        graph.parse(path, format="turtle")
    terms = {str(term) for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return {term.removeprefix(vocab.SGO.iri) for term in terms if term.startswith(vocab.SGO.iri)}


def test_every_term_of_the_ontology_is_a_word_of_the_code(declared):
    assert declared - set(vocab.SGO.terms()) == set()


def test_every_word_of_the_code_is_a_term_of_the_ontology(declared):
    assert set(vocab.SGO.terms()) - declared == set()


def test_every_term_that_any_file_of_the_ontology_uses_is_declared(declared):
    used = set()
    for path in resources.ontology().rglob("*"):
        if path.suffix in {".ttl", ".rq"}:
            used |= set(re.findall(r"(?<!\w)sgo:([A-Za-z]\w*)", path.read_text("utf-8")))
    assert used - declared == set()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_query_uses_the_prefixes_of_the_house(path):
    stated = dict(PREFIX.findall(path.read_text("utf-8")))
    assert {name: iri for name, iri in stated.items() if vocab.PREFIXES.get(name) != iri} == {}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_query_uses_declared_terms(path, declared):
    assert set(re.findall(r"(?<!\w)sgo:([A-Za-z]\w*)", path.read_text("utf-8"))) - declared == set()


def test_a_trailing_underscore_is_not_part_of_the_term():
    assert vocab.SH.in_.value == "http://www.w3.org/ns/shacl#in"


def test_a_word_that_is_not_declared_is_an_error():
    with pytest.raises(AttributeError):
        vocab.SGO.recognizes  # type: ignore[attr-defined]  # noqa: B018
