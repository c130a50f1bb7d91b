"""The checks under ``ontology/checks``: each query lists offenders, an empty answer passes.

Those on the ontology run on its files, where what has no name is still a blank node; those on the content run on a revision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Triple

from standards_graph import queries, vocab
from standards_graph.formats import header, rdf
from standards_graph.model import answers
from standards_graph.model.checks import Checked
from standards_graph.queries import Query
from standards_graph.store.base import Reader
from standards_graph.store.memory import statements

_ONTOLOGY = vocab.graph("ontology")
PARTS = ("modules", "schemes", "labels")
"""Folders that every check on the ontology reads, beside the root; a line ``#+ with:`` in its query names further ones."""


def of_ontology(folder: Path) -> tuple[Checked, ...]:
    """What the checks on the ontology find in its files, by name."""
    queries_by_files: dict[str, list[Query]] = {}
    for query in written(folder, on="ontology"):
        queries_by_files.setdefault(query.header.get("with", ""), []).append(query)
    found = []
    for further, asked in queries_by_files.items():
        reader = statements(ontology(folder, further))
        found += [checked(query, offenders(query, reader)) for query in asked]
    return tuple(sorted(found, key=lambda one: one.name))


def ontology(folder: Path, further: str = "") -> Iterator[Triple]:
    """The statements of the root, the modules, the code lists and the labels, and what the header says that is worked out."""
    for path in (path for part in (".", *PARTS, *further.split()) for path in sorted((folder / part).glob("*.ttl"))):
        yield from (quad.triple for quad in rdf.parse(path, graph=_ONTOLOGY))
    terms = (quad for path in (folder / "modules").glob("*.ttl") for quad in rdf.parse(path, graph=_ONTOLOGY))
    yield from header.worked_out(terms, folder)


def of_content(folder: Path, reader: Reader) -> tuple[Checked, ...]:
    """What the checks on the content find in a revision, among what plain queries see."""
    return tuple(checked(query, offenders(query, reader)) for query in written(folder, on="content"))


def written(folder: Path, *, on: str) -> Iterator[Query]:
    """The checks on the ontology or on the content, by name."""
    for path in sorted((folder / "checks").glob("*.rq")):
        query = queries.parse(path.stem, path.read_text("utf-8"))
        if query.header.get("on", "ontology") == on:
            yield query


def checked(query: Query, offenders: Iterable[str]) -> Checked:
    """What a check found, as its header says to take it."""
    return Checked(query.name, query.header["check"], tuple(sorted(offenders)), warns=query.header.get("weight") == "warning")


def offenders(query: Query, reader: Reader) -> Iterator[str]:
    """What a check lists, each offender with its cells in one line."""
    answer = reader.answer(query.text, media_type=answers.CSV)
    _, *listed = csv.reader(io.StringIO(answer.body.decode()))
    return (" ".join(cell for cell in cells if cell) for cells in listed)
