"""Both keepers of quads, each with the same little content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.model.changes import ChangeSet
from standards_graph.opening import embedded
from standards_graph.settings import Settings
from standards_graph.store.base import Store
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import graph

CURATED, SOURCE, UNVERIFIED = graph("curated/tests"), graph("source/tests"), graph("unverified/tests")


def said(thing: str, value: object, where: NamedNode = CURATED, *, kind: str = "string") -> Quad:
    """A quad about something, for tests."""
    datatype = NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")
    return Quad(
        NamedNode(f"http://example.org/{thing}"),
        NamedNode("http://example.org/says"),
        Literal(str(value), datatype=datatype),
        where,
    )


START = (said("a", "one"), said("b", "two"), said("a", "one", SOURCE), said("c", "hidden", UNVERIFIED))


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the same data folder again and again."""
    opened: list[Store] = []

    def again() -> Store:
        settings = Settings(home=tmp_path / "home", query_memory_mb=256, answer_mb=5, query_seconds=5.0)
        opened.append(embedded(settings, supervised=False))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture(params=["memory", "embedded"])
def store(request: pytest.FixtureRequest, on_disk: Callable[[], Store]) -> Store:
    """A store with START in it."""
    if request.param == "memory":
        return MemoryStore(START)
    found = on_disk()
    publish(found, *START, note="start")
    return found


def publish(store: Store, *added: Quad, removed: tuple[Quad, ...] = (), note: str = "a change") -> int:
    """Publish a change and say the number of its revision."""
    return store.publish(lambda _: ChangeSet(tuple(added), removed), agent="tests", note=note).number
