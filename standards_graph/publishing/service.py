"""What the SPARQL endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from standards_graph import queries
from standards_graph.model.answers import JSON, Answer
from standards_graph.publishing.writing import written
from standards_graph.store.base import Reader
from standards_graph.store.rows import rows
from standards_graph.vocab import DCTERMS, RDF, RDFS, SD, VOID, XSD, in_default_graph

_FORMATS = "http://www.w3.org/ns/formats/"
FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)
"""Names of the W3C's list of formats, in the order of the media types of answers."""

_DEFAULT_GRAPH = (
    "The merge of the named graphs that are marked as part of it: all but those of conflicts, of quality reports and of "
    "unverified rows, which are reached with GRAPH or FROM."
)


def service_description(reader: Reader, *, endpoint: NamedNode, media_type: str, limits: str) -> Answer:
    """The endpoint's address, language, formats, limits (a sentence) and graphs."""
    answer = reader.answer(queries.load("publishing/graphs").text, media_type=JSON)
    graphs = [row.iri("graph") for row in rows(answer)]
    said = [*_service(endpoint, limits), *_dataset(endpoint, graphs, quads=reader.revision.quads)]
    return Answer(written(said, media_type), media_type, answer.revision)


def _service(endpoint: NamedNode, limits: str) -> Iterator[Triple]:
    yield Triple(endpoint, RDF.type, SD.Service)
    yield Triple(endpoint, RDFS.label, Literal("SPARQL endpoint of Standards Graph", language="en"))
    yield Triple(endpoint, RDFS.comment, Literal(limits, language="en"))
    yield Triple(endpoint, SD.endpoint, endpoint)
    yield Triple(endpoint, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(endpoint, SD.defaultEntailmentRegime, NamedNode("http://www.w3.org/ns/entailment/Simple"))
    for name in FORMATS:
        yield Triple(endpoint, SD.resultFormat, NamedNode(_FORMATS + name))
    yield Triple(endpoint, SD.defaultDataset, NamedNode(f"{endpoint.value}#dataset"))


def _dataset(endpoint: NamedNode, graphs: list[NamedNode], *, quads: int) -> Iterator[Triple]:
    dataset, default = NamedNode(f"{endpoint.value}#dataset"), NamedNode(f"{endpoint.value}#default-graph")
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, VOID.triples, Literal(str(quads), datatype=XSD.integer))
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, DCTERMS.description, Literal(_DEFAULT_GRAPH, language="en"))
    for number, graph in enumerate(graphs, 1):
        named = NamedNode(f"{endpoint.value}#named-graph-{number}")
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, graph)
        if in_default_graph(graph):
            yield Triple(default, DCTERMS.hasPart, graph)
