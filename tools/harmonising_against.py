"""The same answers by other ways: property paths in the store, rdflib's closure, and the inference of SeMRA.

All get one map: things of up to six publishers each, linked by *equivalent* and *entails* (SKOS: exact and broad match), no
longer way than four steps, no dates, no scopes, nothing denied. Ours keeps for each result its derivations; property paths and
rdflib give pairs alone; SeMRA gives mappings with the paths as evidence. Pairs run one after the other, several times in turn.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from pyoxigraph import NamedNode

from standards_graph.harmonisation.claims import Claim
from standards_graph.harmonisation.closure import closure
from standards_graph.harmonisation.relations import Relation

THINGS = "https://example.org/"
EQ, PP = Relation.EQ, Relation.PP
SKOS = {EQ: "http://www.w3.org/2004/02/skos/core#exactMatch", PP: "http://www.w3.org/2004/02/skos/core#broadMatch"}
PUBLISHERS = ("hp", "doid", "mondo", "efo", "go")
"""Prefixes that SeMRA knows: it wants registered ones, and goes through none of them twice."""
TURNS = 3
ASKED = 200
"""Things whose counterparts are asked for one by one."""
PATHS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ONE ?relation ?other WHERE {
  { ONE (skos:exactMatch|^skos:exactMatch)+ ?other BIND (skos:exactMatch AS ?relation) } UNION
  { ONE (skos:exactMatch|^skos:exactMatch|skos:broadMatch)*/skos:broadMatch/
        (skos:exactMatch|^skos:exactMatch|skos:broadMatch)* ?other
     BIND (skos:broadMatch AS ?relation) }
  FILTER (ONE != ?other)
}
"""
"""What is stated and what follows; ONE stands for a variable, or for the thing that is asked about."""
LOOKUP = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?relation ?other WHERE { ONE ?relation ?other VALUES ?relation { skos:exactMatch skos:broadMatch } }
"""
"""The same for one thing, of what was worked out before."""
SEMRA = """
import json, sys, time
from semra import EXACT_MATCH, BROAD_MATCH, Mapping, Reference
from semra.inference import infer_chains, infer_reversible
said = {"equivalentTo": EXACT_MATCH, "entails": BROAD_MATCH}
names = {value: key for key, value in said.items()}
place = lambda text: Reference(prefix=text.split(":")[0], identifier=text.split(":")[1])
mappings = [
    Mapping(subject=place(a), predicate=said[r], object=place(b)) for a, r, b in json.load(sys.stdin)
]
start = time.perf_counter()
found = infer_chains(infer_reversible(mappings, progress=False), progress=False, cutoff=4)
took = time.perf_counter() - start
told = [(one.subject.curie, names[one.predicate], one.object.curie) for one in found if one.predicate in names]
print(json.dumps({"seconds": took, "found": told}))
"""
Triple = tuple[str, str, str]


def chained(records: int, seed: int = 20) -> list[Claim]:
    """A map of adoptions and of classes that lie in one another, each thing of a part from another publisher."""
    chance, found, part = random.Random(seed), list[Claim](), 0
    while len(found) < records:
        part += 1
        names = [f"{one}:{part:07}" for one in PUBLISHERS[: chance.randint(2, len(PUBLISHERS))]]
        for number, name in enumerate(names[1:], 1):
            before = names[chance.randrange(number)] if chance.random() < 0.5 else names[number - 1]
            relation = chance.choice((EQ, EQ, PP))
            found.append(Claim(f"{len(found):09}", name, relation, before, kinds=("class", "class")))
    return found[:records]


def compared(sizes: Sequence[int], semra: Path | None) -> Iterator[dict[str, Any]]:
    """A line for each size: seconds of each way (median), how many times ours they take, and what they give."""
    for records in sizes:
        claims = chained(records)
        ways: dict[str, Callable[[], tuple[set[Triple], float]]] = {
            "ours": lambda claims=claims: ours(claims),
            "property paths": lambda claims=claims: paths(claims),
            "rdflib": lambda claims=claims: closed_by_rdflib(claims),
        }
        if semra:
            ways["semra"] = lambda claims=claims: by_semra(claims, semra)
        took: dict[str, list[float]] = {name: [] for name in ways}
        given: dict[str, set[Triple]] = {}
        for _ in range(TURNS):
            for name, way in ways.items():
                given[name], seconds = way()
                took[name].append(seconds)
        yield _line(records, took, given) | one_by_one(claims, given["ours"])


def _line(records: int, took: dict[str, list[float]], given: dict[str, set[Triple]]) -> dict[str, Any]:
    median = {name: statistics.median(times) for name, times in took.items()}
    return {
        "records": records,
        "seconds": {name: round(one, 3) for name, one in median.items()},
        "times ours": {name: round(one / median["ours"], 2) for name, one in median.items()},
        "pairs": {name: len(found) for name, found in given.items()},
        "only ours": {name: len(given["ours"] - found) for name, found in given.items()},
        "only theirs": {name: len(found - given["ours"]) for name, found in given.items()},
    }


def ours(claims: Iterable[Claim]) -> tuple[set[Triple], float]:
    """What is stated and what follows, in the two directions of each, and the seconds that the closure takes."""
    said = list(claims)
    start = time.perf_counter()
    inferred = closure(said)
    took = time.perf_counter() - start
    return {way for one in (*said, *inferred) for way in _both(one.source, one.relation, one.target)}, took


def _both(source: str, relation: Relation, target: str) -> Iterator[Triple]:
    if relation is EQ:
        yield from ((source, relation, target), (target, relation, source))
    elif relation is PP:
        yield source, relation, target
    elif relation is Relation.PPI:
        yield target, PP, source


def paths(claims: Iterable[Claim]) -> tuple[set[Triple], float]:
    """The same by property paths over what is stated."""
    store = _store((one.source, one.relation, one.target) for one in claims)
    start = time.perf_counter()
    rows = store.query(PATHS.replace("ONE", "?one"))
    assert isinstance(rows, ox.QuerySolutions)
    found = [(row["one"], row["relation"], row["other"]) for row in rows]
    took = time.perf_counter() - start
    return {(_name(one), _relation(relation), _name(other)) for one, relation, other in found}, took


def closed_by_rdflib(claims: Iterable[Claim]) -> tuple[set[Triple], float]:
    """The same by rdflib: the transitive closure from each thing, once by what is the same, once by what lies in what."""
    graph, things = rdflib.Graph(), set[rdflib.URIRef]()
    same, inside = rdflib.URIRef(SKOS[EQ]), rdflib.URIRef(SKOS[PP])
    any_way, up = rdflib.URIRef(THINGS + "any"), rdflib.URIRef(THINGS + "up")
    for one in claims:
        source, target = rdflib.URIRef(THINGS + one.source), rdflib.URIRef(THINGS + one.target)
        things |= {source, target}
        graph.add((source, any_way, target))
        graph.add((source, same if one.relation is EQ else inside, target))
        if one.relation is EQ:
            graph.add((target, same, source))
            graph.add((target, any_way, source))
    graph.remove((None, up, None))
    start = time.perf_counter()
    found: set[tuple[Any, str, Any]] = set()
    for thing in things:
        alike = set(graph.transitive_objects(thing, same))
        above = set(graph.transitive_objects(thing, any_way))
        found |= {(thing, EQ.value, other) for other in alike}
        found |= {(thing, PP.value, other) for other in above - alike}
    took = time.perf_counter() - start
    return {(str(a)[len(THINGS) :], r, str(b)[len(THINGS) :]) for a, r, b in found if a != b}, took


def by_semra(claims: Iterable[Claim], python: Path) -> tuple[set[Triple], float]:
    """The same by SeMRA, which runs by a Python of its own; flipped and chained, without the time of its imports."""
    told = json.dumps([(one.source, one.relation, one.target) for one in claims])
    ended = subprocess.run([python, "-c", SEMRA], input=told, capture_output=True, text=True, check=True)
    answer = json.loads(ended.stdout)
    return {tuple(one) for one in answer["found"]}, answer["seconds"]


def one_by_one(claims: Sequence[Claim], worked_out: set[Triple]) -> dict[str, Any]:
    """The counterparts of one thing: by paths over what is stated, and from what was worked out before; milliseconds."""
    stated = _store((one.source, one.relation, one.target) for one in claims)
    everything = _store(worked_out)
    chance = random.Random(20)
    things = [_iri(one) for one in chance.sample(sorted({one.source for one in claims}), ASKED)]
    took: dict[str, list[float]] = {"paths": [], "worked out": []}
    for thing in things:
        answers = []
        for name, store, query in (
            ("paths", stated, PATHS.replace("DISTINCT ONE", "DISTINCT")),
            ("worked out", everything, LOOKUP),
        ):
            start = time.perf_counter()
            rows = store.query(query.replace("ONE", str(thing)))
            assert isinstance(rows, ox.QuerySolutions)
            answers.append({(row["relation"], row["other"]) for row in rows})
            took[name].append((time.perf_counter() - start) * 1000)
        if answers[0] != answers[1]:
            raise AssertionError(f"two answers for {thing}: {answers}")
    median = {name: statistics.median(times) for name, times in took.items()}
    return {
        "milliseconds for one thing": {name: round(one, 3) for name, one in median.items()},
        "times faster": round(median["paths"] / median["worked out"], 1),
    }


def _store(triples: Iterable[tuple[str, str, str]]) -> ox.Store:  # noqa: TID251 - the bare engine is what is compared with
    store = ox.Store()  # noqa: TID251 - as above
    store.bulk_extend(ox.Quad(_iri(one), NamedNode(SKOS[Relation(relation)]), _iri(other)) for one, relation, other in triples)
    return store


def _iri(name: str) -> NamedNode:
    return NamedNode(THINGS + name)


def _name(term: Any) -> str:
    return str(term.value).removeprefix(THINGS)


def _relation(term: Any) -> str:
    return next(one.value for one, iri in SKOS.items() if iri == term.value)
