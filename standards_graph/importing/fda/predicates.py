"""Edges from a 510(k) submission to its predicates, as others read them from the FDA's summaries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.fda import words
from standards_graph.importing.forms import Record, table
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDF, RDFS, SGO

LIST = "https://510k.fyi"
LICENCE = "https://www.gnu.org/licenses/agpl-3.0.html"
NUMBER = re.compile(r"(?P<letters>K|DEN)(?P<year>[0-9]{2})[0-9]{4}")
NUMBERS_ALONE = re.compile(r"(?:(?:K|DEN)[0-9]{6}\s*)+")
NONE_GIVEN = "S"
"""What stands in most rows of the list entered by hand in the place of a predicate; the source does not say what it means."""
_PAIR = ("device", "predicate")


class FdaPredicates:
    """Reads lists of edges, and the list of submissions for which no predicate was found."""

    name = "fda-predicates"
    title = "Predicates of 510(k) submissions"
    description = (
        "Edges from a 510(k) submission to its predicates, as 510k.fyi read them from FDA summaries: a table of the columns "
        "device and predicate (CSV, also packed), and the list of numbers for which none was found (missing_predicates.txt)."
    )
    licence = LICENCE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file has the two columns, or is the list of submissions without a predicate."""
        first = beginning.partition("\n")[0].strip().lower()
        if first == ",".join(_PAIR):
            return True
        return plain_name(path).startswith("missing_predicates") and bool(NUMBERS_ALONE.match(beginning))

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """Each edge, with what is known of both ends by their numbers; of a list without edges, that none was found."""
        licence = NamedNode(self.licence)
        yield from saying.file_record(graph, path, url=LIST, licence=licence)
        facts = saying.record(graph, url=LIST, date="", key=self.name, level="source-read", licence=licence, printed=None)
        yield from facts.quads()
        run = _Run(graph, facts.record, path)
        yield from run.missing() if plain_name(path).endswith(".txt") else run.edges()


class _Run:
    """One reading of one file: which ends were told already, and what was left out."""

    def __init__(self, graph: NamedNode, record: NamedNode, path: Path) -> None:
        self._graph, self._record, self._path = graph, record, path
        self._told, self._counts = set[str](), Counter[str]()

    def edges(self) -> Iterator[Told]:
        """The edges of a table; one from a submission to itself stays out, and so does one to no number."""
        for row in table(self._path, short=True):
            yield ROW
            yield from self._edge(row)
        if not self._counts["rows"]:
            raise UnreadableFile("the file lists no edge", source=str(self._path))
        if count := self._counts["none given"]:
            message = f"{count:,} rows have {NONE_GIVEN!r} in the place of a predicate, and say nothing of one."
            yield self._finding("none-given", message, Severity.INFO)

    def missing(self) -> Iterator[Told]:
        """The list of submissions without a found predicate brings no fact: that none was found does not say there is none."""
        count = 0
        with opened(self._path) as lines:
            for line in lines:
                count += bool(line.strip())
                yield ROW
        message = f"{count:,} submissions have no predicate that was found. That is not recorded as having none."
        yield self._finding("not-found", message, Severity.INFO)

    def _edge(self, row: Record) -> Iterator[Told]:
        if not set(_PAIR) <= set(row.values):
            raise UnreadableFile(f"the columns are called {' and '.join(_PAIR)}", source=str(self._path))
        one, other = (row.values[column].strip().upper() for column in _PAIR)
        self._counts["rows"] += 1
        if other == NONE_GIVEN:
            self._counts["none given"] += 1
            return
        for column, number in zip(_PAIR, (one, other), strict=True):
            if not NUMBER.fullmatch(number):
                yield self._finding(
                    "number", "The edge is left out: this is no submission number.", Severity.WARNING, row, column
                )
                return
        if one == other:
            message = "The edge is left out: a submission is not its own predicate."
            yield self._finding("itself", message, Severity.WARNING, row, "predicate")
            return
        if _year(other) > _year(one):
            message = "The predicate bears a later year than the submission; the edge is kept as the source has it."
            yield self._finding("later", message, Severity.WARNING, row, "predicate")
        yield from self._end(one)
        yield from self._end(other)
        yield Quad(_decision(one), SGO.hasPredicate, _decision(other), self._graph)

    def _end(self, number: str) -> Iterator[Quad]:
        """A submission, once in a run; what its number tells, and no more."""
        if number in self._told:
            return
        self._told.add(number)
        iri = _decision(number)
        for predicate, value in (
            (RDF.type, SGO.MarketAuthorisation),
            (RDFS.label, words.submission_label(number)),
            (SGO.officialIdentifier, Literal(number)),
            (SGO.issuedBy, words.FDA),
            (SGO.inJurisdiction, words.US),
            (SGO.viaPathway, words.pathway(number)),
            (SGO.hasSourceRecord, self._record),
        ):
            if value is not None:
                yield Quad(iri, predicate, value, self._graph)

    def _finding(self, what: str, message: str, severity: Severity, row: Record | None = None, column: str = "") -> Finding:
        return Finding(
            rule=f"{FdaPredicates.name}-{what}",
            thing="",
            message=message,
            severity=severity,
            source=str(self._path),
            line=row.line if row else None,
            column=column,
            value=row.values[column][:100] if row else "",
        )


def _decision(number: str) -> NamedNode:
    return vocab.entity("authorisation", identifiers.authorisation(number, "us"))


def _year(number: str) -> int:
    """The year in a number: those of the FDA's 510(k) programme begin in 1976."""
    found = NUMBER.fullmatch(number)
    year = int(found["year"]) if found else 0
    return 1900 + year if year >= 76 else 2000 + year
