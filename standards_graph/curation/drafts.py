"""Where drafts are kept until somebody publishes or discards them: one folder for each, under the data folder.

A draft is written whole under another name and renamed, so that none is ever half there. What was read stays as it was read;
its difference to the registry is worked out when it is asked for, because the registry moves on.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import re
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from standards_graph.errors import BadInput, NotFound, StoreDamaged, StoreFailure
from standards_graph.formats.quads import Quads, in_file
from standards_graph.model.changes import SourceFile
from standards_graph.model.drafts import Draft, DraftState
from standards_graph.model.findings import Report

_NAME = re.compile(r"d[1-9]\d{0,8}")
_FACTS, _QUADS = "draft.json", "read.nq.gz"
ARRIVING = ".new."
_LONG_AGO = 86_400


class Drafts:
    """The drafts of one data folder."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "drafts"

    def all(self) -> tuple[Draft, ...]:
        """Every draft, newest first."""
        found = (path for path in self._folder.iterdir() if _NAME.fullmatch(path.name)) if self._folder.is_dir() else ()
        return tuple(self.get(path.name) for path in sorted(found, key=_number, reverse=True))

    def get(self, name: str) -> Draft:
        """One draft; raises NotFound, StoreDamaged."""
        try:
            return _unpacked(json.loads((self.place(name) / _FACTS).read_text("utf-8")))
        except FileNotFoundError as error:
            raise NotFound(f"There is no draft {name}.") from error
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StoreDamaged(f"The draft {name} cannot be read: {error}.") from error

    def read(self, draft: Draft) -> Quads:
        """What the files of a draft say."""
        path = self.place(draft.name) / _QUADS
        if not path.exists():
            raise NotFound(f"What draft {draft.name} read is not kept any more: it was {draft.state.value}.")
        found = in_file(path, draft.quads)
        try:
            if sum(1 for _ in found.lines()) != draft.quads:
                raise StoreDamaged(f"What draft {draft.name} read is not whole any more.")
        except (OSError, EOFError, zlib.error) as error:
            raise StoreDamaged(f"What draft {draft.name} read cannot be read again: {error}.") from error
        return found

    def files(self, draft: Draft) -> tuple[SourceFile, ...]:
        """The files of a draft as they were submitted."""
        folder = self.place(draft.name)
        return tuple(SourceFile(name, digest, (folder / digest).read_bytes()) for name, digest in draft.files)

    def add(self, draft: Draft, quads: Quads, files: Iterable[SourceFile]) -> Draft:
        """Keep a new draft under the next free name, which it gets here."""
        with self.arriving() as fresh, _kept():
            _write(fresh / _QUADS, quads)
            for file in files:
                (fresh / file.digest).write_bytes(file.content)
            return self.arrived(draft, fresh)

    @contextmanager
    def arriving(self) -> Iterator[Path]:
        """A new folder for the files of a draft, by their digests; it goes at the end unless ``arrived`` took it."""
        with _kept():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = Path(tempfile.mkdtemp(dir=self._folder, prefix=ARRIVING))
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def arrived(self, draft: Draft, fresh: Path) -> Draft:
        """Keep a new draft, whose files are in a folder of ``arriving``, under the next free name, which it gets here."""
        with _kept():
            while True:
                named = dataclasses.replace(draft, name=self._free())
                (fresh / _FACTS).write_text(json.dumps(_packed(named), ensure_ascii=False), "utf-8")
                try:
                    fresh.rename(self.place(named.name))
                except OSError:  # somebody else took the name a moment ago
                    if not self.place(named.name).exists():
                        raise
                else:
                    return named

    def fill(self, draft: Draft, quads: Quads) -> Draft:
        """Keep what the files of a draft, which is there already, say; from then on it counts as read."""
        place = self.place(draft.name)
        with _kept():
            fresh = place / f"{_QUADS}.{os.getpid()}"
            _write(fresh, quads)
            fresh.replace(place / _QUADS)
            return self.note(draft)

    def sweep(self) -> None:
        """Remove files that were on their way in when whoever took them in ended."""
        for path in self._folder.glob(f"{ARRIVING}*") if self._folder.is_dir() else ():
            if time.time() - path.stat().st_mtime > _LONG_AGO:
                shutil.rmtree(path, ignore_errors=True)

    def note(self, draft: Draft) -> Draft:
        """Keep what is known of a draft now."""
        place = self.place(draft.name)
        handle, fresh = tempfile.mkstemp(dir=place)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_packed(draft), file, ensure_ascii=False)
        Path(fresh).replace(place / _FACTS)
        return draft

    def settle(self, draft: Draft) -> Draft:
        """Keep how a draft ended; what it read and its files go, the report stays."""
        self.note(draft)
        for path in self.place(draft.name).iterdir():
            if path.name != _FACTS:
                path.unlink()
        return draft

    def discard(self, name: str, *, note: str = "") -> Draft:
        """Give a draft up; its report stays, what it read goes. Raises NotFound, BadInput."""
        draft = self.get(name)
        if draft.is_decided:
            raise BadInput(f"{name} was {draft.state.value} already.")
        return self.settle(dataclasses.replace(draft, state=DraftState.DISCARDED, note=note))

    def _free(self) -> str:
        numbers = [_number(path) for path in self._folder.iterdir() if _NAME.fullmatch(path.name)]
        return f"d{max(numbers, default=0) + 1}"

    def place(self, name: str) -> Path:
        """The folder of a draft; raises NotFound for what is no name of one."""
        if not _NAME.fullmatch(name):
            raise NotFound(f"There is no draft {name!r}; drafts have names such as d7.")
        return self._folder / name


def linked(folder: Path, files: Iterable[tuple[str, str]], room: Path) -> tuple[Path, ...]:
    """The files of a draft, which lie in a folder under their digests, by their own names in another one."""
    paths = []
    for name, digest in files:
        path = room / name
        os.link(folder / digest, path)
        paths.append(path)
    return tuple(paths)


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreFailure(f"The draft cannot be kept: {error.strerror}.") from error


def _write(path: Path, quads: Quads) -> None:
    with gzip.GzipFile(path, "wb", mtime=0) as packed:
        packed.writelines(quads.lines())


def _number(path: Path) -> int:
    return int(path.name[1:])


def _packed(draft: Draft) -> dict[str, Any]:
    return dataclasses.asdict(draft)


def _unpacked(told: dict[str, Any]) -> Draft:
    files = tuple((name, digest) for name, digest in told["files"])
    return Draft(
        **{**told, "report": Report.of_records(told["report"]["findings"]), "files": files, "state": DraftState(told["state"])}
    )
