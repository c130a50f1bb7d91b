"""Regulatory sandboxes, their intakes, and the technologies that were admitted."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import devices, names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.vocab import DCTERMS, SGO

SANDBOX, COHORT = "regulatory sandbox", "regulatory sandbox cohort"

DATES = (
    ("launched", SGO.printedLaunchedOn),
    ("applications_open", SGO.printedApplicationsOpenOn),
    ("applications_close", SGO.printedApplicationsCloseOn),
    ("cohort_announced", SGO.printedCohortAnnouncedOn),
    ("started", SGO.printedStartedOn),
    ("ended", SGO.printedEndedOn),
)
"""Columns of dates and the terms for what is printed."""


def quads(tables: Tables) -> Iterator[Quad]:
    """What sandboxes.csv and sandbox_participants.csv say."""
    for row in tables["sandboxes"]:
        yield from _programme(tables, row)
    for row in tables["sandbox_participants"]:
        yield from _participation(tables, row)


def programme(row: Row) -> NamedNode:
    """The programme of a row of sandboxes.csv."""
    return vocab.entity("cohort" if row["kind"] == COHORT else "sandbox", row.key)


def _programme(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    types = {SANDBOX: SGO.RegulatorySandbox, COHORT: SGO.SandboxCohort}
    iri = facts.entity(programme(row), types.get(row["kind"], SGO.Programme), label=row.needed("name"))
    facts.say(iri, SGO.nativeName, names.native(row, "native_name", row["jurisdiction"]))
    facts.say(iri, SGO.hasProgrammeKind, row.code("kind", words.PROGRAMMES, scheme="programme-kind"))
    facts.say(iri, SGO.programmePhase, row.text("phase"))
    facts.say(iri, SGO.programmeJurisdiction, names.place(tables, row))
    facts.say(iri, SGO.sandboxRunBy, names.actor(tables, row, "operator_regulator_id", "regulators"))
    facts.say(iri, SGO.operatorNameText, row.text("operator_name"))
    facts.say(iri, SGO.programmeBasisText, row.text("legal_basis"))
    facts.say(iri, DCTERMS.description, row.english("scope"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    facts.say(iri, SGO.fundingText, row.text("funding"))
    facts.say(iri, SGO.website, row.address("website"))
    for column, printed in DATES:
        row.dated(facts, iri, column, printed)
    if row["kind"] == COHORT:
        facts.say(iri, SGO.cohortOf, _sandbox(tables, row))
    yield from facts.quads()


def _sandbox(tables: Tables, row: Row) -> NamedNode:
    """The sandbox of an intake: the one whose key the key of the intake starts with."""
    for other in tables["sandboxes"]:
        if other["kind"] == SANDBOX and row.key.startswith(other.key + "-"):
            return programme(other)
    raise row.wrong("sandbox_id", "the key of a cohort starts with the key of its sandbox and a hyphen")


def _participation(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    cohort = tables.row(row, "sandbox_id", "sandboxes", row.needed("sandbox_id"))
    if cohort["kind"] != COHORT:
        raise row.wrong("sandbox_id", "a technology is admitted to a cohort; name the row of the cohort")
    label = f"{row.needed('technology')} in {cohort['name']}"
    iri = facts.entity(vocab.entity("participation", row.key), SGO.SandboxParticipation, label=label)
    facts.say(iri, SGO.admitsTo, programme(cohort))
    facts.say(iri, SGO.admitsDevice, devices.named(tables, row))
    facts.say(iri, SGO.issuedBy, names.actor(tables, cohort, "operator_regulator_id", "regulators"))
    facts.say(iri, SGO.inJurisdiction, names.place(tables, cohort))
    facts.say(iri, SGO.deviceNameAsRead, row.text("technology"))
    facts.say(iri, SGO.makerNameAsRead, row.text("manufacturer"))
    facts.say(iri, DCTERMS.description, row.english("purpose"))
    facts.say(iri, SGO.clinicalAreaText, row.text("clinical_area"))
    facts.say(iri, SGO.participationOutcome, Literal(row["outcome"]) if row["outcome"] else None)
    row.dated(facts, iri, "announced", SGO.printedDecidedOn, SGO.decidedOn)
    yield from facts.quads()
