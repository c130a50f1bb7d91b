"""What the engine reads: mapping records, facts that say the same as one, and what is known of the things they compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.harmonisation import reviewing
from standards_graph.harmonisation.claims import (
    OPEN_END,
    PROVISION,
    Claim,
    Period,
    agreed,
    rounded,
    scope_of,
)
from standards_graph.harmonisation.relations import COVERAGE, RELATIONS, SKOS_MATCH, Relation
from standards_graph.model import identifiers
from standards_graph.model.mappings import OFFICIAL
from standards_graph.model.reading import CONFIDENCE
from standards_graph.model.reviews import Status, decided
from standards_graph.vocab import BASE, OWL, RDF, RDFS, SGO, SKOS, SSSOM

WRITTEN = ("inferred/", "direct", "conflicts", "quality")
"""Graphs that the engine writes itself: nothing is read from them."""
EDITION = "edition"
KINDS: Mapping[NamedNode, str] = {
    SGO.RiskClass: "risk class",
    SGO.DeviceType: "device type",
    SGO.StandardEdition: EDITION,
    SGO.ConsolidatedEdition: EDITION,
    SGO.Amendment: EDITION,
    SGO.Provision: PROVISION,
    SGO.RegulatoryInstrument: "law",
    SGO.GuidanceDocument: "guidance",
}
"""What can be compared, and only with its like."""
PREDICATES = {**RELATIONS, **{term: one for one, term in SKOS_MATCH.items()}}
CROSSWALKS: Mapping[str, Relation] = {"overlaps": Relation.PO}
"""Words of crosswalks that compare what two provisions ask for; the others link them without comparing.

