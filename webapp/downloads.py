"""Data as a file: the same content as a page, under the page's address with an extension."""

from __future__ import annotations

from flask import Response, request
from pyoxigraph import NamedNode

from standards_graph.model import answers
from standards_graph.model.answers import Answer
from webapp.current import the_registry
from webapp.negotiate import best

RESULTS = {"csv": answers.CSV, "json": answers.JSON}
"""Extensions of rows."""

GRAPHS = {
    "ttl": answers.TURTLE,
    "nt": answers.NTRIPLES,
    "jsonld": answers.JSONLD,
    "json": answers.JSONLD,
    "rdf": answers.RDFXML,
}
"""Extensions of graphs."""

MAPPINGS = {"sssom.tsv": "tsv", "sssom.json": "json", "sssom.ttl": "rdf"}
"""Extensions of mapping sets, and the form that they mean."""

SPARQL = "application/sparql-query"


def split(name: str) -> tuple[str, str]:
    """The name without its extension, and the extension if it is one of a graph; names of things have no dot."""
    bare, _, extension = name.rpartition(".")
    return (bare, extension) if bare and extension in GRAPHS else (name, "")


def data(answer: Answer, *, name: str) -> Response:
    """An answer as a file with this name."""
    return file(answer.body, answer.media_type, name=name)


def mapping_set(name: str) -> Response | None:
    """A mapping set in a form of SSSOM, where the name of a data set ends so."""
    for ending, form in MAPPINGS.items():
        bare = name.removesuffix(f".{ending}").removeprefix("mapping/")
        if name == f"mapping/{bare}.{ending}":
            answer = the_registry().mapping_sets.written(bare, form)
            return file(answer.body, answer.media_type, name=f"{bare}.{ending}", shown=form == "rdf")
    return None


def described(iri: NamedNode, extension: str) -> Response:
    """What is recorded about an IRI, in the syntax of an extension."""
    answer = the_registry().descriptions.of(iri, GRAPHS[extension])
    tail = iri.value.rstrip("/#").rpartition("/")[2].rpartition("#")[2]
    return file(answer.body, answer.media_type, name=f"{tail}.{extension}", shown=True)


def file(body: bytes, media_type: str, *, name: str, shown: bool = False) -> Response:
    """Bytes as a file: rows are saved, graphs are shown."""
    response = Response(body, content_type=media_type + ("; charset=utf-8" if media_type.startswith("text/") else ""))
    response.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def wanted_ending() -> str:
    """The extension of the syntax of a graph that the client wants most."""
    found = best(request.headers.get("Accept"), answers.GRAPH_TYPES)
    return next((ending for ending, media_type in GRAPHS.items() if media_type == found), "ttl")


def wanted() -> bool:
    """Whether the client wants data rather than a page."""
    return best(request.headers.get("Accept"), ("text/html", *answers.GRAPH_TYPES)) in answers.GRAPH_TYPES
