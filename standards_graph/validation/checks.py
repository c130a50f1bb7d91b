"""The checks under ``ontology/checks``: each query lists offenders, an empty answer passes.

Those on the ontology run on its files, where what has no name is still a blank node; those on the content run on a revision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import rdflib

from standards_graph import queries, vocab
from standards_graph.formats import header, rdf
from standards_graph.model import answers
from standards_graph.model.checks import Checked
from standards_graph.queries import Query
from standards_graph.store.base import Reader
from standards_graph.validation.terms import to_rdflib

PARTS = ("modules", "schemes", "labels")
"""Folders that every check on the ontology reads, beside the root; a line ``#+ with:`` in its query names further ones."""


def of_ontology(folder: Path) -> tuple[Checked, ...]:
    """What the checks on the ontology find in its files, by name."""
    queries_by_files: dict[str, list[Query]] = {}
    for query in written(folder, on="ontology"):
        queries_by_files.setdefault(query.header.get("with", ""), []).append(query)
    found = []
    for further, asked in queries_by_files.items():
        graph = ontology(folder, further)
        found += [checked(query, _found(graph, query.text)) for query in asked]
    return tuple(sorted(found, key=lambda one: one.name))


def ontology(folder: Path, further: str = "") -> rdflib.Graph:
    """The root, the modules, the code lists and the labels as one graph, with what the header says that is worked out."""
    graph = rdflib.Graph()
    for path in (path for part in (".", *PARTS, *further.split()) for path in sorted((folder / part).glob("*.ttl"))):
        graph.parse(path, format="turtle")
    terms = (quad for path in (folder / "modules").glob("*.ttl") for quad in rdf.parse(path, graph=vocab.graph("ontology")))
    for told in header.worked_out(terms, folder):
        graph.add((to_rdflib(told.subject), to_rdflib(told.predicate), to_rdflib(told.object)))
    return graph


def of_content(folder: Path, reader: Reader) -> tuple[Checked, ...]:
    """What the checks on the content find in a revision, among what plain queries see."""
    found = []
    for query in written(folder, on="content"):
        answer = reader.answer(query.text, media_type=answers.CSV)
        _, *listed = csv.reader(io.StringIO(answer.body.decode()))
        found.append(checked(query, (" ".join(cells) for cells in listed)))
    return tuple(found)


def written(folder: Path, *, on: str) -> Iterator[Query]:
    """The checks on the ontology or on the content, by name."""
    for path in sorted((folder / "checks").glob("*.rq")):
        query = queries.parse(path.stem, path.read_text("utf-8"))
        if query.header.get("on", "ontology") == on:
            yield query


def checked(query: Query, offenders: Iterable[str]) -> Checked:
    """What a check found, as its header says to take it."""
    return Checked(query.name, query.header["check"], tuple(sorted(offenders)), warns=query.header.get("weight") == "warning")


def _found(graph: rdflib.Graph, text: str) -> Iterator[str]:
    for row in graph.query(text):
        yield " ".join(str(term) for term in row if term is not None)  # type: ignore[union-attr]
