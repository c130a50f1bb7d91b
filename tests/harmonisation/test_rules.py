"""The rules that the axioms give, against their files and against an independent reasoner (owlrl)."""

from __future__ import annotations

import owlrl
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from standards_graph import resources, vocab
from standards_graph.formats import rdf
from standards_graph.harmonisation import rules
from standards_graph.model import answers
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import SGO

EXAMPLE = resources.ontology() / "examples" / "worked.ttl"
GRAPH = vocab.graph("curated/example")
DERIVED = (
    SGO.authorisedIn, SGO.participatesIn, SGO.potentiallyAffects, SGO.recognisedIn, SGO.recognisesInSubstance,
)  # fmt: skip


def test_the_files_are_what_the_axioms_give():
    assert rules.written() == rules.generated()


def test_no_rule_concludes_a_claim_of_equivalence():
    concluded = {line.split()[3] for text in rules.generated().values() for line in text.splitlines() if "CONSTRUCT" in line}
    assert concluded == {f"sgo:{one.value.removeprefix(SGO.iri)}" for one in DERIVED}


@pytest.fixture(scope="module")
def by_rule() -> set[Quad]:
    return set(rules.derived(rdf.parse(EXAMPLE, graph=GRAPH)))


def test_the_rules_give_what_owlrl_gives(by_rule):
    graph = rdflib.Graph().parse(EXAMPLE)
    said, words = set(graph), rdflib.Graph()
    for path in (resources.ontology() / "modules").glob("*.ttl"):
        words.parse(path)
    for axiom in words:
        if not isinstance(axiom[2], rdflib.Literal):
            graph.add(axiom)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    wanted = {str(one.value) for one in DERIVED}
    expected = {(str(s), str(p), str(o)) for s, p, o in graph if str(p) in wanted and (s, p, o) not in said}
    assert {(q.subject.value, q.predicate.value, q.object.value) for q in by_rule} == expected


@pytest.mark.parametrize(
    ("one", "said", "other"),
    [
        ("id/org/mhra", SGO.participatesIn, "id/network/healthai-grn"),
        ("id/device-version/gleamer/boneview/1-1-us", SGO.authorisedIn, "id/jurisdiction/us"),
        ("id/recognition/fda-13-79", SGO.recognisesInSubstance, "id/edition/en-62304-2006-plus-a1-2015"),
        ("id/recognition/fda-13-79", SGO.recognisesInSubstance, "id/edition/ansi-aami-iec-62304-2006-a1-2016"),
        ("id/edition/iso-13485-2016", SGO.recognisedIn, "id/jurisdiction/us"),
        ("id/action/fda-z-0820-2020", SGO.potentiallyAffects, "id/device-version/koios-medical/koios-ds-breast/1-x"),
    ],
)
def test_what_the_example_means_is_derived(by_rule, one, said, other):
    assert Quad(NamedNode(vocab.BASE + one), said, NamedNode(vocab.BASE + other), rules.FACTS) in by_rule


def quads(text: str, graph: NamedNode) -> list[Quad]:
    prefixes = f"BASE <{vocab.BASE}> PREFIX sgo: <{SGO.iri}> "
    return [Quad(q.subject, q.predicate, q.object, graph) for q in parse(prefixes + text, format=RdfFormat.TURTLE)]


def test_ancestors_are_asked_for_and_not_worked_out_beforehand():
    line = quads("<a> sgo:hasPredicate <b> . <b> sgo:hasPredicate <c> . <c> sgo:hasPredicate <d> .", GRAPH)
    assert rules.derived(line) == ()
    query = f"PREFIX sgo: <{SGO.iri}> SELECT ?one ?other WHERE {{ ?one sgo:hasPredicate+ ?other }}"
    rows = MemoryStore(line).answer(query, media_type=answers.CSV).body.decode().split()[1:]
    pairs = {tuple(name[-1] for name in row.split(",")) for row in rows}
    assert pairs == {(a, b) for a in "abc" for b in "bcd" if a < b}


def test_what_is_not_confirmed_is_no_premise():
    membership = "<m> sgo:membershipMember <id/org/one> ; sgo:membershipNetwork <id/network/all> ."
    assert rules.derived(quads(membership, vocab.graph("unverified/memberships"))) == ()
    assert len(rules.derived(quads(membership, vocab.graph("curated/memberships")))) == 1


def test_a_claim_of_equivalence_is_no_premise():
    facts = "<r> sgo:recognises <e> . <e> sgo:equivalentTo <f> ."
    assert [q.object.value for q in rules.derived(quads(facts, GRAPH))] == [f"{vocab.BASE}e"]


def test_what_a_fact_says_already_is_not_derived_again():
    facts = "<a> sgo:concerns <b> ; sgo:potentiallyAffects <b> ."
    assert rules.derived(quads(facts, GRAPH)) == ()
