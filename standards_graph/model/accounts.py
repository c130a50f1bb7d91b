"""Who asks, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Something that a token allows."""

    WRITE = "changes:write"
    PUBLISH = "changes:publish"

    @property
    def meaning(self) -> str:
        """What it allows, in words."""
        return _MEANINGS[self]


_MEANINGS = {
    Scope.WRITE: "bring files in, look at drafts, discard them",
    Scope.PUBLISH: "publish drafts and take revisions back",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: never its secret. Moments are UTC in the form of ISO 8601; ``last_used`` is a day."""

    id: str
    owner: str
    scopes: tuple[Scope, ...]
    created_at: str
    expires_at: str
    last_used: str = ""
    revoked_at: str = ""

    def state(self, now: str) -> str:
        """Whether it counts at a moment: valid, expired or revoked."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= now else "valid"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the owner of a token, which token, and what it allows."""

    name: str
    token: str
    scopes: tuple[Scope, ...]

    def may(self, *scopes: Scope) -> bool:
        """Whether any of these scopes is among the caller's."""
        return any(one in self.scopes for one in scopes)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of what was done: when, by whom, what, to what, and a remark."""

    number: int
    at: str
    who: str
    action: str
    subject: str
    remark: str
