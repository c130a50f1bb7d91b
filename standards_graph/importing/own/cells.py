"""The text of a cell as a value of the datatype that the description of its column asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode

from standards_graph.importing.own import literals
from standards_graph.vocab import XSD

NAMES = {"binary": "base64Binary", "datetime": "dateTime", "number": "double"}
"""Names of datatypes that the standard has beside those of XML Schema."""
DATATYPES = literals.NAMES | {"string", "anyURI", "token", "normalizedString"}
_NUMBERS = frozenset(("decimal", "double", "float", "long", "int", "short", "byte"))
_DAY_FORMS = {
    "yyyy": r"(?P<y>\d{4})",
    "MM": r"(?P<m>\d{2})",
    "M": r"(?P<m>\d{1,2})",
    "dd": r"(?P<d>\d{2})",
    "d": r"(?P<d>\d{1,2})",
}
_DAY_PART = re.compile("yyyy|MM|M|dd|d")
_LENGTHS = ("length", "minLength", "maxLength")


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype, and how its values are written in the table."""

    name: str = "string"
    form: str = ""
    point: str = ""
    groups: str = ""
    lengths: Mapping[str, int] = field(default_factory=dict)

    @property
    def iri(self) -> NamedNode:
        """The datatype of the literals."""
        return NamedNode(XSD.iri + self.name)

    @classmethod
    def of(cls, told: Any) -> Datatype:
        """What a description says; raises ValueError for what is not known."""
        if isinstance(told, str):
            told = {"base": told}
        if not isinstance(told, dict) or not isinstance(told.get("base", "string"), str):
            raise ValueError("datatype is a name, or an object with base and format")
        name = NAMES.get(told.get("base", "string"), told.get("base", "string"))
        if name not in DATATYPES:
            raise ValueError(f"the datatype {name!r} is not known; use one of {', '.join(sorted(DATATYPES))}")
        lengths = {key: value for key in _LENGTHS if isinstance(value := told.get(key), int)}
        made = cls(name, lengths=lengths)
        return made if told.get("format") is None else made._formatted(told["format"])

    def _formatted(self, told: Any) -> Datatype:
        if isinstance(told, dict) and (self.name in _NUMBERS or "nteger" in self.name):
            return Datatype(self.name, "", str(told.get("decimalChar", ".")), str(told.get("groupChar", "")), self.lengths)
        if isinstance(told, str) and self.name == "boolean" and told.count("|") == 1:
            return Datatype(self.name, told, lengths=self.lengths)
        if isinstance(told, str) and self.name == "date" and sorted(_DAY_PART.sub(_first, told).replace("-", "")) != []:
            _day_form(told)
            return Datatype(self.name, told, lengths=self.lengths)
        raise ValueError(f"the format {told!r} is not read for {self.name}: write dates such as dd.MM.yyyy, truth as Y|N")

    def literal(self, text: str, language: str) -> Literal:
        """The value of a cell; raises ValueError, which says what would be right."""
        for key, amount in self.lengths.items():
            if (key != "maxLength" and len(text) < amount) or (key != "minLength" and len(text) > amount):
                raise ValueError(f"the text has {len(text)} characters, and the description asks for {key} {amount}")
        if self.name == "string":
            return Literal(text, language=language) if language else Literal(text)
        found = Literal(self._plain(text), datatype=self.iri)
        if literals.is_ill_typed(found):
            raise ValueError(f"this is no {self.name}{_wanted(self.name)}")
        return found

    def _plain(self, text: str) -> str:
        """The text in the form of XML Schema."""
        text = text.strip()
        if self.name == "boolean" and self.form:
            yes, no = self.form.split("|")
            if text not in (yes, no):
                raise ValueError(f"write {yes} or {no}")
            return "true" if text == yes else "false"
        if self.name == "date":
            return _day(text.removesuffix(" 00:00:00"), self.form)
        if self.groups:
            text = text.replace(self.groups, "")
        return text.replace(self.point, ".") if self.point else text


def _first(found: re.Match[str]) -> str:
    return found[0]


def _wanted(name: str) -> str:
    forms = {
        "date": "2026-01-31",
        "gYear": "2026",
        "gYearMonth": "2026-01",
        "boolean": "true",
        "dateTime": "2026-01-31T12:00:00Z",
    }
    return f"; write it as {forms[name]}" if name in forms else ""


def _day_form(form: str) -> re.Pattern[str]:
    parts = _DAY_PART.split(form)
    names = _DAY_PART.findall(form)
    if sorted(name[0] for name in names) != ["M", "d", "y"] or any(part not in ("", "-", "/", ".", " ") for part in parts):
        raise ValueError(f"the format {form!r} is not read for dates; write one such as dd.MM.yyyy or M/d/yyyy")
    pattern = "".join(re.escape(part) + _DAY_FORMS.get(name, "") for part, name in zip(parts, [*names, ""], strict=True))
    return re.compile(pattern, re.ASCII)


def _day(text: str, form: str) -> str:
    if not form:
        return text
    found = _day_form(form).fullmatch(text)
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat() if found else _no_day(form)
    except ValueError as error:
        raise ValueError(f"this is no date of the form {form}") from error


def _no_day(form: str) -> str:
    raise ValueError(f"this is no date of the form {form}")
