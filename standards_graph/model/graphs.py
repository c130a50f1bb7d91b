"""The data sets of the registry, and the terms of its ontology."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


@dataclass(frozen=True, slots=True)
class GraphSize:
    """A named graph and how many statements it holds."""

    name: Name
    statements: int
    in_default_graph: bool


@dataclass(frozen=True, slots=True)
class Dataset:
    """One named graph: its size, what it describes, under which licences, and what is said of it."""

    name: Name
    statements: int
    in_default_graph: bool
    classes: tuple[tuple[Name, int], ...]
    licences: tuple[str, ...]
    said: tuple[tuple[Name, str], ...]


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A class or property of the ontology; ``parents`` are the classes that a class is a kind of."""

    iri: NamedNode
    kind: str
    label: str
    definition: str
    module: str
    domain: str = ""
    range: str = ""
    example: str = ""
    status: str = ""
    parents: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[str, str] | None:
        """What a property links, by their local names; None for a class and for a property that links anything."""
        found = _tail(self.domain), _tail(self.range)
        return found if self.kind == "ObjectProperty" and all(found) else None

    @property
    def local(self) -> str:
        """The term's local name, which is its anchor."""
        return self.iri.value.rpartition("#")[2]

    @property
    def signature(self) -> str:
        """What the term links, or that it is a class, in a few words."""
        if self.kind == "Class":
            return "class"
        return f"{_tail(self.domain) or 'anything'} → {_tail(self.range) or 'anything'}"


def _tail(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
