"""AI devices, their authorisations, and what is reported about them where no decision was read."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing import fda_ai_devices as fda
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables, unconfirmed
from standards_graph.importing.facts import Facts, english
from standards_graph.model import identifiers
from standards_graph.vocab import SGO, SKOS


def quads(tables: Tables) -> Iterator[Quad]:
    """What devices_cross.csv says."""
    seen: set[NamedNode] = set()
    for row in tables["devices_cross"]:
        yield from _entry(tables, row)
        maker = _maker(row)
        if maker not in seen:
            yield from _seat(tables, row, maker)
        seen.add(maker)


def named(tables: Tables, row: Row) -> NamedNode | None:
    """The device that a row names by device_id, or None."""
    if not row["device_id"]:
        return None
    for other in tables["devices_cross"]:
        if other["device_id"] == row["device_id"]:
            return _family(other)
    raise row.wrong("device_id", "devices_cross.csv has no row of that device; add it there, or correct this value")


def _family(row: Row) -> NamedNode:
    return vocab.entity("device", identifiers.device(row.needed("manufacturer"), row.needed("device_name")))


def _maker(row: Row) -> NamedNode:
    return vocab.entity("org", fda.company(row.needed("manufacturer")))


def _entry(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    device = _device(row, facts)
    route = words.ROUTES.get(row["authorisation_type"])
    if route and row["identifier"]:
        _authorisation(tables, row, facts, device, route)
    else:
        _report(tables, row, facts, device)
    yield from facts.quads()


def _device(row: Row, facts: Facts) -> NamedNode:
    """The family and its maker; what the table says of use and task holds for the family and not for one decision."""
    listed = fda.packaged()
    maker, iri = _maker(row), _family(row)
    name = listed.name(maker.value.rpartition("/")[2], row["manufacturer"])
    facts.entity(maker, SGO.Actor, SGO.Manufacturer, label=name)
    facts.say(maker, SKOS.altLabel, english(row["manufacturer"]) if row["manufacturer"] != name else None)
    name = listed.name(iri.value.partition("/id/device/")[2], row["device_name"])
    facts.entity(iri, SGO.DeviceFamily, SGO.AIDevice, label=name)
    facts.say(iri, SKOS.altLabel, english(row["device_name"]) if row["device_name"] != name else None)
    facts.say(iri, SGO.manufacturedBy, maker)
    facts.say(iri, SGO.intendedUse, row.english("intended_use_summary"))
    facts.say(iri, SGO.hasClinicalArea, row.code("body_area", words.BODY_AREAS, scheme="body-area"))
    facts.say(iri, SGO.hasAIFunction, row.code("task", words.AI_FUNCTIONS, scheme="ai-function"))
    for word in row.parts("modality"):
        if word not in words.MODALITIES:
            raise row.wrong("modality", f"this word is not known here; known are: {', '.join(words.MODALITIES)}")
        facts.say(iri, SGO.usesModality, vocab.concept("modality", words.MODALITIES[word]))
    return iri


def _seat(tables: Tables, row: Row, maker: NamedNode) -> Iterator[Quad]:
    """The country of a maker is mostly general knowledge, so it stands apart from what a source says."""
    country = names.place(tables, row, "manufacturer_country")
    if country is None:
        return
    facts = row.facts(graph=unconfirmed(row.table))
    facts.say(maker, SGO.hasSourceRecord, facts.record)
    facts.say(maker, SGO.basedIn, country)
    yield from facts.quads()


def _authorisation(tables: Tables, row: Row, facts: Facts, device: NamedNode, route: str) -> None:
    """A numbered decision: the same thing as in the list of the authority, by the same name.

    What a decision in the list is called is left to the list, as releases spell names differently.
    """
    number = row["identifier"]
    entry = fda.packaged().entry(number)
    iri = vocab.entity("authorisation", identifiers.authorisation(number, row["jurisdiction"]))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    if entry:
        listed = vocab.entity("device", identifiers.device(entry.company, entry.device))
        facts.say(device, SGO.includesDevice, listed if listed != device else None)
    else:
        facts.entity(iri, SGO.MarketAuthorisation, label=fda.authorisation_label(number, row.needed("local_name")))
        facts.say(iri, SGO.authorises, device)
    facts.say(iri, SGO.officialIdentifier, Literal(number))
    facts.say(iri, SGO.identifierScheme, Literal("FDA submission number"))
    facts.say(iri, SGO.issuedBy, fda.FDA)
    facts.say(iri, SGO.inJurisdiction, names.place(tables, row))
    row.dated(facts, iri, "authorisation_date", SGO.printedDecidedOn, SGO.decidedOn, SGO.validFrom)
    facts.say(iri, SGO.viaPathway, vocab.concept("pathway", route))
    facts.say(iri, SGO.printedDeviceName, row.text("local_name"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    facts.say(iri, SGO.deviceClassText, row.text("device_class"))
    for other in tables["risk_classes"]:
        if other["scheme_id"] == "us-fda" and other["class_code"] == row["device_class"]:
            facts.say(iri, SGO.assignsRiskClass, names.risk_class(other))


def _report(tables: Tables, row: Row, facts: Facts, device: NamedNode) -> None:
    """A device that is said to be marketed or used: no decision, as no number of one was read."""
    kind = row.code("authorisation_type", words.MARKET_REPORTS, scheme="market-report-kind")
    place = tables.row(row, "jurisdiction", "jurisdictions", row.needed("jurisdiction"))
    name = row["local_name"] or row["device_name"]
    iri = facts.entity(
        vocab.entity("market-report", row.key), SGO.MarketReport, label=f"{name}: {row['authorisation_type']}, {place['name']}"
    )
    facts.say(iri, SGO.reportedDevice, device)
    facts.say(iri, SGO.reportedJurisdiction, names.jurisdiction(place.key))
    facts.say(iri, SGO.hasMarketReportKind, kind)
    facts.say(iri, SGO.nameOnMarket, row.text("local_name"))
    facts.say(iri, SGO.reportReferenceText, row.text("identifier"))
    facts.say(iri, SGO.deviceClassText, row.text("device_class"))
    facts.say(iri, SGO.statusAsRead, row.text("status"))
    row.dated(facts, iri, "authorisation_date", SGO.printedMarketedFrom)
