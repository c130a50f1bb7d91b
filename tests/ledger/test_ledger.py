"""The ledger by itself: numbers, states, and the chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from standards_graph.errors import StoreDamaged
from standards_graph.ledger.ledger import Ledger, opened
from standards_graph.model.changes import ChangeSet, Revision


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with opened(path) as found:
        yield found


def begin(ledger: Ledger, *, note: str = "a change", packaged: str = "", files: tuple[tuple[str, str], ...] = ()) -> int:
    number = ledger.next_number()
    revision = Revision(number, "2026-11-22T12:00:00+00:00", 0, "0" * 64, agent="tests", note=note)
    ledger.begin(ChangeSet(), revision, packaged=packaged, graphs=["http://g"], files=files)
    return number


def test_what_is_pending_is_not_published(ledger: Ledger) -> None:
    number = begin(ledger)
    assert ledger.pending() == (number,)
    assert ledger.published() == ()
    ledger.settle(number, published=True)
    assert [one.number for one in ledger.published()] == [number]
    assert ledger.pending() == ()


def test_a_number_is_never_used_twice(ledger: Ledger) -> None:
    first = begin(ledger)
    ledger.settle(first, published=False)
    assert begin(ledger) == first + 1


def test_the_end_of_a_revision_is_told_once(ledger: Ledger) -> None:
    number = begin(ledger)
    ledger.settle(number, published=True)
    ledger.settle(number, published=False)
    assert ledger.revision(number) is not None


def test_the_chain_skips_what_was_aborted(ledger: Ledger) -> None:
    for published in (True, False, True):
        ledger.settle(begin(ledger), published=published)
    assert list(ledger.broken_links()) == []
    assert [one.number for one in ledger.published()] == [3, 1]


def test_packaged_content_is_remembered_over_other_revisions(ledger: Ledger) -> None:
    for packaged in ("abc", ""):
        ledger.settle(begin(ledger, packaged=packaged), published=True)
    assert ledger.packaged() == "abc"


def test_files_are_listed_with_their_revision(ledger: Ledger) -> None:
    ledger.settle(begin(ledger, files=(("d1", "list.csv"),)), published=True)
    assert ledger.files() == ((1, "d1", "list.csv"),)


def test_whoever_only_reads_cannot_write(path: Path) -> None:
    with opened(path) as ledger:
        ledger.settle(begin(ledger), published=True)
    with pytest.raises(StoreDamaged, match="readonly"), opened(path, read_only=True) as ledger:
        begin(ledger)


def test_a_file_that_is_no_database_is_told(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreDamaged, match="cannot be used"), opened(path):
        pytest.fail("it opened")


def test_a_row_that_was_changed_breaks_the_chain(ledger: Ledger, path: Path) -> None:
    for _ in range(3):
        ledger.settle(begin(ledger), published=True)
    with sqlite3.connect(path) as db:
        db.execute("DROP TRIGGER revision_is_fixed")
        db.execute("UPDATE revision SET quads = 5 WHERE number = 2")
    assert list(ledger.broken_links()) == ["r2 does not hold what it was published with."]


def test_a_silent_revision_says_so_and_the_chain_does_not_depend_on_it(ledger: Ledger, path: Path) -> None:
    for silent in (False, True):
        number = ledger.next_number()
        revision = Revision(number, "2026-11-22T12:00:00+00:00", 0, "0" * 64, agent="tests", silent=silent)
        ledger.begin(ChangeSet(), revision, packaged="", graphs=[], files=[])
        ledger.settle(number, published=True)
    assert [one.silent for one in ledger.published()] == [True, False]
    assert ledger.revision(2) == ledger.published()[0]
    assert list(ledger.broken_links()) == []
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM silent")


def test_a_ledger_of_an_earlier_version_can_be_read(ledger: Ledger, path: Path) -> None:
    ledger.settle(begin(ledger), published=True)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TRIGGER silence_stays; DROP TABLE silent")
    with opened(path, read_only=True) as earlier:
        assert [one.silent for one in earlier.published()] == [False]
    with opened(path) as now:
        assert [one.silent for one in now.published()] == [False]
