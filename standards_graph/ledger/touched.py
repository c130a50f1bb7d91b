"""Which revision said something new of which thing: an index over the ledger, which can be made again from it.

It is not part of the hash chain: what it says follows from the change sets.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from standards_graph.model.changes import ChangeSet, Touch

TABLE = """
CREATE TABLE IF NOT EXISTS touched (
  thing TEXT NOT NULL, number INTEGER NOT NULL, added INTEGER NOT NULL, removed INTEGER NOT NULL, PRIMARY KEY (thing, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS touched_in ON touched (number, thing);
CREATE TABLE IF NOT EXISTS indexed (number INTEGER PRIMARY KEY) STRICT;
"""


def counts(changes: ChangeSet) -> Mapping[NamedNode, tuple[int, int]]:
    """For each subject of a change, how many statements came and how many went."""
    came = Counter(quad.subject for quad in changes.added if isinstance(quad.subject, NamedNode))
    went = Counter(quad.subject for quad in changes.removed if isinstance(quad.subject, NamedNode))
    return {thing: (came[thing], went[thing]) for thing in came.keys() | went.keys()}


def note(db: sqlite3.Connection, number: int, changes: ChangeSet) -> None:
    """Take a revision into the index."""
    rows = ((thing.value, number, *both) for thing, both in counts(changes).items())
    db.executemany("INSERT OR REPLACE INTO touched VALUES (?, ?, ?, ?)", rows)
    db.execute("INSERT OR REPLACE INTO indexed VALUES (?)", (number,))


def missing(db: sqlite3.Connection) -> tuple[int, ...]:
    """The revisions that are not in the index yet: those that an earlier version of the program published."""
    found = db.execute("SELECT number FROM revision WHERE number NOT IN (SELECT number FROM indexed) ORDER BY number")
    return tuple(number for (number,) in found)


def touches(db: sqlite3.Connection, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[Touch, ...]]:
    """For each thing, the published revisions that said something new of it, oldest first."""
    return {thing: tuple(Touch(*row) for row in db.execute(_TOUCHES, (thing.value,))) for thing in things}


def things(db: sqlite3.Connection, number: int) -> tuple[tuple[NamedNode, Touch, int], ...]:
    """Every thing that a published revision said something new of, by name, and how many statements there were of it before."""
    return tuple((NamedNode(thing), Touch(number, *both), before) for thing, *both, before in db.execute(_THINGS, (number,)))


_THINGS = """
SELECT thing, now.added, now.removed, (
  SELECT coalesce(sum(old.added - old.removed), 0) FROM touched AS old JOIN revision ON old.number = revision.number
  WHERE old.thing = now.thing AND old.number < now.number AND state = 'published'
) FROM touched AS now JOIN revision ON now.number = revision.number
WHERE now.number = ? AND state = 'published' ORDER BY thing
"""
_TOUCHES = """
SELECT touched.number, touched.added, touched.removed FROM touched JOIN revision USING (number)
WHERE thing = ? AND state = 'published' ORDER BY number
"""
