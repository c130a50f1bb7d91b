"""How far editions cover the requirements of laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.comparing.evidence import finding, holds, told
from standards_graph.browse.comparing.places import found_laws
from standards_graph.browse.names import names
from standards_graph.model.comparison import Covered, Finding, Requirement
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row

_ORDER = (Covered.FULLY, Covered.PARTLY, Covered.NOT, Covered.LINKED)
_FLOOR = 0.3
"""Below this nothing is said to follow."""


@dataclass(frozen=True, slots=True)
class _Same:
    """An edition that is asked for, or one that is the same as it: by which record, and how sure."""

    edition: NamedNode
    confidence: float = 1.0
    of: str = ""


def requirements(reader: Reader, editions: Sequence[NamedNode], laws: Sequence[str], day: dt.date) -> tuple[Requirement, ...]:
    """Every recorded provision of the laws, with what clauses of the editions do for it on a day.

    Without laws, those are meant of which a provision is linked to an edition. Clauses of an edition that is the same as one
    of them count, as sure as that is.
    """
    same = _same(reader, editions, day)
    rows = [row for row in ask(reader, "browse/comparing/covering", edition=list(same)) if holds(row, day)]
    wanted = found_laws(reader, laws) if laws else sorted({row.iri("law") for row in rows}, key=str)
    found = _by_requirement(rows, same)
    pairs = [
        (row.iri("law"), row.iri("requirement"))
        for row in (ask(reader, "browse/comparing/requirements", law=wanted) if wanted else ())
        if "requirement" in row
    ]
    known = names(reader, {iri for pair in pairs for iri in pair})
    full = told(reader, (one for _, requirement in pairs for _, one in found.get(requirement, ())))
    return tuple(
        Requirement(
            known[law],
            known[requirement],
            _covered(found.get(requirement, ())),
            tuple(full[one] for _, one in found.get(requirement, ())),
        )
        for law, requirement in pairs
    )


def _same(reader: Reader, editions: Sequence[NamedNode], day: dt.date) -> Mapping[NamedNode, _Same]:
    found = {one: _Same(one) for one in editions}
    rows = [row for row in ask(reader, "browse/comparing/same", thing=editions) if holds(row, day)]
    known = names(reader, [row.iri("thing") for row in rows])
    for row in sorted(rows, key=lambda row: -float(row.text("confidence"))):
        other = row.iri("other")
        found.setdefault(other, _Same(other, float(row.text("confidence")), known[row.iri("thing")].text))
    return found


def _by_requirement(rows: Iterable[Row], same: Mapping[NamedNode, _Same]) -> dict[NamedNode, list[tuple[Covered, Finding]]]:
    """What is said for each requirement: of one clause each thing once, by its surest record."""
    found: dict[tuple[NamedNode, NamedNode, Covered], tuple[float, Finding]] = {}
    for row in rows:
        through = same[row.iri("edition")]
        own = float(row.text("confidence")) if "confidence" in row else None
        surety = through.confidence * (1.0 if own is None else own)
        covered = _said(row)
        key = (row.iri("requirement"), row.iri("clause"), covered)
        rank = surety + (0 if own is None else 2)
        if surety >= _FLOOR and (key not in found or found[key][0] < rank):
            found[key] = (rank, _finding(row, through, None if own is None and not through.of else round(surety, 4)))
    by_requirement: dict[NamedNode, list[tuple[Covered, Finding]]] = {}
    for (requirement, _, covered), (_, one) in found.items():
        by_requirement.setdefault(requirement, []).append((covered, one))
    return by_requirement


def _said(row: Row) -> Covered:
    if "denied" in row:
        return Covered.NOT
    how = row.text("how")
    return Covered(how) if how in (Covered.FULLY, Covered.PARTLY) else Covered.LINKED


def _finding(row: Row, through: _Same, confidence: float | None) -> Finding:
    how = f"not {row.text('how')}" if "denied" in row else row.text("how")
    note = f"in an edition that is the same as {through.of}" if through.of else ""
    return finding(row.iri("clause"), how, row.iri("record"), confidence=confidence, note=note)


def _covered(found: Iterable[tuple[Covered, Finding]]) -> Covered:
    """What all together say: the most that a source says, and "not" only where none says more."""
    said = {one for one, _ in found}
    return next((one for one in _ORDER if one in said), Covered.NOT_RECORDED)
