"""Work that goes on outside of a request: what was asked for, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    """What is to be done."""

    READ = "read"
    COMPARE = "compare"
    PUBLISH = "publish"
    REVERT = "revert"
    REVIEW = "review"


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A job: what is done to which draft (``d7``), revision (``r12``) or mapping record (its IRI), for whom, and how far it is.

    ``step`` names what is being done and ``rows`` how many rows of it; ``code`` and ``problem`` say why it failed.
    ``revision`` is the number of the one that it published, ``told`` what was said when it was asked for.
    """

    number: int
    kind: JobKind
    subject: str
    agent: str
    told: Mapping[str, Any] = field(repr=False)
    asked_at: str = ""
    state: JobState = JobState.WAITING
    step: str = ""
    rows: int = 0
    began_at: str = ""
    ended_at: str = ""
    code: str = ""
    problem: str = ""
    revision: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self.state in (JobState.DONE, JobState.FAILED)
