"""The mapping relations and what two of them say together.

Every thing that is compared has an extent: the devices of a class, what conforms to an edition, what meets a provision.
The first five relations are the ways in which two extents that are not empty can lie (the calculus RCC-5).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pyoxigraph import NamedNode

from standards_graph.model import mappings
from standards_graph.vocab import SGO, SKOS


class Relation(StrEnum):
    """A mapping relation, by the local name of its property."""

    EQ = "equivalentTo"
    PP = "entails"
    PPI = "entailedBy"
    PO = "overlaps"
    DR = "excludes"
    COMPATIBLE = "compatibleWith"
    CLOSE = "closeTo"
    RELATED = "relatedTo"
    FULLY = "coversFully"
    PARTLY = "coversPartially"

    @property
    def property(self) -> NamedNode:
        """The property of the ontology."""
        return PROPERTIES[self]


PROPERTIES: Mapping[Relation, NamedNode] = {one: NamedNode(SGO.iri + one.value) for one in Relation}
RELATIONS: Mapping[NamedNode, Relation] = {term: one for one, term in PROPERTIES.items()}

EXTENSIONAL = frozenset((Relation.EQ, Relation.PP, Relation.PPI, Relation.PO, Relation.DR, Relation.COMPATIBLE))
COVERAGE = frozenset((Relation.FULLY, Relation.PARTLY))

# Table A and table B: the row is the first step, the column the second, a dot says that nothing follows.
_TABLE_A = """
            EQ          PP          PPI         PO          DR   COMPATIBLE
EQ          EQ          PP          PPI         PO          DR   COMPATIBLE
PP          PP          PP          .           .           DR   .
PPI         PPI         COMPATIBLE  PPI         COMPATIBLE  .    COMPATIBLE
PO          PO          COMPATIBLE  .           .           .    .
DR          DR          .           DR          .           .    .
COMPATIBLE  COMPATIBLE  COMPATIBLE  .           .           .    .
"""
_TABLE_B = """
            EQ          PP          PPI         CLOSE       RELATED     FULLY       PARTLY
EQ          .           .           .           CLOSE       RELATED     FULLY       PARTLY
PP          .           .           .           .           .           FULLY       PARTLY
CLOSE       CLOSE       .           .           .           .           .           .
RELATED     RELATED     .           .           .           .           .           .
FULLY       FULLY       FULLY       PARTLY      .           .           FULLY       PARTLY
PARTLY      PARTLY      .           PARTLY      .           .           .           .
"""

Pair = tuple[Relation, Relation]


def _cells(table: str) -> dict[Pair, Relation]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    return {
        (Relation[row], Relation[column]): Relation[cell]
        for row, *cells in lines
        for column, cell in zip(head, cells, strict=True)
        if cell != "."
    }


CHAIN: Mapping[Pair, Relation] = {**_cells(_TABLE_A), **_cells(_TABLE_B)}
"""What follows for the first and the third thing; of two relations that are not here nothing follows."""

INVERSE: Mapping[Relation, Relation] = {
    Relation.EQ: Relation.EQ,
    Relation.PP: Relation.PPI,
    Relation.PPI: Relation.PP,
    Relation.PO: Relation.PO,
    Relation.DR: Relation.DR,
    Relation.COMPATIBLE: Relation.COMPATIBLE,
    Relation.CLOSE: Relation.CLOSE,
    Relation.RELATED: Relation.RELATED,
}
"""What the second thing is to the first; coverage is not said backwards."""

IMPLIES: Mapping[Relation, frozenset[Relation]] = {
    Relation.EQ: frozenset((Relation.COMPATIBLE, Relation.CLOSE)),
    Relation.PP: frozenset((Relation.COMPATIBLE,)),
    Relation.PPI: frozenset((Relation.COMPATIBLE,)),
    Relation.PO: frozenset((Relation.COMPATIBLE,)),
    Relation.FULLY: frozenset((Relation.PARTLY,)),
}
"""The weaker relations that a relation brings along: they are not stored beside it."""

NARROWED = frozenset((Relation.EQ, Relation.PP, Relation.PPI, Relation.DR, Relation.CLOSE, Relation.RELATED))
"""The relations of which something is left where only a part of the devices is looked at.

What is shared, and what sets two classes apart, may lie outside that part: so nothing is left of an overlap or of coverage,
and of ``entails`` it is no longer known whether the two differ.
"""

STRICT = frozenset((Relation.PP, Relation.PPI))
"""The relations that may leave open whether the two are the same."""

SKOS_MATCH: Mapping[Relation, NamedNode] = {
    Relation.EQ: SKOS.exactMatch,
    Relation.PP: SKOS.broadMatch,
    Relation.PPI: SKOS.narrowMatch,
    Relation.CLOSE: SKOS.closeMatch,
    Relation.RELATED: SKOS.relatedMatch,
}

WORDS: Mapping[Relation, str] = {one: mappings.WORDS[one] for one in Relation}
"""How a sentence says it."""
