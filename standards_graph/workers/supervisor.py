"""The socket between web processes and the lanes, so that limits hold over all of them. Both sides stand here."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from standards_graph.errors import Misconfigured, RegistryError, StoreFailure
from standards_graph.workers import job
from standards_graph.workers.lanes import Dispatcher


class SupervisorSocket:
    """Lets other processes of the same user ask this process's lanes."""

    def __init__(self, path: Path, lanes: Dispatcher, facts: Callable[[], dict[str, Any]]) -> None:
        if len(os.fsencode(path)) > 100:
            raise Misconfigured(f"The path {path} is too long for a socket; choose a shorter STANDARDS_GRAPH_HOME.")
        self._lanes, self._facts = lanes, facts
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        before = os.umask(0o177)
        try:
            self._socket.bind(str(path))
        finally:
            os.umask(before)
        self._socket.listen(128)
        self._path = path
        threading.Thread(target=self._accept, name="supervisor", daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            while True:
                message, files = job.receive(connection)
                if message is None:
                    return
                try:
                    reply = self._reply(message, files)
                except RegistryError as error:
                    reply = job.told(error)
                finally:
                    for file in files:
                        os.close(file)
                job.send(connection, reply)

    def _reply(self, message: dict[str, Any], files: list[int]) -> dict[str, Any]:
        if message["do"] == "answer":
            revision, client, seconds = message["revision"], message["client"], message["seconds"]
            self._lanes.answer(files[0], revision=revision, client=client, seconds=seconds)
            return {"done": True}
        if message["do"] == "current":
            return {"revision": self._lanes.current()}
        return {"status": self._lanes.status() | self._facts()}

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()
        self._path.unlink(missing_ok=True)


class SupervisedLanes:
    """The lanes of a supervisor, asked from another process; connections are kept and shared by threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: SimpleQueue[socket.socket] = SimpleQueue()

    def current(self) -> int:
        """The number of the newest revision that can be queried."""
        return int(self._ask({"do": "current"})["revision"])

    def status(self) -> dict[str, Any]:
        """What the supervisor reports of itself."""
        return dict(self._ask({"do": "status"})["status"])

    def answer(self, file: int, *, revision: int, client: str | None, seconds: float) -> None:
        """See ``Lanes.answer``."""
        self._ask({"do": "answer", "revision": revision, "client": client, "seconds": seconds}, file)

    def _ask(self, message: dict[str, Any], *files: int) -> dict[str, Any]:
        connection = self._connection()
        try:
            job.send(connection, message, files)
            reply, _ = job.receive(connection)
        except OSError as error:
            connection.close()
            raise StoreFailure("The supervisor does not answer.") from error
        if reply is None:
            connection.close()
            raise StoreFailure("The supervisor has ended.")
        self._idle.put(connection)
        if "error" in reply:
            raise job.raised(reply)
        return reply

    def _connection(self) -> socket.socket:
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            connection.connect(str(self._path))
        except OSError as error:
            connection.close()
            raise StoreFailure("The supervisor does not answer.") from error
        return connection

    def end_with_supervisor(self, *, patience: float = 60.0) -> None:
        """End this process when the supervisor has ended, however that came; asks for it up to ``patience`` seconds first."""
        threading.Thread(target=self._watch, args=(time.monotonic() + patience,), name="watch", daemon=True).start()

    def _watch(self, deadline: float) -> None:
        while True:
            try:
                connection = self._connection()
                break
            except StoreFailure:
                if time.monotonic() > deadline:
                    os._exit(1)
                time.sleep(0.2)
        job.receive(connection)
        os._exit(1)

    def close(self) -> None:
        """Close the connections that are not in use."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return
