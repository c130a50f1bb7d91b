"""Reviews of mapping records: what waits, what was said, and what becomes of a record."""

from __future__ import annotations

import getpass

import click

from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.model.reviews import Status, Verdict

_BY = click.option("--by", default=getpass.getuser, show_default="your user name", help="Who: kept with the review.")
_REASON = click.option("--reason", required=True, help="Why: kept with the review and in the history.")
_RECORD = click.argument("record")


@click.group(
    epilog=examples(
        "standards-graph review next",
        'standards-graph review reject sgm:07f930d6dad1ecda --reason "Rule 11 has no counterpart"',
        "standards-graph review show sgm:07f930d6dad1ecda",
    )
)
def review() -> None:
    """Review mapping records: what waits for it, what was said, and what becomes of a record.

    Of every reviewer the last verdict stands; the newest of them decides, and those that differ are shown as dissent. Nothing
    follows from a record that is rejected, contested or retired.
    """


@review.command("next", epilog=examples("standards-graph review next --most 50 --format csv"))
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list.")
@show.list_format
@pass_session
def next_(session: Session, most: int, format_: str) -> None:
    """List what should be reviewed, the most urgent first: conflicts, weakest premises, candidates."""
    with session.reviewer() as reviewer:
        found = reviewer.waiting()
    rows = [
        (rank, one.why.value, show.compact(one.record), one.says, one.confidence, one.voice, one.reason)
        for rank, one in enumerate(found[:most], 1)
    ]
    show.records(("rank", "what", "record", "says", "confidence", "voice", "because"), rows, format_)
    click.echo(f"{len(found):,} wait for a review; {min(most, len(found)):,} listed.", err=True)


@review.command("show", epilog=examples("standards-graph review show sgm:07f930d6dad1ecda"))
@_RECORD
@show.list_format
@pass_session
def show_(session: Session, record: str, format_: str) -> None:
    """List every review of RECORD, the newest first, with dissent marked."""
    with session.reviewer() as reviewer:
        found = reviewer.reviewed(record)
    rows = [(one.at, one.by, one.verdict.value, found.role(one).value, one.reason) for one in found.reviews]
    show.records(("when", "who", "verdict", "role", "reason"), rows, format_)
    by_source = "" if found.stated is found.status else f" ({found.stated.value} by its source)"
    click.echo(f"{found.says}: {found.status.value}{by_source}.", err=True)


@review.command(epilog=examples('standards-graph review accept sgm:0a1b2c3d4e5f6071 --reason "Compared clause by clause"'))
@_RECORD
@click.option("--confidence", type=click.FloatRange(0, 1), help="Of a proposal of the engine, which becomes a record thereby.")
@_REASON
@_BY
@pass_session
def accept(session: Session, record: str, confidence: float | None, reason: str, by: str) -> None:
    """Say that RECORD is right and may be a premise."""
    _review(session, record, Verdict.ACCEPT, reason, by, confidence)


_OTHERS = {
    Verdict.REJECT: ("Say that RECORD is wrong; it is kept so that it is not proposed again.", "Rule 11 has no counterpart"),
    Verdict.CONTEST: ("Doubt RECORD: nothing follows from it until somebody decides.", "The annex says otherwise"),
    Verdict.RETIRE: ("Say that RECORD was right once and is no longer claimed.", "The class no longer exists"),
    Verdict.COMMENT: ("Remark something on RECORD; its status stays.", "See the corrigendum of 2024"),
}
"""The other verdicts: what each says, and a reason as an example."""


def _add(verdict: Verdict, text: str, reason: str) -> None:
    example = f'standards-graph review {verdict.value} sgm:0a1b2c3d4e5f6071 --reason "{reason}"'

    @review.command(verdict.value, help=text, epilog=examples(example))
    @_RECORD
    @_REASON
    @_BY
    @pass_session
    def _(session: Session, record: str, reason: str, by: str) -> None:
        _review(session, record, verdict, reason, by)


for _verdict, _told in _OTHERS.items():
    _add(_verdict, *_told)


def _review(session: Session, record: str, verdict: Verdict, reason: str, by: str, confidence: float | None = None) -> None:
    with session.reviewer() as reviewer:
        done, found = reviewer.review(record, verdict, by=by, reason=reason, confidence=confidence)
    click.echo(f"{found.says}: {found.status.value}, in {done.name}.")
    if found.status is Status.ACCEPTED and found.confidence is not None and found.confidence < 0.5:
        click.echo(f"Its confidence is {found.confidence:g}: below 0.5 nothing follows from it.", err=True)


COMMANDS: tuple[click.Command, ...] = (review,)
