"""Correspondences for pages: the overview, one thing, one record with its derivations, and any of them for other tools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from standards_graph import queries, vocab
from standards_graph.errors import NotAcceptable, NotFound
from standards_graph.formats import sssom
from standards_graph.formats.sssom import ours
from standards_graph.formats.sssom.problems import Problems
from standards_graph.model.answers import JSON, NTRIPLES, TSV, TURTLE, Answer
from standards_graph.model.correspondences import Corresponding, Derivation, Overview, Scheme, SchemePair
from standards_graph.model.entities import Name
from standards_graph.model.mappings import Standing, Statement
from standards_graph.publishing.statements import Statements, once, standing, surest, turned
from standards_graph.publishing.writing import written
from standards_graph.queries import Value
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows

Pair = tuple[NamedNode, NamedNode]


class Correspondences:
    """What pages show of mapping records, on one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._statements = reader, Statements(reader)

    def overview(self, *, day: str = "") -> Overview:
        """Every two schemes between whose classes there are records, of a day or of any."""
        found: dict[Pair, dict[Pair, Standing]] = defaultdict(dict)
        for row in self._rows("scheme-pairs"):
            if day and not _holds(row, day):
                continue
            schemes, classes = (row.iri("here"), row.iri("there")), (row.iri("source"), row.iri("target"))
            if schemes[0].value > schemes[1].value:
                schemes, classes = schemes[::-1], classes[::-1]
            if schemes[0] != schemes[1]:
                known, one = found[schemes].get(classes), standing(row)
                found[schemes][classes] = min(known, one, key=list(Standing).index) if known else one
        schemes_of = self._schemes({one for pair in found for one in pair})
        pairs = (SchemePair(schemes_of[a], schemes_of[b], _counted(told.values())) for (a, b), told in found.items())
        return Overview(
            tuple(sorted(schemes_of.values(), key=lambda one: one.name.text.casefold())),
            tuple(sorted(pairs, key=lambda one: (one.first.name.text.casefold(), one.second.name.text.casefold()))),
        )

    def scheme(self, code: str) -> Scheme:
        """A scheme by the end of its IRI; raises NotFound for what is none, or has no classes."""
        iri = vocab.concept(code)
        found = self._schemes([iri]).get(iri)
        if found is None:
            raise NotFound(f"There is no scheme {code!r} with classes.")
        return found

    def of(self, thing: Name) -> Corresponding:
        """What records of any standing say of a thing, read from it, what holds first and of that the surest."""
        from_here = [one for one in self._statements.of(source=[thing.iri]) if not one.turned]
        to_here = [one for one in self._statements.of(target=[thing.iri]) if not one.turned]
        read = [*from_here, *(back for one in to_here if (back := turned(one)))]
        told: dict[str, list[Statement]] = defaultdict(list)
        for one in sorted(read, key=surest):
            told[one.target.iri].append(one)
        kept = [one for each in told.values() for one in once(each)]
        return Corresponding(
            thing, tuple(sorted(kept, key=surest)), self._places(told), len(from_here) + len(to_here) - len(kept)
        )

    def record(self, name: NamedNode) -> Statement:
        """What one record says; raises NotFound."""
        found = next(self._statements.of(record=[name]), None)
        if found is None:
            raise NotFound(f"There is no mapping record {name.value}.")
        return found

    def derivations(self, name: NamedNode) -> tuple[Derivation, ...]:
        """In which ways a record follows from others, the surest first; none where it is only stated."""
        ways: dict[int, list[str]] = defaultdict(list)
        for row in self._rows("mapping-steps", record=name):
            ways[row.number("number") if "number" in row else 1].append(row.text("premise"))
        known = self._known({premise for way in ways.values() for premise in way})
        return tuple(Derivation(number, tuple(known[one] for one in way if one in known)) for number, way in ways.items())

    def resting(self, name: NamedNode) -> tuple[Statement, ...]:
        """What was derived from a record, what it was turned round to left out, the surest first."""
        results = self._known(row.text("record") for row in self._rows("mapping-results", premise=name))
        return once(sorted((one for one in results.values() if not one.turned), key=surest))

    def beside(self, one: Statement) -> tuple[Statement, ...]:
        """The other records on the same two things, read from the same end; those that say the same are among them."""
        found = self.of(Name(NamedNode(one.source.iri), one.source.name)).statements
        return tuple(each for each in found if each.target.iri == one.target.iri and each.record != one.record)

    def written(self, records: Iterable[str], form: str, *, name: str) -> Answer:
        """Records in the table of SSSOM (``tsv``) or in Turtle (``ttl``); raises NotAcceptable."""
        if form not in ("tsv", "ttl"):
            raise NotAcceptable(f"Mapping records cannot be written as {form!r}.", offered=("tsv", "ttl"))
        wanted = [NamedNode(one) for one in sorted(set(records))]
        query = queries.load("publishing/mapping-described").bind(record=wanted)
        found = self._reader.answer(query, media_type=NTRIPLES)
        told: list[Triple] = [quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES)]
        if form == "ttl":
            return Answer(written(told, TURTLE), TURTLE, found.revision)
        table = ours.standard(told, name, Problems(PurePath(name), lambda _: None))
        return Answer(sssom.serialise(table, "tsv"), TSV, found.revision)

    def _known(self, records: Iterable[str]) -> dict[str, Statement]:
        wanted = [NamedNode(one) for one in sorted(set(records))]
        return {one.record: one for one in self._statements.of(record=wanted)} if wanted else {}

    def _schemes(self, wanted: Iterable[NamedNode]) -> dict[NamedNode, Scheme]:
        found: dict[NamedNode, Scheme] = {}
        named = sorted(set(wanted), key=str)
        for row in self._rows("scheme-sizes", scheme=named) if named else ():
            iri = row.iri("scheme")
            name = row.text_if_any("name") or iri.value.rpartition("/")[2]
            found.setdefault(iri, Scheme(Name(iri, name), row.number("members")))
        return found

    def _places(self, things: Iterable[str]) -> dict[str, tuple[Name, ...]]:
        found: dict[str, dict[NamedNode, Name]] = defaultdict(dict)
        wanted = [NamedNode(one) for one in sorted(things)]
        for row in self._rows("mapping-places", thing=wanted) if wanted else ():
            place = row.iri("place")
            name = Name(place, row.text_if_any("name") or place.value.rpartition("/")[2])
            found[row.text("thing")].setdefault(place, name)
        return {thing: tuple(places.values()) for thing, places in found.items()}

    def _rows(self, name: str, **asked: Value | Iterable[Value]) -> Iterator[Row]:
        return iter(rows(self._reader.answer(queries.load(f"publishing/{name}").bind(**asked), media_type=JSON)))


def _holds(row: Row, day: str) -> bool:
    start, end = row.text_if_any("from"), row.text_if_any("until")
    return (start or day) <= day and (not end or day < end)


def _counted(standings: Iterable[Standing]) -> dict[Standing, int]:
    told = list(standings)
    return {one: told.count(one) for one in Standing if one in told}
