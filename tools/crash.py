"""Kill -9 in the middle of ``load`` and of ``import``, again and again, and look at what is left.

    python tools/crash.py --trials 20

Each trial starts a command as a process, kills it with all that came from it after a random time within the command's usual
length, and then reads the whole data folder back: the ledger's chain, the count, the fingerprint, the default graph. A trial
is *mixed* when what is stored is not exactly what one published revision holds, *lost* when a command had said that it was
done and its revision is not there. Afterwards the command is run again to its end, which must work. Prints one line of JSON;
exit code 1 when anything was mixed or lost.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from standards_graph.store.folder import DataFolder

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "standards_graph.cli"]


class Trials:
    """One data folder, and what befell it."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home = home
        self.random = random.Random(seed)
        self.env = os.environ | {"STANDARDS_GRAPH_HOME": str(home)}
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


def editions(folder: Path) -> tuple[Path, Path]:
    """Two states of the packaged FDA list: as it is, and with every tenth device renamed."""
    source = ROOT / "data" / "fda-ai-devices" / "devices.csv"
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    one, two = folder / "one.csv", folder / "two.csv"
    for path, step in ((one, 0), (two, 10)):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [header, *(_renamed(row) if step and n % step == 0 else row for n, row in enumerate(rows))]
            )
    return one, two


def _renamed(row: list[str]) -> list[str]:
    return [*row[:2], row[2] + " II", *row[3:]]


def main(words: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trials", type=int, default=20, help="half of them during load, half during import")
    options.add_argument("--seed", type=int, default=int(time.time()))
    asked = options.parse_args(words)
    counts: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        lists = editions(Path(folder))
        usual = Trials(Path(folder) / "usual", asked.seed).run("load")
        for number in range(asked.trials // 2):
            trials = Trials(Path(folder) / f"load{number}", asked.seed + number)
            trials.trial("load", within=usual)
            trials.run("load")
            trials.counts["mixed"] += not trials.verified()
            counts += trials.counts
            slowest = max(slowest, trials.slowest_recovery)
        trials = Trials(Path(folder) / "import", asked.seed)
        trials.run("load")
        words = ("import", "fda-ai-devices", "--accept-shrink", "--note", "trial")
        usual = trials.run(*words, str(lists[1]))
        for number in range(asked.trials - asked.trials // 2):
            trials.trial(*words, str(lists[number % 2]), within=usual)
            trials.run(*words, str(lists[number % 2]))
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
