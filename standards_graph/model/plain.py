"""Typed answers as plain values for JSON: members by name, names as IRI and text, days as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.model.entities import Name


def plain(one: Any) -> Any:
    """The value as JSON can hold it; raises TypeError for what it cannot."""
    match one:
        case Enum() | NamedNode():
            told: Any = one.value
        case None | str() | int() | float():
            told = one
        case Name():
            told = {"iri": one.iri.value, "name": one.text}
        case dt.date():
            told = one.isoformat()
        case Decimal():
            told = float(one)
        case Mapping():
            told = {plain(key): plain(value) for key, value in one.items()}
        case tuple() | list():
            told = [plain(each) for each in one]
        case _ if is_dataclass(one) and not isinstance(one, type):
            told = {field.name: plain(getattr(one, field.name)) for field in fields(one)}
        case _:
            raise TypeError(f"{type(one).__name__} has no plain form")
    return told
