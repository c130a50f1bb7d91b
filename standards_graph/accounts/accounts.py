"""Tokens, sign-ins with them, and the list of what was done."""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from standards_graph.accounts import tokens as texts
from standards_graph.accounts.database import NAME, connected, prepare
from standards_graph.errors import BadArgument, NotFound, NotSignedIn, TooManyRequests
from standards_graph.model.accounts import Caller, Entry, Scope, Token

MOST_DAYS = 366
USUAL_DAYS = 90
IDLE, LONGEST = dt.timedelta(minutes=30), dt.timedelta(hours=12)
WINDOW, FAILURES, ALL_FAILURES = dt.timedelta(minutes=5), 10, 1_000
"""Failed sign-ins that one address, and all together, may have within the window."""

_COLUMNS = "id, owner, scopes, created_at, expires_at, last_used, revoked_at"
_REFUSED = "This token is not valid: it is mistyped, expired or revoked."


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Accounts:
    """The accounts of one data folder; nothing is written before the first token is made."""

    def __init__(self, home: Path, clock: Callable[[], dt.datetime] = _now) -> None:
        self._path, self._clock = home / NAME, clock

    @property
    def exist(self) -> bool:
        """Whether a token was ever made here."""
        return self._path.exists()

    def key(self) -> str:
        """The random key with which forms are signed; raises StoreFailure where there are no accounts."""
        with connected(self._path) as db:
            return str(db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()[0])

    def create(self, owner: str, scopes: Iterable[Scope], *, days: int = USUAL_DAYS, by: str) -> tuple[Token, str]:
        """Make a token; returns it and its text, which is kept nowhere. Raises BadArgument."""
        owner, wanted = " ".join(owner.split()), tuple(dict.fromkeys(scopes))
        if not owner or len(owner) > 100 or not owner.isprintable():
            raise BadArgument("Name the owner of the token in at most 100 characters.", name="owner")
        if not wanted or not 0 < days <= MOST_DAYS:
            raise BadArgument(f"A token has a scope, and is valid for 1 to {MOST_DAYS} days.", name="days")
        prepare(self._path)
        parts, now = texts.fresh(), self._clock()
        made = Token(parts.id, owner, wanted, _text(now), _text(now + dt.timedelta(days=days)))
        with connected(self._path) as db:
            told = (made.id, parts.digest, owner, " ".join(wanted), made.created_at, made.expires_at)
            db.execute("INSERT INTO token (id, secret, owner, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)", told)
            self._write(db, by, "token-created", made.id, f"for {owner}: {' '.join(wanted)}, until {made.expires_at}")
        return made, parts.text

    def tokens(self) -> tuple[Token, ...]:
        """Every token, newest first."""
        if not self.exist:
            return ()
        with connected(self._path) as db:
            return tuple(map(_token, db.execute(f"SELECT {_COLUMNS} FROM token ORDER BY created_at DESC, id")))  # noqa: S608

    def now(self) -> str:
        """This moment, as moments are kept here."""
        return _text(self._clock())

    def revoke(self, id_: str, *, by: str) -> Token:
        """End a token and every sign-in with it, at once; raises NotFound."""
        found = next((one for one in self.tokens() if one.id == id_), None)
        if found is None:
            raise NotFound(f"There is no token {id_}.")
        with connected(self._path) as db:
            db.execute("UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at = ''", (self.now(), id_))
            db.execute("DELETE FROM session WHERE token = ?", (id_,))
            self._write(db, by, "token-revoked", id_, f"of {found.owner}")
        return next(one for one in self.tokens() if one.id == id_)

    def bearer(self, text: str) -> Caller:
        """Who holds this token; raises NotSignedIn, with the same words whatever is wrong with it."""
        parts = texts.taken_apart(text)
        if parts is None or not self.exist:
            raise NotSignedIn(_REFUSED)
        with connected(self._path) as db:
            return self._holder(db, parts)

    def _holder(self, db: sqlite3.Connection, parts: texts.Parts) -> Caller:
        row = db.execute(f"SELECT {_COLUMNS}, secret FROM token WHERE id = ?", (parts.id,)).fetchone()  # noqa: S608
        same = secrets.compare_digest(parts.digest, row[-1] if row else texts.digest(""))
        found = _token(row[:-1]) if row else None
        if found is None or not same or found.state(self.now()) != "valid":
            raise NotSignedIn(_REFUSED)
        today = self.now()[:10]
        if found.last_used != today:
            db.execute("UPDATE token SET last_used = ? WHERE id = ?", (today, found.id))
        return Caller(found.owner, found.id, found.scopes)

    def sign_in(self, text: str, *, address: str) -> str:
        """Start a session with a token; returns its id, of which a digest alone is kept.

        Raises NotSignedIn, and TooManyRequests after too many failures from one address, or from everywhere.
        """
        parts = texts.taken_apart(text.strip())
        with connected(self._path) as db:
            self._check_failures(db, address)
            try:
                caller = self._holder(db, parts) if parts else None
            except NotSignedIn:
                caller = None
            if caller is not None:
                id_ = secrets.token_urlsafe(32)
                db.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (texts.digest(id_), caller.token, self.now(), self.now()))
                db.execute("DELETE FROM session WHERE created_at < ?", (_text(self._clock() - LONGEST),))
                self._write(db, caller.name, "signed-in", caller.token)
                return id_
            db.execute("INSERT INTO failure VALUES (?, ?)", (self.now(), address))
            self._write(db, "", "sign-in-refused", parts.id if parts else "")
        raise NotSignedIn(_REFUSED)

    def _check_failures(self, db: sqlite3.Connection, address: str) -> None:
        db.execute("DELETE FROM failure WHERE at < ?", (_text(self._clock() - WINDOW),))
        mine = db.execute("SELECT count(*) FROM failure WHERE address = ?", (address,)).fetchone()[0]
        everybody = db.execute("SELECT count(*) FROM failure").fetchone()[0]
        if mine >= FAILURES or everybody >= ALL_FAILURES:
            minutes = int(WINDOW.total_seconds() // 60)
            raise TooManyRequests(
                f"Too many sign-ins failed. Try again in {minutes} minutes.", retry_after=int(WINDOW.total_seconds())
            )

    def session(self, id_: str) -> Caller | None:
        """Who is signed in under this id; None where it has ended, was idle for long, or its token counts no more."""
        if not self.exist:
            return None
        mark, now = texts.digest(id_), self._clock()
        with connected(self._path) as db:
            row = db.execute("SELECT token, created_at, seen_at FROM session WHERE mark = ?", (mark,)).fetchone()
            if row is None:
                return None
            told = db.execute(f"SELECT {_COLUMNS} FROM token WHERE id = ?", (row[0],)).fetchone()  # noqa: S608
            found = _token(told)
            old = row[1] < _text(now - LONGEST) or row[2] < _text(now - IDLE)
            if old or found.state(_text(now)) != "valid":
                db.execute("DELETE FROM session WHERE mark = ?", (mark,))
                return None
            if row[2] < _text(now - dt.timedelta(minutes=1)):
                db.execute("UPDATE session SET seen_at = ? WHERE mark = ?", (_text(now), mark))
            return Caller(found.owner, found.id, found.scopes)

    def sign_out(self, id_: str) -> None:
        """End a session; nothing happens where there is none."""
        caller = self.session(id_)
        if caller is not None:
            with connected(self._path) as db:
                db.execute("DELETE FROM session WHERE mark = ?", (texts.digest(id_),))
                self._write(db, caller.name, "signed-out", caller.token)

    def note(self, caller: Caller, action: str, subject: str, remark: str = "") -> None:
        """Write down what was done, or refused, to a caller's word."""
        with connected(self._path) as db:
            self._write(db, caller.name, action, subject, f"token {caller.token}" + (f": {remark}" if remark else ""))

    def entries(self) -> tuple[Entry, ...]:
        """What was done, newest first."""
        if not self.exist:
            return ()
        with connected(self._path) as db:
            found = db.execute("SELECT number, at, who, action, subject, remark FROM audit ORDER BY number DESC")
            return tuple(Entry(*row) for row in found)

    def _write(self, db: sqlite3.Connection, who: str, action: str, subject: str, remark: str = "") -> None:
        told = (self.now(), who, action, subject[:200], remark[:500])
        db.execute("INSERT INTO audit (at, who, action, subject, remark) VALUES (?, ?, ?, ?, ?)", told)


def _text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def _token(row: tuple[str, ...]) -> Token:
    id_, owner, scopes, *rest = row
    return Token(id_, owner, tuple(map(Scope, scopes.split())), *rest)