That one goes beyond the other is said on a topic: what meets it need not meet the whole of the other.
"""
ACCEPTED = vocab.concept("mapping-status", Status.ACCEPTED).value

_ANYWHERE = frozenset((RDF.type, RDFS.label, SKOS.prefLabel, SGO.officialIdentifier))
_OF_RECORDS = frozenset((
    OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget, SSSOM.confidence, SSSOM.predicate_modifier,
    SSSOM.reviewer_agreement, SGO.hasMappingStatus, SGO.mappingAuthority, SGO.mappingScopeText, SGO.strictnessUnknown,
))  # fmt: skip
_OF_FACTS = frozenset((
    SGO.adoptedEdition, SGO.adoptingEdition, SGO.coversFully, SGO.coversPartially, SGO.crosswalkFrom, SGO.crosswalkRelation,
    SGO.crosswalkTo, SGO.hasCrosswalkStatus, SGO.hasDecisionStatus, SGO.hasRecognitionExtent, SGO.hasSourceRecord,
    SGO.inJurisdiction, SGO.isEditionOf, SGO.isExclusive, SGO.isIdenticalAdoptionOf, SGO.hasEditionStatus, OWL.deprecated,
    SGO.printedPublishedOn, SGO.publishedOn, SGO.readingLevel,
    SGO.recognises, SGO.sourceAddress, SGO.supersedes, SGO.transitionUntil, SGO.validFrom, SGO.validUntil,
    SGO.withdrawnAtSource, SKOS.inScheme,
))  # fmt: skip

PREMISES = _ANYWHERE | _OF_RECORDS | _OF_FACTS | reviewing.PREDICATES
"""Every property that is read."""

Said = Mapping[NamedNode, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Restated:
    """A fact that counts as a mapping: the claim, the record or thing that states it, and its sources."""

    claim: Claim
    origin: str
    sources: tuple[str, ...]
    voice: str


class Known:
    """Everything that the engine knows, by predicate and thing."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said = _said(quads)
        reviews = reviewing.read(
            (thing, predicate, value) for predicate in reviewing.PREDICATES for thing, value in self.pairs(predicate)
        )
        self.reviewed: Mapping[str, Status] = {
            record: status for record in sorted(reviews) if (status := decided(reviews[record])) is not None
        }
        """What reviewers decided of records."""
        self.labels = _labels(self._said)
        self.restated: tuple[Restated, ...] = tuple(sorted(self._restated(), key=lambda one: one.claim.record))
        self.claims: tuple[Claim, ...] = (*self._records(), *(one.claim for one in self.restated))

    def of(self, thing: str, predicate: NamedNode) -> tuple[str, ...]:
        """The values of a thing, sorted."""
        return self._said[predicate].get(thing, ())

    def one(self, thing: str, predicate: NamedNode) -> str:
        """The first value of a thing; empty where there is none."""
        return next(iter(self.of(thing, predicate)), "")

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        """Everything that is linked so, in a stable order."""
        for thing in sorted(self._said[predicate]):
            yield from ((thing, value) for value in self._said[predicate][thing])

    def label(self, thing: str) -> str:
        """What a thing is called in English; else the end of its address."""
        return self.labels.get(thing) or thing.rpartition("#")[2].rpartition("/")[2]

    def is_concept(self, thing: str) -> bool:
        """Whether a thing is a concept of a code list."""
        return bool(self.of(thing, SKOS.inScheme)) or SKOS.Concept.value in self.of(thing, RDF.type)

    def kind(self, thing: str) -> str:
        """What sort of thing it is; empty where that is not known."""
        found = {KINDS[term] for one in self.of(thing, RDF.type) if (term := NamedNode(one)) in KINDS}
        return min(found, default="concept" if self.is_concept(thing) else "")

    def exclusive_schemes(self, thing: str) -> tuple[str, ...]:
        """The schemes of the thing in which nothing can have two classes."""
        return tuple(one for one in self.of(thing, SKOS.inScheme) if self.one(one, SGO.isExclusive) == "true")

    def one_standard(self, thing: str) -> str:
        """The standard of which the thing is an edition; empty for anything else."""
        return self.one(thing, SGO.isEditionOf)

    def addresses(self, record: str) -> tuple[str, ...]:
        """Where the sources of a record can be read."""
        found = [address for one in self.of(record, SGO.hasSourceRecord) for address in self.of(one, SGO.sourceAddress)]
        return tuple(dict.fromkeys(found))

    def period(self, thing: str) -> Period:
        """When a thing exists; an edition from its publication on, and what its source withdrew until that was noticed."""
        told = self.stated(thing)
        return Period(told.start, min((told.until, *self.of(thing, SGO.withdrawnAtSource))))

    def stated(self, thing: str) -> Period:
        """The same by what is said of the thing, whether or not its source still says it."""
        start = self.of(thing, SGO.validFrom) or self.of(thing, SGO.publishedOn)
        return Period(max(start, default=""), min(self.of(thing, SGO.validUntil), default=OPEN_END))

    def status(self, record: str, stated: Status = Status.CANDIDATE) -> Status:
        """Where a record stands: as its reviews say, else as its source says, else as is said here."""
        told = {one.rpartition("/")[2] for one in self.of(record, SGO.hasMappingStatus)}
        by_source = Status.ACCEPTED if Status.ACCEPTED in told else next((one for one in Status if one in told), stated)
        return self.reviewed.get(record, by_source)

    # --- claims ---

    def _records(self) -> Iterator[Claim]:
        for record in sorted(self._said[OWL.annotatedProperty]):
            relation = PREDICATES.get(NamedNode(self.one(record, OWL.annotatedProperty)))
            source, target = self.one(record, OWL.annotatedSource), self.one(record, OWL.annotatedTarget)
            if relation is not None and source and target:
                yield self._claim(
                    record,
                    source,
                    relation,
                    target,
                    confidence=self._confidence(record),
                    scope=scope_of(self.one(record, SGO.mappingScopeText)),
                    strictness_unknown=self.one(record, SGO.strictnessUnknown) == "true",
                    negated=bool(self.of(record, SSSOM.predicate_modifier)),
                    accepted=self.status(record) is Status.ACCEPTED,
                    official=self.one(record, SGO.mappingAuthority) in OFFICIAL,
                )

    def _confidence(self, record: str) -> Decimal:
        """What the record says, and its review; what says nothing is trusted if it is official, and else not at all."""
        told, review = _number(self.one(record, SSSOM.confidence)), _number(self.one(record, SSSOM.reviewer_agreement))
        if told is None:
            told = Decimal(self.one(record, SGO.mappingAuthority) in OFFICIAL)
        return agreed(rounded(told), review)

    def _claim(
        self,
        record: str,
        source: str,
        relation: Relation,
        target: str,
        *,
        confidence: Decimal,
        scope: str = "",
        strictness_unknown: bool = False,
        negated: bool = False,
        accepted: bool = True,
        official: bool = False,
        outside: bool = False,
    ) -> Claim:
        periods = [self.period(one) for one in (record, source, target)]
        return Claim(
            record,
            source,
            relation,
            target,
            confidence,
            periods[0] & periods[1] & periods[2],
            scope,
            strictness_unknown,
            negated,
            accepted,
            official,
            (self.kind(source), self.kind(target)),
            all(one.start for one in periods[1:]) or bool(periods[0].start),
            outside=outside or any(self.stated(record).leaves(self.stated(end)) for end in (source, target)),
        )

    # --- facts that count as mappings ---

    def _restated(self) -> Iterator[Restated]:
        adopted = {(self.one(record, SGO.adoptingEdition), base): record for record, base in self.pairs(SGO.adoptedEdition)}
        for adopting, base in self.pairs(SGO.isIdenticalAdoptionOf):
            origin = adopted.get((adopting, base), adopting)
            too_early = self._is_older(adopting, base)
            yield from self._restate(origin, adopting, Relation.EQ, base, "identical adoption", outside=too_early)
        for relation in sorted(COVERAGE):
            for one, other in self.pairs(relation.property):
                yield from self._restate(one, one, relation, other, "coverage")
        for record, start in self.pairs(SGO.crosswalkFrom):
            word = self.one(record, SGO.crosswalkRelation).rpartition("/")[2]
            if word in CROSSWALKS and ACCEPTED in self.of(record, SGO.hasCrosswalkStatus):
                for end in self.of(record, SGO.crosswalkTo):
                    yield from self._restate(record, start, CROSSWALKS[word], end, "crosswalk")

    def _is_older(self, adopting: str, base: str) -> bool:
        """Whether an adoption was published before the edition that it adopts, as far as its date is printed."""
        printed, first = self.of(adopting, SGO.printedPublishedOn), self.one(base, SGO.publishedOn)
        return bool(printed and first) and all(one < first[: len(one)] for one in printed)

    def _restate(
        self, origin: str, source: str, relation: Relation, target: str, voice: str, *, outside: bool = False
    ) -> Iterator[Restated]:
        sources = self.of(origin, SGO.hasSourceRecord)
        levels = {level.rpartition("/")[2] for one in sources for level in self.of(one, SGO.readingLevel)}
        confidence = max((CONFIDENCE[level] for level in levels if level in CONFIDENCE), default=Decimal(0))
        record = vocab.mapping(identifiers.mapping("restated", origin, source, relation.value, target)).value
        accepted = self.status(record, Status.ACCEPTED) is Status.ACCEPTED
        claim = self._claim(
            record,
            source,
            relation,
            target,
            confidence=confidence,
            accepted=accepted,
            official=confidence == 1,
            outside=outside,
        )
        if claim.kinds[0] == claim.kinds[1] and confidence:
            yield Restated(claim, origin, sources, voice)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _said(quads: Iterable[Quad]) -> Said:
    found: dict[NamedNode, dict[str, set[str]]] = {one: {} for one in sorted(PREMISES, key=str)}
    for quad in quads:
        predicate = quad.predicate
        if predicate in found and _counts(predicate, _local(quad.graph_name)):
            value = quad.object
            if predicate in _NAMES and isinstance(value, Literal) and value.language not in (None, "en"):
                continue
            found[predicate].setdefault(quad.subject.value, set()).add(value.value)  # type: ignore[union-attr]
    return {predicate: {thing: tuple(sorted(values)) for thing, values in said.items()} for predicate, said in found.items()}


_NAMES = (SGO.officialIdentifier, SKOS.prefLabel, RDFS.label)


def _counts(predicate: NamedNode, graph: str) -> bool:
    """Records are read from the mapping graphs; facts from what plain queries see; names and types from everywhere."""
    if graph.startswith(WRITTEN):
        return False
    if predicate in reviewing.PREDICATES:
        return graph == _local(reviewing.GRAPH)
    if predicate in _OF_RECORDS:
        return graph.startswith("mapping/")
    return predicate in _ANYWHERE or not graph.startswith(vocab.APART)


def _local(graph: object) -> str:
    return graph.value.removeprefix(BASE + "graph/") if isinstance(graph, NamedNode) else ""


def _labels(said: Said) -> dict[str, str]:
    found: dict[str, str] = {}
    for predicate in _NAMES:
        found.update({thing: values[0] for thing, values in said[predicate].items()})
    return found
