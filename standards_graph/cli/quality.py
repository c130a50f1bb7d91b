"""The quality of the ontology and of the content: every check with its figure and its offenders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from standards_graph import resources
from standards_graph.cli import exits, show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.checks import Checked
from standards_graph.model.findings import Severity

_COLUMNS = ("check", "result", "offenders", "question", "offender")
PARTS = ("ontology", "content")


@click.command(
    epilog=examples(
        "standards-graph check --on ontology",
        "standards-graph check --format csv > checks.csv",
    ),
)
@click.option("--on", "part", type=click.Choice(PARTS), help="The checks on this alone; else on both.")
@show.list_format
@pass_session
@click.pass_context
def check(ctx: click.Context, session: Session, part: str | None, format_: str) -> None:
    """Check the ontology, and the published content with its shapes.

    A figure for each check, and each offender. Ends with exit code 4 where a check fails; one that warns stops nothing.
    """
    found = tuple(_checked(session, (part,) if part else PARTS))
    show.records(_COLUMNS, _rows(found, short=format_ == "table"), format_)
    failed = [one.name for one in found if one.failed]
    warned = sum(one.result == "warned" for one in found)
    told = f"{len(found)} checks: {len(found) - warned - len(failed)} passed, {warned} warned, {len(failed)} failed."
    click.echo(told, err=format_ != "table")
    if failed:
        ctx.exit(exits.NOT_VALID)


def _checked(session: Session, parts: Iterable[str]) -> Iterator[Checked]:
    from standards_graph.validation import checks  # noqa: PLC0415 - brings rdflib: other commands need not wait

    folder = resources.ontology()
    if "ontology" in parts:
        yield from checks.of_ontology(folder)
    if "content" in parts:
        with session.registry() as registry:
            yield from checks.of_content(folder, registry.reader())
        with session.curator() as curator:
            report = curator.validate()
        for name, severity in (("d2-shapes-violated", Severity.VIOLATION), ("d3-shapes-warn", Severity.WARNING)):
            found = tuple(f"{one.thing} {one.message}" for one in report.of(severity))
            warns = severity is Severity.WARNING
            yield Checked(name, "Which record breaks a rule of its shape?" if not warns else "What is missing?", found, warns)


def _rows(found: Iterable[Checked], *, short: bool) -> Iterator[tuple[object, ...]]:
    """One row for each offender, one for a check without any; for people the figures alone, and who failed."""
    for one in found:
        if short and not one.failed:
            yield one.name, one.result, len(one.offenders), one.question, ""
            continue
        for offender in one.offenders or ("",):
            yield one.name, one.result, len(one.offenders), one.question, offender


COMMANDS: tuple[click.Command, ...] = (check,)
