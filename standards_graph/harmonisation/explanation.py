"""Why a derived record or statement holds, in a sentence: one template for each way of following."""

from __future__ import annotations

from collections.abc import Iterable

from standards_graph.harmonisation.claims import Claim
from standards_graph.harmonisation.closure import Derivation, Inferred
from standards_graph.harmonisation.conflicts import (
    CYCLE,
    DERIVED,
    NEGATED,
    OFFICIAL,
    OUTSIDE,
    PAIR,
    SPREAD,
    STALE,
    TWICE,
    TWO_PARTNERS,
    Conflict,
)
from standards_graph.harmonisation.reading import Known
from standards_graph.harmonisation.recognitions import Effective
from standards_graph.harmonisation.relations import STRICT, WORDS, Relation
from standards_graph.harmonisation.succession import Candidate
from standards_graph.vocab import SGO

CONFLICTS = {
    TWO_PARTNERS: "One thing is said to be the same as two classes of a scheme in which nothing has two classes",
    PAIR: "Two records on one pair cannot both be right",
    CYCLE: "Things are said to fall under one another in a ring",
    DERIVED: "Taken together, the records contradict one another",
    NEGATED: "A record denies what others say",
    TWICE: "One edition is said to adopt two editions of one standard identically",
    SPREAD: "Two sources give one mapping with confidences more than 0.3 apart",
    OFFICIAL: "An official statement and what follows from other records disagree",
    OUTSIDE: "A record holds when one of the things that it compares did not exist",
    STALE: "One of the things that a record compares has ended or was replaced, and the record goes on",
}
IDENTICAL = "identical adoption"


class Sentences:
    """Sentences about claims and what follows from them."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._voices = {one.claim.record: one.voice for one in known.restated}
        self._origins = {one.claim.record: one.origin for one in known.restated}
        self._claims = {one.record: one for one in known.claims}

    def name(self, source: str, relation: Relation, target: str) -> str:
        """What a record says, in short."""
        return f"{self._known.label(source)} {WORDS[relation]} {self._known.label(target)}"

    def of_inferred(self, one: Inferred) -> str:
        """Why a correspondence follows."""
        parts = [self._why(one.best)]
        if one.scope:
            parts.append(f"Said only for: {one.scope}.")
        if one.strictness_unknown and one.relation in STRICT:
            parts.append("Whether the two are the same is not known.")
        if one.period.start and not one.best.starts_known:
            parts.append("The first day of a premise is not recorded.")
        if len(one.derivations) > 1:
            parts.append(f"It follows in {len(one.derivations)} ways; this is the surest.")
        return " ".join(parts)

    def of_support(self, one: Inferred) -> str:
        """Why what a record states follows from others too."""
        return f"This is stated, and it follows too. {self._why(one.best)}"

    def _why(self, path: Derivation) -> str:
        first, last = path.steps[0], path.steps[-1]
        if len(path.steps) == 1:
            return f"{self.name(path.source, path.relation, path.target)}, because {self._turned(first)}."
        if len(path.steps) == 2 and self._both_adopt(first, last):
            base, sources = self._known.label(first.target), ", ".join(self._sources(path.steps))
            both = f"{self._known.label(path.source)} and {self._known.label(path.target)}"
            return f"{both} are both identical adoptions of {base}" + (f" [{sources}]." if sources else ".")
        said = self.name(path.source, path.relation, path.target)
        return f"{said}: {', and '.join(self._step(one) for one in path.steps)}."

    def _both_adopt(self, first: Claim, last: Claim) -> bool:
        are_adoptions = all(self._voices.get(one.record) == IDENTICAL for one in (first, last))
        return are_adoptions and not first.inverted and last.inverted

    def _turned(self, step: Claim) -> str:
        back = step.inverse
        return self._step(back if back is not None else step)

    def _step(self, step: Claim) -> str:
        voice = self._voices.get(step.record) or self._known.one(step.record, SGO.mappingAuthority)
        told = ", ".join(one for one in (voice, *self._sources((step,))) if one)
        return self.name(step.source, step.relation, step.target) + (f" [{told}]" if told else "")

    def _sources(self, steps: Iterable[Claim]) -> tuple[str, ...]:
        origins = [self._origins.get(one.record, one.record) for one in steps]
        return tuple(dict.fromkeys(address for one in origins for address in self._known.addresses(one)))

    def title(self, one: Conflict) -> str:
        """A conflict in short: its kind and the things that it is about."""
        ends = dict.fromkeys(end for record in one.members for end in self._ends(record))
        return f"{one.kind.replace('-', ' ').capitalize()}: {', '.join(ends)}"

    def _ends(self, record: str) -> tuple[str, ...]:
        claim = self._claims[record]
        return self._known.label(claim.source), self._known.label(claim.target)

    def of_conflict(self, one: Conflict) -> str:
        """What contradicts what."""
        said = "; ".join(self._member(self._claims[record]) for record in one.members)
        return f"{CONFLICTS[one.kind]}: {said}."

    def _member(self, claim: Claim) -> str:
        denied = "it is denied that " if claim.negated else ""
        doubt = f" (confidence {claim.confidence.normalize():f})"
        return denied + self._step(claim) + doubt

    def of_effective(self, one: Effective) -> str:
        """Why an edition counts as recognised."""
        edition, base = self._known.label(one.edition), self._known.label(one.recognised)
        place = self._known.label(one.jurisdiction)
        told = f"{edition} counts as recognised in {place}: {base} is recognised in full ({self._known.label(one.recognition)})"
        transition = " The recognition is in its transition period." if one.in_transition else ""
        start = "" if one.period.start else " The first day is not recorded."
        return f"{told}, and {edition} is the same as {base}.{transition}{start}"

    def of_candidate(self, one: Candidate) -> str:
        """Why a mapping is proposed."""
        newer, older = self._known.label(one.newer), self._known.label(one.older)
        told = self._step(self._claims[one.premise])
        return f"Proposed for review, because {newer} supersedes {older}, and {told}."
