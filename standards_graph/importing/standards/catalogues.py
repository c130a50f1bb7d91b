"""Catalogues of standards bodies, as Relaton publishes them: one YAML document for each edition, alone or in an archive.

Editions, amendments, drafts and consolidated editions become editions of one standard. The abstracts are the publishers' texts:
they are left out unless they are asked for. Titles that read alike in two languages or two bodies are no mapping.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.packing import plain_name
from standards_graph.importing.sssom import UNSPECIFIED
from standards_graph.importing.standards import listed, relaton
from standards_graph.importing.standards.bodies import BODIES
from standards_graph.importing.standards.records import Reading
from standards_graph.model.findings import Finding, Severity

_YAML = (".yaml", ".yml")
_ARCHIVES = (".tar.xz", ".tar.gz", ".tgz", ".tar", ".zip")


_IDENTIFIER = re.compile(r"- (id|content): ")


class Catalogue:
    """Reads the catalogue of one standards body."""

    licence = UNSPECIFIED

    def __init__(self, key: str, *, texts: bool = False) -> None:
        self._body, self._texts = BODIES[key], texts
        self.name = f"relaton-{key}"
        self.title = f"Catalogue of standards: {key.upper()} (Relaton)"
        self.description = (
            f"Records of standards of {self._body.name} in the form of Relaton: a YAML file for each edition, alone or many in "
            "a zip or tar archive. Abstracts are left out unless they are asked for."
        )

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is YAML, alone or in an archive, whose primary identifier is one of the body."""
        name = path.name.lower()
        if not (plain_name(path).endswith(_YAML) or name.endswith(_ARCHIVES)):
            return False
        return _names_first(beginning, self._body.identifies)

    def with_texts(self) -> Catalogue:
        """The same importer, which takes the abstracts in."""
        return Catalogue(self._body.key, texts=True)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the records say, one after the other in the order of the file; records that cannot be used are told."""
        licence = NamedNode(self.licence)
        reading = Reading(self._body, graph, licence, texts=self._texts)
        wrong = _Wrong(self.name, path)
        yield from saying.file_record(graph, path, url=self._body.catalogue, licence=licence)
        for number, (name, stream) in enumerate(packing.members(path), start=1):
            if Path(name).suffix.lower() not in _YAML and Path(name).name != path.name:
                wrong.left["files that are no YAML"] += 1
                continue
            yield ROW
            try:
                told = relaton.document(plain.from_yaml(stream.read(), source=str(path)))
            except UnreadableFile as error:
                if name == path.name:
                    raise
                yield wrong.row("unreadable", "The record cannot be read and is left out.", number, f"{name}: {error}")
            except ValueError as error:
                if name == path.name:
                    raise UnreadableFile(str(error), source=str(path)) from error
                yield wrong.row("unreadable", "The record cannot be read and is left out.", number, f"{name}: {error}")
            else:
                yield from wrong.placed(reading.said(told), number)
        yield from listed.left_out(self.name, path, wrong.left + reading.left)


def _names_first(text: str, kind: str) -> bool:
    """Whether an identifier of this kind is the primary one of a record that begins with this text."""
    of_kind = within = False
    for line in text.splitlines():
        if not line.startswith("  "):
            of_kind = False
            within = bool(_IDENTIFIER.match(line))
        elif within:
            of_kind = of_kind or line == f"  type: {kind}"
            if of_kind and line == "  primary: true":
                return True
    return False


class _Wrong:
    """The findings of one file."""

    def __init__(self, source: str, path: Path) -> None:
        self._source, self._path = source, path
        self.left = Counter[str]()

    def row(self, what: str, message: str, line: int, value: str, severity: Severity = Severity.WARNING) -> Finding:
        """What is wrong with one record; the line is the number of the record."""
        return Finding(f"{self._source}-{what}", "", message, severity, source=str(self._path), line=line, value=value)

    def placed(self, told: Iterator[Told], line: int) -> Iterator[Told]:
        """What a record says, its findings with their place."""
        for one in told:
            yield (
                replace(one, rule=f"{self._source}-{one.rule}", source=str(self._path), line=line)
                if isinstance(one, Finding)
                else one
            )


class Iso(Catalogue):
    """Reads the catalogue of ISO."""

    def __init__(self) -> None:
        super().__init__("iso")


class Iec(Catalogue):
    """Reads the catalogue of the IEC."""

    def __init__(self) -> None:
        super().__init__("iec")


class Etsi(Catalogue):
    """Reads the catalogue of ETSI."""

    def __init__(self) -> None:
        super().__init__("etsi")


class Itu(Catalogue):
    """Reads the catalogue of the ITU."""

    def __init__(self) -> None:
        super().__init__("itu")


class Ieee(Catalogue):
    """Reads the catalogue of the IEEE."""

    def __init__(self) -> None:
        super().__init__("ieee")


class Jis(Catalogue):
    """Reads the catalogue of Japanese Industrial Standards."""

    def __init__(self) -> None:
        super().__init__("jis")
