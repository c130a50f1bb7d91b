"""Figures of the graphs, and performance in use beside what was claimed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model import plain
from standards_graph.model.figures import Component, Figures
from standards_graph.model.performance import Named, Value

Row = Sequence[Any]


@click.command(
    epilog=examples(
        "standards-graph figures",
        "standards-graph figures --format json",
        "standards-graph figures --of standards --most 50 --format csv",
    )
)
@click.option(
    "--of",
    "part",
    type=click.Choice(["everything", "components", "standards", "records"]),
    default="everything",
    show_default=True,
    help="One list alone: components, the centrality of standards, or the records that others rest on.",
)
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="List so many; all are counted.")
@show.list_format
@pass_session
def figures(session: Session, part: str, most: int, format_: str) -> None:
    """Tell figures of the graphs of mapping records and of recognitions.

    As JSON everything is told, with what each figure means; else the totals, or one list.
    """
    with session.registry() as registry:
        told = registry.studies.figures(most=most)
    if part == "everything" and format_ == "json":
        click.echo(json.dumps(plain.plain(told), indent=2, ensure_ascii=False))
        return
    columns, rows = _LISTS[part]
    show.records(columns, rows(told), format_)
    if part == "everything":
        click.echo("What each figure means: standards-graph figures --format json.", err=True)


@click.command(
    name="performance-in-use",
    epilog=examples("standards-graph performance-in-use", "standards-graph performance-in-use --all --format json"),
)
@click.option("--all", "everything", is_flag=True, help="Also what is not worse, and what has no counterpart.")
@show.list_format
@pass_session
def performance_in_use(session: Session, everything: bool, format_: str) -> None:
    """List devices whose values in routine use are worse than those claimed before market entry, by metric and subgroup.

    Values of different studies differ by population, prevalence and reference standard: a worse one is a reason to look.
    """
    with session.registry() as registry:
        found = registry.studies.performance(everything=everything)
    columns = (
        "device", "metric", "subgroup", "outcome", "claimed", "claimed from", "cases", "in use", "cases in use", "difference",
        "intervals", "records",
    )  # fmt: skip
    show.records(columns, map(_compared, found), format_)
    if not found:
        click.echo("No value in routine use stands beside a claimed one; that says nothing of how devices do.", err=True)


def _compared(one: Named) -> Row:
    told = one.comparison
    return (
        one.device.text,
        one.metric.text,
        one.population.text if one.population else "all",
        told.outcome.value,
        _value(told.claimed),
        one.setting.text if one.setting else "",
        _cases(told.claimed),
        _value(told.used),
        _cases(told.used),
        "" if told.difference is None else str(told.difference),
        told.intervals.value if told.claimed and told.used else "",
        " ".join(show.compact(each.observation.value) for each in (told.claimed, told.used) if each),
    )


def _value(one: Value | None) -> str:
    return "not recorded" if one is None else str(one.value)


def _cases(one: Value | None) -> str:
    return "" if one is None else "not recorded" if one.cases is None else str(one.cases)


def _totals(told: Figures) -> Iterator[Row]:
    yield "records", told.records
    yield "inferred records", told.inferred
    yield "things with a record", told.things
    yield "components", told.components
    yield "equivalence components", told.equivalence_components
    yield "bridges", told.bridges
    yield "standards recognised anywhere", told.standards
    yield "jurisdictions with a recognition", told.jurisdictions
    yield "records that others rest on", told.carriers
    if told.central:
        yield "most central standard", told.central[0].standard.text
    if told.carrying:
        yield "record that carries most", f"{told.carrying[0].record.text} ({told.carrying[0].carried:,})"


def _components(told: Figures) -> Iterator[Row]:
    for by, found in (("any relation", told.largest), ("equivalentTo", told.largest_equivalence)):
        for one in found:
            yield by, one.size, one.records, ", ".join(one.kinds), _members(one)


def _members(one: Component) -> str:
    more = one.size - len(one.members)
    return "; ".join(member.text for member in one.members) + (f"; and {more:,} more" if more else "")


def _standards(told: Figures) -> Iterator[Row]:
    for one in told.central:
        places, only = (" ".join(show.compact(each.value) for each in some) for some in (one.jurisdictions, one.in_effect_only))
        yield one.standard.text, len(one.jurisdictions), places, only, one.degree, one.betweenness


def _records(told: Figures) -> Iterator[Row]:
    for one in told.carrying:
        yield show.compact(one.record.iri.value), one.record.text, one.voice, one.carried, one.alone, one.in_effect


_LISTS: dict[str, tuple[tuple[str, ...], Callable[[Figures], Iterator[Row]]]] = {
    "everything": (("figure", "value"), _totals),
    "components": (("by", "things", "records", "kinds", "members"), _components),
    "standards": (
        ("standard", "jurisdictions", "recognised in", "of these in effect only", "degree", "betweenness"),
        _standards,
    ),
    "records": (("record", "says", "voice", "carried", "alone", "in effect"), _records),
}

COMMANDS: tuple[click.Command, ...] = (figures, performance_in_use)
