"""Whether each class and each property is of use: a shape asks for it, and a question or an example has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.formats import rdf
from standards_graph.model.checks import Checked
from standards_graph.vocab import OWL, RDF, SGO

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
_ASKED = re.compile(r"(?<!\w)sgo:([A-Za-z]\w*)")
_NOWHERE = vocab.graph("example")


def of_ontology(folder: Path) -> Iterator[Checked]:
    """The two checks; annotations of the ontology itself are no matter of theirs."""
    terms = set(declared(folder))
    shaped, shown = named(folder / "shapes"), asked(folder) | named(folder / "examples")
    yield Checked("s12-in-a-shape", "Which class or property occurs in no shape?", tuple(sorted(terms - shaped)))
    asks = "Which class or property occurs in no question and in no example?"
    yield Checked("s12-in-a-question", asks, tuple(sorted(terms - shown)))


def declared(folder: Path) -> Iterator[str]:
    """The names of the own classes and properties of the modules."""
    for path in sorted((folder / "modules").glob("*.ttl")):
        for quad in rdf.parse(path, graph=_NOWHERE):
            if quad.predicate == RDF.type and quad.object in _KINDS and (name := _own(quad.subject)):
                yield name


def named(folder: Path) -> set[str]:
    """The names of the own terms that files of a folder name."""
    quads = (quad for path in sorted(folder.glob("*.ttl")) for quad in rdf.parse(path, graph=_NOWHERE))
    return {name for quad in quads for term in _terms(quad) if (name := _own(term))}


def asked(folder: Path) -> set[str]:
    """The names of the own terms that the questions ask with."""
    return {name for path in (folder / "questions").glob("*.rq") for name in _ASKED.findall(path.read_text("utf-8"))}


def _terms(quad: Iterable[object]) -> Iterator[object]:
    subject, predicate, value, *_ = quad
    yield from (subject, predicate, value)


def _own(term: object) -> str:
    return term.value.removeprefix(SGO.iri) if isinstance(term, NamedNode) and term.value.startswith(SGO.iri) else ""
