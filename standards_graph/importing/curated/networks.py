"""Networks of regulators and who belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts
from standards_graph.model import dates, identifiers
from standards_graph.vocab import DCTERMS, SGO, XSD

_ENDED = re.compile(r"ended (\d{4}(?:-\d{2}){0,2})")


def quads(tables: Tables) -> Iterator[Quad]:
    """What networks.csv and memberships.csv say."""
    for row in tables["networks"]:
        yield from _network(row)
    for row in tables["memberships"]:
        yield from _membership(tables, row)


def _network(row: Row) -> Iterator[Quad]:
    facts = row.facts()
    iri = facts.entity(names.network(row.key), SGO.RegulatoryNetwork, label=row.needed("official_name"))
    facts.say(iri, SGO.acronym, row.text("acronym"))
    facts.say(iri, SGO.hasActorKind, row.code("kind", words.ACTOR_KINDS, scheme="actor-kind"))
    facts.say(iri, DCTERMS.description, row.english("purpose"))
    facts.say(iri, SGO.printedFounded, row.date("founded")[0])
    facts.say(iri, SGO.secretariatName, row.text("secretariat"))
    facts.say(iri, SGO.website, row.address("website"))
    if row["member_count_stated"]:
        count = row.use("member_count_stated", int)
        facts.say(iri, SGO.memberCountStated, Literal(str(count), datatype=XSD.integer))
    facts.say(iri, SGO.printedMemberCountDate, row.date("count_as_of")[0])
    yield from facts.quads()


def _membership(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    network = tables.row(row, "network_id", "networks", row.needed("network_id"))
    place = tables.find(row, "jurisdiction", "jurisdictions")
    member, name = _member(tables, row, facts)
    role = row.needed("membership_kind")
    label = f"{name}: {role} of {network['acronym'] or network['official_name']}"
    iri = facts.entity(vocab.entity("membership", row.key), SGO.NetworkMembership, label=label)
    facts.say(iri, SGO.membershipNetwork, names.network(network.key))
    facts.say(iri, SGO.membershipMember, member)
    facts.say(iri, SGO.membershipJurisdiction, names.jurisdiction(place.key) if place else None)
    facts.say(iri, SGO.memberNameAsRead, row.text("body_name"))
    facts.say(iri, SGO.membershipRole, row.code("membership_kind", words.ROLES, scheme="network-role"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    _period(row, facts, iri)
    yield from facts.quads()


def _member(tables: Tables, row: Row, facts: Facts) -> tuple[NamedNode, str]:
    """The member and its name: a body with a row, a network, a body known only by name, or the economy itself."""
    if regulator := tables.find(row, "regulator_id", "regulators"):
        return names.organisation(regulator.key), row["body_name"] or regulator["official_name"]
    place = tables.find(row, "jurisdiction", "jurisdictions")
    if not row["body_name"]:
        if place is None:
            raise row.wrong("body_name", "say who the member is: a regulator_id, a name or a jurisdiction")
        return _economy(row, facts, place)
    for other in tables["networks"]:
        if row["body_name"] == other["official_name"] or identifiers.slug(row["body_name"]) == other.key:
            return names.network(other.key), row["body_name"]
    slug = identifiers.slug(f"{row['jurisdiction']} {row['body_name']}")
    member = facts.entity(vocab.entity("org", slug), SGO.Actor, label=row["body_name"])
    facts.say(member, SGO.exercisesAuthorityIn, names.jurisdiction(place.key) if place else None)
    return member, row["body_name"]


def _economy(row: Row, facts: Facts, place: Row) -> tuple[NamedNode, str]:
    """A member of which the source names nothing but the economy: an actor of its own, not the jurisdiction."""
    name = f"Member economy {place['name']}"
    member = facts.entity(vocab.entity("org", identifiers.slug(f"{place.key} member economy")), SGO.Actor, label=name)
    facts.say(member, SGO.exercisesAuthorityIn, names.jurisdiction(place.key))
    return member, place["name"]


def _period(row: Row, facts: Facts, iri: NamedNode) -> None:
    printed, first, _ = row.date("joined")
    facts.say(iri, SGO.printedValidFrom, printed)
    facts.say(iri, SGO.validFrom, dates.day(first) if first else None)
    facts.say(iri, SGO.dateNote, row.text("joined_note"))
    facts.say(iri, SGO.printedAnnouncedOn, row.date("announced")[0])
    if row["status"] == "active":
        return
    ended = _ENDED.fullmatch(row["status"])
    if ended is None:
        raise row.wrong("status", "write active, or ended and the date, such as: ended 2025-03-14")
    facts.say(iri, SGO.printedValidUntil, row.use("status", lambda _: dates.printed(ended[1])))
    facts.say(iri, SGO.validUntil, row.use("status", lambda _: dates.day(dates.after_latest(ended[1]))))
