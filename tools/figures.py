"""The figures of ontology and content: terms, axioms, labels, statements, things, and every question with its rows and time.

Run it with ``make figures``; it loads the packaged content into memory and prints lines of plain text.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from pyoxigraph import NamedNode, Quad

from standards_graph import queries, resources, vocab
from standards_graph.harmonisation import following, rules
from standards_graph.importing import packaged
from standards_graph.model.answers import CSV
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import OWL, RDF, RDFS, SGO, SKOS

FACTS = ("curated/", "unverified/", "mapping/", "source/")
AXIOMS = (
    *("subClassOf", "subPropertyOf", "domain", "range", "inverseOf", "equivalentClass"),
    *("propertyChainAxiom", "hasKey", "disjointWith"),
)
KINDS = ("AllDisjointClasses", "FunctionalProperty", "SymmetricProperty", "TransitiveProperty")
RUNS = 3


T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the seconds that it took."""
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def terms(ontology: Iterable[Quad]) -> Iterator[str]:
    """How many terms of each kind, and how many logical axioms: one for each triple or node of these forms."""
    own = [q for q in ontology if q.predicate == RDF.type and str(q.subject).startswith(f"<{SGO.iri}")]
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        yield f"{kind.value.rpartition('#')[2]}: {len({q.subject for q in own if q.object == kind})}"
    local = Counter(str(q.predicate).rpartition("#")[2].rstrip(">") for q in ontology)
    typed = Counter(str(q.object).rpartition("#")[2].rstrip(">") for q in ontology if q.predicate == RDF.type)
    yield f"logical axioms: {sum(local[one] for one in AXIOMS) + sum(typed[one] for one in KINDS)}"


def labels(content: dict[NamedNode, set[Quad]]) -> Iterator[str]:
    """How many labels in each further language."""
    for graph, quads in sorted(content.items(), key=lambda one: one[0].value):
        if graph.value.startswith(vocab.graph("labels/").value):
            found = sum(quad.predicate in (RDFS.label, SKOS.prefLabel) for quad in quads)
            yield f"labels {graph.value.rpartition('/')[2]}: {found}"


def statements(facts: list[Quad]) -> Iterator[str]:
    """How many statements are of things that name their source in the same graph, and how many things of each class."""
    sourced = {(q.subject, q.graph_name) for q in facts if q.predicate == SGO.hasSourceRecord}
    said = [q for q in facts if isinstance(q.subject, NamedNode) and not vocab.is_source_record(q.subject)]
    held = sum((q.subject, q.graph_name) in sourced for q in said)
    yield f"statements about things: {len(said)}, of things with a source: {held} ({held / len(said):.1%})"
    typed = {(q.subject, q.object) for q in facts if q.predicate == RDF.type}
    classes = Counter(str(kind).rpartition("#")[2].rstrip(">") for _, kind in typed)
    yield "things: " + ", ".join(f"{name} {number}" for name, number in classes.most_common())


def questions(store: MemoryStore) -> Iterator[str]:
    """Each question with its usual parameters: rows, and milliseconds, the best of three runs."""
    for name in queries.questions():
        query = queries.question(name)
        runs = [asked(store, query.text) for _ in range(RUNS)]
        rows, best = len(runs[0][0].decode().splitlines()) - 1, min(seconds for _, seconds in runs)
        lacking = " missing source" if query.header.get("missing") else ""
        yield f"{query.header.get('id', '-')} {name}: {rows} rows, {best * 1000:.1f} ms{lacking}"


def asked(store: MemoryStore, text: str) -> tuple[bytes, float]:
    """The answer in CSV, and the seconds that it took."""
    return timed(lambda: store.answer(text, media_type=CSV).body)


def main() -> None:
    """Print all of it."""
    content, reading = timed(lambda: packaged.content(lambda *_: None))
    quads = [quad for graph in content.values() for quad in graph]
    ruled, by_rules = timed(lambda: rules.derived(quads))
    followed, by_all = timed(lambda: following.follows(quads, datetime.now(UTC).date()))
    print(f"packaged content of {resources.data().name}: {len(quads)} quads in {len(content)} graphs, read in {reading:.2f} s")
    print(f"by the rules: {len(ruled)} in {by_rules:.2f} s; all that follows: {len(followed)} in {by_all:.2f} s")
    facts = [q for g, part in content.items() if g.value.startswith(tuple(vocab.graph(k).value for k in FACTS)) for q in part]
    for line in (*terms(content[vocab.graph("ontology")]), *labels(content), *statements(facts)):
        print(line)
    for line in questions(MemoryStore((*quads, *followed))):
        print(line)


if __name__ == "__main__":
    main()
