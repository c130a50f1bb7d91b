"""Addresses with gaps that a row fills (URI templates, RFC 6570, the simple and the reserved form)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from standards_graph.vocab import PREFIXES

_GAP = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"(\+?)([A-Za-z_][\w.-]*)", re.ASCII)
_RESERVED = ":/?#[]@!$&'()*+,;="
_KNOWN = ("dcat", "dcterms", "foaf", "org", "owl", "prov", "rdf", "rdfs", "schema", "sd", "skos", "sosa", "void", "xsd")
SPACES = {prefix: PREFIXES[prefix] for prefix in _KNOWN if prefix in PREFIXES} | {"dc": PREFIXES["dcterms"]}
"""Prefixes that every reader of such descriptions knows (the initial context of RDFa, https://www.w3.org/2011/rdfa-context/)."""


class Gap(ValueError):
    """A row has nothing for a gap of a template; ``name`` is the column."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the column {name} is empty")
        self.name = name


@dataclass(frozen=True, slots=True)
class Template:
    """A template and the columns that fill it."""

    text: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Template:
        """The template of a text; raises ValueError for a form that is not known."""
        gaps = _GAP.findall(text)
        if any(not _NAME.fullmatch(gap) for gap in gaps) or _GAP.sub("", text).strip("{}") != _GAP.sub("", text):
            raise ValueError(f"{text!r} is no template of the forms {{name}} and {{+name}}")
        return cls(text, tuple(gap.lstrip("+") for gap in gaps))

    def filled(self, values: Mapping[str, str]) -> NamedNode:
        """The address for a row; raises Gap where a column is empty, ValueError where no address results."""

        def fill(found: re.Match[str]) -> str:
            reserved, name = found[1].startswith("+"), found[1].lstrip("+")
            if not values.get(name):
                raise Gap(name)
            return quote(values[name], safe=_RESERVED if reserved else "")

        return address(_GAP.sub(fill, self.text))


def address(text: str) -> NamedNode:
    """The IRI that a text names, in full or with a known prefix; raises ValueError."""
    prefix, colon, rest = text.partition(":")
    if colon and prefix in SPACES and not rest.startswith("//"):
        return NamedNode(SPACES[prefix] + rest)
    if not colon:
        raise ValueError(f"{text!r} is no full address")
    return NamedNode(text)
