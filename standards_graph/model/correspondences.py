"""Correspondences as pages show them: which schemes are compared, what one thing corresponds to, and what rests on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standards_graph.model.entities import Name
from standards_graph.model.mappings import Standing, Statement


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme with its name and the number of its classes."""

    name: Name
    members: int

    @property
    def code(self) -> str:
        """The last part of its IRI, by which it is asked for."""
        return self.name.iri.value.rpartition("/scheme/")[2]


@dataclass(frozen=True, slots=True)
class SchemePair:
    """Two schemes, and in which standing their pairs of classes are: each pair counts once, as its surest record stands."""

    first: Scheme
    second: Scheme
    counts: Mapping[Standing, int]

    @property
    def holds(self) -> int:
        """Pairs of classes on which a record may be relied."""
        return sum(number for standing, number in self.counts.items() if standing.holds)

    @property
    def waits(self) -> int:
        """Pairs on which there are only records on which none may rely: candidates, contested, denied, rejected, retired."""
        return sum(self.counts.values()) - self.holds


@dataclass(frozen=True, slots=True)
class Overview:
    """Every two schemes that are compared, in the order of their names, and every scheme that takes part."""

    schemes: tuple[Scheme, ...]
    pairs: tuple[SchemePair, ...]


@dataclass(frozen=True, slots=True)
class PlacePair:
    """How many editions that one place recognises another recognises too: by its own decision, in effect, or perhaps."""

    first: Name
    second: Name
    directly: int
    in_effect: int
    perhaps: int


@dataclass(frozen=True, slots=True)
class SharedEditions:
    """The places in which an edition is recognised on a day, how many are in each, and every two of them."""

    places: tuple[tuple[Name, int], ...]
    pairs: tuple[PlacePair, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Corresponding:
    """What records say of one thing, read from it, and the places in which the things at the other end count."""

    thing: Name
    statements: tuple[Statement, ...]
    places: Mapping[str, tuple[Name, ...]]
    """By the IRI of the other thing: its scheme, the jurisdictions that use it, those that recognise it."""
    once_said: int = 0
    """Records that say the same as others from the other end, which are not listed."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way in which a record follows: its premises in their order."""

    number: int
    steps: tuple[Statement, ...]
