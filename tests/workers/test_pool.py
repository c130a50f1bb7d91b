"""One worker, what it may and what ends it."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time

import pytest

from standards_graph.errors import BadQuery, QueryOutOfMemory, QueryTimeout, QueryTooDeep, RegistryError, TooLarge
from standards_graph.model.answers import CSV, Limits
from standards_graph.workers import job
from standards_graph.workers.pool import Pool, Slow
from tests.workers.conftest import ANSWER, CROSS


def evaluate(pool: Pool, query: str, *, seconds: float = 20.0, slice_seconds: float | None = None) -> bytes:
    worker = pool.fork()
    file = job.anonymous_file("test")
    try:
        job.refill(file, job.packed(query, media_type=CSV, dataset=None, limits=Limits(answer=ANSWER)))
        worker.start(file)
        worker.finish(deadline=time.monotonic() + seconds, slice_seconds=slice_seconds)
        return job.contents(file)
    finally:
        worker.close()
        os.close(file)


def test_a_worker_answers(pool: Pool) -> None:
    assert evaluate(pool, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == b"n\r\n3000\r\n"


def test_a_runaway_is_ended_at_its_deadline_and_the_next_query_is_answered(pool: Pool) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryTimeout):
        evaluate(pool, CROSS, seconds=0.3)
    assert time.monotonic() - begun < 5
    assert evaluate(pool, "ASK {}") == b"true"


def test_a_sort_past_its_memory_ends_the_worker_alone(pool: Pool) -> None:
    with pytest.raises(QueryOutOfMemory):
        evaluate(pool, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", seconds=60)
    assert pool.alive
    assert evaluate(pool, "ASK {}") == b"true"


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 20_000 + "}" * 20_000,
        "SELECT * WHERE { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }",
        "SELECT * WHERE { FILTER(" + "!" * 40_000 + "true) }",
    ],
)
def test_nesting_that_ends_a_process_ends_the_worker_alone(pool: Pool, query: str) -> None:
    with pytest.raises(QueryTooDeep):
        evaluate(pool, query)
    assert evaluate(pool, "ASK {}") == b"true"


def test_an_answer_over_the_limit_is_refused_whole(pool: Pool) -> None:
    with pytest.raises(TooLarge):
        evaluate(pool, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }")


def test_a_long_query_is_told_after_its_slice(pool: Pool) -> None:
    with pytest.raises(Slow):
        evaluate(pool, CROSS, slice_seconds=0.1)


CALLS = (
    "SELECT * WHERE { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:%d/> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } } }",
    "SELECT * WHERE { { SELECT * WHERE { SERVICE <http://2130706433:%d/> { ?s ?p ?o } } } }",
    "SELECT * WHERE { SERVICE <http://0:%d/> { ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:%d/> WHERE { ?s ?p ?o }",
)


@pytest.mark.parametrize("query", CALLS)
def test_the_kernel_keeps_a_worker_off_the_network(pool: Pool, query: str) -> None:
    hits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)

        def watch() -> None:
            while True:
                try:
                    hits.append(canary.accept())
                except TimeoutError:
                    if done.is_set():
                        return

        done = threading.Event()
        watching = threading.Thread(target=watch)
        watching.start()
        if "SERVICE" in query:
            with pytest.raises(BadQuery, match="SERVICE"):
                evaluate(pool, query % canary.getsockname()[1])
        else:
            evaluate(pool, query % canary.getsockname()[1])
        done.set()
        watching.join()
    assert hits == []


def test_a_worker_that_is_killed_from_outside_is_told_as_an_error(pool: Pool) -> None:
    worker = pool.fork()
    os.kill(worker.pid, signal.SIGKILL)
    file = job.anonymous_file("test")
    job.refill(file, job.packed("ASK {}", media_type=CSV, dataset=None, limits=Limits()))
    worker.start(file)
    with pytest.raises(RegistryError):
        worker.finish(deadline=time.monotonic() + 5)
    worker.close()
    os.close(file)


def test_workers_end_with_their_zygote(pool: Pool) -> None:
    worker = pool.fork()
    pool.close()
    assert worker.channel.recv(1) == b""
    worker.close()
