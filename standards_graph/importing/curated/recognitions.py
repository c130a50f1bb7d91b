"""Recognitions of standards, and what was looked for and not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import adoptions, names, words
from standards_graph.importing.curated.editions import Editions
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts
from standards_graph.model import dates, identifiers
from standards_graph.vocab import SGO

_FDA_NUMBER = re.compile(r"[0-9]{1,2}-[0-9]{1,3}")


def quads(tables: Tables, editions: Editions) -> Iterator[Quad]:
    """What recognitions.csv says."""
    minted, linked = identifiers.Minted(), _adopted(tables, editions)
    for row in tables["recognitions"]:
        if row["status"] == words.NOT_LISTED:
            yield from _absence(tables, editions, row, linked)
        else:
            yield from _recognition(tables, editions, row, linked, minted)


def _adopted(tables: Tables, editions: Editions) -> set[tuple[NamedNode, NamedNode]]:
    """Adoptions that adoptions.csv states: nothing is added to them here."""
    found = set()
    for row in tables["adoptions"]:
        base = adoptions.base(tables, editions, row.facts(), row)
        found.add((editions.named(row["national_reference"]), base))
    return found


Linked = set[tuple[NamedNode, NamedNode]]


def _recognition(tables: Tables, editions: Editions, row: Row, linked: Linked, minted: identifiers.Minted) -> Iterator[Quad]:
    facts = row.facts()
    edition = _listed(tables, editions, facts, row, linked)
    listed, place = row.needed("standard_reference"), names.place(tables, row)
    label = f"{listed}: {row['regime']}" + (f" {row['identifier']}" if _FDA_NUMBER.fullmatch(row["identifier"]) else "")
    iri = names.first(minted, row, "identifier", _iri(row, edition))
    facts.entity(iri, SGO.StandardRecognition, label=label)
    facts.say(iri, SGO.recognises, edition)
    facts.say(iri, SGO.referenceAsListed, Literal(listed))
    facts.say(iri, SGO.inJurisdiction, place)
    facts.say(iri, SGO.issuedBy, names.actor(tables, row, "recogniser_regulator_id", "regulators"))
    _identifier(row, facts, iri)
    facts.say(iri, SGO.hasRecognitionExtent, row.code("extent", words.EXTENTS, scheme="extent"))
    facts.say(iri, SGO.extentText, row.text("extent"))
    facts.say(iri, SGO.hasDecisionStatus, row.code("status", words.DECISION_STATES, scheme="decision-status"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    _basis(tables, row, facts, iri)
    _period(row, facts, iri)
    yield from facts.quads()


def _absence(tables: Tables, editions: Editions, row: Row, linked: Linked) -> Iterator[Quad]:
    """A curator looked for the edition in the list and did not find it: no decision, and no proof that there is none."""
    facts = row.facts()
    edition = _listed(tables, editions, facts, row, linked)
    listed = row.needed("standard_reference")
    label = f"{listed}: not found as {row['regime']}"
    iri = facts.entity(vocab.entity("absence", row.use("recognition_id", identifiers.slug)), SGO.AbsenceFinding, label=label)
    facts.say(iri, SGO.soughtEdition, edition)
    facts.say(iri, SGO.referenceAsListed, Literal(listed))
    facts.say(iri, SGO.soughtInJurisdiction, names.place(tables, row))
    facts.say(iri, SGO.soughtRegime, row.code("regime", words.REGIMES, scheme="recognition-regime"))
    facts.say(iri, SGO.legalBasisText, row.text("legal_act"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    yield from facts.quads()


def _listed(tables: Tables, editions: Editions, facts: Facts, row: Row, linked: Linked) -> NamedNode:
    """The edition that the list names.

    The list may print another reference for the edition of the row (``IEC 60601-1-6 Ed. 3.2``): then it is that edition. Or
    it may name an adoption of it (``EN ISO 14971:2019+A11:2021``): then it is an edition of its own, linked to its base.
    """
    listed = row.needed("standard_reference")
    found = tables.find(row, "standard_id", "standards")
    if found is None:
        return editions.mention(facts, listed)
    base = _base(editions, facts, row, found)
    if identifiers.standard(listed) == identifiers.standard(found["reference"]):
        return base
    edition = editions.mention(facts, listed)
    if (edition, base) not in linked:
        facts.say(edition, SGO.isAdoptionOf, base)
    return edition


def _base(editions: Editions, facts: Facts, row: Row, found: Row) -> NamedNode:
    """The edition that a row's standard_id stands for: with a ``+`` in the reference, the base edition with its amendment."""
    if found["deliverable_type"] != "AMD" or "+" not in row["standard_reference"]:
        return editions.of(found)
    consolidated = identifiers.with_amendment(found["reference"])
    iri = editions.mention(facts, consolidated, SGO.ConsolidatedEdition)
    parts = identifiers.consolidated_from(consolidated)
    facts.say(iri, SGO.consolidates, *(editions.named(part) for part in parts if editions.known(part)))
    return iri


def _iri(row: Row, edition: NamedNode) -> NamedNode:
    if _FDA_NUMBER.fullmatch(row["identifier"]):
        return vocab.entity("recognition", identifiers.fda_recognition(row["identifier"]))
    regime = row.code("regime", words.REGIMES, scheme="recognition-regime").value.rpartition("/")[2]
    listed = edition.value.rpartition("/")[2]
    return vocab.entity("recognition", identifiers.recognition(regime, row["jurisdiction"], listed))


def _identifier(row: Row, facts: Facts, iri: NamedNode) -> None:
    """The number of the recognition; the citation of the act that lists it is no number and is kept as such."""
    if not row["identifier"] or row["identifier"] == row["legal_act"]:
        return
    is_number = _FDA_NUMBER.fullmatch(row["identifier"])
    facts.say(iri, SGO.officialIdentifier, row.text("identifier"))
    facts.say(iri, SGO.identifierScheme, Literal("FDA recognition number" if is_number else "citation"))


def _basis(tables: Tables, row: Row, facts: Facts, iri: NamedNode) -> None:
    facts.say(iri, SGO.recognitionRegime, row.code("regime", words.REGIMES, scheme="recognition-regime"))
    effect = words.EFFECTS.get(row["regime"])
    facts.say(iri, SGO.hasRegulatoryEffect, vocab.concept("effect", effect) if effect else None)
    facts.say(iri, SGO.statedInText, row.text("legal_act"))
    said = f"{row['regime']} {row['legal_act']}"
    for phrase, key in words.LAWS.items():
        if phrase in said:
            facts.say(iri, SGO.hasLegalBasis, names.law(tables.row(row, "legal_act", "regulations", key)))


def _period(row: Row, facts: Facts, iri: NamedNode) -> None:
    printed, first, _ = row.date("effective_date")
    facts.say(iri, SGO.printedValidFrom, printed)
    facts.say(iri, SGO.validFrom, dates.day(first) if first else None)
    printed, last, after = row.date("end_date")
    if row["status"] == "transition":
        facts.say(iri, SGO.transitionUntil, dates.day(last) if last else None)
    else:
        facts.say(iri, SGO.printedValidUntil, printed)
        facts.say(iri, SGO.validUntil, dates.day(after) if after else None)
