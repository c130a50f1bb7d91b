"""Correspondences for other tools: as an OSCAL mapping collection, and as a table of two schemes against each other."""

from __future__ import annotations

import datetime as dt

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.formats import matrix, oscal
from standards_graph.model.answers import CSV, Answer
from standards_graph.model.mappings import Matrix, Statement
from standards_graph.publishing.mappings import MappingSets
from standards_graph.publishing.statements import INFERRED, Statements, once, surest, turned
from standards_graph.store.base import Reader


class Exchange:
    """What may be handed to other tools, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._statements = reader, Statements(reader)

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
        ends = [self._statements.members(one) for one in (first, second)]
        here, there = ({one.iri for one in side} for side in ends)
        day = on.isoformat() if on else ""
        found: dict[tuple[str, str], list[Statement]] = {}
        for one in self._statements.of(source=[NamedNode(iri) for iri in sorted(here | there)]):
            told = one if one.source.iri in here and one.target.iri in there else turned(one)
            fits = told and not one.turned and told.source.iri in here and told.target.iri in there
            if told and fits and (not day or told.holds_on(day)):
                found.setdefault((told.source.iri, told.target.iri), []).append(told)
        cells = {pair: once(sorted(each, key=surest)) for pair, each in found.items()}
        return Matrix(ends[0], ends[1], cells, day)

    def statements(self, name: str) -> tuple[Statement, ...]:
        """What the records of a set say, or, of ``inferred``, what follows from all; raises NotFound."""
        known = MappingSets(self._reader).names()
        if name not in (*known, INFERRED):
            raise NotFound(f"There is no mapping set {name!r}; there are: {', '.join((*known, INFERRED))}.")
        graph = vocab.graph("inferred/mappings" if name == INFERRED else f"mapping/{name}")
        return tuple(self._statements.of(graph=[graph]))
