"""A file on its way into the registry: what was read, what is wrong with it, what it would change, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from standards_graph.model.changes import ChangeSet, ThingChange
from standards_graph.model.findings import Report


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    REFUSED = "refused"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its name such as ``d7``, who brought which files of which source and when, the report, the state.

    ``mark`` is the digest of the difference that was shown last, ``revision`` the number of the one that published it.
    ``files`` are pairs of name and SHA-256; ``rows`` is how many they have, ``quads`` how many statements
    were read. ``note`` says why it was published or discarded.
    """

    name: str
    source: str
    graph: str
    created_at: str
    agent: str
    files: tuple[tuple[str, str], ...]
    state: DraftState
    report: Report
    mark: str = ""
    note: str = ""
    revision: int | None = None
    quads: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """How a change alters the answer to a public question, asked with its usual parameters: rows before and after."""

    question: str
    title: str
    before: int
    after: int
    come: int
    gone: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a draft would change: statements, things by their fate, and things that may only have been renamed.

    ``renamed`` pairs a thing that would be withdrawn with a new one of the same name, as a hint to look at.
    """

    changes: ChangeSet
    things: tuple[ThingChange, ...]
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What else would change: answers to public questions, and statements that are worked out from the facts."""

    answers: tuple[AnswerChange, ...]
    inferred: ChangeSet
