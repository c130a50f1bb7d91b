"""How often the shapes find something, class by class: a number of findings says little without the number of things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from standards_graph import queries
from standards_graph.model.answers import JSON
from standards_graph.model.checks import Checked
from standards_graph.model.findings import Finding, Report, Severity
from standards_graph.store.base import Reader
from standards_graph.store.rows import rows
from standards_graph.vocab import SGO


def of_content(reader: Reader, report: Report) -> Iterator[Checked]:
    """What breaks a rule, what is missing, and what is missing in each class for every 1,000 things of it."""
    broken, missing = report.of(Severity.VIOLATION), report.of(Severity.WARNING)
    yield Checked("d2-shapes-violated", "Which record breaks a rule of its shape?", tuple(map(_told, broken)))
    yield Checked("d3-shapes-warn", "What is missing?", tuple(map(_told, missing)), warns=True)
    classes: dict[str, set[str]] = {}
    for row in rows(reader.answer(queries.load("validation/classes").text, media_type=JSON)):
        classes.setdefault(row.text("class").removeprefix(SGO.iri), set()).add(row.text("thing"))
    for name, things in sorted(classes.items()):
        found = [one for one in missing if one.thing in things]
        if found:
            asks = (
                f"What is missing? {1000 * len(found) / len(things):.1f} for every 1,000 of {len(things):,}: {_reasons(found)}"
            )
            yield Checked(f"d3-shapes-warn {name}", asks, tuple(map(_told, found)), warns=True)


def _told(finding: Finding) -> str:
    return f"{finding.thing} {finding.message}"


def _reasons(found: list[Finding]) -> str:
    counts = Counter(one.message for one in found)
    return " ".join(f"{message} ({number:,})" for message, number in counts.most_common())
