"""The ontology as its files hold it, blank nodes and all."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from standards_graph import resources


def merged(*patterns: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in (path for pattern in patterns for path in sorted(resources.ontology().glob(pattern))):
        graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="session")
def folder() -> Path:
    return resources.ontology()


@pytest.fixture(scope="session")
def terms() -> rdflib.Graph:
    """The root and the modules as one graph."""
    return merged("*.ttl", "modules/*.ttl")


@pytest.fixture(scope="session")
def schemes() -> rdflib.Graph:
    return merged("schemes/*.ttl")


@pytest.fixture(scope="session")
def everything() -> rdflib.Graph:
    """The root, the modules, the code lists and the labels in all languages as one graph."""
    return merged("*.ttl", "modules/*.ttl", "schemes/*.ttl", "labels/*.ttl")


@pytest.fixture(scope="session")
def shapes() -> rdflib.Graph:
    return merged("shapes/*.ttl")
