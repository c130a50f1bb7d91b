"""RDF syntaxes: a file becomes quads of one graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph.errors import UnreadableFile

ENDINGS = ("ttl", "trig", "nt", "nq", "rdf", "jsonld", "n3")
"""File name endings that tell the syntax."""


def parse(path: Path, *, graph: NamedNode) -> Iterator[Quad]:
    """The statements of a file, all in the given graph, whatever graphs the file itself names.

    Blank nodes keep the names of the file. Raises UnreadableFile with the line.
    """
    syntax = _syntax(path)
    try:
        for quad in ox.parse(path=path, format=syntax):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
    except SyntaxError as error:
        raise UnreadableFile(_reason(error), source=str(path), line=error.lineno) from error
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error


def _syntax(path: Path) -> ox.RdfFormat:
    found = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if found is None:
        known = ", ".join(f".{ending}" for ending in ENDINGS)
        raise UnreadableFile(f"the ending {path.suffix!r} names no RDF syntax; use one of {known}", source=str(path))
    return found


def _reason(error: SyntaxError) -> str:
    """The parser's words without the place, which the error carries apart."""
    text = error.msg
    return text.partition(": ")[2] if text.startswith("Parser error at line ") else text
