"""The checks that a reasoner answers: the ontology can be true, what must be impossible is, and no class moved by surprise.

Beside the ontology lie what it needs: ``hierarchy.txt`` with the expected classes above each class, and ``examples``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad

from standards_graph import vocab
from standards_graph.errors import Misconfigured, TooLarge
from standards_graph.formats import rdf
from standards_graph.model.checks import Checked
from standards_graph.model.reasoning import Reasoned
from standards_graph.validation import consistency
from standards_graph.vocab import SGO

FOR_THE_ENGINE = "entails-and-excludes"
"""The one example that a reasoner must let pass: it is for the engine of mappings to find."""

QUESTIONS = {
    "s9-consistent": "Which class can nothing be in, if the ontology can be true at all (OWL 2 DL, HermiT)?",
    "s10-impossible-is-found": "Which example of the impossible does the reasoner not find to be so?",
    "s11-hierarchy": "Which class is above or below another one other than expected?",
}

Reason = Callable[[Iterable[Quad]], Reasoned]


def of_ontology(folder: Path, *, reason: Reason = consistency.reasoned) -> Iterator[Checked]:
    """The three checks; where the reasoner is missing or takes too long they are not run, and say so."""
    try:
        yield from _judged(folder, reason)
    except (Misconfigured, TooLarge) as error:
        yield from not_run(str(error))


def not_run(hindrance: str) -> Iterator[Checked]:
    """The three checks, and why none was run."""
    for name, question in QUESTIONS.items():
        yield Checked(name, question, hindrance=hindrance)


def terms(folder: Path) -> list[Quad]:
    """The root and the modules."""
    return _read(folder / "standards-graph.ttl", *sorted((folder / "modules").glob("*.ttl")))


def examples(folder: Path) -> list[Quad]:
    """What the examples say that are possible."""
    return _read(*sorted((folder / "examples").glob("*.ttl")))


def differences(found: Reasoned, expected: Iterable[str]) -> tuple[str, ...]:
    """The pairs of classes, narrow < wide, that were found and not expected, or expected and not found."""
    ours = {" < ".join(one.removeprefix(SGO.iri) for one in pair) for pair in found.hierarchy if pair[0].startswith(SGO.iri)}
    wanted = set(expected)
    return tuple(sorted([*(f"found: {one}" for one in ours - wanted), *(f"missing: {one}" for one in wanted - ours)]))


def _judged(folder: Path, reason: Reason) -> tuple[Checked, ...]:
    ontology = terms(folder)
    alone = reason(ontology)
    worked = reason([*ontology, *examples(folder)])
    wrong = [*alone.unsatisfiable, *(f"contradictory: {name}" for name, one in _named(alone, worked) if not one.consistent)]
    missed = []
    for path in sorted((folder / "examples" / "impossible").glob("*.ttl")):
        if reason([*ontology, *_read(path)]).consistent is not (path.stem == FOR_THE_ENGINE):
            missed.append(path.stem)
    moved = differences(alone, (folder / "hierarchy.txt").read_text("utf-8").splitlines())
    found = (tuple(wrong), tuple(missed), moved)
    return tuple(Checked(name, asks, one) for (name, asks), one in zip(QUESTIONS.items(), found, strict=True))


def _named(alone: Reasoned, worked: Reasoned) -> tuple[tuple[str, Reasoned], ...]:
    return ("the ontology", alone), ("the ontology with the examples", worked)


def _read(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in rdf.parse(path, graph=vocab.graph("example"))]
