"""Guidance of authorities and networks."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts, yes
from standards_graph.vocab import DCTERMS, SGO


def quads(tables: Tables) -> Iterator[Quad]:
    """What guidance.csv says."""
    for row in tables["guidance"]:
        yield from _guidance(tables, row)


def _guidance(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    iri = facts.entity(names.guidance(row.key), SGO.GuidanceDocument, label=row.needed("title"))
    facts.say(iri, SGO.officialIdentifier, row.text("number"))
    facts.say(iri, DCTERMS.title, row.english("title"), names.native(row, "native_title", row["jurisdiction"]))
    facts.say(iri, SGO.appliesIn, names.place(tables, row))
    facts.say(iri, SGO.hasGuidanceKind, row.code("kind", words.GUIDANCE_KINDS, scheme="guidance-kind"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    facts.say(iri, SGO.isAISpecific, yes(row.yes("ai_specific")))
    facts.say(iri, SGO.addressesTopic, *(names.topic(row, "topics", topic) for topic in row.parts("topics")))
    facts.say(iri, SGO.website, row.address("official_url"))
    row.dated(facts, iri, "published", SGO.printedPublishedOn, SGO.publishedOn)
    row.dated(facts, iri, "last_revised", SGO.printedRevisedOn, SGO.revisedOn)
    row.dated(facts, iri, "effective", SGO.printedValidFrom, SGO.validFrom)
    _issuers(tables, row, facts, iri)
    _superseded(tables, row, facts, iri)
    yield from facts.quads()


def _issuers(tables: Tables, row: Row, facts: Facts, iri: NamedNode) -> None:
    """The issuers: authorities and networks of the registry by link, all others by name."""
    facts.say(iri, SGO.publishedBy, names.actor(tables, row, "issuer_regulator_id", "regulators"))
    regulators = {other.key for other in tables["regulators"]}
    networks = {other["acronym"]: other.key for other in tables["networks"]}
    for issuer in row.parts("joint_issuers"):
        if issuer in regulators:
            facts.say(iri, SGO.publishedBy, names.organisation(issuer))
        elif issuer in networks:
            facts.say(iri, SGO.publishedBy, names.network(networks[issuer]))
        else:
            facts.say(iri, SGO.jointIssuerName, Literal(issuer))


def _superseded(tables: Tables, row: Row, facts: Facts, iri: NamedNode) -> None:
    keys = {other.key for other in tables["guidance"]}
    for text in row.parts("supersedes"):
        facts.say(iri, SGO.supersedes, names.guidance(text) if text in keys else None)
        facts.say(iri, SGO.supersededReference, None if text in keys else Literal(text))
