"""From the IRI of a thing to the address where this service shows it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from pyoxigraph import Literal, NamedNode

from standards_graph.vocab import BASE, PREFIXES, XSD

_PLACES = (
    ("id/", "/"),
    ("scheme/", "/concept/"),
    ("map/", "/mapping/"),
    ("graph/", "/dataset/"),
    ("questions/", "/questions/"),
)
"""Under the base: the beginning of an IRI, and of the address of its page."""

KINDS = {
    "absence": "looked for, not found",
    "action": "safety action",
    "adoption": "adoption of a standard",
    "assessment": "recommendation",
    "authorisation": "market authorisation",
    "claim": "claim",
    "cohort": "sandbox cohort",
    "committee": "committee",
    "crosswalk": "crosswalk record",
    "device": "device",
    "device-version": "device version",
    "edition": "standard edition",
    "genid": "part of the ontology",
    "graph": "data set",
    "guidance": "guidance",
    "incident": "incident report",
    "issue": "safety issue",
    "jurisdiction": "jurisdiction",
    "law": "law or regulation",
    "map": "mapping",
    "market-report": "market report",
    "membership": "network membership",
    "milestone": "date of a regulation",
    "network": "network",
    "ontology": "term of the ontology",
    "org": "organisation",
    "participation": "sandbox participation",
    "provision": "provision",
    "questions": "question",
    "recognition": "recognition of a standard",
    "role": "role of a person",
    "sandbox": "sandbox or programme",
    "scheme": "class or code",
    "source": "source record",
    "standard": "standard",
}
"""What things of a type are called, by the part of the IRI that tells the type."""


def local(iri: NamedNode | str) -> str:
    """The address of a thing's page here, else the IRI itself where a browser can open it, else nothing."""
    value = iri.value if isinstance(iri, NamedNode) else iri
    if value == BASE + "ontology" or value.startswith((BASE + "ontology#", BASE + "ontology/module/")):
        return "/" + value.removeprefix(BASE)
    if value.startswith(BASE):
        return _page(value.removeprefix(BASE))
    return value if urlsplit(value).scheme in ("http", "https") else ""


def _page(path: str) -> str:
    for start, place in _PLACES:
        if path.startswith(start) and len(path) > len(start):
            return place + quote(path.removeprefix(start), safe="/")
    return "/" + quote(path, safe="/") if path.startswith(".well-known/genid/") else ""


def record(iri: NamedNode) -> str:
    """The address of a thing's record here, which also tells its history; nothing where it has none."""
    path = iri.value.removeprefix(BASE)
    if path.startswith("ontology#"):
        return "/ontology/" + quote(path.removeprefix("ontology#"))
    return local(iri) if path.startswith(("id/", "scheme/", "map/", ".well-known/genid/")) else ""


def of_term(term: object) -> str:
    """Where the object of a statement leads: an IRI to its page, an address to what it names, any other text nowhere."""
    if isinstance(term, Literal):
        return local(term.value) if term.datatype == XSD.anyURI else ""
    return local(term) if isinstance(term, NamedNode) else ""


def shown(term: Literal) -> str:
    """A literal as a reader is shown it: a truth value is yes or no, all else as it is."""
    told = {"true": "yes", "false": "no"} if term.datatype == XSD.boolean else {}
    return told.get(term.value, term.value)


def is_date(term: object) -> bool:
    """Whether the object of a statement is a day, a month or a year."""
    return isinstance(term, Literal) and term.datatype in (XSD.date, XSD.gYearMonth, XSD.gYear)


def is_here(address: str) -> bool:
    """Whether an address is one of this service."""
    return address.startswith("/")


def is_outside(address: str) -> bool:
    """Whether an address leads to a page of others."""
    return urlsplit(address).scheme in ("http", "https") and not address.startswith(BASE)


def host(address: str) -> str:
    """The host that an address names, for reading."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def has_no_name(iri: NamedNode) -> bool:
    """Whether an IRI stands for a part of a file that has no name there."""
    return iri.value.startswith(f"{BASE}.well-known/genid/")


def kind_of(iri: NamedNode) -> str:
    """What kind of thing an IRI names."""
    head, _, rest = iri.value.removeprefix(BASE).partition("/")
    if not iri.value.startswith(BASE):
        return "term of another vocabulary"
    return kind(rest.partition("/")[0] if head == "id" else "genid" if head == ".well-known" else head.partition("#")[0])


def kind(type_: str) -> str:
    """What things of a type are called."""
    return KINDS.get(type_, type_.replace("-", " "))


def short(iri: NamedNode | str) -> str:
    """An IRI with a prefix where one is known, for reading."""
    value = iri.value if isinstance(iri, NamedNode) else iri
    fits = [(space, prefix) for prefix, space in PREFIXES.items() if value.startswith(space) and len(value) > len(space)]
    if not fits:
        return value
    space, prefix = max(fits, key=lambda one: len(one[0]))
    return f"{prefix}:{value.removeprefix(space)}"


def address(path: str, parameters: Mapping[str, str]) -> str:
    """A path with its parameters, the empty ones left out."""
    told = {name: value for name, value in parameters.items() if value}
    return path + ("?" + urlencode(told) if told else "")
