"""Reviews in the graph that holds them all, written and read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.model import identifiers
from standards_graph.model.reviews import Review, Verdict
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, XSD

GRAPH = vocab.graph("reviews")
MADE = vocab.graph("mapping/reviewed")
"""The records that a reviewer made out of a proposal of the engine."""
PREDICATES = frozenset((SGO.reviewsMapping, SGO.reviewVerdict, SGO.reviewedBy, SGO.reviewedAt))
"""What the engine reads of a review; the reason decides nothing."""


def name(record: str, verdict: Verdict, by: str, at: str) -> str:
    """The name of a review: made from what it says, when and by whom."""
    return vocab.mapping("review-" + identifiers.mapping(record, verdict.value, by, at)).value


def quads(one: Review, says: str) -> Iterator[Quad]:
    """A review as it is kept; ``says`` is what its record says."""
    said = (
        (RDF.type, SGO.MappingReview),
        (RDFS.label, Literal(f"{one.by}: {one.verdict.value}: {says}", language="en")),
        (SGO.reviewsMapping, NamedNode(one.record)),
        (SGO.reviewVerdict, vocab.concept("review-verdict", one.verdict.value)),
        (SGO.reviewedBy, Literal(one.by)),
        (SGO.reviewedAt, Literal(one.at, datatype=XSD.dateTime)),
        (DCTERMS.description, Literal(one.reason)),
    )
    for predicate, value in said:
        yield Quad(NamedNode(one.name), predicate, value, GRAPH)


def told(said: Iterable[Quad]) -> Iterator[tuple[str, NamedNode, str]]:
    """What quads say, as ``read`` takes it."""
    for quad in said:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            yield quad.subject.value, quad.predicate, quad.object.value


def read(said: Iterable[tuple[str, NamedNode, str]]) -> Mapping[str, tuple[Review, ...]]:
    """All reviews by the record that they judge, the newest first; what is no whole review is none."""
    told: dict[str, dict[NamedNode, str]] = defaultdict(dict)
    for thing, predicate, value in said:
        told[thing][predicate] = value
    found: dict[str, list[Review]] = defaultdict(list)
    for one, values in told.items():
        if values.keys() >= PREDICATES:
            review = Review(
                one,
                values[SGO.reviewsMapping],
                Verdict(values[SGO.reviewVerdict].rpartition("/")[2]),
                values[SGO.reviewedBy],
                values[SGO.reviewedAt],
                values.get(DCTERMS.description, ""),
            )
            found[review.record].append(review)
    return {record: tuple(sorted(listed, key=lambda one: (one.at, one.name), reverse=True)) for record, listed in found.items()}
