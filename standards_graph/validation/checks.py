"""The checks under ``ontology/checks``: each query lists offenders, an empty answer passes.

Those on the ontology run on its files, where what has no name is still a blank node; those on the content run on a revision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import rdflib

from standards_graph import queries
from standards_graph.model import answers
from standards_graph.model.checks import Checked
from standards_graph.queries import Query
from standards_graph.store.base import Reader


def of_ontology(folder: Path) -> tuple[Checked, ...]:
    """What the checks on the ontology find in its root, its modules, its code lists and its labels."""
    graph = rdflib.Graph()
    for path in (path for part in (".", "modules", "schemes", "labels") for path in sorted((folder / part).glob("*.ttl"))):
        graph.parse(path, format="turtle")
    return tuple(_checked(query, _found(graph, query.text)) for query in written(folder, on="ontology"))


def of_content(folder: Path, reader: Reader) -> tuple[Checked, ...]:
    """What the checks on the content find in a revision, among what plain queries see."""
    found = []
    for query in written(folder, on="content"):
        answer = reader.answer(query.text, media_type=answers.CSV)
        _, *listed = csv.reader(io.StringIO(answer.body.decode()))
        found.append(_checked(query, tuple(" ".join(cells) for cells in listed)))
    return tuple(found)


def written(folder: Path, *, on: str) -> Iterator[Query]:
    """The checks on the ontology or on the content, by name."""
    for path in sorted((folder / "checks").glob("*.rq")):
        query = queries.parse(path.stem, path.read_text("utf-8"))
        if query.header.get("on", "ontology") == on:
            yield query


def _found(graph: rdflib.Graph, text: str) -> tuple[str, ...]:
    return tuple(sorted(" ".join(str(term) for term in row if term is not None) for row in graph.query(text)))  # type: ignore[union-attr]


def _checked(query: Query, offenders: tuple[str, ...]) -> Checked:
    return Checked(query.name, query.header["check"], tuple(sorted(offenders)), warns=query.header.get("weight") == "warning")
