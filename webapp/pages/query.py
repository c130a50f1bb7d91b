"""The query page: a text field for SPARQL, examples, and the whole answer or an honest word why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from pyoxigraph import Literal, NamedNode

from standards_graph.errors import BadArgument, RegistryError
from standards_graph.model.answers import GRAPH_TYPES, RESULT_TYPES
from standards_graph.model.questions import by_audience
from standards_graph.model.results import Result
from standards_graph.vocab import DCTERMS, OWL, PREFIXES, RDF, RDFS, SGO, SKOS
from webapp import links, permissions
from webapp.current import the_base, the_registry
from webapp.errors import Problem, problem
from webapp.moment import the_moment

MOST_BYTES = 4_000_000
"""Bytes of an answer that the page shows; larger ones are for downloading."""
MOST_CELLS = 450
"""Cells of an answer that the page shows; the downloads hold all."""
MOST_TEXT = 60_000
"""Characters of a graph that the page shows."""

START = """PREFIX sgo: <https://w3id.org/standards-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?edition ?name WHERE {
  ?edition a sgo:StandardEdition ; rdfs:label ?name .
}
ORDER BY ?name
LIMIT 20
"""
_KNOWN = ("query", "example", "revision")
_OTHERS = (RDF, RDFS, SKOS, DCTERMS, OWL)
_FORMATS = {
    "rows": (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml")),
    "graph": (("Turtle", "turtle"), ("N-Triples", "ntriples"), ("JSON-LD", "jsonld"), ("RDF/XML", "rdfxml")),
}

blueprint = Blueprint("query", __name__)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the answer as it is shown: its text, where it leads, its language or type."""

    text: str
    address: str = ""
    language: str = ""
    datatype: str = ""


@blueprint.route("/query", methods=["GET", "POST"])
@permissions.anyone("a query asks and changes nothing; long ones come by POST")
def query() -> Response:
    """The page; with ``query`` also its answer, with ``example`` the text and the answer of a public question."""
    registry = the_registry()
    text = _text()
    result, failure = _run(text)
    page = render_template(
        "query.html",
        text=text or START,
        result=result,
        failure=failure,
        cells=list(_cells(result)) if result else [],
        formats=_FORMATS["graph" if result and result.form in {"CONSTRUCT", "DESCRIBE"} else "rows"],
        audiences=by_audience(registry.questions.all()),
        settings=registry.settings,
        words={"prefixes": PREFIXES, "terms": _terms()},
        curl=_curl(text or START, graph=bool(result and result.text)),
        python=_python(text or START),
        most_text=MOST_TEXT,
    )
    answer = make_response(page, failure.status if failure else 200)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _text() -> str:
    """The query that is asked; raises BadArgument for other parameters, NotFound for an unknown example."""
    given = request.values
    unknown = sorted(set(given) - {*_KNOWN})
    if unknown:
        raise BadArgument(f"This page has no parameter {unknown[0]}; it has: {', '.join(_KNOWN)}.", known=_KNOWN)
    if example := given.get("example"):
        return _without_header(the_registry().questions.query(example, {}))
    return given.get("query", "").replace("\r\n", "\n")


def _without_header(text: str) -> str:
    """A question's query under its title alone: what its other header lines say is for its page."""
    lines = text.splitlines()
    title = next((line for line in lines if line.startswith("#+ question: ")), "")
    rest = [line for line in lines if not line.startswith("#+ ")]
    return "\n".join(["# " + title.removeprefix("#+ question: "), *rest]) + "\n"


def _run(text: str) -> tuple[Result | None, Problem | None]:
    if not text.strip():
        return None, None
    try:
        return the_registry().run(text, client=request.remote_addr or "unknown", most_bytes=MOST_BYTES), None
    except RegistryError as error:
        return None, problem(error)


def _cells(result: Result) -> Iterator[list[Cell | None]]:
    for row in result.rows[: max(10, MOST_CELLS // max(1, len(result.columns)))]:
        yield [_cell(term) for term in row]


def _cell(term: Any) -> Cell | None:
    if isinstance(term, NamedNode):
        return Cell(links.short(term), links.local(term))
    if isinstance(term, Literal):
        plain = term.datatype.value.endswith(("#string", "#langString"))
        return Cell(term.value, language=term.language or "", datatype="" if plain else links.short(term.datatype))
    return None if term is None else Cell(str(term))


def _terms() -> list[str]:
    """Every word that the editor completes: the ontology's, and those of the vocabularies beside it that are declared."""
    spaces = {iri: prefix for prefix, iri in PREFIXES.items()}
    return sorted(
        f"{spaces[one.iri]}:{term.value.removeprefix(one.iri)}" for one in (SGO, *_OTHERS) for term in one.terms().values()
    )


def _curl(text: str, *, graph: bool) -> str:
    wanted = GRAPH_TYPES[0] if graph else RESULT_TYPES[2]
    return (
        f"curl --silent --show-error --header 'Accept: {wanted}' \\\n"
        f"  --data-urlencode 'query@-' {_endpoint()} <<'SPARQL'\n{text.rstrip()}\nSPARQL"
    )


def _endpoint() -> str:
    """The address of the endpoint, on the revision that the page is asked for."""
    revision = the_moment().revision
    return links.address(f"{the_base()}/sparql", {"revision": revision.name if revision else ""})


def _python(text: str) -> str:
    quoted = repr(text) if '"""' in text or "\\" in text else f'"""\n{text.rstrip()}\n"""'
    return (
        "from SPARQLWrapper import JSON, SPARQLWrapper\n\n"
        f'endpoint = SPARQLWrapper("{_endpoint()}", returnFormat=JSON)\n'
        f"endpoint.setQuery({quoted})\n"
        'for row in endpoint.queryAndConvert()["results"]["bindings"]:\n'
        '    print({name: cell["value"] for name, cell in row.items()})'
    )
