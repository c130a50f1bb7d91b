"""Asking: a SPARQL query of one's own, or a question that the registry already knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from click.shell_completion import CompletionItem

from standards_graph import queries, vocab
from standards_graph.browse.questions import known
from standards_graph.cli import show
from standards_graph.cli.examples import examples
from standards_graph.cli.session import Session, pass_session
from standards_graph.errors import BadArgument, BadQuery, NotAcceptable
from standards_graph.model import answers
from standards_graph.model.questions import Parameter
from standards_graph.registry import Registry

_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in sorted(vocab.PREFIXES.items())) + "\n"

answer_format = click.option(
    "--format",
    "format_",
    type=click.Choice(list(show.MEDIA_TYPES)),
    help="How to print the answer. Without it: a table for rows, Turtle for a graph.",
)


@click.command(
    epilog=examples(
        "standards-graph query question.rq",
        "standards-graph query -e 'SELECT ?name { ?it a sgo:Jurisdiction ; rdfs:label ?name } LIMIT 5'",
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
            from standards_graph.cli import endpoint  # noqa: PLC0415 - its library is slow to import

            found, media_type = endpoint.answer(address, wanted, format_, seconds=session.settings.query_seconds)
            show.answer(found, media_type, as_table=format_ in (None, "table"))
        else:
            with session.registry() as registry:
                _answer(registry, wanted, format_)


@contextmanager
def _own_lines(*, prologue: bool) -> Iterator[None]:
    """Count lines as the asker does: the prologue stands on one line above the text."""
    try:
        yield
    except BadQuery as error:
        if not prologue or not error.line or error.line < 2:
            raise
        raise BadQuery(error.reason, line=error.line - 1, column=error.column, excerpt=error.excerpt) from error


def _answer(registry: Registry, text: str, format_: str | None) -> None:
    now = registry.settings
    limits = answers.Limits(now.query_seconds, now.query_memory_mb << 20, now.answer_mb * 1_000_000)
    reader = registry.reader()
    try:
        found = reader.answer(text, media_type=show.MEDIA_TYPES[format_ or "table"], limits=limits)
    except NotAcceptable:
        if format_:
            raise
        found = reader.answer(text, media_type=answers.TURTLE, limits=limits)
    show.answer(found.body, found.media_type, as_table=format_ in (None, "table"))


def _complete_question(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    fitting = (queries.question(name) for name in queries.questions() if name.startswith(incomplete))
    return [CompletionItem(one.name, help=one.header.get("title", "")) for one in fitting]


@click.command(
    epilog=examples(
        "standards-graph questions",
        "standards-graph questions us-recognised-eu-harmonised --format csv",
        "standards-graph questions fda-ai-devices-of-a-panel --choices panel",
        "standards-graph questions fda-ai-devices-of-a-panel --param panel=radiology --param first_year=2025",
        note="A value is an IRI, a prefixed name, a day, a number, or a choice by its name or the last part of its IRI.",
    )
)
@click.argument("name", required=False, shell_complete=_complete_question)
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Set one parameter of the question.")
@click.option("--choices", "key", metavar="KEY", help="List what a parameter can be, instead of answering.")
@click.option("--text", "show_text", is_flag=True, help="Print the SPARQL, instead of answering.")
@answer_format
@pass_session
def questions(
    session: Session, name: str | None, params: tuple[str, ...], key: str | None, show_text: bool, format_: str | None
) -> None:
    """List the known questions, or answer one.

    With a NAME the question is answered, else all are listed.
    """
    if name is None:
        _list_questions(format_ or "table")
        return
    with session.registry() as registry:
        if key is not None:
            _list_choices(registry.questions.parameters(name, {}), key, format_ or "table")
            return
        text = registry.questions.query(name, _values(registry, name, params))
        if show_text:
            click.echo(text)
        else:
            _answer(registry, text, format_)


def _list_questions(format_: str) -> None:
    """Print every question, by who asks it; ``missing`` says which source the packaged content lacks for an answer."""
    rows = [(one.id, one.name, one.text, ", ".join(queries.question(one.name).parameters), one.missing) for one in known()]
    show.records(("id", "name", "question", "parameters", "missing"), rows, _of_a_list(format_))


def _list_choices(parameters: Iterable[Parameter], key: str, format_: str) -> None:
    choices = {one.name: one.choices for one in parameters}
    if key not in choices:
        told = ", ".join(choices) or "none"
        raise BadArgument(f"There is no parameter {key}; there are: {told}.", name=key, known=tuple(choices))
    show.records(("value", "name"), [(choice.value, choice.name) for choice in choices[key]], _of_a_list(format_))


def _of_a_list(format_: str) -> str:
    if format_ not in show.LIST_FORMATS:
        raise click.UsageError(f"A list comes as {', '.join(show.LIST_FORMATS)}.")
    return format_


def _values(registry: Registry, name: str, params: Iterable[str]) -> dict[str, str]:
    """The given values by parameter, a choice in any of its forms as the registry writes it."""
    given = dict(_pair(one) for one in params)
    if not given:
        return given
    for one in registry.questions.parameters(name, {}):
        meant = given.get(one.name, "").casefold()
        for choice in one.choices:
            if meant in (choice.name.casefold(), choice.value.rpartition("/")[2].casefold()):
                given[one.name] = choice.value
    return given


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise BadArgument(f"Write a parameter as KEY=VALUE, not {text!r}.", name=text)
    return key, value


COMMANDS: tuple[click.Command, ...] = (query, questions)
