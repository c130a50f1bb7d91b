"""Publishing: what was published when, whether the files still hold it, and taking it along."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import BinaryIO

import click
from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.cli import exits, show
from standards_graph.cli.examples import examples
from standards_graph.cli.saving import saved
from standards_graph.cli.session import Session, pass_session
from standards_graph.errors import NotFound
from standards_graph.model.changes import ChangeSet, ThingChange
from standards_graph.registry import Registry

_RDF = ("nquads", "trig", "jsonld", "turtle", "ntriples", "rdfxml")
_ONE_GRAPH = ("turtle", "ntriples", "rdfxml")


@click.command(
    epilog=examples(
        "standards-graph export -o registry.nq",
        "standards-graph export --graph curated/standards --format turtle",
        "standards-graph export --at 2026-11-22 -o then.nq",
    ),
)
@click.option("--format", "format_", type=click.Choice(_RDF), default="nquads", show_default=True, help="The syntax.")
@click.option("--graph", metavar="NAME", help="One graph alone, such as curated/standards or its full IRI.")
@click.option("--at", default="", metavar="WHEN", help="What was held at a revision (r12), a day or a moment; else now.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@pass_session
def export(session: Session, format_: str, graph: str | None, at: str, output: Path | None) -> None:
    """Write the published content, or one graph of it."""
    if graph is None and format_ in _ONE_GRAPH:
        raise click.UsageError(f"{format_} holds one graph: name it with --graph, or take nquads or trig.")
    name = graph and graph.removeprefix(vocab.graph("").value)
    with session.registry() as registry:
        if output is None:
            _write(registry, sys.stdout.buffer, show.MEDIA_TYPES[format_], name, at)
        else:
            saved(output, lambda sink: _write(registry, sink, show.MEDIA_TYPES[format_], name, at))


def _write(registry: Registry, sink: BinaryIO, media_type: str, graph: str | None, at: str) -> None:
    if not registry.export(sink, media_type, graph, at=at) and graph:
        raise NotFound(f"There is no graph {vocab.graph(graph).value}.")


_REVISION = ("revision", "published", "statements", "added", "removed", "source", "agent", "note")


@click.command(epilog=examples("standards-graph history", "standards-graph history --of id/recognition/fda-13-79"))
@click.option("--of", "thing", default="", metavar="IRI", help="What happened to one thing: its IRI, or what follows the base.")
@show.list_format
@pass_session
def history(session: Session, thing: str, format_: str) -> None:
    """List the published revisions, newest first, or what happened to one thing."""
    with session.registry() as registry:
        if thing:
            told = [
                (r.name, r.published_at, r.agent, r.note, *line) for r, c in registry.past.of(_iri(thing)) for line in _lines(c)
            ]
            show.records(("revision", "published", "agent", "note", *_STATEMENT), told, format_)
            return
        known = registry.history()
    rows = [(r.name, r.published_at, r.quads, r.added, r.removed, r.source, r.agent, r.note) for r in known]
    show.records(_REVISION, rows, format_)


THINGS = ("fate", "thing", "added", "removed")


def thing_row(one: ThingChange) -> tuple[str, str, int, int]:
    """What became of a thing, in the columns of THINGS."""
    return (one.fate.value, show.compact(one.thing.value), len(one.changes.added), len(one.changes.removed))


_STATEMENT = ("change", "thing", "predicate", "value", "graph")


def _iri(told: str) -> NamedNode:
    return NamedNode(told if told.startswith(vocab.BASE) else vocab.BASE + told.removeprefix("/"))


def _lines(change: ChangeSet) -> list[tuple[str, str, str, str, str]]:
    marked = [("-", quad) for quad in change.removed] + [("+", quad) for quad in change.added]
    marked.sort(key=lambda one: (str(one[1].subject), str(one[1].predicate), one[0]))
    return [
        (
            sign,
            show.compact(q.subject.value),
            show.compact(q.predicate.value),
            show.term(q.object),
            show.compact(q.graph_name.value),
        )
        for sign, q in marked
        if isinstance(q.subject, NamedNode) and isinstance(q.graph_name, NamedNode)
    ]


@click.command(
    epilog=examples("standards-graph diff r3 r5", "standards-graph diff 2026-11-01 2026-11-22 --statements --format csv"),
)
@click.argument("first")
@click.argument("second")
@click.option("--statements", is_flag=True, help="Every statement; else one line for each thing.")
@show.list_format
@pass_session
def diff(session: Session, first: str, second: str, statements: bool, format_: str) -> None:
    """Say what changed from FIRST to SECOND: revisions, days or moments."""
    with session.registry() as registry:
        past = registry.past
        ends = past.revision(first), past.revision(second)
        if statements:
            show.records(_STATEMENT, _lines(past.between(*ends)), format_)
            return
        found = past.things(*ends)
    show.records(THINGS, map(thing_row, found), format_)
    click.echo(f"{len(found):,} things differ between {ends[0].name} and {ends[1].name}.", err=True)


@click.command(epilog=examples('standards-graph revert r12 --note "The file was the wrong one"'))
@click.argument("revision")
@click.option("--note", default="", help="Why: kept in the history.")
@click.option("--agent", default=getpass.getuser, show_default="your user name", help="Who: kept in the history.")
@pass_session
def revert(session: Session, revision: str, note: str, agent: str) -> None:
    """Take a REVISION back, by a revision of its own."""
    with session.curator() as curator:
        done = curator.revert(revision, agent=agent, note=note)
    if done is None:
        click.echo("Nothing changed: later revisions have taken all of it back already.")
    else:
        click.echo(f"Published {done.name}: {done.added:,} statements added, {done.removed:,} taken away.")


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


_DUMP = ("revision", "file", "bytes", "sha256")


@click.command(
    epilog=examples(
        "standards-graph dump", "standards-graph dump r3 r5", "standards-graph dump --missing", "standards-graph dump --list"
    ),
)
@click.argument("revisions", nargs=-1)
@click.option("--missing", is_flag=True, help="Every revision of which there is no dump.")
@click.option("--remove", is_flag=True, help="Take the dumps of these REVISIONS away; they can be written again.")
@click.option("--list", "listing", is_flag=True, help="List the dumps that there are, and write none.")
@show.list_format
@pass_session
def dump(session: Session, revisions: tuple[str, ...], missing: bool, remove: bool, listing: bool, format_: str) -> None:
    """Write the dump of REVISIONS, else of the newest.

    N-Quads and TriG, packed, a description, and their digests in SHA256SUMS, in the folder dumps of the data folder.
    """
    if sum((bool(revisions), missing, listing)) > 1:
        raise click.UsageError("Give revisions, --missing or --list.")
    if remove and not revisions:
        raise click.UsageError("Say of which revisions the dumps are to be removed.")
    with session.registry() as registry:
        for one in revisions if remove else ():
            registry.remove_dump(one)
        if listing or remove:
            written = registry.dumps
        else:
            there = {one.revision.number for one in registry.dumps}
            wanted = [one.name for one in registry.history() if one.number not in there] if missing else list(revisions)
            written = tuple(map(registry.dump, wanted if revisions or missing else [registry.reader().revision.name]))
    rows = [(one.revision.name, file.name, file.size, file.digest) for one in written for file in one.files]
    show.records(_DUMP, rows, format_)


COMMANDS: tuple[click.Command, ...] = (diff, dump, export, history, revert, verify)
