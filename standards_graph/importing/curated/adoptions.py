"""National and regional adoptions of international standards."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.editions import Editions
from standards_graph.importing.curated.tables import Row, Tables, unconfirmed
from standards_graph.importing.facts import Facts, yes
from standards_graph.model import dates, identifiers
from standards_graph.vocab import DCTERMS, SGO


def quads(tables: Tables, editions: Editions) -> Iterator[Quad]:
    """What adoptions.csv says."""
    for row in tables["adoptions"]:
        yield from _adoption(tables, editions, row)


def base(tables: Tables, editions: Editions, facts: Facts, row: Row) -> NamedNode:
    """The adopted edition of a row."""
    found = tables.find(row, "base_standard_id", "standards")
    return editions.of(found) if found else editions.mention(facts, row.needed("base_reference"))


def _adoption(tables: Tables, editions: Editions, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    national = row.needed("national_reference")
    adopting = _national(tables, editions, facts, row)
    adopted = base(tables, editions, facts, row)
    iri = vocab.entity("adoption", row.use("adoption_id", identifiers.slug))
    facts.entity(iri, SGO.AdoptionRecord, label=f"{national} adopts {row.needed('base_reference')}")
    facts.say(iri, SGO.adoptingBody, names.actor(tables, row, "adopting_body_id", "standards_bodies"))
    facts.say(iri, SGO.adoptingEdition, adopting)
    facts.say(iri, SGO.adoptedEdition, adopted)
    facts.say(iri, SGO.adoptionDegree, row.code("degree", words.DEGREES, scheme="adoption-degree"))
    facts.say(iri, SGO.degreeConfirmed, yes(row.yes("degree_verified")) if row["degree"] != "unknown" else None)
    facts.say(iri, SGO.referenceAsListed, row.text("base_reference"))
    printed, first, _ = row.date("implementation_date")
    facts.say(iri, SGO.printedValidFrom, printed)
    facts.say(iri, SGO.validFrom, dates.day(first) if first else None)
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    yield from _linked(row, facts, adopting, adopted)


def _linked(row: Row, facts: Facts, adopting: NamedNode, adopted: NamedNode) -> Iterator[Quad]:
    """A degree that was not read on a page is kept apart: without it, that there is an adoption is all that is confirmed."""
    link = words.DEGREE_LINKS[row["degree"]]
    if row.yes("degree_verified") or link == SGO.isAdoptionOf or not row.confirmed:
        facts.say(adopting, link, adopted)
        yield from facts.quads()
        return
    facts.say(adopting, SGO.isAdoptionOf, adopted)
    yield from facts.quads()
    apart = row.facts(graph=unconfirmed(row.table))
    apart.say(adopting, SGO.hasSourceRecord, apart.record)
    apart.say(adopting, link, adopted)
    yield from apart.quads()


def _national(tables: Tables, editions: Editions, facts: Facts, row: Row) -> NamedNode:
    reference = row["national_reference"]
    amends = identifiers.is_change(reference) and "+" not in row["base_reference"]
    iri = editions.describe(facts, reference, *([SGO.Amendment] if amends else []))
    facts.say(iri, DCTERMS.title, _title(row))
    facts.say(iri, SGO.publishedBy, names.actor(tables, row, "adopting_body_id", "standards_bodies"))
    facts.say(iri, SGO.hasEditionStatus, row.code("status", words.EDITION_STATES, scheme="edition-status"))
    printed, first, _ = row.date("publication_date")
    facts.say(iri, SGO.printedPublishedOn, printed)
    facts.say(iri, SGO.publishedOn, dates.day(first) if first else None)
    national = {identifiers.edition(other["national_reference"]) for other in tables["adoptions"]}
    for text in row.parts("supersedes"):
        is_known = editions.known(text) or identifiers.edition(text) in national
        facts.say(iri, SGO.supersedes, editions.named(text) if is_known else None)
        facts.say(iri, SGO.supersededReference, None if is_known else Literal(text))
    if amends and identifiers.edition(identifiers.base_reference(reference)) in national:
        facts.say(iri, SGO.amends, editions.named(identifiers.base_reference(reference)))
    return iri


def _title(row: Row) -> Literal | None:
    if row["national_title"].isascii():
        return row.english("national_title")
    return names.native(row, "national_title", row["jurisdiction"])
