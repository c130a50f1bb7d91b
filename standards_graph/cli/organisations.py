"""Organisations that may be one and the same: what was found, and what becomes of it."""

from __future__ import annotations

import getpass

import click

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session

_AGENT = click.option("--agent", default=getpass.getuser, show_default="your user name", help="Who: kept in the history.")
_NOTE = click.option("--note", required=True, help="Why: kept with the record and in the history.")


@click.group(
    epilog=examples(
        "standards-graph organisations candidates",
        "standards-graph organisations settle",
        'standards-graph organisations accept edwards-lifeciences-llc edwards-lifesciences-llc --note "A misprint in K183646"',
    ),
)
def organisations() -> None:
    """Find organisations that may be one and the same, and decide on them.

    Nothing is merged: a decision is a mapping record, which says who took it and why, and can be taken back with revert.
    """


_COLUMNS = ("state", "score", "one", "other", "evidence")


@organisations.command("candidates", epilog=examples("standards-graph organisations candidates --recorded --format csv"))
@click.option("--recorded", is_flag=True, help="The pairs on which there is a record; else those on which there is none yet.")
@show.list_format
@pass_session
def candidates(session: Session, recorded: bool, format_: str) -> None:
    """List pairs of organisations that may be the same, the surest first."""
    with session.reconciler() as reconciler:
        if recorded:
            rows = [(one.verdict.value, one.match) for one in reconciler.decisions()]
        else:
            rows = [("sure" if one.is_sure else "to be looked at", one) for one in reconciler.open_pairs()]
    show.records(
        _COLUMNS,
        [
            (state, f"{one.score:.3f}", show.compact(one.one), show.compact(one.other), "; ".join(one.evidence))
            for state, one in rows
        ],
        format_,
    )


@organisations.command("settle", epilog=examples("standards-graph organisations settle"))
@_AGENT
@click.option("--note", default="", help="Why: kept in the history.")
@pass_session
def settle(session: Session, agent: str, note: str) -> None:
    """Record all pairs: the sure ones as accepted, the others as candidates for a curator."""
    with session.reconciler() as reconciler:
        sure, queued = reconciler.settle(agent=agent, note=note)
    click.echo(f"{sure:,} pairs accepted, {queued:,} wait for a curator.")


@organisations.command("accept", epilog=examples('standards-graph organisations accept a-inc a-incorporated --note "One firm"'))
@click.argument("one")
@click.argument("other")
@_NOTE
@_AGENT
@pass_session
def accept(session: Session, one: str, other: str, note: str, agent: str) -> None:
    """Record that ONE and OTHER are the same firm."""
    _decide(session, one, other, "accepted", note, agent)


@organisations.command(
    "reject", epilog=examples('standards-graph organisations reject brainlab-ag brainlab-ltd --note "Two firms"')
)
@click.argument("one")
@click.argument("other")
@_NOTE
@_AGENT
@pass_session
def reject(session: Session, one: str, other: str, note: str, agent: str) -> None:
    """Record that ONE and OTHER are not the same firm: the pair does not come back."""
    _decide(session, one, other, "rejected", note, agent)


def _decide(session: Session, one: str, other: str, verdict: str, note: str, agent: str) -> None:
    from standards_graph.reconciling.records import Verdict  # noqa: PLC0415 - as in the session

    with session.reconciler() as reconciler:
        done = reconciler.decide(one, other, Verdict(verdict), agent=agent, note=note)
    click.echo(f"Recorded as {verdict} in {done.name}.")


COMMANDS: tuple[click.Command, ...] = (organisations,)
