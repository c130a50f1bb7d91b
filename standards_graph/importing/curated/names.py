"""IRIs of the things that the tables are about; the exceptions are listed here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing.curated.tables import COLUMNS, Row, Tables
from standards_graph.importing.curated.words import LANGUAGES, SCHEMES, TOPICS
from standards_graph.model import identifiers

ONE_ORGANISATION: Mapping[str, str] = {"us-nist": "nist"}
"""Keys of regulators.csv for organisations that standards_bodies.csv has under another key."""

# Places that rows name and that have no row of their own.
AREAS: Mapping[str, str] = {"EEA": "European Economic Area"}


def jurisdiction(code: str) -> NamedNode:
    """A jurisdiction from its code: the tables' GB is the United Kingdom."""
    return vocab.entity("jurisdiction", identifiers.slug(code))


def organisation(key: str) -> NamedNode:
    """An authority or standards body from its key."""
    return vocab.entity("org", ONE_ORGANISATION.get(key, key))


def network(key: str) -> NamedNode:
    """A network from its key."""
    return vocab.entity("network", key)


def committee(key: str) -> NamedNode:
    """A committee from its key."""
    return vocab.entity("committee", key)


def law(row: Row) -> NamedNode:
    """A legal text from its citation."""
    return vocab.entity("law", row.use("citation", lambda text: identifiers.law(text, row["jurisdiction"])))


def guidance(key: str) -> NamedNode:
    """A guidance document from its key, which is made of issuer and number."""
    return vocab.entity("guidance", key)


def topic(row: Row, column: str, key: str) -> NamedNode:
    """A topic of the code list; its codes are the words of the tables."""
    if key not in TOPICS:
        raise row.wrong(column, f"this topic is not known here; known are: {', '.join(TOPICS)}")
    return vocab.concept("topic", key)


def crosswalk(row: Row) -> NamedNode:
    """A crosswalk record from the key of its row."""
    return vocab.entity("crosswalk", row.use(COLUMNS[row.table][0], identifiers.slug))


def scheme(key: str) -> NamedNode:
    """A classification scheme from its key."""
    return vocab.concept(SCHEMES.get(key, key))


def risk_class(row: Row) -> NamedNode:
    """A risk class from its scheme and its code."""
    return vocab.concept(SCHEMES.get(row["scheme_id"], row["scheme_id"]), row.use("class_code", identifiers.slug))


def first(minted: identifiers.Minted, row: Row, column: str, iri: NamedNode) -> NamedNode:
    """The IRI of a row's thing, unless another row has it: two identifiers on one name are an error of the later row."""
    try:
        minted.take(iri.value, row.key)
    except ValueError as error:
        raise row.wrong(column, str(error)) from error
    return iri


def native(row: Row, column: str, place: str) -> Literal | None:
    """A name in a language of its place, marked with the language where the place settles it."""
    if not row[column]:
        return None
    language = LANGUAGES.get(place)
    return Literal(row[column], language=language) if language else Literal(row[column])


def place(tables: Tables, row: Row, column: str = "jurisdiction") -> NamedNode | None:
    """The jurisdiction that a row names, or None."""
    return jurisdiction(row[column]) if tables.find(row, column, "jurisdictions") else None


def actor(tables: Tables, row: Row, column: str, table: str) -> NamedNode | None:
    """The organisation that a row names, or None."""
    found = tables.find(row, column, table)
    return organisation(found.key) if found else None
