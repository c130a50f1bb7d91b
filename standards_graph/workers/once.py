"""One piece of work on a foreign file, in a process of its own that has bounds and no network.

The function is named as ``module:function``, takes bytes and gives bytes. The module is imported before the walls go up.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys

from standards_graph.errors import BadInput, RegistryError, StoreFailure, TooLarge, UnreadableFile
from standards_graph.workers import confine, job


def run(function: str, argument: bytes, *, seconds: float, memory: int) -> bytes:
    """What the function gives for the argument, computed in a confined process.

    ``memory`` is in bytes. Raises UnreadableFile with the place, TooLarge past the time or memory limit, StoreFailure.
    """
    file = job.anonymous_file("work")
    try:
        job.refill(file, argument)
        command = [sys.executable, "-m", "standards_graph.workers.once", function, str(file), str(memory)]
        try:
            done = subprocess.run(command, pass_fds=[file], timeout=seconds, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise TooLarge(f"Reading the file took longer than {seconds:g} s, and was stopped.") from None
        return _outcome(done.returncode, job.contents(file))
    finally:
        os.close(file)


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


def main() -> None:
    """Import, confine, work, and leave the outcome in the file."""
    name, descriptor, memory = sys.argv[1:4]
    confine.die_with_parent(os.getppid())
    module, _, function = name.partition(":")
    work = getattr(importlib.import_module(module), function)
    file = int(descriptor)
    argument = job.contents(file)
    confine.confine(memory=int(memory), file_size=None, files=True, deadly=False, nice=5)
    try:
        outcome, status = work(argument), 0
    except Exception as error:  # noqa: BLE001 - the outermost edge: a parser may raise anything at a foreign file
        outcome, status = json.dumps(_told(error)).encode(), 1
    job.refill(file, outcome)
    os._exit(status)


if __name__ == "__main__":
    main()
