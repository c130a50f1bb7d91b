"""Kinds of record of which the registry leaves nothing out, up to a day, as a source shows that was read in full."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.model import dates
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO


def quads(tables: Tables) -> Iterator[Quad]:
    """What coverage.csv says."""
    for row in tables["coverage"]:
        yield from _statement(tables, row)


def _statement(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts(licence=row.licence("licence"))
    iri = vocab.entity("coverage", row.key)
    facts.say(iri, RDF.type, SGO.CoverageStatement)
    facts.say(iri, RDFS.label, saying.english(row.needed("title")))
    facts.say(iri, DCTERMS.description, saying.english(row.needed("covers")))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SGO.coverageSource, facts.record)
    facts.say(iri, SGO.coverageKind, row.code("record_kind", words.RECORD_KINDS, scheme="record-kind"))
    facts.say(iri, SGO.coverageJurisdiction, _place(tables, row))
    row.needed("complete_as_of")
    facts.say(iri, SGO.completeAsOf, dates.day(row.use("complete_as_of", dates.earliest)))
    yield from facts.quads()


def _place(tables: Tables, row: Row) -> NamedNode | None:
    """The jurisdiction, a part of one, or none where the list belongs to no single one, as that of a network's members."""
    code = row["jurisdiction"]
    if code in names.AREAS or code in {part.key for part in tables["jurisdiction_parts"]}:
        return names.jurisdiction(code)
    return names.place(tables, row)
