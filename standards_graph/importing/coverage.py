"""What the registry holds completely: lists that were read from the first entry to the last."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.model import dates
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO

GRAPH = vocab.graph("curated/coverage")
LISTS = {"fda-ai-devices": ("fda-ai-list-entry", "us")}
"""Packaged lists that are complete as lists: the kind of record, and the jurisdiction that it is complete for."""


def quads() -> Iterator[Quad]:
    """One statement for each packaged list; the list may leave things out, the registry leaves nothing out of the list."""
    for name, (kind, place) in LISTS.items():
        yield from _statement(name, kind, place, resources.data() / name / "source.toml")


def _statement(name: str, kind: str, place: str, path: Path) -> Iterator[Quad]:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        address, release, last = told["address"], told["release"], told["last_decision"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile(f"{error}: address, release and last_decision are needed", source=str(path)) from error
    key = f"{name}-{release}"
    facts = saying.record(
        GRAPH,
        url=address,
        date=release,
        key=f"coverage#{key}",
        level="source-read",
        licence=NamedNode(told["licence"]),
        printed=dates.printed(release),
        note=f"Read from a public copy: {told['read_from']}" if "read_from" in told else "",
    )
    iri = vocab.entity("coverage", key)
    facts.say(iri, RDF.type, SGO.CoverageStatement)
    facts.say(iri, RDFS.label, saying.english(f"{told['title']}, release {release}: all {told['rows']} entries"))
    facts.say(iri, DCTERMS.description, saying.english("Every entry of this release; the list itself leaves devices out."))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SGO.coverageSource, facts.record)
    facts.say(iri, SGO.coverageKind, vocab.concept("record-kind", kind))
    facts.say(iri, SGO.coverageJurisdiction, vocab.entity("jurisdiction", place))
    facts.say(iri, SGO.completeAsOf, dates.day(last))
    yield from facts.quads()
