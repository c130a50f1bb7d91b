"""Editions, the standards they are editions of, and what several rows of one file say in common."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.importing.facts import Facts
from standards_graph.importing.standards import references
from standards_graph.model import dates, identifiers
from standards_graph.vocab import SGO


def describe(facts: Facts, reference: str, *types: NamedNode) -> NamedNode:
    """What a reference itself tells: the edition, its name and identifier, and the undated standard."""
    iri = facts.entity(named(reference), SGO.StandardEdition, *types, label=reference)
    facts.say(iri, SGO.officialIdentifier, Literal(reference))
    undated = references.spelled(identifiers.undated(reference))
    standard = facts.entity(vocab.entity("standard", identifiers.slug(undated)), SGO.Standard, label=undated)
    facts.say(standard, SGO.officialIdentifier, Literal(undated))
    facts.say(iri, SGO.isEditionOf, standard)
    return iri


def mention(facts: Facts, reference: str) -> NamedNode:
    """An edition that a row about something else names, with the class that its reference tells."""
    if references.is_change(reference):
        return describe(facts, reference, SGO.Amendment)
    return describe(facts, reference, *([SGO.ConsolidatedEdition] if references.is_consolidated(reference) else []))


def named(reference: str) -> NamedNode:
    """The edition of a reference."""
    return vocab.entity("edition", identifiers.edition(reference))


def parts(facts: Facts, iri: NamedNode, reference: str) -> None:
    """What an edition is made of, as its reference tells: the edition that it amends, or all that was worked into it."""
    if base := references.amended(reference):
        facts.say(iri, SGO.amends, mention(facts, base))
    elif references.is_consolidated(reference):
        worked_in = identifiers.consolidated_from(reference)
        facts.say(iri, SGO.consolidates, *(mention(facts, references.spelled(one)) for one in worked_in))


def published(facts: Facts, iri: NamedNode, text: str) -> None:
    """The date of publication as printed, and the earliest day that it allows; raises ValueError for what is no date."""
    facts.say(iri, SGO.printedPublishedOn, dates.printed(text))
    facts.say(iri, SGO.publishedOn, dates.day(dates.earliest(text)))


def withdrawn(facts: Facts, iri: NamedNode, text: str) -> None:
    """The day of withdrawal, on which the edition is in force no longer; raises ValueError for what is no date."""
    facts.say(iri, SGO.printedValidUntil, dates.printed(text))
    facts.say(iri, SGO.validUntil, dates.day(dates.earliest(text) if len(text) == 10 else dates.after_latest(text)))


class Shared:
    """What the rows of one file said so far about things other than their own: it is not said again."""

    def __init__(self) -> None:
        self._told: set[int] = set()

    def fresh(self, facts: Facts, *own: NamedNode) -> Iterator[Quad]:
        """What the row says that no other row has said; of its ``own`` things nothing is remembered."""
        for quad in facts.quads():
            mark = hash(quad)
            if mark in self._told:
                continue
            if quad.subject not in own and quad.subject != facts.record:
                self._told.add(mark)
            yield quad
