"""Whether a data folder holds what its ledger says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox

from standards_graph.errors import RegistryError, StoreDamaged
from standards_graph.ledger.ledger import Ledger
from standards_graph.model.changes import Check, Revision
from standards_graph.store import merged
from standards_graph.store.folder import DataFolder
from standards_graph.store.normal import fingerprint_of


def check_folder(folder: DataFolder) -> tuple[Check, ...]:
    """One check for each promise, in a fixed order; a check that cannot be made has failed."""
    try:
        with folder.ledger_to_read() as ledger:
            newest = next(iter(ledger.published()), None)
            return (
                Check("ledger chain", *_verdict(ledger.broken_links())),
                Check("current revision", *_verdict(_current(folder, newest))),
                Check("submitted files", *_verdict(_files(folder, ledger))),
                Check("dumps", *_verdict(folder.dumps.faults())),
                *_content(folder, newest),
            )
    except RegistryError as error:
        return (Check("ledger", False, str(error)),)


def _verdict(faults: Iterator[str]) -> tuple[bool, str]:
    found = list(faults)
    return (not found, " ".join(found[:5]) or "as recorded")


def _current(folder: DataFolder, newest: Revision | None) -> Iterator[str]:
    try:
        current = folder.current()
    except StoreDamaged as error:
        yield str(error)
        return
    if newest is None or current != newest.number:
        yield f"CURRENT says {current}, the ledger says {newest.number if newest else 'nothing was published'}."


def _files(folder: DataFolder, ledger: Ledger) -> Iterator[str]:
    for number, digest, name in ledger.files():
        path = folder.home / "files" / digest
        if not path.exists():
            yield f"{name} of r{number} is missing."
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} of r{number} is not the file that was submitted."


def _content(folder: DataFolder, newest: Revision | None) -> Iterator[Check]:
    if newest is None:
        return
    try:
        engine = ox.Store.read_only(str(folder.snapshot(newest.number)))
        count = sum(1 for _ in merged.in_named_graphs(engine))
        yield Check("quads", count == newest.quads, f"{count:,} found, {newest.quads:,} recorded")
        same = fingerprint_of(merged.in_named_graphs(engine)) == newest.fingerprint
        yield Check("fingerprint", same, "as recorded" if same else "the content is not what was published")
        yield Check("default graph", *_verdict(merged.faults(engine)))
    except OSError as error:
        yield Check("checkpoint", False, f"The checkpoint of {newest.name} cannot be read: {error}.")
