"""The content that comes with the software: the ontology, the curated tables, and the sources that may be shipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.importing import coverage, curated, ontology
from standards_graph.importing.fda_ai_devices import FdaAiDevices

Progress = Callable[[str, int, int], None]
"""Told the name of the step, how much of it is done, and how much there is."""

FDA_GRAPH = vocab.graph("source/fda-ai-devices")


def content(progress: Progress, *, skip: frozenset[NamedNode] = frozenset()) -> dict[NamedNode, set[Quad]]:
    """All packaged quads by graph; the graphs in ``skip`` are left out."""
    steps: tuple[tuple[str, Callable[[], Iterator[Quad]]], ...] = (
        ("ontology", ontology.quads),
        ("curated tables", lambda: curated.quads(resources.data() / "curated")),
        ("FDA list of AI-enabled devices", _fda_list),
        ("coverage", coverage.quads),
    )
    found: dict[NamedNode, set[Quad]] = {}
    for number, (name, quads) in enumerate(steps):
        progress(name, number, len(steps))
        for quad in quads():
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in skip:
                found.setdefault(quad.graph_name, set()).add(quad)
    progress("reading done", len(steps), len(steps))
    return found


def _fda_list() -> Iterator[Quad]:
    path = resources.data() / "fda-ai-devices" / "devices.csv"
    return (told for told in FdaAiDevices().read(path, FDA_GRAPH) if isinstance(told, Quad))
