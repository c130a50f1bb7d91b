"""Roles of persons, with their dates, and nothing else about the persons."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts, yes
from standards_graph.model import dates, identifiers
from standards_graph.vocab import SGO


def quads(tables: Tables) -> Iterator[Quad]:
    """What people_roles.csv says."""
    for row in tables["people_roles"]:
        yield from _role(tables, row)


def holding(row: Row) -> NamedNode:
    """The role of a row of people_roles.csv."""
    return vocab.entity("role", row.use("person_role_id", identifiers.slug))


def _role(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    label = f"{row.needed('person')}: {row.needed('role')}, {row.needed('organisation')}"
    iri = facts.entity(holding(row), SGO.RoleHolding, label=label)
    facts.say(iri, SGO.holderName, row.text("person"))
    facts.say(iri, SGO.roleTitle, row.english("role"))
    facts.say(iri, SGO.roleIn, names.actor(tables, row, "regulator_id", "regulators") or _organisation(tables, row, facts))
    facts.say(iri, SGO.organisationNameAsRead, row.text("organisation"))
    facts.say(iri, SGO.roleJurisdiction, names.place(tables, row))
    row.dated(facts, iri, "start", SGO.printedValidFrom, SGO.validFrom)
    facts.say(iri, SGO.dateNote, row.text("start_precision_note"))
    printed, _, after = row.date("end")
    facts.say(iri, SGO.printedValidUntil, printed)
    facts.say(iri, SGO.validUntil, dates.day(after) if after else None)
    facts.say(iri, SGO.endNote, row.text("end_note"))
    facts.say(iri, SGO.predecessorName, row.text("predecessor"))
    facts.say(iri, SGO.successorName, row.text("successor"))
    facts.say(iri, SGO.isNamedInStory, yes(row.yes("in_story")))
    yield from facts.quads()


def _organisation(tables: Tables, row: Row, facts: Facts) -> NamedNode:
    """An organisation that no table has."""
    name = row["organisation"]
    iri = vocab.entity("org", identifiers.slug(f"{row['jurisdiction']} {name}"))
    facts.entity(iri, SGO.Actor, label=name)
    facts.say(iri, SGO.exercisesAuthorityIn, names.place(tables, row))
    return iri
