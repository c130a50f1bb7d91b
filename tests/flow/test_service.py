"""The service as a whole, over HTTP, on the packaged content."""

from __future__ import annotations

import csv
import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from standards_graph import resources
from tests.flow.conftest import Reply, Service, run, start, stop
from tools.siege import tree

CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORT = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def told(reply: Reply) -> tuple[int, object]:
    return reply.status, reply.json().get("code")


def test_it_is_ready_and_says_which_revision_it_serves(service: Service) -> None:
    assert service.get("/healthz").status == 200
    assert service.query(COUNT).headers["x-revision"] == "r1"


@pytest.mark.parametrize(
    "path", ["/", "/standards", "/devices", "/regulators", "/jurisdictions", "/networks", "/questions", "/query"]
)
def test_first_pages_answer(service: Service, path: str) -> None:
    assert service.get(path).status == 200


def test_a_query_past_its_deadline_is_504(service: Service) -> None:
    assert told(service.query(CROSS)) == (504, "query-timeout")


def test_a_query_past_its_memory_is_507(service: Service) -> None:
    assert told(service.query(SORT)) in ((507, "query-out-of-memory"), (504, "query-timeout"))


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 3000,
        "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * WHERE { ?s ?p }",
    ],
)
def test_a_refused_query_is_400_with_its_place(service: Service, query: str) -> None:
    reply = service.query(query)
    assert told(reply) == (400, "bad-query")
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert reply.json()["line"] == 1


def test_pages_answer_while_runaways_run(service: Service) -> None:
    statuses: list[int] = []
    running = [threading.Thread(target=lambda: statuses.append(service.query(CROSS).status)) for _ in range(8)]
    for one in running:
        one.start()
    time.sleep(0.3)
    assert [service.get("/networks").status for _ in range(10)] == [200] * 10
    for one in running:
        one.join()
    assert set(statuses) <= {429, 503, 504}


def test_an_import_beside_the_service_is_served_after_a_moment(service: Service, tmp_path: Path) -> None:
    before = int(service.query(COUNT).headers["x-revision"][1:])
    assert service.run("import", "fda-ai-devices", str(renamed(tmp_path)), "--note", "a test").returncode == 0
    deadline = time.monotonic() + 30
    while service.query(COUNT).headers["x-revision"] != f"r{before + 1}":
        assert time.monotonic() < deadline, service.log.read_text()
        time.sleep(0.1)
    rows = json.loads(service.run("history", "--format", "json").stdout)
    assert (rows[0]["revision"], rows[0]["note"]) == (f"r{before + 1}", "a test")
    assert service.run("verify").returncode == 0


def renamed(folder: Path) -> Path:
    """The packaged FDA list with one device under another name."""
    with (resources.data() / "fda-ai-devices" / "devices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("Device")
    rows[1][column] += " (renamed)"
    path = folder / "devices.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_told_to_stop_it_finishes_what_it_has_begun(loaded: Path, tmp_path: Path) -> None:
    service = start(loaded, tmp_path, QUERY_SECONDS="3")
    replies: list[Reply] = []
    running = threading.Thread(target=lambda: replies.append(service.query(CROSS)))
    running.start()
    time.sleep(0.5)
    begun = time.monotonic()
    assert stop(service) == 0
    assert time.monotonic() - begun < 45
    running.join()
    assert [told(one) for one in replies] == [(504, "query-timeout")]
    events = [json.loads(line)["event"] for line in service.log.read_text().splitlines() if '"event"' in line]
    assert {"started", "stopped"} <= set(events)
    assert run(service.home, "verify").returncode == 0


def is_granian(pid: int) -> bool:
    return b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()


def all_gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}/stat").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_it_ends_with_its_web_processes(loaded: Path, tmp_path: Path) -> None:
    service = start(loaded, tmp_path)
    processes = tree(service.process.pid)
    os.kill(next(pid for pid in processes if is_granian(pid)), signal.SIGKILL)
    assert service.process.wait(60) == 1
    assert all_gone(processes[1:])


def test_its_processes_end_with_it_however_it_ends(loaded: Path, tmp_path: Path) -> None:
    service = start(loaded, tmp_path)
    processes = tree(service.process.pid)
    assert len(processes) > 6
    service.process.kill()
    service.process.wait(60)
    assert all_gone(processes[1:])
