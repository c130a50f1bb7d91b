"""What an importer is, and where the installed ones are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, runtime_checkable

from pyoxigraph import NamedNode, Quad

from standards_graph.errors import BadInput, NotFound
from standards_graph.importing import packing
from standards_graph.model.findings import Finding

GROUP = "standards_graph.importers"
"""The entry point group by which importers are found: ours come in by the same door as others'."""


class Row:
    """Says that one more row of the source was read; what it says comes after."""


ROW = Row()

Told = Quad | Finding | Row
"""What an importer gives, in the order in which it reads."""


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

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether a file looks like one of this source, judged by its name and its first characters.

        ``beginning`` is what ``packing.beginning`` gives: unpacked, of a spreadsheet the beginning of its list of texts.
        """
        ...

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the file says, as quads of the graph in a stable order; raises UnreadableFile with the place.

        ``ROW`` comes before what each row says. What is wrong with single rows may come between the quads, as findings: a
        violation stops publication. A file of any length has to need little memory: give quads as rows are read. A quad may
        come more than once.
        """
        ...


@runtime_checkable
class WithTexts(Protocol):
    """An importer whose source holds texts of publishers, such as abstracts, that are left out unless they are asked for."""

    def with_texts(self) -> Importer:
        """The same importer, which takes the texts in."""
        ...


@runtime_checkable
class OfAnySource(Protocol):
    """An importer of a form that any source may use: it gives way to those who know the source of a file."""

    of_any_source: bool


@runtime_checkable
class OneGraphEach(Protocol):
    """An importer whose files fill graphs of their own, not one for the whole source."""

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills, such as ``mapping/ibm2ibm``."""
        ...


@runtime_checkable
class WithCompanions(Protocol):
    """An importer whose files are read together with others that lie beside them."""

    def companions(self, path: Path) -> tuple[Path, ...]:
        """The files that lie beside a file and are read with it."""
        ...


def apart(source: str, paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Files as they were named: those that are read by themselves, and all that are read with them; each once."""
    one = importer(source)
    if not isinstance(one, WithCompanions):
        return tuple(paths), ()
    beside = {found.resolve(): found for path in paths for found in one.companions(path)}
    return tuple(path for path in paths if path.resolve() not in beside), tuple(beside.values())


def filled(source: str, paths: Sequence[Path]) -> str:
    """The name of the graph that these files of a source fill; raises BadInput where it is more than one."""
    one = importer(source)
    names = {one.fills(path) for path in paths} if isinstance(one, OneGraphEach) else {f"source/{source}"}
    if len(names) > 1:
        raise BadInput(f"Each of these files fills a graph of its own ({', '.join(sorted(names))}): import them one by one.")
    return names.pop()


def recognised(path: Path) -> str:
    """The name of the one importer that accepts a file; raises BadInput, which names those to choose from."""
    known, beginning = importers(), packing.beginning(path)
    accepting = [one for one in known if one.accepts(path, beginning)]
    own = [one for one in accepting if not (isinstance(one, OfAnySource) and one.of_any_source)]
    found = [one.name for one in own or accepting]
    if len(found) != 1:
        choice = ", ".join(found or [one.name for one in known])
        raise BadInput(
            f"{path.name} is {'of no known kind' if not found else 'of more than one kind'}: name the source ({choice})."
        )
    return found[0]


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
