"""Figures of the graphs that mapping records and recognitions make, with what each of them means."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name

DEFINITIONS = {
    "records": "Mapping records that are accepted, not denied and not contested: stated ones, and facts restated as records. "
    "Inferred ones are counted apart.",
    "components": "Things that hang together by records of any relation, whichever way they point: two are in one component "
    "if a chain of records leads from one to the other. A thing without a record is in none.",
    "equivalence components": "The same, by records that say equivalentTo alone.",
    "bridges": "Pairs of things whose records alone hold a component together: without them it would fall in two.",
    "centrality of a standard": "In the graph of standards and jurisdictions, with a line where an edition of the standard is "
    "recognised, itself or in effect, on any day: the share of jurisdictions with a line (degree), and the share of shortest "
    "ways between any two others that lead over the standard (betweenness). What no source tells is missing here.",
    "carried": "Inferred records of which a kept derivation uses the record; alone: those of which every kept derivation does. "
    "In effect: recognitions in effect that rest on it, or on an inferred record that it carries. What another chain would "
    "give instead is not counted: the command without tells it.",
}
"""What each figure means, told wherever the figures are."""


@dataclass(frozen=True, slots=True)
class Component:
    """Things that hang together: how many, by how many records, of which kinds; the first members by name."""

    size: int
    records: int
    kinds: tuple[str, ...]
    members: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Centrality:
    """A standard among jurisdictions."""

    standard: Name
    jurisdictions: tuple[NamedNode, ...]
    in_effect_only: tuple[NamedNode, ...]
    degree: float
    betweenness: float


@dataclass(frozen=True, slots=True)
class Carrier:
    """A record that others rest on."""

    record: Name
    voice: str
    carried: int
    alone: int
    in_effect: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one revision; the lists hold the first entries, the numbers count all."""

    records: int
    inferred: int
    things: int
    components: int
    equivalence_components: int
    bridges: int
    sizes: tuple[tuple[int, int], ...]
    """How many components there are of each size, the largest first."""
    equivalence_sizes: tuple[tuple[int, int], ...]
    largest: tuple[Component, ...]
    largest_equivalence: tuple[Component, ...]
    standards: int
    jurisdictions: int
    central: tuple[Centrality, ...]
    carriers: int
    carrying: tuple[Carrier, ...]
    definitions: dict[str, str] = field(default_factory=lambda: dict(DEFINITIONS))
