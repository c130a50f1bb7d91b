"""Lanes: pages first, short user queries next, long ones last, and none of them without bounds.

A user query starts in the fast lane. When it has used its slice of CPU time it moves to the slow lane: in place if that is
free, else it is ended and started again there. Who had queries moved or ended lately waits behind those who had not.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from standards_graph.errors import Busy, QueryOutOfMemory, QueryTimeout, QueryTooDeep, RegistryError, TooManyRequests
from standards_graph.workers import job
from standards_graph.workers.generations import Generation, Older
from standards_graph.workers.pool import Pool, Slow, Worker
from standards_graph.workers.slots import Penalties, Slots

_FAST_NICE, _SLOW_NICE = 3, 15
_JOBS_PER_WORKER = 500
_TRIES = 3


class Lanes(Protocol):
    """Who evaluates queries on published revisions: this process's own lanes, or those of a supervisor."""

    def current(self) -> int:
        """The number of the newest revision that can be queried."""
        ...

    def answer(self, file: int, *, revision: int, client: str | None, seconds: float) -> None:
        """Have the query in ``file`` answered into the same file, or raise what went wrong."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


@dataclass(frozen=True, slots=True)
class LaneSizes:
    """How many workers each lane has, and how much may wait."""

    page: int = 2
    fast: int = 2
    slow: int = 1
    past: int = 1
    queue: int = 16
    slow_queue: int = 4
    past_queue: int = 4
    past_revisions: int = 2
    per_client: int = 4
    slice_seconds: float = 0.3


class Dispatcher:
    """The lanes of this process.

    ``older`` starts the workers of an older revision, or raises Gone. Pages on older revisions have a lane of their own, so
    that whoever reads the past takes no place from those who read the present.
    """

    def __init__(self, pool: Pool, sizes: LaneSizes | None = None, *, older: Callable[[int], Pool] | None = None) -> None:
        self.sizes = sizes or LaneSizes()
        self._lock = threading.Condition()
        penalties = Penalties()
        self._penalties = penalties
        self._page = Slots(self.sizes.page, self._lock, penalties)
        self._fast = Slots(self.sizes.fast, self._lock, penalties)
        self._slow = Slots(self.sizes.slow, self._lock, penalties)
        self._past = Slots(self.sizes.past, self._lock, penalties)
        self._older = Older(older, most=self.sizes.past_revisions, lock=self._lock)
        self._in_hand: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self._generations: dict[int, Generation] = {}
        self.follow(pool)

    def current(self) -> int:
        """The number of the revision that new readers get."""
        return self._newest()

    def _newest(self) -> int:
        return next(reversed(self._generations))

    def follow(self, pool: Pool) -> None:
        """Serve this pool's revision from now on; readers of the one before may finish."""
        fresh = Generation(pool)
        for nice, number in ((0, self.sizes.page), (_FAST_NICE, self.sizes.fast)):
            fresh.idle[nice] = [pool.fork(nice=nice) for _ in range(number)]
        with self._lock:
            for older in self._generations.values():
                older.retired_at = older.retired_at or time.monotonic()
            gone = self._generations.pop(pool.revision, None)
            self._generations[pool.revision] = fresh
        if gone:
            gone.close()

    def prune(self, *, grace: float = 30.0) -> None:
        """End the workers of revisions that nobody reads any more."""
        with self._lock:
            now = time.monotonic()
            old = [n for n, g in self._generations.items() if g.retired_at and g.retired_at < now - grace and not g.busy]
            gone = [self._generations.pop(number) for number in old] + self._older.idle()
        for generation in gone:
            generation.close()

    def pool(self) -> Pool:
        """The pool of the current revision."""
        return self._generations[self._newest()].pool

    def answer(self, file: int, *, revision: int, client: str | None, seconds: float) -> None:
        """See ``Lanes.answer``."""
        deadline = time.monotonic() + seconds
        try:
            if client is None:
                self._run_page(file, revision, deadline)
            else:
                self._run_user(file, revision, client, deadline)
        except RegistryError as error:
            self.counts[error.code] += 1
            if client is not None and isinstance(error, QueryTimeout | QueryOutOfMemory | QueryTooDeep):
                with self._lock:
                    self._penalties.add(client)
            raise
        self.counts["answered"] += 1

    def _run_page(self, file: int, revision: int, deadline: float) -> None:
        recent = self._is_recent(revision)
        if not recent:
            self._check_queue(self._past, self.sizes.past_queue, "Enough readers of older revisions wait already.")
        with (
            self._slot(self._page if recent else self._past, "", deadline),
            self._worker(revision, 0 if recent else _FAST_NICE) as worker,
        ):
            worker.start(file)
            worker.finish(deadline=deadline)

    def _is_recent(self, revision: int) -> bool:
        """Whether workers of this revision run without being asked for: the newest, and the one before for a while."""
        with self._lock:
            return revision in self._generations

    def _run_user(self, file: int, revision: int, client: str, deadline: float) -> None:
        text = job.contents(file)
        with self._admitted(client):
            if not self._is_recent(revision):
                self._older.open(revision)
            if not self._run_fast(file, revision, client, deadline):
                job.refill(file, text)
                self._check_queue(
                    self._slow, self.sizes.slow_queue, "This query is a long one, and enough long ones wait already."
                )
                with self._slot(self._slow, client, deadline), self._worker(revision, _SLOW_NICE) as worker:
                    worker.start(file)
                    worker.finish(deadline=deadline)

    def _check_queue(self, slots: Slots, most: int, told: str) -> None:
        with self._lock:
            if len(slots) >= most:
                raise Busy(f"{told} Try again later.", retry_after=15)

    def _run_fast(self, file: int, revision: int, client: str, deadline: float) -> bool:
        """Whether it was answered; if not it is to be started again in the slow lane."""
        moved = False
        with self._lock:
            self._fast.take(client, deadline=deadline)
        try:
            with self._worker(revision, _FAST_NICE) as worker:
                worker.start(file)
                with suppress(Slow):
                    worker.finish(deadline=deadline, slice_seconds=self.sizes.slice_seconds)
                    return True
                with self._lock:
                    self._penalties.add(client)
                    moved = self._slow.try_take()
                    if moved:
                        self._fast.give_back()
                worker.spent = True
                if not moved:
                    return False
                worker.renice(_SLOW_NICE)
                worker.finish(deadline=deadline)
                return True
        finally:
            with self._lock:
                (self._slow if moved else self._fast).give_back()

    @contextmanager
    def _admitted(self, client: str) -> Iterator[None]:
        with self._lock:
            if self._in_hand[client] >= self.sizes.per_client:
                raise TooManyRequests(
                    f"{self.sizes.per_client} queries of yours run or wait already; wait for one to end.", retry_after=2
                )
            if len(self._fast) >= self.sizes.queue:
                raise Busy("All query workers are taken and the queue is full. Try again shortly.", retry_after=5)
            self._in_hand[client] += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_hand[client] -= 1
                if not self._in_hand[client]:
                    del self._in_hand[client]

    @contextmanager
    def _slot(self, slots: Slots, client: str, deadline: float) -> Iterator[None]:
        with self._lock:
            slots.take(client, deadline=deadline)
        try:
            yield
        finally:
            with self._lock:
                slots.give_back()

    @contextmanager
    def _worker(self, revision: int, nice: int) -> Iterator[Worker]:
        generation = self._taken(revision)
        with self._lock:
            idle = generation.idle.get(nice)
            worker = idle.pop() if idle else None
        try:
            worker = worker or generation.pool.fork(nice=nice)
            try:
                yield worker
            finally:
                self._put_back(generation, worker, nice)
        finally:
            with self._lock:
                generation.busy -= 1

    def _taken(self, revision: int) -> Generation:
        """The workers of a revision, marked as busy with one more query."""
        for _ in range(_TRIES):
            with self._lock:
                found = self._generations.get(revision) or self._older.get(revision)
                if found is not None:
                    found.busy += 1
                    return found
            self._older.open(revision)
        raise Busy(f"Readers of other older revisions keep taking the place of r{revision}. Try again shortly.")

    def _put_back(self, generation: Generation, worker: Worker, nice: int) -> None:
        keep = not worker.spent and worker.jobs < _JOBS_PER_WORKER and nice != _SLOW_NICE
        if not keep:
            worker.close()
            if nice == _SLOW_NICE or not generation.pool.alive:
                return
            worker = generation.pool.fork(nice=nice)
        with self._lock:
            generation.idle.setdefault(nice, []).append(worker)

    def status(self) -> dict[str, object]:
        """Numbers for operators: what runs, what waits, what was answered or ended."""
        lanes = {"page": self._page, "fast": self._fast, "slow": self._slow, "past": self._past}
        with self._lock:
            return {
                "revision": self._newest(),
                "free": {name: slots.free for name, slots in lanes.items()},
                "waiting": {name: len(slots) for name, slots in lanes.items()},
                "older": self._older.revisions,
                "counts": dict(self.counts),
            }

    def close(self) -> None:
        """End every worker and zygote."""
        with self._lock:
            gone = [*self._generations.values(), *self._older.all()]
            self._generations.clear()
        for generation in gone:
            generation.close()
