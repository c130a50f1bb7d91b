"""The database of accounts (SQLite, write-ahead log). The list of what was done only grows: triggers refuse the rest."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from standards_graph.errors import StoreDamaged, StoreFailure

NAME = "accounts.db"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS token (
  id TEXT PRIMARY KEY, secret TEXT NOT NULL, owner TEXT NOT NULL, scopes TEXT NOT NULL, created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL, last_used TEXT NOT NULL DEFAULT '', revoked_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS session (
  mark TEXT PRIMARY KEY, token TEXT NOT NULL REFERENCES token (id), created_at TEXT NOT NULL, seen_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS failure (at TEXT NOT NULL, address TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
  remark TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'what was done stays written'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_fixed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'what was done stays written'); END;
"""
SCHEMA = "1"


def prepare(path: Path) -> None:
    """Make the database where it is missing; only its owner may read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreFailure(f"{path} cannot be made: {error.strerror}.") from error
    with connected(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(_TABLES)
        db.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (SCHEMA,))
        db.execute("INSERT OR IGNORE INTO meta VALUES ('key', ?)", (secrets.token_hex(32),))
        db.commit()


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for the length of a block, which is one transaction; a damaged database is told as StoreDamaged."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=10)) as db, db:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            yield db
    except sqlite3.OperationalError as error:
        raise StoreFailure(f"{path.name} cannot be used now: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{path.name} cannot be used: {error}.") from error
