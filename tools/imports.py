"""What an import comes to: rows, quads, entities, findings, seconds for each step, memory, and the rate of a bare bulk load.

    python -m tools.imports --home DATA_FOLDER FILE [FILE ...]
    python -m tools.imports --home DATA_FOLDER --as SOURCE FILE [FILE ...]

Each file is imported into a copy of the data folder, which has to hold the packaged content (``standards-graph load``): once
to measure, and once more to see that the same file changes nothing. A file is taken for what it is recognised as, or for the
named source. Prints a line of JSON for each; ``bulk`` is how many times longer the import takes than loading the same quads
into an empty store by the engine alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox

from standards_graph.curator import Curator
from standards_graph.errors import RegistryError
from standards_graph.formats.quads import Quads
from standards_graph.registry import Registry
from standards_graph.settings import Settings

DUMPS_OFF = 1
"""The largest registry that is dumped when it is published: none here, for dumps are no part of an import."""
PATIENCE = 3600.0
"""Seconds that reading or checking may take: what is measured here may run beside other work."""


def bulk_seconds(quads: Quads) -> float:
    """How long the engine alone takes for these quads, from a file into an empty store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.nq"
        with path.open("wb") as file:
            file.writelines(quads.lines())
        begun = time.perf_counter()
        store = ox.Store(str(Path(folder) / "store"))  # noqa: TID251 - the bare engine is what is compared with
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        store.flush()
        return time.perf_counter() - begun


def measured(home: Path, source: str, paths: list[Path]) -> dict[str, object]:
    """One import, measured in this process."""
    with Registry.open(Settings(home=home, dump_quads=DUMPS_OFF, import_seconds=PATIENCE)) as registry:
        curator = Curator(registry)
        source = source or curator.recognised(paths[0])
        steps: dict[str, float] = {}
        begun = time.perf_counter()

        def heard(step: str, _: int) -> None:
            steps.setdefault(step, time.perf_counter() - begun)

        brought = curator.bring(source, paths, leave_out=True, progress=heard)
        report = brought.report
        found: dict[str, object] = {
            "source": source,
            "file": ", ".join(path.name for path in paths),
            "rows": brought.rows,
            "quads": len(brought.quads),
            "findings": dict(
                Counter(f"{one.severity.value} {one.rule.rpartition('/')[2]}" for one in report.findings).most_common()
            ),
        }
        if report.conforms:
            done = curator.publish(brought, agent="tools.imports", accept_shrink=True, progress=heard)
            seconds = time.perf_counter() - begun
            found |= {"entities": done.entities, "added": done.added, "conforms": True}
        else:
            seconds = time.perf_counter() - begun
            found["conforms"] = False
        marks = [*steps.items(), ("end", seconds)]
        found["seconds"] = round(seconds, 1)
        found["steps"] = {step: round(marks[n + 1][1] - start, 1) for n, (step, start) in enumerate(marks[:-1])}
        found["rows_per_second"] = round(brought.rows / seconds)
        found["bulk"] = round(seconds / max(bulk_seconds(brought.quads), 0.001), 1)
        if report.conforms:
            again = curator.import_files(source, paths, agent="tools.imports", leave_out=True)
            found["again"] = again.added + again.removed
    found["megabytes"] = {
        "process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "confined": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }
    return found


def main(words: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--as", dest="source", default="")
    options.add_argument("--together", action="store_true", help="all files are one import")
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("files", nargs="+", type=Path)
    asked = options.parse_args(words)
    if asked.here:
        try:
            print(json.dumps(measured(asked.home, asked.source, asked.files), ensure_ascii=False), flush=True)
        except RegistryError as error:
            print(json.dumps({"file": asked.files[0].name, "error": str(error)}, ensure_ascii=False), flush=True)
        return 0
    for paths in [asked.files] if asked.together else [[path] for path in asked.files]:
        with tempfile.TemporaryDirectory(dir=asked.home.parent) as folder:
            copy = Path(folder) / "home"
            shutil.copytree(asked.home, copy, ignore=shutil.ignore_patterns("dumps", "*.sock", "lock"))
            told = ["--here", "--home", str(copy), "--as", asked.source, *map(str, paths)]
            subprocess.run([sys.executable, "-m", "tools.imports", *told], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
