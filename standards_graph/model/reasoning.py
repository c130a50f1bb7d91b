"""What an OWL reasoner says of an ontology, alone or together with facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Whether the statements can be true together, which classes nothing can be in, and which class is under which.

    ``hierarchy`` holds every pair of named classes, the narrower first, that the reasoner found; it is empty where the
    statements contradict each other.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    hierarchy: tuple[tuple[str, str], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing contradicts itself."""
        return self.consistent and not self.unsatisfiable
