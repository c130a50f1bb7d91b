"""The short form of ``make fuzz``: files that are nearly right are read, or refused in words."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tools import fuzz
from tools.mutations import Input, mutated, seeds

SIX = {"turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld"}


def test_there_are_samples_of_every_format() -> None:
    assert SIX | {"sssom-tsv", "sssom-json", "csv", "xlsx", "xml", "json", "gz", "zip", "beside"} <= set(seeds())


@pytest.mark.parametrize("kind", sorted(seeds()))
def test_hundreds_of_files_that_are_nearly_right_do_no_harm(kind: str, tmp_path: Path) -> None:
    tally = fuzz.fuzzed(kind, iter(range(250)), seed=7, until=time.monotonic() + 60, keep=tmp_path)
    assert tally.findings == []
    assert tally.outcomes.total() == 250
    assert tally.outcomes["read"] > 0
    assert tally.outcomes["unreadable-file"] > 0


def test_the_same_number_gives_the_same_file() -> None:
    assert mutated("turtle", 5, seed=1) == mutated("turtle", 5, seed=1) != mutated("turtle", 5, seed=2)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda *_: os.kill(os.getpid(), signal.SIGKILL), "died with SIGKILL"),
        (lambda *_: os._exit(3), "died with 3"),
        (lambda *_: {}["a"], "raised KeyError"),
        (lambda *_: bytearray(1 << 31), "raised MemoryError"),
        (lambda *_: time.sleep(60), "hung for 0.5 s"),
    ],
)
def test_a_reader_that_dies_hangs_grows_or_stumbles_is_a_finding_and_the_next_one_reads_on(
    harm: object, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Input("rdf", "a.nt", b"")
    reader = fuzz.Reader()
    with monkeypatch.context() as patched:
        patched.setattr(fuzz, "judged", harm)
        patched.setattr(fuzz, "HANG", 0.5)
        assert reader.read(one.source, one.place(tmp_path)).startswith(told)
        reader.end()
    assert reader.read(one.source, one.place(tmp_path)) == "read"
    reader.end()
