"""Sets of correspondences of others, as the registry keeps mapping records: each a candidate, from which nothing follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from standards_graph.formats import sssom
from standards_graph.formats.sssom import ours, rdf
from standards_graph.formats.sssom.checking import UNDEFINED
from standards_graph.formats.sssom.slots import RECORD, SET
from standards_graph.importing import facts as saying
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import OWL, SEMAPV, SGO, SSSOM, XSD


def slot(name: str) -> sssom.Extension:
    """A slot for a text that the standard has no slot for."""
    return sssom.Extension(name, UNDEFINED + name, XSD.string.value)


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a correspondence: what it is, what it is called, and in which edition of which document it stands."""

    iri: NamedNode
    label: str
    source: NamedNode | None = None
    version: str = ""

    def values(self, side: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The slots of one side."""
        yield f"{side}_id", (self.iri.value,)
        yield f"{side}_label", (self.label,)
        if self.source:
            yield f"{side}_source", (self.source.value,)
        if self.version:
            yield f"{side}_source_version", (self.version,)


@dataclass(slots=True)
class Set:
    """A set of the graph ``mapping/{name}``: what it says of itself, then record by record."""

    graph: NamedNode
    source: str
    name: str
    address: str
    licence: NamedNode
    extensions: tuple[sssom.Extension, ...] = ()
    _met: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @property
    def node(self) -> NamedNode:
        """The IRI of the set."""
        return ours.node(self.name)

    def _facts(self) -> Facts:
        return saying.record(
            self.graph,
            url=self.address,
            date="",
            key=f"{self.source}#{self.name}",
            level="source-read",
            licence=self.licence,
            printed=None,
        )

    def said(self, title: str, values: Mapping[str, tuple[str, ...]]) -> Iterator[Quad]:
        """What the set says of itself, by slots of the standard."""
        facts = self._facts()
        facts.entity(self.node, SSSOM.MappingSet, label=title)
        for key, value in rdf.said_by({"mapping_set_title": (title,), "license": (self.licence.value,), **values}, SET, ()):
            facts.say(self.node, key, value)
        for extension in self.extensions:
            part = NamedNode(f"{self.node.value}-slot-{identifiers.mapping(extension.name)}")
            facts.say(self.node, SSSOM.extension_definitions, part)
            for triple in rdf.defined(part, extension):
                facts.say(part, triple.predicate, triple.object)  # type: ignore[arg-type]
        yield from facts.quads()

    def record(
        self, one: Side, relation: NamedNode, other: Side, more: Mapping[str, tuple[str, ...]], *, basis: str = ""
    ) -> Iterator[Quad]:
        """One candidate; nothing is known of how it was made unless ``more`` says it, ``basis`` what its source claims."""
        predicate = ours.PREDICATES.get(relation, relation)
        values = {
            **dict(one.values("subject")),
            **dict(other.values("object")),
            "mapping_justification": (SEMAPV.UnspecifiedMatching.value,),
            **more,
        }
        told = sssom.Record({**values, "predicate_id": (predicate.value,)})
        key = ours.key(told)
        self._met[key] += 1
        facts = self._facts()
        facts.found.clear()  # the set has said it
        iri = ours.minted(key, self.node, self._met[key])
        label = f"{one.label} {ours.WORDS[relation]} {other.label}"
        facts.entity(iri, OWL.Axiom, SGO.MappingRecord, label=label)
        facts.say(self.node, SSSOM.mappings, iri)
        facts.say(iri, OWL.annotatedProperty, relation)
        facts.say(iri, SGO.hasMappingStatus, ours.CANDIDATE)
        facts.say(iri, SGO.mappingBasis, saying.english(basis) if basis else None)
        for property_, value in rdf.said_by(values, RECORD, self.extensions):
            facts.say(iri, property_, value)
        yield from facts.quads()


def overclaimed(measure: str = "") -> str:
    """What is kept of an equality that nobody justified, and that is taken for less."""
    sure = f", with a measure of {measure}" if measure else ""
    return f"Called the same by its source{sure}; nothing says how that was found."


def given(values: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Slots with their values, those without left out."""
    return {name: (value,) for name, value in values.items() if value}
