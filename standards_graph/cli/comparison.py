"""Jurisdictions side by side: ``compare``, ``gaps``, ``conforms``, ``markets``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.comparison import Asked, Aspect, Cell, Finding, State, tally
from standards_graph.model.entities import Name

COLUMNS = (
    "about",
    "subject",
    "what",
    "in",
    "state",
    "remark",
    "found",
    "how",
    "where",
    "confidence",
    "note",
    "record",
    "sources",
)
"""Of what is not a table for people: one row for each thing that was found, or one that says that nothing was."""

_USUAL = ("status: final", "status: current", "status: in force", "status: in force, amended")
"""Statuses that limit nothing, and need not be told in a table."""
_ABOUT = click.option(
    "--about", "about", type=click.Choice([one.value for one in Aspect]), multiple=True, help="Only this; may be said again."
)
_ON = click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day; today (UTC) without it.")
_PLACES = "A place is a jurisdiction by its code, such as US or GB, the parts of which count with it."


@click.command(
    epilog=examples(
        "standards-graph compare US EU GB",
        "standards-graph compare US EU --about recognitions --on 2024-01-01",
        "standards-graph compare imdrf-samd eu-mdr-class",
        note=_PLACES + " Classification schemes are compared by their classes.",
    )
)
@click.argument("places", nargs=-1, required=True)
@_ABOUT
@_ON
@show.list_format
@pass_session
def compare(session: Session, places: tuple[str, ...], about: tuple[str, ...], day: dt.datetime | None, format_: str) -> None:
    """Show PLACES side by side: classes, recognitions, topics, guidance, change control.

    Only "no counterpart" means that there is none; "not recorded" says nothing about it.
    """
    with session.registry() as registry:
        found = registry.comparisons.compare(places, about=_aspects(about), on=_date(day))
    if format_ == "table":
        _side_by_side(found.asked, [((row.aspect.value, row.subject.text, row.what), row.cells) for row in found.rows])
    else:
        show.records(COLUMNS, _long((row.aspect.value, row.subject, row.what, row.cells) for row in found.rows), format_)
    _remarks(found.asked)


@click.command(
    epilog=examples(
        "standards-graph gaps --base US --against EU",
        "standards-graph gaps --base EU --against GB --about topics --format csv",
        note=_PLACES,
    )
)
@click.option("--base", required=True, metavar="PLACE", help="Which place has it.")
@click.option("--against", required=True, metavar="PLACE", help="Which place has no counterpart of it.")
@_ABOUT
@_ON
@show.list_format
@pass_session
def gaps(session: Session, base: str, against: str, about: tuple[str, ...], day: dt.datetime | None, format_: str) -> None:
    """List what one place has and another has no counterpart of, and in which sense.

    "no counterpart": a list that is stated to be complete on the day does not have it. "not recorded": it may be there.
    "not covered by sources": no source was read on such things there.
    """
    with session.registry() as registry:
        found = registry.comparisons.gaps(base, against, about=_aspects(about), on=_date(day))
    columns = ("about", "subject", "what", "state", "remark", "near", "here", "confidence", "note", "records", "sources")
    rows = [
        (
            one.aspect.value,
            one.subject.text,
            one.what,
            one.state.value,
            one.there.remark,
            "; ".join(name.text for name in one.near),
            "; ".join(dict.fromkeys(each.how for each in one.here)),
            "; ".join(dict.fromkeys(each.surety for each in one.here)),
            "; ".join(dict.fromkeys(filter(None, (each.note for each in one.here)))),
            " ".join(dict.fromkeys(show.compact(each.record.value) for each in one.here)),
            " ".join(dict.fromkeys(show.compact(source.value) for each in one.here for source in each.sources)),
        )
        for one in found.rows
    ]
    show.records(columns, rows, format_)
    _remarks((found.base, found.against))
    _counted(one.state for one in found.rows)
    if found.uncertain:
        click.echo(f"{found.uncertain:,} more perhaps have a counterpart and are not listed.", err=True)


@click.command(
    epilog=examples(
        "standards-graph conforms 'ISO 14971:2019' 'IEC 62304:2006+AMD1:2015 CSV'",
        "standards-graph conforms iso-13485-2016 --law us-21-cfr-820 --on 2026-03-01",
        note="An EDITION is a reference as it is printed, an IRI, or the end of one of the registry's addresses.",
    )
)
@click.argument("editions", nargs=-1, required=True, metavar="EDITION...")
@click.option("--law", "laws", multiple=True, metavar="LAW", help="Requirements of this law; else of the laws that are linked.")
@_ON
@show.list_format
@pass_session
def conforms(session: Session, editions: tuple[str, ...], laws: tuple[str, ...], day: dt.datetime | None, format_: str) -> None:
    """Say where EDITIONs are accepted, and which requirements of laws they cover.

    A requirement without a recorded clause may be covered all the same.
    """
    with session.registry() as registry:
        found = registry.comparisons.conforms(editions, laws=laws, on=_date(day))
    accepted = _long(("acceptance", one.edition, "recognition", (one.cell,)) for one in found.acceptances)
    required = (
        row
        for one in found.requirements
        for row in _findings(("requirement", one.provision.text, "clause", one.law.text, one.covered.value, ""), one.findings)
    )
    show.records(COLUMNS, [*accepted, *required], format_)
    click.echo(f"No recognition of any edition is recorded for {found.uncovered:,} other jurisdictions.", err=True)


@click.command(
    epilog=examples(
        "standards-graph markets US EU JP --topic risk-management",
        "standards-graph markets US CA --perhaps --on 2026-01-01",
        note=_PLACES,
    )
)
@click.argument("places", nargs=-1, required=True)
@click.option("--topic", default="", metavar="TOPIC", help="Only editions on this topic, by themselves or through an adoption.")
@click.option("--perhaps", is_flag=True, help="Also those that in some place count only perhaps.")
@_ON
@show.list_format
@pass_session
def markets(
    session: Session, places: tuple[str, ...], topic: str, perhaps: bool, day: dt.datetime | None, format_: str
) -> None:
    """List the editions that are accepted in all PLACES, directly or in effect, and to what extent."""
    with session.registry() as registry:
        found = registry.comparisons.markets(places, topic=topic, on=_date(day))
    rows = found.rows if perhaps else found.sure
    if format_ == "table":
        _side_by_side(found.asked, [(("market", one.edition.text, "recognition"), one.cells) for one in rows])
    else:
        show.records(COLUMNS, _long(("market", one.edition, "recognition", one.cells) for one in rows), format_)
    _remarks(found.asked)
    for place in found.empty:
        click.echo(
            f"No recognition is recorded for {place.place.text}: nothing can be found to be accepted in all of them.", err=True
        )
    if not perhaps and len(found.rows) > len(rows):
        click.echo(f"{len(found.rows) - len(rows):,} more count perhaps in some place; --perhaps lists them.", err=True)


def _long(rows: Iterable[tuple[str, Name, str, Sequence[Cell]]]) -> Iterator[tuple[Any, ...]]:
    for about, subject, what, cells in rows:
        for cell in cells:
            start = (about, subject.text, what, cell.asked.place.text, cell.state.value, cell.remark)
            yield from _findings(start, cell.findings)


def _findings(start: tuple[str, ...], found: Sequence[Finding]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        yield (
            *start,
            one.thing.text,
            one.how,
            one.place.text if one.place else "",
            one.surety,
            one.note,
            show.compact(one.record.value),
            " ".join(show.compact(source.value) for source in one.sources),
        )
    if not found:
        yield (*start, *("" for _ in COLUMNS[len(start) :]))


def _side_by_side(asked: Sequence[Asked], rows: Iterable[tuple[tuple[str, str, str], Sequence[Cell]]]) -> None:
    columns = ("about", "subject", "what", *(one.place.text for one in asked))
    show.records(columns, [(*start, *(_short(cell) for cell in cells)) for start, cells in rows], "table")


def _short(cell: Cell) -> str:
    if not cell.findings:
        return cell.state.value + (f" ({cell.remark})" if cell.complete or cell.sought else "")
    return "; ".join(dict.fromkeys(_told(one, cell.asked) for one in cell.findings))


def _told(one: Finding, asked: Asked) -> str:
    """What was found and what limits it: a relation reads from the subject of the row to the class."""
    elsewhere = [f"in {one.place.text}"] if one.place and one.place.iri != asked.place.iri else []
    about = ", ".join((*_limits(one), *elsewhere, one.surety))
    is_relation = one.place is None and one.record != one.thing.iri
    return f"{one.how} {one.thing.text} ({about})" if is_relation else f"{one.thing.text} ({one.how}, {about})"


def _limits(one: Finding) -> Iterator[str]:
    """The extent of a recognition, the devices for which a relation holds, and a status that is not final: as its note says."""
    for part in one.note.split("; "):
        if part.startswith(("extent: ", "for ")) or (part.startswith("status: ") and part not in _USUAL):
            yield part


def _remarks(asked: Iterable[Asked]) -> None:
    for one in asked:
        if one.remark:
            click.echo(one.remark, err=True)


def _counted(states: Iterable[State]) -> None:
    told = ", ".join(f"{number:,} {state.value}" for state, number in tally(states).items())
    click.echo(f"Gaps: {told or 'none'}.", err=True)


def _aspects(texts: Sequence[str]) -> tuple[Aspect, ...]:
    return tuple(Aspect(text) for text in texts)


def _date(day: dt.datetime | None) -> dt.date | None:
    return day.date() if day else None


COMMANDS: tuple[click.Command, ...] = (compare, gaps, conforms, markets)
