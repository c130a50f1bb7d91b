"""Correspondences: what corresponds to a thing, why a record holds, what contradicts."""

from __future__ import annotations

import datetime as dt

import click

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog=examples(
        "standards-graph equivalents us-fda-class/ii --in eu-mdr-class",
        "standards-graph equivalents us-fda-class/ii --in ch --why",
        "standards-graph equivalents edition/iso-14971-2019 --on 2024-01-01",
        note="THING is an IRI, a prefixed name, the end of one of the registry's addresses, or an edition as ISO 14971:2019.",
    )
)
@click.argument("thing")
@click.option(
    "--in", "within", default="", metavar="PLACE", help="A scheme, or a jurisdiction with its parts; else everywhere."
)
@click.option("--on", "day", type=_DAY, help="A day on which the records hold; else all records.")
@click.option("--why", is_flag=True, help="Say why each inferred record holds.")
@show.list_format
@pass_session
def equivalents(session: Session, thing: str, within: str, day: dt.datetime | None, why: bool, format_: str) -> None:
    """List what corresponds to THING, the surest first.

    What nobody claims and what follows from other records is marked as inferred. That nothing is listed
    does not mean that there is no counterpart.
    """
    with session.registry() as registry:
        found = registry.equivalence.counterparts(thing, within=within, on=day.date() if day else None)
    columns = ("relation", "target", "confidence", "scope", "from", "until", "voice", "record", *(("why",) if why else ()))
    rows = [
        (
            one.relation.text + (", or is the same" if one.strictness_unknown else ""),
            one.target.text,
            one.confidence,
            one.scope,
            one.valid_from,
            one.valid_until,
            one.voice,
            show.compact(one.record.value),
            *((one.why,) if why else ()),
        )
        for one in found
    ]
    show.records(columns, rows, format_)
    if not found:
        where = f" in {within}" if within else ""
        click.echo(f"Nothing is recorded{where} that corresponds to {thing}; there may be something all the same.", err=True)


@click.command(epilog=examples("standards-graph why sgm:0a1b2c3d4e5f6071"))
@click.argument("record")
@show.list_format
@pass_session
def why(session: Session, record: str, format_: str) -> None:
    """Say why a mapping RECORD holds: the record, then the premises of each derivation, down to their sources."""
    with session.registry() as registry:
        found = registry.equivalence.why(record)
    rows = [
        (
            one.derivation or "",
            one.step or "",
            show.compact(one.record.value),
            one.says,
            "not recorded" if one.confidence is None else one.confidence,
            one.voice,
            " ".join(one.sources) or one.explanation,
        )
        for one in found
    ]
    show.records(("derivation", "step", "record", "says", "confidence", "voice", "because"), rows, format_)


@click.command(epilog=examples("standards-graph conflicts", "standards-graph conflicts --format json"))
@show.list_format
@pass_session
def conflicts(session: Session, format_: str) -> None:
    """List the mapping records that cannot all be right; nothing follows from them until that is decided."""
    with session.registry() as registry:
        found = registry.equivalence.conflicts()
    rows = [
        (
            show.compact(one.conflict.value),
            one.kind.text + (" (notice)" if one.is_notice else ""),
            one.sentence,
            " ".join(show.compact(each.value) for each in one.members),
        )
        for one in found
    ]
    show.records(("conflict", "kind", "sentence", "records"), rows, format_)
    open_, told = (sum(one.is_notice is notice for one in found) for notice in (False, True))
    more = f" {told:,} notice{'' if told == 1 else 's'}: nothing is withdrawn for these." if told else ""
    click.echo(f"{open_:,} open conflict{'' if open_ == 1 else 's'}.{more}", err=True)


@click.command(epilog=examples("standards-graph without sgm:07f930d6dad1ecda"))
@click.argument("record")
@show.list_format
@pass_session
def without(session: Session, record: str, format_: str) -> None:
    """List what would fall, or be less sure, if a mapping RECORD were rejected. Nothing is changed."""
    with session.registry() as registry:
        found = registry.without(record)
    rows = [(one.fate.value, one.says, one.confidence, one.left, show.compact(one.name)) for one in found]
    show.records(("what", "says", "confidence", "without it", "name"), rows, format_)
    if not found:
        click.echo("Nothing else rests on it.", err=True)


COMMANDS: tuple[click.Command, ...] = (equivalents, why, without, conflicts)
