"""Reviews of mapping records, and the status that follows from them.

Of every reviewer the last verdict stands; a comment is none. The newest of the standing verdicts decides the status, and those
of others that say something else are dissent: they stay, and they are shown. Without a verdict the status is the one that the
source of the record gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a mapping record stands, by the code list ``mapping-status``."""

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONTESTED = "contested"
    RETIRED = "retired"


class Verdict(StrEnum):
    """What a reviewer wants to become of a record, by the code list ``review-verdict``."""

    ACCEPT = "accept"
    REJECT = "reject"
    CONTEST = "contest"
    RETIRE = "retire"
    COMMENT = "comment"


STATUS: Mapping[Verdict, Status] = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.REJECT: Status.REJECTED,
    Verdict.CONTEST: Status.CONTESTED,
    Verdict.RETIRE: Status.RETIRED,
}


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody said of a record, when (in UTC, as ISO 8601), and why."""

    name: str
    record: str
    verdict: Verdict
    by: str
    at: str
    reason: str = ""


def headline(verdict: Verdict, says: str, reason: str) -> str:
    """What the history of the registry says of a review."""
    return f"{verdict.value}: {says}. {reason.strip()}"


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The last verdict of every reviewer, the newest first."""
    last: dict[str, Review] = {}
    for one in sorted(reviews, key=_age):
        if one.verdict in STATUS:
            last[one.by] = one
    return tuple(sorted(last.values(), key=_age, reverse=True))


def decided(reviews: Iterable[Review]) -> Status | None:
    """The status that follows from the reviews of one record; None where nobody gave a verdict."""
    verdicts = standing(reviews)
    return STATUS[verdicts[0].verdict] if verdicts else None


def dissent(reviews: Iterable[Review]) -> frozenset[Review]:
    """The standing verdicts that say something else than the one that decides."""
    verdicts = standing(reviews)
    return frozenset(one for one in verdicts if one.verdict is not verdicts[0].verdict)


def _age(one: Review) -> tuple[str, str]:
    return one.at, one.name


class Role(StrEnum):
    """What a review does by now."""

    DECIDES = "decides"
    AGREES = "agrees"
    DISSENTS = "dissents"
    REPLACED = "replaced by a later one"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record with everything that was said of it, the newest first: what its source says of its status, and what follows."""

    record: str
    says: str
    stated: Status
    status: Status
    reviews: tuple[Review, ...]
    confidence: float | None = None

    def role(self, review: Review) -> Role:
        """What one of its reviews does by now."""
        verdicts = standing(self.reviews)
        if review.verdict not in STATUS:
            return Role.REMARK
        if review not in verdicts:
            return Role.REPLACED
        if review == verdicts[0]:
            return Role.DECIDES
        return Role.DISSENTS if review in dissent(self.reviews) else Role.AGREES


class Why(StrEnum):
    """Why a record waits for a review."""

    CHALLENGED = "challenged"
    CONFLICT = "conflict"
    WEAKEST = "weakest premise"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record at which a curator should look: why, how much hangs on it, and the same in a sentence."""

    record: str
    says: str
    why: Why
    weight: int
    """Challenges, conflicts, results of which it is the weakest premise; for a candidate, accepted records at its two ends."""
    confidence: float | None
    voice: str
    reason: str
