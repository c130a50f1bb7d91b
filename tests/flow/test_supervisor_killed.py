"""A supervisor that is killed takes everything with it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.flow.conftest import start


def children(parent: int) -> set[int]:
    """The processes that came from this one."""
    found: dict[int, set[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        found.setdefault(int(fields[1]), set()).add(int(path.parent.name))
    known, left = set(), {parent}
    while left:
        left = {child for one in left for child in found.get(one, ())} - known
        known |= left
    return known


def alive(process: int) -> bool:
    """Whether it runs; a zombie, whose parent has not asked yet, does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_no_process_outlives_a_supervisor_that_is_killed(loaded: Path, tmp_path: Path) -> None:
    service = start(loaded, tmp_path)
    came = children(service.process.pid)
    assert len(came) > 3
    os.kill(service.process.pid, signal.SIGKILL)
    service.process.wait()
    deadline = time.monotonic() + 20
    while (left := {process for process in came if alive(process)}) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left
