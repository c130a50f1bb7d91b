"""The graphs that the engine writes: what follows, what contradicts, and one plain triple for what holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.harmonisation import naming, rules
from standards_graph.harmonisation.claims import OPEN_END, Period
from standards_graph.harmonisation.closure import Derivation, Inferred
from standards_graph.harmonisation.conflicts import Conflict
from standards_graph.harmonisation.engine import Outcome
from standards_graph.harmonisation.explanation import Sentences
from standards_graph.harmonisation.plain import plain
from standards_graph.harmonisation.reading import ACCEPTED, Known, Restated
from standards_graph.harmonisation.relations import SKOS_MATCH, Relation
from standards_graph.harmonisation.stale import stale_ends
from standards_graph.harmonisation.succession import Candidate
from standards_graph.vocab import DCTERMS, OWL, PROV, RDF, RDFS, SEMAPV, SGO, SSSOM, XSD

MAPPINGS = vocab.graph("inferred/mappings")
DIRECT = vocab.graph("direct")
CONFLICTS = vocab.graph("conflicts")
NOTICES = vocab.graph("quality")
INFERRED_BY = "inferred"
"""The voice of what nobody claims and everybody can follow."""

Term = NamedNode | Literal


def quads(found: Outcome, day: dt.date) -> Iterator[Quad]:
    """Everything that the engine writes, for what holds on a day."""
    yield from mappings(found)
    yield from reviewed(found.known)
    yield from recognitions(found)
    yield from conflicts(found)
    yield from notices(found, day)
    yield from direct(found, day)


def mappings(found: Outcome) -> Iterator[Quad]:
    """Inferred records with their derivations, facts restated as records, and proposals."""
    known, told = found.known, Sentences(found.known)
    yield from _said(MAPPINGS, naming.RUN, (RDF.type, PROV.Activity), (RDFS.label, _english("Inference, rule set 1")))
    for restated in known.restated:
        yield from _restated(restated, told)
    for one in found.settled.inferred:
        if one.supports:
            for record in one.supports:
                yield from _said(MAPPINGS, record, (SGO.explanation, _english(told.of_support(one))))
                yield from _derivations(record, one.derivations)
        else:
            yield from _inferred(one, told)
    for candidate in found.candidates:
        yield from _candidate(candidate, told)


def reviewed(known: Known) -> Iterator[Quad]:
    """The status of every record of which somebody gave a verdict."""
    for record, status in known.reviewed.items():
        yield from _said(MAPPINGS, record, (SGO.reviewedStatus, vocab.concept("mapping-status", status)))


def _inferred(one: Inferred, told: Sentences) -> Iterator[Quad]:
    name = naming.name_of(one)
    is_turned = len(one.best.steps) == 1
    yield from _record(name, one.source, one.relation, one.target, one.confidence, told, one.scope)
    yield from _period(MAPPINGS, name, one.period)
    yield from _said(
        MAPPINGS,
        name,
        (SSSOM.mapping_justification, SEMAPV.MappingInversion if is_turned else SEMAPV.MappingChaining),
        (SGO.mappingAuthority, Literal(INFERRED_BY)),
        (SGO.hasMappingStatus, NamedNode(ACCEPTED)),
        (SGO.explanation, _english(told.of_inferred(one))),
        (SGO.weakestPremise, NamedNode(one.best.weakest.record)),
        (PROV.wasGeneratedBy, NamedNode(naming.RUN)),
        *((PROV.wasDerivedFrom, NamedNode(premise)) for premise in sorted(one.premises)),
    )
    if one.strictness_unknown:
        yield from _said(MAPPINGS, name, (SGO.strictnessUnknown, Literal("true", datatype=XSD.boolean)))
    yield from _derivations(name, one.derivations)


def _derivations(record: str, derivations: Iterable[Derivation]) -> Iterator[Quad]:
    """The steps, in their order; those of the best derivation have the number 1."""
    for number, path in enumerate(derivations, 1):
        for position, premise in enumerate(path.premises, 1):
            step = f"{record}/derivation-{number}/step-{position}"
            yield from _said(MAPPINGS, record, (SGO.hasDerivationStep, NamedNode(step)))
            yield from _said(
                MAPPINGS,
                step,
                (RDF.type, SGO.DerivationStep),
                (SGO.derivationNumber, _integer(number)),
                (SGO.stepPosition, _integer(position)),
                (SGO.usesMapping, NamedNode(premise)),
            )


def _restated(one: Restated, told: Sentences) -> Iterator[Quad]:
    claim = one.claim
    yield from _record(claim.record, claim.source, claim.relation, claim.target, claim.confidence, told, claim.scope)
    yield from _period(MAPPINGS, claim.record, claim.period)
    yield from _said(
        MAPPINGS,
        claim.record,
        (SSSOM.mapping_justification, SEMAPV.ManualMappingCuration),
        (SGO.mappingAuthority, Literal(one.voice)),
        (SGO.hasMappingStatus, NamedNode(ACCEPTED)),
        (PROV.wasDerivedFrom, NamedNode(one.origin)),
        *((SGO.hasSourceRecord, NamedNode(source)) for source in one.sources),
    )


def _candidate(one: Candidate, told: Sentences) -> Iterator[Quad]:
    name = naming.of_candidate(one)
    yield from _record(name, one.source, one.relation, one.target, one.confidence, told, one.scope)
    yield from _said(
        MAPPINGS,
        name,
        (SSSOM.mapping_justification, SEMAPV.UnspecifiedMatching),
        (SGO.mappingAuthority, Literal(INFERRED_BY)),
        (SGO.hasMappingStatus, vocab.concept("mapping-status", "candidate")),
        (SGO.explanation, _english(told.of_candidate(one))),
        (PROV.wasDerivedFrom, NamedNode(one.premise)),
        (PROV.wasGeneratedBy, NamedNode(naming.RUN)),
    )


def _record(
    name: str, source: str, relation: Relation, target: str, confidence: Decimal, told: Sentences, scope: str
) -> Iterator[Quad]:
    yield from _said(
        MAPPINGS,
        name,
        (RDF.type, OWL.Axiom),
        (RDF.type, SGO.MappingRecord),
        (RDFS.label, _english(told.name(source, relation, target))),
        (OWL.annotatedSource, NamedNode(source)),
        (OWL.annotatedProperty, relation.property),
        (OWL.annotatedTarget, NamedNode(target)),
        (SSSOM.confidence, _double(confidence)),
        *(((SGO.mappingScopeText, _english(scope)),) if scope else ()),
    )


def recognitions(found: Outcome) -> Iterator[Quad]:
    """Recognition in effect, with its period and what it rests on."""
    told = Sentences(found.known)
    for one in found.effective:
        name = naming.of_effective(one.edition, one.recognition, one.mapping)
        edition, place = found.known.label(one.edition), found.known.label(one.jurisdiction)
        yield from _said(
            rules.FACTS,
            name,
            (RDF.type, SGO.EffectiveRecognition),
            (RDFS.label, _english(f"{edition}: recognised in effect in {place}")),
            (SGO.effectiveEdition, NamedNode(one.edition)),
            (SGO.effectiveJurisdiction, NamedNode(one.jurisdiction)),
            (SGO.restsOnRecognition, NamedNode(one.recognition)),
            (SGO.restsOnMapping, NamedNode(one.mapping)),
            (SSSOM.confidence, _double(one.confidence)),
            (SGO.explanation, _english(told.of_effective(one))),
        )
        yield from _period(rules.FACTS, name, one.period)


def conflicts(found: Outcome) -> Iterator[Quad]:
    """Conflicts with their kind, their members and a sentence."""
    told = Sentences(found.known)
    for one in found.settled.conflicts:
        yield from _conflict(one, told, CONFLICTS)


def notices(found: Outcome, day: dt.date) -> Iterator[Quad]:
    """What a curator should look at, and what contradicts nothing: apart from the conflicts, because nothing is withdrawn."""
    told = Sentences(found.known)
    for one, became in stale_ends(found.known, found.known.claims, day):
        yield from _conflict(one, told, NOTICES, f" {became}.")


def _conflict(one: Conflict, told: Sentences, graph: NamedNode, more: str = "") -> Iterator[Quad]:
    name = naming.of_conflict(one)
    yield from _said(
        graph,
        name,
        (RDF.type, SGO.MappingConflict),
        (RDFS.label, _english(told.title(one))),
        (SGO.conflictKind, vocab.concept("conflict-kind", one.kind)),
        (DCTERMS.description, _english(told.of_conflict(one) + more)),
        *((SGO.conflictMember, NamedNode(member)) for member in one.members),
    )


def direct(found: Outcome, day: dt.date) -> Iterator[Quad]:
    """One plain triple for each accepted record that holds on the day, and that neither is denied nor contested."""
    for source, relation, target, unknown in sorted(plain(found.known.claims, found.settled, day)):
        yield Quad(NamedNode(source), relation.property, NamedNode(target), DIRECT)
        if relation in SKOS_MATCH and not unknown and _are_concepts(found.known, source, target):
            yield Quad(NamedNode(source), SKOS_MATCH[relation], NamedNode(target), DIRECT)


def _are_concepts(known: Known, *things: str) -> bool:
    return all(known.is_concept(one) for one in things)


def _said(graph: NamedNode, thing: str, *pairs: tuple[NamedNode, Term]) -> Iterator[Quad]:
    for predicate, value in pairs:
        yield Quad(NamedNode(thing), predicate, value, graph)


def _period(graph: NamedNode, thing: str, period: Period) -> Iterator[Quad]:
    if period.start:
        yield from _said(graph, thing, (SGO.validFrom, _day(period.start)))
    if period.until != OPEN_END:
        yield from _said(graph, thing, (SGO.validUntil, _day(period.until)))


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def _double(number: Decimal) -> Literal:
    """In the form that the store keeps, so that what stays as it is does not look changed: 1, not 1.0."""
    return Literal(f"{number.normalize():f}", datatype=XSD.double)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
