"""Files brought in over HTTP to the running service: reading goes on outside of the request, and survives what may happen."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from standards_graph.accounts.accounts import Accounts
from standards_graph.model.accounts import Scope
from tests.flow.conftest import Service, start, stop
from tests.webapp.desk import SOURCE, listing


@pytest.fixture(scope="module")
def service(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = start(small, tmp_path_factory.mktemp("service"), SHRINK_PERCENT="100", UPLOAD_MB="2", PAGE_SECONDS="20")
    yield found
    stop(found)


@pytest.fixture(scope="module")
def web(service: Service) -> Iterator[httpx.Client]:
    """A program with a token for all."""
    token = Accounts(service.home).create("Ada", (Scope.WRITE, Scope.PUBLISH), by="tests")[1]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{service.port}/api/v1", headers=headers, timeout=60) as client:
        yield client


def send(web: httpx.Client, content: bytes) -> str:
    answer = web.post("/drafts", files={"file": ("list.csv", content)}, data={"source": SOURCE})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["name"])


def until(web: httpx.Client, path: str, true: Callable[[dict[str, object]], bool], service: Service) -> dict[str, object]:
    """What an address says as soon as that is true."""
    deadline = time.monotonic() + 120
    while not true(told := dict(web.get(path).json())):
        assert time.monotonic() < deadline, (told, service.log.read_text())
        time.sleep(0.05)
    return told


def job(told: dict[str, object]) -> dict[str, object]:
    found = told["job"]
    assert isinstance(found, dict)
    return found


def is_over(told: dict[str, object]) -> bool:
    return job(told)["state"] in ("done", "failed")


def processes(word: bytes) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def worker(service: Service) -> int | None:
    """The process that does a job of this service."""
    for pid in processes(b"standards_graph.working"):
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == service.process.pid:
            return pid
    return None


def test_a_file_is_published_over_http_and_served(web: httpx.Client, service: Service) -> None:
    before = service.get("/sparql?query=ASK%7B%7D").headers["x-revision"]
    name = send(web, listing(40))
    told = until(web, f"/drafts/{name}", is_over, service)
    assert told["state"] == "open", told
    difference = web.get(f"/drafts/{name}/difference")
    asked = web.post(
        f"/drafts/{name}/publication", json={"note": "over HTTP"}, headers={"If-Match": difference.headers["ETag"]}
    )
    assert asked.status_code == 202, asked.text
    told = until(web, f"/drafts/{name}", is_over, service)
    assert told["state"] == "published", told
    until(web, "/revisions/" + str(told["revision"]), lambda found: found.get("note") == "over HTTP", service)
    deadline = time.monotonic() + 30
    while service.get("/sparql?query=ASK%7B%7D").headers["x-revision"] == before:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert service.run("verify").returncode == 0


def test_a_killed_job_is_told_as_interrupted_and_can_be_tried_again(web: httpx.Client, service: Service) -> None:
    name = send(web, listing(300))
    pid = None
    deadline = time.monotonic() + 60
    while pid is None or not job(dict(web.get(f"/drafts/{name}").json()))["step"]:
        assert time.monotonic() < deadline, service.log.read_text()
        pid = worker(service)
    os.kill(pid, signal.SIGKILL)
    told = until(web, f"/drafts/{name}", is_over, service)
    assert (told["state"], job(told)["code"]) == ("failed", "interrupted")
    assert web.post(f"/drafts/{name}/reading").status_code == 202
    told = until(web, f"/drafts/{name}", is_over, service)
    assert told["state"] == "open", told
    assert web.delete(f"/drafts/{name}").status_code == 200


def test_what_is_too_large_is_refused_without_being_kept(web: httpx.Client, service: Service) -> None:
    try:
        answer = web.post("/drafts", files={"file": ("list.csv", b"x" * 4_000_000)}, data={"source": SOURCE})
        assert answer.status_code == 413
    except httpx.TransportError:  # the service may close the connection while the rest is still on its way
        pass
    assert service.get("/healthz").status == 200


def test_a_restart_leaves_nothing_half_there(small: Path, tmp_path: Path) -> None:
    service = start(small, tmp_path, SHRINK_PERCENT="100")
    token = Accounts(service.home).create("Ada", (Scope.WRITE, Scope.PUBLISH), by="tests")[1]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{service.port}/api/v1", headers=headers, timeout=60) as web:
        name = send(web, listing(300))
        until(web, f"/drafts/{name}", lambda told: bool(job(told)["step"]), service)
    service.process.send_signal(signal.SIGKILL)
    service.process.wait(30)
    service = start(small, tmp_path, SHRINK_PERCENT="100")
    with httpx.Client(base_url=f"http://127.0.0.1:{service.port}/api/v1", headers=headers, timeout=60) as web:
        told = until(web, f"/drafts/{name}", is_over, service)
        assert (told["state"], job(told)["code"]) == ("failed", "interrupted")
        assert len(web.get("/revisions").json()["revisions"]) == 1
    assert stop(service) == 0
