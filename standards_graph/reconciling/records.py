"""What was decided of pairs of organisations, as mapping records: nothing is merged, both keep what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.model import identifiers
from standards_graph.reconciling.matching import Match
from standards_graph.vocab import OWL, SEMAPV, SGO, SSSOM, XSD

GRAPH = vocab.graph("mapping/organisations")
METHOD = f"{vocab.BASE}graph/mapping/organisations"


class Verdict(StrEnum):
    """What became of a pair."""

    ACCEPTED = "accepted"
    CANDIDATE = "candidate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair, what became of it, and on whose word: a curator's with a reason, or else by the score alone."""

    match: Match
    verdict: Verdict
    curator: str = ""
    reason: str = ""

    @property
    def record(self) -> NamedNode:
        """The IRI of the record of this pair, whatever becomes of it."""
        return record(self.match.one, self.match.other)


def record(one: str, other: str) -> NamedNode:
    """The IRI of the record of a pair, in whichever order it is named."""
    return vocab.mapping(identifiers.mapping("organisations", *sorted((one, other))))


def quads(decision: Decision, label: str) -> Iterator[Quad]:
    """The record of a decision; ``label`` says both names."""
    match, by_hand = decision.match, bool(decision.curator)
    facts = saying.record(
        GRAPH,
        url=METHOD,
        date="",
        key=f"organisations#{decision.record.value.rpartition('/')[2]}",
        level="source-read" if by_hand else "not-confirmed",
        licence=saying.CC0,
        printed=None,
        note=f"{decision.curator}: {decision.reason}" if by_hand else "Compared by name alone; nobody has looked at the pair.",
    )
    iri = facts.entity(decision.record, OWL.Axiom, SGO.MappingRecord, label=label)
    facts.say(iri, OWL.annotatedSource, NamedNode(match.one))
    facts.say(iri, OWL.annotatedProperty, SGO.equivalentTo)
    facts.say(iri, OWL.annotatedTarget, NamedNode(match.other))
    facts.say(iri, SGO.hasMappingStatus, vocab.concept("mapping-status", decision.verdict.value))
    facts.say(iri, SSSOM.mapping_justification, SEMAPV.ManualMappingCuration if by_hand else SEMAPV.LexicalMatching)
    facts.say(iri, SSSOM.confidence, Literal(f"{1.0 if by_hand else match.score:g}", datatype=XSD.double))
    facts.say(iri, SGO.mappingAuthority, Literal("curator" if by_hand else "comparison of names"))
    facts.say(iri, SGO.mappingBasis, *(saying.english(text) for text in match.evidence))
    yield from facts.quads()


def decided(said: Iterable[Quad]) -> dict[frozenset[str], Decision]:
    """What the records in the graph say, by pair."""
    ends: dict[str, dict[NamedNode, list[str]]] = {}
    for quad in said:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            ends.setdefault(quad.subject.value, {}).setdefault(quad.predicate, []).append(quad.object.value)
    found = {}
    for told in ends.values():
        if OWL.annotatedSource in told:
            one, other = told[OWL.annotatedSource][0], told[OWL.annotatedTarget][0]
            match = Match(one, other, float(told[SSSOM.confidence][0]), tuple(sorted(told.get(SGO.mappingBasis, ()))))
            by_hand = SEMAPV.ManualMappingCuration.value in told[SSSOM.mapping_justification]
            verdict = Verdict(told[SGO.hasMappingStatus][0].rpartition("/")[2])
            found[frozenset((one, other))] = Decision(match, verdict, "a curator" if by_hand else "")
    return found
