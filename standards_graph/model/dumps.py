"""A dump: everything that one revision holds, in files for any other program."""

from __future__ import annotations

from dataclasses import dataclass

from standards_graph.model.changes import Revision

NQUADS, TRIG, ABOUT = "nq.gz", "trig.gz", "ttl"
"""The endings of the files: the statements in N-Quads and in TriG, packed with gzip, and the description of both."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file: its name, its size in bytes, and its SHA-256 (hex)."""

    name: str
    size: int
    digest: str

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Dump:
    """The files of one revision, and the revision that was published before it, if any."""

    revision: Revision
    before: Revision | None
    files: tuple[DumpFile, ...]

    @property
    def data(self) -> tuple[DumpFile, ...]:
        """The files that hold the statements."""
        return tuple(file for file in self.files if file.ending != ABOUT)
