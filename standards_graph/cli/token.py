"""Tokens: who may bring files in and publish over HTTP."""

from __future__ import annotations

import getpass

import click

from standards_graph.accounts.accounts import MOST_DAYS, USUAL_DAYS, Accounts
from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.accounts import Scope


@click.group(
    epilog=examples(
        'standards-graph token create --owner "Ada Example" --scope changes:write --scope changes:publish',
        "standards-graph token list",
        "standards-graph token revoke a1B2c3D4",
    ),
)
def token() -> None:
    """Give, list and end the tokens with which people and programs change the registry over HTTP.

    Whoever works in the data folder itself needs none.
    """


@token.command("create", epilog=examples('standards-graph token create --owner "Ada Example" --scope changes:write --days 30'))
@click.option("--owner", required=True, help="Who will use it: kept in the history of what they publish.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([one.value for one in Scope]),
    help="What it allows; can be given more than once.",
)
@click.option("--days", default=USUAL_DAYS, show_default=True, type=click.IntRange(1, MOST_DAYS), help="How long it is valid.")
@pass_session
def create(session: Session, owner: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token and print it, this once: it is not kept, only a digest of it."""
    made, text = Accounts(session.settings.home).create(owner, map(Scope, scopes), days=days, by=getpass.getuser())
    click.echo(text)
    click.echo(f"Token {made.id} of {made.owner}, valid until {made.expires_at}. It is shown only now: keep it safe.", err=True)


@token.command("list", epilog=examples("standards-graph token list --format csv"))
@show.list_format
@pass_session
def list_(session: Session, format_: str) -> None:
    """List the tokens, newest first, without their secrets."""
    accounts = Accounts(session.settings.home)
    now = accounts.now()
    rows = [
        (one.id, one.state(now), one.owner, " ".join(one.scopes), one.created_at, one.expires_at, one.last_used)
        for one in accounts.tokens()
    ]
    show.records(("token", "state", "owner", "scopes", "created", "expires", "last used"), rows, format_)


@token.command("revoke", epilog=examples("standards-graph token revoke a1B2c3D4"))
@click.argument("id_", metavar="TOKEN")
@pass_session
def revoke(session: Session, id_: str) -> None:
    """End a token, by its id, and every sign-in with it."""
    ended = Accounts(session.settings.home).revoke(id_, by=getpass.getuser())
    click.echo(f"Token {ended.id} of {ended.owner} was revoked.")


@token.command("audit", epilog=examples("standards-graph token audit --format csv"))
@show.list_format
@pass_session
def audit(session: Session, format_: str) -> None:
    """List what was done with tokens, newest first: this list is only ever added to."""
    rows = [(one.at, one.who, one.action, one.subject, one.remark) for one in Accounts(session.settings.home).entries()]
    show.records(("at", "who", "action", "subject", "remark"), rows, format_)


COMMANDS: tuple[click.Command, ...] = (token,)
