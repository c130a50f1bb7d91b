"""What one address of the API takes, gives and refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from standards_graph.model.accounts import Scope


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a request says in its path, its query or its header."""

    name: str
    place: str
    text: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address: what it does, which scopes allow it (none: anybody), what it takes, gives and refuses.

    ``gives`` maps a status to the name of a schema and a sentence; ``refuses`` names the statuses of problems that are its own.
    """

    method: str
    path: str
    summary: str
    gives: Mapping[int, tuple[str, str]]
    scopes: tuple[Scope, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: str = ""
    refuses: tuple[int, ...] = ()
    more: str = ""
    types: tuple[str, ...] = field(default=("application/json",))


TIME = (
    Parameter("at", "query", "The day on which it is to hold; today without it."),
    Parameter("revision", "query", "What was published at a revision, such as r12, or by a day."),
)
PAGE = Parameter("page", "query", "Which page, from 1.")
