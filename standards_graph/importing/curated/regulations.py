"""Laws and the dates in their lives."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts, yes
from standards_graph.model import dates, identifiers
from standards_graph.vocab import DCTERMS, SGO

DATES = (
    ("adopted", SGO.printedAdoptedOn, SGO.adoptedOn),
    ("published", SGO.printedPublishedOn, SGO.publishedOn),
    ("in_force", SGO.printedValidFrom, SGO.validFrom),
    ("applies_from", SGO.printedAppliesFrom, SGO.appliesFrom),
)
"""Columns of dates, with the terms for what is printed and for the day that is computed with."""


def quads(tables: Tables) -> Iterator[Quad]:
    """What regulations.csv and regulation_dates.csv say."""
    minted = identifiers.Minted()
    for row in tables["regulations"]:
        yield from _law(tables, row, names.first(minted, row, "citation", names.law(row)))
    for row in tables["regulation_dates"]:
        yield from _milestone(tables, row)


def _law(tables: Tables, row: Row, iri: NamedNode) -> Iterator[Quad]:
    facts = row.facts()
    facts.entity(iri, SGO.RegulatoryInstrument, label=row.needed("short_name"))
    facts.say(iri, SGO.officialIdentifier, row.text("citation"))
    facts.say(iri, DCTERMS.title, row.english("official_title"), names.native(row, "native_title", row["jurisdiction"]))
    facts.say(iri, SGO.appliesIn, names.place(tables, row))
    facts.say(iri, SGO.issuerName, row.text("issuer"))
    facts.say(iri, SGO.hasInstrumentKind, row.code("kind", words.INSTRUMENTS, scheme="instrument-kind"))
    facts.say(iri, SGO.isBinding, yes(row["kind"] != "proposal"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    for key in row.parts("amends"):
        facts.say(iri, SGO.amends, names.law(tables.row(row, "amends", "regulations", key)))
    facts.say(iri, SGO.isAISpecific, yes(row.yes("ai_specific")))
    facts.say(iri, SGO.addressesTopic, *(vocab.concept("topic", topic) for topic in row.parts("topics")))
    facts.say(iri, SGO.website, row.address("official_url"))
    for column, printed, computed in DATES:
        _date(row, facts, iri, column, printed, computed)
    yield from facts.quads()


def _date(row: Row, facts: Facts, iri: NamedNode, column: str, printed: NamedNode, computed: NamedNode) -> None:
    text, first, _ = row.date(column)
    facts.say(iri, printed, text)
    facts.say(iri, computed, dates.day(first) if first else None)


def _milestone(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    law = tables.row(row, "regulation_id", "regulations", row.needed("regulation_id"))
    kind, part = row.needed("milestone"), row["provision"]
    label = f"{law['short_name']}: {kind}" + (f", {part}" if part else "")
    iri = facts.entity(vocab.entity("milestone", row.key), SGO.RegulatoryMilestone, label=label)
    facts.say(iri, SGO.milestoneOf, names.law(law))
    facts.say(iri, SGO.milestoneKind, Literal(kind))
    facts.say(iri, SGO.milestoneProvision, row.text("provision"))
    _date(row, facts, iri, "date", SGO.printedValidFrom, SGO.validFrom)
    facts.say(iri, SGO.originalDate, row.date("original_date")[0])
    changed = tables.find(row, "changed_by", "regulations")
    facts.say(iri, SGO.changedByInstrument, names.law(changed) if changed else None)
    yield from facts.quads()
