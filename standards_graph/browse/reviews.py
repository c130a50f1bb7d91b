"""What was said of mapping records, and which of them wait for a review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.browse.asking import ask
from standards_graph.browse.meaning import meant
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.reviews import Review, Reviewed, Status, Verdict, Waiting, Why, decided
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row
from standards_graph.vocab import SEMAPV

INFERRED = vocab.graph("inferred/mappings")
FOLLOWED = (SEMAPV.MappingChaining.value, SEMAPV.MappingInversion.value)


@dataclass(frozen=True, slots=True)
class Stated:
    """A mapping record as a review finds it."""

    record: NamedNode
    graph: NamedNode
    says: str
    stated: Status
    after: Status | None
    confidence: float | None
    source: NamedNode
    relation: NamedNode
    target: NamedNode
    scope: str
    is_inferred: bool
    """Whether it follows from others, and falls and stands with them."""
    explanation: str = ""

    @property
    def is_proposed(self) -> bool:
        """Whether the engine proposes it, and nobody has made it a record yet."""
        return self.graph == INFERRED and self.stated is Status.CANDIDATE

    def check(self, verdict: Verdict) -> None:
        """Raise BadArgument for a verdict on a record that follows from others; a remark may be made on any."""
        if self.is_inferred and verdict is not Verdict.COMMENT:
            raise BadArgument("It follows from other records: review one of its premises (why names them).", name="record")


class ReviewWork:
    """What may be asked about the work of reviewers, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def stated(self, record: str) -> Stated:
        """The record that a text names; raises NotFound."""
        names = meant(record)
        found = {row.iri("record"): row for row in reversed(list(ask(self._reader, "browse/reviews/record", record=names)))}
        row = next((found[one] for one in names if one in found), None)
        if row is None:
            raise NotFound(f"There is no mapping record {record}.")
        return _stated(row)

    def reviews(self, record: NamedNode) -> tuple[Review, ...]:
        """Everything that was said of a record, the newest first."""
        rows = ask(self._reader, "browse/reviews/said", record=record)
        return tuple(
            Review(
                row.text("review"),
                row.text("record"),
                Verdict(row.text("verdict").rpartition("/")[2]),
                row.text("by"),
                row.text("at"),
                row.text_if_any("reason"),
            )
            for row in rows
        )

    def reviewed(self, record: str) -> Reviewed:
        """A record with everything that was said of it, and the status that follows; raises NotFound."""
        found = self.stated(record)
        reviews = self.reviews(found.record)
        return Reviewed(
            found.record.value, found.says, found.stated, decided(reviews) or found.stated, reviews, found.confidence
        )

    def are_comparable(self, one: NamedNode, other: NamedNode) -> bool:
        """Whether both things are in the registry and of one kind that mappings compare."""
        return any(ask(self._reader, "browse/reviews/kinds", **{"from": one, "to": other}))

    def waiting(self) -> tuple[Waiting, ...]:
        """What a curator should look at, the most urgent first.

        Records that somebody challenged after the last verdict; those in an open conflict, because nothing follows from them;
        then weakest premises by the number of results that rest on them; then candidates by the accepted records at their
        ends. Among equals the less sure one comes first.
        """
        first = (*self._rows(Why.CHALLENGED, "challenged"), *self._rows(Why.CONFLICT, "contested"))
        rows = (*first, *self._rows(Why.WEAKEST, "premises"))
        seen: dict[str, Waiting] = {}
        for one in (*rows, *self._rows(Why.CANDIDATE, "candidates")):
            seen.setdefault(one.record, one)
        return tuple(sorted(seen.values(), key=_urgency))

    def _rows(self, why: Why, query: str) -> Iterator[Waiting]:
        for row in ask(self._reader, f"browse/reviews/{query}"):
            confidence = float(row.text("confidence")) if "confidence" in row else None
            number = row.number("number")
            yield Waiting(
                row.iri("record").value,
                row.text("label"),
                why,
                number,
                confidence,
                row.text_if_any("voice"),
                _reason(why, number, confidence, row),
            )


def _urgency(one: Waiting) -> tuple[int, int, float, str]:
    return list(Why).index(one.why), -one.weight, one.confidence if one.confidence is not None else -1.0, one.record


def _reason(why: Why, number: int, confidence: float | None, row: Row) -> str:
    sure = "no confidence recorded" if confidence is None else f"confidence {confidence:g}"
    if why is Why.CHALLENGED:
        often = "once" if number == 1 else f"{number:,} times"
        return f"Challenged {often} since the last verdict; what was said stands with its reviews."
    if why is Why.CONFLICT:
        kind = row.text("kind").rpartition("/")[2].replace("-", " ")
        more = f" and {number - 1} more" if number > 1 else ""
        return f"Stands in an open conflict ({kind}{more}): nothing follows from it until that is decided."
    if why is Why.WEAKEST:
        return f"The weakest premise of {number:,} inferred record{'' if number == 1 else 's'}, with {sure}."
    some = f"{number:,} accepted record{' stands' if number == 1 else 's stand'}" if number else "no accepted record stands"
    return f"A candidate with {sure}; {some} at its ends."


def _stated(row: Row) -> Stated:
    after = row.iri_if_any("after")
    why = row.text_if_any("justification")
    return Stated(
        row.iri("record"),
        row.iri("graph"),
        row.text("label"),
        Status(row.text("status").rpartition("/")[2]),
        Status(after.value.rpartition("/")[2]) if after else None,
        float(row.text("confidence")) if "confidence" in row else None,
        row.iri("from"),
        row.iri("relation"),
        row.iri("to"),
        row.text_if_any("scope"),
        why in FOLLOWED,
        row.text_if_any("why"),
    )
