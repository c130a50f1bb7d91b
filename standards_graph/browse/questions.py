"""The public questions: which there are, what each can be asked with, and what it answers now."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from standards_graph import queries
from standards_graph.browse import values
from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.browse.sources import sources
from standards_graph.errors import BadArgument
from standards_graph.model.answers import JSON, Answer
from standards_graph.model.entities import Source, Term
from standards_graph.model.questions import Asked, Choice, Parameter, Question
from standards_graph.queries import Query
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows
from standards_graph.vocab import XSD

WITH_SOURCES = 2000
"""Rows up to which each row's source records are looked up."""


def known() -> tuple[Question, ...]:
    """Every public question: by audience, number and name."""
    return tuple(sorted((_question(queries.question(name)) for name in queries.questions()), key=lambda one: one.place))


class Questions:
    """What may be asked about questions, and the asking itself."""

    def __init__(self, reader: Reader, *, today: dt.date | None = None, at: dt.date | None = None) -> None:
        """Questions are asked for ``today`` unless they are told another day; with ``at``, for that day and no other."""
        self._reader = reader
        self._at = at
        self._today = at or today or dt.datetime.now(dt.UTC).date()

    def all(self) -> tuple[Question, ...]:
        """Every question: by audience, number and name."""
        return known()

    def answer(self, name: str, given: Mapping[str, str], media_type: str) -> Answer:
        """The answer in a result syntax; raises NotFound, BadArgument."""
        return self._reader.answer(self.query(name, given), media_type=media_type)

    def query(self, name: str, given: Mapping[str, str]) -> str:
        """The SPARQL of a question with these values; raises NotFound, BadArgument."""
        query = self._file(name)
        unknown = sorted(set(given) - set(query.parameters))
        if unknown:
            told = ", ".join(query.parameters) or "none"
            raise BadArgument(
                f"The question {name} has no parameter {', '.join(unknown)}; it has: {told}.",
                name=unknown[0],
                known=tuple(query.parameters),
            )
        terms = {key: _read(query, key, text) for key, text in given.items() if text}
        for day in _days(query):
            if self._at and day in terms and terms[day].value != self._today.isoformat():
                raise BadArgument(f"The day is said twice: {day} says {terms[day].value}, and at says {self._today}.", name=day)
        return query.bind(**terms)

    def _file(self, name: str) -> Query:
        """The question's file, in which the parameters that its header calls so are today's day (UTC) unless they are given."""
        query = queries.question(name)
        return query.with_defaults(**dict.fromkeys(_days(query), Literal(self._today.isoformat(), datatype=XSD.date)))

    def ask(self, name: str, given: Mapping[str, str]) -> Asked:
        """The answer as a table, with names for what it links to and the sources of what each row is about."""
        text, query = self.query(name, given), self._file(name)
        answer = self._reader.answer(text, media_type=JSON)
        columns = tuple(json.loads(answer.body)["head"]["vars"])
        table = tuple(tuple(row.term(column) for column in columns) for row in rows(answer))
        iris = {term for row in table for term in row if isinstance(term, NamedNode)}
        return Asked(
            question=_question(query),
            parameters=self.parameters(name, given),
            query=text,
            columns=columns,
            rows=table,
            names={iri.value: known for iri, known in names(self._reader, iris).items()},
            sources=self._sources(_cited(query.header.get("sources", ""), columns), table),
            revision=answer.revision,
            days=_days(query),
        )

    def parameters(self, name: str, given: Mapping[str, str]) -> tuple[Parameter, ...]:
        """What a question can be asked with, with the present values."""
        query = self._file(name)
        return tuple(self._parameter(query, key, given.get(key, "")) for key in query.parameters)

    def _parameter(self, query: Query, key: str, text: str) -> Parameter:
        like = values.default(query.parameters[key])
        term = values.read(key, text, like) if text else like
        return Parameter(
            name=key,
            label=query.header.get(f"label {key}", key.replace("_", " ").capitalize()),
            value=values.written(term, like) if term else "",
            optional=like is None,
            kind="iri" if like is None or isinstance(like, NamedNode) else values.kind(like),
            choices=self._choices(query.header.get(f"choices {key}", ""), like, term),
        )

    def _choices(self, told: str, like: values.Term | None, now: values.Term | None) -> tuple[Choice, ...]:
        """The values that the header's ``PREDICATE of CLASS, ...`` or ``CLASS with PREDICATE, ...`` names, by name.

        The default and the present value are always among them.
        """
        if not told:
            return ()
        found = [row.iri("choice") for one in told.split(", ") for row in self._choice(one)]
        iris = {*found, *(term for term in (like, now) if isinstance(term, NamedNode))}
        known = sorted(names(self._reader, iris).values(), key=lambda name: name.text.casefold())
        return tuple(Choice(values.written(name.iri, like), name.text) for name in known)

    def _choice(self, told: str) -> Iterator[Row]:
        """The values of one predicate on the things of one class, or the things of a class that have a predicate."""
        class_, things, predicate = told.partition(" with ")
        if not things:
            predicate, _, class_ = told.partition(" of ")
        asked = "browse/choices-with" if things else "browse/choices"
        return ask(self._reader, asked, predicate=values.expanded(predicate), **{"class": values.expanded(class_)})

    def _sources(self, places: Sequence[int], table: Sequence[tuple[Term | None, ...]]) -> tuple[tuple[Source, ...], ...]:
        """The source records of what each row names in these places, each record once."""
        named = [[term for place in places if isinstance(term := row[place], NamedNode)] for row in table[:WITH_SOURCES]]
        known = sources(self._reader, {thing for row in named for thing in row})
        return tuple(_distinct(source for thing in row for source in known.get(thing, ())) for row in named)


def _days(query: Query) -> tuple[str, ...]:
    """The parameters of a question that its header calls today."""
    return tuple(key for key in query.header.get("today", "").split() if key in query.parameters)


def _cited(told: str, columns: Sequence[str]) -> list[int]:
    """The places of the variables whose sources a row cites: those that the header names, else all."""
    return [place for place, name in enumerate(columns) if not told or name in told.split()]


def _distinct(found: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({source.record: source for source in found}.values())


def _read(query: Query, key: str, text: str) -> values.Term:
    return values.read(key, text, values.default(query.parameters[key]))


def _question(query: Query) -> Question:
    header = query.header
    return Question(
        name=query.name,
        text=header.get("question", query.name.replace("-", " ")),
        title=header.get("title", query.name.replace("-", " ").capitalize()),
        id=header.get("id", ""),
        asked_by=header.get("asked by", ""),
        coverage=header.get("coverage", ""),
        caution=header.get("caution", ""),
        missing=header.get("missing", ""),
        header=header,
    )
