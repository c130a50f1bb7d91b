"""The errors that are known to be in the real files are listed by a question over the graph."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from standards_graph import vocab
from standards_graph.curation.replacing import replacement
from standards_graph.importing.base import filled, importer
from standards_graph.registry import Registry
from standards_graph.store.scratch import Room
from tests.importing.test_mdr import GRAPH, SNAPSHOTS, snapshot
from tests.questions.test_questions import answer

NAME = "errors-that-the-data-shows"
OLDER = "An adoption is older than the edition that it adopts"
UNLISTED = "A number that the list of its publisher does not have"
TAKEN_BACK = "A later state of the source takes it back, and does not say when it ended"
UNJUSTIFIED = "Equality that nobody justified"


def facts(source: str, path: Path) -> Iterator[Quad]:
    graph = vocab.graph(filled(source, [path]))
    yield from (told for told in importer(source).read(path, graph) if isinstance(told, Quad))


def snapshots(shared: Path) -> set[Quad]:
    """What is held after all snapshots of the harmonised standards, each in the place of the one before."""
    held: set[Quad] = set()
    for day in SNAPSHOTS:
        told = (one for one in snapshot(shared, day) if isinstance(one, Quad))
        change = replacement(held, set(told), graph=GRAPH, day=dt.date.fromisoformat(day), room=Room()).changes
        held = (held - set(change.removed)) | set(change.added)
    return held


@pytest.fixture(scope="module")
def listed(shared: Path) -> list[dict[str, str]]:
    data = shared / "data"
    chinese = data / "docmcp-knowledge/nmpa/standards"
    quads = {
        *snapshots(shared),
        *facts("nmpa-iso-gb-map", chinese / "iso_gb_mapping.json"),
        *facts("nmpa-standards", chinese / "master-2026-05-10/standards.json"),
        *facts("seramis-mapping", data / "seramis-ai-act-mappings/iso-42001-mappings.ttl"),
        *facts("ai-act-alignments", data / "eu-ai-act/alignments/mappings.json"),
    }
    with Registry.in_memory(quads) as registry:
        return answer(registry, NAME)


def test_every_known_error_of_these_files_is_listed_and_no_other(listed: list[dict[str, str]]) -> None:
    assert Counter(row["error"] for row in listed) == {OLDER: 5, UNLISTED: 8, TAKEN_BACK: 4, UNJUSTIFIED: 202 + 8}


def test_the_adoptions_older_than_their_editions_are_those_that_are_known(listed: list[dict[str, str]]) -> None:
    found = {row["told"].partition(" is said")[0] for row in listed if row["error"] == OLDER}
    assert found == {"GB/T 16886.12-2017", "YY/T 0466.1-2016", "GB 18278.1-2015", "YY/T 1474-2016", "GB/T 19973.1-2015"}


def test_what_the_snapshots_said_and_took_back_is_listed(listed: list[dict[str, str]]) -> None:
    found = {row["about"].rpartition("/")[2] for row in listed if row["error"] == TAKEN_BACK}
    assert found == {"en-iec-62304-2006-plus-a1-2015", "en-iec-62366-1-2015-plus-a1-2020"}


def test_a_number_counts_as_missing_only_where_a_list_was_read(shared: Path) -> None:
    path = shared / "data/docmcp-knowledge/nmpa/standards/iso_gb_mapping.json"
    with Registry.in_memory(facts("nmpa-iso-gb-map", path)) as registry:
        assert {row["error"] for row in answer(registry, NAME)} == {OLDER}
