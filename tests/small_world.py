"""The small world: two regulators and a half, a handful of standards, classes and devices, each there for a reason."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Quad

from standards_graph.harmonisation import rules
from standards_graph.importing import ontology
from standards_graph.registry import Registry

FILES = tuple(Path(__file__).with_name(name) for name in ("small_world.trig", "small_world_asked.trig"))


@lru_cache(maxsize=1)
def facts() -> tuple[Quad, ...]:
    """What the two files say, each quad once."""
    return tuple(dict.fromkeys(quad for file in FILES for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG)))


@lru_cache(maxsize=1)
def quads() -> tuple[Quad, ...]:
    """The same with the ontology, the code lists and what follows by the rules, as a registry holds them."""
    return (*ontology.quads(), *facts(), *rules.derived(facts()))


def registry() -> Registry:
    """A registry of its own in memory, on the small world."""
    return Registry.in_memory(quads())
