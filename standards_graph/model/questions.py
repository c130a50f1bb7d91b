"""A public question, what it can be asked with, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from standards_graph.model.entities import Name, Source, Term


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
    """A public question as its file says it; ``header`` holds every header line."""

    name: str
    text: str
    title: str
    asked_by: str = ""
    coverage: str = ""
    caution: str = ""
    header: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters, the query that was run, and the answer as a table of terms."""

    question: Question
    parameters: tuple[Parameter, ...]
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    names: Mapping[str, Name]
    sources: tuple[tuple[Source, ...], ...]
    revision: int
