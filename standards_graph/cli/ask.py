"""Asking: a SPARQL query of one's own, or a question that the registry already knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from click.shell_completion import CompletionItem
from pyoxigraph import Literal, NamedNode

from standards_graph import queries, vocab
from standards_graph.cli import endpoint, show, terms
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.errors import BadArgument, BadQuery, NotAcceptable
from standards_graph.model import answers

_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in sorted(vocab.PREFIXES.items())) + "\n"

_VALUES = """A value is <IRI>, a prefixed name, "text"@en, a date, a number or a word. Where the default is an IRI, a word
stands for its neighbour: jp for .../jurisdiction/jp. Repeat --param to allow several values."""

answer_format = click.option(
    "--format",
    "format_",
    type=click.Choice(list(show.MEDIA_TYPES)),
    help="How to print the answer. Without it: a table for rows, Turtle for a graph.",
)


@click.command(
    epilog=examples(
        "standards-graph query question.rq",
        "standards-graph query -e 'SELECT ?name { ?it a sgo:Regulator ; rdfs:label ?name } LIMIT 5'",
        "standards-graph query -e 'DESCRIBE <https://w3id.org/standards-graph/id/jurisdiction/eu>' --format turtle",
        "standards-graph query --endpoint http://127.0.0.1:8000/sparql question.rq --format csv",
    )
)
@click.argument("file", type=click.File("r", encoding="utf-8"), required=False)
@click.option("-e", "--execute", "text", metavar="TEXT", help="The query itself; the project's prefixes are known in it.")
@answer_format
@click.option("--endpoint", "address", metavar="URL", help="Ask a SPARQL 1.1 endpoint instead of the data folder.")
@pass_session
def query(session: Session, file: Any, text: str | None, format_: str | None, address: str | None) -> None:
    """Answer a SPARQL query.

    It comes from FILE (- is standard input) or from TEXT.
    """
    if (file is None) == (text is None):
        raise click.UsageError("Give either a FILE or -e TEXT.")
    with _own_lines(prologue=text is not None):
        wanted = _PROLOGUE + text if text is not None else file.read()
        if address:
            found, media_type = endpoint.answer(address, wanted, format_, seconds=session.settings.query_seconds)
            show.answer(found, media_type, as_table=format_ in (None, "table"))
        else:
            _answer(session, wanted, format_)


@contextmanager
def _own_lines(*, prologue: bool) -> Iterator[None]:
    """Count lines as the asker does: the prologue stands on one line above the text."""
    try:
        yield
    except BadQuery as error:
        if not prologue or not error.line or error.line < 2:
            raise
        raise BadQuery(error.reason, line=error.line - 1, column=error.column, excerpt=error.excerpt) from error


def _answer(session: Session, text: str, format_: str | None) -> None:
    now = session.settings
    limits = answers.Limits(now.query_seconds, now.query_memory_mb << 20, now.answer_mb * 1_000_000)
    with session.registry() as registry:
        reader = registry.reader()
        try:
            found = reader.answer(text, media_type=show.MEDIA_TYPES[format_ or "table"], limits=limits)
        except NotAcceptable:
            if format_:
                raise
            found = reader.answer(text, media_type=answers.TURTLE, limits=limits)
    show.answer(found.body, found.media_type, as_table=format_ in (None, "table"))


def _complete_question(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    known = (queries.question(name) for name in queries.questions() if name.startswith(incomplete))
    return [CompletionItem(one.name, help=one.header.get("question", "")) for one in known]


@click.command(
    epilog=examples(
        "standards-graph questions",
        "standards-graph questions us-recognised-eu-harmonised --format csv",
        "standards-graph questions network-members --param network=healthai-grn",
        note=_VALUES,
    )
)
@click.argument("name", required=False, shell_complete=_complete_question)
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Set one parameter of the question.")
@click.option("--text", "show_text", is_flag=True, help="Print the SPARQL instead of answering it.")
@answer_format
@pass_session
def questions(session: Session, name: str | None, params: tuple[str, ...], show_text: bool, format_: str | None) -> None:
    """List the known questions, or answer one.

    With a NAME the question is answered, else all are listed.
    """
    if name is None:
        _list_questions(format_ or "table")
        return
    asked = queries.question(name)
    text = asked.bind(**_values(asked, params))
    if show_text:
        click.echo(text)
    else:
        _answer(session, text, format_)


def _list_questions(format_: str) -> None:
    if format_ not in show.LIST_FORMATS:
        raise click.UsageError(f"The list of questions comes as {', '.join(show.LIST_FORMATS)}.")
    known = [queries.question(name) for name in queries.questions()]
    rows = [(one.name, one.header.get("question", ""), ", ".join(one.parameters)) for one in known]
    show.records(("name", "question", "parameters"), rows, format_)


def _values(asked: queries.Query, params: tuple[str, ...]) -> dict[str, list[NamedNode | Literal]]:
    given: dict[str, list[NamedNode | Literal]] = defaultdict(list)
    for one in params:
        key, equals, value = one.partition("=")
        if not equals:
            raise BadArgument(f"Write a parameter as KEY=VALUE, not {one!r}.", name=one)
        default = asked.parameters.get(key, "").split(" ")[0]
        given[key].append(terms.term(value, like=default))
    return dict(given)


COMMANDS: tuple[click.Command, ...] = (query, questions)
