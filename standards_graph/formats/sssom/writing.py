"""From a set to a file, in the canonical form of the standard but for numbers, which keep all their digits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox
import yaml

from standards_graph.formats.sssom import rdf
from standards_graph.formats.sssom.checking import REFERENCE_HINTS
from standards_graph.formats.sssom.names import Shortener
from standards_graph.formats.sssom.sets import Extension, MappingSet, Record, Values, condensed
from standards_graph.formats.sssom.slots import BUILT_IN, ON_RECORDS, ON_SETS, RECORD, SET, Kind, Slot
from standards_graph.formats.sssom.tables import joined
from standards_graph.vocab import DCTERMS, PAV, PROV

CORE = frozenset(("owl", "rdf", "rdfs", "semapv", "skos", "sssom"))
"""Prefixes that every reader of the standard knows; the others are declared, because older readers need it."""

PLAIN = (Kind.DAY, Kind.NUMBER)
"""What needs no quotation marks in the metadata, since the standard says what it is."""

Row = dict[str, tuple[str, ...]]


def serialise(told: MappingSet, form: str) -> bytes:
    """The set as ``tsv``, ``json`` or ``rdf`` (Turtle); each value stands once in an order that does not depend on the file."""
    return FORMATS[form](told)


class _Shortened:
    """The set with references as CURIEs, records in their order, and only what is used."""

    def __init__(self, told: MappingSet) -> None:
        self._shorten = Shortener(told.prefixes)
        told = condensed(told)
        used = {name for values in (told.values, *(one.values for one in told.records)) for name in values}
        self.further = [one for one in sorted(told.extensions, key=lambda one: one.property) if one.name in used]
        hints = {one.name: one.hint for one in self.further}
        self.values = self._row(told.values, SET, hints)
        self.records = sorted((self._row(one.values, RECORD, hints) for one in told.records), key=self._order)
        self.columns = [
            name for name in (*(slot.name for slot in ON_RECORDS), *hints) if any(name in one for one in self.records)
        ]
        self.lines = [name for name in (*(slot.name for slot in ON_SETS), *hints) if name in self.values]
        self.definitions = [self._definition(one) for one in self.further]
        self.prefixes = {name: told.prefixes.get(name) or BUILT_IN[name] for name in sorted(self._shorten.used - CORE)}

    def _row(self, values: Values, slots: Mapping[str, Slot], hints: Mapping[str, str]) -> Row:
        return {
            name: tuple(map(self._shorten, texts)) if _refers(name, slots, hints) else texts for name, texts in values.items()
        }

    def _order(self, row: Row) -> list[tuple[str, ...]]:
        names = (*(slot.name for slot in ON_RECORDS), *(one.name for one in self.further))
        return [row.get(name, ()) for name in names]

    def _definition(self, one: Extension) -> dict[str, str]:
        return {"slot_name": one.name, "property": self._shorten(one.property), "type_hint": self._shorten(one.hint)}


def _refers(name: str, slots: Mapping[str, Slot], hints: Mapping[str, str]) -> bool:
    return slots[name].kind is Kind.REFERENCE if name in slots else hints[name] in REFERENCE_HINTS


def _table(told: MappingSet) -> bytes:
    short = _Shortened(told)
    out = io.StringIO()
    for line in _metadata(short):
        out.write(f"#{line}\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(short.columns or ["subject_id", "predicate_id", "object_id", "mapping_justification"])
    for row in short.records:
        writer.writerow([_cell(name, row.get(name, ())) for name in short.columns])
    return out.getvalue().encode()


def _cell(name: str, values: tuple[str, ...]) -> str:
    return "" if not values else joined(values) if name in RECORD and RECORD[name].many else values[0]


def _metadata(short: _Shortened) -> Iterator[str]:
    if short.prefixes:
        yield "curie_map:"
        yield from (f"  {_scalar(prefix)}: {_scalar(space)}" for prefix, space in short.prefixes.items())
    for name in short.lines:
        if name in SET and SET[name].many:
            yield f"{name}:"
            yield from (f"  - {_scalar(value)}" for value in short.values[name])
        else:
            value = short.values[name][0]
            yield f"{_scalar(name)}: {value if name in SET and SET[name].kind in PLAIN else _scalar(value)}"
    if short.definitions:
        yield "extension_definitions:"
        for one in short.definitions:
            yield from (f"  {'-' if key == 'slot_name' else ' '} {key}: {_scalar(value)}" for key, value in one.items())


def _scalar(text: str) -> str:
    """A text as YAML on one line: plain where it can be, else in double quotes."""
    plain = yaml.safe_dump(text, width=10**9, allow_unicode=True).removesuffix("\n").removesuffix("\n...")
    return (
        text if plain == text else yaml.safe_dump(text, width=10**9, allow_unicode=True, default_style='"').removesuffix("\n")
    )


def _tree(told: MappingSet) -> bytes:
    """The prefixes stand here twice: the standard leaves JSON open, and readers look in the one place or the other."""
    short = _Shortened(told)
    found: dict[str, object] = {"@context": short.prefixes, "curie_map": short.prefixes} if short.prefixes else {}
    found |= {name: _value(name, short.values[name], SET) for name in short.lines}
    found |= {"extension_definitions": short.definitions} if short.definitions else {}
    found["mappings"] = [
        {name: _value(name, row[name], RECORD) for name in short.columns if name in row} for row in short.records
    ]
    return json.dumps(found, indent=2, ensure_ascii=False).encode() + b"\n"


def _value(name: str, values: tuple[str, ...], slots: Mapping[str, Slot]) -> object:
    slot = slots.get(name)
    if slot and slot.many:
        return list(values)
    return float(values[0]) if slot and slot.kind is Kind.NUMBER else values[0]


def _graph(told: MappingSet) -> bytes:
    short = _Shortened(told)
    triples = rdf.statements(MappingSet(told.values, told.prefixes, tuple(short.further), _sorted(told.records)))
    spaces = {name: space for name, space in {**told.prefixes, **_KNOWN}.items() if name}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=spaces) or b""


def _sorted(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda one: [one.values.get(slot.name, ()) for slot in ON_RECORDS]))


_KNOWN = {**BUILT_IN, "dcterms": DCTERMS.iri, "pav": PAV.iri, "prov": PROV.iri}


FORMATS: Mapping[str, Callable[[MappingSet], bytes]] = {"tsv": _table, "json": _tree, "rdf": _graph}
"""The forms in which a set can be written."""
