"""The confined process says of files what the command line says of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from standards_graph import resources
from standards_graph.errors import BadInput
from standards_graph.importing.base import recognised
from standards_graph.importing.recognising import argument, outcome, recognise

LIST = (resources.data() / "fda-ai-devices" / "devices.csv").read_bytes()[:5_000]
TURTLE = b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"


def told(*paths: Path) -> tuple[str, ...]:
    return outcome(recognise(argument(paths), lambda _: None))


@pytest.mark.parametrize(
    ("name", "content"), [("ai-ml-enabled-devices.csv", LIST), ("some.ttl", TURTLE), ("what.bin", b"\x00\x01")]
)
def test_one_file_is_recognised_as_on_the_command_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    try:
        wanted: tuple[str, ...] = (recognised(path),)
    except BadInput:
        assert len(told(path)) != 1
    else:
        assert told(path) == wanted


def test_files_of_two_sources_are_of_none(tmp_path: Path) -> None:
    one, other = tmp_path / "ai-ml-enabled-devices.csv", tmp_path / "some.ttl"
    one.write_bytes(LIST)
    other.write_bytes(TURTLE)
    assert told(one, other) == ()
