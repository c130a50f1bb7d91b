"""Names for nodes without names: made of what is said of a node and of what points at it, so that the same content keeps them.

The canonical labels of RDFC-1.0 number the nodes of a whole document: one more node would rename the others, and documents
exist on which they take for ever. These names depend on the nearest named things alone and take linear time. Nodes in a
circle of nameless nodes that nothing tells apart are numbered in the order of the file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad

from standards_graph import vocab

ROUNDS = 8
"""How far apart things may lie that tell the nodes of a circle apart."""

Said = dict[BlankNode, list[tuple[str, object]]]


class Nameless:
    """The statements of a document in which nameless nodes stand, until all are known."""

    def __init__(self) -> None:
        self._quads: list[Quad] = []
        self._says: Said = {}
        self._said_of: Said = {}

    def add(self, quad: Quad) -> None:
        """Keep a statement whose subject or object is a nameless node."""
        self._quads.append(quad)
        for node in (quad.subject, quad.object):
            if isinstance(node, BlankNode):
                self._says.setdefault(node, [])
                self._said_of.setdefault(node, [])
        if isinstance(quad.subject, BlankNode):
            self._says[quad.subject].append((quad.predicate.value, quad.object))
        if isinstance(quad.object, BlankNode):
            self._said_of[quad.object].append((quad.predicate.value, quad.subject))

    def named(self, *, graph: NamedNode) -> Iterator[Quad]:
        """The statements with every node named, in the given graph."""
        local = graph.value.removeprefix(vocab.BASE + "graph/")
        names = {node: NamedNode(f"{vocab.BASE}.well-known/genid/{local}/{name}") for node, name in self._names().items()}

        def name(term: object) -> object:
            return names[term] if isinstance(term, BlankNode) else term

        for quad in self._quads:
            yield Quad(name(quad.subject), quad.predicate, name(quad.object), graph)  # type: ignore[arg-type]

    def _names(self) -> dict[BlankNode, str]:
        marks = _marks(self._says, self._said_of)
        marks = _marks(self._said_of, self._says, start=marks)
        given: Counter[str] = Counter()
        names = {}
        for node in self._says:
            given[marks[node]] += 1
            names[node] = marks[node] if given[marks[node]] == 1 else f"{marks[node]}-{given[marks[node]]}"
        return names


def _marks(says: Said, said_of: Said, *, start: dict[BlankNode, str] | None = None) -> dict[BlankNode, str]:
    """A mark for each node, made of its first mark, what it says, and the marks of the nodes that it says it of.

    Nodes come after those that they speak of, so that one pass is enough; those in a circle get theirs in rounds.
    """
    first = start or dict.fromkeys(says, "")
    marks: dict[BlankNode, str] = {}
    open_links = {node: sum(isinstance(other, BlankNode) for _, other in told) for node, told in says.items()}
    ready = [node for node, count in open_links.items() if not count]
    while ready:
        node = ready.pop()
        marks[node] = _mark(first[node], says[node], marks)
        for _, other in said_of[node]:
            if isinstance(other, BlankNode):
                open_links[other] -= 1
                if not open_links[other]:
                    ready.append(other)
    circle = [node for node in says if node not in marks]
    known = marks | {node: first[node] for node in circle}
    for _ in range(ROUNDS if circle else 0):
        known |= {node: _mark(first[node], says[node], known) for node in circle}
    return known


def _mark(first: str, told: Iterable[tuple[str, object]], marks: dict[BlankNode, str]) -> str:
    lines = sorted(f"{predicate} {marks[other] if isinstance(other, BlankNode) else other}" for predicate, other in told)
    return hashlib.sha256("\n".join([first, *lines]).encode()).hexdigest()[:24]
