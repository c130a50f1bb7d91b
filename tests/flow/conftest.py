"""The packaged content in a data folder, loaded once; and the service over a copy of it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from standards_graph import resources
from standards_graph.model.changes import ChangeSet
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from tests import small_world

COMMAND = (sys.executable, "-m", "standards_graph.cli")
NO_DUMPS = {"STANDARDS_GRAPH_DUMP_QUADS": "1"}
"""Writing a dump at each publication takes longer than most of what is tried here; it has tests of its own."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, the headers in lower case, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        return dict(json.loads(self.body))


@dataclass(frozen=True)
class Service:
    """The running service."""

    process: subprocess.Popen[bytes]
    port: int
    home: Path
    log: Path

    def get(self, path: str, *, timeout: float = 60.0, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            found = connection.getresponse()
            return Reply(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()

    def query(self, text: str, **headers: str) -> Reply:
        return self.get("/sparql?query=" + urllib.parse.quote(text), **headers)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command beside the service, on the same data folder."""
        return run(self.home, *words)


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command on a data folder."""
    env = os.environ | NO_DUMPS | {"STANDARDS_GRAPH_HOME": str(home)}
    return subprocess.run([*COMMAND, *words], env=env, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the packaged content; not to be changed."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    done = run(home, "load")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small world; not to be changed."""
    home = tmp_path_factory.mktemp("small") / "home"
    with Registry.open(Settings(home=home, dump_quads=1)) as made:
        first = ChangeSet(tuple(small_world.quads()))
        made.store.publish(lambda _: first, agent="tests", note="start", packaged=resources.digest())
    return home


@pytest.fixture(scope="module")
def service(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with short limits, over a copy of the loaded folder."""
    folder = tmp_path_factory.mktemp("service")
    found = start(loaded, folder, QUERY_SECONDS="4", QUERY_MEMORY_MB="300", PAGE_SECONDS="20")
    yield found
    stop(found)


def start(loaded: Path, folder: Path, **settings: str) -> Service:
    """Start the service over a copy and wait until it is ready."""
    home, log = folder / "home", folder / "log"
    if not home.exists():
        shutil.copytree(loaded, home)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    told = {"HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1", **settings}
    env = os.environ | NO_DUMPS | {f"STANDARDS_GRAPH_{name}": value for name, value in told.items()}
    with log.open("wb") as out:
        process = subprocess.Popen([*COMMAND, "serve"], env=env, stdout=out, stderr=out)
    found = Service(process, port, home, log)
    deadline = time.monotonic() + 60
    while not _ready(found):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    return found


def _ready(service: Service) -> bool:
    try:
        return service.get("/readyz", timeout=5).status == 200
    except OSError:
        return False


def stop(service: Service) -> int:
    """Ask it to stop; its exit code."""
    service.process.send_signal(signal.SIGTERM)
    return service.process.wait(60)
