"""Backups: what was backed up comes back, byte by byte, and what is damaged does not."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards_graph.accounts.accounts import Accounts
from standards_graph.errors import BadInput, StoreDamaged, StoreFailure
from standards_graph.model.accounts import Scope
from standards_graph.model.changes import ChangeSet, SourceFile
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.store import backup
from standards_graph.store.folder import DataFolder
from tests import small_world as world

FILE = SourceFile("list.csv", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", b"")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data folder with two revisions and a submitted file."""
    place = tmp_path / "home"
    with Registry.open(Settings(home=place)) as registry:
        registry.store.publish(lambda _: ChangeSet(world.facts()), agent="tests", note="start")
        gone = ChangeSet(removed=world.facts()[:3])
        registry.store.publish(lambda _: gone, agent="tests", note="three go", source="a-source", files=[FILE])
        yield place


def dumped(home: Path) -> list[str]:
    with Registry.open(Settings(home=home)) as registry:
        return [str(quad) for quad in registry.store.dump()]


def test_a_restored_backup_is_the_same_registry_with_its_past(home: Path, tmp_path: Path) -> None:
    taken = backup.take(DataFolder(home), tmp_path / "backup")
    again = tmp_path / "again"
    assert backup.restore(tmp_path / "backup", again) == taken
    assert dumped(again) == dumped(home)
    with Registry.open(Settings(home=home)) as old, Registry.open(Settings(home=again)) as new:
        assert new.history() == old.history()
        assert all(check.ok for check in new.verify())
        new.store.publish(lambda _: ChangeSet(world.facts()[:3]), agent="tests", note="they come back")
        assert new.history()[0].number == 3
    assert (again / "files" / FILE.digest).read_bytes() == FILE.content


def test_tokens_come_back_with_the_registry(home: Path, tmp_path: Path) -> None:
    text = Accounts(home).create("Ada", (Scope.WRITE,), by="tests")[1]
    backup.take(DataFolder(home), tmp_path / "backup")
    backup.restore(tmp_path / "backup", tmp_path / "again")
    assert Accounts(tmp_path / "again").bearer(text).name == "Ada"
    assert stat.S_IMODE((tmp_path / "again" / "accounts.db").stat().st_mode) == 0o600


def test_an_empty_folder_may_stand_ready_for_a_restore(home: Path, tmp_path: Path) -> None:
    backup.take(DataFolder(home), tmp_path / "backup")
    (tmp_path / "again").mkdir()
    backup.restore(tmp_path / "backup", tmp_path / "again")
    assert dumped(tmp_path / "again") == dumped(home)


def test_neither_a_backup_nor_a_restore_overwrites_anything(home: Path, tmp_path: Path) -> None:
    backup.take(DataFolder(home), tmp_path / "backup")
    with pytest.raises(BadInput, match="exists already"):
        backup.take(DataFolder(home), tmp_path / "backup")
    with pytest.raises(BadInput, match="not empty"):
        backup.restore(tmp_path / "backup", home)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != backup.MANIFEST)


def test_a_changed_byte_in_any_file_is_noticed_before_anything_is_restored(home: Path, tmp_path: Path) -> None:
    backup.take(DataFolder(home), tmp_path / "backup")
    tried = 0
    for path in _files(tmp_path / "backup"):
        whole = path.read_bytes()
        if not whole:
            continue
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(StoreDamaged, match=path.name):
            backup.restore(tmp_path / "backup", tmp_path / "again")
        path.write_bytes(whole)
        tried += 1
    assert tried > 5
    assert not (tmp_path / "again").exists()


def test_a_missing_file_and_one_too_many_are_noticed(home: Path, tmp_path: Path) -> None:
    backup.take(DataFolder(home), tmp_path / "backup")
    (tmp_path / "backup" / "more").write_text("x")
    with pytest.raises(StoreDamaged, match=r"more does not belong"):
        backup.restore(tmp_path / "backup", tmp_path / "again")
    (tmp_path / "backup" / "more").unlink()
    (tmp_path / "backup" / "CURRENT").unlink()
    with pytest.raises(StoreDamaged, match="CURRENT is missing"):
        backup.restore(tmp_path / "backup", tmp_path / "again")


def test_files_that_agree_with_the_manifest_and_not_with_the_ledger_are_not_restored(home: Path, tmp_path: Path) -> None:
    backup.take(DataFolder(home), tmp_path / "backup")
    (tmp_path / "backup" / "CURRENT").write_text("1\n")
    manifest = tmp_path / "backup" / backup.MANIFEST
    told = json.loads(manifest.read_text())
    told["files"] = backup._digests(tmp_path / "backup")
    manifest.write_text(json.dumps(told))
    with pytest.raises(StoreDamaged, match="ledger"):
        backup.restore(tmp_path / "backup", tmp_path / "again")
    assert not any((tmp_path / "again").iterdir())


@pytest.mark.parametrize("manifest", [None, "", "[]", "{}", '{"form": 99, "schema": 1, "version": "9", "files": {}}'])
def test_what_is_no_backup_of_this_form_is_refused(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "backup").mkdir()
    if manifest is not None:
        (tmp_path / "backup" / backup.MANIFEST).write_text(manifest)
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "backup", tmp_path / "again")


def test_a_folder_without_a_registry_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="no registry"):
        backup.take(DataFolder(tmp_path / "home"), tmp_path / "backup")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
