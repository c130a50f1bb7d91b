"""What the shapes find, class by class."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.model.findings import Finding, Report, Severity
from standards_graph.store.memory import MemoryStore
from standards_graph.validation import rates
from standards_graph.vocab import RDF, SGO

GRAPH = vocab.graph("curated/planted")
ACTORS = [vocab.entity("org", name) for name in ("one", "two", "three", "four")]
READER = MemoryStore([Quad(actor, RDF.type, SGO.Actor, GRAPH) for actor in ACTORS])


def missing(thing: NamedNode, severity: Severity = Severity.WARNING) -> Finding:
    return Finding("rule", thing.value, "Something is not recorded.", severity)


def test_a_class_is_told_with_what_is_missing_for_every_thousand_of_its_things():
    report = Report((missing(ACTORS[0]), missing(ACTORS[2]), missing(ACTORS[1], Severity.INFO)))
    broken, warned, per_class = rates.of_content(READER, report)
    assert (broken.result, warned.result, len(warned.offenders)) == ("passed", "warned", 2)
    assert (per_class.name, per_class.result) == ("d3-shapes-warn Actor", "warned")
    assert "500.0 for every 1,000 of 4: Something is not recorded. (2)" in per_class.question


def test_a_class_of_which_nothing_is_missing_is_not_told_and_a_violation_fails():
    broken, warned = rates.of_content(READER, Report((missing(ACTORS[0], Severity.VIOLATION),)))
    assert (broken.failed, warned.result) == (True, "passed")
