"""Curating: what sources there are, bringing a file in, and whether the published content keeps its rules."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from standards_graph.cli import exits, progress, show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.errors import ValidationFailed
from standards_graph.importing.base import GROUP
from standards_graph.model.findings import Finding, Report, Severity
from standards_graph.model.imports import ImportResult

if TYPE_CHECKING:
    from standards_graph.curator import Curator

_FINDING = ("severity", "rule", "thing", "message", "value", "source", "line", "column", "remedy")


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of sources that begin so."""
    names = sorted(entry_points(group=GROUP).names)
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


with_texts = click.option(
    "--with-texts",
    "texts",
    is_flag=True,
    help="Take in publishers' texts, such as abstracts, which are left out otherwise: your licence has to allow it.",
)


@click.command(
    "import",
    epilog=examples(
        "standards-graph sources",
        "standards-graph import fda-ai-devices list.csv --dry-run",
        'standards-graph import fda-ai-devices list.csv --note "Release of December 2025"',
        "standards-graph import crosswalk.sssom.tsv --dry-run",
    ),
)
@click.argument("source", shell_complete=complete_source)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check the files, say what would change, and change nothing.")
@click.option("--note", default="", help="Why: kept in the history.")
@click.option("--agent", default=getpass.getuser, show_default="your user name", help="Who: kept in the history.")
@click.option("--accept-shrink", is_flag=True, help="Go on although the source lists far fewer entries than before.")
@click.option("--leave-out", is_flag=True, help="Go on without the rows that cannot be read; each of them is told.")
@with_texts
@show.list_format
@pass_session
def import_(
    session: Session,
    source: str,
    files: tuple[Path, ...],
    dry_run: bool,
    note: str,
    agent: str,
    accept_shrink: bool,
    leave_out: bool,
    texts: bool,
    format_: str,
) -> None:
    """Read, check and publish FILES of a SOURCE; a file by itself is taken for what its name says that it is.

    All of a change is published, or nothing. Findings go to standard output; a violation stops the import with exit code 4.
    """
    with session.curator() as curator:
        if not files:
            source, files = _alone(curator, source)
        try:
            with progress.rows() as told:
                result = curator.import_files(
                    source,
                    files,
                    agent=agent,
                    note=note,
                    dry_run=dry_run,
                    accept_shrink=accept_shrink,
                    leave_out=leave_out,
                    texts=texts,
                    progress=told,
                )
        except ValidationFailed as error:
            print_findings(error.findings, format_)
            raise
    if format_ == "json":
        click.echo(json.dumps(_facts(result, source, dry_run), indent=2, ensure_ascii=False))
    else:
        print_findings(result.report.findings, format_)
        click.echo(sentence(result, dry_run=dry_run), err=format_ != "table")


def _alone(curator: Curator, name: str) -> tuple[str, tuple[Path, ...]]:
    path = Path(name)
    if not path.is_file():
        raise click.UsageError("Name a source and its files, or a file whose name says what it is.")
    return curator.recognised(path), (path,)


def _facts(result: ImportResult, source: str, dry_run: bool) -> dict[str, object]:
    return {
        "source": source,
        "dry_run": dry_run,
        "rows": result.rows,
        "added": result.added,
        "removed": result.removed,
        "entities": result.entities,
        "withdrawn": result.withdrawn,
        "revision": result.revision.name if result.revision else None,
        "findings": [dict(zip(_FINDING, _row(one), strict=True)) for one in result.report.findings],
    }


def sentence(result: ImportResult, *, dry_run: bool) -> str:
    """What an import changed, or would change."""
    counts = (
        f"{result.added:,} statements added, {result.removed:,} taken away; "
        f"{result.entities:,} entries new, {result.withdrawn:,} withdrawn"
    )
    if dry_run:
        return f"Nothing was changed. The import would mean: {counts}."
    if result.revision is None or not (result.added or result.removed):
        return "Nothing changed: the registry already says what the files say."
    return f"Published {result.revision.name}: {counts}."


def _row(finding: Finding) -> tuple[object, ...]:
    return tuple(getattr(finding, name) for name in _FINDING)


def print_findings(findings: Iterable[Finding], format_: str) -> None:
    """Print findings: as a table, one line for each kind and the first places; else every one."""
    listed = tuple(findings)
    if format_ == "table" and listed:
        show.records(_KIND, [_kind(alike) for alike in Report(listed).by_kind()], format_)
    elif format_ != "table":
        show.records(_FINDING, [_row(one) for one in listed], format_)


_KIND = ("severity", "times", "message", "remedy", "where")
_PLACES = 3


def _kind(alike: tuple[Finding, ...]) -> tuple[object, ...]:
    first, more = alike[0], len(alike) - _PLACES
    places = "; ".join(map(_place, alike[:_PLACES])) + (f"; and {more:,} more" if more > 0 else "")
    return (first.severity.value, len(alike), first.message, first.remedy, places)


def _place(finding: Finding) -> str:
    line = f", line {finding.line}" if finding.line else ""
    column = f", {finding.column}" if finding.column else ""
    value = f" ({finding.value})" if finding.value else ""
    thing = show.compact(finding.thing) if finding.thing else ""
    return f"{thing or finding.source}{line}{column}{value}"


@click.command()
@show.list_format
@pass_session
def sources(session: Session, format_: str) -> None:
    """List the sources that can be imported."""
    with session.curator() as curator:
        known = curator.importers()
    rows = [(one.name, one.title, one.description, one.licence) for one in known]
    show.records(("name", "title", "description", "licence"), rows, format_)


@click.command(
    epilog=examples(
        "standards-graph validate --format csv > findings.csv",
    ),
)
@show.list_format
@pass_session
@click.pass_context
def validate(ctx: click.Context, session: Session, format_: str) -> None:
    """Check the published content against the shapes.

    Ends with exit code 4 where a rule is broken.
    """
    with session.curator() as curator:
        report = curator.validate()
    print_findings(report.findings, format_)
    click.echo(_verdict(report), err=format_ != "table")
    if not report.conforms:
        ctx.exit(exits.NOT_VALID)


def _verdict(report: Report) -> str:
    counts = ", ".join(f"{len(report.of(kind)):,} {kind.value}" for kind in Severity)
    return f"{'Conforms' if report.conforms else 'Does not conform'}: {counts}."


COMMANDS: tuple[click.Command, ...] = (import_, sources, validate)
