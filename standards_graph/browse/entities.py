"""One thing by its IRI: everything that is said about it, each statement with its source, and what points at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pyoxigraph import BlankNode, NamedNode

from standards_graph import queries
from standards_graph.browse import borrowed
from standards_graph.browse.asking import ask, told
from standards_graph.browse.claims import claims
from standards_graph.browse.names import names
from standards_graph.browse.sources import sources
from standards_graph.errors import NotFound
from standards_graph.model.entities import Entity, Group, Incoming, Name, Source, Term, Value
from standards_graph.queries import paged
from standards_graph.store.base import Reader
from standards_graph.vocab import BASE, RDF, SGO

SHOWN = 25
"""How many values or incoming links of one predicate a page shows before it points to the full list."""

_TERMS = SGO.terms()
COMPANIONS = {
    _TERMS[computed]: printed
    for name, printed in _TERMS.items()
    if name.startswith("printed") and (computed := name[7:8].lower() + name[8:]) in _TERMS
}
"""A date for computing, and the one that the source prints: readers see the second."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A predicate, its object, and the graphs that say so."""

    predicate: NamedNode
    term: Term
    graphs: tuple[NamedNode, ...]
    computed: str = ""


class Entities:
    """What may be asked about single things."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def about(self, thing: NamedNode) -> Entity:
        """Everything about one thing, long groups cut and marked so; raises NotFound."""
        said = self._said(thing)
        totals = [
            (row.iri("predicate"), row.number("total")) for row in ask(self._reader, "browse/incoming_totals", thing=thing)
        ]
        if not said and not totals:
            raise NotFound(f"Nothing in the registry is called {thing.value}.")
        pointing = {predicate: self._pointing(thing, predicate, limit=SHOWN) for predicate, _ in totals}
        known = self._names(thing, said, pointing)
        backwards = self._inverses(pointing)
        records = sources(self._reader, [thing]).get(thing, ())
        graphs = sorted({graph for one in said for graph in one.graphs}, key=str)
        return Entity(
            name=known[thing],
            types=tuple(known[one.term] for one in said if one.predicate == RDF.type and isinstance(one.term, NamedNode)),
            groups=tuple(_groups(said, known, records)),
            incoming=tuple(_incoming(known[p], pointing[p], total, backwards.get(p, ""), known) for p, total in totals),
            sources=records,
            graphs=tuple(known[graph] for graph in graphs),
            unverified=bool(graphs) and all(map(is_unverified, graphs)),
            revision=self._reader.revision.number,
            claims=claims(self._reader, thing) if SGO.claimAbout in pointing else (),
        )

    def values(self, thing: NamedNode, predicate: NamedNode) -> Group:
        """Everything that one predicate says about a thing, uncut; raises NotFound."""
        said = [one for one in self._said(thing) if one.predicate == predicate]
        if not said:
            raise NotFound(f"Nothing is said about {thing.value} by {predicate.value}.")
        known = self._names(thing, said, {})
        records = sources(self._reader, [thing]).get(thing, ())
        return next(_groups(said, known, records, shown=len(said)))

    def incoming(self, thing: NamedNode, predicate: NamedNode, *, limit: int, offset: int) -> Incoming:
        """A page of the things that point at one thing by one predicate; raises NotFound."""
        totals = {row.iri("predicate"): row.number("total") for row in ask(self._reader, "browse/incoming_totals", thing=thing)}
        if predicate not in totals:
            raise NotFound(f"Nothing points at {thing.value} by {predicate.value}.")
        others = self._pointing(thing, predicate, limit=limit, offset=offset)
        known = names(self._reader, [predicate, *others])
        inverse = self._inverses([predicate]).get(predicate, "")
        return _incoming(known[predicate], others, totals[predicate], inverse, known)

    def name(self, thing: NamedNode) -> Name:
        """What a thing is called."""
        return names(self._reader, [thing])[thing]

    def names(self, things: Iterable[NamedNode]) -> dict[NamedNode, Name]:
        """What things are called."""
        return names(self._reader, things)

    def _said(self, thing: NamedNode) -> list[_Said]:
        rows = [
            (r.iri("predicate"), r.term("object"), r.iri("graph")) for r in ask(self._reader, "browse/statements", thing=thing)
        ]
        return [
            _Said(predicate, term, tuple(graph for _, _, graph in same))
            for (predicate, term), same in groupby(rows, key=lambda row: row[:2])
            if term is not None
        ]

    def _inverses(self, predicates: Iterable[NamedNode]) -> dict[NamedNode, str]:
        wanted = list(predicates)
        found = ask(self._reader, "browse/inverses", predicate=wanted) if wanted else ()
        usual = {predicate: borrowed.INVERSES[predicate] for predicate in wanted if predicate in borrowed.INVERSES}
        return usual | {row.iri("predicate"): row.text("name") for row in found}

    def _pointing(self, thing: NamedNode, predicate: NamedNode, *, limit: int, offset: int = 0) -> dict[NamedNode, bool]:
        """What points at a thing by a predicate, and whether a confirmed statement says so."""
        text = queries.load("browse/incoming").bind(thing=thing, predicate=predicate)
        return {row.iri("other"): row.yes("confirmed") for row in told(self._reader, paged(text, limit=limit, offset=offset))}

    def _names(
        self, thing: NamedNode, said: Sequence[_Said], pointing: dict[NamedNode, dict[NamedNode, bool]]
    ) -> dict[NamedNode, Name]:
        wanted = {thing, *pointing}
        for others in pointing.values():
            wanted.update(others)
        for one in said:
            wanted.update((one.predicate, *one.graphs))
            if isinstance(one.term, NamedNode):
                wanted.add(one.term)
        return names(self._reader, wanted)


def is_unverified(graph: NamedNode) -> bool:
    """Whether a graph holds rows that no reading has confirmed."""
    return graph.value.startswith(BASE + "graph/unverified/")


def _incoming(
    predicate: Name, others: dict[NamedNode, bool], total: int, inverse: str, known: dict[NamedNode, Name]
) -> Incoming:
    doubtful = frozenset(other for other, confirmed in others.items() if not confirmed)
    return Incoming(predicate, tuple(known[other] for other in others), total, inverse, doubtful)


def _groups(
    said: Iterable[_Said], known: dict[NamedNode, Name], records: Sequence[Source], *, shown: int = SHOWN
) -> Iterator[Group]:
    by_predicate = {predicate: list(found) for predicate, found in groupby(said, key=lambda one: one.predicate)}
    for predicate, companion in COMPANIONS.items():
        _show_printed(by_predicate, predicate, companion)
    for predicate, found in by_predicate.items():
        values = tuple(_value(one, known, records) for one in found[:shown])
        yield Group(known[predicate], values, len(found))


def _show_printed(by_predicate: dict[NamedNode, list[_Said]], predicate: NamedNode, companion: NamedNode) -> None:
    """Put the printed date in the place of the computed one, where the same graphs say one of each."""
    computed, printed = by_predicate.get(predicate, []), by_predicate.get(companion, [])
    if len(computed) == len(printed) == 1 and computed[0].graphs == printed[0].graphs:
        day = computed[0].term
        by_predicate[predicate] = [replace(printed[0], computed="" if isinstance(day, BlankNode) else day.value)]
        del by_predicate[companion]


def _value(one: _Said, known: dict[NamedNode, Name], records: Sequence[Source]) -> Value:
    return Value(
        term=one.term,
        name=known[one.term] if isinstance(one.term, NamedNode) else None,
        graphs=one.graphs,
        sources=tuple(source for source in records if source.graph in one.graphs),
        computed=one.computed,
        unverified=all(map(is_unverified, one.graphs)),
    )
