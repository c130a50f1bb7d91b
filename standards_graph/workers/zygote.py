"""A small process that opens one revision once and forks workers from it; its memory is shared with them, copy on write.

Started as ``python -m standards_graph.workers.zygote FD FOLDER MODE``: FD is the control socket, FOLDER a published
checkpoint, MODE ``memory`` or ``disk``. Single-threaded, and imports the engine alone, so that forking is safe.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
from typing import Any

import pyoxigraph as ox

from standards_graph.errors import QueryOutOfMemory, RegistryError, StoreFailure
from standards_graph.workers import confine, job
from standards_graph.workers.evaluate import evaluate


def load(folder: str, mode: str) -> ox.Store:
    """The checkpoint itself, read-only, or a copy of it in memory, where queries run two to eight times faster."""
    disk = ox.Store.read_only(folder)
    if mode != "memory":
        return disk
    store = ox.Store()
    store.bulk_load(disk.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    return store


def work(channel: socket.socket, store: ox.Store) -> None:
    """Answer one query after the other until the other side goes."""
    while True:
        message, files = job.receive(channel)
        if message is None or not files:
            os._exit(0)
        file = files[0]
        reply = _answer(store, file)
        os.close(file)
        job.send(channel, reply)


def _answer(store: ox.Store, file: int) -> dict[str, Any]:
    try:
        job.refill(file, evaluate(store, **job.unpacked(job.contents(file))))
    except RegistryError as error:
        return job.told(error)
    except MemoryError:
        return job.told(QueryOutOfMemory("The query needed more memory than one query may use, and was stopped."))
    except OSError as error:
        return job.told(StoreFailure(f"The store could not be read: {error}."))
    return {"done": True}


def run(control: socket.socket, store: ox.Store, *, files: bool) -> None:
    """Fork on demand and report exits, until the control socket closes."""
    awake, wake = socket.socketpair()
    wake.setblocking(False)
    awake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno())
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ)
        waiting.register(awake, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is awake:
                    awake.recv(4096)
                    _report_exits(control)
                elif not _serve(control, store, files=files):
                    return


def _serve(control: socket.socket, store: ox.Store, *, files: bool) -> bool:
    message, fds = job.receive(control)
    if message is None:
        return False
    channel, parent = fds[0], os.getpid()
    child = os.fork()
    if child == 0:
        confine.die_with_parent(parent)
        _become_worker(control, channel, store, message, files=files)
    os.close(channel)
    handle = os.pidfd_open(child)
    job.send(control, {"forked": child}, [handle])
    os.close(handle)
    return True


def _become_worker(control: socket.socket, channel: int, store: ox.Store, message: dict[str, Any], *, files: bool) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    control.close()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    connection = socket.socket(fileno=channel)
    confine.confine(memory=message["memory"], file_size=message["answer"], files=files, deadly=True, nice=message["nice"])
    try:
        work(connection, store)
    finally:
        os._exit(70)


def _report_exits(control: socket.socket) -> None:
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if child == 0:
            return
        job.send(control, {"exited": child, "status": os.waitstatus_to_exitcode(status)})


def main() -> None:
    """Load, say so, and serve."""
    descriptor, folder, mode = sys.argv[1:4]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    control = socket.socket(fileno=int(descriptor))
    try:
        store = load(folder, mode)
    except OSError as error:
        job.send(control, job.told(StoreFailure(f"The checkpoint {folder} cannot be opened: {error}.")))
        return
    job.send(control, {"ready": True})
    run(control, store, files=mode != "memory")
    os._exit(0)


if __name__ == "__main__":
    main()
