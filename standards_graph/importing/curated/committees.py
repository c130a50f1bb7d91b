"""Committees of standards bodies."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from standards_graph.importing.curated import names
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.vocab import DCTERMS, SGO


def quads(tables: Tables) -> Iterator[Quad]:
    """What committees.csv says."""
    for row in tables["committees"]:
        yield from _committee(tables, row)


def _committee(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    iri = facts.entity(names.committee(row.key), SGO.Committee, label=row.needed("designation"))
    facts.say(iri, SGO.officialIdentifier, row.text("designation"))
    facts.say(iri, DCTERMS.title, row.english("name"))
    facts.say(iri, DCTERMS.description, row.english("scope_summary"))
    body = tables.row(row, "body_id", "standards_bodies", row.needed("body_id"))
    facts.say(iri, SGO.committeeOf, names.organisation(body.key))
    parent = tables.find(row, "parent_committee_id", "committees")
    facts.say(iri, SGO.parentOrganisation, names.committee(parent.key) if parent else None)
    facts.say(iri, SGO.secretariatHeldBy, names.actor(tables, row, "secretariat_body_id", "standards_bodies"))
    facts.say(iri, SGO.website, row.address("website"))
    facts.say(iri, SGO.printedFounded, row.date("founded")[0])
    yield from facts.quads()
