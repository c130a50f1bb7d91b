"""Reading a foreign file: this is what runs in the confined process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from standards_graph.errors import BadInput, UnreadableFile
from standards_graph.formats.quads import Quads, in_file
from standards_graph.importing.base import Importer, Told, WithTexts, importer
from standards_graph.model.findings import Finding, Report
from standards_graph.store.sorting import Sorter
from standards_graph.workers.once import Tell

FUNCTION = f"{__name__}:read"
"""The name by which the confined process finds ``read``."""
FILE = "read.nq"
"""What the quads are called in the folder that ``read`` writes to."""
STUMBLED = "where it was not expected; compare the file with one that the source publishes"
"""How an error ends that an importer has no words of its own for."""
ALIKE = 1_000
"""How many findings of one kind are told one by one; of the rest, how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading: the quads, the findings, and how many rows there were."""

    quads: Quads
    report: Report
    rows: int


def argument(source: str, paths: list[Path], graph: NamedNode, folder: Path, *, texts: bool = False) -> bytes:
    """What ``read`` takes; ``folder`` is where it writes, ``texts`` whether texts of publishers are wanted."""
    told = {"source": source, "paths": list(map(str, paths)), "graph": graph.value, "folder": str(folder), "texts": texts}
    return json.dumps(told).encode()


def read(argued: bytes, tell: Tell) -> bytes:
    """Write the quads of the files to the folder, sorted; give the findings and counts. Raises UnreadableFile, BadInput."""
    asked = json.loads(argued)
    reader, graph, folder = _reader(asked["source"], texts=asked["texts"]), NamedNode(asked["graph"]), Path(asked["folder"])
    sorter, findings, rows = Sorter(folder), _Findings(), 0
    for path in map(Path, asked["paths"]):
        for one in told(reader, path, graph):
            if isinstance(one, Quad):
                sorter.add((one,))
            elif isinstance(one, Finding):
                findings.add(one)
            else:
                rows += 1
                tell(rows)
    quads = sorter.sorted(FILE)
    return json.dumps({"findings": findings.report().records(), "quads": len(quads), "rows": rows}).encode()


def outcome(given: bytes, folder: Path, *, keep: object = None) -> Outcome:
    """What ``read`` gave and wrote; the quads hold on to ``keep``."""
    found = json.loads(given)
    return Outcome(in_file(folder / FILE, found["quads"], keep=keep), Report.of_records(found["findings"]), found["rows"])


def _reader(source: str, *, texts: bool) -> Importer:
    found = importer(source)
    if not texts:
        return found
    if not isinstance(found, WithTexts):
        raise BadInput(f"The source {source} holds no texts of publishers that could be taken in. Leave --with-texts out.")
    return found.with_texts()


_STUMBLES = (
    ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What reading something of another form than expected ends in; RecursionError comes of JSON nested without end."""


def told(reader: Importer, path: Path, graph: NamedNode) -> Iterator[Told]:
    """What an importer reads; raises UnreadableFile also where it stumbles over a file that is not of its source's form."""
    if not path.is_file():
        raise UnreadableFile("there is no such file", source=str(path))
    try:
        yield from reader.read(path, graph)
    except _STUMBLES as error:
        raise UnreadableFile(f"{error!r} {STUMBLED}"[:500], source=str(path)) from error


class _Findings:
    """Findings in their order; of very many that are alike only the first ones, and then their number."""

    def __init__(self) -> None:
        self._found, self._counts, self._last = list[Finding](), Counter[tuple[str, ...]](), dict[tuple[str, ...], Finding]()

    def add(self, one: Finding) -> None:
        kind = (one.rule, one.severity.value, one.column, one.source)
        self._counts[kind] += 1
        if self._counts[kind] <= ALIKE:
            self._found.append(one)
        else:
            self._last[kind] = one

    def report(self) -> Report:
        more = (
            replace(
                one,
                thing="",
                value="",
                line=None,
                message=f"{self._counts[kind] - ALIKE:,} more rows like these: {one.message}",
            )
            for kind, one in self._last.items()
        )
        return Report((*self._found, *more))
