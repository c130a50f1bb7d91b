"""So many at a time, and who comes next: those who had the fewest long queries lately."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass

from standards_graph.errors import Busy

MEMORY_SECONDS = 60.0
"""How long it is remembered that a query was long or was ended."""


@dataclass(eq=False)
class _Waiting:
    client: str
    number: int
    go: bool = False


class Slots:
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
        while self._events and self._events[0][0] < time.monotonic() - MEMORY_SECONDS:
            _, old = self._events.popleft()
            self._counts[old] -= 1
            if not self._counts[old]:
                del self._counts[old]
        return self._counts[client]
