"""The ontology as one file that imports nothing, in every syntax, with digests: what a release hands out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.formats import header, rdf
from standards_graph.vocab import BASE, OWL

NAME = "standards-graph-full"
SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "owl": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}
"""The endings of the files, and the syntax of each."""


def merged(folder: Path) -> tuple[Quad, ...]:
    """The root and the modules as one ontology, without imports and the modules' own headers; always in the same order."""
    terms = list(_statements(folder))
    said = (Quad(told.subject, told.predicate, told.object) for told in header.worked_out(terms, folder))
    document = ox.Dataset([*terms, *said])
    document.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(document, key=str))


def build(folder: Path, target: Path) -> tuple[Path, ...]:
    """Write the merged ontology in each syntax and a list of SHA-256 digests; the paths of what was written."""
    target.mkdir(parents=True, exist_ok=True)
    triples = [quad.triple for quad in merged(folder)]
    written = []
    for ending, syntax in SYNTAXES.items():
        path = target / f"{NAME}.{ending}"
        path.write_bytes(ox.serialize(triples, format=syntax, prefixes=vocab.PREFIXES) or b"")
        written.append(path)
    sums = target / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in written), "utf-8")
    return (*written, sums)


def _statements(folder: Path) -> Iterator[Quad]:
    for path in (folder / "standards-graph.ttl", *sorted((folder / "modules").glob("*.ttl"))):
        for quad in rdf.parse(path, graph=vocab.graph("ontology")):
            if quad.predicate != OWL.imports and not _is_module(quad.subject):
                yield Quad(quad.subject, quad.predicate, quad.object)


def _is_module(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(f"{BASE}ontology/module/")
