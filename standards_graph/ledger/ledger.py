"""The ledger's database (SQLite, write-ahead log, every commit on disk before it counts).

A revision is ``pending`` while it is written, then ``published`` or ``aborted``; a published row never changes and no row
is ever deleted: triggers of the database refuse it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from standards_graph.errors import StoreDamaged
from standards_graph.formats.quads import in_bytes, lines, packed, parsed
from standards_graph.ledger import touched
from standards_graph.model.changes import ChangeSet, Revision, Touch

SCHEMA = 1
_COLUMNS = "number, published_at, quads, fingerprint, agent, note, source, added, removed"
_SILENT = "number IN (SELECT number FROM silent)"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS revision (
  number INTEGER PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('pending', 'published', 'aborted')),
  published_at TEXT NOT NULL, quads INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  agent TEXT NOT NULL, note TEXT NOT NULL, source TEXT NOT NULL, added INTEGER NOT NULL, removed INTEGER NOT NULL,
  packaged TEXT NOT NULL, graphs TEXT NOT NULL, files TEXT NOT NULL,
  additions BLOB NOT NULL, removals BLOB NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS silent (number INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER IF NOT EXISTS silence_stays BEFORE DELETE ON silent
  BEGIN SELECT RAISE(ABORT, 'the ledger forgets nothing'); END;
CREATE TRIGGER IF NOT EXISTS revision_stays BEFORE DELETE ON revision
  BEGIN SELECT RAISE(ABORT, 'the ledger forgets nothing'); END;
CREATE TRIGGER IF NOT EXISTS revision_is_fixed BEFORE UPDATE ON revision
  WHEN OLD.state != 'pending' OR NEW.hash != OLD.hash
  BEGIN SELECT RAISE(ABORT, 'the ledger forgets nothing'); END;
"""


