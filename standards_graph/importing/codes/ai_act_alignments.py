"""Alignments of an ontology of the AI Act with others: each says "equal", however unsure, and none is taken at its word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes import correspondences
from standards_graph.importing.codes.correspondences import Set, Side
from standards_graph.importing.codes.values import objects, part, text
from standards_graph.importing.forms import document
from standards_graph.importing.packing import plain_name
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO

SITE = "https://github.com/sefeoglu/eu-ai-act-ontology"
MIT = "https://opensource.org/license/mit"
KEYS = ("corresponding_classes", "corresponding_properties")
SURE = 0.95
"""From this measure on, two things that are said to be equal are taken for alike; below it, for related."""

_ENTITY = re.compile(r'<entity[12]\s+rdf:resource="([^"<>\s]+)"')
_RELATION = re.compile(r"<relation>([^<]*)</relation>")
_MEASURE = re.compile(r"<measure[^>]*>([^<]*)</measure>")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One alignment: two things, and how sure it is that they are equal."""

    one: str
    other: str
    relation: str
    measure: float
    in_cell: tuple[str, ...] = ()


class AiActAlignments:
    """Reads the alignments."""

    name = "ai-act-alignments"
    title = "Alignments of an AI Act ontology"
    description = (
        "Alignments of an ontology of the AI Act with DPV, VAIR and AIRO (mappings.json): cells of the Alignment API, or plain "
        "objects. Their equalities come in as candidates that two things are alike or related."
    )
    licence = MIT

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is JSON of such alignments."""
        return plain_name(path).endswith(".json") and f'"{KEYS[0]}"' in beginning and '"entity1"' in beginning

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"mapping/{_name(path)}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The set and its records in the order of the file, and what was overclaimed or is wrong."""
        told = document(path)
        if not isinstance(told, dict) or not any(key in told for key in KEYS):
            raise UnreadableFile(f"the file has to hold {' and '.join(KEYS)}", source=str(path))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(MIT))
        into = Set(graph, self.name, _name(path), SITE, NamedNode(MIT))
        yield from into.said(self.title, {})
        met: set[Cell] = set()
        claimed = repeated = 0
        for line, row in enumerate((row for key in KEYS for row in objects(told.get(key) or [], key, path)), start=1):
            yield ROW
            cell = _cell(row)
            if cell is None or cell.relation != "=":
                yield _left_out(path, line, row)
                continue
            if cell.in_cell and cell.in_cell != (cell.one, cell.other):
                yield _contradicts(path, line, cell)
            repeated += cell in met
            if cell in met:
                continue
            met.add(cell)
            claimed += 1
            yield from _record(into, row, cell)
        yield from _told(path, claimed, repeated)


def _name(path: Path) -> str:
    return f"ai-act-alignments-{identifiers.name_slug(Path(plain_name(path)).stem)}"


def _cell(row: Mapping[str, Any]) -> Cell | None:
    """The alignment of a row; None where an end is missing."""
    ends = [text(part(row, key), "uri") for key in ("entity1", "entity2")]
    cell = str(row.get("map") or "")
    relation = _RELATION.search(cell)
    measure = _MEASURE.search(cell)
    if not all(map(_IRI.fullmatch, ends)):
        return None
    try:
        sure = float(measure[1] if measure else text(row, "measure"))
    except ValueError:
        return None
    said = relation[1].strip() if relation else text(row, "relation")
    return Cell(ends[0], ends[1], said, sure, tuple(_ENTITY.findall(cell))) if 0 < sure <= 1 else None


def _record(into: Set, row: Mapping[str, Any], cell: Cell) -> Iterator[Told]:
    one, other = (Side(NamedNode(iri), _label(row, key, iri)) for key, iri in (("entity1", cell.one), ("entity2", cell.other)))
    relation = SGO.closeTo if cell.measure >= SURE else SGO.relatedTo
    comment = text(part(row, "entity1"), "comments")
    more = correspondences.given({"confidence": f"{cell.measure:g}", "comment": comment})
    yield from into.record(one, relation, other, more, basis=correspondences.overclaimed(f"{cell.measure:g}"))


def _label(row: Mapping[str, Any], key: str, iri: str) -> str:
    return text(part(row, key), "label") or re.split(r"[/#]", iri)[-1]


def _told(path: Path, claimed: int, repeated: int) -> Iterator[Finding]:
    if claimed:
        message = "Equalities nobody justified are taken for likeness from 0.95 on, and below it for a mere relation."
        yield Finding(
            "alignment-overclaimed", "", message, Severity.WARNING, source=str(path), column="relation", value=str(claimed)
        )
    if repeated:
        message = "Alignments that repeat another one are taken once."
        yield Finding("alignment-repeated", "", message, Severity.INFO, source=str(path), value=str(repeated))


def _contradicts(path: Path, line: int, cell: Cell) -> Finding:
    message = "The cell names other things than the fields beside it; the fields are taken."
    value = " ".join(cell.in_cell)
    return Finding("alignment-cell", "", message, Severity.WARNING, source=str(path), line=line, column="map", value=value)


def _left_out(path: Path, line: int, row: Mapping[str, Any]) -> Finding:
    message = "The row is left out: an end is no address, the measure is no number from 0 to 1, or the relation is not =."
    return Finding("alignment-row", "", message, source=str(path), line=line, value=str(row.get("relation") or "")[:80])
