"""From settings to a store and its lanes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from standards_graph.errors import Gone, NotFound, StoreFailure
from standards_graph.model.answers import Limits
from standards_graph.model.changes import Backup
from standards_graph.settings import Settings
from standards_graph.store import backup as copies
from standards_graph.store.embedded import EmbeddedStore
from standards_graph.store.folder import DataFolder
from standards_graph.workers.lanes import Dispatcher, Lanes, LaneSizes
from standards_graph.workers.pool import Pool
from standards_graph.workers.supervisor import SupervisedLanes


class OwnLanes(Dispatcher):
    """Lanes of this process that look for a newer revision each time that a reader is asked for."""

    def __init__(self, store: EmbeddedStore, settings: Settings) -> None:
        self._store, self._settings = store, settings
        super().__init__(open_pool(store, settings), sizes(settings), older=older_pools(store, settings))

    def current(self) -> int:
        """The number of the newest published revision."""
        if self._store.folder.current() != self._newest():
            self.follow(open_pool(self._store, self._settings))
        return self._newest()


def embedded(settings: Settings, *, supervised: bool) -> EmbeddedStore:
    """The store in the data folder; its lanes are those of a supervisor, or this process's own."""
    usual = Limits(settings.query_seconds, settings.query_memory_mb << 20, settings.answer_mb * 1_000_000)
    store = EmbeddedStore(
        settings.home,
        _supervised(settings) if supervised else lambda: OwnLanes(store, settings),
        usual=usual,
        page=Limits(settings.page_seconds, usual.memory, usual.answer),
        query_bytes=settings.query_kb * 1000,
        keep=settings.keep_revisions,
    )
    return store


def backup(settings: Settings, target: Path) -> Backup:
    """Back the data folder up into a new folder; raises what ``store.backup.take`` raises."""
    return copies.take(DataFolder(settings.home), target)


def restore(settings: Settings, source: Path) -> Backup:
    """Fill the data folder, which must be empty, from a backup; raises what ``store.backup.restore`` raises."""
    return copies.restore(source, settings.home)


def _supervised(settings: Settings) -> Callable[[], Lanes]:
    """The lanes of the supervisor; this process ends with it."""
    lanes = SupervisedLanes(DataFolder(settings.home).socket)
    lanes.end_with_supervisor()
    return lambda: lanes


def open_pool(store: EmbeddedStore, settings: Settings) -> Pool:
    """The workers of the current revision; raises StoreFailure where nothing was loaded yet."""
    number = store.folder.current()
    if number is None:
        raise StoreFailure(f"{settings.home} holds no registry yet. Run: standards-graph load")
    revision = next(one for one in store.history() if one.number == number)
    return _pool(store, settings, number, in_memory=revision.quads <= settings.memory_quads)


def older_pools(store: EmbeddedStore, settings: Settings) -> Callable[[int], Pool]:
    """Starts the workers of an older revision, read from disk: that starts at once, and takes no memory of its own."""

    def start(number: int) -> Pool:
        try:
            return _pool(store, settings, store.kept(number).number, in_memory=False)
        except NotFound as error:
            raise Gone(f"Revision r{number} was not published here.", revision=number) from error

    return start


def _pool(store: EmbeddedStore, settings: Settings, number: int, *, in_memory: bool) -> Pool:
    return Pool(
        store.folder.snapshot(number),
        revision=number,
        memory=settings.query_memory_mb << 20,
        answer=settings.answer_mb * 1_000_000,
        in_memory=in_memory,
    )


def sizes(settings: Settings) -> LaneSizes:
    """The lanes that the settings ask for."""
    return LaneSizes(
        page=settings.page_workers,
        fast=settings.fast_workers,
        slow=settings.slow_workers,
        queue=settings.queue,
        per_client=settings.queue_per_client,
        slice_seconds=settings.slice_seconds,
    )
