"""One thing of a difference as it is shown: its name, and the first of its statements as words."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.model.changes import ChangeSet
from standards_graph.model.drafts import ThingLook
from standards_graph.store.base import Present
from standards_graph.vocab import RDFS, SKOS

STATEMENTS = 40
"""Statements of one thing that are kept to be shown, each way."""
LONGEST = 400
"""Characters of one value that are kept to be shown."""


def seen(fate: str, thing: NamedNode, its: ChangeSet, present: Present) -> ThingLook:
    """A thing as it is shown."""
    name = _name(its.added) or _name(present.about(thing)) or ""
    return ThingLook(fate, thing.value, name, len(its.added), len(its.removed), _first(its.added), _first(its.removed))


def _name(quads: Iterable[Quad]) -> str:
    found = [quad.object for quad in quads if quad.predicate in (RDFS.label, SKOS.prefLabel)]
    texts = [one for one in found if isinstance(one, Literal)]
    return next((one.value for one in sorted(texts, key=lambda one: one.language not in (None, "en"))), "")


def _first(quads: Iterable[Quad]) -> tuple[tuple[str, str, str], ...]:
    return tuple(_statement(quad) for quad in sorted(quads, key=str)[:STATEMENTS])


def _statement(quad: Quad) -> tuple[str, str, str]:
    value = quad.object
    if isinstance(value, NamedNode):
        return quad.predicate.value, value.value, value.value
    return quad.predicate.value, value.value[:LONGEST] if isinstance(value, Literal) else str(value)[:LONGEST], ""
