"""What a draft would change, kept beside it (SQLite), so that pages can turn its leaves without working it out again."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from standards_graph.errors import StoreDamaged
from standards_graph.model.drafts import AnswerChange, Look, ThingLook

NAME = "look.db"
DERIVED = "derived"
"""The fate of a thing of which only something that is worked out changes."""
_TABLES = """
CREATE TABLE look (told TEXT NOT NULL) STRICT;
CREATE TABLE thing (
  place INTEGER PRIMARY KEY, fate TEXT NOT NULL, iri TEXT NOT NULL, label TEXT NOT NULL, added INTEGER NOT NULL,
  removed INTEGER NOT NULL, come TEXT NOT NULL, gone TEXT NOT NULL
) STRICT;
CREATE INDEX by_fate ON thing (fate, place);
"""


def write(folder: Path, look: Look, things: Iterable[ThingLook]) -> None:
    """Keep a look in a folder, whole, in place of an earlier one."""
    fresh = folder / f"{NAME}.{os.getpid()}"
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh)) as db, db:
        db.execute("PRAGMA journal_mode = OFF")
        db.executescript(_TABLES)
        db.execute("INSERT INTO look VALUES (?)", (json.dumps(asdict(look)),))
        rows = (
            (one.fate, one.iri, one.label, one.added, one.removed, json.dumps(one.come), json.dumps(one.gone)) for one in things
        )
        db.executemany("INSERT INTO thing (fate, iri, label, added, removed, come, gone) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    fresh.replace(folder / NAME)


def read(folder: Path) -> Look | None:
    """The look that is kept in a folder, if one is; raises StoreDamaged."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        with closing(_opened(path)) as db:
            told = json.loads(db.execute("SELECT told FROM look").fetchone()[0])
        answers = tuple(AnswerChange(**one) for one in told["answers"])
        return Look(**{**told, "answers": answers, "renamed": tuple((old, new) for old, new in told["renamed"])})
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise StoreDamaged(f"What a draft would change cannot be read again: {error}.") from error


def things(folder: Path, *, fate: str, first: int, most: int) -> tuple[ThingLook, ...]:
    """Things of one fate (of all that the draft itself changes, where it is empty), from the ``first`` on."""
    words = "fate = ?" if fate else "fate != ?"
    try:
        with closing(_opened(folder / NAME)) as db:
            found = db.execute(
                f"SELECT fate, iri, label, added, removed, come, gone FROM thing WHERE {words} ORDER BY place LIMIT ? OFFSET ?",  # noqa: S608
                (fate or DERIVED, most, first),
            )
            return tuple(
                ThingLook(kind, iri, label, added, removed, _statements(come), _statements(gone))
                for kind, iri, label, added, removed, come, gone in found
            )
    except (sqlite3.Error, ValueError) as error:
        raise StoreDamaged(f"What a draft would change cannot be read again: {error}.") from error


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def _statements(told: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((one[0], one[1], one[2]) for one in json.loads(told))
