"""Who goes first, who waits, and who is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards_graph.errors import Gone, QueryTimeout, RegistryError, StoreFailure, TooManyRequests
from standards_graph.workers.lanes import Dispatcher, LaneSizes, Penalties
from standards_graph.workers.pool import Pool
from standards_graph.workers.supervisor import SupervisedLanes, SupervisorSocket
from tests.workers.conftest import ANSWER, CROSS, MEMORY, ask


@pytest.fixture
def lanes(memory_pool: Pool) -> Iterator[Dispatcher]:
    found = Dispatcher(memory_pool, LaneSizes(page=1, fast=1, slow=1, queue=3, slow_queue=1, per_client=2, slice_seconds=0.1))
    yield found
    found.close()


def in_background(lanes: Dispatcher, client: str, seconds: float, outcomes: list[str]) -> threading.Thread:
    def run() -> None:
        try:
            ask(lanes, CROSS, client=client, seconds=seconds)
            outcomes.append("answered")
        except RegistryError as error:
            outcomes.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_long_query_leaves_the_fast_lane_to_others(lanes: Dispatcher) -> None:
    outcomes: list[str] = []
    long = in_background(lanes, "a", 4.0, outcomes)
    time.sleep(0.8)
    begun = time.monotonic()
    assert ask(lanes, "ASK {}", client="b") == b"true"
    assert time.monotonic() - begun < 2
    assert ask(lanes, "ASK {}") == b"true"
    long.join()
    assert outcomes == ["query-timeout"]


def test_a_query_that_had_to_start_again_is_answered_whole(lanes: Dispatcher) -> None:
    outcomes: list[str] = []
    long = in_background(lanes, "a", 2.0, outcomes)
    time.sleep(0.5)
    two = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?d)) > 0) } "
    assert ask(lanes, two, client="b", seconds=60) == b"n\r\n9000000\r\n"
    long.join()


def test_one_client_cannot_take_every_place(lanes: Dispatcher) -> None:
    outcomes: list[str] = []
    running = [in_background(lanes, "a", 1.5, outcomes) for _ in range(2)]
    time.sleep(0.3)
    with pytest.raises(TooManyRequests) as caught:
        ask(lanes, "ASK {}", client="a")
    assert caught.value.retry_after > 0
    for one in running:
        one.join()


def test_a_full_queue_of_long_queries_is_told_at_once(lanes: Dispatcher) -> None:
    outcomes: list[str] = []
    running = [in_background(lanes, f"c{number}", 3.0, outcomes) for number in range(4)]
    for one in running:
        one.join()
    assert set(outcomes) <= {"busy", "query-timeout"}
    assert outcomes.count("busy") >= 1
    assert lanes.status()["waiting"] == {"page": 0, "fast": 0, "slow": 0, "past": 0}
    assert lanes.status()["free"] == {"page": 1, "fast": 1, "slow": 1, "past": 1}


def test_pages_wait_for_no_user_query(lanes: Dispatcher) -> None:
    outcomes: list[str] = []
    running = [in_background(lanes, f"c{number}", 2.0, outcomes) for number in range(5)]
    time.sleep(0.2)
    begun = time.monotonic()
    for _ in range(20):
        assert ask(lanes, "ASK {}") == b"true"
    assert time.monotonic() - begun < 2
    for one in running:
        one.join()


def test_a_page_query_has_a_deadline_too(lanes: Dispatcher) -> None:
    with pytest.raises(QueryTimeout):
        ask(lanes, CROSS, seconds=0.2)
    assert ask(lanes, "ASK {}") == b"true"


def test_penalties_are_forgotten_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    penalties = Penalties()
    penalties.add("a")
    assert (penalties.of("a"), penalties.of("b")) == (1, 0)
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert penalties.of("a") == 0


def test_a_new_revision_is_followed_and_the_old_one_retires(lanes: Dispatcher, checkpoint: Path) -> None:
    lanes.follow(Pool(checkpoint, revision=2, memory=MEMORY, answer=ANSWER, in_memory=True))
    assert lanes.current() == 2
    assert ask(lanes, "ASK {}", revision=1) == ask(lanes, "ASK {}", revision=2) == b"true"
    lanes.prune(grace=0.0)
    with pytest.raises(Gone, match="no longer kept"):
        ask(lanes, "ASK {}", revision=1)


def test_other_processes_ask_through_the_socket(lanes: Dispatcher, tmp_path: Path) -> None:
    gate = SupervisorSocket(tmp_path / "socket", lanes, lambda: {"more": 1})
    asked = SupervisedLanes(tmp_path / "socket")
    assert asked.current() == 1
    assert ask(asked, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", client="x") == b"n\r\n3000\r\n"
    with pytest.raises(QueryTimeout):
        ask(asked, CROSS, client="x", seconds=0.2)
    assert asked.status()["more"] == 1
    assert (tmp_path / "socket").stat().st_mode & 0o077 == 0
    asked.close()
    gate.close()
    with pytest.raises(StoreFailure, match="supervisor"):
        asked.current()
