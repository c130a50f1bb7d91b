"""What there is to be had, for machines: a catalogue (DCAT) of the named graphs, and the registry as a data set (VoID)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from standards_graph import queries
from standards_graph.model.answers import JSON, Answer
from standards_graph.model.dumps import Dump
from standards_graph.publishing.dumped import CATALOGUE, WHOLE, described, named
from standards_graph.publishing.writing import written
from standards_graph.store.base import Reader
from standards_graph.store.rows import rows
from standards_graph.vocab import BASE, DCAT, DCTERMS, RDF, SGO, VOID, XSD

SERVICE = NamedNode(f"{CATALOGUE.value}#sparql")
PUBLISHER = NamedNode(BASE)
CC_BY = NamedNode("https://creativecommons.org/licenses/by/4.0/")
MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""The endings under which a graph is to be had, and what comes then."""

_IANA = "https://www.iana.org/assignments/media-types/"


def catalogue(reader: Reader, *, base: str, media_type: str, dumps: Iterable[Dump] = ()) -> Answer:
    """The catalogue of a revision as served at an address, with the dumps that there are.

    Raises NotAcceptable for what is no syntax of a graph.
    """
    answer = reader.answer(queries.load("publishing/sizes").text, media_type=JSON)
    sizes = {row.iri("graph"): row.number("total") for row in rows(answer)}
    licensed = rows(reader.answer(queries.load("publishing/licences").text, media_type=JSON))
    licences = [Triple(row.iri("graph"), DCTERMS.license, row.iri("licence")) for row in licensed]
    said = [*_catalogue(sizes), *_whole(sizes, base), *licences]
    for graph, size in sizes.items():
        said.extend(_graph(graph, size, base))
    for dump in dumps:
        version = named(dump.revision.name)
        said += [Triple(CATALOGUE, DCAT.dataset, version), Triple(WHOLE, DCAT.hasVersion, version)]
        said.extend(described(dump, base=base))
    return Answer(written(said, media_type), media_type, answer.revision)


def _catalogue(graphs: Iterable[NamedNode]) -> Iterator[Triple]:
    yield Triple(CATALOGUE, RDF.type, DCAT.Catalog)
    yield Triple(CATALOGUE, DCTERMS.title, _english("Data of Standards Graph"))
    yield Triple(
        CATALOGUE, DCTERMS.description, _english("The named graphs of the registry, each a data set with its licences.")
    )
    yield Triple(CATALOGUE, DCTERMS.publisher, PUBLISHER)
    yield Triple(CATALOGUE, DCTERMS.license, CC_BY)
    yield Triple(CATALOGUE, DCAT.service, SERVICE)
    for graph in (WHOLE, *graphs):
        yield Triple(CATALOGUE, DCAT.dataset, graph)


def _whole(sizes: dict[NamedNode, int], base: str) -> Iterator[Triple]:
    endpoint = NamedNode(f"{base}/sparql")
    yield Triple(WHOLE, RDF.type, DCAT.Dataset)
    yield Triple(WHOLE, RDF.type, VOID.Dataset)
    yield Triple(WHOLE, DCTERMS.title, _english("Standards Graph"))
    yield Triple(WHOLE, VOID.triples, _count(sum(sizes.values())))
    yield Triple(WHOLE, VOID.uriSpace, Literal(BASE))
    yield Triple(WHOLE, VOID.vocabulary, NamedNode(SGO.iri))
    yield Triple(WHOLE, VOID.sparqlEndpoint, endpoint)
    for graph in sizes:
        yield Triple(WHOLE, VOID.subset, graph)
    yield Triple(SERVICE, RDF.type, DCAT.DataService)
    yield Triple(SERVICE, DCTERMS.title, _english("SPARQL endpoint of Standards Graph"))
    yield Triple(SERVICE, DCAT.endpointURL, endpoint)
    yield Triple(SERVICE, DCAT.servesDataset, WHOLE)


def _graph(graph: NamedNode, size: int, base: str) -> Iterator[Triple]:
    name = graph.value.removeprefix(f"{BASE}graph/")
    yield Triple(graph, RDF.type, DCAT.Dataset)
    yield Triple(graph, RDF.type, VOID.Dataset)
    yield Triple(graph, DCTERMS.title, _english(name))
    yield Triple(graph, DCAT.landingPage, NamedNode(f"{base}/dataset/{name}"))
    yield Triple(graph, VOID.triples, _count(size))
    for ending, media_type in MEDIA_TYPES.items():
        file = NamedNode(f"{graph.value}.{ending}")
        yield Triple(graph, DCAT.distribution, file)
        yield Triple(file, RDF.type, DCAT.Distribution)
        yield Triple(file, DCAT.downloadURL, NamedNode(f"{base}/dataset/{name}.{ending}"))
        yield Triple(file, DCAT.mediaType, NamedNode(_IANA + media_type))


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
