"""Jurisdictions, and what they are called in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.vocab import DCTERMS, RDFS, SGO

LANGUAGES = ("ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "zh-Hans")
"""Languages of names, besides English; the column of a language is called by it, with an underscore for the hyphen."""

ITEM = "http://www.wikidata.org/entity/"


def quads(tables: Tables) -> Iterator[Quad]:
    """What jurisdictions.csv, jurisdiction_parts.csv and jurisdiction_names.csv say."""
    schemes = {row["scheme_id"] for row in tables["risk_classes"]}
    for row in tables["jurisdictions"]:
        yield from _jurisdiction(tables, row, schemes)
    for row in tables["jurisdiction_parts"]:
        yield from _part(tables, row)
    for row in tables["jurisdiction_names"]:
        yield from _names(tables, row)


def _jurisdiction(tables: Tables, row: Row, schemes: set[str]) -> Iterator[Quad]:
    facts = row.facts()
    iri = facts.entity(names.jurisdiction(row.key), SGO.Jurisdiction, label=row.needed("name"))
    facts.say(iri, SGO.territoryCode, Literal(row.key))
    facts.say(iri, SGO.territoryCodeStatus, row.text("code_status"))
    facts.say(iri, DCTERMS.identifier, row.text("alpha_3"))
    facts.say(iri, SGO.nativeName, names.native(row, "native_name", row.key))
    facts.say(iri, SGO.hasJurisdictionKind, row.code("kind", words.JURISDICTION_KINDS, scheme="jurisdiction-kind"))
    facts.say(iri, SGO.mainAuthority, names.actor(tables, row, "primary_regulator_id", "regulators"))
    for scheme in row.parts("risk_scheme_ids"):
        if scheme not in schemes:
            raise row.wrong("risk_scheme_ids", f"risk_classes.csv has no class of the scheme {scheme!r}")
        facts.say(iri, SGO.usesClassificationScheme, names.scheme(scheme))
    larger = row["member_of"]
    if larger in names.AREAS:
        facts.entity(names.jurisdiction(larger), SGO.Jurisdiction, label=names.AREAS[larger])
        facts.say(iri, SGO.partOfJurisdiction, names.jurisdiction(larger))
    else:
        facts.say(iri, SGO.partOfJurisdiction, names.place(tables, row, "member_of"))
    yield from facts.quads()


def _part(tables: Tables, row: Row) -> Iterator[Quad]:
    """A part of a state in which other device law holds, or whose health service an assessor advises."""
    facts = row.facts()
    iri = facts.entity(names.jurisdiction(row.key), SGO.Jurisdiction, label=row.needed("name"))
    facts.say(iri, SGO.territoryCode, Literal(row.key))
    facts.say(iri, SGO.hasJurisdictionKind, vocab.concept("jurisdiction-kind", "part-of-a-country"))
    facts.say(iri, SGO.partCategory, row.text("category"))
    larger = row.needed("part_of")
    if larger not in {other.key for table in ("jurisdictions", "jurisdiction_parts") for other in tables[table]}:
        raise row.wrong("part_of", "no table of jurisdictions has that code; add it there, or correct this value")
    facts.say(iri, SGO.partOfJurisdiction, names.jurisdiction(larger))
    for key in row.parts("device_laws"):
        law = names.law(tables.row(row, "device_laws", "regulations", key))
        facts.say(law, SGO.appliesIn, iri)
        facts.say(law, SGO.hasSourceRecord, facts.record)
    yield from facts.quads()


def _names(tables: Tables, row: Row) -> Iterator[Quad]:
    """Names in other languages; what kind of translation they are is said of their source record."""
    facts = row.facts()
    row.needed("code")
    iri = names.jurisdiction(tables.row(row, "code", "jurisdictions", row["code"]).key)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    for language in LANGUAGES:
        name = row[language.lower().replace("-", "_")]
        facts.say(iri, RDFS.label, Literal(name, language=language) if name else None)
    if row["translation_status"] not in words.TRANSLATION_STATES:
        raise row.wrong("translation_status", f"write one of: {', '.join(words.TRANSLATION_STATES)}")
    facts.say(facts.record, SGO.translationStatus, row.text("translation_status"))
    facts.say(iri, RDFS.seeAlso, _item(row))
    yield from facts.quads()


def _item(row: Row) -> NamedNode | None:
    """The same place in Wikidata, to look at; nothing follows from it."""
    if row["wikidata_id"] and not re.fullmatch(r"Q[1-9][0-9]*", row["wikidata_id"]):
        raise row.wrong("wikidata_id", "write the identifier of an item, such as Q145")
    return NamedNode(ITEM + row["wikidata_id"]) if row["wikidata_id"] else None
