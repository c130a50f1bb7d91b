"""The service: a supervisor that owns the lanes, and web processes that ask it.

The supervisor follows the data folder: when another process has published a revision, it loads it beside the one that is
being served and switches. It ends with its web processes, and they with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from standards_graph.curation.jobs import Jobs
from standards_graph.errors import Misconfigured, RegistryError
from standards_graph.opening import older_pools, open_pool, sizes
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.store.embedded import EmbeddedStore
from standards_graph.workers.lanes import Dispatcher
from standards_graph.workers.supervisor import SupervisorSocket

_LOOK_SECONDS = 0.5
_DRAIN_SECONDS = 30
_PAUSE_SECONDS = 3.0
"""After a job's process ended badly, how long the next one waits."""


def serve(settings: Settings) -> int:
    """Serve until told to stop by SIGTERM or SIGINT; returns the exit code."""
    check_address(settings)
    with Registry.open(settings) as registry:
        if not isinstance(registry.store, EmbeddedStore):
            raise Misconfigured("Only a registry in a data folder can be served.")
        return _Service(registry.store, settings).run()


def check_address(settings: Settings) -> None:
    """Raise Misconfigured where the address cannot be listened on: two web servers would share a port without a word."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise Misconfigured(
            f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}. Choose another with --host and --port."
        ) from error


def log(event: str, **facts: Any) -> None:
    """One line of JSON on standard error."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
    print(json.dumps(line) + "\n", end="", file=sys.stderr, flush=True)  # one write: lines of processes never mix


class _Service:
    def __init__(self, store: EmbeddedStore, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._stop = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0

    def run(self) -> int:
        started = time.monotonic()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        self._store.recover()
        web = self._start_web()
        try:
            older = older_pools(self._store, self._settings)
            lanes = Dispatcher(open_pool(self._store, self._settings), sizes(self._settings), older=older)
            gate = SupervisorSocket(self._store.folder.socket, lanes, self._facts)
        except BaseException:
            _end(web)
            raise
        address = f"http://{self._settings.host}:{self._settings.port}"
        log("started", address=address, revision=lanes.current(), seconds=round(time.monotonic() - started, 2))
        try:
            return self._watch(lanes, web)
        finally:
            _end(web)
            self._end_worker()
            gate.close()
            lanes.close()
            log("stopped")

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _facts(self) -> dict[str, Any]:
        return {"pid": os.getpid(), "stopping": self._stop.is_set()}

    def _start_web(self) -> subprocess.Popen[bytes]:
        settings = self._settings
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "webapp.server:application"]
        command += ["--host", settings.host, "--port", str(settings.port), "--workers", str(settings.web_processes)]
        command += ["--blocking-threads", str(settings.web_threads), "--no-ws", "--log-level", "error"]
        command += ["--workers-kill-timeout", str(_DRAIN_SECONDS), "--backpressure", str(settings.web_threads * 4)]
        environment = os.environ | {f"STANDARDS_GRAPH_{k}": v for k, v in self._told().items()}
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)

    def _told(self) -> dict[str, str]:
        return {"HOME": str(self._settings.home), "HOST": self._settings.host, "PORT": str(self._settings.port)}

    def _watch(self, lanes: Dispatcher, web: subprocess.Popen[bytes]) -> int:
        failed = 0
        while not self._stop.wait(_LOOK_SECONDS):
            if web.poll() is not None:
                log("web processes ended", status=web.returncode)
                return 1
            try:
                self._follow(lanes)
                self._see_to_jobs()
                failed = 0
            except RegistryError as error:
                failed += 1
                if failed in (1, 60):
                    log("cannot follow", code=error.code, detail=str(error))
        return 0

    def _follow(self, lanes: Dispatcher) -> None:
        current = self._store.folder.current()
        if current is not None and (current != lanes.current() or not lanes.pool().alive):
            begun = time.monotonic()
            lanes.follow(open_pool(self._store, self._settings))
            log("switched", revision=lanes.current(), seconds=round(time.monotonic() - begun, 2))
        lanes.prune()

    def _see_to_jobs(self) -> None:
        """Start a process for the oldest job, where one waits or was left behind, and none is at work."""
        if self._worker is not None:
            if self._worker.poll() is None:
                return
            log("job process ended", status=self._worker.returncode)
            if self._worker.returncode:
                self._not_before = time.monotonic() + _PAUSE_SECONDS
            self._worker = None
        if time.monotonic() >= self._not_before and Jobs(self._settings.home).undone():
            command = [sys.executable, "-m", "standards_graph.working", "--supervised"]
            environment = os.environ | {f"STANDARDS_GRAPH_{k}": v for k, v in self._told().items()}
            self._worker = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)

    def _end_worker(self) -> None:
        """End the process of a job that is at work; what it did until then is told as interrupted at the next start."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()


def _end(web: subprocess.Popen[bytes]) -> None:
    """Let requests in hand finish, then end the web processes, and whatever is left of them."""
    with contextlib.suppress(ProcessLookupError):
        web.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        web.wait(_DRAIN_SECONDS + 5)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(web.pid, signal.SIGKILL)
    web.wait()
