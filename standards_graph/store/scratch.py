"""Room for what a piece of work writes on its way: folders that go with it, and are swept away if it ended before its time."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from types import TracebackType

PREFIX = ".scratch-"


class Room:
    """A new folder for this process, in the data folder if there is one; it goes when nobody holds on to it any more."""

    def __init__(self, home: Path | None = None) -> None:
        place = home if home is not None and home.is_dir() else None
        self.path = Path(tempfile.mkdtemp(dir=place, prefix=f"{PREFIX}{os.getpid()}-"))
        self._end = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()


def sweep(home: Path) -> None:
    """Remove what processes have left that do not live any more."""
    for path in home.glob(f"{PREFIX}*"):
        number = path.name.removeprefix(PREFIX).partition("-")[0]
        if not number.isdecimal() or not Path(f"/proc/{number}").exists():
            shutil.rmtree(path, ignore_errors=True)
