"""Jurisdictions."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.vocab import DCTERMS, SGO


def quads(tables: Tables) -> Iterator[Quad]:
    """What jurisdictions.csv says."""
    schemes = {row["scheme_id"] for row in tables["risk_classes"]}
    for row in tables["jurisdictions"]:
        yield from _jurisdiction(tables, row, schemes)


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
