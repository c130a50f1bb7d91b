"""Older revisions: few at a time, started when asked for, and never in the way of the newest."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards_graph.errors import Busy, Gone, QueryTimeout
from standards_graph.workers import generations
from standards_graph.workers.lanes import Dispatcher, LaneSizes
from standards_graph.workers.pool import Pool
from standards_graph.workers.supervisor import SupervisedLanes, SupervisorSocket
from tests.workers.conftest import ANSWER, CROSS, MEMORY, ask

SIZES = LaneSizes(page=1, fast=1, slow=1, past=1, past_queue=1, past_revisions=2, per_client=9, slice_seconds=0.1)


@pytest.fixture
def started() -> list[int]:
    return []


@pytest.fixture
def lanes(memory_pool: Pool, checkpoint: Path, started: list[int]) -> Iterator[Dispatcher]:
    """Lanes whose newest revision is r1; r2 to r8 are older ones in name."""

    def older(number: int) -> Pool:
        if number > 8:
            raise Gone(f"Revision r{number} is no longer kept.", revision=number)
        started.append(number)
        return Pool(checkpoint, revision=number, memory=MEMORY, answer=ANSWER, in_memory=False)

    found = Dispatcher(memory_pool, SIZES, older=older)
    yield found
    found.close()


def opened(lanes: Dispatcher) -> object:
    return lanes.status()["older"]


def test_an_older_revision_is_started_once_and_answers_pages_and_users(lanes: Dispatcher, started: list[int]) -> None:
    for client in (None, "a", None):
        assert ask(lanes, "ASK {}", revision=2, client=client) == b"true"
    assert started == [2]


def test_never_more_than_a_few_are_open_and_the_one_that_was_asked_longest_ago_ends(
    lanes: Dispatcher, started: list[int]
) -> None:
    for number in (2, 3, 2, 4):
        ask(lanes, "ASK {}", revision=number)
    assert (started, opened(lanes)) == ([2, 3, 4], [2, 4])


def test_one_that_is_not_kept_is_gone(lanes: Dispatcher) -> None:
    with pytest.raises(Gone) as told:
        ask(lanes, "ASK {}", revision=9)
    assert told.value.revision == 9


def test_workers_of_an_older_revision_end_when_nobody_asks(lanes: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(lanes, "ASK {}", revision=2)
    lanes.prune()
    assert opened(lanes) == [2]
    later = time.monotonic() + generations.STAY_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    lanes.prune()
    assert opened(lanes) == []


def test_one_whose_process_has_ended_is_started_again(lanes: Dispatcher, started: list[int]) -> None:
    ask(lanes, "ASK {}", revision=2)
    found = lanes._older.get(2)
    assert found is not None
    found.pool.close()
    assert ask(lanes, "ASK {}", revision=2, client="a") == b"true"
    assert started == [2, 2]


def test_readers_of_the_past_wait_for_each_other_and_those_of_the_present_do_not(lanes: Dispatcher) -> None:
    ends: list[str] = []

    def long() -> None:
        try:
            ask(lanes, CROSS, revision=2, seconds=2.0)
        except QueryTimeout as error:
            ends.append(error.code)

    first, second = threading.Thread(target=long), threading.Thread(target=lambda: ask(lanes, "ASK {}", revision=3))
    first.start()
    time.sleep(0.5)
    second.start()
    time.sleep(0.2)
    with pytest.raises(Busy, match="older revisions"):
        ask(lanes, "ASK {}", revision=2)
    begun = time.monotonic()
    assert ask(lanes, "ASK {}") == b"true"
    assert time.monotonic() - begun < 1
    first.join()
    second.join()
    assert ends == ["query-timeout"]


def test_long_queries_on_all_older_revisions_leave_no_room_for_one_more(lanes: Dispatcher) -> None:
    ends: list[str] = []

    def long(number: int, client: str | None) -> None:
        try:
            ask(lanes, CROSS, revision=number, seconds=2.0, client=client)
        except (QueryTimeout, Busy) as error:
            ends.append(error.code)

    readers = [threading.Thread(target=long, args=told) for told in ((2, None), (3, "a"))]
    for one in readers:
        one.start()
    time.sleep(0.7)
    with pytest.raises(Busy, match="other older revisions"):
        ask(lanes, "ASK {}", revision=4, client="b")
    for one in readers:
        one.join()
    assert ends == ["query-timeout"] * 2
    assert ask(lanes, "ASK {}", revision=4, client="b") == b"true"


def test_other_processes_read_older_revisions_through_the_socket(lanes: Dispatcher, tmp_path: Path) -> None:
    gate = SupervisorSocket(tmp_path / "socket", lanes, dict)
    asked = SupervisedLanes(tmp_path / "socket")
    assert ask(asked, "ASK {}", revision=2) == ask(asked, "ASK {}", revision=3, client="x") == b"true"
    with pytest.raises(Gone) as told:
        ask(asked, "ASK {}", revision=9)
    assert told.value.revision == 9
    asked.close()
    gate.close()
