"""A set of mappings as values: references are full IRIs, everything else is text in the form that the standard asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from standards_graph.formats.sssom.slots import PROPAGATED

Values = Mapping[str, tuple[str, ...]]
"""Slot or extension by name; what has no value is left out, several values are sorted."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A slot that the standard does not have: its name in tables, its property, and the type of its values."""

    name: str
    property: str
    hint: str


@dataclass(frozen=True, slots=True)
class Record:
    """One mapping, and the row of the file that says it."""

    values: Values
    line: int | None = field(default=None, compare=False)

    def one(self, name: str) -> str:
        """The value of a slot, or nothing."""
        return next(iter(self.values.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class MappingSet:
    """A set: what it says of itself, its prefixes, its further slots, and its records; ``rows`` counts what was in the file."""

    values: Values
    prefixes: Mapping[str, str]
    extensions: tuple[Extension, ...] = ()
    records: tuple[Record, ...] = ()
    rows: int = field(default=0, compare=False)

    def one(self, name: str) -> str:
        """The value of a slot of the set, or nothing."""
        return next(iter(self.values.get(name, ())), "")


def propagated(told: MappingSet) -> tuple[MappingSet, tuple[str, ...]]:
    """The set with values that hold for all records written out on each, and the slots where a record has its own already."""
    stated = [slot.name for slot in PROPAGATED if slot.name in told.values]
    kept = tuple(name for name in stated if any(name in one.values for one in told.records))
    moved = {name: told.values[name] for name in stated if name not in kept} if told.records else {}
    records = tuple(Record({**one.values, **moved}, one.line) for one in told.records)
    return _with(told, {name: value for name, value in told.values.items() if name not in moved}, records), kept


def condensed(told: MappingSet) -> MappingSet:
    """The set with values that all records share said once, for the slots where the standard allows it."""
    shared = {}
    for slot in PROPAGATED:
        found = {one.values.get(slot.name, ()) for one in told.records}
        value = next(iter(found)) if len(found) == 1 else ()
        if value and told.values.get(slot.name, value) == value:
            shared[slot.name] = value
    records = tuple(
        Record({name: value for name, value in one.values.items() if name not in shared}, one.line) for one in told.records
    )
    return _with(told, {**told.values, **shared}, records)


def _with(told: MappingSet, values: Values, records: tuple[Record, ...]) -> MappingSet:
    return MappingSet(values, told.prefixes, told.extensions, records, told.rows)
