"""What happened to one thing, worded as its page words it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from standards_graph.browse.entities import is_unverified
from standards_graph.browse.names import better, names
from standards_graph.browse.past import Past
from standards_graph.model.changes import ChangeSet, Revision
from standards_graph.model.entities import Name
from standards_graph.model.histories import Statement, Step, ThingHistory
from standards_graph.store.base import Reader
from standards_graph.vocab import RDFS, SKOS

_NAMES = (RDFS.label, SKOS.prefLabel)


class Histories:
    """The histories of things, with names as a reader's revision knows them."""

    def __init__(self, past: Past, reader: Reader) -> None:
        self._past, self._reader = past, reader

    def of(self, thing: NamedNode, *, limit: int, offset: int = 0) -> ThingHistory:
        """A page of what happened to a thing, newest first; raises NotFound where no revision says anything of it."""
        total = len(self._past.revisions_of(thing))
        told = self._past.of(thing, part=slice(offset, offset + limit))
        known = names(self._reader, {thing, *_terms(told)})
        steps = tuple(Step(one, *(_statements(part, known) for part in (change.added, change.removed))) for one, change in told)
        return ThingHistory(_best(thing, known[thing], told), steps, total, self._past.holds(thing))


def _terms(told: Iterable[tuple[Revision, ChangeSet]]) -> set[NamedNode]:
    quads = [quad for _, change in told for quad in (*change.added, *change.removed)]
    return {term for quad in quads for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}


def _statements(quads: Iterable[Quad], known: Mapping[NamedNode, Name]) -> tuple[Statement, ...]:
    found = (
        Statement(
            predicate=known[quad.predicate],
            term=quad.object,
            name=known[quad.object] if isinstance(quad.object, NamedNode) else None,
            graph=quad.graph_name,
            unverified=is_unverified(quad.graph_name),
        )
        for quad in quads
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.object, NamedNode | Literal | BlankNode)
    )
    return tuple(sorted(found, key=lambda one: (one.predicate.text.casefold(), one.name.text if one.name else str(one.term))))


def _best(thing: NamedNode, name: Name, told: Iterable[tuple[Revision, ChangeSet]]) -> Name:
    """The name of a thing; the last one that it had, where it is gone."""
    for _, change in told if not name.given else ():
        had = [quad.object for quad in (*change.removed, *change.added) if quad.predicate in _NAMES]
        names = [Name(thing, term.value, term.language or "") for term in had if isinstance(term, Literal)]
        if names:
            return functools.reduce(better, names)
    return name
