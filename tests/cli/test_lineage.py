"""``lineage`` and ``recalled-ancestors`` on the small world."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from standards_graph.cli import main
from standards_graph.cli.session import Session
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from tests import small_world as world
from tests.cli.conftest import Run

RING = """
PREFIX sgo: <https://w3id.org/standards-graph/ontology#>
BASE <https://w3id.org/standards-graph/>
GRAPH <graph/source/ring> {
  <id/authorisation/us-k240001> sgo:hasPredicate <id/authorisation/us-k250003> , <id/authorisation/us-k240001> .
}
"""


def runner(registry: Registry) -> Run:
    def invoke(*arguments: str, text: str | None = None) -> Result:
        session = Session(opening=lambda settings: nullcontext(registry), settings=Settings())
        return CliRunner().invoke(main, arguments, obj=session, input=text, prog_name="standards-graph")

    return invoke


@pytest.fixture
def run(small_world: Registry) -> Run:
    return runner(small_world)


def rows(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done.output
    return list(json.loads(done.stdout))


def test_ancestors_are_listed_with_the_way_to_them_and_their_recalls(run: Run) -> None:
    done = run("lineage", "k250003", "--format", "json")
    found = rows(done)
    assert [(one["steps"], one["decision"]) for one in found] == [(1, "K240002: Bone Finder (V2)"), (2, "K240001: Bone Finder")]
    assert found[1]["by way of"] == "sgr:authorisation/us-k240002"
    assert found[1]["recalls"] == "Bone Finder: recall, US; Bone Finder 1.0: recall, US"
    assert all(one["sources"] for one in found)
    assert "2 ancestors over 2 steps (1, 1)" in done.stderr


def test_a_depth_cuts_off_and_tells_how_many_are_further(run: Run) -> None:
    done = run("lineage", "K240001", "--down", "--depth", "1", "--format", "json")
    assert [one["decision"] for one in rows(done)] == ["K240002: Bone Finder (V2)"]
    assert "1 more are further away" in done.stderr


def test_a_list_that_is_cut_off_tells_how_many_there_are(run: Run) -> None:
    done = run("lineage", "K240001", "--down", "--most", "1", "--format", "json")
    assert len(rows(done)) == 1
    assert "2 descendants over 2 steps" in done.stderr


def test_only_recalled_ones_can_be_asked_for(run: Run) -> None:
    assert [one["decision"] for one in rows(run("lineage", "K240001", "--down", "--recalled", "--format", "json"))] == [
        "K240002: Bone Finder (V2)"
    ]


def test_the_ways_to_an_ancestor_are_listed(run: Run) -> None:
    done = run("lineage", "K250003", "--to", "K240001", "--format", "json")
    assert [one["way"] for one in rows(done)] == ["K250003: Lung Finder > K240002: Bone Finder (V2) > K240001: Bone Finder"]
    assert "1 shortest ways of 2 steps" in done.stderr
    back = run("lineage", "K240001", "--to", "K250003", "--format", "json")
    assert rows(back) == []
    assert "not recorded" in back.stderr


def test_none_recorded_is_not_none(run: Run) -> None:
    done = run("lineage", "DEN250004", "--format", "json")
    assert rows(done) == []
    assert "does not say that there is none" in done.stderr


def test_where_no_source_tells_predecessors_that_is_said() -> None:
    facts = [quad for quad in world.quads() if not quad.predicate.value.endswith("hasPredicate")]
    done = runner(Registry.in_memory(facts))("lineage", "K250003", "--format", "json")
    assert rows(done) == []
    assert "No source that was read tells predecessors" in done.stderr


def test_a_ring_of_predecessors_ends_and_is_told() -> None:
    quads = [*world.quads(), *ox.parse(RING.strip(), format=ox.RdfFormat.TRIG)]
    found = rows(runner(Registry.in_memory(quads))("lineage", "K250003", "--format", "json"))
    assert [(one["steps"], one["both ways"]) for one in found] == [(1, "yes"), (2, "yes")]


def test_a_number_that_nothing_bears_ends_with_a_sentence(run: Run) -> None:
    done = run("lineage", "K999999")
    assert done.exit_code == 3
    assert "No market authorisation with the number K999999 is recorded." in done.output


def test_recalled_decisions_are_listed_with_how_many_descend_from_them(run: Run) -> None:
    found = rows(run("recalled-ancestors", "--in", "us", "--format", "json"))
    assert [(one["decision"], one["descendants"], one["state"]) for one in found[:3]] == [
        ("K240001: Bone Finder", 2, "found"),
        ("K240002: Bone Finder (V2)", 1, "found"),
        ("DEN250004: Beat Watch", 0, "not recorded"),
    ]
    assert "the recall names the device" in str(found[0]["tied by"])
    assert rows(run("recalled-ancestors", "--in", "jp", "--format", "json")) == []
