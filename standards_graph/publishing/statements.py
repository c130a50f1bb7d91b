"""What mapping records say, read as statements: those of a graph, of a thing or by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from standards_graph import queries, vocab
from standards_graph.errors import NotFound
from standards_graph.formats.sssom.ours import RELATIONS
from standards_graph.model.answers import JSON
from standards_graph.model.mappings import BACKWARDS, End, Extent, Standing, Statement
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows
from standards_graph.vocab import SEMAPV, SGO

INFERRED = "inferred"
"""The name under which what follows, and facts that count as records, are asked for; and the voice of what follows."""
ADOPTION = "identical adoption"


class Statements:
    """What mapping records say, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, **asked: list[NamedNode]) -> Iterator[Statement]:
        """What the records of a ``graph`` say, those that begin at a ``source`` or end at a ``target``, or each ``record``."""
        told = {row.iri("record"): row for row in self._rows("mapping-records", **asked)}
        ends = self._ends(NamedNode(row.text(end)) for row in told.values() for end in ("source", "target"))
        sources = self._gathered("mapping-sources", "address", told)
        voices = self._gathered("mapping-premises", "voice", told)
        for record, row in told.items():
            yield _statement(row, ends, tuple(sources.get(record, ())), set(voices.get(record, ())))

    def _gathered(self, name: str, column: str, records: Iterable[NamedNode]) -> dict[NamedNode, list[str]]:
        found: dict[NamedNode, list[str]] = {}
        wanted = list(records)
        for row in self._rows(name, record=wanted) if wanted else ():
            found.setdefault(row.iri("record"), []).append(row.text(column))
        return found

    def members(self, scheme: str) -> tuple[End, ...]:
        """The classes of a scheme, in their order; raises NotFound where it is none, or has none."""
        iri = vocab.concept(scheme.removeprefix("scheme/").removeprefix(vocab.concept("").value))
        found = [row.iri("member") for row in self._rows("scheme-members", scheme=iri)]
        if not found:
            raise NotFound(f"There is no scheme {scheme!r} with classes.")
        known = self._ends(found)
        return tuple(known[one.value] for one in dict.fromkeys(found))

    def _ends(self, things: Iterable[NamedNode]) -> dict[str, End]:
        wanted = sorted(set(things), key=str)
        found: dict[str, End] = {}
        for row in self._rows("mapping-ends", thing=wanted) if wanted else ():
            found.setdefault(row.text("thing"), _end(row))
        return found

    def _rows(self, name: str, **asked: Literal | NamedNode | list[NamedNode]) -> Iterator[Row]:
        query = queries.load(f"publishing/{name}").bind(**asked)
        return iter(rows(self._reader.answer(query, media_type=JSON)))


def turned(one: Statement) -> Statement | None:
    """The same said from the other end; None where it cannot be."""
    relation = BACKWARDS.get(one.relation, one.relation)
    return replace(one, source=one.target, relation=relation, target=one.source) if relation else None


def once(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """What follows is there from both ends; told once."""
    found: dict[object, Statement] = {}
    for one in said:
        same = (one.relation, one.confidence, one.scope, one.valid_from, one.valid_until, one.strictness_unknown)
        found.setdefault(same if one.standing is Standing.INFERRED else one.record, one)
    return tuple(found.values())


def surest(one: Statement) -> tuple[bool, float, str]:
    """The key that puts what holds first, and of that what is surest."""
    return (not one.standing.holds, -(one.confidence or 0), one.record)


def _end(row: Row) -> End:
    return End(
        row.text("thing"),
        row.text_if_any("name") or row.text("thing").rpartition("/")[2],
        row.text_if_any("whole"),
        row.text_if_any("within"),
        Extent.FULFILMENTS if "text" in row else Extent.MEMBERS,
    )


def _statement(row: Row, ends: dict[str, End], sources: tuple[str, ...], voices: set[str]) -> Statement:
    voice, told = row.text_if_any("voice"), row.text_if_any("confidence")
    rests_on_adoptions = ADOPTION in (voice if voice != INFERRED else "", *voices) and voices <= {ADOPTION}
    return Statement(
        row.text("record"),
        ends[row.text("source")],
        RELATIONS.get(row.iri("relation"), row.iri("relation")).value.removeprefix(SGO.iri),
        ends[row.text("target")],
        standing(row),
        float(told) if told else None,
        voice,
        row.text_if_any("scope"),
        row.text_if_any("from"),
        row.text_if_any("until"),
        row.text_if_any("lax") in ("true", "1"),
        rests_on_adoptions,
        row.text_if_any("ground") == SEMAPV.MappingInversion.value,
        row.text_if_any("why"),
        sources,
    )


def standing(row: Row) -> Standing:
    """Where the record of a row stands, by its source, its reviews and the open conflicts."""
    status = (row.text_if_any("after") or row.text("status")).rpartition("/")[2]
    if "denied" in row:
        return Standing.DENIED
    if "contested" in row or status == Standing.CONTESTED:
        return Standing.CONTESTED
    if status != "accepted":
        return Standing(status)
    return Standing.INFERRED if row.text_if_any("voice") == INFERRED else Standing.ASSERTED
