"""Does what waits in the queue, one job at a time, outside of any request: reads, compares, publishes, reviews, takes back.

The supervisor starts this process where something waits; it does the oldest job and ends. A job that ended before its time
is told as interrupted by the next one, and what it worked on stays as it was.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import time
import traceback
from collections.abc import Callable

from pyoxigraph import NamedNode

from standards_graph.curation.drafts import Drafts
from standards_graph.curation.jobs import Jobs
from standards_graph.curator import Curator, name_of
from standards_graph.drafting import Drafting
from standards_graph.errors import RegistryError, StoreInUse
from standards_graph.model.drafts import DraftState
from standards_graph.model.jobs import Job, JobKind
from standards_graph.model.reviews import Verdict
from standards_graph.registry import Registry
from standards_graph.reviewer import Reviewer
from standards_graph.settings import Settings
from standards_graph.workers import confine

INTERRUPTED = "interrupted"
_PUBLISHING = (JobKind.PUBLISH, JobKind.REVERT, JobKind.REVIEW)
_OFTEN = 0.3
"""Seconds between two words on how far a job is."""


class Worker:
    """Does the jobs of one registry's data folder."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._jobs, self._drafts = Jobs(registry.settings.home), Drafts(registry.settings.home)
        self._work: dict[JobKind, Callable[[Job], int | None]] = {
            JobKind.READ: self._read,
            JobKind.COMPARE: self._compare,
            JobKind.PUBLISH: self._publish,
            JobKind.REVERT: self._revert,
            JobKind.REVIEW: self._review,
        }

    def next(self) -> Job | None:
        """Do the job that waits longest, after telling of those that were interrupted; None where nothing waits.

        Raises StoreInUse where another process is at it.
        """
        with self._jobs.working():
            self._settle_interrupted()
            job = self._jobs.next()
            return self._done(job) if job else None

    def _done(self, job: Job) -> Job:
        try:
            return self._jobs.end(job, revision=self._work[job.kind](job))
        except RegistryError as error:
            return self._failed(job, error.code, str(error))
        except Exception:  # noqa: BLE001 - the outermost edge: whoever asked has to be told, and the operator where
            traceback.print_exc()
            return self._failed(job, "unexpected", "The service has a fault. It was logged; trying again may not help.")

    def _failed(self, job: Job, code: str, problem: str) -> Job:
        if job.kind is JobKind.READ:
            draft = self._drafts.get(job.subject)
            if draft.state is DraftState.READING:
                self._drafts.note(dataclasses.replace(draft, state=DraftState.FAILED, problem=problem))
        return self._jobs.fail(job, code=code, problem=problem)

    def _read(self, job: Job) -> None:
        drafting, progress = Drafting(self._registry), self._progress(job)
        drafting.read(job.subject, progress=progress)
        drafting.look(job.subject, progress=progress)

    def _compare(self, job: Job) -> None:
        Drafting(self._registry).look(job.subject, progress=self._progress(job))

    def _publish(self, job: Job) -> int | None:
        draft, _ = Drafting(self._registry).publish(
            job.subject,
            agent=job.agent,
            note=job.told["note"],
            accept_shrink=job.told["accept_shrink"],
            quietly=job.told["silent"],
            mark=job.told["mark"],
            progress=self._progress(job),
        )
        return draft.revision

    def _revert(self, job: Job) -> int | None:
        self._progress(job)("publishing", 0)
        done = Curator(self._registry).revert(job.subject, agent=job.agent, note=job.told["note"])
        return done.number if done else None

    def _review(self, job: Job) -> int | None:
        self._progress(job)("publishing", 0)
        done, _ = Reviewer(self._registry).review(
            job.subject,
            Verdict(job.told["verdict"]),
            by=job.agent,
            reason=job.told["reason"],
            confidence=job.told["confidence"],
        )
        return done.number

    def _progress(self, job: Job) -> Callable[[str, int], None]:
        last_step, last_word = "", 0.0

        def tell(step: str, rows: int) -> None:
            nonlocal last_step, last_word
            now = time.monotonic()
            if step != last_step or now - last_word >= _OFTEN:
                last_step, last_word = step, now
                self._jobs.tell(job, step, rows)

        return tell

    def _settle_interrupted(self) -> None:
        """Tell of jobs whose process ended before them; one that had published already is done."""
        self._drafts.sweep()
        for job in self._jobs.left_over():
            revision = self._published_by(job) if job.kind in _PUBLISHING else None
            if revision is None:
                self._failed(job, INTERRUPTED, "The work was interrupted before its end. Nothing was changed: try again.")
                continue
            if job.kind is JobKind.PUBLISH:
                draft = self._drafts.get(job.subject)
                settled = dataclasses.replace(draft, state=DraftState.PUBLISHED, note=job.told["note"], revision=revision)
                self._drafts.settle(settled)
            self._jobs.end(job, revision=revision)

    def _published_by(self, job: Job) -> int | None:
        """The revision that an interrupted job published before it ended."""
        source = name_of(NamedNode(self._drafts.get(job.subject).graph)) if job.kind is JobKind.PUBLISH else ""
        wanted = (job.agent, job.told["note"], source)
        since = (one for one in self._registry.history() if one.number > job.told["after"])
        return next((one.number for one in since if (one.agent, one.note, one.source) == wanted), None)


def main() -> int:
    """Do one job of the data folder that the settings name; under a supervisor where one started this."""
    confine.die_with_parent(os.getppid())
    settings = Settings.from_env()
    opening = Registry.attached if "--supervised" in sys.argv else Registry.open
    with opening(settings) as registry:
        try:
            Worker(registry).next()
        except StoreInUse:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
