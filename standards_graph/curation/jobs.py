"""The queue of work on drafts, revisions and mapping records (SQLite).

It is asked for by whoever asks, and done one at a time by a process of its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standards_graph.errors import NotFound, Refused, StoreDamaged, StoreFailure, StoreInUse
from standards_graph.model.jobs import Job, JobKind, JobState

NAME = "jobs.db"
_COLUMNS = "number, kind, subject, agent, told, asked_at, state, step, rows, began_at, ended_at, code, problem, revision"
_TABLES = """
CREATE TABLE IF NOT EXISTS job (
  number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL, agent TEXT NOT NULL, told TEXT NOT NULL,
  asked_at TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', step TEXT NOT NULL DEFAULT '', rows INTEGER NOT NULL DEFAULT 0,
  began_at TEXT NOT NULL DEFAULT '', ended_at TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT '', revision INTEGER
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_at_a_time ON job (subject) WHERE state IN ('waiting', 'running');
"""


class Jobs:
    """The jobs of one data folder."""

    def __init__(self, home: Path) -> None:
        self._home, self._path = home, home / NAME

    def ask(self, kind: JobKind, subject: str, *, agent: str, **told: Any) -> Job:
        """Put a job at the end of the queue; raises Refused where the draft or revision is being worked on already."""
        self._prepare()
        try:
            with self._connected() as db:
                made = db.execute(
                    "INSERT INTO job (kind, subject, agent, told, asked_at) VALUES (?, ?, ?, ?, ?)",
                    (kind.value, subject, agent, json.dumps(told), _now()),
                )
                number = made.lastrowid or 0
        except sqlite3.IntegrityError as error:
            raise Refused(f"{subject} is being worked on. Wait until that has ended.") from error
        return self.get(number)

    def get(self, number: int) -> Job:
        """One job; raises NotFound."""
        found = self._select("WHERE number = ?", number) if number < 1 << 31 else ()
        if not found:
            raise NotFound(f"There is no job {number}.")
        return found[0]

    def of(self, subject: str) -> Job | None:
        """The newest job on a draft or a revision."""
        return next(iter(self._select("WHERE subject = ? ORDER BY number DESC LIMIT 1", subject)), None)

    def latest(self) -> Mapping[str, Job]:
        """The newest job of everything that ever had one."""
        found = self._select("WHERE number IN (SELECT max(number) FROM job GROUP BY subject)")
        return {one.subject: one for one in found}

    def ahead(self, job: Job) -> int:
        """How many jobs come before this one."""
        if job.is_over:
            return 0
        return len(self._select("WHERE state IN ('waiting', 'running') AND number < ?", job.number))

    def undone(self) -> tuple[Job, ...]:
        """What waits or runs, oldest first."""
        return self._select("WHERE state IN ('waiting', 'running') ORDER BY number")

    def left_over(self) -> tuple[Job, ...]:
        """What counts as running; with the lock held these are the jobs whose process ended before them."""
        return self._select("WHERE state = 'running' ORDER BY number")

    def next(self) -> Job | None:
        """Take the job that waits longest; call with the lock held."""
        waiting = self._select("WHERE state = 'waiting' ORDER BY number LIMIT 1")
        if not waiting:
            return None
        with self._connected() as db:
            db.execute("UPDATE job SET state = 'running', began_at = ? WHERE number = ?", (_now(), waiting[0].number))
        return self.get(waiting[0].number)

    def tell(self, job: Job, step: str, rows: int) -> None:
        """Say how far a job is."""
        with self._connected() as db:
            db.execute("UPDATE job SET step = ?, rows = ? WHERE number = ?", (step, rows, job.number))

    def end(self, job: Job, *, revision: int | None = None) -> Job:
        """Say that a job is done, and which revision it published if it did."""
        told = (JobState.DONE.value, _now(), revision, job.number)
        with self._connected() as db:
            db.execute("UPDATE job SET state = ?, ended_at = ?, revision = ? WHERE number = ?", told)
        return self.get(job.number)

    def fail(self, job: Job, *, code: str, problem: str) -> Job:
        """Say why a job failed."""
        told = (JobState.FAILED.value, _now(), code, problem[:2000], job.number)
        with self._connected() as db:
            db.execute("UPDATE job SET state = ?, ended_at = ?, code = ?, problem = ? WHERE number = ?", told)
        return self.get(job.number)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Be the only one who does jobs; raises StoreInUse where somebody else is at it."""
        self._prepare()
        with (self._home / "jobs.lock").open("w") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreInUse("Another process does the jobs of this data folder.") from error
            yield

    def _prepare(self) -> None:
        try:
            self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreFailure(f"{self._path} cannot be made: {error.strerror}.") from error
        with self._connected() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_TABLES)

    def _select(self, rest: str, *values: int | str) -> tuple[Job, ...]:
        if not self._path.exists():
            return ()
        with self._connected() as db:
            return tuple(map(_job, db.execute(f"SELECT {_COLUMNS} FROM job {rest}", values)))  # noqa: S608

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=10)) as db, db:
                yield db
        except sqlite3.IntegrityError:
            raise
        except sqlite3.OperationalError as error:
            raise StoreFailure(f"{NAME} cannot be used now: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(f"{NAME} cannot be used: {error}.") from error


def _job(row: tuple[Any, ...]) -> Job:
    number, kind, subject, agent, told, asked_at, state, *rest = row
    return Job(number, JobKind(kind), subject, agent, json.loads(told), asked_at, JobState(state), *rest)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
