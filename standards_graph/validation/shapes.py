"""Records held against the shapes (SHACL): what is missing, malformed or outside a code list."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyoxigraph import Literal, NamedNode, Quad
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from standards_graph.formats import rdf
from standards_graph.formats.quads import Quads, parsed
from standards_graph.model.findings import Finding, Report, Severity
from standards_graph.validation.terms import graph_of
from standards_graph.vocab import RDF as RDF_TERMS
from standards_graph.vocab import RDFS as RDFS_TERMS

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
    def backwards(self) -> frozenset[str]:
        """The properties that a rule reads backwards."""
        return frozenset(str(one) for one in self.shapes.objects(None, SH.inversePath))

    @property
    def words(self) -> frozenset[str]:
        """Every term that a shape names: statements with other predicates cannot be found wrong."""
        return frozenset(str(term) for term in self.shapes.objects() if isinstance(term, rdflib.URIRef))


def validate_in_parts(
    data: Quads, shapes: Path, *, known: Iterable[Quad] = (), tell: Callable[[int], None] = lambda _: None
) -> Report:
    """The same as ``validate`` of any number of statements, with the memory that a part of them needs.

    What is said of one thing is judged together; of the others a part knows the kinds, and the links that come from them.
    ``tell`` is told how many statements are judged.
    """
    beside = _Beside(data, known, _rules(shapes, _stamp(shapes.parent)).backwards)
    found: list[Finding] = []
    done = 0
    for lines in _parts(data):
        part = list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
        found += validate(part, shapes, known=beside.kinds(part), beside=beside.links(part)).findings
        done += len(lines)
        tell(done)
    return Report(tuple(sorted(found, key=_rank)))


PART = 20_000
"""How many statements are judged at a time, or as many as one thing has."""


def _parts(data: Quads) -> Iterator[list[bytes]]:
    some: list[bytes] = []
    last = b""
    for line in data.lines():
        subject = line.partition(b" ")[0]
        if len(some) >= PART and subject != last:
            yield some
            some = []
        some.append(line)
        last = subject
    if some:
        yield some


class _Beside:
    """What a part has to know of the things outside: of which kinds they are, and which of them link to it."""

    def __init__(self, data: Quads, known: Iterable[Quad], backwards: frozenset[str]) -> None:
        type_, links = f"<{RDF_TERMS.type.value}>".encode(), {f"<{one}>".encode() for one in backwards}
        self._kinds: dict[str, list[NamedNode]] = defaultdict(list)
        self._links: dict[str, list[Quad]] = defaultdict(list)
        mine = (line for line in data.lines() if (said := line.split(b" ", 2)[1]) == type_ or said in links)
        for quad in parsed(mine):
            self._take(quad)
        for quad in known:
            self._take(quad)

    def _take(self, quad: Quad) -> None:
        if quad.predicate != RDF_TERMS.type:
            self._links[str(quad.object)].append(quad)
        elif isinstance(quad.object, NamedNode):
            self._kinds[str(quad.subject)].append(quad.object)

    def kinds(self, part: Iterable[Quad]) -> Iterator[Quad]:
        """Of which kinds the things are that a part links to."""
        for thing in dict.fromkeys(quad.object for quad in part if isinstance(quad.object, NamedNode)):
            yield from self._of(thing)

    def links(self, part: Iterable[Quad]) -> Iterator[Quad]:
        """The links to the things of a part from others, and of which kinds these are."""
        mine = dict.fromkeys(quad.subject for quad in part)
        for quad in (quad for thing in mine for quad in self._links.get(str(thing), ())):
            if quad.subject not in mine:
                yield quad
                yield from self._of(quad.subject)

    def _of(self, thing: object) -> Iterator[Quad]:
        if isinstance(thing, NamedNode):
            yield from (Quad(thing, RDF_TERMS.type, kind, _NOWHERE) for kind in self._kinds.get(str(thing), ()))


def validate(data: Iterable[Quad], shapes: Path, *, known: Iterable[Quad] = (), beside: Iterable[Quad] = ()) -> Report:
    """Hold the statements of all graphs together against the shapes in a folder; worst findings first.

    ``known`` is what the registry holds already: a link to a thing described there does not dangle. ``beside`` are statements
    about other things that a rule may look at. Neither is itself judged.
    Classes come from ``modules`` and code lists from ``schemes`` beside the folder. Nothing is fetched.
    """
    rules = _rules(shapes, _stamp(shapes.parent))
    fresh = list(data)
    judged = {str(quad.subject.value) for quad in fresh if isinstance(quad.subject, NamedNode)}
    with _quiet():
        graph = graph_of(_relevant(fresh, rules))
        graph += graph_of(_kinds_of_linked(fresh, judged, [*rules.codes, *known]))
        graph += graph_of(beside)
        graph += rules.classes
        _, results, _ = pyshacl.validate(
            graph, shacl_graph=rules.fields, inference="none", advanced=False, inplace=True, do_owl_imports=False
        )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"the validator gave no report: {results!r}")
    found = {_finding(results, one, rules.shapes, judged) for one in results.subjects(RDF.type, SH.ValidationResult)}
    twice = _named_twice(fresh)
    return Report(tuple(sorted((_by_one_source(f, twice) for f in found if f.thing in judged), key=_rank)))


def _named_twice(quads: Iterable[Quad]) -> set[str]:
    """The things to which one graph gives two names in one language."""
    names = Counter(
        (quad.subject.value, quad.graph_name, quad.object.language)
        for quad in dict.fromkeys(quads)
        if quad.predicate == RDFS_TERMS.label and isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
    )
    return {thing for (thing, *_), count in names.items() if count > 1}


def _by_one_source(finding: Finding, twice: set[str]) -> Finding:
    """Two names in one language are a warning where two sources disagree, and wrong where one source gives both."""
    if finding.path != RDFS_TERMS.label.value or finding.severity is not Severity.WARNING or finding.thing not in twice:
        return finding
    return replace(
        finding,
        severity=Severity.VIOLATION,
        message="One source names it twice in one language.",
        remedy="Keep one of the names as its label, and give the others as alternative names (skos:altLabel).",
    )


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
