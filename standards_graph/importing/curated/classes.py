"""Risk classification schemes, their classes, the claims that link the classes of two schemes, and the set of these claims."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import DCTERMS, OWL, RDF, RDFS, SEMAPV, SGO, SKOS, SSSOM, XSD

SINGULAR = {"classes": "class", "categories": "category", "levels": "level", "grades": "grade"}
"""Last words of the names of schemes, and what one class of the scheme is called."""

MAPPING_SET = vocab.mapping("set-risk-classes")


def quads(tables: Tables) -> Iterator[Quad]:
    """What risk_classes.csv, risk_class_mappings.csv and mapping_sets.csv say."""
    minted = identifiers.Minted()
    for row in tables["risk_classes"]:
        yield from _class(tables, row, names.first(minted, row, "class_code", names.risk_class(row)))
    for row in tables["mapping_sets"]:
        yield from _set(row)
    for row in tables["risk_class_mappings"]:
        yield from _mapping(tables, row)


def label(row: Row) -> str:
    """What a class is called: the name of its scheme in the singular, and its code."""
    *first, last = row.needed("scheme_name").split()
    return " ".join((*first, SINGULAR.get(last, last), row["class_code"]))


def _class(tables: Tables, row: Row, iri: NamedNode) -> Iterator[Quad]:
    facts = row.facts()
    scheme = _scheme(tables, row, facts)
    facts.concept(iri, SGO.RiskClass, label=label(row), scheme=scheme)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SKOS.notation, Literal(row.needed("class_code")))
    facts.say(iri, SKOS.altLabel, names.native(row, "native_code", row["jurisdiction"]))
    facts.say(iri, SKOS.definition, row.english("description"))
    facts.say(iri, SGO.riskRank, Literal(str(row.use("rank", int)), datatype=XSD.integer))
    facts.say(iri, SGO.riskLevelText, row.english("risk_level"))
    facts.say(iri, SGO.deviceKindText, row.english("device_kind"))
    facts.say(iri, SGO.legalBasisText, row.text("legal_basis"))
    facts.say(iri, SGO.conformityRouteText, row.english("conformity_route"))
    yield from facts.quads()


def _scheme(tables: Tables, row: Row, facts: Facts) -> NamedNode:
    iri = facts.concept(names.scheme(row.needed("scheme_id")), SGO.ClassificationScheme, label=row.needed("scheme_name"))
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, DCTERMS.publisher, names.actor(tables, row, "regulator_id", "regulators"))
    facts.say(iri, DCTERMS.spatial, names.place(tables, row))
    return iri


def _set(row: Row) -> Iterator[Quad]:
    """A set of claims in the form of SSSOM, in the graph that holds them; each claim adds its record to the set."""
    facts = row.facts(graph=vocab.graph(f"mapping/{row.key}"), licence=row.licence("licence"))
    iri = facts.entity(vocab.mapping(f"set-{row.key}"), SSSOM.MappingSet, label=row.needed("title"))
    facts.say(iri, DCTERMS.title, row.text("title"))
    facts.say(iri, DCTERMS.description, row.text("description"))
    facts.say(iri, DCTERMS.license, row.licence("licence"))
    facts.say(iri, DCTERMS.creator, NamedNode(row.needed("creator")))
    facts.say(iri, OWL.versionInfo, row.text("version"))
    yield from facts.quads()


def _mapping(tables: Tables, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    one = tables.row(row, "from_class_id", "risk_classes", row.needed("from_class_id"))
    other = tables.row(row, "to_class_id", "risk_classes", row.needed("to_class_id"))
    for column, known in (("relation", words.RELATIONS), ("confidence", words.CONFIDENCE)):
        if row[column] not in known:
            raise row.wrong(column, f"this word is not known here; known are: {', '.join(known)}")
    source, relation, target = names.risk_class(one), words.RELATIONS[row["relation"]], names.risk_class(other)
    iri = vocab.mapping(
        identifiers.mapping(source.value, relation.value, target.value, MAPPING_SET.value, row["scope"], row.key)
    )
    facts.say(iri, RDF.type, OWL.Axiom, SGO.MappingRecord)
    facts.say(iri, RDFS.label, saying.english(f"{label(one)} {words.RELATION_WORDS[row['relation']]} {label(other)}"))
    facts.say(MAPPING_SET, SSSOM.mappings, iri)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, OWL.annotatedSource, source)
    facts.say(iri, OWL.annotatedProperty, relation)
    facts.say(iri, OWL.annotatedTarget, target)
    facts.say(iri, SSSOM.confidence, Literal(words.CONFIDENCE[row["confidence"]], datatype=XSD.double))
    facts.say(iri, SSSOM.mapping_justification, SEMAPV.ManualMappingCuration)
    facts.say(iri, SGO.hasMappingStatus, vocab.concept("mapping-status", _status(row)))
    facts.say(iri, SGO.mappingAuthority, row.text("authority"))
    facts.say(iri, SGO.mappingBasis, row.english("basis"))
    facts.say(iri, SGO.mappingScopeText, row.english("scope"))
    yield from facts.quads()


def _status(row: Row) -> str:
    """Nothing follows from what is unconfirmed, our own judgement, or written with a machine: a curator looks at it first."""
    return "accepted" if row.confirmed and row["authority"] not in words.CANDIDATES else "candidate"
