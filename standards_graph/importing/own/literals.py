"""Whether a text is a value of the datatype that it bears (XML Schema 1.1 part 2; https://www.w3.org/TR/xmlschema11-2/)."""

from __future__ import annotations

import datetime as dt
import re

from pyoxigraph import Literal

from standards_graph.vocab import XSD

_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_DAY = r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?"
_DOUBLE = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"
_FORMS = {
    "boolean": "true|false|0|1",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": _DOUBLE,
    "float": _DOUBLE,
    "date": _DAY + _ZONE,
    "time": f"(?:{_TIME}){_ZONE}",
    "dateTime": f"{_DAY}T(?:{_TIME}){_ZONE}",
    "dateTimeStamp": rf"{_DAY}T(?:{_TIME})(Z|[+-]\d\d:\d\d)",
    "gYear": r"-?\d{4,}" + _ZONE,
    "gYearMonth": r"-?\d{4,}-(?:0[1-9]|1[0-2])" + _ZONE,
    "gMonth": r"--(?:0[1-9]|1[0-2])" + _ZONE,
    "gDay": r"---(?:0[1-9]|[12]\d|3[01])" + _ZONE,
    "gMonthDay": r"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])" + _ZONE,
    "duration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
    "dayTimeDuration": r"-?P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"[A-Za-z0-9+/ ]*(?:= ?){0,2}",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
}
_PATTERNS = {XSD.iri + name: re.compile(form, re.ASCII) for name, form in _FORMS.items()}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_BOUNDS = {XSD.iri + name: bounds for name, bounds in _RANGES.items()}
NAMES = frozenset(_FORMS) | frozenset(_RANGES)
"""The datatypes whose values are known."""
_MOST_DIGITS = 4_000
"""The longest number that is looked at; Python refuses longer ones."""


def is_ill_typed(literal: Literal) -> bool:
    """Whether a text is no value of its datatype: no day, no number; a datatype that is not known has any text."""
    datatype, text = literal.datatype.value, literal.value.strip(" \t\n\r")
    if datatype in _BOUNDS:
        return not _is_between(text, *_BOUNDS[datatype])
    form = _PATTERNS.get(datatype)
    if form is None:
        return False
    return not form.fullmatch(text) or (datatype in (XSD.date.value, XSD.dateTime.value) and not _is_day(text[:10]))


def _is_between(text: str, least: int | None, most: int | None) -> bool:
    if not _INTEGER.fullmatch(text) or len(text) > _MOST_DIGITS:
        return False
    number = int(text)
    return (least is None or number >= least) and (most is None or number <= most)


def _is_day(text: str) -> bool:
    """Whether the day is in the calendar; years that the library does not know are not judged."""
    if text.startswith(("-", "0000")) or not text[:4].isdigit() or text[4] != "-":
        return True
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
