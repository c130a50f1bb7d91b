"""What things are called: English, else a name without language, else any other, else the last part of the IRI."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from standards_graph.browse import borrowed
from standards_graph.browse.asking import ask
from standards_graph.model.entities import Name
from standards_graph.store.base import Reader

PREFERRED = ("en", "")
"""Languages of names, best first; any other comes after them."""


def names(reader: Reader, things: Iterable[NamedNode]) -> dict[NamedNode, Name]:
    """The best name of each thing; nothing is left out for want of a name."""
    wanted = sorted(set(things), key=str)
    best = {thing: stand_in(thing) for thing in wanted}
    for row in ask(reader, "browse/names", thing=wanted) if wanted else ():
        found = _name(row.iri("thing"), row.term("name") or row.term("title"))
        if found:
            best[found.iri] = better(best[found.iri], found)
    return best


def better(one: Name, other: Name) -> Name:
    """The better of two names of one thing."""
    return min(one, other, key=_rank)


def stand_in(thing: NamedNode) -> Name:
    """The name of a thing that nothing names: a borrowed term's usual one, else the last part of its IRI."""
    known = borrowed.LABELS.get(thing)
    return Name(thing, known) if known else Name(thing, local_name(thing.value), given=False)


def local_name(iri: str) -> str:
    """The last part of an IRI, for reading."""
    tail = iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    return unquote(tail) or iri


def _name(thing: NamedNode, term: object) -> Name | None:
    return Name(thing, term.value, term.language or "") if isinstance(term, Literal) and term.value else None


def _rank(name: Name) -> tuple[bool, int, str, str]:
    known = PREFERRED.index(name.language) if name.language in PREFERRED else len(PREFERRED)
    return (not name.given, known, name.language, name.text)
