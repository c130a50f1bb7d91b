"""Predecessors of decisions: what an authorisation descends from, what descends from it, and from recalled devices."""

from __future__ import annotations

import click

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.lineage import Direction, Lineage, Paths, RecalledLine, RecallOf, Relative
from standards_graph.studies import FAR, MOST

_SAID = {
    "not recorded": "None is recorded, which does not say that there is none.",
    "not covered by sources": "No source that was read tells predecessors; import a list of them as fda-predicates.",
}


@click.command(
    epilog=examples(
        "standards-graph lineage K250003",
        "standards-graph lineage K250003 --up --depth 3 --format json",
        "standards-graph lineage K240001 --down --recalled",
        "standards-graph lineage K250003 --to K240001",
    )
)
@click.argument("number")
@click.option(
    "--up", "direction", flag_value=Direction.UP.name, default=Direction.UP.name, help="What it descends from (the default)."
)
@click.option("--down", "direction", flag_value=Direction.DOWN.name, help="What descends from it.")
@click.option("--depth", type=click.IntRange(1, FAR), help="At most so many steps away.")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="List so many; all are counted.")
@click.option("--recalled", is_flag=True, help="Of those that are listed, only the ones whose device was recalled.")
@click.option("--to", "ancestor", metavar="NUMBER", help="List the shortest ways to this ancestor instead.")
@show.list_format
@pass_session
def lineage(
    session: Session,
    number: str,
    direction: str,
    depth: int | None,
    most: int,
    recalled: bool,
    ancestor: str | None,
    format_: str,
) -> None:
    """List the authorisations that NUMBER descends from, over any number of predecessors, the nearest first.

    That a device descends from a recalled one does not mean that it has the same fault.
    """
    with session.registry() as registry:
        if ancestor:
            ways = registry.studies.paths(number, ancestor=ancestor, most=most)
            return _ways(ways, format_)
        told = registry.studies.lineage(number, direction=Direction[direction], depth=depth, most=most)
    listed = [one for one in told.relatives if one.recalls or not recalled]
    show.records(("steps", "decision", "ways", "by way of", "recalls", "both ways", "sources"), map(_row, listed), format_)
    click.echo(_summary(told), err=True)
    return None


@click.command(
    name="recalled-ancestors",
    epilog=examples("standards-graph recalled-ancestors", "standards-graph recalled-ancestors --in us --format csv"),
)
@click.option("--in", "place", default="", metavar="JURISDICTION", help="Recalled there, such as us; else anywhere.")
@show.list_format
@pass_session
def recalled_ancestors(session: Session, place: str, format_: str) -> None:
    """List the decisions whose device was recalled, with how many others descend from each.

    A recall counts for every authorisation of the device, its family and its versions; how it is tied to the decision is told.
    ``lineage NUMBER --down`` lists the descendants.
    """
    with session.registry() as registry:
        found = registry.studies.recalled(place=place)
    columns = ("decision", "descendants", "most steps", "state", "recalls", "tied by", "sources")
    show.records(columns, map(_line, found), format_)
    if not found:
        click.echo("No recall is linked to a decision, or to a device of one.", err=True)


def _row(one: Relative) -> tuple[object, ...]:
    way = " > ".join(show.compact(step.value) for step in one.path[1:-1])
    return (
        one.steps,
        one.decision.text,
        one.paths,
        way,
        _recalls(one.recalls),
        "yes" if one.returns else "",
        _names(one.sources),
    )


def _line(one: RecalledLine) -> tuple[object, ...]:
    ties = "; ".join(dict.fromkeys(each.naming.value for each in one.recalls))
    return one.decision.text, one.descendants, one.deepest, one.known.value, _recalls(one.recalls), ties, _names(one.sources)


def _recalls(found: tuple[RecallOf, ...]) -> str:
    return "; ".join(each.recall.text for each in found)


def _names(found: tuple[object, ...]) -> str:
    return " ".join(show.compact(getattr(one, "value", str(one))) for one in found)


def _summary(told: Lineage) -> str:
    if told.known.value in _SAID:
        return _SAID[told.known.value]
    steps = ", ".join(f"{count:,}" for count in told.by_steps)
    more = f"; {told.beyond:,} more are further away" if told.beyond else ""
    return (
        f"{told.total:,} {told.direction.value} over {len(told.by_steps)} steps ({steps}){more}; "
        f"the first {len(told.relatives):,} are listed. {told.edges:,} recorded predecessors."
    )


def _ways(ways: Paths, format_: str) -> None:
    rows = [(number, " > ".join(one.text for one in way)) for number, way in enumerate(ways.listed, 1)]
    show.records(("number", "way"), rows, format_)
    if ways.steps:
        click.echo(f"{ways.total:,} shortest ways of {ways.steps} steps; the first {len(rows):,} are listed.", err=True)
    else:
        click.echo(f"No way is recorded ({ways.known.value}).", err=True)


COMMANDS: tuple[click.Command, ...] = (lineage, recalled_ancestors)
