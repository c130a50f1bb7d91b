"""A command line over a small registry in memory, as a person at a shell sees it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.cli import main
from standards_graph.cli.session import Session
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import SGO, SKOS

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
GRAPH = vocab.graph("curated/regulators")
MHRA = vocab.entity("org", "mhra")
FDA = vocab.entity("org", "fda")
PANEL = vocab.concept("us-panel", "radiology")
DECISION = vocab.entity("authorisation", "us-k000001")

Run = Callable[..., Result]


@pytest.fixture
def small_registry() -> Registry:
    """Two regulators, each with a name, and one decision of a panel."""
    named = ((MHRA, "Medicines and Healthcare products Regulatory Agency"), (FDA, "Food and Drug Administration"))
    quads = [Quad(who, TYPE, SGO.Actor, GRAPH) for who, _ in named]
    quads += [Quad(who, LABEL, Literal(name, language="en"), GRAPH) for who, name in named]
    quads.append(Quad(DECISION, TYPE, SGO.MarketAuthorisation, GRAPH))
    quads.append(Quad(DECISION, SGO.panel, PANEL, GRAPH))
    quads.append(Quad(PANEL, SKOS.prefLabel, Literal("The Radiology panel", language="en"), GRAPH))
    return Registry.in_memory(quads)


@pytest.fixture
def run(small_registry: Registry) -> Run:
    """Run ``standards-graph`` with these arguments over the small registry."""

    def invoke(*arguments: str, text: str | None = None) -> Result:
        session = Session(opening=lambda settings: nullcontext(small_registry), settings=Settings())
        return CliRunner().invoke(main, arguments, obj=session, input=text, prog_name="standards-graph")

    return invoke
