"""What the store on disk promises beyond the contract."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from standards_graph.errors import Gone, QueryOutOfMemory, QueryTimeout, StoreDamaged, StoreFailure, StoreInUse
from standards_graph.model.answers import CSV, JSON, Limits
from standards_graph.model.changes import ChangeSet, SourceFile
from standards_graph.store.base import Present, Store
from standards_graph.store.embedded import EmbeddedStore
from standards_graph.store.folder import DataFolder
from standards_graph.store.rows import rows, truth
from tests.store.conftest import START, publish, said

Again = Callable[[], Store]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def faults(store: Store) -> list[str]:
    return [check.name for check in store.verify() if not check.ok]


def test_a_store_opened_again_holds_what_was_published(on_disk: Again) -> None:
    publish(on_disk(), *START)
    again = on_disk()
    assert list(again.dump()) == sorted(START, key=str)
    assert faults(again) == []


def test_nothing_published_is_said_in_words(on_disk: Again) -> None:
    with pytest.raises(StoreFailure, match="standards-graph load"):
        on_disk().reader()


def test_a_reader_stays_on_its_revision(on_disk: Again) -> None:
    store = on_disk()
    publish(store, *START)
    reader = store.reader()
    publish(store, said("d", "new"))
    answer = reader.answer("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", media_type=JSON)
    assert (next(rows(answer)).number("n"), answer.revision) == (2, 1)


def test_a_revision_that_no_lane_serves_is_gone(on_disk: Again) -> None:
    import dataclasses

    store = on_disk()
    publish(store, *START)
    reader = store.reader()
    assert dataclasses.is_dataclass(reader)
    old = dataclasses.replace(reader, revision=dataclasses.replace(reader.revision, number=99))  # type: ignore[type-var]
    with pytest.raises(Gone, match="r99"):
        old.answer("ASK {}", media_type=JSON)


@pytest.mark.parametrize("state", ["nothing written", "checkpoint there", "current moved"])
def test_a_writer_that_died_leaves_the_old_state_or_the_new(on_disk: Again, home: Path, state: str) -> None:
    store = on_disk()
    publish(store, *START)
    publish(store, said("d", "new"))
    folder = DataFolder(home)
    with sqlite3.connect(home / "ledger.db") as db:
        db.execute("DROP TRIGGER revision_is_fixed")
        db.execute("UPDATE revision SET state = 'pending' WHERE number = 2")
    if state == "nothing written":
        shutil.rmtree(folder.snapshot(2))
    if state != "current moved":
        folder.make_current(1)
    (home / "work").mkdir(exist_ok=True)
    (home / "work" / "left over").touch()
    again = on_disk()
    assert isinstance(again, EmbeddedStore)
    again.recover()
    assert len(again.history()) == (2 if state == "current moved" else 1)
    publish(again, said("e", "later"))
    kept = state == "current moved"
    assert (said("d", "new") in set(again.dump())) is kept
    assert len(again.history()) == (3 if kept else 2)
    assert not (home / "work").exists()
    assert faults(again) == []


def test_only_the_newest_checkpoints_are_kept(tmp_path: Path) -> None:
    limits = Limits()
    store = EmbeddedStore(tmp_path / "home", lambda: pytest.fail("no lanes are needed"), usual=limits, page=limits, keep=2)
    for number in range(4):
        publish(store, said("n", number))
    assert sorted(path.name for path in (tmp_path / "home" / "snap").iterdir()) == ["3", "4"]
    assert len(store.history()) == 4


def test_a_second_writer_is_told_to_wait(on_disk: Again, home: Path) -> None:
    folder = DataFolder(home)
    with folder.locked(), pytest.raises(StoreInUse, match="Wait"), folder.locked(patience=0.1):
        pytest.fail("two writers at once")


def test_a_submitted_file_is_kept_and_checked(on_disk: Again, home: Path) -> None:
    import hashlib

    content = b"as it came"
    digest = hashlib.sha256(content).hexdigest()
    store = on_disk()
    file = SourceFile("list.csv", digest, content)
    store.publish(lambda _: ChangeSet(START), agent="tests", note="import", source="tests", files=[file])
    assert (home / "files" / digest).read_bytes() == content
    assert faults(store) == []
    (home / "files" / digest).write_bytes(b"changed")
    assert faults(store) == ["submitted files"]


def test_a_changed_ledger_is_noticed(on_disk: Again, home: Path) -> None:
    store = on_disk()
    publish(store, *START, note="honest")
    with sqlite3.connect(home / "ledger.db") as db:
        db.execute("DROP TRIGGER revision_is_fixed")
        db.execute("UPDATE revision SET note = 'forged'")
    assert faults(store) == ["ledger chain"]


def test_the_ledger_refuses_to_forget(on_disk: Again, home: Path) -> None:
    publish(on_disk(), *START)
    with sqlite3.connect(home / "ledger.db") as db:
        for statement in ("DELETE FROM revision", "UPDATE revision SET note = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="forgets nothing"):
                db.execute(statement)


def test_a_lost_checkpoint_and_a_wrong_mark_are_noticed(on_disk: Again, home: Path) -> None:
    store = on_disk()
    publish(store, *START)
    (home / "CURRENT").write_text("7\n")
    assert "current revision" in faults(store)
    with pytest.raises(StoreDamaged):
        publish(store, said("d", "new"))
    (home / "CURRENT").write_text("1\n")
    shutil.rmtree(home / "snap" / "1")
    assert "checkpoint" in faults(store)


def test_an_empty_store_in_the_place_of_the_checkpoint_is_noticed(on_disk: Again, home: Path) -> None:
    import pyoxigraph as ox

    store = on_disk()
    publish(store, *START)
    shutil.rmtree(home / "snap" / "1")
    empty = ox.Store(str(home / "elsewhere"))  # noqa: TID251 - makes the damage
    empty.backup(str(home / "snap" / "1"))
    del empty
    assert {"quads", "fingerprint"} <= set(faults(store))


def test_a_query_past_its_deadline_is_stopped(on_disk: Again) -> None:
    store = on_disk()
    publish(store, *(said(f"s{i}", i) for i in range(3000)))
    cross = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(QueryTimeout):
        store.reader().answer(cross, media_type=CSV, limits=Limits(0.5))
    assert store.reader().answer("ASK {}", media_type=JSON).body


def test_a_query_past_its_memory_is_stopped(on_disk: Again) -> None:
    store = on_disk()
    publish(store, *(said(f"s{i}", i) for i in range(3000)))
    sort = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with pytest.raises(QueryOutOfMemory):
        store.reader().answer(sort, media_type=CSV, limits=Limits(60.0))


def test_work_is_called_under_the_lock(on_disk: Again, home: Path) -> None:
    def work(_: Present) -> ChangeSet:
        with pytest.raises(StoreInUse), DataFolder(home).locked(patience=0.05):
            pytest.fail("the lock was free")
        return ChangeSet(START)

    on_disk().publish(work, agent="tests", note="locked")


def test_a_revision_whose_checkpoint_is_no_longer_kept_is_gone_and_says_which(on_disk: Again, home: Path) -> None:
    store = on_disk()
    publish(store, *START)
    for number in range(11):
        publish(store, said("n", number))
    assert sorted(int(path.name) for path in (home / "snap").iterdir()) == list(range(3, 13))
    with pytest.raises(Gone, match="r2 is no longer kept") as told:
        store.reader(2)
    assert told.value.revision == 2
    assert truth(store.reader(3).answer("ASK { ?s ?p ?o }", media_type=JSON))
