"""Correspondences of requirements of CISO Assistant: typed, in one direction or in both, as candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes import correspondences
from standards_graph.importing.codes.ciso_catalogue import AGPL, ENDINGS, LIBRARY, SITE, day, library, paper_of
from standards_graph.importing.codes.correspondences import Set, Side, slot
from standards_graph.importing.codes.papers import Paper
from standards_graph.importing.codes.values import objects, text
from standards_graph.importing.packing import plain_name
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO

SETS = ("requirement_mapping_sets", "requirement_mapping_set")
"""Where a library keeps its sets: a list of them, or one."""

RELATIONS: Mapping[str, NamedNode] = {
    "equal": SGO.equivalentTo,
    "subset": SGO.entailedBy,
    "superset": SGO.entails,
    "intersect": SGO.overlaps,
}
"""What the words say of two requirements: the library compares what they ask for, the registry what meets them.

Whatever meets clause 9.2 of 2013, which asks for more (``superset``), meets clause 9.2.1 of 2022 too, and so entails it.
"""

INVERSE = {"equal": "equal", "subset": "superset", "superset": "subset", "intersect": "intersect"}

RATIONALES = ("syntactic", "semantic", "functional")
"""The kinds of rationale of NIST IR 8477."""

RATIONALE, STRENGTH, SCALE = slot("ext_rationale"), slot("ext_strength"), slot("ext_strength_scale")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: two requirements, how they stand to each other, why and how much."""

    line: int
    source: str
    target: str
    relation: str
    rationale: str
    strength: str
    note: str

    @property
    def pair(self) -> Key:
        """What is compared."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class Direction:
    """One set of a library: the two documents, and its rows."""

    source: str
    target: str
    rows: tuple[Row, ...]


class CisoMappings:
    """Reads the correspondences of a library."""

    name = "ciso-mapping"
    title = "Mapping of requirements (CISO Assistant)"
    description = (
        "A library of CISO Assistant that says which requirements of one document equal, contain or overlap those of another "
        "(.yaml). Each library fills a graph of its own, called by the file's name; its records come in as candidates."
    )
    licence = AGPL

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is a library that begins with a mapping set."""
        return plain_name(path).endswith(ENDINGS) and LIBRARY in beginning and f"\n  {SETS[1]}" in beginning

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"mapping/{_name(path)}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The set and its records in the order of the file, then what was found wrong."""
        told = library(path)
        sets = [one for key in SETS for one in _listed(told["objects"].get(key), path)]
        if not sets:
            raise UnreadableFile("the library holds no requirement_mapping_sets", source=str(path))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(AGPL), release=day(told))
        found: list[Finding] = []
        ways = [_direction(one, path, found) for one in sets]
        scale = _scale(ways)
        extensions = (RATIONALE, STRENGTH, SCALE) if any(row.strength for way in ways for row in way.rows) else (RATIONALE,)
        into = Set(graph, self.name, _name(path), SITE, NamedNode(AGPL), extensions)
        yield from into.said(text(told, "name") or path.name, _about(told))
        for place, way in enumerate(ways):
            yield from (ROW for _ in way.rows)
            mirrored = [other for other in ways[:place] if (other.source, other.target) == (way.target, way.source)]
            for row in _kept(way, mirrored, path, found):
                ends = _side(way.source, row.source), _side(way.target, row.target)
                yield from into.record(ends[0], RELATIONS[row.relation], ends[1], _more(row, told, scale))
        yield from found
        yield from _unnamed(ways, path)


def _name(path: Path) -> str:
    return identifiers.name_slug(Path(plain_name(path)).stem)


def _listed(found: Any, path: Path) -> Sequence[Mapping[str, Any]]:
    return [found] if isinstance(found, dict) else objects(found or [], "the library's list of mapping sets", path)


