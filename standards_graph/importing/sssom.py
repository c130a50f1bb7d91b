"""Mapping sets of others, as tables, JSON or RDF of SSSOM 1.1: each row becomes a record that a curator may accept."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats import sssom
from standards_graph.formats.sssom import ours, rdf
from standards_graph.formats.sssom.checking import UNDEFINED
from standards_graph.formats.sssom.problems import Problems
from standards_graph.formats.sssom.slots import RECORD, SET
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts, once
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import OWL, RDF, RDFS, SGO, SH, SKOS, SSSOM, XSD

UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"
"""What the standard writes where a set does not name its licence."""

RESERVED = tuple(one.iri for one in (RDF, RDFS, OWL, SKOS, SSSOM, SGO))
"""Vocabularies whose properties say something of a record here, and are not for others to fill."""

_OURS = re.compile(re.escape(vocab.mapping("").value) + r"[0-9a-z]+(-[0-9a-z]+)*")


class MappingSets:
    """Reads a set of mappings of anybody."""

    name = "sssom"
    title = "Mapping set (SSSOM)"
    description = (
        "A set of mappings in the form of SSSOM 1.1: a table (.tsv, with its metadata at the top or in a .yml beside it), JSON "
        "(.sssom.json) or RDF (.sssom.ttl and other syntaxes). Each set fills a graph of its own, called by the file's name."
    )
    licence = UNSPECIFIED

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the name has an ending of SSSOM; a table with no such name has to have subjects and objects."""
        named = ".sssom." in path.name.lower() or not path.name.lower().endswith(".tsv")
        compares = not beginning or ("subject_id" in beginning and "object_id" in beginning)
        return sssom.accepts(path) and (named or compares)

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"mapping/{_name(path)}"

    def companions(self, path: Path) -> tuple[Path, ...]:
        """The metadata that lie beside a table."""
        found = sssom.beside(path) if path.name.lower().endswith(".tsv") else None
        return (found,) if found else ()

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The set and its records in the order of the file, then what was found wrong."""
        found: list[Finding] = []
        told = sssom.parse(path, found.append)
        yield from (ROW for _ in told.records)
        yield from once(_quads(told, path, graph, Problems(path, found.append)))
        yield from found


def _name(path: Path) -> str:
    stem = re.sub(r"(\.sssom)?\.[a-z]+$", "", path.name.lower())
    return identifiers.name_slug(stem)


def _quads(told: sssom.MappingSet, path: Path, graph: NamedNode, problems: Problems) -> Iterator[Quad]:
    node = ours.node(_name(path))
    address = told.one("mapping_set_id") or node.value
    told, digest = _ours_apart(told, problems), _digest(path)
    facts = saying.record(
        graph,
        url=address,
        date=digest,
        key=f"sssom#{_name(path)}",
        level="source-read",
        licence=NamedNode(told.one("license") or UNSPECIFIED),
        printed=dates.printed(told.one("publication_date")) if told.one("publication_date") else None,
    )
    facts.say(facts.record, SGO.contentDigest, Literal(digest))
    _set(facts, node, told, address, path)
    own = address == node.value
    said = [_said(one, told, own=own, problems=problems) for one in told.records]
    for iri, record in _named([one for one in said if one], node, own=own):
        facts.say(node, SSSOM.mappings, iri)
        _record(facts, iri, record, told)
    yield from facts.quads()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error


def _ours_apart(told: sssom.MappingSet, problems: Problems) -> sssom.MappingSet:
    """The set with only such further slots as may be filled by others; the rest is kept under a property that says nothing."""
    kept = []
    for one in told.extensions:
        if one.property not in ours.EXTENSIONS and one.property.startswith(RESERVED):
            problems("sssom-extension-reserved", "Kept as text without that meaning.", column=one.name, value=one.property)
            one = sssom.Extension(one.name, UNDEFINED + one.name, XSD.string.value)  # noqa: PLW2901
        kept.append(one)
    return replace(told, extensions=tuple(kept))


def _set(facts: Facts, node: NamedNode, told: sssom.MappingSet, address: str, path: Path) -> None:
    facts.entity(node, SSSOM.MappingSet, label=told.one("mapping_set_title") or path.name)
    if address != node.value:
        facts.say(node, SSSOM.mapping_set_id, NamedNode(address))
    values = {name: texts for name, texts in told.values.items() if name != "mapping_set_id"}
    for key, value in rdf.said_by(values, SET, told.extensions):
        facts.say(node, key, value)
    for prefix, space in sorted(told.prefixes.items()):
        part = NamedNode(f"{node.value}-prefix-{identifiers.mapping(prefix)}")
        facts.say(node, SH.declare, part)
        facts.say(part, SH.prefix, Literal(prefix))
        facts.say(part, SH.namespace, Literal(space, datatype=XSD.anyURI))
    for extension in told.extensions:
        part = NamedNode(f"{node.value}-slot-{identifiers.mapping(extension.name)}")
        facts.say(node, SSSOM.extension_definitions, part)
        for triple in rdf.defined(part, extension):
            facts.say(part, triple.predicate, triple.object)  # type: ignore[arg-type]


def _said(record: sssom.Record, told: sssom.MappingSet, *, own: bool, problems: Problems) -> sssom.Record | None:
    """The record with a status; None where one of its ends is a mere text."""
    problems.line = record.line
    if not (record.one("subject_id") and record.one("object_id")):
        message = "The row is left out: one of its ends is a text without an IRI."
        problems(
            "sssom-literal-end", message, Severity.VIOLATION, column="subject_id" if record.one("object_id") else "object_id"
        )
        return None
    predicate = NamedNode(record.one("predicate_id"))
    if ours.RELATIONS.get(predicate, predicate) not in ours.WORDS:
        message = "None of the registry's relations; the record is kept, and nothing follows from it."
        problems("sssom-predicate-foreign", message, Severity.INFO, column="predicate_id", value=predicate.value)
    status = next((one.name for one in told.extensions if one.property == SGO.hasMappingStatus.value), "")
    if own or record.one(status) in ("", ours.CANDIDATE.value):
        return record
    problems(
        "sssom-status-foreign",
        "A set of others comes in as candidates.",
        Severity.INFO,
        column=status,
        value=record.one(status),
    )
    return sssom.Record({**record.values, status: (ours.CANDIDATE.value,)}, record.line)


def _named(records: list[sssom.Record], node: NamedNode, *, own: bool) -> Iterator[tuple[NamedNode, sssom.Record]]:
    """Each record with its IRI: its own in a set of ours, else minted from what it compares."""
    met: Counter[tuple[str, ...]] = Counter()
    for one in records:
        key = ours.key(one)
        met[key] += 1
        given = one.one("record_id")
        if own and _OURS.fullmatch(given):
            values = {name: texts for name, texts in one.values.items() if name != "record_id"}
            yield NamedNode(given), sssom.Record(values, one.line)
        else:
            yield ours.minted(key, node, met[key]), one


def _record(facts: Facts, iri: NamedNode, record: sssom.Record, told: sssom.MappingSet) -> None:
    predicate = NamedNode(record.one("predicate_id"))
    relation = ours.RELATIONS.get(predicate, predicate)
    facts.entity(iri, OWL.Axiom, SGO.MappingRecord, label=_label(record, relation))
    facts.say(iri, OWL.annotatedProperty, relation)
    if ours.PREDICATES.get(relation, relation) != predicate:
        facts.say(iri, SSSOM.predicate_id, predicate)
    if predicate == RDFS.subClassOf:
        facts.say(iri, SGO.strictnessUnknown, ours.LAX)
    values = {name: texts for name, texts in record.values.items() if name != "predicate_id"}
    for key, value in rdf.said_by(values, RECORD, told.extensions):
        facts.say(iri, key, value)
    if not any(one.property == SGO.hasMappingStatus.value and one.name in record.values for one in told.extensions):
        facts.say(iri, SGO.hasMappingStatus, ours.CANDIDATE)


def _label(record: sssom.Record, relation: NamedNode) -> str:
    one, other = (record.one(f"{side}_label") or _last(record.one(f"{side}_id")) for side in ("subject", "object"))
    if record.one("object_id") == SSSOM.NoTermFound.value:
        return f"{one}: nothing found that corresponds to it"
    if record.one("subject_id") == SSSOM.NoTermFound.value:
        return f"{other}: nothing found that corresponds to it"
    told = f"{one} {ours.WORDS.get(relation, _last(relation.value))} {other}"
    return f"Not: {told}" if record.one("predicate_modifier") else told


def _last(iri: str) -> str:
    return re.split(r"[/#:=]", iri.rstrip("/#"))[-1] or iri
