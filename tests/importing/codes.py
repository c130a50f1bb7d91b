"""What the tests of codes and crosswalks share: a file read, and what it says apart from what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.base import Importer, Row
from standards_graph.model.findings import Finding

GRAPH = vocab.graph("source/example")


@dataclass
class Read:
    """A file as it was read."""

    rows: int = 0
    quads: set[Quad] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def objects(self, subject: NamedNode, predicate: NamedNode) -> set[object]:
        return {q.object for q in self.quads if q.subject == subject and q.predicate == predicate}

    def subjects(self, predicate: NamedNode, value: object) -> set[object]:
        return {q.subject for q in self.quads if q.predicate == predicate and q.object == value}

    def rules(self) -> list[str]:
        return [one.rule for one in self.findings]

    def count(self, rule: str) -> int:
        return self.rules().count(rule)


def read(one: Importer, path: Path) -> Read:
    """What an importer tells of a file."""
    found = Read()
    for told in one.read(path, GRAPH):
        if isinstance(told, Quad):
            found.quads.add(told)
        elif isinstance(told, Finding):
            found.findings.append(told)
        elif isinstance(told, Row):
            found.rows += 1
    return found
