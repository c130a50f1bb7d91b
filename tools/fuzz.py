"""Thousands of files that are nearly right, given to the importers: none may crash, hang, or fail without saying why.

    python -m tools.fuzz --inputs 10000 --seconds 900

For each format that an importer reads, samples are changed at random and read in a process with the walls of the one that
reads files from outside, which is started anew when it dies. A finding is a death, more than ten seconds, more memory than it
may use, an error that is not one of the family that every interface words, or statements that the store would not take. Inputs
with findings are kept. Prints one line of JSON; exit code 1 where there is a finding.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import Quad

from standards_graph import vocab
from standards_graph.errors import RegistryError
from standards_graph.importing import packing, reading
from standards_graph.importing.base import importers
from standards_graph.model.findings import Finding, Report
from standards_graph.store.normal import engine_form
from standards_graph.workers import confine
from tools.mutations import Input, mutated, seeds

HANG = 10.0
STALL = 120.0
"""Seconds of work, and seconds by the clock on a machine that others use too, after which a reader counts as hanging."""
MEMORY = 512 << 20
RENEWED = 500
"""After how many files a reading process is replaced, so that what one leaves behind does not add up."""
GRAPH = vocab.graph("fuzz")
KNOWN = importers()


def judged(source: str, path: Path) -> str:
    """What becomes of a file: ``read``, or the code of the error in which it is refused; anything else is raised."""
    beginning = packing.beginning(path)
    for one in KNOWN:
        one.accepts(path, beginning)
    reader = next(one for one in KNOWN if one.name == source)
    findings, quads = [], []
    try:
        for told in reading.told(reader, path, GRAPH):
            if isinstance(told, Finding):
                findings.append(told)
            elif isinstance(told, Quad):
                quads.append(told)
    except RegistryError as error:
        if not str(error):
            raise ValueError("the error says nothing") from error
        return f"{error.code}, stumbled" if reading.STUMBLED in str(error) else error.code
    json.dumps(Report(tuple(findings)).records()).encode()
    for quad in engine_form(ox.parse(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", format=ox.RdfFormat.N_QUADS)):
        if quad.graph_name != GRAPH:
            raise ValueError(f"a statement in another graph: {quad}")
    return "read"


class Reader:
    """A process that reads one file after the other, and may be killed."""

    def __init__(self) -> None:
        self.pid = 0
        self._to = self._from = -1
        self._given = 0

    def read(self, source: str, path: Path) -> str:
        """What became of the file, or ``died …``, ``hung``, ``raised …``."""
        if not self.pid or self._given >= RENEWED:
            self._start()
        self._given += 1
        os.write(self._to, f"{source}\t{path}\n".encode())
        if self._hangs():
            self.end()
            return f"hung for {HANG:g} s"
        told = os.read(self._from, 4096).decode()
        if told:
            return told
        status = self.end()
        return f"died with {signal.Signals(-status).name if status < 0 else status}"

    def _hangs(self) -> bool:
        begun, worked = time.monotonic(), _worked(self.pid)
        while not select.select([self._from], [], [], min(HANG, STALL))[0]:
            if _worked(self.pid) - worked > HANG or time.monotonic() - begun > STALL:
                return True
        return False

    def end(self) -> int:
        """Stop the process, and wait for it."""
        if not self.pid:
            return 0
        os.close(self._to)
        os.close(self._from)
        with contextlib.suppress(ProcessLookupError):
            if (
                not select.select([], [], [], 0.05)[0]
                and os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
            ):
                os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def _start(self) -> None:
        self.end()
        asked, self._to = os.pipe()
        self._from, answer = os.pipe()
        parent = os.getpid()
        self.pid, self._given = os.fork(), 0
        if not self.pid:
            confine.die_with_parent(parent)
            os.close(self._to)
            os.close(self._from)
            _serve(asked, answer)
        os.close(asked)
        os.close(answer)


def _worked(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _serve(asked: int, answer: int) -> None:
    confine.confine(memory=MEMORY, file_size=None, files=True, deadly=False)
    with open(asked, encoding="utf-8") as lines:
        for line in lines:
            source, _, path = line.rstrip("\n").partition("\t")
            try:
                told = judged(source, Path(path))
            except Exception as error:  # noqa: BLE001 - whatever comes here is what is looked for
                told = f"raised {type(error).__name__}: {error}"[:1000]
            os.write(answer, told.encode("utf-8", "replace"))
    os._exit(0)


@dataclass
class Tally:
    """What became of the files of one format."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: float = 0.0

    def told(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "inputs": self.outcomes.total(),
            "outcomes": dict(sorted(self.outcomes.items())),
            "findings": self.findings,
            "seconds": round(self.seconds, 1),
            "slowest": round(self.slowest, 2),
        }


