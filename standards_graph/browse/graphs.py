"""The named graphs of the registry, and the terms of its ontology."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.names import local_name, names
from standards_graph.errors import NotFound
from standards_graph.model.entities import Name
from standards_graph.model.graphs import Dataset, GraphSize, OntologyTerm
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row
from standards_graph.vocab import BASE, in_default_graph


class Graphs:
    """What may be asked about named graphs."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def all(self) -> tuple[GraphSize, ...]:
        """Every named graph, by name."""
        sizes = {row.iri("graph"): row.number("total") for row in ask(self._reader, "browse/graphs")}
        return tuple(GraphSize(_called(graph), size, in_default_graph(graph)) for graph, size in sizes.items())

    def one(self, graph: NamedNode) -> Dataset:
        """One named graph; raises NotFound where it holds nothing."""
        size = next(ask(self._reader, "browse/graph_size", graph=graph)).number("total")
        if not size:
            raise NotFound(f"There is no data set called {graph.value}.")
        classes = [(row.iri("class"), row.number("total")) for row in ask(self._reader, "browse/graph_classes", graph=graph)]
        said = [
            (row.iri("predicate"), term.value)
            for row in ask(self._reader, "browse/statements", thing=graph)
            if isinstance(term := row.term("object"), NamedNode | Literal)
        ]
        known = names(self._reader, [iri for iri, _ in (*classes, *said)])
        return Dataset(
            name=_called(graph),
            statements=size,
            in_default_graph=in_default_graph(graph),
            classes=tuple((known[iri], total) for iri, total in classes),
            licences=tuple(row.text("licence") for row in ask(self._reader, "browse/graph_licences", graph=graph)),
            said=tuple((known[predicate], text) for predicate, text in said),
        )

    def ontology(self) -> tuple[OntologyTerm, ...]:
        """The classes and properties of the ontology, by module."""
        return tuple(map(_term, ask(self._reader, "browse/terms")))

    def version(self) -> str:
        """The version of the ontology; empty where it says none."""
        return next((row.text("version") for row in ask(self._reader, "browse/ontology_version")), "")


def _called(graph: NamedNode) -> Name:
    return Name(graph, graph.value.removeprefix(BASE + "graph/"), given=False)


def _term(row: Row) -> OntologyTerm:
    return OntologyTerm(
        iri=row.iri("term"),
        kind=local_name(row.text("kind")),
        label=row.text("label"),
        definition=row.text_if_any("definition"),
        module=local_name(row.text("module")),
        domain=row.text_if_any("domain"),
        range=row.text_if_any("range"),
        example=row.text_if_any("example"),
        status=row.text_if_any("status"),
        parents=tuple(sorted(row.text_if_any("parents").split())),
    )
