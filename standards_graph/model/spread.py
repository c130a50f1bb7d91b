"""How the warning of one fault spread: who acted, who is not recorded to have acted, and who could have known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


class Standing(StrEnum):
    """What is known of the actions of one jurisdiction on one fault, by a day."""

    RECORDED = "action recorded"
    IN_PART = "action recorded in a part of it"
    COMPLETE = "none found up to the day to which actions there are stated complete"
    OPEN = "none found; completeness of actions there not stated"
    NOT_COVERED = "not covered by sources"

    @property
    def acted(self) -> bool:
        """Whether an action is recorded, in the place, in a larger one that it belongs to, or in a part of it."""
        return self in (Standing.RECORDED, Standing.IN_PART)


class Identity(StrEnum):
    """Why a device on a market is taken for the one of the fault, the surest first."""

    NAMED = "the same record of a device"
    AUTHORISATION = "the notice names the authorisation"
    IDENTIFIER = "the same device identifier"
    FAMILY = "its family, a version or a member of it"
    NAMESAKE = "the same name and firm"


class Evidence(StrEnum):
    """Where an action is known from."""

    OWN = "a source of its own"
    RELAY = "only the notice that relays it"


@dataclass(frozen=True, slots=True)
class Market:
    """That a device is on a market, by which decision or report, as far as its dates are recorded."""

    device: NamedNode
    place: NamedNode
    evidence: NamedNode
    report: NamedNode | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Whether it holds on a day; an unknown start or end does not speak against it."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Action:
    """One action on the fault: dated between the earliest and the latest day that its printed date allows."""

    action: Name
    place: NamedNode
    kind: NamedNode | None = None
    printed: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None
    relays: tuple[NamedNode, ...] = ()
    relayed_by: tuple[NamedNode, ...] = ()
    evidence: Evidence = Evidence.OWN
    sources: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the registry holds of the safety actions of a jurisdiction."""

    actions: int = 0
    newest: dt.date | None = None
    complete_as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is known of one fault: its actions, the devices it is known of with why, and where these are on the market."""

    issue: Name
    grouping: NamedNode | None = None
    actions: tuple[Action, ...] = ()
    devices: Mapping[NamedNode, Identity] = field(default_factory=dict)
    markets: tuple[Market, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceStanding:
    """How one jurisdiction stands to one fault on a day.

    ``days`` are those from the first action anywhere to the first one here, or to the day itself where none is recorded here:
    at least and at most, for a month or a year alone may be printed; None where no action bears a date. ``identity`` None says
    that the device is not known to be on the market here.
    """

    place: NamedNode
    standing: Standing
    held: Held
    identity: Identity | None = None
    markets: tuple[Market, ...] = ()
    actions: tuple[Action, ...] = ()
    days: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """One fault, and how each jurisdiction stands to it by the end of a day."""

    fault: Fault
    day: dt.date
    places: tuple[PlaceStanding, ...]
    names: Mapping[NamedNode, Name]

    def called(self, thing: NamedNode | None) -> str:
        """What a place, a kind or a source is called."""
        if thing is None:
            return ""
        return self.names[thing].text if thing in self.names else thing.value


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a network: its role, the jurisdictions it stands for, since when as printed."""

    membership: NamedNode
    member: Name
    areas: tuple[NamedNode, ...]
    role: Name | None = None
    since: str = ""
    status: str = ""
    sources: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """How a member of a network stands to a fault of a device that is on its market."""

    member: Member
    fault: Fault
    standing: PlaceStanding
