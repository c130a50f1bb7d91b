"""Mapping sets: which there are, and writing one down for other tools; two schemes against each other."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from standards_graph.cli.examples import examples
from standards_graph.cli.saving import saved
from standards_graph.cli.session import Session, pass_session

OSCAL = "oscal"
_FORMS = click.Choice(("tsv", "json", "rdf", OSCAL))
_DAY = click.DateTime(["%Y-%m-%d"])
_output = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")


@click.command(
    epilog=examples(
        "standards-graph mappings",
        "standards-graph mappings risk-classes -o risk-classes.sssom.tsv",
        "standards-graph mappings risk-classes --format oscal -o risk-classes.oscal.json",
        "standards-graph mappings inferred --format oscal --on 2026-11-23",
    ),
)
@click.argument("name", metavar="SET", required=False)
@click.option("--format", "format_", type=_FORMS, default="tsv", show_default=True, help="A form of SSSOM, or OSCAL.")
@click.option("--on", "day", type=_DAY, help="With oscal: only what holds on a day; else all records with their dates.")
@_output
@pass_session
def mappings(session: Session, name: str | None, format_: str, day: dt.datetime | None, output: Path | None) -> None:
    """Write a mapping SET in a form of SSSOM or as an OSCAL mapping collection; without SET, list the sets.

    OSCAL also knows the SET inferred: what follows from all records, and facts that count as records. What OSCAL
    cannot say is left out; the file says how much of which relation that is.
    """
    if day and format_ != OSCAL:
        raise click.UsageError("A form of SSSOM holds all records with their dates: --on is for oscal.")
    with session.registry() as registry:
        if name is None:
            click.echo("\n".join(registry.mapping_sets.names()))
            return
        name = name.removeprefix("mapping/")
        if format_ == OSCAL:
            body = registry.exchange.oscal(name, on=day.date() if day else None).body
        else:
            body = registry.mapping_sets.written(name, format_).body
    _write(body, output)


@click.command(
    epilog=examples(
        "standards-graph matrix eu-mdr-class us-fda-class",
        "standards-graph matrix eu-mdr-class us-fda-class --on 2026-11-23 -o classes.csv",
    ),
)
@click.argument("rows")
@click.argument("columns")
@click.option("--on", "day", type=_DAY, help="Only what holds on a day; else all records with their dates.")
@_output
@pass_session
def matrix(session: Session, rows: str, columns: str, day: dt.datetime | None, output: Path | None) -> None:
    """Write what is recorded of each pair of classes of two schemes, as CSV.

    A cell says the relation, how sure it is, and whether it is asserted, inferred, a candidate, contested or denied.
    "not recorded" means that there is no record, not that nothing corresponds.
    """
    with session.registry() as registry:
        body = registry.exchange.matrix(rows, columns, on=day.date() if day else None).body
    _write(body, output)


def _write(body: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(body)
    else:
        saved(output, lambda sink: sink.write(body))


COMMANDS: tuple[click.Command, ...] = (mappings, matrix)
