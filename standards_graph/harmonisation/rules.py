"""Rules (CONSTRUCT) that the ontology's own axioms give: chains, and sub-properties of what has a chain.

What follows by transitivity alone, such as the ancestors of an authorisation, is not worked out beforehand: 152,817 published
edges between authorisations and their predicates would give 3,142,974 ancestors. Questions follow the stated property in any
number of steps instead (``sgo:hasPredicate+``).

The mapping relations take no part: what follows from claims of equivalence is worked out with their dates and sources. A chain
that passes through one of them follows the facts below it instead: a national edition that adopts another one identically.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.model import answers
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import OWL, RDF, RDFS, SGO

Term = NamedNode | BlankNode | Literal | Triple
T = TypeVar("T")

FACTS = vocab.graph("inferred/facts")
"""The graph of everything that the rules give."""
MAPPING_RELATIONS = frozenset(
    (
        SGO.compatibleWith, SGO.equivalentTo, SGO.entails, SGO.entailedBy, SGO.overlaps, SGO.excludes, SGO.closeTo,
        SGO.relatedTo,
    )
)  # fmt: skip

_RULE = """#+ rule: {label}
#+ because: {axiom}
PREFIX sgo: <https://w3id.org/standards-graph/ontology#>

CONSTRUCT {{ ?one sgo:{name} ?other }} WHERE {{
  ?one {path} ?other
}}
"""
_TERM = re.compile(r"sgo:(\w+)")


@dataclass(frozen=True, slots=True)
class Axioms:
    """What the ontology says of its properties."""

    labels: Mapping[NamedNode, str]
    stored: Mapping[NamedNode, NamedNode]
    """The property that is stored, for each named inverse."""
    narrower: Mapping[NamedNode, tuple[NamedNode, ...]]
    chains: Mapping[NamedNode, tuple[tuple[NamedNode, ...], ...]]

    def path(self, step: NamedNode) -> str:
        """A property path for one step; empty where only claims of equivalence could take it."""
        if step in MAPPING_RELATIONS:
            ways = [self.path(one) for one in self.narrower.get(step, ()) if one not in MAPPING_RELATIONS]
            return f"({'|'.join(f'{way}|^{way}' for way in ways)})+" if ways else ""
        return f"^sgo:{_local(self.stored[step])}" if step in self.stored else f"sgo:{_local(step)}"

    def of(self, target: NamedNode) -> Iterator[tuple[str, str, str]]:
        """The rules for one property: what kind of axiom gives it, the axiom in words, and the path."""
        name = _local(target)
        for one in self.narrower.get(target, ()):
            yield f"from-{_kebab(_local(one))}", f"{_local(one)} is a kind of {name}", self.path(one)
        for steps in self.chains.get(target, ()):
            told = ", then ".join(map(_local, steps))
            yield f"by-{'-'.join(_kebab(_local(one)) for one in steps)}", f"{told}: that is {name}", self._chain(steps)

    def targets(self) -> tuple[NamedNode, ...]:
        """The properties that rules give: those with a chain."""
        return tuple(sorted({*self.chains} - MAPPING_RELATIONS, key=str))

    def _chain(self, steps: Iterable[NamedNode]) -> str:
        paths = [self.path(one) for one in steps]
        return "/".join(paths) if all(paths) else ""


def generated(folder: Path | None = None) -> dict[str, str]:
    """The text of every rule by its name, made from the modules of the ontology."""
    axioms = _axioms(folder or resources.ontology())
    found = {}
    for target in axioms.targets():
        name = _local(target)
        for way, axiom, path in axioms.of(target):
            if path:
                told = _RULE.format(label=axioms.labels[target], axiom=axiom, name=name, path=path)
                found[f"{_kebab(name)}-{way}"] = told
    return found


def written(folder: Path | None = None) -> dict[str, str]:
    """The rules as the files under ``ontology/rules`` hold them."""
    files = sorted(((folder or resources.ontology()) / "rules").glob("*.rq"))
    return {path.stem: path.read_text("utf-8") for path in files}


def derived(facts: Iterable[Quad], rules: Mapping[str, str] | None = None) -> tuple[Quad, ...]:
    """What the rules give on the facts that plain queries see, to the end; nothing that a fact says already."""
    told = written() if rules is None else rules
    words = premises(told)
    said = {_plain(quad) for quad in facts if quad.predicate in words and _is_premise(quad)}
    known: set[Quad] = set(said)
    while fresh := _once(known, told.values()) - known:
        known |= fresh
    return tuple(sorted(known - said, key=str))


def premises(rules: Mapping[str, str] | None = None) -> frozenset[NamedNode]:
    """Every property that a rule speaks of."""
    told = written() if rules is None else rules
    return frozenset(NamedNode(SGO.iri + name) for text in told.values() for name in _TERM.findall(text))


def _once(known: set[Quad], rules: Iterable[str]) -> set[Quad]:
    store, found = MemoryStore(known), set()
    for rule in rules:
        answer = store.answer(rule, media_type=answers.NTRIPLES)
        found |= {_plain(one) for one in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)}
    return found


def _plain(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, FACTS)


def _is_premise(quad: Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and graph != FACTS and vocab.in_default_graph(graph)


def _axioms(folder: Path) -> Axioms:
    quads = [q for path in sorted((folder / "modules").glob("*.ttl")) for q in rdf.parse(path, graph=vocab.graph("ontology"))]
    first, rest = _said(quads, RDF.first), _said(quads, RDF.rest)
    chains = _between(_said(quads, OWL.propertyChainAxiom), lambda head: tuple(_listed(head, first, rest)))
    return Axioms(
        labels={one: str(found[0].value) for one, found in _between(_said(quads, RDFS.label), _text).items()},
        stored={one: found[0] for one, found in _between(_said(quads, OWL.inverseOf), _named).items()},
        narrower=_backwards(_between(_said(quads, RDFS.subPropertyOf), _named)),
        chains={one: tuple(sorted(found, key=str)) for one, found in chains.items()},
    )


def _said(quads: Iterable[Quad], predicate: NamedNode) -> dict[Term, list[Term]]:
    found: dict[Term, list[Term]] = defaultdict(list)
    for quad in quads:
        if quad.predicate == predicate:
            found[quad.subject].append(quad.object)
    return found


def _between(said: Mapping[Term, list[Term]], read: Callable[[Term], T]) -> dict[NamedNode, list[T]]:
    """Of what is said, that about things with a name, each value read as it should be."""
    return {one: [read(term) for term in found] for one, found in said.items() if isinstance(one, NamedNode)}


def _named(term: Term) -> NamedNode:
    return term if isinstance(term, NamedNode) else RDF.nil


def _text(term: Term) -> Literal:
    return term if isinstance(term, Literal) else Literal("")


def _backwards(pairs: Mapping[NamedNode, list[NamedNode]]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    found: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for narrow, wide in ((one, above) for one, above_all in pairs.items() for above in above_all):
        found[wide].append(narrow)
    return {wide: tuple(sorted(one, key=str)) for wide, one in found.items()}


def _listed(head: Term, first: Mapping[Term, list[Term]], rest: Mapping[Term, list[Term]]) -> Iterator[NamedNode]:
    while head != RDF.nil:
        yield _named(first[head][0])
        head = rest[head][0]


def _local(term: NamedNode) -> str:
    return term.value.removeprefix(SGO.iri)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
