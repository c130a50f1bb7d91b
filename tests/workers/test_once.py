"""Work on foreign files: what it gives, what it may not, and how it ends."""

from __future__ import annotations

import json
import socket

import pytest

from standards_graph.errors import BadInput, StoreFailure, TooLarge, UnreadableFile
from standards_graph.workers import once


def run(what: str, **more: object) -> bytes:
    return once.run("tests.workers.trial:work", json.dumps({"what": what, **more}).encode(), seconds=5, memory=200 << 20)


def test_what_the_work_gives_comes_back() -> None:
    assert run("echo", text="grüß dich") == "grüß dich".encode()


def test_an_unreadable_file_keeps_its_place() -> None:
    with pytest.raises(UnreadableFile) as caught:
        run("unreadable")
    assert (caught.value.source, caught.value.line, caught.value.reason) == ("list.csv", 3, "no date")


def test_whatever_a_parser_raises_is_bad_input() -> None:
    with pytest.raises(BadInput, match="KeyError"):
        run("raise")


def test_too_much_memory_is_told() -> None:
    with pytest.raises(TooLarge, match="memory"):
        run("swell")


def test_too_much_time_is_told() -> None:
    with pytest.raises(TooLarge, match="longer than"):
        run("sleep")


def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(BadInput, match="PermissionError"):
            run("connect", port=server.getsockname()[1])
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


def test_there_is_no_other_program() -> None:
    with pytest.raises(BadInput, match="PermissionError"):
        run("spawn")


def test_a_process_that_simply_ends_is_told() -> None:
    with pytest.raises(StoreFailure, match="status 9"):
        run("exit")
