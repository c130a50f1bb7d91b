"""The data folder: which revision is the current one, its checkpoints, the writer's lock, and syncing to disk."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from standards_graph.errors import StoreDamaged, StoreFailure, StoreInUse
from standards_graph.ledger.ledger import Ledger, opened
from standards_graph.store import scratch
from standards_graph.store.dumping import Dumps
from standards_graph.store.syncing import sync_folder


class DataFolder:
    """``ledger.db``, ``CURRENT``, ``snap/<revision>/``, ``files/<digest>``, ``dumps/``, ``work/``, ``lock`` in one folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.ledger_path = home / "ledger.db"
        self.work = home / "work"
        self.socket = home / "supervisor.sock"
        self.dumps = Dumps(home / "dumps")
        self._current = home / "CURRENT"

    def prepare(self) -> None:
        """Make the folder where it is missing; only its owner may look inside."""
        try:
            for folder in (self.home, self.home / "snap", self.home / "files"):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreFailure(f"The data folder {self.home} cannot be made: {error.strerror}.") from error

    def snapshot(self, number: int) -> Path:
        """The checkpoint of a revision."""
        return self.home / "snap" / str(number)

    def current(self) -> int | None:
        """The number of the current revision; None before the first. Raises StoreDamaged where the mark is unreadable."""
        try:
            text = self._current.read_text("ascii")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreDamaged(f"CURRENT cannot be read: {error}.") from error
        if not text.strip().isdecimal():
            raise StoreDamaged(f"CURRENT holds {text[:20]!r} instead of the number of a revision.")
        return int(text)

    def make_current(self, number: int) -> None:
        """From this moment on the revision is the published one; it is on disk when this returns."""
        fresh = self.home / "CURRENT.tmp"
        with fresh.open("w", encoding="ascii") as file:
            file.write(f"{number}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(self._current)
        sync_folder(self.home)

    @contextmanager
    def locked(self, *, patience: float = 10.0) -> Iterator[None]:
        """Be the only writer; raises StoreInUse when another one is at work for longer than ``patience`` seconds."""
        self.prepare()
        with (self.home / "lock").open("w") as file:
            deadline = time.monotonic() + patience
            while not _try_lock(file.fileno()):
                if time.monotonic() > deadline:
                    raise StoreInUse(f"Another process is writing to {self.home}. Wait for it to end, then try again.")
                time.sleep(0.05)
            yield

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The ledger, to write."""
        with opened(self.ledger_path) as ledger:
            yield ledger

    @contextmanager
    def ledger_to_read(self) -> Iterator[Ledger]:
        """The ledger, to read; raises StoreFailure where there is none."""
        if not self.ledger_path.exists():
            raise StoreFailure(f"{self.home} holds no registry yet. Run: standards-graph load")
        with opened(self.ledger_path, read_only=True) as ledger:
            yield ledger

    def recover(self, ledger: Ledger) -> None:
        """Settle what was pending when a writer ended before its time. Call with the lock held."""
        current = self.current()
        for number in ledger.pending():
            ledger.settle(number, published=number == current)
        newest = ledger.published()[:1]
        if current != (newest[0].number if newest else None):
            raise StoreDamaged(
                f"CURRENT says {current}, the ledger's newest revision is {newest[0].name if newest else 'none'}."
            )
        self.sweep(keep=None)

    def sweep(self, *, keep: int | None) -> None:
        """Remove what no published revision needs; with ``keep``, all checkpoints but the newest so many."""
        shutil.rmtree(self.work, ignore_errors=True)
        scratch.sweep(self.home)
        found = sorted((p for p in (self.home / "snap").iterdir() if p.name.isdecimal()), key=lambda p: int(p.name))
        current = self.current()
        left_over = [p for p in (self.home / "snap").iterdir() if not p.name.isdecimal()]
        left_over += [p for p in found if current is None or int(p.name) > current]
        if keep is not None:
            left_over += [p for p in found if current is not None and int(p.name) <= current][:-keep]
        for path in left_over:
            shutil.rmtree(path, ignore_errors=True)

    def keep_file(self, digest: str, content: bytes) -> None:
        """Keep a submitted file under its digest."""
        path = self.home / "files" / digest
        if path.exists():
            return
        fresh = path.with_suffix(".tmp")
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
        sync_folder(path.parent)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
