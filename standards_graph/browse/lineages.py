"""What is recorded about predecessors of decisions, and about recalls of their devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.errors import NotFound
from standards_graph.model.lineage import Direction, Naming, RecallOf
from standards_graph.store.base import Reader

_QUERIES = {Direction.UP: "browse/lineage/ancestry", Direction.DOWN: "browse/lineage/progeny"}


def decisions(reader: Reader, number: str) -> tuple[NamedNode, ...]:
    """The market authorisations that bear a number, in small letters or capitals; raises NotFound."""
    told = sorted({number.strip(), number.strip().upper()})
    found = [row.iri("decision") for row in ask(reader, "browse/lineage/decisions", number=[Literal(one) for one in told])]
    if not found:
        raise NotFound(f"No market authorisation with the number {number} is recorded.")
    return tuple(found)


def edges(reader: Reader, starts: Iterable[NamedNode], direction: Direction) -> list[tuple[str, str]]:
    """The recorded edges on which one comes from the starts to all that can be reached, each away from them."""
    wanted = sorted(set(starts), key=str)
    rows = ask(reader, _QUERIES[direction], decision=wanted) if wanted else ()
    pairs = ((row.text("later"), row.text("earlier")) for row in rows)
    return list(pairs) if direction is Direction.UP else [(earlier, later) for later, earlier in pairs]


def any_known(reader: Reader) -> bool:
    """Whether a predecessor of any decision is recorded."""
    return any(True for _ in ask(reader, "browse/lineage/known"))


def recalled(reader: Reader) -> dict[str, tuple[RecallOf, ...]]:
    """The decisions whose device was recalled, each with its recalls, in the surest way in which each is tied to it."""
    rows = list(ask(reader, "browse/lineage/recalled"))
    known = names(reader, {row.iri("recall") for row in rows})
    found: dict[str, dict[NamedNode, RecallOf]] = defaultdict(dict)
    for row in rows:
        recall = row.iri("recall")
        one = RecallOf(known[recall], Naming[row.text("how").upper()], row.iri_if_any("place"), row.text_if_any("date"))
        there = found[row.text("decision")]
        there[recall] = min((there.get(recall, one), one), key=lambda each: list(Naming).index(each.naming))
    return {decision: tuple(told.values()) for decision, told in found.items()}
