"""One thing as a reader meets it: what is said about it, by which source, and what points at it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called; ``given`` is False where nothing names it and its IRI's last part stands in."""

    iri: NamedNode
    text: str
    language: str = ""
    given: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where the statements of one thing in one graph come from."""

    record: NamedNode
    graph: NamedNode
    address: str = ""
    printed: str = ""
    level: Name | None = None
    key: str = ""
    note: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One object of a statement, with the graphs that say so and their sources; unverified if no confirmed row says it.

    ``computed`` is the day used for computing where the source prints the date that is shown.
    """

    term: Term
    name: Name | None
    graphs: tuple[NamedNode, ...]
    sources: tuple[Source, ...]
    computed: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What one predicate says, in part or in full: ``total`` tells."""

    predicate: Name
    values: tuple[Value, ...]
    total: int

    @property
    def cut(self) -> bool:
        """Whether there is more than is shown."""
        return len(self.values) < self.total


@dataclass(frozen=True, slots=True)
class Incoming:
    """The things that point here by one predicate, in part or in full: ``total`` tells; ``inverse`` reads it backwards.

    ``unverified`` are those of them for which no confirmed statement says so.
    """

    predicate: Name
    things: tuple[Name, ...]
    total: int
    inverse: str = ""
    unverified: frozenset[NamedNode] = frozenset()

    @property
    def cut(self) -> bool:
        """Whether there is more than is shown."""
        return len(self.things) < self.total


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text claims, by whom and when, and the finding of a reading of other sources, with those sources."""

    name: Name
    by: str
    stated_in: str
    printed: str
    finding: Name | None
    sources: tuple[Source, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """Everything the registry says about one thing, in one revision."""

    name: Name
    types: tuple[Name, ...]
    groups: tuple[Group, ...]
    incoming: tuple[Incoming, ...]
    sources: tuple[Source, ...]
    graphs: tuple[Name, ...]
    unverified: bool
    revision: int
    claims: tuple[Claim, ...] = ()

    @property
    def iri(self) -> NamedNode:
        """The thing's IRI."""
        return self.name.iri

    def group(self, predicate: NamedNode) -> Group | None:
        """What one predicate says, if anything."""
        return next((g for g in self.groups if g.predicate.iri == predicate), None)

    def first(self, predicate: NamedNode) -> Value | None:
        """The first value of one predicate, if any."""
        found = self.group(predicate)
        return found.values[0] if found else None
