"""What assessment bodies recommend on the use of a technology: evidence, and no authorisation."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import devices, names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import SGO, XSD


def quads(tables: Tables) -> Iterator[Quad]:
    """What evidence.csv says."""
    for row in tables["evidence"]:
        yield from _recommendation(tables, row)


def _recommendation(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    assessor = names.actor(tables, row, "assessor_id", "regulators") or _assessor(tables, row, facts)
    number = f" ({row['reference']})" if row["reference"] else ""
    label = f"{row.needed('technology')}: {row.needed('recommendation')}{number}"
    slug = identifiers.slug(f"{assessor.value.rpartition('/')[2]} {row.key}")
    iri = facts.entity(vocab.entity("assessment", slug), SGO.EvidenceRecommendation, label=label)
    facts.say(iri, SGO.recommends, devices.named(tables, row))
    facts.say(iri, SGO.deviceNameAsRead, row.text("technology"))
    facts.say(iri, SGO.hasRecommendationCategory, row.code("recommendation", words.RECOMMENDATIONS, scheme="recommendation"))
    facts.say(iri, SGO.hasAppraisalKind, row.code("kind", words.APPRAISALS, scheme="appraisal-kind"))
    facts.say(iri, SGO.issuedBy, assessor)
    facts.say(iri, SGO.inJurisdiction, _place(tables, row))
    facts.say(iri, SGO.officialIdentifier, row.text("reference"))
    facts.say(iri, SGO.formerIdentifier, row.text("former_reference"))
    facts.say(iri, SGO.statedInText, row.text("title"))
    facts.say(iri, SGO.bodyAreaText, row.text("body_area"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    row.dated(facts, iri, "published", SGO.printedDecidedOn, SGO.decidedOn)
    if row["review_period_years"]:
        years = row.use("review_period_years", int)
        facts.say(iri, SGO.reviewPeriodYears, Literal(str(years), datatype=XSD.integer))
    yield from facts.quads()


def _place(tables: Tables, row: Row) -> NamedNode | None:
    """Where the recommendation has effect: a part of the state that the table names, where that is known of the assessor."""
    part = words.COVERED.get(row["assessor_id"])
    return vocab.entity("jurisdiction", part) if part else names.place(tables, row)


def _assessor(tables: Tables, row: Row, facts: Facts) -> NamedNode:
    """A body that no table has."""
    name = row.needed("assessor_name")
    iri = vocab.entity("org", identifiers.slug(f"{row['jurisdiction']} {name}"))
    facts.entity(iri, SGO.AssessmentBody, label=name)
    facts.say(iri, SGO.exercisesAuthorityIn, names.place(tables, row))
    return iri
