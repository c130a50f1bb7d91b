"""How warnings spread: which jurisdictions, and which members of a network, are not recorded to have acted on a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import click
from pyoxigraph import NamedNode

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.spread import Action, Evidence, MemberStanding, PlaceStanding, Spread

_DAY = click.DateTime(["%Y-%m-%d"])
_CAUTION = "That no action is recorded does not mean that none was taken."


@click.command(
    name="alert-spread",
    epilog=examples(
        "standards-graph alert-spread raystation-electron-dose",
        "standards-graph alert-spread astral-2026 --on 2026-08-01 --format json",
        note="ISSUE is the IRI of a safety issue, a prefixed name, or the last part of its address.",
    ),
)
@click.argument("issue")
@click.option("--on", "day", type=_DAY, help="As known by the end of this day; else today's (UTC).")
@show.list_format
@pass_session
def alert_spread(session: Session, issue: str, day: dt.datetime | None, format_: str) -> None:
    """List how each jurisdiction stands to a safety ISSUE: where its device is on the market, or somebody acted.

    Days are those from the first action anywhere to the first one there, or to the day itself where none is recorded.
    """
    with session.registry() as registry:
        told = registry.studies.spread(issue, day=day.date() if day else None)
    columns = (
        "place", "standing", "days", "at most", "first action there", "known from", "on the market", "same device",
        "actions held", "complete up to", "records",
    )  # fmt: skip
    show.records(columns, [_place(one, told) for one in told.places], format_)
    grouping = told.called(told.fault.grouping) or "not recorded"
    click.echo(f"{told.fault.issue.text}, by the end of {told.day}. Grouping: {grouping}. {_CAUTION}", err=True)
    if not told.fault.devices:
        click.echo("No device of the registry is linked to it: where it is on the market is not known.", err=True)


@click.command(
    name="silent-members",
    epilog=examples(
        "standards-graph silent-members imdrf",
        "standards-graph silent-members healthai-grn --issue raystation-electron-dose --on 2026-11-22 --all",
        note="NETWORK is the IRI of a network, a prefixed name, or the last part of its address.",
    ),
)
@click.argument("network")
@click.option("--issue", default="", help="About this safety issue alone; else about all.")
@click.option("--on", "day", type=_DAY, help="As known by the end of this day; else today's (UTC).")
@click.option("--all", "everybody", is_flag=True, help="Also those that acted.")
@show.list_format
@pass_session
def silent_members(session: Session, network: str, issue: str, day: dt.datetime | None, everybody: bool, format_: str) -> None:
    """List the members of a NETWORK that are not recorded to have acted on a fault of a device on their market.

    Observers and affiliates stand beside full members: the role says which is which.
    """
    with session.registry() as registry:
        found = registry.studies.network(network, issue=issue, day=day.date() if day else None, everybody=everybody)
    columns = (
        "member", "role", "since", "place", "issue", "standing", "days", "at most", "same device", "actions held",
        "complete up to", "records",
    )  # fmt: skip
    show.records(columns, [_member(one) for one in found], format_)
    click.echo(_CAUTION, err=True)


def _place(one: PlaceStanding, told: Spread) -> tuple[object, ...]:
    least, most = one.days or ("not recorded", "not recorded")
    first = one.actions[0] if one.actions else None
    return (
        told.called(one.place),
        one.standing.value,
        least,
        most,
        f"{first.printed or 'day not recorded'}: {first.action.text}" if first else "",
        _known_from(first, told) if first else "",
        _markets(one, told),
        one.identity.value if one.identity else "",
        one.held.actions,
        _complete(one),
        _records(one),
    )


def _known_from(one: Action, told: Spread) -> str:
    by = ", ".join(told.called(other) for other in one.relayed_by)
    passes_on = ", ".join(told.called(other) for other in one.relays)
    if one.evidence is Evidence.RELAY:
        return f"{one.evidence.value}: {by}"
    return one.evidence.value + (f"; relays {passes_on}" if passes_on else "") + (f"; relayed by {by}" if by else "")


def _markets(one: PlaceStanding, told: Spread) -> str:
    if not one.markets:
        return "not recorded"
    return "; ".join(dict.fromkeys(told.called(market.report) or "authorised" for market in one.markets))


def _complete(one: PlaceStanding) -> str:
    return one.held.complete_as_of.isoformat() if one.held.complete_as_of else "not stated"


def _records(one: PlaceStanding) -> str:
    found = [action.action.iri for action in one.actions] + [market.evidence for market in one.markets]
    return _short(found)


def _short(found: Iterable[NamedNode]) -> str:
    return " ".join(show.compact(each.value) for each in dict.fromkeys(found))


def _member(one: MemberStanding) -> tuple[object, ...]:
    least, most = one.standing.days or ("not recorded", "not recorded")
    identity = one.standing.identity
    return (
        one.member.member.text,
        one.member.role.text if one.member.role else "not recorded",
        one.member.since or "not recorded",
        show.compact(one.standing.place.value),
        one.fault.issue.text,
        one.standing.standing.value,
        least,
        most,
        identity.value if identity else "",
        one.standing.held.actions,
        _complete(one.standing),
        _short([one.member.membership, one.fault.issue.iri]) + " " + _records(one.standing),
    )


COMMANDS: tuple[click.Command, ...] = (alert_spread, silent_members)
