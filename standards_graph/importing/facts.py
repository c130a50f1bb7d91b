"""Saying things: quads of one graph about one source record after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.model import dates, identifiers
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS, XSD

CC0 = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")

Term = NamedNode | Literal


def english(text: str) -> Literal:
    """A text in English."""
    return Literal(text, language="en")


def address(text: str) -> Literal:
    """A web address."""
    return Literal(text, datatype=XSD.anyURI)


def yes(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


@dataclass(slots=True)
class Facts:
    """What one row says, in one graph, with the source record of the row."""

    graph: NamedNode
    record: NamedNode
    found: dict[Quad, None] = field(default_factory=dict)

    def say(self, subject: NamedNode, predicate: NamedNode, *objects: Term | None) -> None:
        """State something; None says nothing."""
        for one in objects:
            if one is not None:
                self.found[Quad(subject, predicate, one, self.graph)] = None

    def entity(self, iri: NamedNode, *types: NamedNode, label: str) -> NamedNode:
        """Something with an IRI of its own: its types, its name and the source record."""
        self.say(iri, RDF.type, *types)
        self.say(iri, RDFS.label, english(label))
        self.say(iri, SGO.hasSourceRecord, self.record)
        return iri

    def concept(self, iri: NamedNode, *types: NamedNode, label: str, scheme: NamedNode | None = None) -> NamedNode:
        """A concept of a code list, or with no scheme the code list itself."""
        self.say(iri, RDF.type, SKOS.Concept if scheme else SKOS.ConceptScheme, *types)
        self.say(iri, SKOS.prefLabel, english(label))
        self.say(iri, SKOS.inScheme, scheme)
        self.say(iri, SKOS.topConceptOf, scheme)
        return iri

    def quads(self) -> Iterator[Quad]:
        """Everything that was said, in the order in which it was."""
        yield from self.found


def record(
    graph: NamedNode, *, url: str, date: str, key: str, level: str, licence: NamedNode, printed: Literal | None, note: str = ""
) -> Facts:
    """The source record of one row, and room for what the row says."""
    facts = Facts(graph, vocab.entity("source", identifiers.source(url, date, key)))
    facts.say(facts.record, RDF.type, SGO.SourceRecord)
    facts.say(facts.record, SGO.sourceAddress, address(url))
    facts.say(facts.record, SGO.printedSourceDate, printed)
    facts.say(facts.record, SGO.readingLevel, vocab.concept("reading-level", level))
    facts.say(facts.record, SGO.rowKey, Literal(key))
    facts.say(facts.record, SGO.curatorNote, Literal(note) if note else None)
    facts.say(facts.record, DCTERMS.license, licence)
    return facts


def file_record(graph: NamedNode, path: Path, *, url: str, licence: NamedNode, release: str = "") -> Iterator[Quad]:
    """The source record of a file as a whole, on the graph that it fills: its digest (SHA-256, hex), address and release.

    What single rows say bears a record of the row, without the file's digest or release: a later file that says the same then
    changes nothing of it. The curator adds the day on which the file was read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error
    facts = record(
        graph,
        url=url,
        date=digest,
        key=path.name,
        level="source-read",
        licence=licence,
        printed=dates.printed(release) if release else None,
    )
    facts.say(facts.record, SGO.contentDigest, Literal(digest))
    facts.say(graph, SGO.hasSourceRecord, facts.record)
    yield from facts.quads()


def once(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads without repetition, in their order."""
    yield from dict.fromkeys(quads)
