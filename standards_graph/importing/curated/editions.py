"""Editions and the standards they are editions of, wherever a table names one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing.curated import names
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.importing.facts import Facts
from standards_graph.model import identifiers
from standards_graph.vocab import SGO


class Editions:
    """Every reference of the tables under one name, however it is spelled."""

    def __init__(self, tables: Tables) -> None:
        minted = identifiers.Minted()
        for row in tables["standards"]:
            names.first(minted, row, "reference", self.of(row))
        self.rows: Mapping[str, Row] = {_slug(row): row for row in tables["standards"]}
        self._references: dict[str, str] = {}
        self._standards: dict[str, str] = {}
        for text in _spellings(tables):
            self._references.setdefault(identifiers.edition(text), text)
            self._standards.setdefault(identifiers.standard(text), identifiers.undated(text))

    def of(self, row: Row) -> NamedNode:
        """The edition of a row of standards.csv."""
        return vocab.entity("edition", _slug(row))

    def named(self, reference: str) -> NamedNode:
        """The edition of a reference."""
        return vocab.entity("edition", identifiers.edition(reference))

    def known(self, reference: str) -> bool:
        """Whether standards.csv has a row for the reference."""
        return identifiers.edition(reference) in self.rows

    def mention(self, facts: Facts, reference: str, *types: NamedNode) -> NamedNode:
        """The edition of a reference; where standards.csv has no row for it, what the reference itself tells is said."""
        return self.named(reference) if self.known(reference) else self.describe(facts, reference, *types)

    def describe(self, facts: Facts, reference: str, *types: NamedNode) -> NamedNode:
        """What the reference itself tells: name, identifier and the undated standard."""
        text = self._references.get(identifiers.edition(reference), reference)
        iri = facts.entity(self.named(reference), SGO.StandardEdition, *types, label=text)
        facts.say(iri, SGO.officialIdentifier, Literal(text))
        undated = self._standards.get(identifiers.standard(reference), identifiers.undated(reference))
        standard = facts.entity(vocab.entity("standard", identifiers.standard(reference)), SGO.Standard, label=undated)
        facts.say(standard, SGO.officialIdentifier, Literal(undated))
        facts.say(iri, SGO.isEditionOf, standard)
        return iri


def _slug(row: Row) -> str:
    return row.use("reference", identifiers.edition)


def _spellings(tables: Tables) -> Iterator[str]:
    """All references, those that should give the spelling first."""
    for row in tables["standards"]:
        yield row["reference"]
    for row in tables["adoptions"]:
        yield identifiers.reference(row["national_reference"])
    for row in tables["adoptions"]:
        yield identifiers.reference(row["base_reference"])
    for row in tables["recognitions"]:
        yield identifiers.reference(row["standard_reference"])
