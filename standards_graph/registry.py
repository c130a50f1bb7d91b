"""The conductor: ties the rooms together, and is the only one who publishes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from standards_graph.model.changes import Revision
from standards_graph.settings import Settings
from standards_graph.store.base import Reader, Store
from standards_graph.store.memory import MemoryStore


class Registry:
    """One registry: a store and what may be asked of it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings

    @classmethod
    def in_memory(cls, quads: Iterable[Quad], settings: Settings | None = None) -> Registry:
        """A registry in this process's memory, for tests and notebooks."""
        return cls(MemoryStore(quads), settings or Settings())

    def reader(self) -> Reader:
        """A reader pinned to the newest revision."""
        return self.store.reader()

    def history(self) -> tuple[Revision, ...]:
        """All published revisions, newest first."""
        return self.store.history()
