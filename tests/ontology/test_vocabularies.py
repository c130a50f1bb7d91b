"""The kept lists of terms of other vocabularies: complete, not longer than needed, and true where a copy is at hand."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import rdflib
from rdflib import namespace
from rdflib.namespace import DCTERMS, RDFS, VANN

from standards_graph import resources, vocab

FILES = sorted((resources.ontology() / "vocabularies").glob("*.ttl"))
CLOSED = {
    "dcat": namespace.DCAT,
    "dcterms": namespace.DCTERMS,
    "foaf": namespace.FOAF,
    "org": namespace.ORG,
    "owl": namespace.OWL,
    "prov": namespace.PROV,
    "rdf": namespace.RDF,
    "rdfs": namespace.RDFS,
    "schema": namespace.SDO,
    "sh": namespace.SH,
    "skos": namespace.SKOS,
    "sosa": namespace.SOSA,
    "vann": namespace.VANN,
    "void": namespace.VOID,
    "xsd": namespace.XSD,
}
"""Vocabularies of which rdflib carries the whole list of terms."""
LATER = {"DatasetSeries", "hasVersion", "inSeries", "isVersionOf", "prev", "previousVersion", "version"}
"""Terms of version 3 of DCAT; rdflib carries version 2."""
COPIES = {
    "airo": ("airo-vair/airo.ttl",),
    "dpv": ("w3c-dpv-2.3/dpv/dpv.ttl.gz",),
    "eu-aiact": ("w3c-dpv-2.3/legal/eu/aiact/eu-aiact.ttl",),
}
WORDS = {"sssom": "sssom-reference/sssom_schema.yaml", "semapv": "sssom-reference/semapv-terms.tsv"}


def read(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path)


def listed(graph: rdflib.Graph) -> set[str]:
    return {str(term) for term in graph.objects(None, DCTERMS.hasPart)}


def lists() -> dict[str, rdflib.Graph]:
    return {path.stem: read(path) for path in FILES}


def named_in_the_code() -> set[str]:
    declared = [one for one in vars(vocab).values() if isinstance(one, type) and issubclass(one, vocab.Vocabulary)]
    return {term.value for one in declared if one not in (vocab.Vocabulary, vocab.SGO) for term in one.terms().values()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_list_says_which_vocabulary_it_is_where_that_is_defined_and_how_it_was_checked(path: Path):
    graph = read(path)
    (name,) = set(graph.subjects())
    assert str(name) == f"{vocab.BASE}ontology/vocabulary/{path.stem}"
    wanted = (DCTERMS.title, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, RDFS.seeAlso, DCTERMS.provenance)
    assert [one for one in wanted if len(set(graph.objects(name, one))) != 1] == []
    assert str(graph.value(name, VANN.preferredNamespacePrefix)) == path.stem
    space = str(graph.value(name, VANN.preferredNamespaceUri))
    assert [term for term in listed(graph) if not term.startswith(space) or term == space] == []


def test_every_term_that_the_code_names_stands_in_a_list():
    kept = set().union(*(listed(graph) for graph in lists().values()))
    assert named_in_the_code() - kept == set()


def test_a_list_holds_nothing_that_neither_the_files_nor_the_code_use():
    texts = rdflib.Graph()
    for part in (".", "modules", "schemes", "labels", "align", "shapes"):
        for path in (resources.ontology() / part).glob("*.ttl"):
            texts.parse(path)
    used = {str(term) for triple in texts for term in triple}
    used |= {str(term.datatype or RDFS.Literal) for term in texts.objects() if isinstance(term, rdflib.Literal)}
    used |= {str(namespace.RDF.langString), str(namespace.XSD.string)} | named_in_the_code()
    for graph in lists().values():
        used |= {str(one) for one in graph.predicates()}
    assert {name: sorted(listed(graph) - used) for name, graph in lists().items() if listed(graph) - used} == {}


@pytest.mark.parametrize("name", CLOSED)
def test_a_listed_term_stands_in_the_list_that_rdflib_carries(name: str):
    later = {f"{vocab.DCAT.iri}{one}" for one in LATER} if name == "dcat" else set()
    assert [term for term in listed(lists()[name]) - later if rdflib.URIRef(term) not in CLOSED[name]] == []


@pytest.mark.parametrize("name", COPIES)
def test_a_listed_term_stands_in_the_copy_of_its_vocabulary(name: str, shared: Path):
    known = set()
    for part in COPIES[name]:
        raw = (shared / "data" / part).read_bytes()
        text = (gzip.decompress(raw) if part.endswith(".gz") else raw).decode()
        known |= {str(one) for one in rdflib.Graph().parse(data=text, format="turtle").subjects()}
    assert listed(lists()[name]) - known == set()


@pytest.mark.parametrize("name", WORDS)
def test_a_listed_term_is_a_word_of_the_copy_of_its_vocabulary(name: str, shared: Path):
    text = spaced((shared / "data" / WORDS[name]).read_text("utf-8"))
    assert [term for term in listed(lists()[name]) if spaced(term.rpartition("/")[2]) not in text] == []


def spaced(text: str) -> str:
    """In lower case, the parts of a name apart: ``MappingSet`` and ``mapping_set`` alike."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("_", " ").lower()
