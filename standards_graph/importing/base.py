"""What an importer is, and where the installed ones are found."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from standards_graph.errors import NotFound

GROUP = "standards_graph.importers"
"""The entry point group by which importers are found: ours come in by the same door as others'."""


class Importer(Protocol):
    """Knows one source: which files it publishes and what their rows say."""

    name: str
    """The name on the command line and of the graph: ``sgg:source/{name}``."""
    title: str
    """What the source is, in a few words."""
    description: str
    """What is read, from whom, and in which forms, in one or two sentences."""
    licence: str
    """The address of the licence of the data."""

    def accepts(self, path: Path) -> bool:
        """Whether a file looks like one of this source, judged by its name."""
        ...

    def read(self, path: Path, graph: NamedNode) -> Iterator[Quad]:
        """What the file says, as quads of the graph in a stable order; raises UnreadableFile with the place."""
        ...


def importers() -> tuple[Importer, ...]:
    """Every importer that is installed, by name."""
    found = (one.load()() for one in entry_points(group=GROUP))
    return tuple(sorted(found, key=lambda one: str(one.name)))


def importer(name: str) -> Importer:
    """The importer of that name; raises NotFound, which names the others."""
    known = {one.name: one for one in importers()}
    if name not in known:
        raise NotFound(f"There is no importer {name!r}; installed are: {', '.join(known) or 'none'}.")
    return known[name]
