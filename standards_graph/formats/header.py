"""What the header of the ontology says that nobody writes by hand: the questions beside it, and how many terms it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from standards_graph.vocab import BASE, MOD, OWL, RDF, SGO, XSD

ONTOLOGY = NamedNode(BASE + "ontology")
COUNTED = {
    OWL.Class: MOD.numberOfClasses,
    OWL.ObjectProperty: MOD.numberOfObjectProperties,
    OWL.DatatypeProperty: MOD.numberOfDataProperties,
}
"""The kinds of terms that are counted, and what their number is called."""


def worked_out(quads: Iterable[Quad], folder: Path) -> Iterator[Triple]:
    """How many own terms of each kind the statements declare, and a link to each question in a folder ``ontology/``."""
    declared = {
        (quad.subject, quad.object)
        for quad in quads
        if quad.predicate == RDF.type and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(SGO.iri)
    }
    for kind, name in COUNTED.items():
        total = sum(one == kind for _, one in declared)
        yield Triple(ONTOLOGY, name, Literal(str(total), datatype=XSD.nonNegativeInteger))
    for path in sorted((folder / "questions").glob("*.rq")):
        yield Triple(ONTOLOGY, MOD.competencyQuestion, NamedNode(f"{BASE}questions/{path.stem}"))
