"""Fifty runaway queries at once against the running service, while others read pages and send short queries.

    python tools/siege.py --seconds 60 --clients 50 --home FOLDER

Starts ``standards-graph serve`` on 127.0.0.1 with a memory ceiling, loads the packaged content where the data folder is
empty, and sends runaway queries from as many loopback addresses as asked. Prints one line of JSON: for pages and for short
queries of others the number sent, the errors, p50, p95 and p99 in seconds; what the runaways were answered; the memory of
the whole process tree (largest sum of proportional set sizes seen); and the time until a page is fast again afterwards.
Exit code 1 when a bar is missed: pages p99 0.5 s, no page error, no runaway answered with 200 or 500.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from pathlib import Path
from typing import Any

RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT DISTINCT ?a ?e ?i WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?t) WHERE { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s (<http://x>|!<http://x>)* ?o }",
    "SELECT ?a WHERE { ?a ?b ?c . FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?c . ?i ?j ?f } }",
)
SHORT = "SELECT ?n WHERE { ?n a <https://w3id.org/standards-graph/ontology#RegulatoryNetwork> }"
PAGES = ("/", "/standards", "/devices", "/regulators", "/network/healthai-grn", "/questions")
CEILING = 12 << 30


class Client:
    """Sends requests from one loopback address, one connection each."""

    def __init__(self, port: int, source: str) -> None:
        self.port, self.source = port, source

    def get(self, path: str, *, timeout: float = 90.0) -> tuple[int, float]:
        """Status (0: no answer) and seconds."""
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout, source_address=(self.source, 0))
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            status = 0
        finally:
            connection.close()
        return status, time.monotonic() - begun

    def query(self, text: str) -> tuple[int, float]:
        """A query by GET."""
        return self.get("/sparql?query=" + urllib.parse.quote(text))


class Watch:
    """Collects statuses and times."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.statuses: Counter[int] = Counter()

    def add(self, found: tuple[int, float]) -> None:
        self.statuses[found[0]] += 1
        self.times.append(found[1])

    def report(self) -> dict[str, Any]:
        times = sorted(self.times) or [0.0]
        at = {f"p{p}": round(times[min(len(times) - 1, len(times) * p // 100)], 3) for p in (50, 95, 99)}
        return {"sent": len(self.times), "statuses": dict(self.statuses), **at, "max": round(times[-1], 3)}


def tree(root: int) -> list[int]:
    """The process and all that came from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, new = [], [root]
    while new:
        found += new
        new = [child for one in new for child in parents.get(one, [])]
    return found


def memory(root: int) -> int:
    """Proportional set size of the whole tree, in bytes."""
    total = 0
    for process in tree(root):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def service(home: Path):
    """The service on a free port, under a memory ceiling; ends it afterwards."""
    port = free_port()
    env = os.environ | {
        "STANDARDS_GRAPH_HOME": str(home),
        "STANDARDS_GRAPH_PORT": str(port),
        "STANDARDS_GRAPH_HOST": "127.0.0.1",
    }
    command = [sys.executable, "-m", "standards_graph.cli"]
    subprocess.run([*command, "load"], env=env, check=True, stdout=subprocess.DEVNULL)
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))  # noqa: E731
    begun = time.monotonic()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([*command, "serve"], env=env, preexec_fn=limit, stdout=log, stderr=log)  # noqa: PLW1509
        try:
            client = Client(port, "127.0.0.1")
            while client.get("/readyz", timeout=5)[0] != 200:
                if process.poll() is not None or time.monotonic() - begun > 60:
                    log.seek(0)
                    raise SystemExit(f"the service did not become ready:\n{log.read().decode()[-2000:]}")
                time.sleep(0.05)
            yield process.pid, port, time.monotonic() - begun
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def besiege(port: int, pid: int, *, clients: int, seconds: float, one_address: bool) -> dict[str, Any]:
    """Run the attack and the readers side by side."""
    stop = threading.Event()
    pages, short, runaways, most = Watch(), Watch(), Watch(), [0]

    def attack(number: int) -> None:
        client = Client(port, "127.0.0.2" if one_address else f"127.0.1.{number + 1}")
        turn = number
        while not stop.is_set():
            runaways.add(client.query(RUNAWAYS[turn % len(RUNAWAYS)]))
            turn += 1
            stop.wait(0.2)

    def read(watch: Watch, source: str, paths: tuple[str, ...]) -> None:
        client, turn = Client(port, source), 0
        while not stop.is_set():
            watch.add(client.get(paths[turn % len(paths)]))
            turn += 1
            stop.wait(0.05)

    def weigh() -> None:
        while not stop.wait(0.25):
            most[0] = max(most[0], memory(pid))

    asked = ("/sparql?query=" + urllib.parse.quote(SHORT),)
    jobs = [threading.Thread(target=attack, args=(number,)) for number in range(clients)]
    jobs += [threading.Thread(target=read, args=(pages, "127.0.2.1", PAGES)), threading.Thread(target=weigh)]
    jobs += [threading.Thread(target=read, args=(short, f"127.0.2.{number}", asked)) for number in (2, 3)]
    for job in jobs:
        job.start()
    time.sleep(seconds)
    stop.set()
    begun = time.monotonic()
    while Client(port, "127.0.2.9").get("/standards")[1] > 0.5:
        time.sleep(0.1)
    normal = time.monotonic() - begun
    for job in jobs:
        job.join()
    return {
        "pages": pages.report(),
        "short": short.report(),
        "runaways": runaways.report(),
        "tree_mb": most[0] >> 20,
        "normal_after_s": round(normal, 2),
    }


def main(words: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--clients", type=int, default=50)
    options.add_argument("--one-address", action="store_true", help="all runaways come from one address")
    options.add_argument("--home", type=Path, help="data folder; without it a temporary one is loaded")
    asked = options.parse_args(words)
    with tempfile.TemporaryDirectory() as temporary, service(asked.home or Path(temporary)) as (pid, port, ready):
        found = besiege(port, pid, clients=asked.clients, seconds=asked.seconds, one_address=asked.one_address)
    found["ready_s"] = round(ready, 2)
    print(json.dumps(found))
    pages, runaways = found["pages"], found["runaways"]["statuses"]
    good = set(pages["statuses"]) == {200} and pages["p99"] <= 0.5
    return 0 if good and not {200, 500, 0} & set(runaways) else 1


if __name__ == "__main__":
    sys.exit(main())
