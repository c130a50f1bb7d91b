"""Committees of standards bodies, called alike however a catalogue writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import DCTERMS, SGO

_ISO = re.compile(r"ISO/(?P<main>(?:TC|PC) \d+)(?:/SC (?P<sub>\d+))?")
_JOINT = re.compile(r"ISO/IEC JTC 1(?:/SC (?P<sub>\d+))?")
_IEC = re.compile(r"(?:IEC/)?(?P<main>(?:TC|PC|SyC) ?[\w ]*?)(?:/(?P<sub>SC \d+[A-Z]))?")

BY_NAME = {
    "Standards Committee of the IEEE Engineering in Medicine and Biology Society": ("ieee-emb-sc", "IEEE EMB/SC"),
}
"""Committees that a catalogue gives by name alone, and their key and designation in the registry."""


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee: its key, how it is designated, the body that it belongs to, and its name where one is given."""

    key: str
    designation: str
    body: str
    name: str = ""

    def describe(self, facts: Facts) -> NamedNode:
        """The committee and what is known of it."""
        iri = facts.entity(vocab.entity("committee", self.key), SGO.Committee, label=self.designation)
        facts.say(iri, SGO.officialIdentifier, Literal(self.designation))
        facts.say(iri, DCTERMS.title, saying.english(self.name) if self.name else None)
        facts.say(iri, SGO.committeeOf, vocab.entity("org", self.body))
        return iri


def read(designation: str, body: str, name: str = "") -> Committee:
    """The committee of a designation such as ``ISO/TC 210``, ``ISO/IEC JTC 1/SC 42`` or ``TC 62/SC 62A`` of the IEC.

    What has no number is called by its name.
    """
    if found := _JOINT.fullmatch(designation):
        sub = f"-sc{found['sub']}" if found["sub"] else ""
        return Committee(f"iso-iec-jtc1{sub}", designation, "iso-iec-jtc1", name)
    if found := _ISO.fullmatch(designation):
        sub = f"-sc{found['sub']}" if found["sub"] else ""
        return Committee(f"iso-{identifiers.slug(found['main'])}{sub}", designation, "iso", name)
    if body == "iec" and (found := _IEC.fullmatch(designation)):
        main = identifiers.slug(re.sub(r"^(TC|PC) ", r"\1", found["main"]))
        sub = f"-{found['sub'].replace(' ', '').lower()}" if found["sub"] else ""
        return Committee(f"iec-{main}{sub}", f"IEC/{found['sub'] or found['main']}", "iec", name)
    body = "iso" if designation.startswith("ISO/") else body
    key, known = BY_NAME.get(designation, ("", ""))
    prefix = "" if identifiers.slug(designation).startswith(f"{body}-") else f"{body}-"
    return Committee(
        key or prefix + identifiers.name_slug(designation), known or designation, body, name or (designation if known else "")
    )
