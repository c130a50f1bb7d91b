"""Regulators and standards bodies; an organisation in both tables is one thing with two sources."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts, english, yes
from standards_graph.vocab import DCTERMS, SGO, SKOS


def quads(tables: Tables) -> Iterator[Quad]:
    """What regulators.csv and standards_bodies.csv say."""
    labels = {names.organisation(row.key): row["official_name"] for row in tables["regulators"]}
    bodies = {names.organisation(row.key) for row in tables["standards_bodies"]}
    for row in tables["regulators"]:
        yield from _regulator(tables, row, bodies)
    for row in tables["standards_bodies"]:
        yield from _standards_body(tables, row, labels)


def _regulator(tables: Tables, row: Row, bodies: set[NamedNode]) -> Iterator[Quad]:
    facts = row.facts()
    iri = names.organisation(row.key)
    facts.entity(iri, *_types(row["kind"], iri in bodies), label=row.needed("official_name"))
    _common(tables, row, facts, iri)
    facts.say(iri, DCTERMS.description, row.english("role"))
    parent = names.actor(tables, row, "parent_regulator_id", "regulators")
    facts.say(iri, SGO.parentOrganisation, parent)
    facts.say(iri, SGO.parentOrganisationName, None if parent else row.text("parent_body"))
    facts.say(iri, SGO.foundingDateConfirmed, yes(row.yes("founded_verified")) if row["founded"] else None)
    yield from facts.quads()


def _types(kind: str, is_standards_body: bool) -> Iterator[NamedNode]:
    if kind in words.ASSESSORS:
        yield SGO.AssessmentBody
    elif kind in words.WITHOUT_AUTHORITY or (is_standards_body and kind == "federal agency"):
        yield SGO.Actor
    else:
        yield SGO.RegulatoryAuthority


def _standards_body(tables: Tables, row: Row, labels: dict[NamedNode, str]) -> Iterator[Quad]:
    facts = row.facts()
    iri = names.organisation(row.key)
    label = labels.get(iri, row.needed("official_name"))
    facts.entity(iri, SGO.StandardsBody, label=label)
    facts.say(iri, SKOS.altLabel, english(row["official_name"]) if row["official_name"] != label else None)
    _common(tables, row, facts, iri)
    facts.say(iri, DCTERMS.description, row.english("scope"))
    facts.say(iri, SGO.parentOrganisation, names.actor(tables, row, "parent_body_id", "standards_bodies"))
    yield from facts.quads()


def _common(tables: Tables, row: Row, facts: Facts, iri: NamedNode) -> None:
    facts.say(iri, SGO.nativeName, names.native(row, "native_name", row["jurisdiction"]))
    facts.say(iri, SGO.acronym, Literal(row["acronym"]) if row["acronym"] else None)
    facts.say(iri, SGO.hasActorKind, row.code("kind", words.ACTOR_KINDS, scheme="actor-kind"))
    facts.say(iri, SGO.exercisesAuthorityIn, names.place(tables, row))
    facts.say(iri, SGO.website, row.address("website"))
    facts.say(iri, SGO.printedFounded, row.date("founded")[0])
