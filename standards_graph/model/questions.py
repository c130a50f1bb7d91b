"""A public question, what it can be asked with, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from standards_graph.model.entities import Name, Source, Term

AUDIENCES = {"S": "Standards bodies", "R": "Regulators", "C": "Curators", "M": "Manufacturers and clinicians"}
"""Who asks, by the letter of a question's number."""
MORE = "More"
"""Where questions without a number stand."""

_GRAPH = re.compile(r"(?<![?$:\w])GRAPH\s+[?$<\w]", re.I)
_COMMENT = re.compile(r"^\s*#.*$", re.M)


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible value of a parameter: how a request writes it, and what it is called."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked with; without choices any value of the right kind will do, ``optional`` also none."""

    name: str
    label: str
    value: str
    kind: str
    optional: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def shown(self) -> str:
        """What the present value is called."""
        return next((choice.name for choice in self.choices if choice.value == self.value), self.value)


@dataclass(frozen=True, slots=True)
class Question:
    """A public question as its file says it; ``header`` holds every header line.

    ``id`` is the number that the ontology's requirements give it, or "". ``missing`` says which source the packaged content
    lacks, so that it has no answer yet.
    """

    name: str
    text: str
    title: str
    id: str = ""
    asked_by: str = ""
    coverage: str = ""
    caution: str = ""
    missing: str = ""
    header: Mapping[str, str] = field(default_factory=dict)

    @property
    def audience(self) -> str:
        """The letter of those for whom it was first asked, or ""."""
        return self.id[:1]

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands among all: by audience, number and name."""
        letters = [*AUDIENCES]
        known = letters.index(self.audience) if self.audience in letters else len(letters)
        return known, int(self.id[1:] or 0), self.name


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who ask, and their questions."""

    name: str
    questions: tuple[Question, ...]

    @property
    def anchor(self) -> str:
        """The name as part of an address."""
        return self.name.lower().replace(" ", "-")


def by_audience(questions: Iterable[Question]) -> tuple[Audience, ...]:
    """The questions by who asks them, those without a number last."""
    ordered = sorted(questions, key=lambda question: question.place)
    groups = groupby(ordered, key=lambda question: AUDIENCES.get(question.audience, MORE))
    return tuple(Audience(name, tuple(found)) for name, found in groups)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters, the query that was run, and the answer as a table of terms.

    ``days`` are the parameters that name the day it is asked for; without any it does not depend on a day.
    """

    question: Question
    parameters: tuple[Parameter, ...]
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    names: Mapping[str, Name]
    sources: tuple[tuple[Source, ...], ...]
    revision: int
    days: tuple[str, ...] = ()

    @property
    def reads_named_graphs(self) -> bool:
        """Whether it looks into graphs by name, and so beyond those that plain queries see."""
        return bool(_GRAPH.search(_COMMENT.sub("", self.query)))
