"""A request of the SPARQL 1.1 Protocol, read strictly from the WSGI environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from standards_graph.errors import BadArgument, BadInput, TooLarge
from standards_graph.model import answers
from standards_graph.model.answers import Dataset
from webapp.errors import WrongContent, WrongMethod

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
FORMAT_NAMES = ("format", "output", "results")
PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "revision", *FORMAT_NAMES)
MOST_PARAMETERS = 100

FORMATS: dict[str, tuple[str, ...]] = {
    "json": (answers.JSON, answers.JSONLD),
    "xml": (answers.XML, answers.RDFXML),
    "csv": (answers.CSV,),
    "tsv": (answers.TSV,),
    "turtle": (answers.TURTLE,),
    "ttl": (answers.TURTLE,),
    "n3": (answers.TURTLE,),
    "ntriples": (answers.NTRIPLES,),
    "nt": (answers.NTRIPLES,),
    "rdf": (answers.RDFXML,),
    "rdfxml": (answers.RDFXML,),
    "rdf+xml": (answers.RDFXML,),
    "json-ld": (answers.JSONLD,),
    "jsonld": (answers.JSONLD,),
    "trig": (answers.TRIG,),
    "nquads": (answers.NQUADS,),
    "nq": (answers.NQUADS,),
}
"""Short names of formats: the media types that they stand for, of rows and of graphs."""

ALIASES = {
    "application/json": (answers.JSON, answers.JSONLD),
    "application/xml": (answers.XML, answers.RDFXML),
    "text/xml": (answers.XML, answers.RDFXML),
    "text/n3": (answers.TURTLE,),
    "application/turtle": (answers.TURTLE,),
    "application/x-turtle": (answers.TURTLE,),
    "application/x-json+ld": (answers.JSONLD,),
}
"""Other names by which clients ask for a format."""

_KNOWN_TYPES = {name: (name,) for name in (*answers.RESULT_TYPES, *answers.GRAPH_TYPES)} | ALIASES


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks: the query (None: what the service says of itself), where, and in which formats if it says so.

    ``revision`` names the revision to answer from, or "" for the newest.
    """

    query: str | None
    dataset: Dataset | None
    formats: tuple[str, ...]
    revision: str = ""


def read(environ: Mapping[str, Any], *, most_bytes: int) -> Asked:
    """The question of a request; raises BadArgument, BadInput, TooLarge, WrongContent, WrongMethod."""
    method = environ["REQUEST_METHOD"]
    if method not in METHODS:
        raise WrongMethod(f"{method} is not answered here; use GET or POST.", allowed=METHODS)
    told = _pairs(_raw_query_string(environ))
    if method == "POST":
        told += _posted(environ, most_bytes)
    return _asked(told, may_be_empty=method != "POST")


def _raw_query_string(environ: Mapping[str, Any]) -> bytes:
    text = str(environ.get("QUERY_STRING", ""))
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        text = raw.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise BadInput("The parameters are not UTF-8.") from error
    except ValueError as error:
        raise BadInput(f"There are more than {MOST_PARAMETERS} parameters.") from error


def _posted(environ: Mapping[str, Any], most_bytes: int) -> list[tuple[str, str]]:
    kind, charset = _content_type(str(environ.get("CONTENT_TYPE", "")))
    if kind not in {FORM, DIRECT}:
        raise WrongContent(f"A POST has the Content-Type {FORM} or {DIRECT}, not {kind or 'none'}.")
    if charset not in {"", "utf-8", "utf8"}:
        raise WrongContent(f"Queries are read as UTF-8, not {charset}.")
    if environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise WrongContent("A packed request body is not read here; send the query as it is.")
    if kind == FORM:
        return _pairs(_body(environ, 3 * most_bytes + 20_000))
    try:
        return [("query", _body(environ, most_bytes).decode("utf-8-sig"))]
    except UnicodeDecodeError as error:
        raise BadInput(f"The query is not UTF-8: byte {error.start + 1}.") from error


def _content_type(header: str) -> tuple[str, str]:
    kind, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((part[8:].strip('"') for part in parameters if part.startswith("charset=")), "")
    return kind, charset


def _body(environ: Mapping[str, Any], most_bytes: int) -> bytes:
    """The body, never more than the limit of it."""
    told = str(environ.get("CONTENT_LENGTH") or "")
    if told and not (told.isascii() and told.isdigit()):
        raise BadInput("The Content-Length is not a number.")
    if told and int(told) > most_bytes:
        raise TooLarge(f"The request has {int(told):,} bytes; {most_bytes:,} are the limit.")
    if not told and "HTTP_TRANSFER_ENCODING" not in environ:
        return b""
    left = int(told) if told else most_bytes + 1
    parts: list[bytes] = []
    while left > 0 and (part := environ["wsgi.input"].read(min(left, 65_536))):
        parts.append(part)
        left -= len(part)
    if not told and left <= 0:
        raise TooLarge(f"The request has more than {most_bytes:,} bytes, the limit.")
    return b"".join(parts)


def _asked(told: list[tuple[str, str]], *, may_be_empty: bool) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in told:
        values.setdefault(name, []).append(value)
    _only_known(values)
    queries, revisions = values.get("query", []), [text for text in values.get("revision", []) if text]
    for name, given in (("query", queries), ("revision", revisions)):
        if len(given) > 1:
            raise BadArgument(f"Give the parameter {name} once, not {len(given)} times.", name=name)
    revision = revisions[0] if revisions else ""
    dataset = _dataset(values)
    formats = _formats([value for name in FORMAT_NAMES for value in values.get(name, [])])
    if queries:
        return Asked(queries[0], dataset, formats, revision)
    if may_be_empty and dataset is None:
        return Asked(None, None, formats, revision)
    raise BadArgument("The parameter query is missing.", name="query", known=PARAMETERS)


def _only_known(values: Mapping[str, list[str]]) -> None:
    if "update" in values:
        raise BadArgument("This endpoint only answers queries; it has no parameter update.", name="update", known=PARAMETERS)
    unknown = sorted(set(values) - set(PARAMETERS))
    if unknown:
        raise BadArgument(
            f"There is no parameter {', '.join(unknown)[:200]}; there are: {', '.join(PARAMETERS)}.",
            name=unknown[0][:200],
            known=PARAMETERS,
        )


def _dataset(values: Mapping[str, list[str]]) -> Dataset | None:
    default, named = values.get("default-graph-uri", []), values.get("named-graph-uri", [])
    if not default and not named:
        return None
    return Dataset(
        tuple(_graph("default-graph-uri", value) for value in default),
        tuple(_graph("named-graph-uri", value) for value in named),
    )


def _graph(name: str, value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as error:
        raise BadArgument(f"The parameter {name} is not an IRI: {error}.", name=name) from error


def _formats(told: list[str]) -> tuple[str, ...]:
    """The media types that the format parameters stand for; SPARQLWrapper repeats a format under several names."""
    words = [word.strip().lower() for value in told for word in value.replace(" ", "+").split(",")]
    found = [media_type for word in words for media_type in (FORMATS.get(word) or _KNOWN_TYPES.get(word) or ())]
    if told and not found:
        known = (*FORMATS, *_KNOWN_TYPES)
        raise BadArgument(f"There is no format {told[0][:100]!r}; there are: {', '.join(FORMATS)}.", name="format", known=known)
    return tuple(dict.fromkeys(found))
