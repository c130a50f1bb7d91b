"""One piece of work on a foreign file, in a process of its own that has bounds and no network.

The function is named as ``module:function``, takes bytes and a way to tell how far it is, and gives bytes. The module is
imported before the walls go up.
"""

from __future__ import annotations

import importlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from standards_graph.errors import BadInput, RegistryError, StoreFailure, TooLarge, UnreadableFile
from standards_graph.workers import confine, job

Tell = Callable[[int], None]
"""Told how many rows are done."""

_OFTEN = 0.2
"""Seconds between two words on how far the work is."""


def run(function: str, argument: bytes, *, seconds: float, memory: int, heard: Tell = lambda _: None) -> bytes:
    """What the function gives for the argument, computed in a confined process.

    ``memory`` is in bytes; ``heard`` is told now and then how many rows are done. Raises UnreadableFile with the place,
    TooLarge past the time or memory limit, StoreFailure.
    """
    file = job.anonymous_file("work")
    ear, mouth = os.pipe()
    try:
        job.refill(file, argument)
        command = [sys.executable, "-m", "standards_graph.workers.once", function, str(file), str(memory), str(mouth)]
        with subprocess.Popen(command, pass_fds=[file, mouth], stdin=subprocess.DEVNULL) as process:
            os.close(mouth)
            mouth = -1
            try:
                _listen(ear, heard, seconds)
                process.wait(timeout=5)
            except (TimeoutError, subprocess.TimeoutExpired):
                raise TooLarge(f"Reading the file took longer than {seconds:g} s, and was stopped.") from None
            finally:
                process.kill()
        return _outcome(process.returncode, job.contents(file))
    finally:
        os.close(file)
        os.close(ear)
        if mouth >= 0:
            os.close(mouth)


def _listen(ear: int, heard: Tell, seconds: float) -> None:
    """Pass on what the process tells until it closes its end; raises TimeoutError."""
    deadline, rest = time.monotonic() + seconds, b""
    with selectors.DefaultSelector() as selector:
        selector.register(ear, selectors.EVENT_READ)
        while True:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise TimeoutError
            told = os.read(ear, 1 << 16)
            if not told:
                return
            *lines, rest = (rest + told).split(b"\n")
            if lines and lines[-1].isdigit():
                heard(int(lines[-1]))


def _outcome(status: int, content: bytes) -> bytes:
    if status == 0:
        return content
    if status == 1:
        raise _raised(json.loads(content))
    if status in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        raise TooLarge("Reading the file needed more memory than it may use, and was stopped.")
    raise StoreFailure(f"The process that read the file ended with status {status}.")


def _raised(message: dict[str, str | int | None]) -> RegistryError:
    text = str(message["message"])
    if message["error"] == UnreadableFile.code:
        line = message["line"]
        return UnreadableFile(str(message["reason"]), source=str(message["source"]), line=None if line is None else int(line))
    return TooLarge(text) if message["error"] == TooLarge.code else BadInput(text)


def _told(error: Exception) -> dict[str, str | int | None]:
    if isinstance(error, UnreadableFile):
        return {"error": error.code, "message": str(error), "source": error.source, "line": error.line, "reason": error.reason}
    if isinstance(error, MemoryError):
        return {"error": TooLarge.code, "message": "Reading the file needed more memory than it may use, and was stopped."}
    if isinstance(error, RegistryError):
        return {"error": error.code, "message": str(error)}
    return {"error": "bad-input", "message": f"The file cannot be read: {type(error).__name__}: {error}"[:500]}


class _Teller:
    """Says how many rows are done, not too often."""

    def __init__(self, mouth: int) -> None:
        self._mouth, self._next = mouth, 0.0

    def __call__(self, rows: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _OFTEN
            os.write(self._mouth, b"%d\n" % rows)


def main() -> None:
    """Import, confine, work, and leave the outcome in the file."""
    name, descriptor, memory, mouth = sys.argv[1:5]
    confine.die_with_parent(os.getppid())
    module, _, function = name.partition(":")
    work = getattr(importlib.import_module(module), function)
    file = int(descriptor)
    argument = job.contents(file)
    confine.confine(memory=int(memory), file_size=None, files=True, deadly=False, nice=5)
    try:
        outcome, status = work(argument, _Teller(int(mouth))), 0
    except Exception as error:  # noqa: BLE001 - the outermost edge: a parser may raise anything at a foreign file
        outcome, status = json.dumps(_told(error)).encode(), 1
    job.refill(file, outcome)
    os._exit(status)


if __name__ == "__main__":
    main()
