"""A small checkpoint and the workers over it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from standards_graph.model.answers import CSV, Dataset, Limits
from standards_graph.workers import job
from standards_graph.workers.lanes import Lanes
from standards_graph.workers.pool import Pool

MEMORY, ANSWER = 256 << 20, 5_000_000
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

Ask = Callable[..., bytes]


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,000 statements in a published checkpoint."""
    folder = tmp_path_factory.mktemp("workers")
    engine = ox.Store(str(folder / "work"))  # noqa: TID251 - what a writer leaves
    name = ox.NamedNode
    engine.bulk_extend(ox.Quad(name(f"http://s/{i}"), name("http://p"), ox.Literal(i)) for i in range(3000))
    engine.flush()
    engine.backup(str(folder / "checkpoint"))
    return folder / "checkpoint"


@pytest.fixture(params=["memory", "disk"])
def pool(request: pytest.FixtureRequest, checkpoint: Path) -> Iterator[Pool]:
    """Workers over a copy in memory, and over the checkpoint itself."""
    found = Pool(checkpoint, revision=1, memory=MEMORY, answer=ANSWER, in_memory=request.param == "memory")
    yield found
    found.close()


@pytest.fixture
def memory_pool(checkpoint: Path) -> Pool:
    """Workers over a copy in memory; whoever takes it closes it."""
    return Pool(checkpoint, revision=1, memory=MEMORY, answer=ANSWER, in_memory=True)


def ask(
    lanes: Lanes,
    query: str,
    *,
    client: str | None = None,
    seconds: float = 10.0,
    revision: int = 1,
    media_type: str = CSV,
    dataset: Dataset | None = None,
) -> bytes:
    """Have a query answered."""
    file = job.anonymous_file("test")
    try:
        limits = Limits(answer=ANSWER)
        job.refill(file, job.packed(query, media_type=media_type, dataset=dataset, limits=limits))
        lanes.answer(file, revision=revision, client=client, seconds=seconds)
        return job.contents(file)
    finally:
        os.close(file)
