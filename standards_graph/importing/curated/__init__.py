"""The curated tables as quads: confirmed rows in ``curated/{table}``, all others in ``unverified/{table}``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad

from standards_graph.importing.curated import (
    adoptions,
    alerts,
    bodies,
    claims,
    classes,
    committees,
    coverage,
    crosswalk,
    devices,
    evidence,
    guidance,
    networks,
    places,
    recognitions,
    regulations,
    roles,
    sandboxes,
    standards,
)
from standards_graph.importing.curated.editions import Editions
from standards_graph.importing.curated.tables import Tables
from standards_graph.importing.facts import once


def quads(folder: Path) -> Iterator[Quad]:
    """All quads of the tables in a folder, in a stable order; raises UnreadableFile with file, row, column and value."""
    tables = Tables(folder)
    editions = Editions(tables)
    yield from once(_all(tables, editions))


def _all(tables: Tables, editions: Editions) -> Iterator[Quad]:
    for noun in (places, bodies, networks, committees, regulations, classes):
        yield from noun.quads(tables)
    for dated in (standards, adoptions, recognitions, crosswalk):
        yield from dated.quads(tables, editions)
    for noun in (guidance, sandboxes, evidence, devices, alerts, roles, claims, coverage):
        yield from noun.quads(tables)
