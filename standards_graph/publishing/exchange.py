"""Correspondences for other tools: as an OSCAL mapping collection, and as a table of two schemes against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from standards_graph import queries, vocab
from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.formats import matrix, oscal
from standards_graph.formats.sssom.ours import RELATIONS
from standards_graph.model.answers import CSV, JSON, Answer
from standards_graph.model.mappings import End, Extent, Matrix, Standing, Statement
from standards_graph.publishing.mappings import MappingSets
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows
from standards_graph.vocab import SEMAPV, SGO

INFERRED = "inferred"
"""The name under which what follows, and facts that count as records, are asked for."""
ADOPTION = "identical adoption"
BACKWARDS = {"entails": "entailedBy", "entailedBy": "entails", "coversFully": "", "coversPartially": ""}
"""What a relation is from the other end, where that is not the same; coverage is not said backwards."""


class Exchange:
    """What may be handed to other tools, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def oscal(self, name: str, *, on: dt.date | None = None) -> Answer:
        """A mapping set, or ``inferred``, as an OSCAL mapping collection: of a day, or all records with their dates.

        Raises NotFound for what is no set, NotAcceptable where nothing of it can be said in OSCAL.
        """
        revision, day = self._reader.revision, on.isoformat() if on else ""
        found = self.statements(name)
        title = f"Standards Graph: {name}"
        body = oscal.serialise(
            found, name=name, title=title, revision=revision.name, published_at=revision.published_at, day=day
        )
        if body is None:
            reasons = ", ".join(f"{count} {why}" for why, count in sorted(oscal.left_out(found, day).items()))
            raise NotAcceptable(f"Nothing of {name!r} can be said in OSCAL: {reasons or 'it holds no record'}.")
        return Answer(body, "application/json", revision.number)

    def matrix(self, first: str, second: str, *, on: dt.date | None = None) -> Answer:
        """Two schemes against each other as CSV; raises NotFound for what is no scheme with classes."""
        return Answer(matrix.serialise(self.compared(first, second, on=on)), CSV, self._reader.revision.number)

    def compared(self, first: str, second: str, *, on: dt.date | None = None) -> Matrix:
        """What is said of each pair of classes of two schemes, whichever end it is said from, surest first."""
        ends = [self._members(one) for one in (first, second)]
        here, there = ({one.iri for one in side} for side in ends)
        day = on.isoformat() if on else ""
        found: dict[tuple[str, str], list[Statement]] = {}
        for one in self._of(source=[NamedNode(iri) for iri in sorted(here | there)]):
            told = one if one.source.iri in here and one.target.iri in there else turned(one)
            fits = told and not one.turned and told.source.iri in here and told.target.iri in there
            if told and fits and (not day or told.holds_on(day)):
                found.setdefault((told.source.iri, told.target.iri), []).append(told)
        cells = {pair: _once(sorted(each, key=_surest)) for pair, each in found.items()}
        return Matrix(ends[0], ends[1], cells, day)

    def statements(self, name: str) -> tuple[Statement, ...]:
        """What the records of a set say, or, of ``inferred``, what follows from all; raises NotFound."""
        known = MappingSets(self._reader).names()
        if name not in (*known, INFERRED):
            raise NotFound(f"There is no mapping set {name!r}; there are: {', '.join((*known, INFERRED))}.")
        graph = vocab.graph("inferred/mappings" if name == INFERRED else f"mapping/{name}")
        return tuple(self._of(graph=[graph]))

    def _of(self, **asked: list[NamedNode]) -> Iterator[Statement]:
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

    def _members(self, scheme: str) -> tuple[End, ...]:
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


def _once(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """What follows is there from both ends; told once."""
    found: dict[object, Statement] = {}
    for one in said:
        same = (one.relation, one.confidence, one.scope, one.valid_from, one.valid_until, one.strictness_unknown)
        found.setdefault(same if one.standing is Standing.INFERRED else one.record, one)
    return tuple(found.values())


def _surest(one: Statement) -> tuple[bool, float, str]:
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
        _standing(row),
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


def _standing(row: Row) -> Standing:
    status = row.text("status").rpartition("/")[2]
    if "denied" in row:
        return Standing.DENIED
    if "contested" in row or status == Standing.CONTESTED:
        return Standing.CONTESTED
    if status != "accepted":
        return Standing(status)
    return Standing.INFERRED if row.text_if_any("voice") == INFERRED else Standing.ASSERTED