class Ledger:
    """The ledger of one data folder; ``read_only`` for those who do not hold the writer's lock."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only:
            self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self._silent = _SILENT if self._knows("silent") else "0"
            return
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_TABLES + touched.TABLE)
        self._silent = _SILENT
        self._db.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        for number in touched.missing(self._db):
            touched.note(self._db, number, self._kept(number))
        self._db.commit()

    def _knows(self, table: str) -> bool:
        """Whether the ledger has a table; one of an earlier version of the program gets it from the next writer."""
        return bool(self._db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone())

    def begin(
        self,
        changes: ChangeSet,
        revision: Revision,
        *,
        packaged: str,
        graphs: Iterable[str],
        files: Iterable[tuple[str, str]],
    ) -> None:
        """Write down what is about to be published, in the state *pending*."""
        additions, removals = packed(changes.added), packed(changes.removed)
        previous = self.head()
        named, kept = json.dumps(sorted(graphs)), json.dumps(sorted(files))
        mark = _hash(previous, revision, packaged, named, kept, additions, removals)
        with self._db:
            self._db.execute(
                "INSERT INTO revision VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(revision.number, revision.published_at, revision.quads, revision.fingerprint),
                    *(revision.agent, revision.note, revision.source, revision.added, revision.removed),
                    *(packaged, named, kept, additions, removals, previous, mark),
                ),
            )
            if revision.silent:
                self._db.execute("INSERT INTO silent VALUES (?)", (revision.number,))
            touched.note(self._db, revision.number, changes)

    def settle(self, number: int, *, published: bool) -> None:
        """Say how a pending revision ended."""
        with self._db:
            state = "published" if published else "aborted"
            self._db.execute("UPDATE revision SET state = ? WHERE number = ? AND state = 'pending'", (state, number))

    def pending(self) -> tuple[int, ...]:
        """The numbers of revisions whose end is not known."""
        return tuple(n for (n,) in self._db.execute("SELECT number FROM revision WHERE state = 'pending' ORDER BY number"))

    def next_number(self) -> int:
        """A number that no revision has had."""
        return int(self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM revision").fetchone()[0])

    def published(self) -> tuple[Revision, ...]:
        """All published revisions, newest first."""
        found = self._db.execute(
            f"SELECT {_COLUMNS}, {self._silent} FROM revision WHERE state = 'published' ORDER BY number DESC"  # noqa: S608
        )
        return tuple(map(_revision, found))

    def revision(self, number: int) -> Revision | None:
        """One published revision."""
        found = self._db.execute(
            f"SELECT {_COLUMNS}, {self._silent} FROM revision WHERE state = 'published' AND number = ?",  # noqa: S608
            (number,),
        ).fetchone()
        return _revision(found) if found else None

    def changes(self, number: int) -> ChangeSet | None:
        """What a published revision added and took away."""
        return self._kept(number) if self.revision(number) else None

    def changes_of(self, number: int, *, thing: ox.NamedNode | None, predicate: ox.NamedNode | None) -> ChangeSet | None:
        """That part of it which speaks of one thing, or by one predicate; the rest is not even parsed."""
        mark = (f"<{thing.value}> " if thing else f" <{predicate.value}> " if predicate else "").encode()
        found = self.changes(number)
        return found and ChangeSet(_marked(found.added, mark), _marked(found.removed, mark))

    def _kept(self, number: int) -> ChangeSet:
        told = "SELECT additions, added, removals, removed FROM revision WHERE number = ?"
        additions, added, removals, removed = self._db.execute(told, (number,)).fetchone()
        return ChangeSet(in_bytes(additions, added), in_bytes(removals, removed))

    def touches(self, things: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, tuple[Touch, ...]]:
        """For each thing, the published revisions that said something new of it, oldest first."""
        return touched.touches(self._db, things)

    def things(self, number: int) -> tuple[tuple[ox.NamedNode, Touch, int], ...]:
        """See ``touched.things``."""
        return touched.things(self._db, number)

    def packaged(self) -> str:
        """The digest of the packaged content that was loaded last; empty before the first load."""
        found = self._db.execute(
            "SELECT packaged FROM revision WHERE state = 'published' AND packaged != '' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return str(found[0]) if found else ""

    def files(self) -> tuple[tuple[int, str, str], ...]:
        """Every submitted file: revision, digest, name."""
        found = self._db.execute("SELECT number, files FROM revision WHERE state = 'published' ORDER BY number")
        return tuple((number, digest, name) for number, text in found for digest, name in json.loads(text))

    def head(self) -> str:
        """The hash of the newest published revision; empty at the start."""
        found = self._db.execute("SELECT hash FROM revision WHERE state = 'published' ORDER BY number DESC LIMIT 1")
        row = found.fetchone()
        return str(row[0]) if row else ""

    def broken_links(self) -> Iterator[str]:
        """A sentence for each published revision whose hash does not follow from its content and its predecessor."""
        previous = ""
        found = self._db.execute(
            f"SELECT {_COLUMNS}, packaged, graphs, files, additions, removals, previous, hash"  # noqa: S608
            " FROM revision WHERE state = 'published' ORDER BY number"
        )
        for row in found:
            revision, rest = Revision(*row[:9]), row[9:]
            if rest[5] != previous:
                yield f"r{revision.number} does not follow the revision before it."
            if rest[6] != _hash(rest[5], revision, *rest[:5]):
                yield f"r{revision.number} does not hold what it was published with."
            previous = rest[6]

    def close(self) -> None:
        """Close the database."""
        self._db.close()


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Ledger]:
    """A ledger for the length of a block; a damaged database is told as StoreDamaged."""
    try:
        ledger = Ledger(path, read_only=read_only)
        try:
            yield ledger
        finally:
            ledger.close()
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"The ledger {path.name} cannot be used: {error}.") from error


def _revision(row: tuple[Any, ...]) -> Revision:
    return dataclasses.replace(Revision(*row[:-1]), silent=bool(row[-1]))


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _marked(told: Iterable[ox.Quad], mark: bytes) -> tuple[ox.Quad, ...]:
    """The quads whose lines hold a mark."""
    return tuple(parsed(line for line in lines(told) if mark in line))


def _hash(previous: str, revision: Revision, packaged: str, graphs: str, files: str, additions: bytes, removals: bytes) -> str:
    parts = [
        *(previous, revision.number, revision.published_at, revision.quads, revision.fingerprint, revision.agent),
        *(revision.note, revision.source, revision.added, revision.removed, packaged, graphs, files),
        *(hashlib.sha256(additions).hexdigest(), hashlib.sha256(removals).hexdigest()),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
