"""Mapping sets: which there are, and writing one down for other tools."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from standards_graph.cli.examples import examples
from standards_graph.cli.saving import saved
from standards_graph.cli.session import Session, pass_session

_FORMS = click.Choice(("tsv", "json", "rdf"))


@click.command(
    epilog=examples(
        "standards-graph mappings",
        "standards-graph mappings risk-classes -o risk-classes.sssom.tsv",
    ),
)
@click.argument("name", metavar="SET", required=False)
@click.option("--format", "format_", type=_FORMS, default="tsv", show_default=True, help="The form of SSSOM.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@pass_session
def mappings(session: Session, name: str | None, format_: str, output: Path | None) -> None:
    """Write a mapping SET in a form of SSSOM; without SET, list the sets."""
    with session.registry() as registry:
        if name is None:
            click.echo("\n".join(registry.mapping_sets.names()))
            return
        body = registry.mapping_sets.written(name.removeprefix("mapping/"), format_).body
    if output is None:
        sys.stdout.buffer.write(body)
    else:
        saved(output, lambda sink: sink.write(body))


COMMANDS: tuple[click.Command, ...] = (mappings,)
