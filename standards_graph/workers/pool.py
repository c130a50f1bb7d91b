"""The workers of one revision, from the side that commands them."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from standards_graph.errors import BadQuery, QueryOutOfMemory, QueryTimeout, QueryTooDeep, RegistryError, StoreFailure
from standards_graph.workers import job

_TICKS = os.sysconf("SC_CLK_TCK")
_STEP = 0.05


class Slow(Exception):
    """The query used up its slice and still runs."""


@dataclass(eq=False)
class Worker:
    """One process that answers one query at a time."""

    pid: int
    handle: int
    channel: socket.socket
    pool: Pool
    jobs: int = 0
    spent: bool = field(default=False)

    def start(self, file: int) -> None:
        """Give it a query; the answer comes into the same file."""
        self.jobs += 1
        try:
            job.send(self.channel, {"go": True}, [file])
        except OSError:
            self.spent = True

    def finish(self, *, deadline: float, slice_seconds: float | None = None) -> None:
        """Wait for the answer until ``deadline`` (monotonic clock).

        Raises what the worker says, QueryTimeout after ending it, or Slow when it has used ``slice_seconds`` of CPU.
        """
        begun = self.cpu_seconds() if slice_seconds is not None else 0.0
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                self.end()
                raise QueryTimeout("The query ran past its time limit and was stopped. There is no partial answer.")
            ready, _, _ = select.select([self.channel], [], [], min(left, _STEP) if slice_seconds is not None else left)
            if ready:
                return self._take_reply()
            if slice_seconds is not None and self.cpu_seconds() - begun >= slice_seconds:
                raise Slow

    def _take_reply(self) -> None:
        message, _ = job.receive(self.channel)
        if message is None:
            self.spent = True
            raise self.pool.cause_of_death(self.pid)
        if "error" in message:
            raise job.raised(message)

    def cpu_seconds(self) -> float:
        """CPU time, user and system, that the process has used."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def renice(self, nice: int) -> None:
        """Let others go first."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)
        except OSError:
            self.spent = True

    def end(self) -> None:
        """Kill it; what it was doing leaves no trace."""
        self.spent = True
        try:
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        except ProcessLookupError:
            return

    def close(self) -> None:
        """Kill it and let go of its handles."""
        self.end()
        self.channel.close()
        os.close(self.handle)


class Pool:
    """One zygote and what it forks."""

    def __init__(self, folder: Path, *, revision: int, memory: int, answer: int, in_memory: bool) -> None:
        self.revision = revision
        self._limits = {"memory": memory, "answer": answer + (1 << 20)}
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        mode = "memory" if in_memory else "disk"
        command = [sys.executable, "-m", "standards_graph.workers.zygote", str(theirs.fileno()), str(folder), mode]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self._control = ours
        self._exits: dict[int, int] = {}
        self._news = threading.Condition()
        self._forking = threading.Lock()
        self._forked: SimpleQueue[tuple[int, int]] = SimpleQueue()
        self._wait_until_ready()
        threading.Thread(target=self._listen, name=f"zygote-{revision}", daemon=True).start()

    def _wait_until_ready(self) -> None:
        message, _ = job.receive(self._control)
        if message is None or "error" in message:
            self.close()
            raise job.raised(message) if message else StoreFailure("The query process ended while it started.")

    def _listen(self) -> None:
        while True:
            try:
                message, files = job.receive(self._control)
            except OSError:
                return
            if message is None:
                return
            if "forked" in message:
                self._forked.put((message["forked"], files[0]))
            else:
                self._note_exit(message["exited"], message["status"])

    def _note_exit(self, pid: int, status: int) -> None:
        with self._news:
            self._exits[pid] = status
            while len(self._exits) > 1000:
                self._exits.pop(next(iter(self._exits)))
            self._news.notify_all()

    def fork(self, *, nice: int = 0) -> Worker:
        """A fresh worker; raises StoreFailure when the zygote is gone."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with self._forking:
            try:
                job.send(self._control, {"nice": nice, **self._limits}, [theirs.fileno()])
                pid, handle = self._forked.get(timeout=10)
            except (OSError, Empty) as error:
                ours.close()
                raise StoreFailure("No query process could be started.") from error
            finally:
                theirs.close()
        return Worker(pid, handle, ours, self)

    def cause_of_death(self, pid: int) -> RegistryError:
        """What the end of a worker means for the one who asked."""
        with self._news:
            self._news.wait_for(lambda: pid in self._exits, timeout=2)
            status = self._exits.pop(pid, None)
        if status in (-signal.SIGABRT, -signal.SIGKILL):
            return QueryOutOfMemory("The query needed more memory than one query may use, and was stopped.")
        if status in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL):
            return QueryTooDeep("The query ended the process that evaluated it, most likely by its nesting. Make it flatter.")
        if status == -signal.SIGSYS:
            return BadQuery("The query asks another server (SERVICE); this service sends no requests of its own.")
        return StoreFailure(f"The query process ended with status {status}.")

    @property
    def alive(self) -> bool:
        """Whether the zygote runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The zygote's process id."""
        return self._process.pid

    def close(self) -> None:
        """End the zygote, and with it every worker that is left."""
        self._process.kill()
        self._process.wait()
        self._control.close()
