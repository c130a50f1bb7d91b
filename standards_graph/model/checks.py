"""What the checks of the ontology and of the content find: figures, and the offenders one by one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: its name, what it asks, and whom it found; one that only warns stops nothing.

    One that could not be run says why in ``hindrance``: it neither passed nor failed.
    """

    name: str
    question: str
    offenders: tuple[str, ...] = ()
    warns: bool = False
    hindrance: str = ""

    @property
    def result(self) -> str:
        """How it ended, in a word or two."""
        if self.hindrance:
            return "not run"
        if not self.offenders:
            return "passed"
        return "warned" if self.warns else "failed"

    @property
    def failed(self) -> bool:
        """Whether it found what must not be."""
        return self.result == "failed"
