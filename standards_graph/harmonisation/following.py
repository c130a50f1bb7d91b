"""Everything that follows from the published facts: by the rules of the ontology, and by the mapping engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from standards_graph.harmonisation import reading, rules, writing
from standards_graph.harmonisation.engine import outcome

GRAPHS = (rules.FACTS, writing.MAPPINGS, writing.DIRECT, writing.CONFLICTS, writing.NOTICES)
"""The graphs that are worked out anew with every change, and in which nothing else is written."""


def premises() -> frozenset[NamedNode]:
    """The properties of the facts from which something may follow."""
    return rules.premises() | reading.PREMISES


def follows(facts: Iterable[Quad], day: dt.date) -> tuple[Quad, ...]:
    """The quads of those graphs, for what holds on a day; what the facts hold of them already is not read."""
    words = premises()
    said = [quad for quad in facts if quad.predicate in words and quad.graph_name not in GRAPHS]
    found = {*rules.derived(said), *writing.quads(outcome(said), day)}
    return tuple(sorted(found, key=str))
