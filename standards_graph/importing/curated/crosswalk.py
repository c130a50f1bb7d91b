"""The crosswalk: which provision deals with which topic, and how provisions stand to one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.curated import names, words
from standards_graph.importing.curated.editions import Editions
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import SGO

WHOLE = ("whole", "whole document")
"""What the tables write where no part of a document is meant, but all of it."""

KINDS: Mapping[str, str] = {"standards": "clause", "guidance": "section", "regulations": "section"}
"""What a number that stands alone is called, by table."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the registry, as a row of a crosswalk names it."""

    table: str
    iri: NamedNode
    name: str

    def part(self, facts: Facts, row: Row, column: str, number: str, heading: Literal | None = None) -> tuple[NamedNode, str]:
        """The numbered part of the document, or the document itself, and what it is called."""
        if number in WHOLE:
            return self.iri, self.name
        slug = self.iri.value.rpartition("/")[2]
        kind = KINDS[self.table]
        iri = vocab.entity("provision", row.use(column, lambda _: identifiers.provision(slug, number, kind=kind)))
        name = f"{self.name}, {kind} {number}" if number[0].isdigit() and kind not in number else f"{self.name}, {number}"
        facts.entity(iri, SGO.Provision, label=name)
        facts.say(iri, SGO.provisionNumber, Literal(number))
        facts.say(iri, SGO.provisionHeading, heading)
        facts.say(self.iri, SGO.hasProvision, iri)
        facts.say(self.iri, SGO.hasSourceRecord, facts.record)
        return iri, name


def quads(tables: Tables, editions: Editions) -> Iterator[Quad]:
    """What crosswalk.csv and crosswalk_pairs.csv say."""
    for row in tables["crosswalk"]:
        yield from _topic(tables, editions, row)
    for row in tables["crosswalk_pairs"]:
        yield from _pair(tables, editions, row)


def _paper(tables: Tables, editions: Editions, row: Row, table: str, key: str) -> Paper:
    where = row.needed(table)
    if where not in KINDS:
        raise row.wrong(table, f"write one of: {', '.join(KINDS)}")
    found = tables.row(row, key, where, row.needed(key))
    if where == "standards":
        return Paper(where, editions.of(found), found["reference"])
    if where == "regulations":
        return Paper(where, names.law(found), found["short_name"])
    return Paper(where, names.guidance(found.key), found["number"] or found["title"])


def _topic(tables: Tables, editions: Editions, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    paper = _paper(tables, editions, row, "instrument_table", "instrument_id")
    heading = row.english("provision_title")
    part, name = paper.part(facts, row, "provision", row.needed("provision"), heading)
    topic = names.topic(row, "topic_id", row.needed("topic_id"))
    iri = facts.entity(names.crosswalk(row), SGO.TopicCrosswalk, label=f"{name}: {row['topic_id']} ({row['relation']})")
    facts.say(iri, SGO.crosswalkFrom, part)
    facts.say(iri, SGO.crosswalkTopic, topic)
    facts.say(iri, SGO.crosswalkRelation, row.code("relation", words.TOPIC_RELATIONS, scheme="crosswalk-relation"))
    _judged(row, facts, iri)
    if row["relation"] == "direct" and _accepted(row):
        facts.say(part, SGO.addressesTopic, topic)
        facts.say(part, SGO.hasSourceRecord, facts.record)
    yield from facts.quads()


def _pair(tables: Tables, editions: Editions, row: Row) -> Iterator[Quad]:
    facts = row.facts()
    one = _paper(tables, editions, row, "from_table", "from_id")
    other = _paper(tables, editions, row, "to_table", "to_id")
    start, name = one.part(facts, row, "from_provision", row.needed("from_provision"))
    ends = [other.part(facts, row, "to_provision", number) for number in row.parts("to_provision")]
    label = f"{name} {row['relation']} {', '.join(text for _, text in ends)} ({row['topic_id']})"
    iri = facts.entity(names.crosswalk(row), SGO.ProvisionCrosswalk, label=label)
    facts.say(iri, SGO.crosswalkFrom, start)
    facts.say(iri, SGO.crosswalkTo, *(end for end, _ in ends))
    facts.say(iri, SGO.crosswalkTopic, names.topic(row, "topic_id", row.needed("topic_id")))
    facts.say(iri, SGO.crosswalkRelation, row.code("relation", words.PROVISION_RELATIONS, scheme="provision-relation"))
    _judged(row, facts, iri)
    yield from facts.quads()


def _judged(row: Row, facts: Facts, iri: NamedNode) -> None:
    facts.say(iri, SGO.mappedBy, row.text("mapped_by"))
    status = "accepted" if _accepted(row) else "candidate"
    facts.say(iri, SGO.hasCrosswalkStatus, vocab.concept("mapping-status", status))


def _accepted(row: Row) -> bool:
    """Our own judgement, and what no page confirms, is a candidate until a curator has read the text."""
    return row.confirmed and not row["mapped_by"].startswith("editorial")
