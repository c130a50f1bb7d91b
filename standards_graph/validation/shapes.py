"""Records held against the shapes (SHACL): what is missing, malformed or outside a code list."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from standards_graph.formats import rdf
from standards_graph.model.findings import Finding, Report, Severity
from standards_graph.validation.terms import graph_of
from standards_graph.vocab import RDF as RDF_TERMS

_ORDER = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_WEIGHT = list(Severity)
_NOWHERE = NamedNode("urn:x-standards-graph:validation")


@dataclass(frozen=True)
class Rules:
    """The shapes of a folder, the classes above classes, and the code lists beside it."""

    shapes: rdflib.Graph
    fields: rdflib.Graph
    classes: rdflib.Graph
    codes: tuple[Quad, ...]

    @property
    def words(self) -> frozenset[str]:
        """Every term that a shape names: statements with other predicates cannot be found wrong."""
        return frozenset(str(term) for term in self.shapes.objects() if isinstance(term, rdflib.URIRef))


def validate(data: Iterable[Quad], shapes: Path, *, known: Iterable[Quad] = ()) -> Report:
    """Hold the statements of all graphs together against the shapes in a folder; worst findings first.

    ``known`` is what the registry holds already: a link to a thing described there does not dangle. It is not itself judged.
    Classes come from ``modules`` and code lists from ``schemes`` beside the folder. Nothing is fetched.
    """
    rules = _rules(shapes, _stamp(shapes.parent))
    fresh = list(data)
    judged = {str(quad.subject.value) for quad in fresh if isinstance(quad.subject, NamedNode)}
    with _quiet():
        graph = graph_of(_relevant(fresh, rules))
        graph += graph_of(_kinds_of_linked(fresh, judged, [*rules.codes, *known]))
        graph += rules.classes
        _, results, _ = pyshacl.validate(
            graph, shacl_graph=rules.fields, inference="none", advanced=False, inplace=True, do_owl_imports=False
        )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"the validator gave no report: {results!r}")
    found = {_finding(results, one, rules.shapes, judged) for one in results.subjects(RDF.type, SH.ValidationResult)}
    return Report(tuple(sorted((f for f in found if f.thing in judged), key=_rank)))


def _relevant(quads: Iterable[Quad], rules: Rules) -> Iterator[Quad]:
    words = rules.words | {RDF_TERMS.type.value}
    return (quad for quad in quads if quad.predicate.value in words)


def _kinds_of_linked(fresh: Iterable[Quad], judged: set[str], known: Iterable[Quad]) -> Iterator[Quad]:
    """What the things are that the data links to and does not describe."""
    linked = {quad.object.value for quad in fresh if isinstance(quad.object, NamedNode)} - judged
    for quad in known:
        if quad.predicate == RDF_TERMS.type and isinstance(quad.subject, NamedNode) and quad.subject.value in linked:
            yield quad


def _finding(results: rdflib.Graph, result: Node, shapes: rdflib.Graph, judged: set[str]) -> Finding:
    def one(predicate: Node) -> Node | None:
        return results.value(result, predicate)

    thing, path, value, source = one(SH.focusNode), one(SH.resultPath), one(SH.value), one(SH.sourceShape)
    if str(thing) not in judged and str(value) in judged:  # a rule said of a code, broken by a thing that bears the code
        thing, value = value, thing
    return Finding(
        rule=_rule(source, shapes),
        thing=str(thing),
        message=str(one(SH.resultMessage) or "This record breaks the rule."),
        severity=_ORDER.get(one(SH.resultSeverity), Severity.VIOLATION),  # type: ignore[call-overload]
        path=_path(path, results, shapes, source),
        value="" if value is None else str(value),
    )


def _rule(source: Node | None, shapes: rdflib.Graph) -> str:
    """The shape, or for one of its fields the shape that the field belongs to."""
    while isinstance(source, rdflib.BNode):
        source = shapes.value(None, SH.property, source)
    return "" if source is None else str(source)


def _path(path: Node | None, results: rdflib.Graph, shapes: rdflib.Graph, source: Node | None) -> str:
    """A property's IRI; several that stand for each other with ``|`` between them; one read backwards with ``^`` before it."""
    if path is None or isinstance(path, rdflib.URIRef):
        return str(path or "")
    written = shapes.value(source, SH.path)
    choices, backwards = shapes.value(written, SH.alternativePath), shapes.value(written, SH.inversePath)
    if choices is not None:
        return "|".join(str(one) for one in Collection(shapes, choices))
    return f"^{backwards}"


def _rank(finding: Finding) -> tuple[int, str, str, str, str]:
    return _WEIGHT.index(finding.severity), finding.rule, finding.thing, finding.path, finding.value


@lru_cache(maxsize=4)
def _rules(shapes: Path, stamp: int) -> Rules:
    """Read once for each state of the files."""
    folder = shapes.parent
    modules = graph_of(_read(folder / "modules"))
    classes = rdflib.Graph()
    for triple in modules.triples((None, RDFS.subClassOf, None)):
        classes.add(triple)
    codes = tuple(quad for quad in _read(folder / "schemes") if quad.predicate == RDF_TERMS.type)
    written = graph_of(_read(shapes))
    return Rules(written, _fields_apart(written), classes, codes)


def _fields_apart(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same rules with each field of a class aimed at the class itself: the validator then judges all things at once."""
    fields = rdflib.Graph()
    fields += shapes
    for shape, target in shapes.subject_objects(SH.targetClass):
        for field in shapes.objects(shape, SH.property):
            fields.remove((shape, SH.property, field))
            fields.add((field, SH.targetClass, target))
    return fields


def _read(folder: Path) -> Iterator[Quad]:
    for path in sorted(folder.glob("*.ttl")):
        yield from rdf.parse(path, graph=_NOWHERE)


def _stamp(folder: Path) -> int:
    return max((path.stat().st_mtime_ns for path in folder.rglob("*.ttl")), default=0)


@contextmanager
def _quiet() -> Iterator[None]:
    """A malformed value becomes a finding; it is not also written to the log."""
    log = logging.getLogger("rdflib.term")
    before = log.disabled
    log.disabled = True
    try:
        yield
    finally:
        log.disabled = before
