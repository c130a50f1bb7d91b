"""The packaged ontology as quads: terms, shapes, code lists and the labels of each language, each in its graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.formats import header, rdf
from standards_graph.store.normal import skolemised
from standards_graph.vocab import OWL

TERMS = vocab.graph("ontology")
SHAPES = vocab.graph("shapes")


def quads(folder: Path | None = None) -> Iterator[Quad]:
    """All quads of the folder ``ontology/``; the same files always give the same quads, whatever order they are read in."""
    root = folder or resources.ontology()
    terms = list(_one_graph([root / "standards-graph.ttl", *sorted((root / "modules").glob("*.ttl"))], TERMS))
    yield from terms
    for told in header.worked_out(terms, root):
        yield Quad(told.subject, told.predicate, told.object, TERMS)
    yield from _one_graph(sorted((root / "shapes").glob("*.ttl")), SHAPES)
    for path in sorted((root / "schemes").glob("*.ttl")):
        yield from _one_graph([path], vocab.graph(f"scheme/{path.stem}"))
    for path in sorted((root / "labels").glob("labels.*.ttl")):
        yield from _one_graph([path], vocab.graph(f"labels/{language(path)}"))


def language(path: Path) -> str:
    """The language of a file of labels: ``zh-Hans`` for ``labels.zh-Hans.ttl``."""
    return path.stem.partition(".")[2]


def _one_graph(paths: Iterable[Path], graph: NamedNode) -> Iterator[Quad]:
    """Several files of one graph; what has no name gets one from its file, so that no two files name two things alike."""
    for path in paths:
        document = NamedNode(f"{graph.value}/{path.name.partition('.')[0]}")
        for quad in skolemised(rdf.parse(path, graph=graph), graph=document):
            if quad.predicate == OWL.imports:
                continue  # the modules are in the same graph: who reads it need fetch nothing
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
