"""What validation finds: each finding is a value, none is an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs; only a violation stops publication."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found: the rule, the thing, the sentence, how bad, where it stands in the input, what to do."""

    rule: str
    thing: str
    message: str
    severity: Severity = Severity.VIOLATION
    path: str = ""
    value: str = ""
    source: str = ""
    line: int | None = None
    column: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one validation, worst first."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of_records(cls, records: Iterable[Mapping[str, Any]]) -> Report:
        """The report that ``records`` took apart."""
        return cls(tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in records))

    def records(self) -> list[dict[str, Any]]:
        """The findings as plain values, for JSON."""
        return [asdict(one) for one in self.findings]

    @property
    def conforms(self) -> bool:
        """Whether nothing stops publication."""
        return not self.of(Severity.VIOLATION)

    def by_kind(self) -> tuple[tuple[Finding, ...], ...]:
        """The findings that one rule words alike, together; the worst kinds first, among these the most frequent."""
        kinds: dict[tuple[Severity, str, str, str], list[Finding]] = {}
        for one in self.findings:
            kinds.setdefault((one.severity, one.rule, one.path, one.message), []).append(one)
        order = list(Severity)
        listed = sorted(kinds.values(), key=lambda alike: (order.index(alike[0].severity), -len(alike), alike[0].message))
        return tuple(map(tuple, listed))

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(f for f in self.findings if f.severity is severity)

    def after(self, other: Report) -> Report:
        """The findings of both, worst first, the other's before these."""
        both = (*other.findings, *self.findings)
        return Report(tuple(one for kind in Severity for one in both if one.severity is kind))

    def softened(self) -> Report:
        """The same with violations as warnings."""
        mild = (replace(one, severity=Severity.WARNING) if one.severity is Severity.VIOLATION else one for one in self.findings)
        return Report(tuple(mild))
