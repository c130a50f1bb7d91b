"""SSSOM in RDF, both ways: sets, records and definitions of further slots as statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standards_graph.errors import UnreadableFile
from standards_graph.formats.sssom import names
from standards_graph.formats.sssom.checking import REFERENCE_HINTS, Checker, Raw
from standards_graph.formats.sssom.metadata import Metadata, extensions_of, is_usable
from standards_graph.formats.sssom.problems import Problems
from standards_graph.formats.sssom.sets import Extension, MappingSet, Values
from standards_graph.formats.sssom.slots import RECORD, SET, Kind, Slot
from standards_graph.model import identifiers
from standards_graph.vocab import LINKML, OWL, RDF, SH, SSSOM, XSD

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Said = dict[Node, list[tuple[NamedNode, Term]]]
"""What is said of each node, in the order of the file."""

STRUCTURE = frozenset((RDF.type, SSSOM.mappings, SSSOM.extension_definitions, SH.declare))
ENGLISH = RDF.langString.value
"""Hint of slots that hold texts in English."""

_BREAKS = re.compile(r"[/#:]")


# --- reading ---


def parsed(path: Path) -> tuple[Said, dict[str, str]]:
    """The statements of a file by node, and its prefixes."""
    syntax = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    try:
        content = path.read_bytes()
        if syntax == ox.RdfFormat.RDF_XML and b"<!ENTITY" in content:
            raise UnreadableFile("the file defines entities, which are refused; write them out", source=str(path))
        reader = ox.parse(content, format=syntax)
        said = gathered(quad.triple for quad in reader)
        return said, dict(reader.prefixes)
    except SyntaxError as error:
        raise UnreadableFile(str(error.msg), source=str(path), line=error.lineno) from error
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error


def gathered(triples: Iterable[Triple]) -> Said:
    """The statements by the node that they are about."""
    said: Said = {}
    for one in triples:
        if isinstance(one.subject, NamedNode | BlankNode) and isinstance(one.object, NamedNode | BlankNode | Literal):
            said.setdefault(one.subject, []).append((one.predicate, one.object))
    return said


def set_node(said: Said) -> Node | None:
    """The node of the set; None where there is none, UnreadableFile where there are several."""
    found = [node for node, told in said.items() if (RDF.type, SSSOM.MappingSet) in told]
    if len(found) > 1:
        raise UnreadableFile(f"there are {len(found)} mapping sets; write each into a file of its own")
    return found[0] if found else None


def metadata(said: Said, prefixes: Mapping[str, str], problems: Problems) -> Metadata:
    """What the set says of itself."""
    node = set_node(said)
    told = said.get(node, []) if node else []
    found = Metadata(prefixes={**prefixes, **_declared(said, told)})
    found.prefixes = {name: space for name, space in found.prefixes.items() if name and is_usable(name, space, problems)}
    definitions = [_definition(said.get(one, [])) for one in _nodes(told, SSSOM.extension_definitions)]
    found.extensions = extensions_of(definitions, None, problems)
    checker = Checker(problems, None, found.extensions)
    found.raw = {name: tuple(texts) for name, texts in raw(told, checker, SET).items()}
    found.extensions = list(checker.extensions)
    if isinstance(node, NamedNode):
        found.raw.setdefault("mapping_set_id", (node.value,))
    return found


def _nodes(told: list[tuple[NamedNode, Term]], wanted: NamedNode) -> list[Node]:
    return [one for key, one in told if key == wanted and isinstance(one, NamedNode | BlankNode)]


def _declared(said: Said, told: list[tuple[NamedNode, Term]]) -> dict[str, str]:
    parts = [dict(said.get(one, [])) for one in _nodes(told, SH.declare)]
    return {_text(one[SH.prefix]): _text(one[SH.namespace]) for one in parts if SH.prefix in one and SH.namespace in one}


def _definition(told: list[tuple[NamedNode, Term]]) -> dict[str, str]:
    wanted = {SSSOM.slot_name: "slot_name", SSSOM.property: "property", SSSOM.type_hint: "type_hint"}
    return {wanted[key]: _text(one) for key, one in told if key in wanted}


def _text(term: Term) -> str:
    return "" if isinstance(term, BlankNode) else term.value


def rows(said: Said, checker: Checker, problems: Problems) -> Iterator[tuple[int | None, Raw]]:
    """The records: linked to the set, or typed as axioms about a mapping."""
    node = set_node(said)
    linked = [one for key, one in said.get(node, []) if key == SSSOM.mappings] if node else []
    rest = [one for one, told in said.items() if any(key == OWL.annotatedProperty for key, _ in told)]
    for number, one in enumerate(dict.fromkeys((*linked, *rest)), start=1):
        problems.line = number
        if node and one not in linked:
            problems("sssom-rdf-unlinked", "The record is not linked to the set; taken as part of it.", value=str(one))
        told = raw(said.get(one, []), checker) if isinstance(one, NamedNode | BlankNode) else {}
        yield number, {**told, "record_id": [one.value]} if isinstance(one, NamedNode) else told


def raw(told: list[tuple[NamedNode, Term]], checker: Checker, slots: Mapping[str, Slot] = RECORD) -> dict[str, list[str]]:
    """What is said of a node, as texts by slot."""
    known = {slot.property: name for name, slot in slots.items()}
    found: dict[str, list[str]] = {}
    for key, value in told:
        if key not in STRUCTURE and not isinstance(value, BlankNode):
            name = known.get(key) or checker.declare(_met(key, value))
            found.setdefault(name, []).append(value.value)
    return found


def _met(key: NamedNode, value: Term) -> Extension:
    """A slot for a property that nobody declared: named by the end of the property, typed by its value."""
    hint = value.datatype.value if isinstance(value, Literal) else LINKML.Uriorcurie.value
    name = "ext_" + _BREAKS.split(key.value)[-1]
    if not names.is_ncname(name):
        name = f"ext_{identifiers.mapping(key.value)}"
    return Extension(name, key.value, hint)


# --- writing ---


def statements(told: MappingSet) -> Iterator[Triple]:
    """The whole set in the RDF of the standard; records without an identifier are blank nodes."""
    node = NamedNode(told.one("mapping_set_id"))
    yield Triple(node, RDF.type, SSSOM.MappingSet)
    yield from _of(
        node, {name: values for name, values in told.values.items() if name != "mapping_set_id"}, SET, told.extensions
    )
    for place, extension in enumerate(told.extensions):
        definition = BlankNode(f"definition{place}")
        yield Triple(node, SSSOM.extension_definitions, definition)
        yield from defined(definition, extension)
    for place, record in enumerate(told.records):
        identifier = record.one("record_id")
        one = NamedNode(identifier) if identifier else BlankNode(f"record{place}")
        yield Triple(node, SSSOM.mappings, one)
        yield Triple(one, RDF.type, OWL.Axiom)
        yield from _of(
            one, {name: values for name, values in record.values.items() if name != "record_id"}, RECORD, told.extensions
        )


def defined(node: Node, extension: Extension) -> Iterator[Triple]:
    """The definition of a further slot."""
    yield Triple(node, RDF.type, SSSOM.ExtensionDefinition)
    yield Triple(node, SSSOM.slot_name, Literal(extension.name))
    yield Triple(node, SSSOM.property, NamedNode(extension.property))
    yield Triple(node, SSSOM.type_hint, NamedNode(extension.hint))


def _of(node: Node, values: Values, slots: Mapping[str, Slot], extensions: Iterable[Extension]) -> Iterator[Triple]:
    for key, value in said_by(values, slots, extensions):
        yield Triple(node, key, value)


def said_by(
    values: Values, slots: Mapping[str, Slot], extensions: Iterable[Extension]
) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    """Values as properties and terms."""
    further = {one.name: one for one in extensions}
    for name, texts in values.items():
        for text in texts:
            if name in slots:
                yield slots[name].property, _term(text, slots[name])
            else:
                yield NamedNode(further[name].property), _further(text, further[name].hint)


def _term(text: str, slot: Slot) -> NamedNode | Literal:
    if slot.kind in (Kind.REFERENCE, Kind.ADDRESS):
        return NamedNode(text)
    if slot.kind is Kind.NUMBER:
        return Literal(text, datatype=XSD.double)
    if slot.kind is Kind.DAY:
        return Literal(text, datatype=XSD.date)
    return (slot.words or {}).get(text) or Literal(text)


def _further(text: str, hint: str) -> NamedNode | Literal:
    if hint in REFERENCE_HINTS:
        return NamedNode(text)
    return Literal(text, language="en") if hint == ENGLISH else Literal(text, datatype=NamedNode(hint))
