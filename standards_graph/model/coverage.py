"""How much the registry holds, and how new it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standards_graph.model.entities import Name


@dataclass(frozen=True, slots=True)
class Extent:
    """What is recorded of one kind in one jurisdiction: how many, and the day of the newest."""

    total: int
    newest: str = ""


@dataclass(frozen=True, slots=True)
class JurisdictionCoverage:
    """What is recorded for one jurisdiction, by kind; a kind that is missing has no record, which is not the same as none."""

    jurisdiction: Name
    extents: Mapping[str, Extent]

    def of(self, kind: str) -> Extent | None:
        """What is recorded of a kind, if anything."""
        return self.extents.get(kind)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The size of every list by its name, and what is recorded for each jurisdiction, the fullest first."""

    totals: Mapping[str, int]
    jurisdictions: tuple[JurisdictionCoverage, ...]
