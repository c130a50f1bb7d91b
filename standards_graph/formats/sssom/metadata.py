"""What a set says of itself, as YAML: at the top of a table, or in a file beside it. Every value stays the text that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml
from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.formats.sssom import names
from standards_graph.formats.sssom.checking import REFERENCE_HINTS
from standards_graph.formats.sssom.problems import Problems
from standards_graph.formats.sssom.sets import Extension
from standards_graph.formats.sssom.slots import BUILT_IN, ON_RECORDS, ON_SETS, STANDARD
from standards_graph.vocab import LINKML, RDF, XSD

MOST_CHARACTERS = 200_000
"""Longest metadata; those of the largest sets that were seen have 5,000."""

TAKEN = frozenset((RDF.type, *(one.property for one in (*ON_RECORDS, *ON_SETS))))
"""Properties that no further slot may have: they already say something."""

Told = str | Sequence["Told"] | Mapping[str, "Told"]
"""A tree of texts, as YAML and JSON hold it."""


@dataclass(slots=True)
class Metadata:
    """Prefixes, further slots, and the slots of the set as texts."""

    raw: dict[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    extensions: list[Extension] = field(default_factory=list)


def from_yaml(text: str, problems: Problems, *, source: str) -> Metadata:
    """What the YAML says; raises UnreadableFile with the line."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableFile(f"the metadata have more than {MOST_CHARACTERS:,} characters", source=source)
    try:
        if any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise UnreadableFile("the metadata use anchors, which the standard forbids; write the values out", source=source)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        reason = f"the metadata are not YAML: {error.problem}; put texts with a colon or a # in quotation marks"
        raise UnreadableFile(reason, source=source, line=line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableFile(f"the metadata are not YAML: {error}"[:300], source=source) from error
    if node is None:
        return Metadata()
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableFile("the metadata have to be lines of the form name: value", source=source, line=1)
    return _read(_entries(node, problems), problems)


def _entries(node: yaml.MappingNode, problems: Problems) -> Iterator[tuple[str, Told]]:
    seen: set[str] = set()
    for key, value in node.value:
        problems.line = key.start_mark.line + 1
        name = str(key.value)
        if name in seen:
            problems("sssom-metadata-wrong", "This stands here twice; the later one is left out.", column=name)
            continue
        seen.add(name)
        yield name, _plain(value, 3)
    problems.line = None


def _plain(node: yaml.Node, depth: int) -> Told:
    if isinstance(node, yaml.SequenceNode) and depth:
        return [_plain(one, depth - 1) for one in node.value]
    if isinstance(node, yaml.MappingNode) and depth:
        return {str(key.value): _plain(value, depth - 1) for key, value in node.value}
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def from_tree(entries: Mapping[str, Told], problems: Problems) -> Metadata:
    """What an object of JSON says of the set."""
    return _read(iter(entries.items()), problems)


def _read(entries: Iterator[tuple[str, Told]], problems: Problems) -> Metadata:
    found = Metadata()
    definitions: Told = ""
    for name, told in entries:
        if name in ("curie_map", "@context"):
            found.prefixes.update(_prefixes(told, problems))
        elif name == "extension_definitions":
            definitions = told
        elif name != "mappings":
            found.raw[name] = tuple(_texts(name, told, problems))
    found.extensions = extensions_of(definitions, found.prefixes, problems)
    return found


def _texts(name: str, told: Told, problems: Problems) -> Iterator[str]:
    for one in [told] if isinstance(told, str) else told:
        if isinstance(one, str) and not isinstance(told, Mapping):
            yield one
        else:
            problems("sssom-metadata-wrong", "A text is needed here; this is left out.", column=name, value=str(one))


def _prefixes(told: Told, problems: Problems) -> dict[str, str]:
    if not isinstance(told, Mapping):
        if told:
            problems("sssom-prefix-wrong", "The curie_map has to hold lines of the form prefix: address.", column="curie_map")
        return {}
    return {name: space for name, space in told.items() if isinstance(space, str) and is_usable(name, space, problems)}


def is_usable(name: str, space: str, problems: Problems) -> bool:
    """Whether a prefix may stand for an address; the ones of the standard stand for what they always do."""
    if not names.is_ncname(name) or not names.is_iri(space):
        problems("sssom-prefix-wrong", f"The prefix {name!r} is not used.", column="curie_map", value=space)
        return False
    if BUILT_IN.get(name, space) != space:
        problems("sssom-prefix-wrong", f"{name} always stands for {BUILT_IN[name]}.", column="curie_map", value=space)
        return False
    return True


def extensions_of(told: Told, prefixes: Mapping[str, str] | None, problems: Problems) -> list[Extension]:
    """The usable definitions of further slots."""
    found: list[Extension] = []
    for one in [told] if isinstance(told, Mapping) else told:
        made = _extension(one, prefixes) if isinstance(one, Mapping) else None
        if made and not any(made.name == other.name or made.property == other.property for other in found):
            found.append(made)
        else:
            message = "The definition is not used: it is incomplete, or repeats another one."
            problems("sssom-extension-wrong", message, column="extension_definitions", value=str(one))
    return found


def _extension(told: Mapping[str, Told], prefixes: Mapping[str, str] | None) -> Extension | None:
    texts = {key: value.strip() for key, value in told.items() if isinstance(value, str)}
    name = texts.get("slot_name", "")
    if not names.is_ncname(name) or name in STANDARD or set(told) - {"slot_name", "property", "type_hint"}:
        return None
    try:
        property_ = names.expanded(texts["property"], prefixes) if texts.get("property") else f"http://sssom.invalid/{name}"
        hint = names.expanded(texts["type_hint"], prefixes) if texts.get("type_hint") else XSD.string.value
    except ValueError:
        return None
    if NamedNode(property_) in TAKEN:
        return None
    return Extension(name, property_, LINKML.Uriorcurie.value if hint in REFERENCE_HINTS else hint)
