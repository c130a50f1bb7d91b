"""Operating: loading the packaged content, serving it, and what an operator may turn."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from standards_graph import opening, serving
from standards_graph.cli import progress, show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.changes import Revision
from standards_graph.settings import PREFIX

SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog=examples(
        "standards-graph serve",
        "standards-graph serve --port 8080",
        "STANDARDS_GRAPH_HOME=/srv/registry standards-graph serve",
    ),
)
@click.option("--host", help="Address to listen on, instead of STANDARDS_GRAPH_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on, instead of STANDARDS_GRAPH_PORT.")
@pass_session
@click.pass_context
def serve(ctx: click.Context, session: Session, host: str | None, port: int | None) -> None:
    """Serve the registry over HTTP until told to stop.

    Loads the packaged content first where the data folder does not hold it yet.
    """
    now = session.settings
    session.settings = replace(now, host=host or now.host, port=port or now.port)
    serving.check_address(session.settings)
    _load_if_needed(session)
    ctx.exit(serving.serve(session.settings))


def _load_if_needed(session: Session) -> None:
    with session.registry() as registry:
        if registry.is_current():
            return
    click.echo(f"Loading the packaged content into {session.settings.home}.", err=True)
    with session.curator() as curator, progress.bar() as step:
        click.echo(_published(curator.load(step)), err=True)


@click.command(
    epilog=examples(
        "STANDARDS_GRAPH_HOME=./registry standards-graph load",
    ),
)
@pass_session
def load(session: Session) -> None:
    """Load the packaged content into the data folder.

    Does nothing where it is there already.
    """
    with session.registry() as registry:
        if registry.is_current():
            click.echo(f"Nothing to do: {registry.history()[0].name} holds the packaged content.")
            return
    with session.curator() as curator, progress.bar() as step:
        click.echo(_published(curator.load(step)))


def _published(revision: Revision) -> str:
    return f"Published {revision.name}: {revision.quads:,} statements."


@click.command(epilog=examples("standards-graph backup /srv/backups/2026-11-23"))
@click.argument("folder", type=click.Path(path_type=Path))
@pass_session
def backup(session: Session, folder: Path) -> None:
    """Copy the registry with its history and submitted files into a new FOLDER.

    Pages and queries go on meanwhile; writers wait.
    """
    done = opening.backup(session.settings, folder)
    click.echo(f"Backed up r{done.revision}: {done.quads:,} statements in {done.files:,} files.")


@click.command(epilog=examples("STANDARDS_GRAPH_HOME=./again standards-graph restore /srv/backups/2026-11-23"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@pass_session
def restore(session: Session, folder: Path) -> None:
    """Fill the data folder, which must be empty, from the backup in FOLDER.

    Everything is read and compared with its digests before; a damaged backup is refused.
    """
    done = opening.restore(session.settings, folder)
    click.echo(f"Restored r{done.revision}: {done.quads:,} statements.")


@click.command()
@show.list_format
@pass_session
def settings(session: Session, format_: str) -> None:
    """List every setting, its value and its variable."""
    now = session.settings
    rows = [(one.name, str(getattr(now, one.name)), PREFIX + one.name.upper(), one.metadata["help"]) for one in fields(now)]
    show.records(("name", "value", "variable", "meaning"), rows, format_)


@click.command(
    epilog=examples(
        'eval "$(standards-graph completion bash)"',
        "standards-graph completion fish > ~/.config/fish/completions/standards-graph.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script for completion in your shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(kind(ctx.find_root().command, {}, "standards-graph", "_STANDARDS_GRAPH_COMPLETE").source())


COMMANDS: tuple[click.Command, ...] = (backup, completion, load, restore, serve, settings)
