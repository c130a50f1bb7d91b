"""Kill -9 in the middle of ``load`` and of ``import``, again and again, and look at what is left.

    python -m tools.crash --trials 20
    python -m tools.crash --steps 100

With ``--trials``, each trial starts a command as a process and kills it with all that came from it after a random time within
the command's usual length. With ``--steps``, an import kills itself at one step after the other: before or after it. Then the
whole data folder is read back: the ledger's chain, the count, the fingerprint, the default graph. A trial is *mixed* when what
is stored is not exactly what one published revision holds, or what the command before it left has changed without a new
revision; *lost* when a command had said that it was done, or its revision was the current one, and is not there. Afterwards the
command is run again to its end, which must work. Prints one line of JSON; exit code 1 when anything was mixed or lost.
"""

from __future__ import annotations

import argparse
import csv
import functools
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from standards_graph import cli
from standards_graph.store.folder import DataFolder

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "standards_graph.cli"]


STEPS = (
    "standards_graph.importing.reading:outcome",
    "standards_graph.validation.checking:outcome",
    "standards_graph.curator:replacement",
    "standards_graph.curator:_following",
    "standards_graph.curator:joined",
    "standards_graph.store.embedded:EmbeddedStore._clone",
    "standards_graph.store.folder:DataFolder.keep_file",
    "standards_graph.ledger.ledger:Ledger.begin",
    "standards_graph.ledger.touched:note",
    "standards_graph.store.merged:apply",
    "standards_graph.store.embedded:sync_tree",
    "standards_graph.store.folder:DataFolder.make_current",
    "standards_graph.ledger.ledger:Ledger.settle",
)
"""The steps of an import, in their order: before and after each of them the process is killed."""
WHOLE = "standards_graph.store.embedded:EmbeddedStore._write"
"""What holds the last four of the steps: it begins before the first of them, and ends after the last."""
_SINGLE = tuple((step, when) for step in STEPS for when in ("before", "after"))
_WITHIN = _SINGLE.index(("standards_graph.store.merged:apply", "before"))
POINTS = (*_SINGLE[:_WITHIN], (WHOLE, "before"), *_SINGLE[_WITHIN:], (WHOLE, "after"))
DIE = "--die"
"""The word by which this program is told to run a command and to be killed at a step of it."""
CURRENT = POINTS.index(("standards_graph.store.folder:DataFolder.make_current", "after"))
"""From this point on the revision is the published one."""


def die_at(step: str, when: str) -> None:
    """Have this process killed before or after a step."""
    module, _, path = step.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for one in outer:
        owner = getattr(owner, one)
    real = getattr(owner, name)

    @functools.wraps(real)
    def dying(*args: Any, **more: Any) -> Any:
        found = real(*args, **more) if when == "after" else None
        os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(owner, name, dying)


