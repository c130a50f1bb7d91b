"""What a vocabulary is, the prefixes, and the names of entities, concepts, graphs and mapping records."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

BASE = "https://w3id.org/standards-graph/"
"""Stored data always uses this base; the address that serves it is a setting."""

PREFIXES: dict[str, str] = {}
"""Prefix to namespace, for serialisers, the query editor and the command line."""


class Vocabulary:
    """A closed set of terms: each annotated name becomes a NamedNode of the namespace.

    A trailing underscore in Python (``in_``, ``type_``) is dropped from the term.
    """

    iri: str

    def __init_subclass__(cls, *, prefix: str, iri: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.iri = iri
        PREFIXES[prefix] = iri
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(iri + name.rstrip("_")))

    @classmethod
    def terms(cls) -> dict[str, NamedNode]:
        """The declared terms by name."""
        return {name: getattr(cls, name) for name in cls.__annotations__}


PREFIXES["sgr"] = BASE + "id/"
PREFIXES["sgs"] = BASE + "scheme/"
PREFIXES["sgm"] = BASE + "map/"
PREFIXES["sgg"] = BASE + "graph/"


def entity(kind: str, slug: str) -> NamedNode:
    """The IRI of an entity, such as ``entity("org", "mhra")``."""
    return NamedNode(f"{BASE}id/{kind}/{slug}")


def is_source_record(thing: NamedNode) -> bool:
    """Whether an IRI is that of a source record, by its form."""
    return thing.value.startswith(f"{BASE}id/source/")


def concept(scheme: str, code: str = "") -> NamedNode:
    """The IRI of a concept, or of its scheme."""
    return NamedNode(f"{BASE}scheme/{scheme}" + (f"/{code}" if code else ""))


def graph(name: str) -> NamedNode:
    """The name of a named graph, such as ``graph("curated/standards")``."""
    return NamedNode(f"{BASE}graph/{name}")


def mapping(name: str) -> NamedNode:
    """The IRI of a mapping record or set."""
    return NamedNode(f"{BASE}map/{name}")


APART = ("conflicts", "quality", "unverified")
"""Graphs whose names start so are reached by GRAPH or FROM alone, never through the default graph."""


def in_default_graph(name: NamedNode) -> bool:
    """Whether a named graph is part of the default graph that queries see."""
    local = name.value.removeprefix(BASE + "graph/")
    return not any(local == part or local.startswith(part + "/") for part in APART)
