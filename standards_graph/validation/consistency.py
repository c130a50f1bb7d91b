"""Whether the ontology, alone or with facts, can be true at all: OWL 2 DL by HermiT, which needs Java.

The reasoner runs in a process group of its own that is ended at the time limit. Only tests and the making of a release need it:
``owlready2`` is the optional part ``consistency`` of the package.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad
from rdflib.namespace import OWL

from standards_graph.errors import Misconfigured, TooLarge
from standards_graph.model.reasoning import Reasoned
from standards_graph.validation.terms import graph_of
from standards_graph.vocab import BASE, RDF

_APART = ("mapping/", "inferred/", "unverified/", "ontology", "shapes", "scheme/")
"""Graphs that no sample is taken from: claims are not for this reasoner, and the terms are there anyway."""


def reasoned(quads: Iterable[Quad], *, seconds: float = 240) -> Reasoned:
    """What HermiT says of the statements, whatever graphs they stand in; imports are left out, nothing is fetched.

    Raises Misconfigured where Java or owlready2 is missing, TooLarge past the time limit.
    """
    _check_installed()
    graph = graph_of(quads)
    graph.remove((None, OWL.imports, None))
    with tempfile.TemporaryDirectory(prefix="standards-graph-") as folder:
        path = Path(folder) / "ontology.nt"
        graph.serialize(path, format="nt", encoding="utf-8")
        return _outcome(_run(path, seconds))


def sample(quads: Iterable[Quad], *, most: int) -> tuple[Quad, ...]:
    """At most so many statements: whole entities, taken in turn from each class, the same ones for the same content."""
    about: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and not _graph(quad).startswith(_APART):
            about.setdefault(quad.subject, []).append(quad)
    taken: list[Quad] = []
    for thing in _in_turn(about):
        if len(taken) + len(about[thing]) <= most:
            taken.extend(about[thing])
    return tuple(sorted(taken, key=str))


def _in_turn(about: dict[NamedNode, list[Quad]]) -> Iterator[NamedNode]:
    """One thing of each class, then a second of each, and so on; a thing of several classes counts for the first by name."""
    classes: dict[str, list[NamedNode]] = {}
    for thing, said in about.items():
        kinds = sorted(str(quad.object) for quad in said if quad.predicate == RDF.type)
        classes.setdefault(kinds[0] if kinds else "", []).append(thing)
    ranks = ((rank, kind, thing) for kind, found in classes.items() for rank, thing in enumerate(sorted(found, key=_mixed)))
    return (thing for _, _, thing in sorted(ranks, key=lambda one: one[:2]))


def _mixed(thing: NamedNode) -> str:
    return hashlib.sha256(thing.value.encode()).hexdigest()


def _graph(quad: Quad) -> str:
    return quad.graph_name.value.removeprefix(f"{BASE}graph/") if isinstance(quad.graph_name, NamedNode) else ""


def _check_installed() -> None:
    if find_spec("owlready2") is None:
        raise Misconfigured("The reasoner is not installed: install standards-graph[consistency].")
    if shutil.which("java") is None:
        raise Misconfigured("The reasoner HermiT needs Java: install a runtime, on Debian the package default-jre-headless.")


def _run(path: Path, seconds: float) -> bytes:
    command = [sys.executable, "-m", "standards_graph.validation.consistency", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            told, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise TooLarge(f"The reasoner took longer than {seconds:g} s, and was stopped.") from None
    if process.returncode:
        raise Misconfigured(f"The reasoner ended with status {process.returncode}; what it said stands above.")
    return told


def _outcome(told: bytes) -> Reasoned:
    found = json.loads(told)
    pairs = tuple((narrow, wide) for narrow, wide in found["hierarchy"])
    return Reasoned(found["consistent"], tuple(found["unsatisfiable"]), pairs)


def _hierarchy(world: Any) -> list[tuple[str, str]]:
    """Every named class with every other named class above it."""
    pairs = {(one.iri, above.iri) for one in world.classes() for above in one.ancestors() if hasattr(above, "iri")}
    return sorted((narrow, wide) for narrow, wide in pairs if narrow != wide and wide != str(OWL.Thing))


def main() -> None:
    """Reason over a file of N-Triples and say on standard output, in JSON, what was found."""
    import owlready2 as owl  # noqa: PLC0415 - an optional part, and this process alone needs it

    world = owl.World()
    with Path(sys.argv[1]).open("rb") as file:
        ontology = world.get_ontology(f"{BASE}ontology#").load(fileobj=file, only_local=True)
    found: dict[str, Any] = {"consistent": True, "unsatisfiable": [], "hierarchy": []}
    try:
        with ontology:
            owl.sync_reasoner_hermit(world, infer_property_values=False, debug=0, ignore_unsupported_datatypes=True)
        found["unsatisfiable"] = sorted(one.iri for one in world.inconsistent_classes() if one is not owl.Nothing)
        found["hierarchy"] = _hierarchy(world)
    except owl.OwlReadyInconsistentOntologyError:
        found["consistent"] = False
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