class Trials:
    """One data folder, and what befell it."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home = home
        self.random = random.Random(seed)
        self.env = os.environ | {"STANDARDS_GRAPH_HOME": str(home), "STANDARDS_GRAPH_DUMP_QUADS": "1"}
        self.counts: Counter[str] = Counter()
        self.slowest_recovery = 0.0

    def run(self, *words: str) -> float:
        """A command to its end; its seconds."""
        begun = time.monotonic()
        done = subprocess.run([*COMMAND, *words], env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return time.monotonic() - begun

    def killed(self, *words: str, within: float) -> bool:
        """Start a command and kill it at some moment; whether it was done before."""
        process = subprocess.Popen(
            [*COMMAND, *words], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(within * self.random.uniform(0.3, 1.02))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        done = process.wait() == 0
        self.counts["ended before the kill" if done else "killed"] += 1
        return done

    def killed_at(self, step: str, when: str, *words: str) -> None:
        """Have a command kill itself at a step."""
        told = [sys.executable, "-m", "tools.crash", DIE, step, when, *words]
        status = subprocess.run(told, env=self.env, cwd=ROOT, capture_output=True, check=False).returncode
        self.counts["killed" if status == -signal.SIGKILL else "ended before the kill"] += 1

    def step(self, number: int, *words: str) -> None:
        """One kill at one step, one look, and one run to the end."""
        before = self.history()
        self.killed_at(*POINTS[number], *words)
        begun = time.monotonic()
        folder = DataFolder(self.home)
        with folder.locked(), folder.ledger() as ledger:
            folder.recover(ledger)
        self.slowest_recovery = max(self.slowest_recovery, time.monotonic() - begun)
        came = len(self.history()) - len(before)
        self.counts["published" if came else "not published"] += 1
        self.counts["lost"] += number >= CURRENT and not came
        self.counts["mixed"] += (number < CURRENT and bool(came)) or not self.verified()
        self.counts["trials"] += 1
        self.run(*words)

    def history(self) -> list[str]:
        """The names of the published revisions, as the ledger on disk tells them."""
        if not (self.home / "ledger.db").exists():
            return []
        found = subprocess.run([*COMMAND, "history", "--format", "json"], env=self.env, capture_output=True, check=False)
        return [row["revision"] for row in json.loads(found.stdout)] if found.returncode == 0 else []

    def verified(self) -> bool:
        """Whether what is stored is exactly what the newest revision holds."""
        done = subprocess.run([*COMMAND, "verify"], env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout, done.stderr, file=sys.stderr)
        return done.returncode == 0

    def trial(self, *words: str, within: float) -> None:
        """One kill, one look, and one run to the end."""
        before = self.history()
        done = self.killed(*words, within=within)
        begun = time.monotonic()
        folder = DataFolder(self.home)
        with folder.locked(), folder.ledger() as ledger:
            folder.recover(ledger)
        self.slowest_recovery = max(self.slowest_recovery, time.monotonic() - begun)
        after = self.history()
        self.counts["published" if len(after) > len(before) else "not published"] += 1
        self.counts["lost"] += done and len(after) <= len(before)
        self.counts["mixed"] += bool(after) and not self.verified()
        self.counts["trials"] += 1


def editions(folder: Path, *, rows_of_each: int | None = None) -> tuple[Path, Path]:
    """Two states of the packaged FDA list, or of its beginning: as it is, and with every tenth device renamed."""
    source = ROOT / "data" / "fda-ai-devices" / "devices.csv"
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))[: rows_of_each and rows_of_each + 1]
    one, two = folder / "one.csv", folder / "two.csv"
    for path, step in ((one, 0), (two, 10)):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [header, *(_renamed(row) if step and n % step == 0 else row for n, row in enumerate(rows))]
            )
    return one, two


def _renamed(row: list[str]) -> list[str]:
    return [*row[:2], row[2] + " II", *row[3:]]


def by_steps(points: Iterable[int], home: Path | None = None) -> int:
    """Kill imports at these of the points, one after the other, in this data folder or a new one; see the head of this file."""
    with tempfile.TemporaryDirectory() as folder:
        lists = editions(Path(folder), rows_of_each=60)
        trials = Trials(home or Path(folder) / "import", seed=0)
        if home is None:
            trials.run("load")
        words = ("import", "fda-ai-devices", "--accept-shrink", "--note", "trial")
        trials.run(*words, str(lists[1]))
        for number, point in enumerate(points):
            trials.step(point, *words, str(lists[number % 2]))
    found = {"points": len(POINTS), "mixed": 0, "lost": 0, **trials.counts, "recovery_max_s": round(trials.slowest_recovery, 2)}
    print(json.dumps(found))
    return 1 if trials.counts["mixed"] or trials.counts["lost"] else 0


def both(folder: Path, asked: argparse.Namespace) -> list[Trials]:
    """Half of the trials during loads into folders of their own, half during imports."""
    return [*loads(folder, asked.trials // 2, asked.seed), imports(folder, asked.trials - asked.trials // 2, asked.seed)]


def loads(folder: Path, count: int, seed: int) -> Iterator[Trials]:
    """Kill the first load of the packaged content."""
    usual = Trials(folder / "usual", seed).run("load")
    for number in range(count):
        trials = Trials(folder / f"load{number}", seed + number)
        trials.trial("load", within=usual)
        trials.run("load")
        trials.counts["mixed"] += not trials.verified()
        yield trials


def imports(folder: Path, count: int, seed: int, home: Path | None = None) -> Trials:
    """Kill imports of the FDA list into the packaged content, or of its beginning into the given data folder."""
    lists = editions(folder, rows_of_each=60 if home else None)
    trials = Trials(home or folder / "import", seed)
    if home is None:
        trials.run("load")
    words = ("import", "fda-ai-devices", "--accept-shrink", "--note", "trial")
    usual = trials.run(*words, str(lists[1]))
    for number in range(count):
        trials.trial(*words, str(lists[number % 2]), within=usual)
        trials.run(*words, str(lists[number % 2]))
    return trials


def main(words: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trials", type=int, default=20, help="half of them during load, half during import")
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--imports", type=Path, help="a data folder to use, and no trial of load; its imports are short ones")
    options.add_argument("--steps", type=int, default=0, help="so many trials, each at the next step of an import")
    given = sys.argv[1:] if words is None else words
    if given[:1] == [DIE]:
        die_at(*given[1:3])
        cli.main(given[3:])
    asked = options.parse_args(given)
    if asked.steps:
        return by_steps(number % len(POINTS) for number in range(asked.steps))
    counts: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        done = [imports(Path(folder), asked.trials, asked.seed, asked.imports)] if asked.imports else both(Path(folder), asked)
    for trials in done:
        counts += trials.counts
        slowest = max(slowest, trials.slowest_recovery)
    found = {
        "seed": asked.seed,
        **counts,
        "mixed": counts["mixed"],
        "lost": counts["lost"],
        "recovery_max_s": round(slowest, 2),
    }
    print(json.dumps(found))
    return 1 if counts["mixed"] or counts["lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