def fuzzed(kind: str, numbers: Iterator[int], *, seed: int, until: float, keep: Path) -> Tally:
    """Give the files of these numbers to a reading process until the time is over; keep those with findings."""
    tally, reader, begun = Tally(), Reader(), time.monotonic()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        for number in numbers:
            if time.monotonic() > until:
                break
            one, place = mutated(kind, number, seed=seed), Path(folder)
            told = _timed(reader, one, place, tally)
            tally.outcomes[told if told == "read" or not told.startswith(("raised", "died", "hung")) else told.split()[0]] += 1
            if told.startswith(("raised", "died", "hung")):
                tally.findings.append(f"{kind} {number}: {told}")
                kept = keep / f"{kind}-{number}"
                kept.mkdir(parents=True, exist_ok=True)
                one.place(kept)
        reader.end()
    tally.seconds = time.monotonic() - begun
    return tally


def _timed(reader: Reader, one: Input, folder: Path, tally: Tally) -> str:
    path = one.place(folder)
    begun = time.monotonic()
    told = reader.read(one.source, path)
    tally.slowest = max(tally.slowest, time.monotonic() - begun)
    for name in (one.name, *(name for name, _ in one.beside)):
        (folder / name).unlink(missing_ok=True)
    return told


def _part(task: tuple[str, int, int, int, float, str]) -> tuple[str, Tally]:
    kind, first, last, seed, until, keep = task
    return kind, fuzzed(kind, iter(range(first, last)), seed=seed, until=until, keep=Path(keep))


def run(kinds: Sequence[str], inputs: int, *, seed: int, seconds: float, keep: Path, jobs: int) -> dict[str, Tally]:
    """The tally of each format; the time is shared out evenly, and what one format leaves of it goes to the others."""
    found: dict[str, Tally] = {}
    end = time.monotonic() + seconds
    for place, kind in enumerate(kinds):
        until = time.monotonic() + (end - time.monotonic()) / (len(kinds) - place)
        step = -(-inputs // jobs)
        tasks = [(kind, first, min(inputs, first + step), seed, until, str(keep)) for first in range(0, inputs, step)]
        for _, tally in _each(tasks, jobs):
            whole = found.setdefault(kind, Tally())
            whole.outcomes += tally.outcomes
            whole.findings += tally.findings
            whole.seconds = max(whole.seconds, tally.seconds)
            whole.slowest = max(whole.slowest, tally.slowest)
        print(kind, found[kind].told(), file=sys.stderr)
    return found


def _each(tasks: list[tuple[str, int, int, int, float, str]], jobs: int) -> list[tuple[str, Tally]]:
    if jobs == 1:
        return [_part(task) for task in tasks]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:  # each forks readers, and has no threads
        return list(pool.map(_part, tasks))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the tally, and say whether anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000, help="files for each format")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="time for all formats together")
    parser.add_argument("--format", action="append", choices=sorted(seeds()), help="only this format (may be repeated)")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other files")
    parser.add_argument("--jobs", type=int, default=1, help="reading processes at once")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where inputs with findings are kept")
    told = parser.parse_args(arguments)
    shutil.rmtree(told.keep, ignore_errors=True)
    kinds = told.format or sorted(seeds())
    found = run(kinds, told.inputs, seed=told.seed, seconds=told.seconds, keep=told.keep, jobs=told.jobs)
    print(json.dumps({kind: tally.told() for kind, tally in found.items()}))
    return 1 if any(tally.findings for tally in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
