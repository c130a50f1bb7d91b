"""What a free query answers, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from standards_graph.model.entities import Term


@dataclass(frozen=True, slots=True)
class Result:
    """A whole answer: rows of a SELECT, the truth of an ASK, or the text of a graph; ``seconds`` is what it took."""

    form: str
    revision: int
    seconds: float
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the query ran to its end and found nothing."""
        return self.truth is None and not self.rows and not self.text.strip()
