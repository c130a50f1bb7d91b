"""The one table from error to exit code, and how an error is told."""

from __future__ import annotations

import click

from standards_graph import errors

DONE = 0
FAILED = 1
WRONG_USAGE = 2
BAD_INPUT = 3
NOT_VALID = 4

EXITS: dict[type[errors.RegistryError], int] = {
    errors.RegistryError: FAILED,
    errors.NotFound: BAD_INPUT,
    errors.Gone: FAILED,
    errors.NotAcceptable: WRONG_USAGE,
    errors.BadInput: BAD_INPUT,
    errors.BadArgument: WRONG_USAGE,
    errors.UnreadableFile: BAD_INPUT,
    errors.BadQuery: BAD_INPUT,
    errors.SourceUnknown: BAD_INPUT,
    errors.NotSignedIn: FAILED,
    errors.NotAllowed: FAILED,
    errors.TooLarge: FAILED,
    errors.QueryTooDeep: BAD_INPUT,
    errors.TooManyRequests: FAILED,
    errors.Refused: FAILED,
    errors.ValidationFailed: NOT_VALID,
    errors.SourceShrank: NOT_VALID,
    errors.DraftOutdated: NOT_VALID,
    errors.TooManyDrafts: FAILED,
    errors.Misconfigured: WRONG_USAGE,
    errors.StoreFailure: FAILED,
    errors.NoRoom: FAILED,
    errors.StoreInUse: FAILED,
    errors.StoreDamaged: FAILED,
    errors.Busy: FAILED,
    errors.QueryTimeout: FAILED,
    errors.QueryOutOfMemory: FAILED,
}


def exit_code(error: errors.RegistryError) -> int:
    """The exit code of an error: its own, else that of its nearest kind."""
    return next(EXITS[kind] for kind in type(error).__mro__ if kind in EXITS)


def tell(error: errors.RegistryError) -> None:
    """Say on standard error what went wrong, and for a query where."""
    click.echo(f"error: {' '.join(str(error).split())}", err=True)
    if isinstance(error, errors.BadQuery) and error.excerpt:
        click.echo(f"  {error.excerpt}", err=True)
        if error.column:
            click.echo("  " + " " * (error.column - 1) + "^", err=True)
