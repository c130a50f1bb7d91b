"""Answers of a revision, kept while there is room: the same question on the same data has the same answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

MOST_BYTES = 64_000_000
Value = TypeVar("Value")


class AnswerCache:
    """Bodies by key, the least recently used ones dropped first; one that takes a large share of the room is not kept."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._lock = threading.Lock()
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable) -> bytes | None:
        """The body under a key, or None."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: Hashable, body: bytes) -> None:
        """Keep a body."""
        if len(body) > self._most // 8:
            return
        with self._lock:
            self._held += len(body) - len(self._bodies.pop(key, b""))
            self._bodies[key] = body
            while self._held > self._most:
                self._held -= len(self._bodies.popitem(last=False)[1])

    @property
    def held(self) -> int:
        """Bytes of all kept bodies."""
        return self._held


class Recent(Generic[Value]):
    """The last few values that were worked out, each once: whoever asks for another one meanwhile waits."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable, work: Callable[[], Value]) -> Value:
        """The value under a key; ``work`` gives it where it is not kept."""
        with self._lock:
            if key not in self._values:
                self._values[key] = work()
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
            return self._values[key]
