"""The European Medical Device Nomenclature: kinds of device, as the Commission publishes them as a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes import concepts
from standards_graph.importing.forms import Record, sheet
from standards_graph.importing.packing import plain_name
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO, SKOS

PAGE = "https://webgate.ec.europa.eu/dyna2/emdn/"
REUSE = "https://eur-lex.europa.eu/eli/dec/2011/833/oj"
"""The Commission's decision on the reuse of its documents."""

CODE, TERM, LEVEL, TERMINAL = "CODE", "TERM", "LEVEL", "TERMINAL LEVEL YES/NO"
COLUMNS = (CODE, TERM, LEVEL, TERMINAL)

ENDINGS = {"92": "medical device software", "82": "software accessories"}
"""What the last two digits of a code say, where its term speaks of software too."""

EMDN = vocab.concept("emdn")
_CODE = re.compile(r"[A-Z]([0-9]{2}){0,6}")


class Emdn:
    """Reads the nomenclature."""

    name = "emdn"
    title = "European Medical Device Nomenclature (EMDN)"
    description = (
        "The nomenclature of kinds of medical devices that the European Commission publishes as a spreadsheet: "
        "a code, a term, a level from 1 to 7, and whether the code is terminal."
    )
    licence = REUSE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is a spreadsheet with the columns of the nomenclature."""
        return plain_name(path).endswith(".xlsx") and all(
            f">{word}" in beginning for word in ("CATEGORY ", "CATEGORY DESCRIPTION", "CODE", "LEVEL ")
        )

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The nomenclature and its codes in the order of the file, and what was found wrong."""
        if plain_name(path).endswith(".xlsx"):
            yield from self._told(path, graph)
        else:
            raise UnreadableFile("the nomenclature is published as .xlsx; take that file", source=str(path))

    def _told(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        facts = saying.record(
            graph, url=PAGE, date="", key=self.name, level="source-read", licence=NamedNode(REUSE), printed=None
        )
        concepts.scheme(facts, self.name, label=self.title)
        known: set[str] = set()
        for row in sheet(path, skip=1):
            if not known and (missing := [one for one in COLUMNS if one not in row.values]):
                told = f"the second row has to name the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}"
                raise UnreadableFile(told, source=str(path))
            if not known:
                yield from saying.file_record(graph, path, url=PAGE, licence=NamedNode(REUSE))
            yield ROW
            code, term = _text(row, CODE), _text(row, TERM)
            if not _CODE.fullmatch(code) or not term or code in known:
                yield _left_out(row, code, repeated=code in known)
                known.add(code)
                continue
            known.add(code)
            yield from _checked(row, code, term, known)
            _say(facts, row, code, term, known)
            yield from facts.quads()
            facts.found.clear()
        if not known:
            raise UnreadableFile("the file lists no code", source=str(path))


def iri(code: str) -> NamedNode:
    """The kind of device with that code: ``Z12011392``."""
    return vocab.concept("emdn", code.lower())


def above(code: str) -> str:
    """The code under which a code stands; empty for a category: ``A0101`` is under ``A01``, that one under ``A``."""
    return code[:-2] if len(code) > 3 else code[: len(code) > 1]


def _text(row: Record, column: str) -> str:
    return " ".join(row.values[column].split())


def _say(facts: saying.Facts, row: Record, code: str, term: str, known: set[str]) -> None:
    over = above(code)
    kind = concepts.code(
        facts, iri(code), SGO.DeviceType, label=term, within=EMDN, above=[iri(over)] if over and over in known else []
    )
    facts.say(kind, SKOS.notation, Literal(code))
    terminal = _text(row, TERMINAL).lower()
    facts.say(kind, SKOS.scopeNote, saying.english(f"Terminal level: {terminal}") if terminal else None)
    if meant := _software(code, term):
        facts.say(kind, SKOS.editorialNote, saying.english(f"The code ends with {code[-2:]}, which stands for {meant}."))


def _software(code: str, term: str) -> str:
    """What the ending of the code says, where the term agrees; one term of the second version reads SOFTWAE."""
    return ENDINGS.get(code[-2:], "") if "SOFTWA" in term.upper() else ""


def _checked(row: Record, code: str, term: str, known: set[str]) -> Iterator[Finding]:
    over, level = above(code), _text(row, LEVEL)
    if over and over not in known:
        message = "The code above is not in the file before this one; the code stands at the top."
        yield _about(row, code, "emdn-above", message, CODE, over)
    if level != str(len(code) // 2 + 1):
        yield _about(row, code, "emdn-level", "The level is not the one that the length of the code says.", LEVEL, level)
    if code[-2:] in ENDINGS and len(code) > 3 and not _software(code, term):
        message = "The code ends like one of software and its term does not say so; nothing is said of software."
        yield _about(row, code, "emdn-not-software", message, TERM, term, Severity.INFO)


def _about(
    row: Record, code: str, rule: str, message: str, column: str, value: str, severity: Severity = Severity.WARNING
) -> Finding:
    return Finding(rule, iri(code).value, message, severity, source=str(row.path), line=row.line, column=column, value=value)


def _left_out(row: Record, code: str, *, repeated: bool) -> Finding:
    reason = "the code stands in the file before" if repeated else "it has no term, or no code of a letter and pairs of digits"
    return Finding(
        "emdn-repeated" if repeated else "emdn-no-code",
        "",
        f"The row is left out: {reason}.",
        source=str(row.path),
        line=row.line,
        column=CODE,
        value=code,
        remedy="Correct the row, or import with --leave-out.",
    )
