"""Drafts: a file on its way into the registry, step by step."""

from __future__ import annotations

import getpass
from collections import Counter
from pathlib import Path

import click

from standards_graph.cli import progress, show
from standards_graph.cli.curate import complete_source, print_findings, sentence, with_texts
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.changes import Fate
from standards_graph.model.drafts import Difference, Draft, DraftState, Impact
from standards_graph.model.findings import Severity

_NAME = click.argument("name")


@click.group(
    epilog=examples(
        "standards-graph draft add fda-ai-devices list.csv",
        "standards-graph draft show d1 --difference",
        "standards-graph draft show d1 --impact",
        'standards-graph draft publish d1 --note "Release of December 2025"',
    ),
)
def draft() -> None:
    """Bring a file in step by step: report, difference, impact, publication.

    A draft stays where it is between the steps, and anybody who works on the data folder can take the next one.
    """


@draft.command("add", epilog=examples("standards-graph draft add fda-ai-devices list.csv"))
@click.argument("source", shell_complete=complete_source)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agent", default=getpass.getuser, show_default="your user name", help="Who: kept with the draft.")
@click.option("--leave-out", is_flag=True, help="Leave rows out that cannot be read, and tell them; else they stop the draft.")
@with_texts
@pass_session
def add(session: Session, source: str, files: tuple[Path, ...], agent: str, leave_out: bool, texts: bool) -> None:
    """Read and check FILES of a SOURCE, and keep what they say as a draft."""
    with session.drafting() as drafting, progress.rows() as told:
        made = drafting.add(source, files, agent=agent, leave_out=leave_out, texts=texts, progress=told)
    click.echo(f"Kept as {made.name}: {_verdict(made)}")


def _verdict(told: Draft) -> str:
    counts = ", ".join(f"{len(told.report.of(kind)):,} {kind.value}" for kind in Severity)
    refused = told.state is DraftState.REFUSED
    step = "--report says why it cannot be published" if refused else "--difference says what it would change"
    return f"{counts}. standards-graph draft show {told.name} {step}."


@draft.command("list", epilog=examples("standards-graph draft list --format csv"))
@show.list_format
@pass_session
def list_(session: Session, format_: str) -> None:
    """List the drafts, newest first."""
    with session.drafting() as drafting:
        known = drafting.all()
    rows = [
        (
            one.name,
            one.state.value,
            one.source,
            ", ".join(name for name, _ in one.files),
            one.agent,
            one.created_at,
            f"r{one.revision}" if one.revision else "",
            one.note,
        )
        for one in known
    ]
    show.records(("draft", "state", "source", "files", "agent", "created", "revision", "note"), rows, format_)


@draft.command("show", epilog=examples("standards-graph draft show d1 --report --format csv > findings.csv"))
@_NAME
@click.option("--report", "part", flag_value="report", default="report", help="What is wrong with the files (the usual one).")
@click.option("--difference", "part", flag_value="difference", help="What it would change, thing by thing.")
@click.option("--impact", "part", flag_value="impact", help="Which answers to the public questions it would change.")
@show.list_format
@pass_session
def show_(session: Session, name: str, part: str, format_: str) -> None:
    """Show a draft's report, its difference to what is published, or its impact."""
    with session.drafting() as drafting:
        if part == "report":
            print_findings(drafting.get(name).report.findings, format_)
        elif part == "difference":
            _print_difference(drafting.difference(name), format_)
        else:
            _print_impact(drafting.impact(name), format_)


def _print_difference(found: Difference, format_: str) -> None:
    rows = [
        (one.fate.value, show.compact(one.thing.value), len(one.changes.added), len(one.changes.removed))
        for one in found.things
    ]
    show.records(("fate", "thing", "added", "removed"), rows, format_)
    fates = Counter(one.fate for one in found.things)
    counts = ", ".join(f"{fates[fate]:,} {fate.value}" for fate in Fate)
    click.echo(f"{len(found.changes.added):,} statements added, {len(found.changes.removed):,} taken away; {counts}.", err=True)
    for old, new in found.renamed:
        click.echo(f"{show.compact(old)} goes and {show.compact(new)} of the same name comes: is it the same thing?", err=True)


def _print_impact(found: Impact, format_: str) -> None:
    rows = [(one.question, one.before, one.after, one.come, one.gone) for one in found.answers]
    show.records(("question", "rows now", "rows then", "come", "gone"), rows, format_)
    click.echo(
        f"{len(found.answers):,} answers change; {len(found.inferred.added):,} derived statements come, "
        f"{len(found.inferred.removed):,} go.",
        err=True,
    )


@draft.command("publish", epilog=examples('standards-graph draft publish d1 --note "Release of December 2025"'))
@_NAME
@click.option("--note", required=True, help="Why: kept in the history.")
@click.option("--agent", default=getpass.getuser, show_default="your user name", help="Who: kept in the history.")
@click.option("--accept-shrink", is_flag=True, help="Go on although the source lists far fewer entries than before.")
@click.option("--silent", is_flag=True, help="Keep it in the history, and tell nobody of it.")
@pass_session
def publish(session: Session, name: str, note: str, agent: str, accept_shrink: bool, silent: bool) -> None:
    """Publish a draft whose difference was shown, all or nothing."""
    with session.drafting() as drafting, progress.rows() as told:
        _, done = drafting.publish(name, agent=agent, note=note, accept_shrink=accept_shrink, quietly=silent, progress=told)
    click.echo(sentence(done, dry_run=False))


@draft.command("discard", epilog=examples('standards-graph draft discard d1 --note "The wrong file"'))
@_NAME
@click.option("--note", default="", help="Why: kept with the draft.")
@pass_session
def discard(session: Session, name: str, note: str) -> None:
    """Give a draft up; its report stays."""
    with session.drafting() as drafting:
        drafting.discard(name, note=note)
    click.echo(f"{name} was discarded.")


COMMANDS: tuple[click.Command, ...] = (draft,)
