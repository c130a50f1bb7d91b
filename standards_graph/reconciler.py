"""Organisations that may be one and the same: found, scored, accepted where the score is sure, else queued for a curator.

Nothing is merged. What is decided of a pair is a mapping record, published as a revision of its own that can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from standards_graph.curator import Curator
from standards_graph.errors import BadInput, NotFound
from standards_graph.model.changes import Revision
from standards_graph.reconciling.matching import Match, Organisation, matches
from standards_graph.reconciling.records import GRAPH, Decision, Verdict, decided, quads
from standards_graph.registry import Registry
from standards_graph.vocab import RDF, RDFS, SGO, SKOS, entity

AGENT = "standards-graph organisations"
"""Who accepts what the score alone is sure of."""


class Reconciler:
    """What may be asked and decided about pairs of organisations."""

    def __init__(self, registry: Registry) -> None:
        self._store, self._curator = registry.store, Curator(registry)

    def organisations(self) -> tuple[Organisation, ...]:
        """Every manufacturer with its names, its identifiers, and the countries that it sits in."""
        present = self._store.present()
        makers = {quad.subject for quad in present.saying(RDF.type) if quad.object == SGO.Manufacturer}
        told: dict[object, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
        for predicate in (RDFS.label, SKOS.altLabel, SGO.officialIdentifier, SGO.identifierScheme, SGO.basedIn):
            for quad in present.saying(predicate):
                if quad.subject in makers and isinstance(quad.object, NamedNode | Literal):
                    told[quad.subject][predicate].append(quad.object.value)
        return tuple(_organisation(one, told[one]) for one in sorted(makers, key=str) if isinstance(one, NamedNode))

    def open_pairs(self, *, fresh: Iterable[str] | None = None) -> tuple[Match, ...]:
        """The pairs of which nothing is recorded yet, surest first; with ``fresh``, those with one of these things."""
        known = decided(self._store.present().quads(GRAPH))
        found = matches(self.organisations(), fresh=None if fresh is None else frozenset(fresh))
        return tuple(one for one in found if frozenset((one.one, one.other)) not in known)

    def decisions(self) -> tuple[Decision, ...]:
        """What is recorded of pairs, surest first."""
        found = decided(self._store.present().quads(GRAPH)).values()
        return tuple(sorted(found, key=lambda one: (-one.match.score, one.match.one, one.match.other)))

    def settle(self, *, agent: str = AGENT, note: str = "") -> tuple[int, int]:
        """Record every open pair: as accepted where the score is sure, else as a candidate; how many of each."""
        pairs = self.open_pairs()
        fresh = [Decision(one, Verdict.ACCEPTED if one.is_sure else Verdict.CANDIDATE) for one in pairs]
        sure = sum(one.verdict is Verdict.ACCEPTED for one in fresh)
        if fresh:
            self._publish(fresh, agent=agent, note=note or f"{len(fresh):,} pairs of organisations compared by name")
        return sure, len(fresh) - sure

    def decide(self, one: str, other: str, verdict: Verdict, *, agent: str, note: str) -> Revision:
        """Record what a curator decided of a pair, and why; raises NotFound for what is no organisation, BadInput."""
        known = {organisation.iri for organisation in self.organisations()}
        ends = [_meant(told, known) for told in (one, other)]
        if ends[0] == ends[1]:
            raise BadInput("Name two organisations: these are one and the same already.")
        if not note.strip():
            raise BadInput("Say why: the reason is kept with the record.")
        pair = frozenset(ends)
        recorded = decided(self._store.present().quads(GRAPH)).get(pair)
        match = (
            recorded.match
            if recorded
            else next(
                (found for found in matches(self.organisations(), fresh=pair) if {found.one, found.other} == pair),
                Match(min(ends), max(ends), 0.0, ()),
            )
        )
        return self._publish([Decision(match, verdict, agent, note)], agent=agent, note=note)

    def _publish(self, fresh: Iterable[Decision], *, agent: str, note: str) -> Revision:
        listed = list(fresh)
        names = {one.iri: one.names[0] for one in self.organisations()}
        said = [
            quad
            for one in listed
            for quad in quads(one, f"{names[one.match.one]} is the same firm as {names[one.match.other]}: {one.verdict.value}")
        ]
        return self._curator.restate(GRAPH, [one.record for one in listed], said, agent=agent, note=note)


def _organisation(thing: NamedNode, told: dict[NamedNode, list[str]]) -> Organisation:
    schemes = told[SGO.identifierScheme]
    named = schemes[0] if len(schemes) == 1 else "identifier"
    return Organisation(
        thing.value,
        tuple(dict.fromkeys(sorted(told[RDFS.label]) + sorted(told[SKOS.altLabel]))),
        frozenset((named, one) for one in told[SGO.officialIdentifier]),
        frozenset(one.rpartition("/")[2] for one in told[SGO.basedIn]),
    )


def _meant(told: str, known: set[str]) -> str:
    iri = told if told.startswith("http") else entity("org", told.removeprefix("org/").removeprefix("id/org/")).value
    if iri not in known:
        raise NotFound(f"There is no manufacturer {told}. Name it by its IRI or the end of its address, such as brainlab-ag.")
    return iri
