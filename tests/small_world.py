"""The small world: two regulators and a half, a handful of standards, classes and devices, each there for a reason."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Quad

from standards_graph.importing import ontology
from standards_graph.registry import Registry

FILE = Path(__file__).with_suffix(".trig")


@lru_cache(maxsize=1)
def facts() -> tuple[Quad, ...]:
    """What ``small_world.trig`` says."""
    return tuple(ox.parse(path=FILE, format=ox.RdfFormat.TRIG))


@lru_cache(maxsize=1)
def quads() -> tuple[Quad, ...]:
    """The same with the ontology and the code lists, as a registry holds them."""
    return (*ontology.quads(), *facts())


def registry() -> Registry:
    """A registry of its own in memory, on the small world."""
    return Registry.in_memory(quads())
