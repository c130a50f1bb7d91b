"""Answers that the library gives as typed records, as plain values for JSON, and the schema of such values, from the types.

Members are named in camel case. A thing that is named is ``{"thing": IRI, "label": text}``; a text that is empty where
nothing is recorded is null.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_SIMPLE: Mapping[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    str: _TEXT,
    NamedNode: _TEXT,
    dt.date: {"type": "string", "format": "date"},
    Name: {"$ref": "#/components/schemas/Name"},
}

_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    Name: lambda one: {"thing": one.iri.value, "label": one.text},
    NamedNode: lambda one: one.value,
    StrEnum: lambda one: one.value,
    Decimal: float,
    dt.date: lambda one: one.isoformat(),
}


def plain(value: Any) -> Any:
    """A value of the library as JSON holds it."""
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, frozenset)):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, Name):
        return {_camel(one.name): _member(one, getattr(value, one.name)) for one in fields(value)}
    way = next((told for kind, told in _PLAIN.items() if isinstance(value, kind)), None)
    return way(value) if way else value


def schema(kind: Any) -> Schema:
    """The schema of what ``plain`` makes of a value of a type; raises TypeError for a type that it does not know."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        (one,) = [part for part in parts if part is not types.NoneType]
        return _or_null(schema(one))
    if origin in (tuple, frozenset, list):
        return {"type": "array", "items": schema(parts[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(parts[1])}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    if isinstance(kind, type) and is_dataclass(kind):
        known = typing.get_type_hints(kind)
        members = {_camel(one.name): _or_null(_TEXT) if _may_be_empty(one) else schema(known[one.name]) for one in fields(kind)}
        return {"type": "object", "properties": members, "required": list(members)}
    raise TypeError(f"{kind!r} has no form in JSON here")


def _member(one: Field[Any], value: Any) -> Any:
    return None if value == "" and _may_be_empty(one) else plain(value)


def _may_be_empty(one: Field[Any]) -> bool:
    """Whether it is a text that is empty where nothing is known."""
    return one.default is not MISSING and one.default == ""


def _or_null(one: Schema) -> Schema:
    if "enum" in one:
        return {"enum": [*one["enum"], None]}
    return {**one, "type": [one["type"], "null"]} if isinstance(one.get("type"), str) else {"anyOf": [one, {"type": "null"}]}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
