"""Tokens, sign-ins with them, and the list of what was done."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from standards_graph.accounts import tokens
from standards_graph.accounts.accounts import FAILURES, Accounts
from standards_graph.errors import BadArgument, NotFound, NotSignedIn, StoreDamaged, TooManyRequests
from standards_graph.model.accounts import Scope

BOTH = (Scope.WRITE, Scope.PUBLISH)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def turn(self, **how: float) -> None:
        self.now += dt.timedelta(**how)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    return Accounts(tmp_path / "home", clock)


def given(accounts: Accounts, *scopes: Scope, days: int = 90) -> str:
    return accounts.create("Ada Example", scopes or BOTH, days=days, by="tests")[1]


def test_a_token_names_its_owner_and_what_it_allows(accounts: Accounts) -> None:
    caller = accounts.bearer(given(accounts, Scope.WRITE))
    assert (caller.name, caller.scopes) == ("Ada Example", (Scope.WRITE,))
    assert caller.may(Scope.WRITE, Scope.PUBLISH)
    assert not caller.may(Scope.PUBLISH)


def test_the_secret_is_nowhere_in_the_folder(accounts: Accounts, tmp_path: Path) -> None:
    text = given(accounts)
    session = accounts.sign_in(text, address="here")
    parts = tokens.taken_apart(text)
    assert parts
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir())
    assert parts.secret.encode() not in kept
    assert session.encode() not in kept
    assert stat.S_IMODE((tmp_path / "home" / "accounts.db").stat().st_mode) == 0o600


def test_a_mistyped_token_is_told_apart_without_a_look_up(accounts: Accounts) -> None:
    text = given(accounts)
    assert tokens.taken_apart(text)
    for wrong in (text[:-1], text + "a", text.swapcase(), text.replace("sgr_", "sgx_"), "", "x" * 10_000):
        assert tokens.taken_apart(wrong) is None
        with pytest.raises(NotSignedIn):
            accounts.bearer(wrong)


def test_a_well_formed_token_of_another_folder_is_refused(accounts: Accounts, tmp_path: Path) -> None:
    given(accounts)
    other = given(Accounts(tmp_path / "other"))
    with pytest.raises(NotSignedIn):
        accounts.bearer(other)


def test_an_expired_token_is_refused(accounts: Accounts, clock: Clock) -> None:
    text = given(accounts, days=1)
    clock.turn(hours=23, minutes=59)
    assert accounts.bearer(text).name == "Ada Example"
    clock.turn(minutes=1)
    with pytest.raises(NotSignedIn):
        accounts.bearer(text)
    assert [one.state(accounts.now()) for one in accounts.tokens()] == ["expired"]


def test_revoking_ends_the_token_and_its_sessions_at_once(accounts: Accounts) -> None:
    text = given(accounts)
    session = accounts.sign_in(text, address="here")
    assert accounts.revoke(accounts.bearer(text).token, by="tests").revoked_at
    assert accounts.session(session) is None
    with pytest.raises(NotSignedIn):
        accounts.bearer(text)
    with pytest.raises(NotSignedIn):
        accounts.sign_in(text, address="here")


def test_only_a_token_that_exists_can_be_revoked(accounts: Accounts) -> None:
    with pytest.raises(NotFound):
        accounts.revoke("nobody00", by="tests")


@pytest.mark.parametrize(("owner", "days"), [("", 90), ("x" * 101, 90), ("a\x00b", 90), ("Ada", 0), ("Ada", 367)])
def test_a_token_without_an_owner_or_with_no_end_is_not_made(accounts: Accounts, owner: str, days: int) -> None:
    with pytest.raises(BadArgument):
        accounts.create(owner, BOTH, days=days, by="tests")
    assert not accounts.exist


def test_the_day_of_the_last_use_is_kept(accounts: Accounts, clock: Clock) -> None:
    text = given(accounts)
    assert accounts.tokens()[0].last_used == ""
    clock.turn(days=2)
    accounts.bearer(text)
    assert accounts.tokens()[0].last_used == "2026-11-25"


def test_a_session_ends_when_it_is_idle(accounts: Accounts, clock: Clock) -> None:
    session = accounts.sign_in(given(accounts), address="here")
    for _ in range(3):
        clock.turn(minutes=29)
        assert accounts.session(session)
    clock.turn(minutes=31)
    assert accounts.session(session) is None


def test_a_session_ends_after_twelve_hours_however_busy(accounts: Accounts, clock: Clock) -> None:
    session = accounts.sign_in(given(accounts), address="here")
    for _ in range(36):
        clock.turn(minutes=20)
        assert accounts.session(session)
    clock.turn(minutes=1)
    assert accounts.session(session) is None


def test_signing_out_ends_the_session(accounts: Accounts) -> None:
    session = accounts.sign_in(given(accounts), address="here")
    accounts.sign_out(session)
    accounts.sign_out(session)
    assert accounts.session(session) is None
    assert accounts.session("made up") is None


def test_two_sign_ins_have_ids_of_their_own(accounts: Accounts) -> None:
    text = given(accounts)
    assert len({accounts.sign_in(text, address="here") for _ in range(5)}) == 5


def test_failed_sign_ins_are_limited_by_address(accounts: Accounts, clock: Clock) -> None:
    text = given(accounts)
    for _ in range(FAILURES):
        with pytest.raises(NotSignedIn):
            accounts.sign_in("guess", address="there")
    with pytest.raises(TooManyRequests):
        accounts.sign_in(text, address="there")
    assert accounts.sign_in(text, address="here")
    clock.turn(minutes=6)
    assert accounts.sign_in(text, address="there")


def test_what_was_done_is_written_down_and_stays(accounts: Accounts, tmp_path: Path) -> None:
    text = given(accounts)
    session = accounts.sign_in(text, address="here")
    caller = accounts.session(session)
    assert caller
    accounts.note(caller, "draft-received", "d1", "two files")
    with pytest.raises(NotSignedIn):
        accounts.sign_in("guess", address="there")
    accounts.sign_out(session)
    actions = [one.action for one in accounts.entries()]
    assert actions == ["signed-out", "sign-in-refused", "draft-received", "signed-in", "token-created"]
    assert [one.who for one in accounts.entries() if one.action == "draft-received"] == ["Ada Example"]
    with closing(sqlite3.connect(tmp_path / "home" / "accounts.db")) as db:
        for statement in ("DELETE FROM audit", "UPDATE audit SET who = 'x'"):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(statement)


def test_a_damaged_database_is_told(accounts: Accounts, tmp_path: Path) -> None:
    given(accounts)
    for path in (tmp_path / "home").iterdir():
        path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreDamaged):
        accounts.tokens()


def test_where_no_token_was_made_nothing_is_written(accounts: Accounts, tmp_path: Path) -> None:
    assert (accounts.tokens(), accounts.entries(), accounts.session("x")) == ((), (), None)
    assert not (tmp_path / "home").exists()
