"""Who reviews mapping records: what waits, what was said, and a verdict as a revision of its own that can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.browse.reviews import ReviewWork, Stated
from standards_graph.curator import Curator
from standards_graph.errors import BadArgument, BadInput
from standards_graph.harmonisation import reviewing
from standards_graph.harmonisation.reading import PREDICATES
from standards_graph.importing import facts as saying
from standards_graph.model.changes import Revision
from standards_graph.model.reviews import Review, Reviewed, Status, Verdict, Waiting, headline
from standards_graph.registry import Registry
from standards_graph.vocab import OWL, SEMAPV, SGO, SSSOM, XSD

Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Reviewer:
    """What may be asked and said about mapping records."""

    def __init__(self, registry: Registry, clock: Clock = _now) -> None:
        self._registry, self._curator, self._clock = registry, Curator(registry), clock

    def waiting(self) -> tuple[Waiting, ...]:
        """What a curator should look at, the most urgent first, each with the reason."""
        return self._work.waiting()

    def reviewed(self, record: str) -> Reviewed:
        """Everything that was said of a record; raises NotFound."""
        return self._work.reviewed(record)

    def review(
        self, record: str, verdict: Verdict, *, by: str, reason: str, confidence: float | None = None
    ) -> tuple[Revision, Reviewed]:
        """Keep what somebody says of a record, and why; the status that follows holds at once.

        ``confidence`` is that of a record that the engine proposed, and is made by accepting it. Raises NotFound, BadInput
        without a reason or a name, BadArgument for an inferred record and for a candidate from which nothing can follow.
        """
        if not reason.strip() or not by.strip():
            raise BadInput("Say who you are and why: both are kept with the review.")
        found = self._work.stated(record)
        self._check(found, verdict, confidence)
        at = self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        name = reviewing.name(found.record.value, verdict, by.strip(), at)
        one = Review(name, found.record.value, verdict, by.strip(), at, reason.strip())
        said = list(reviewing.quads(one, found.says))
        if verdict is Verdict.ACCEPT and found.is_proposed:
            said += _made(found, one, confidence if confidence is not None else found.confidence or 0.0)
        told = headline(verdict, found.says, reason)
        done = self._curator.restate(reviewing.GRAPH, [NamedNode(name)], said, agent=by.strip(), note=told)
        return done, self.reviewed(found.record.value)

    @property
    def _work(self) -> ReviewWork:
        return ReviewWork(self._registry.reader())

    def _check(self, found: Stated, verdict: Verdict, confidence: float | None) -> None:
        found.check(verdict)
        if confidence is not None and not (found.is_proposed and verdict is Verdict.ACCEPT):
            raise BadArgument("A confidence is given only when a proposal of the engine is accepted.", name="confidence")
        if verdict is not Verdict.ACCEPT or found.stated is Status.ACCEPTED:
            return
        if found.relation not in PREDICATES:
            raise BadArgument(f"Nothing can follow from the relation {found.relation.value}.", name="record")
        if found.confidence is None:
            raise BadArgument("It says nothing of its confidence: have its source say it, then accept it.", name="record")
        if not self._work.are_comparable(found.source, found.target):
            raise BadArgument("Its two ends are not both in the registry, or not of one kind.", name="record")


def _made(found: Stated, review: Review, confidence: float) -> Iterator[Quad]:
    """The record of a proposal that somebody accepted: its source is the reviewer's word."""
    facts = saying.record(
        reviewing.MADE,
        url=reviewing.MADE.value,
        date=review.at[:10],
        key=f"reviewed#{review.record.rpartition('/')[2]}",
        level="source-read",
        licence=saying.CC0,
        printed=Literal(review.at[:10], datatype=XSD.date),
        note=f"{review.by}: {review.reason}",
    )
    iri = facts.entity(found.record, OWL.Axiom, SGO.MappingRecord, label=found.says)
    facts.say(iri, OWL.annotatedSource, found.source)
    facts.say(iri, OWL.annotatedProperty, found.relation)
    facts.say(iri, OWL.annotatedTarget, found.target)
    facts.say(iri, SGO.hasMappingStatus, vocab.concept("mapping-status", Status.CANDIDATE))
    facts.say(iri, SSSOM.mapping_justification, SEMAPV.ManualMappingCuration)
    facts.say(iri, SSSOM.confidence, Literal(f"{confidence:g}", datatype=XSD.double))
    facts.say(iri, SGO.mappingAuthority, Literal("curator"))
    facts.say(iri, SGO.mappingScopeText, saying.english(found.scope) if found.scope else None)
    facts.say(iri, SGO.mappingBasis, saying.english(found.explanation) if found.explanation else None)
    yield from facts.quads()
