from __future__ import annotations

from itertools import chain

import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.importing import ontology

FILES = sorted(resources.ontology().rglob("*.ttl"))
SGO = rdflib.Namespace(vocab.SGO.iri)
ROOT = rdflib.URIRef(vocab.BASE + "ontology")


def own(graph: rdflib.Graph) -> set[str]:
    return {str(term) for triple in graph for term in triple if str(term).startswith(vocab.SGO.iri)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_turtle(path):
    assert list(rdf.parse(path, graph=ontology.TERMS))


def test_the_root_imports_every_module(terms, folder):
    modules = {rdflib.URIRef(f"{ROOT}/module/{path.stem}") for path in (folder / "modules").glob("*.ttl")}
    assert set(terms.objects(ROOT, OWL.imports)) == modules
    assert len(modules) == 14


def test_the_root_says_what_it_is(terms):
    wanted = [DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, DCTERMS.created, OWL.versionIRI]
    assert [one for one in wanted if terms.value(ROOT, one) is None] == []
    assert terms.value(ROOT, OWL.versionIRI) != ROOT


def test_shapes_and_code_lists_use_declared_terms_only(terms, shapes, schemes):
    declared = {str(term) for term in terms.subjects(RDF.type, None)}
    assert (own(shapes) | own(schemes)) - declared == set()


def test_every_code_has_its_name_notation_definition_and_scheme(schemes):
    wanted = [SKOS.prefLabel, SKOS.notation, SKOS.definition, SKOS.inScheme, SKOS.topConceptOf | SKOS.broader]
    codes = set(schemes.subjects(RDF.type, SKOS.Concept))
    assert [(code, one) for code in codes for one in wanted if len(set(schemes.objects(code, one))) != 1] == []


def test_a_code_list_is_named_after_its_file(folder):
    for path in (folder / "schemes").glob("*.ttl"):
        named = {quad.subject.value for quad in rdf.parse(path, graph=ontology.TERMS)}
        scheme = vocab.concept(path.stem).value
        assert all(one == scheme or one.startswith(scheme + "/") for one in named)


def test_two_codes_of_a_list_share_no_notation_and_no_name(schemes):
    for scheme in schemes.subjects(RDF.type, SKOS.ConceptScheme):
        codes = list(schemes.subjects(SKOS.inScheme, scheme))
        for words in (SKOS.notation, SKOS.prefLabel):
            assert len({schemes.value(code, words) for code in codes}) == len(codes)


def test_every_link_between_things_can_be_read_backwards(terms):
    properties = set(terms.subjects(RDF.type, OWL.ObjectProperty)) - set(terms.subjects(RDF.type, OWL.SymmetricProperty))
    mute = [
        one
        for one in properties
        if str(one).startswith(vocab.SGO.iri)
        and terms.value(one, SGO.inverseLabel) is None
        and terms.value(one, OWL.inverseOf) is None
        and terms.value(None, OWL.inverseOf, one) is None
    ]
    assert mute == []


def test_definitions_are_sentences_of_six_to_sixty_words(terms):
    kinds = chain.from_iterable(terms.subjects(RDF.type, one) for one in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty))
    ours = {term: str(terms.value(term, SKOS.definition)) for term in kinds if str(term).startswith(vocab.SGO.iri)}
    bad = [term for term, text in ours.items() if not 6 <= len(text.split()) <= 60 or not text.endswith(".")]
    assert bad == []


def test_ranges_are_datatypes_of_owl(terms):
    allowed = {"string", "boolean", "integer", "decimal", "dateTime", "anyURI"}
    xsd = vocab.XSD.iri
    ranges = {str(one) for one in terms.objects(None, RDFS.range) if str(one).startswith(xsd)}
    assert {one.removeprefix(xsd) for one in ranges} - allowed == set()


def test_the_packaged_quads_are_without_blank_nodes_and_always_the_same():
    once, again = list(ontology.quads()), list(ontology.quads())
    assert once == again
    assert not any(isinstance(term, BlankNode) for quad in once for term in (quad.subject, quad.object))


def test_no_two_files_give_one_name_to_two_blank_nodes():
    """As many shapes of fields come out as stand in the files."""
    path = NamedNode(vocab.SH.path.value)
    written = sum(q.predicate == path for f in FILES for q in rdf.parse(f, graph=ontology.TERMS))
    assert sum(quad.predicate == path for quad in set(ontology.quads())) == written


def test_each_part_is_loaded_in_its_graph(folder):
    graphs = {str(quad.graph_name.value).removeprefix(vocab.BASE + "graph/") for quad in ontology.quads()}
    schemes = {f"scheme/{path.stem}" for path in (folder / "schemes").glob("*.ttl")}
    labels = {f"labels/{ontology.language(path)}" for path in (folder / "labels").glob("*.ttl")}
    assert graphs == {"ontology", "shapes"} | schemes | labels
