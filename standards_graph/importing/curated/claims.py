"""Claims of texts, kept as claims: what is said, by whom, and what a reading of other sources found out."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import roles, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.model import identifiers
from standards_graph.vocab import SGO


def quads(tables: Tables) -> Iterator[Quad]:
    """What seed_claims.csv says."""
    for row in tables["seed_claims"]:
        yield from _claim(tables, row)


def _claim(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    said = " ".join(row.needed(column) for column in ("subject", "relation", "object"))
    iri = facts.entity(vocab.entity("claim", row.use("claim_id", identifiers.slug)), SGO.Claim, label=said)
    facts.say(iri, SGO.claimSubjectText, row.text("subject"))
    facts.say(iri, SGO.claimRelationText, row.text("relation"))
    facts.say(iri, SGO.claimObjectText, row.text("object"))
    facts.say(iri, SGO.claimAbout, *dict.fromkeys(_named(tables, row)))
    for text in {row["subject"], row["object"]} & set(words.NAMED_BY_CLAIMS):
        facts.entity(_thing(words.NAMED_BY_CLAIMS[text]), SGO.Actor, label=text)
    facts.say(iri, SGO.hasClaimType, row.code("claim_type", words.CLAIM_TYPES, scheme="claim-type"))
    facts.say(iri, SGO.assertedByName, row.text("asserted_by"))
    facts.say(iri, SGO.assertedInText, row.text("asserted_in"))
    row.dated(facts, iri, "asserted_on", SGO.printedAssertedOn)
    facts.say(iri, SGO.claimPlaceText, row.text("paragraph"))
    facts.say(iri, SGO.hasConfirmation, row.code("confirmation", words.CONFIRMATIONS, scheme="confirmation"))
    yield from facts.quads()


def _thing(path: str) -> NamedNode:
    return vocab.entity(*path.split("/", 1))


def _named(tables: Tables, row: Row) -> Iterator[NamedNode]:
    """What the claim names and the registry has."""
    for text in (row["subject"], row["object"]):
        yield from map(_thing, words.NAMED.get(text, ()))
    yield from (roles.holding(one) for one in tables["people_roles"] if row["subject"] == one["person"])
