"""The terms of the house as rdflib knows them, and back."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from standards_graph.vocab import XSD


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.Variable) -> Node:
    """The same term for rdflib, its lexical form untouched; a plain string has no datatype there."""
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            return rdflib.Literal(term.value, datatype=_datatype(term), normalize=False)
        case _:
            raise ValueError(f"a statement about a statement cannot be validated: {term}")


def graph_of(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """The statements as one rdflib graph, whatever graphs they stand in."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def _datatype(literal: ox.Literal) -> rdflib.URIRef | None:
    return None if literal.datatype == XSD.string else rdflib.URIRef(literal.datatype.value)
