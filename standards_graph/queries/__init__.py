"""Loads and binds ``.rq`` files.

A line ``VALUES ?name { default }`` is a parameter; as it stands the file runs in any SPARQL 1.1 client. A parameter of
several columns is not one. Only RDF terms are written into the text, so a value can never become query text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import resources
from standards_graph.errors import BadArgument, NotFound

Value = NamedNode | Literal

_PARAMETER = re.compile(r"^(?P<indent>[ \t]*)VALUES \?(?P<name>\w+) \{ (?P<default>[^}]*?) \}[ \t]*$", re.M)
_HEADER = re.compile(r"^#\+ (?P<key>[\w -]+?): (?P<text>.*)$", re.M)
_PAGE = re.compile(r"^[ \t]*LIMIT \d+ OFFSET \d+$", re.M)
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Query:
    """A query file: its text, its parameters with their defaults, and what its header lines say."""

    name: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)

    def bind(self, **values: Value | Iterable[Value]) -> str:
        """The text with terms in place of defaults; an empty list stays an empty VALUES and finds nothing."""
        unknown = sorted(set(values) - set(self.parameters))
        if unknown:
            raise BadArgument(
                f"The query {self.name} has no parameter {', '.join(unknown)}; it has: {', '.join(self.parameters)}.",
                name=unknown[0],
                known=tuple(self.parameters),
            )

        def put(found: re.Match[str]) -> str:
            name = found["name"]
            if name not in values:
                return found[0]
            given = values[name]
            terms = [given] if isinstance(given, NamedNode | Literal) else list(given)
            return f"{found['indent']}VALUES ?{name} {{ {' '.join(map(str, terms))} }}"

        return _PARAMETER.sub(put, self.text)

    def with_defaults(self, **values: Value) -> Query:
        """The same query with other defaults."""
        return dataclasses.replace(parse(self.name, self.bind(**values)), header=self.header) if values else self


def paged(text: str, *, limit: int | None, offset: int = 0) -> str:
    """The text with its line ``LIMIT n OFFSET m`` saying which part to give; None gives all."""
    part = "" if limit is None else f"LIMIT {limit:d} OFFSET {offset:d}"
    changed, found = _PAGE.subn(part, text)
    if found != 1:
        raise BadArgument("The query has no line that says LIMIT and OFFSET.", name="page")
    return changed


def parse(name: str, text: str) -> Query:
    """Read a query file's text."""
    return Query(
        name,
        text,
        parameters={found["name"]: found["default"] for found in _PARAMETER.finditer(text)},
        header={found["key"]: found["text"].strip() for found in _HEADER.finditer(text)},
    )


@lru_cache
def load(name: str) -> Query:
    """One of the project's own queries, by the path under ``standards_graph/queries`` without its ending."""
    return _read(_HERE / f"{name}.rq", name)


@lru_cache
def question(name: str) -> Query:
    """One of the public questions under ``ontology/questions``; raises NotFound."""
    if name not in questions():
        raise NotFound(f"There is no question {name!r}; there are: {', '.join(questions())}.")
    return _read(resources.ontology() / "questions" / f"{name}.rq", name)


@lru_cache
def questions() -> tuple[str, ...]:
    """The names of the public questions, sorted."""
    return tuple(sorted(path.stem for path in (resources.ontology() / "questions").glob("*.rq")))


def _read(path: Path, name: str) -> Query:
    return parse(name, path.read_text("utf-8"))
