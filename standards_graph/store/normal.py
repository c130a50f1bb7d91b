"""The form in which quads are kept: the engine's literals, no blank nodes, and a fingerprint of the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from pyoxigraph import BlankNode, Quad

from standards_graph import vocab
from standards_graph.errors import StoreFailure
from standards_graph.formats.quads import Quads, lines
from standards_graph.model.changes import ChangeSet

_MODULUS = 1 << 256


def engine_form(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The quads as the engine gives them back (``"007"^^xsd:integer`` is kept as ``7``), without repetition, sorted.

    Idempotent by construction: the engine itself does the normalising. Raises StoreFailure for a quad of the default graph
    or with a blank node, which a later change could not take away again.
    """
    engine = ox.Store()
    engine.extend(quads)
    found = tuple(sorted(engine, key=str))
    for quad in found:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise StoreFailure(f"A blank node reached the store: {quad}. Give it a name first.")
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise StoreFailure(f"A statement outside every named graph reached the store: {quad}.")
    return found


def normalised(changes: ChangeSet) -> ChangeSet:
    """A change set in the engine's form, in which nothing is both added and removed; one in files is so already."""
    if isinstance(changes.added, Quads) and isinstance(changes.removed, Quads):
        return changes
    added, removed = engine_form(changes.added), engine_form(changes.removed)
    both = set(added) & set(removed)
    if not both:
        return ChangeSet(added, removed)
    return ChangeSet(tuple(q for q in added if q not in both), tuple(q for q in removed if q not in both))


def fingerprint(changes: ChangeSet, *, start: int = 0) -> str:
    """The fingerprint (64 hex digits) of a set of quads with this fingerprint ``start`` after the change."""
    total = start + sum(map(_mark, lines(changes.added))) - sum(map(_mark, lines(changes.removed)))
    return f"{total % _MODULUS:064x}"


def fingerprint_of(quads: Iterable[Quad]) -> str:
    """The fingerprint (64 hex digits) of these quads."""
    return f"{sum(map(_mark, lines(quads))) % _MODULUS:064x}"


def _mark(line: bytes) -> int:
    return int.from_bytes(hashlib.sha256(line.removesuffix(b" .\n")).digest(), "big")


def skolemised(quads: Iterable[Quad], *, graph: ox.NamedNode) -> Iterator[Quad]:
    """The quads of one document in one graph, each blank node named after its canonical label (RDFC-1.0).

    The same document always gives the same names.
    """
    document = ox.Dataset(Quad(q.subject, q.predicate, q.object) for q in quads)
    document.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    local = graph.value.removeprefix(vocab.BASE + "graph/")

    def named(term: object) -> object:
        if isinstance(term, BlankNode):
            return ox.NamedNode(f"{vocab.BASE}.well-known/genid/{local}/{term.value}")
        return term

    for quad in sorted(document, key=str):
        yield Quad(named(quad.subject), quad.predicate, named(quad.object), graph)  # type: ignore[arg-type]
