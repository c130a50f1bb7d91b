"""The quality of the ontology and of the content: every check with its figure and its offenders."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standards_graph import resources
from standards_graph.cli import exits, show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.answers import JSON
from standards_graph.model.checks import Checked
from standards_graph.registry import Registry

if TYPE_CHECKING:
    from standards_graph.curator import Curator

_COLUMNS = ("check", "result", "offenders", "question", "offender")
_EXPECTED = "Which question does not give the expected rows on the small world, by two engines?"
_TIMES, _MOST_SECONDS = 5, 1.0
_LEFT_OUT = "left out with --no-reasoner"
PARTS = ("ontology", "content")


@click.command(
    epilog=examples(
        "standards-graph check --on ontology",
        "standards-graph check --format csv > checks.csv",
    ),
)
@click.option("--on", "part", type=click.Choice(PARTS), help="The checks on this alone; else on both.")
@click.option("--reasoner/--no-reasoner", default=True, help="Whether to run the checks that need HermiT, and so Java.")
@show.list_format
@pass_session
@click.pass_context
def check(ctx: click.Context, session: Session, part: str | None, reasoner: bool, format_: str) -> None:
    """Check the ontology, and the published content with its shapes.

    A figure for each check, and each offender. Ends with exit code 4 where a check fails; one that warns stops nothing.
    A check that cannot be run here says so and why: it counts neither as passed nor as failed.
    """
    found = tuple(_checked(session, (part,) if part else PARTS, reasoner=reasoner))
    show.records(_COLUMNS, _rows(found, short=format_ == "table"), format_)
    counts = Counter(one.result for one in found)
    told = ", ".join(f"{counts[result]} {result}" for result in ("passed", "warned", "failed", "not run"))
    click.echo(f"{len(found)} checks: {told}.", err=format_ != "table")
    if counts["failed"]:
        ctx.exit(exits.NOT_VALID)


def _checked(session: Session, parts: Iterable[str], *, reasoner: bool) -> Iterator[Checked]:
    if "ontology" in parts:
        yield from _on_ontology(resources.ontology(), reasoner=reasoner)
    if "content" in parts:
        yield from _on_content(session, resources.ontology())


def _on_ontology(folder: Path, *, reasoner: bool) -> Iterator[Checked]:
    from standards_graph.validation import checks, occurrence, reasoning  # noqa: PLC0415 - rdflib: others need not wait

    yield from checks.of_ontology(folder)
    yield from reasoning.of_ontology(folder) if reasoner else reasoning.not_run(_LEFT_OUT)
    yield from occurrence.of_ontology(folder)


def _on_content(session: Session, folder: Path) -> Iterator[Checked]:
    from standards_graph.validation import checks, minting, rates  # noqa: PLC0415 - brings rdflib: others need not wait

    with session.registry() as registry:
        yield from checks.of_content(folder, registry.reader())
        yield minting.of_content(registry.reader())
        with session.curator() as curator:
            yield from rates.of_content(registry.reader(), curator.validate())
            yield _loaded_again(curator)
        yield Checked("q1-questions-as-expected", _EXPECTED, hindrance="asked in the tests: pytest tests/questions")
        yield _in_time(registry)


def _loaded_again(curator: Curator) -> Checked:
    name, asks = "d6-loading-again", "Which graph would loading the packaged content again change?"
    if hindrance := curator.hindrance_to_loading_again():
        return Checked(name, asks, hindrance=hindrance)
    change = curator.change_of_loading_again()
    return Checked(name, asks, tuple(sorted({str(quad.graph_name).strip("<>") for quad in (*change.added, *change.removed)})))


def _in_time(registry: Registry) -> Checked:
    """Every question with its usual values, some times over: the slowest answer counts."""
    slow = []
    for question in registry.questions.all():
        seconds = max(_seconds(registry, question.name) for _ in range(_TIMES))
        if seconds > _MOST_SECONDS:
            slow.append(f"{question.name} {seconds:.2f} s")
    return Checked("q2-questions-in-time", f"Which question takes longer than {_MOST_SECONDS:g} s?", tuple(slow), warns=True)


def _seconds(registry: Registry, question: str) -> float:
    began = time.perf_counter()
    registry.questions.answer(question, {}, JSON)
    return time.perf_counter() - began


def _rows(found: Iterable[Checked], *, short: bool) -> Iterator[tuple[object, ...]]:
    """One row for each offender, one for a check without any; for people the figures alone, who failed, and what hindered."""
    for one in found:
        if one.hindrance or (short and not one.failed):
            yield one.name, one.result, "" if one.hindrance else len(one.offenders), one.question, one.hindrance
            continue
        for offender in one.offenders or ("",):
            yield one.name, one.result, len(one.offenders), one.question, offender


COMMANDS: tuple[click.Command, ...] = (check,)
