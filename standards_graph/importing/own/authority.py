"""What a file of others cannot say: it may describe things, and may not rule on the registry's own words and decisions."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.formats.sssom import ours
from standards_graph.importing.own.remarks import Remarks
from standards_graph.model.findings import Severity
from standards_graph.vocab import BASE, OWL, RDF, RDFS, SGO, SH, SKOS, SSSOM, XSD

LANGUAGES = tuple(one.iri for one in (RDF, RDFS, OWL, SKOS, SH, XSD, SSSOM))
"""Vocabularies in which everything is said; what their terms mean is not for others to say."""

RESERVED = tuple(BASE + part for part in ("ontology", "shape/", "graph/", "map/", "questions/", ".well-known/"))
"""Where the registry's own terms, rules, data sets, mapping records and queries are named."""

EQUALITIES = frozenset((*ours.RELATIONS, OWL.sameAs, OWL.equivalentProperty)) - {RDFS.subClassOf}
"""How other vocabularies say that two things correspond."""

_MAPPING_REMEDY = "Bring it as a mapping set (SSSOM): its records come in as candidates, which a curator may accept."


def allowed(quad: Quad, remarks: Remarks) -> Quad | None:
    """The statement as it may come in; None where it is left out, which is told."""
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    if subject.startswith(RESERVED) or subject.startswith(_code_lists()) or quad.predicate == SGO.withdrawnAtSource:
        remarks(
            "own-reserved",
            "Left out: only the registry itself says this of its own terms, code lists, mapping records and data sets.",
            Severity.VIOLATION,
            thing=subject,
            column=quad.predicate.value,
            value=str(quad.object),
            remedy="Remove the statement from the file, or import with --leave-out.",
        )
        return None
    if subject.startswith(LANGUAGES):
        message = "Left out: what terms of the languages of RDF mean is not for this file to say."
        remarks("own-language-term", message, Severity.INFO, thing=subject, column=quad.predicate.value, value=str(quad.object))
        return None
    if quad.predicate in ours.WORDS or (quad.predicate in EQUALITIES and _about_ours(quad)):
        remarks(
            "own-mapping",
            "Left out: a correspondence is not taken as settled because a file states it.",
            thing=subject,
            column=quad.predicate.value,
            value=str(quad.object),
            remedy=_MAPPING_REMEDY,
        )
        return None
    if quad.predicate == SGO.hasMappingStatus and quad.object != ours.CANDIDATE:
        remarks(
            "own-mapping-status",
            "Mapping records of others come in as candidates.",
            Severity.INFO,
            thing=subject,
            column=quad.predicate.value,
            value=str(quad.object),
        )
        return Quad(quad.subject, quad.predicate, ours.CANDIDATE, quad.graph_name)
    return quad


def _about_ours(quad: Quad) -> bool:
    return any(isinstance(one, NamedNode) and one.value.startswith(BASE) for one in (quad.subject, quad.object))


@cache
def _code_lists() -> tuple[str, ...]:
    """The beginnings of the addresses of concepts in the registry's own code lists, and the addresses of these."""
    return tuple(f"{vocab.concept(path.stem).value}/" for path in sorted((resources.ontology() / "schemes").glob("*.ttl")))
