"""The family of errors: each kind carries facts, a stable code and one sentence that says what to do next.

Errors know nothing of HTTP or of exit codes: ``webapp/errors.py`` and ``standards_graph/cli/exits.py`` hold the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from standards_graph.model.findings import Finding


class RegistryError(Exception):
    """Whatever the registry refuses or cannot do."""

    code: ClassVar[str] = "registry-error"
    title: ClassVar[str] = "The registry could not do this"


class NotFound(RegistryError):
    """Nothing has that name."""

    code = "not-found"
    title = "Not found"


class Gone(RegistryError):
    """The revision is no longer kept for querying; its dump is."""

    code = "gone"
    title = "No longer kept"

    def __init__(self, message: str, *, revision: int | None = None) -> None:
        super().__init__(message)
        self.revision = revision


class NotAcceptable(RegistryError):
    """None of the asked formats can hold the answer."""

    code = "not-acceptable"
    title = "No such format"

    def __init__(self, message: str, *, offered: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.offered = tuple(offered)


class BadInput(RegistryError):
    """Something that came from outside cannot be used as it is."""

    code = "bad-input"
    title = "The input cannot be used"


class BadArgument(BadInput):
    """A parameter is missing, unknown or of the wrong form."""

    code = "bad-argument"
    title = "A parameter is wrong"

    def __init__(self, message: str, *, name: str = "", known: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.known = tuple(known)


class UnreadableFile(BadInput):
    """A file is not what it should be; says which file, where, and why."""

    code = "unreadable-file"
    title = "The file cannot be read"

    def __init__(self, reason: str, *, source: str = "", line: int | None = None) -> None:
        place = source + (f", line {line}" if line else "")
        super().__init__(f"{place}: {reason}" if place else reason)
        self.source, self.line, self.reason = source, line, reason


class BadQuery(BadInput):
    """A query that is not SPARQL 1.1, or that this service refuses; says where (line and column count from 1)."""

    code = "bad-query"
    title = "The query cannot be answered"

    def __init__(self, reason: str, *, line: int | None = None, column: int | None = None, excerpt: str = "") -> None:
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(place + reason)
        self.reason, self.line, self.column, self.excerpt = reason, line, column, excerpt


class SourceUnknown(BadInput):
    """Nothing says from which source a file comes; ``choices`` are those that it may be."""

    code = "source-unknown"
    title = "From which source?"

    def __init__(self, message: str, *, choices: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.choices = tuple(choices)


class NotSignedIn(RegistryError):
    """Only somebody with a valid token may do this."""

    code = "not-signed-in"
    title = "Not signed in"


class NotAllowed(RegistryError):
    """The token is valid, and does not allow this."""

    code = "not-allowed"
    title = "Not allowed"


class TooLarge(RegistryError):
    """A request, a file or an answer is over its limit. Nothing was shortened: ask for less, or take the dump."""

    code = "too-large"
    title = "Over the size limit"


class QueryTooDeep(RegistryError):
    """The evaluating process died of the query, most likely of its nesting."""

    code = "query-too-deep"
    title = "The query is nested too deeply"


class TooManyRequests(RegistryError):
    """One client has too many queries running or has used up its share; ``retry_after`` is in seconds."""

    code = "too-many-requests"
    title = "Too many requests"

    def __init__(self, message: str, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Refused(RegistryError):
    """The registry's state does not allow it."""

    code = "refused"
    title = "Refused"


class ValidationFailed(Refused):
    """The input breaks rules; ``findings`` says which, each with what to do."""

    code = "validation-failed"
    title = "Validation failed"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} finding(s) stop this from being published.")
        self.findings = tuple(findings)


class SourceShrank(Refused):
    """A source came back with far fewer entries than before; nothing was changed."""

    code = "source-shrank"
    title = "The source shrank"


class DraftOutdated(Refused):
    """What a draft would change is not what was looked at: the registry has moved on. Nothing was changed."""

    code = "draft-outdated"
    title = "The draft has to be looked at again"


class TooManyDrafts(Refused):
    """There are as many undecided drafts as there may be."""

    code = "too-many-drafts"
    title = "Too many drafts"


class Misconfigured(RegistryError):
    """A setting or the installation is wrong."""

    code = "misconfigured"
    title = "Wrong set-up"


class StoreFailure(RegistryError):
    """The store cannot answer now."""

    code = "store-failure"
    title = "The store cannot answer"


class NoRoom(StoreFailure):
    """The disk of the data folder has too little room left."""

    code = "no-room"
    title = "No room left"


class StoreInUse(StoreFailure):
    """Another process is writing."""

    code = "store-in-use"
    title = "The store is in use"


class StoreDamaged(StoreFailure):
    """The files do not hold what the ledger says they hold."""

    code = "store-damaged"
    title = "The store is damaged"


class Busy(StoreFailure):
    """All workers are taken and the queue is full; ``retry_after`` is in seconds."""

    code = "busy"
    title = "Busy"

    def __init__(self, message: str, *, retry_after: int = 2) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QueryTimeout(StoreFailure):
    """The query ran past its deadline and was stopped. There is no partial answer."""

    code = "query-timeout"
    title = "The query took too long"


class QueryOutOfMemory(StoreFailure):
    """The query needed more memory than it may use and was stopped. There is no partial answer."""

    code = "query-out-of-memory"
    title = "The query needed too much memory"
