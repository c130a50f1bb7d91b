"""Publishing: what was published when, whether the files still hold it, and taking it along."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

import click

from standards_graph import vocab
from standards_graph.cli import exits, show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.errors import NotFound
from standards_graph.registry import Registry

_RDF = ("nquads", "trig", "jsonld", "turtle", "ntriples", "rdfxml")
_ONE_GRAPH = ("turtle", "ntriples", "rdfxml")


@click.command(
    epilog=examples(
        "standards-graph export -o registry.nq",
        "standards-graph export --graph curated/standards --format turtle",
    ),
)
@click.option("--format", "format_", type=click.Choice(_RDF), default="nquads", show_default=True, help="The syntax.")
@click.option("--graph", metavar="NAME", help="One graph alone, such as curated/standards or its full IRI.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@pass_session
def export(session: Session, format_: str, graph: str | None, output: Path | None) -> None:
    """Write the published content, or one graph of it."""
    if graph is None and format_ in _ONE_GRAPH:
        raise click.UsageError(f"{format_} holds one graph: name it with --graph, or take nquads or trig.")
    name = graph and graph.removeprefix(vocab.graph("").value)
    with session.registry() as registry:
        if output is None:
            _write(registry, sys.stdout.buffer, show.MEDIA_TYPES[format_], name)
        else:
            _export_to(registry, output, show.MEDIA_TYPES[format_], name)


def _export_to(registry: Registry, output: Path, media_type: str, graph: str | None) -> None:
    """Write beside the file and rename, so that no half of an export ever bears its name."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "wb") as sink:
            _write(registry, sink, media_type, graph)
            sink.flush()
            os.fchmod(sink.fileno(), 0o644)
            os.fsync(sink.fileno())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(registry: Registry, sink: BinaryIO, media_type: str, graph: str | None) -> None:
    if not registry.export(sink, media_type, graph) and graph:
        raise NotFound(f"There is no graph {vocab.graph(graph).value}.")


_REVISION = ("revision", "published", "statements", "added", "removed", "source", "agent", "note")


@click.command()
@show.list_format
@pass_session
def history(session: Session, format_: str) -> None:
    """List the published revisions, newest first."""
    with session.registry() as registry:
        known = registry.history()
    rows = [(r.name, r.published_at, r.quads, r.added, r.removed, r.source, r.agent, r.note) for r in known]
    show.records(_REVISION, rows, format_)


@click.command()
@show.list_format
@pass_session
@click.pass_context
def verify(ctx: click.Context, session: Session, format_: str) -> None:
    """Check that the files hold what the ledger says.

    Ends with exit code 1 where they do not.
    """
    with session.registry() as registry:
        found = registry.verify()
    show.records(("check", "ok", "detail"), [(one.name, one.ok, one.detail) for one in found], format_)
    if not all(one.ok for one in found):
        click.echo("error: the files do not hold what the ledger says they hold.", err=True)
        ctx.exit(exits.FAILED)


COMMANDS: tuple[click.Command, ...] = (export, history, verify)
