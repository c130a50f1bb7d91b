"""A file on its way into the registry: what was read, what is wrong with it, what it would change, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from standards_graph.model.changes import ChangeSet, ThingChange
from standards_graph.model.findings import Report


class DraftState(StrEnum):
    """Where a draft stands."""

    READING = "reading"
    FAILED = "failed"
    OPEN = "open"
    REFUSED = "refused"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its name such as ``d7``, who brought which files of which source and when, the report, the state.

    ``mark`` is the digest of the difference that was shown last, ``revision`` the number of the one that published it.
    ``files`` are pairs of name and SHA-256; ``rows`` is how many they have, ``quads`` how many statements
    were read. ``note`` says why it was published or discarded, ``problem`` why it could not be read.
    ``leave_out`` and ``texts`` say how it is to be read.
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
    leave_out: bool = False
    texts: bool = False
    problem: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether it was published or discarded."""
        return self.state in (DraftState.PUBLISHED, DraftState.DISCARDED)

    @property
    def was_read(self) -> bool:
        """Whether its files were read to their end."""
        return self.state not in (DraftState.READING, DraftState.FAILED)


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


@dataclass(frozen=True, slots=True)
class ThingLook:
    """One thing of a kept difference: what becomes of it, its name, how many statements come and go, and the first of them.

    A statement is a triple of its property, its object as text, and the object again where it is an IRI.
    """

    fate: str
    iri: str
    label: str
    added: int
    removed: int
    come: tuple[tuple[str, str, str], ...]
    gone: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a draft would change, as it was worked out at a moment against a revision, for whoever looks at it.

    ``mark`` is what its publication holds to. ``before`` is how many entries the registry holds of the source,
    ``release`` and ``held`` are the printed dates of the files and of what is published, where the files are older, else empty;
    ``most_percent`` the share that may be withdrawn without a word. ``derived`` counts the things of which only something that
    is worked out changes, ``pages`` those whose page changes.
    """

    mark: str
    revision: int
    made_at: str
    added: int
    removed: int
    fates: Mapping[str, int]
    renamed: tuple[tuple[str, str], ...]
    before: int
    most_percent: int
    answers: tuple[AnswerChange, ...]
    inferred_added: int
    inferred_removed: int
    derived: int
    pages: int
    release: str = ""
    held: str = ""

    @property
    def is_older(self) -> bool:
        """Whether the files are of an earlier release than what is published."""
        return bool(self.held)

    @property
    def is_held(self) -> bool:
        """Whether somebody has to say that it is meant before it is published."""
        return self.shrank or self.is_older

    @property
    def withdrawn(self) -> int:
        """How many entries would be marked as withdrawn at source."""
        return self.fates.get("withdrawn at source", 0)

    @property
    def shrank(self) -> bool:
        """Whether a larger share of the source would be withdrawn than goes without a word."""
        return bool(self.before) and self.withdrawn * 100 > self.before * self.most_percent
