"""The workers of one revision, and those of the few older revisions that are being read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from standards_graph.errors import Busy, Gone
from standards_graph.workers.pool import Pool, Worker

STAY_SECONDS = 60.0
"""How long the workers of an older revision stay after they were last asked."""


@dataclass(eq=False)
class Generation:
    """The workers of one revision: idle ones by niceness, and how many are busy."""

    pool: Pool
    idle: dict[int, list[Worker]] = field(default_factory=dict)
    busy: int = 0
    retired_at: float | None = None
    asked_at: float = field(default_factory=time.monotonic)

    def close(self) -> None:
        """End every worker and the zygote."""
        for workers in self.idle.values():
            for worker in workers:
                worker.close()
        self.pool.close()


class Older:
    """A few older revisions at a time: started when one is asked for, ended when others are or nobody asks.

    ``start`` gives the workers of a revision, or raises Gone where it is not kept; ``lock`` is that of the lanes.
    """

    def __init__(self, start: Callable[[int], Pool] | None, *, most: int, lock: threading.Condition) -> None:
        self._start, self._most, self._lock = start, most, lock
        self._starting = threading.Lock()
        self._open: dict[int, Generation] = {}

    @property
    def revisions(self) -> list[int]:
        """Which ones are open."""
        return sorted(self._open)

    def open(self, revision: int) -> None:
        """Have workers of a revision; raises Gone where it is not kept, Busy where queries on others use all room."""
        if self._start is None:
            raise Gone(f"Revision r{revision} is no longer kept for querying.", revision=revision)
        with self._starting:
            with self._lock:
                if self._is_open(revision):
                    return
                gone = self._make_room()
            for generation in gone:
                generation.close()
            fresh = Generation(self._start(revision))
            with self._lock:
                self._open[revision] = fresh

    def _is_open(self, revision: int) -> bool:
        found = self.get(revision)
        return found is not None and found.pool.alive

    def _make_room(self) -> list[Generation]:
        """Take out of the books what has to end before one more is started; call with the lock held."""
        idle = sorted((n for n, g in self._open.items() if not g.busy), key=lambda number: self._open[number].asked_at)
        dead = [number for number in idle if not self._open[number].pool.alive]
        surplus = len(self._open) + 1 - self._most
        if surplus > len(idle):
            raise Busy("Queries on other older revisions run. Try again shortly.", retry_after=5)
        ending = dict.fromkeys((*dead, *idle[: max(0, surplus)]))
        return [self._open.pop(number) for number in ending]

    def get(self, revision: int) -> Generation | None:
        """The workers of a revision, if it is open; call with the lock held."""
        found = self._open.get(revision)
        if found is not None:
            found.asked_at = time.monotonic()
        return found

    def idle(self, *, seconds: float = STAY_SECONDS) -> list[Generation]:
        """Take out of the books those that nobody has asked for so long; call with the lock held."""
        now = time.monotonic()
        old = [number for number, one in self._open.items() if not one.busy and one.asked_at < now - seconds]
        return [self._open.pop(number) for number in old]

    def all(self) -> list[Generation]:
        """Take all out of the books; call with the lock held."""
        found = list(self._open.values())
        self._open.clear()
        return found
