"""Standards and their editions, amendments and consolidated editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.editions import Editions
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts, yes
from standards_graph.model import dates, identifiers
from standards_graph.vocab import DCTERMS, SGO

TYPES: Mapping[str, NamedNode] = {"AMD": SGO.Amendment, "ISH": SGO.Amendment, "CSV": SGO.ConsolidatedEdition}
"""Kinds of deliverable that are more than an edition; an interpretation sheet changes how the edition is read."""


def quads(tables: Tables, editions: Editions) -> Iterator[Quad]:
    """What standards.csv says."""
    for row in tables["standards"]:
        yield from _edition(tables, editions, row)


def _edition(tables: Tables, editions: Editions, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    types = [TYPES[row["deliverable_type"]]] if row["deliverable_type"] in TYPES else []
    iri = editions.describe(facts, row.needed("reference"), *types)
    facts.say(iri, DCTERMS.title, row.english("title"))
    facts.say(iri, SGO.hasDeliverableType, row.code("deliverable_type", words.DELIVERABLES, scheme="deliverable-type"))
    facts.say(iri, SGO.editionNumber, row.text("edition"))
    facts.say(iri, SGO.hasEditionStatus, row.code("status", words.EDITION_STATES, scheme="edition-status"))
    facts.say(iri, SGO.stageCode, row.text("stage_code"))
    committee = tables.find(row, "committee_id", "committees")
    facts.say(iri, SGO.developedBy, names.committee(committee.key) if committee else None)
    for body in row.parts("publisher_body_ids"):
        found = tables.row(row, "publisher_body_ids", "standards_bodies", body)
        facts.say(iri, SGO.publishedBy, names.organisation(found.key))
    facts.say(iri, SGO.addressesTopic, *(vocab.concept("topic", topic) for topic in row.parts("topics")))
    facts.say(iri, SGO.isHealthSpecific, yes(row.yes("health_specific")))
    facts.say(iri, SGO.isAISpecific, yes(row.yes("ai_specific")))
    facts.say(iri, SGO.website, row.address("standard_page"))
    _dates(row, facts, iri)
    _relations(editions, row, facts, iri)
    yield from facts.quads()


def _dates(row: Row, facts: Facts, iri: NamedNode) -> None:
    printed, first, _ = row.date("publication_date")
    facts.say(iri, SGO.printedPublishedOn, printed)
    facts.say(iri, SGO.publishedOn, dates.day(first) if first else None)
    printed, first, after = row.date("withdrawal_date")
    facts.say(iri, SGO.printedValidUntil, printed)
    if first and after:  # on the day of withdrawal itself the edition is in force no longer
        facts.say(iri, SGO.validUntil, dates.day(first if len(row["withdrawal_date"]) == 10 else after))


def _relations(editions: Editions, row: Row, facts: Facts, iri: NamedNode) -> None:
    for text in row.parts("supersedes"):
        facts.say(iri, SGO.supersedes, editions.named(text) if editions.known(text) else None)
        facts.say(iri, SGO.supersededReference, None if editions.known(text) else Literal(text))
    for text in row.parts("amended_by"):
        if editions.known(text):
            facts.say(editions.named(text), SGO.amends, iri)
        else:
            facts.say(iri, SGO.amendmentReference, Literal(text))
    base = identifiers.base_reference(row["reference"])
    if row["deliverable_type"] in ("AMD", "ISH") and editions.known(base):
        facts.say(iri, SGO.amends, editions.named(base))
    if row["deliverable_type"] == "CSV":
        parts = identifiers.consolidated_from(row["reference"])
        facts.say(iri, SGO.consolidates, *(editions.named(part) for part in parts if editions.known(part)))
