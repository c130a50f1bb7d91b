"""Recalls, notices and alerts, and the events that several of them are about.

Rows that were read in a copy of the ICIJ's database have a table, a graph and a licence of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import devices, names, words
from standards_graph.importing.curated.tables import Row, Tables, unconfirmed
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import DCTERMS, SGO, XSD

TABLES = ("alerts", "icij_alerts")


def quads(tables: Tables) -> Iterator[Quad]:
    """What the two tables of alerts, relays.csv and alert_events.csv say."""
    minted = identifiers.Minted()
    rows = [row for table in TABLES for row in tables[table]]
    known = {row.key: names.first(minted, row, "reference", _iri(row)) for row in rows}
    for row in rows:
        yield from _action(tables, row, known)
    for row in tables["icij_relays"]:
        yield from _relay(row, known)
    for row in tables["alert_events"]:
        yield from _issue(tables, row)


def _iri(row: Row) -> NamedNode:
    """By the number of the notice after its issuer; one without a number by the key of its row."""
    if not row["reference"]:
        return vocab.entity("action", row.use("alert_id", identifiers.slug))
    issuer = (row["issuer_regulator_id"] or row["jurisdiction"]).removeprefix("us-")
    return vocab.entity("action", row.use("reference", lambda text: identifiers.slug(f"{issuer} {text}")))


def _action(tables: Tables, row: Row, known: Mapping[str, NamedNode]) -> Iterator[Quad]:
    facts = row.facts()
    iri = known[row.key]
    kind = row.needed("alert_type")
    number = f" ({row['reference']})" if row["reference"] else ""
    types = words.ACTION_CLASSES.get(kind, SGO.SafetyAction)
    facts.entity(iri, types, label=f"{row.needed('device')}: {kind}, {row['jurisdiction']} {row['date']}{number}")
    facts.say(iri, SGO.hasSafetyActionKind, row.code("alert_type", words.SAFETY_ACTIONS, scheme="safety-action-kind"))
    facts.say(iri, SGO.issuedBy, names.actor(tables, row, "issuer_regulator_id", "regulators") or _issuer(tables, row, facts))
    facts.say(iri, SGO.inJurisdiction, names.place(tables, row))
    facts.say(iri, SGO.officialIdentifier, row.text("reference"))
    facts.say(iri, SGO.deviceNameAsRead, row.text("device"))
    facts.say(iri, SGO.makerNameAsRead, row.text("manufacturer"))
    facts.say(iri, SGO.concerns, devices.named(tables, row))
    facts.say(iri, SGO.hasSoftwareInvolvement, row.code("software_related", words.INVOLVEMENTS, scheme="involvement"))
    facts.say(iri, SGO.hasAIInvolvement, row.code("ai_related", words.INVOLVEMENTS, scheme="involvement"))
    row.dated(facts, iri, "date", SGO.printedValidFrom, SGO.validFrom)
    facts.say(iri, SGO.dateNote, row.text("date_kind"))
    facts.say(iri, SGO.hasSeverity, _severity(row))
    facts.say(iri, DCTERMS.description, row.english("reason"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    facts.say(iri, SGO.website, row.address("official_url"))
    yield from _grouped(tables, row, facts, iri, known)


def _severity(row: Row) -> NamedNode | None:
    if not row["class_or_severity"]:
        return None
    word = f"{row['jurisdiction']} {row['class_or_severity']}"
    if word not in words.SEVERITIES:
        raise row.wrong("class_or_severity", f"no scheme has this class; known are: {', '.join(words.SEVERITIES)}")
    return vocab.concept("severity", words.SEVERITIES[word])


def _issuer(tables: Tables, row: Row, facts: Facts) -> NamedNode:
    """An authority that no table has."""
    name = row.needed("issuer_name")
    iri = vocab.entity("org", identifiers.slug(f"{row['jurisdiction']} {name.partition(' (')[0]}"))
    facts.entity(iri, SGO.Actor, label=name)
    facts.say(iri, SGO.exercisesAuthorityIn, names.place(tables, row))
    return iri


def _grouped(tables: Tables, row: Row, facts: Facts, iri: NamedNode, known: Mapping[str, NamedNode]) -> Iterator[Quad]:
    """That actions are about one event is our own reading; where it is not confirmed, it stands apart."""
    event = tables.find(row, "event_group", "alert_events")
    alike = row.parts("corresponding_alert_ids")
    for key in alike:
        if key not in known:
            raise row.wrong("corresponding_alert_ids", f"no table of alerts has a row {key!r}")
    sure = event is None or event.confirmed or not row.confirmed
    say = facts if sure else row.facts(graph=unconfirmed(row.table))
    if event:
        say.say(iri, SGO.hasSourceRecord, say.record)
        say.say(iri, SGO.aboutIssue, _event(event))
    say.say(iri, SGO.correspondsTo, *(known[key] for key in alike))
    yield from facts.quads()
    if not sure:
        yield from say.quads()


def _relay(row: Row, known: Mapping[str, NamedNode]) -> Iterator[Quad]:
    """A notice that names another one, usually of another authority, and passes it on."""
    for column in ("relaying_alert_id", "relayed_alert_id"):
        if row[column] not in known:
            raise row.wrong(column, "no table of alerts has this row")
    facts, relaying = row.facts(), known[row["relaying_alert_id"]]
    facts.say(relaying, SGO.hasSourceRecord, facts.record)
    facts.say(relaying, SGO.relays, known[row["relayed_alert_id"]])
    yield from facts.quads()


def _event(row: Row) -> NamedNode:
    return vocab.entity("issue", row.use("event_group", identifiers.slug))


def _issue(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    iri = facts.entity(_event(row), SGO.SafetyIssue, label=row.needed("label"))
    for code in row.parts("jurisdictions"):
        facts.say(iri, SGO.seenIn, names.jurisdiction(tables.row(row, "jurisdictions", "jurisdictions", code).key))
    count = row.use("alert_count", int)
    facts.say(iri, SGO.actionCountStated, Literal(str(count), datatype=XSD.integer))
    row.dated(facts, iri, "first_date", SGO.printedFirstActionOn)
    row.dated(facts, iri, "last_date", SGO.printedLastActionOn)
    facts.say(iri, SGO.hasGroupingConfidence, row.code("confidence", words.GROUPINGS, scheme="grouping-confidence"))
    facts.say(iri, SGO.groupingBasis, row.english("basis"))
    yield from facts.quads()
