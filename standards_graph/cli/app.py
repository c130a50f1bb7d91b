"""The command ``standards-graph`` itself: its global options, its commands, and the last word on every error."""

from __future__ import annotations

from typing import Any

import click

from standards_graph import __version__
from standards_graph.cli import (
    ask,
    comparison,
    curate,
    drafts,
    equivalence,
    exits,
    figures,
    lineage,
    mappings,
    ontology,
    operate,
    organisations,
    publish,
    quality,
    reviews,
    spread,
    token,
)
from standards_graph.cli.session import Session
from standards_graph.errors import RegistryError

HELP = """Standards Graph: a registry of international standards for AI in healthcare.

The registry lives in the data folder (STANDARDS_GRAPH_HOME). Load the packaged content once, then ask or serve:

\b
    standards-graph load
    standards-graph questions
    standards-graph serve

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input, 4 refused by validation.
"""


class _Main(click.Group):
    """A group whose commands end with a sentence and an exit code, never with a traceback unless asked."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegistryError as error:
            if ctx.params["debug"]:
                raise
            exits.tell(error)
            ctx.exit(exits.exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            click.echo(f"error: {type(error).__name__}: {error}. Run it again with --debug to see where.", err=True)
            ctx.exit(exits.FAILED)


@click.group(cls=_Main, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--debug", is_flag=True, help="Show the full traceback of an error.")
@click.version_option(__version__, prog_name="standards-graph")
@click.pass_context
def main(ctx: click.Context, debug: bool) -> None:
    """Run one command."""
    ctx.obj = ctx.obj or Session()
    ctx.obj.debug = debug


for _command in (
    *operate.COMMANDS,
    *ask.COMMANDS,
    *curate.COMMANDS,
    *drafts.COMMANDS,
    *publish.COMMANDS,
    *organisations.COMMANDS,
    *mappings.COMMANDS,
    *equivalence.COMMANDS,
    *reviews.COMMANDS,
    *comparison.COMMANDS,
    *figures.COMMANDS,
    *lineage.COMMANDS,
    *spread.COMMANDS,
    *quality.COMMANDS,
    *ontology.COMMANDS,
    *token.COMMANDS,
):
    main.add_command(_command)
