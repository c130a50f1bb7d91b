"""What is found about a file: each kind of finding a number of times in full, and after that counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from standards_graph.model.findings import Finding, Severity

MOST = 100
"""How many findings of a rule are told one by one."""
LONG = 300
"""How much of a value a finding shows."""


@dataclass(slots=True)
class Remarks:
    """The findings of one file, in the order in which they were met."""

    path: Path
    counts: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    found: list[Finding] = field(default_factory=list)

    def __call__(
        self,
        rule: str,
        message: str,
        severity: Severity = Severity.WARNING,
        *,
        thing: str = "",
        column: str = "",
        value: str = "",
        line: int | None = None,
        remedy: str = "",
    ) -> None:
        """Keep a finding; past the first hundred of its rule it is only counted."""
        self.counts[rule, severity] += 1
        if self.counts[rule, severity] <= MOST:
            self.found.append(
                Finding(
                    rule=rule,
                    thing=thing,
                    message=message,
                    severity=severity,
                    value=value[:LONG],
                    source=str(self.path),
                    line=line,
                    column=column,
                    remedy=remedy,
                )
            )

    def findings(self) -> Iterator[Finding]:
        """Everything that was kept, then how many more there are of each rule."""
        yield from self.found
        for (rule, severity), count in sorted(self.counts.items()):
            if count > MOST:
                message = f"{count - MOST:,} more of this kind are not listed."
                yield Finding(rule=rule, thing="", message=message, severity=severity, source=str(self.path))
