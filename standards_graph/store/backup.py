"""A backup of a data folder that can be restored: the ledger, the current checkpoint, the submitted files, and a manifest.

The manifest bears the SHA-256 of every file. A restore reads and checks all of it beside the place where it goes, and puts
the mark of the current revision there last, so that an end before its time leaves nothing behind that passes for a registry.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from standards_graph import __version__
from standards_graph.errors import BadInput, StoreDamaged, StoreFailure
from standards_graph.ledger.ledger import SCHEMA, now
from standards_graph.model.changes import Backup
from standards_graph.store.checking import check_folder
from standards_graph.store.folder import DataFolder
from standards_graph.store.syncing import sync_folder, sync_tree

MANIFEST = "manifest.json"
ACCOUNTS = "accounts.db"
"""Tokens and what was done with them: kept apart from the registry, and backed up with it."""
FORM = 1
"""The form of the manifest; a newer one is refused."""


def take(folder: DataFolder, target: Path, *, patience: float = 600.0) -> Backup:
    """Back the folder up into a new folder ``target``; readers go on, writers wait.

    Raises BadInput where the target exists, StoreInUse, StoreFailure; then no target is left behind.
    """
    if target.exists():
        raise BadInput(f"{target} exists already. Name a folder that does not.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise StoreFailure(f"{target} cannot be made: {error.strerror}.") from error
    try:
        with folder.locked(patience=patience), folder.ledger() as ledger:
            folder.recover(ledger)
            newest = next(iter(ledger.published()), None)
            if newest is None:
                raise StoreFailure(f"{folder.home} holds no registry yet. Run: standards-graph load")
            _copy(folder, fresh, newest.number)
        digests = _digests(fresh)
        manifest = {
            "form": FORM,
            "schema": SCHEMA,
            "version": __version__,
            "taken": now(),
            "revision": newest.number,
            "quads": newest.quads,
            "fingerprint": newest.fingerprint,
            "files": digests,
        }
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        _sync(fresh)
        fresh.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreFailure(f"No backup was made: {error}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Backup(newest.number, newest.quads, len(digests))


def restore(source: Path, home: Path) -> Backup:
    """Make the data folder ``home``, which must not hold a registry, from a backup; everything is checked before.

    Raises BadInput where ``home`` holds something or ``source`` is no backup, StoreDamaged where a file has changed.
    """
    told = _manifest(source)
    if home.exists() and any(home.iterdir()):
        raise BadInput(f"{home} is not empty. Restore into a new folder (STANDARDS_GRAPH_HOME), then put it in place.")
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = Path(tempfile.mkdtemp(dir=home, prefix=".restoring."))
    except OSError as error:
        raise StoreFailure(f"{home} cannot be written: {error.strerror}.") from error
    try:
        shutil.copytree(source, fresh, dirs_exist_ok=True, ignore=shutil.ignore_patterns(MANIFEST))
        for name in ("snap", "files"):
            (fresh / name).mkdir(exist_ok=True, mode=0o700)
        faults = [f"{one.name}: {one.detail}." for one in check_folder(DataFolder(fresh)) if not one.ok]
        if faults:
            raise StoreDamaged(
                f"The backup {source} does not hold what its ledger says; nothing was restored. {' '.join(faults)}"
            )
        _sync(fresh)
        for path in sorted(fresh.iterdir(), key=lambda one: one.name == "CURRENT"):
            path.rename(home / path.name)
        sync_folder(home)
    except OSError as error:
        raise StoreFailure(f"Nothing was restored: {error}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return told


def _copy(folder: DataFolder, fresh: Path, number: int) -> None:
    with closing(sqlite3.connect(folder.ledger_path)) as there, closing(sqlite3.connect(fresh / "ledger.db")) as here:
        there.backup(here)
    if (folder.home / ACCOUNTS).exists():
        with closing(sqlite3.connect(folder.home / ACCOUNTS)) as there, closing(sqlite3.connect(fresh / ACCOUNTS)) as here:
            there.backup(here)
        (fresh / ACCOUNTS).chmod(0o600)
    shutil.copytree(folder.snapshot(number), fresh / "snap" / str(number))
    shutil.copytree(folder.home / "files", fresh / "files")
    shutil.copy2(folder.home / "CURRENT", fresh / "CURRENT")


def _sync(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            sync_tree(path)


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in sorted(files)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _differences(told: dict[str, str], found: dict[str, str]) -> set[str]:
    return {
        *(f"{name} is missing." for name in told.keys() - found.keys()),
        *(f"{name} does not belong to it." for name in found.keys() - told.keys()),
        *(f"{name} is not what was backed up." for name in told.keys() & found.keys() if told[name] != found[name]),
    }


def _manifest(source: Path) -> Backup:
    try:
        found = json.loads((source / MANIFEST).read_text("utf-8"))
        if (found["form"], found["schema"]) != (FORM, SCHEMA):
            raise BadInput(
                f"{source} was made by version {found['version']} of the program, in a form that this one does not read."
            )
        wrong = sorted(_differences(found["files"], _digests(source)))
        told = Backup(found["revision"], found["quads"], len(found["files"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{source} is no backup: {MANIFEST} cannot be read.") from error
    if wrong:
        raise StoreDamaged(f"The backup {source} is damaged; nothing was restored. {' '.join(wrong[:5])}")
    return told
