"""Dumps: the same bytes each time, whole or not there."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Quad

from standards_graph.browse.past import Past
from standards_graph.errors import Refused, StoreFailure
from standards_graph.model.dumps import Dump
from standards_graph.publishing import dumped
from standards_graph.store.base import Store
from standards_graph.store.dumping import of_checkpoint, of_statements
from standards_graph.store.embedded import EmbeddedStore
from standards_graph.store.memory import MemoryStore
from tests.store.conftest import SOURCE, START, publish, said

ODD = said("odd", 'a "quoted"\nline \u2028 with é, 文 and \\ in it')


@pytest.fixture
def store(on_disk: Callable[[], Store]) -> EmbeddedStore:
    """A store on disk with two revisions."""
    found = on_disk()
    assert isinstance(found, EmbeddedStore)
    publish(found, *START, ODD, note="start")
    publish(found, said("d", "new", SOURCE), removed=(said("b", "two"),))
    return found


def write(store: EmbeddedStore, number: int, quads: frozenset[Quad] | None = None) -> Dump:
    revision = next(one for one in store.history() if one.number == number)
    return store.write_dump(revision, dumped.about, quads)


def content(store: EmbeddedStore) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.folder.dumps.folder.iterdir() if not path.name.startswith(".")}


def test_a_dump_holds_the_revision_in_both_syntaxes(store: EmbeddedStore) -> None:
    write(store, 1)
    files = content(store)
    for ending, syntax in (("nq.gz", ox.RdfFormat.N_QUADS), ("trig.gz", ox.RdfFormat.TRIG)):
        assert set(ox.parse(gzip.decompress(files[f"r1.{ending}"]), format=syntax)) == {*START, ODD}


def test_the_same_revision_gives_the_same_bytes_from_its_checkpoint_and_from_the_ledger(store: EmbeddedStore) -> None:
    for number in (1, 2):
        write(store, number)
        first = content(store)
        write(store, number, Past(store).state(Past(store).revision(f"r{number}")))
        assert content(store) == first
    assert [one.revision.number for one in store.dumps()] == [2, 1]
    assert store.dumps()[0].before == store.dumps()[1].revision
    assert b"".join(of_statements([*START, ODD])).count(b"\n") == 5


def test_lines_are_sorted_graph_by_graph(store: EmbeddedStore) -> None:
    engine = ox.Store.read_only(str(store.folder.snapshot(2)))  # noqa: TID251 - what a writer left
    for lines in of_checkpoint(engine):
        assert lines.splitlines() == sorted(lines.splitlines())
        assert len({line.rpartition(b"<")[2] for line in lines.splitlines()}) == 1


def test_a_dump_whose_writing_fails_leaves_nothing_that_passes_for_one(store: EmbeddedStore) -> None:
    def fails(_: Dump) -> bytes:
        raise OSError("no room")

    with pytest.raises(StoreFailure, match="r1"):
        store.write_dump(store.history()[1], fails)
    assert content(store) == {}
    assert store.dumps() == ()


@pytest.mark.parametrize("step", range(5))
def test_a_writer_that_dies_leaves_nothing_that_passes_for_a_dump(store: EmbeddedStore, step: int) -> None:
    write(store, 1)
    child = os.fork()
    if child == 0:
        _die_at(store, step)
    os.waitpid(child, 0)
    told = store.dumps()
    assert [one.revision.number for one in told] == [1]
    assert all(store.dump_file(name) is None for name in ("r2.nq.gz", "r2.trig.gz", "r2.ttl"))
    assert not any("dumps" in check.name and not check.ok for check in store.verify())
    write(store, 2)
    assert [one.revision.number for one in store.dumps()] == [2, 1]
    assert not list(store.folder.dumps.folder.glob(".*.tmp"))


def _die_at(store: EmbeddedStore, step: int) -> None:
    """Die at the so many-th time that a file is put under its last name or a description is asked for."""
    left = iter(range(step, -1, -1))

    def count() -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    rename = Path.rename

    def renaming(self: Path, target: Path) -> Path:
        count()
        return rename(self, target)

    def about(dump: Dump) -> bytes:
        count()
        return dumped.about(dump)

    Path.rename = renaming  # type: ignore[method-assign,assignment]
    store.write_dump(store.history()[0], about)
    os._exit(0)


def test_verifying_notices_a_dump_that_was_changed_or_removed(store: EmbeddedStore) -> None:
    def check() -> tuple[bool, str]:
        return next((one.ok, one.detail) for one in store.verify() if one.name == "dumps")

    assert check() == (True, "as recorded")
    write(store, 1)
    assert check() == (True, "as recorded")
    path = store.folder.dumps.folder / "r1.trig.gz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert check() == (False, "r1.trig.gz is not what was written.")
    path.unlink()
    assert check() == (False, "r1.trig.gz is missing.")
    assert store.dumps() == ()
    write(store, 1)
    assert check()[0]


def test_a_checkpoint_that_is_gone_is_told(store: EmbeddedStore) -> None:
    shutil.rmtree(store.folder.snapshot(1))
    with pytest.raises(StoreFailure, match="r1"):
        write(store, 1)


def test_a_store_in_memory_has_no_dumps() -> None:
    store = MemoryStore(START)
    assert (store.dumps(), store.dump_file("SHA256SUMS")) == ((), None)
    with pytest.raises(Refused, match="in memory"):
        store.write_dump(store.revision, dumped.about)
