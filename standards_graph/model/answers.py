"""What a query may cost, where it looks, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
NTRIPLES = "application/n-triples"
RDFXML = "application/rdf+xml"
JSONLD = "application/ld+json"
TRIG = "application/trig"
NQUADS = "application/n-quads"

RESULT_TYPES = (JSON, XML, CSV, TSV)
"""Media types for the answers of SELECT and ASK, most wanted first."""
GRAPH_TYPES = (TURTLE, NTRIPLES, RDFXML, JSONLD, TRIG, NQUADS)
"""Media types for the answers of CONSTRUCT and DESCRIBE, most wanted first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds on the wall, bytes of memory, bytes of answer."""

    seconds: float = 30.0
    memory: int = 1 << 30
    answer: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees instead of the usual ones (SPARQL 1.1 Protocol 2.1.4)."""

    default: tuple[NamedNode, ...] = ()
    named: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer: its bytes, their media type, and the number of the revision that it was computed on."""

    body: bytes
    media_type: str
    revision: int