def _about(told: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return correspondences.given(
        {
            "mapping_set_id": text(told, "urn"),
            "mapping_set_version": text(told, "version"),
            "mapping_set_description": text(told, "description"),
            "publication_date": day(told) if len(day(told)) == 10 else "",
            "creator_label": text(told, "packager"),
            "other": f"Copyright, as the library says: {text(told, 'copyright')}" if told.get("copyright") else "",
        }
    )


def _direction(told: Mapping[str, Any], path: Path, found: list[Finding]) -> Direction:
    rows = []
    for line, one in enumerate(objects(told.get("requirement_mappings") or [], "requirement_mappings", path), start=1):
        row = Row(
            line,
            text(one, "source_requirement_urn"),
            text(one, "target_requirement_urn"),
            text(one, "relationship"),
            text(one, "rationale"),
            text(one, "strength_of_relationship"),
            text(one, "annotation"),
        )
        if row.relation in RELATIONS and all(map(_is_named, row.pair)):
            rows.append(row)
        else:
            message = "The row is left out: an end is missing, or the relation is none of equal, subset, superset, intersect."
            found.append(_finding("ciso-relation", message, path, row, Severity.VIOLATION, row.relation))
        if row.rationale and row.rationale not in RATIONALES:
            message = "The rationale is none of those of NIST IR 8477; it is kept as it is."
            found.append(_finding("ciso-rationale", message, path, row, Severity.INFO, row.rationale))
    way = Direction(text(told, "source_framework_urn"), text(told, "target_framework_urn"), tuple(rows))
    found += _strangers(way, path)
    return way


def _is_named(urn: str) -> bool:
    """Whether the last part of a requirement's name has letters or digits, so that a name can be made of it."""
    return any(one.isascii() and one.isalnum() for one in urn.rpartition(":")[2])


def _strangers(way: Direction, path: Path) -> Iterator[Finding]:
    for row in way.rows:
        for urn, of in ((row.source, way.source), (row.target, way.target)):
            if urn.rpartition(":")[0].rpartition(":")[2] != of.rpartition(":")[2]:
                yield _finding("ciso-stranger", "The requirement is not one of the document of its side.", path, row, value=urn)


def _kept(way: Direction, mirrored: Sequence[Direction], path: Path, found: list[Finding]) -> Iterator[Row]:
    """The rows that say something new: neither twice, nor a row of another direction the other way round."""
    said: dict[Key, set[str]] = {}
    back = {(row.target, row.source): INVERSE[row.relation] for other in mirrored for row in other.rows}
    counts: Counter[str] = Counter()
    for row in way.rows:
        met = said.setdefault(row.pair, set())
        if row.relation in met:
            counts["repeated"] += 1
            continue
        if met:
            message = "The same two requirements stand in two relations; both are kept."
            found.append(_finding("ciso-two-relations", message, path, row, value=" / ".join(sorted({*met, row.relation}))))
        met.add(row.relation)
        if row.pair in back and back[row.pair] == row.relation:
            counts["mirrored"] += 1
            continue
        if mirrored:
            other = back.get(row.pair)
            reason = f"says {other}, read this way round" if other else "does not have the pair"
            found.append(
                _finding("ciso-inverse", f"The other direction {reason}; both are kept.", path, row, value=row.relation)
            )
        yield row
    if counts["repeated"]:
        message = "Rows that repeat another one of their set are taken once."
        found.append(
            Finding(
                "ciso-repeated", "", message, Severity.INFO, source=str(path), value=str(counts["repeated"]), column=way.source
            )
        )
    missing = {pair for pair in back if pair not in said}
    for pair in sorted(missing):
        message = "This direction does not have a pair that the other one has."
        found.append(Finding("ciso-inverse", "", message, Severity.WARNING, source=str(path), value=" ".join(pair)))
    if counts["mirrored"]:
        message = (
            "Rows of the second direction say what the first one says, the other way round, and are no records of their own."
        )
        found.append(Finding("ciso-mirrored", "", message, Severity.INFO, source=str(path), value=str(counts["mirrored"])))


def _scale(ways: Sequence[Direction]) -> str:
    """The numbers of strength that a library uses; it names no scale, and others use other ones."""
    found = sorted({float(row.strength) for way in ways for row in way.rows if row.strength.replace(".", "", 1).isdigit()})
    return f"{found[0]:g} to {found[-1]:g} in this file, which names no scale" if found else ""


def _more(row: Row, told: Mapping[str, Any], scale: str) -> Mapping[str, tuple[str, ...]]:
    return correspondences.given(
        {
            RATIONALE.name: row.rationale,
            STRENGTH.name: row.strength,
            SCALE.name: scale if row.strength else "",
            "author_label": text(told, "provider"),
            "comment": row.note,
        }
    )


def _side(framework: str, urn: str) -> Side:
    paper, key = paper_of(framework), urn.rpartition(":")[2]
    number = printed(paper, key)
    return Side(paper.part(number), paper.called(number), paper.iri, paper.version)


def printed(paper: Paper, key: str) -> str:
    """The number of a requirement as the document prints it, from the packager's name of it: ``a.5.9`` is ``A.5.9``."""
    if paper.kind == "section" and key[0].isdigit():
        article, *parts = key.split(".")
        return f"Article {article}" + "".join(f"({one})" for one in parts)
    own = key.startswith("node") or not key[0].isalpha()
    return key.strip("[]") if own else key.upper()


def _unnamed(ways: Sequence[Direction], path: Path) -> Iterator[Finding]:
    for framework in dict.fromkeys(end for way in ways for end in (way.source, way.target)):
        paper = paper_of(framework)
        if not paper.version and paper.kind != "section":
            message = "Which edition of the document is meant is known by its name alone."
            yield Finding("ciso-edition", paper.iri.value, message, Severity.INFO, source=str(path), value=framework)


def _finding(rule: str, message: str, path: Path, row: Row, severity: Severity = Severity.WARNING, value: str = "") -> Finding:
    return Finding(rule, "", message, severity, source=str(path), line=row.line, value=value or " ".join(row.pair))
