"""Lanes: pages first, short user queries next, long ones last, and none of them without bounds.

A user query starts in the fast lane. When it has used its slice of CPU time it moves to the slow lane: in place if that is
free, else it is ended and started again there. Who had queries moved or ended lately waits behind those who had not.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol

from standards_graph.errors import Busy, Gone, QueryOutOfMemory, QueryTimeout, QueryTooDeep, RegistryError, TooManyRequests
from standards_graph.workers import job
from standards_graph.workers.pool import Pool, Slow, Worker

_MEMORY_SECONDS = 60.0
_FAST_NICE, _SLOW_NICE = 3, 15
_JOBS_PER_WORKER = 500


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
    queue: int = 16
    slow_queue: int = 4
    per_client: int = 4
    slice_seconds: float = 0.3


@dataclass(eq=False)
class _Waiting:
    client: str
    number: int
    go: bool = False


class _Slots:
    """So many at a time; the next one is who had the fewest queries ended lately, then who came first."""

    def __init__(self, size: int, lock: threading.Condition, penalty: Penalties) -> None:
        self.free = size
        self._news, self._penalty = lock, penalty
        self._waiting: list[_Waiting] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self, client: str, *, deadline: float) -> None:
        """Wait for a slot; raises Busy at the deadline. Call with the lock held."""
        self._count += 1
        me = _Waiting(client, self._count)
        self._waiting.append(me)
        self._wake()
        while not me.go:
            if not self._news.wait(deadline - time.monotonic()) and not me.go and time.monotonic() >= deadline:
                self._waiting.remove(me)
                raise Busy("No query worker came free within the time limit. Try again later.", retry_after=10)

    def try_take(self) -> bool:
        """Take a slot if one is free and nobody waits."""
        if self.free <= 0 or self._waiting:
            return False
        self.free -= 1
        return True

    def give_back(self) -> None:
        """Free a slot and let the next one have it."""
        self.free += 1
        self._wake()

    def _wake(self) -> None:
        while self.free > 0 and self._waiting:
            chosen = min(self._waiting, key=lambda one: (self._penalty.of(one.client), one.number))
            self._waiting.remove(chosen)
            chosen.go = True
            self.free -= 1
        self._news.notify_all()


class Penalties:
    """How many queries of each client were long or ended within the last minute."""

    def __init__(self) -> None:
        self._events: deque[tuple[float, str]] = deque()
        self._counts: Counter[str] = Counter()

    def add(self, client: str) -> None:
        """Note one."""
        self._events.append((time.monotonic(), client))
        self._counts[client] += 1

    def of(self, client: str) -> int:
        """How many are remembered."""
        while self._events and self._events[0][0] < time.monotonic() - _MEMORY_SECONDS:
            _, old = self._events.popleft()
            self._counts[old] -= 1
            if not self._counts[old]:
                del self._counts[old]
        return self._counts[client]


@dataclass(eq=False)
class _Generation:
    """The workers of one revision: idle ones by niceness, and how many are busy."""

    pool: Pool
    idle: dict[int, list[Worker]] = field(default_factory=lambda: {0: [], _FAST_NICE: [], _SLOW_NICE: []})
    busy: int = 0
    retired_at: float | None = None


class Dispatcher:
    """The lanes of this process."""

    def __init__(self, pool: Pool, sizes: LaneSizes | None = None) -> None:
        self.sizes = sizes or LaneSizes()
        self._lock = threading.Condition()
        penalties = Penalties()
        self._penalties = penalties
        self._page = _Slots(self.sizes.page, self._lock, penalties)
        self._fast = _Slots(self.sizes.fast, self._lock, penalties)
        self._slow = _Slots(self.sizes.slow, self._lock, penalties)
        self._in_hand: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self._generations: dict[int, _Generation] = {}
        self.follow(pool)

    def current(self) -> int:
        """The number of the revision that new readers get."""
        return self._newest()

    def _newest(self) -> int:
        return next(reversed(self._generations))

    def follow(self, pool: Pool) -> None:
        """Serve this pool's revision from now on; readers of the one before may finish."""
        fresh = _Generation(pool)
        for nice, number in ((0, self.sizes.page), (_FAST_NICE, self.sizes.fast)):
            fresh.idle[nice] = [pool.fork(nice=nice) for _ in range(number)]
        with self._lock:
            for older in self._generations.values():
                older.retired_at = older.retired_at or time.monotonic()
            gone = self._generations.pop(pool.revision, None)
            self._generations[pool.revision] = fresh
        if gone:
            _close(gone)

    def prune(self, *, grace: float = 30.0) -> None:
        """End the workers of revisions that nobody reads any more."""
        with self._lock:
            now = time.monotonic()
            old = [n for n, g in self._generations.items() if g.retired_at and g.retired_at < now - grace and not g.busy]
            gone = [self._generations.pop(number) for number in old]
        for generation in gone:
            _close(generation)

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
        with self._slot(self._page, "", deadline), self._worker(revision, 0) as worker:
            worker.start(file)
            worker.finish(deadline=deadline)

    def _run_user(self, file: int, revision: int, client: str, deadline: float) -> None:
        text = job.contents(file)
        with self._admitted(client):
            if not self._run_fast(file, revision, client, deadline):
                job.refill(file, text)
                self._check_slow_queue()
                with self._slot(self._slow, client, deadline), self._worker(revision, _SLOW_NICE) as worker:
                    worker.start(file)
                    worker.finish(deadline=deadline)

    def _check_slow_queue(self) -> None:
        with self._lock:
            if len(self._slow) >= self.sizes.slow_queue:
                raise Busy("This query is a long one, and enough long ones wait already. Try again later.", retry_after=15)

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
    def _slot(self, slots: _Slots, client: str, deadline: float) -> Iterator[None]:
        with self._lock:
            slots.take(client, deadline=deadline)
        try:
            yield
        finally:
            with self._lock:
                slots.give_back()

    @contextmanager
    def _worker(self, revision: int, nice: int) -> Iterator[Worker]:
        with self._lock:
            generation = self._generations.get(revision)
            if generation is None:
                raise Gone(f"Revision r{revision} is no longer kept for querying; the newest is r{self._newest()}.")
            generation.busy += 1
            worker = generation.idle[nice].pop() if generation.idle[nice] else None
        try:
            worker = worker or generation.pool.fork(nice=nice)
            try:
                yield worker
            finally:
                self._put_back(generation, worker, nice)
        finally:
            with self._lock:
                generation.busy -= 1

    def _put_back(self, generation: _Generation, worker: Worker, nice: int) -> None:
        keep = not worker.spent and worker.jobs < _JOBS_PER_WORKER and nice != _SLOW_NICE
        if not keep:
            worker.close()
            if nice == _SLOW_NICE or not generation.pool.alive:
                return
            worker = generation.pool.fork(nice=nice)
        with self._lock:
            generation.idle[nice].append(worker)

    def status(self) -> dict[str, object]:
        """Numbers for operators: what runs, what waits, what was answered or ended."""
        with self._lock:
            return {
                "revision": self._newest(),
                "free": {"page": self._page.free, "fast": self._fast.free, "slow": self._slow.free},
                "waiting": {"page": len(self._page), "fast": len(self._fast), "slow": len(self._slow)},
                "counts": dict(self.counts),
            }

    def close(self) -> None:
        """End every worker and zygote."""
        with self._lock:
            gone = list(self._generations.values())
            self._generations.clear()
        for generation in gone:
            _close(generation)


def _close(generation: _Generation) -> None:
    for workers in generation.idle.values():
        for worker in workers:
            worker.close()
    generation.pool.close()
