"""``figures`` and ``performance-in-use`` on the small world."""

from __future__ import annotations

import json

import pytest

from standards_graph.model.figures import DEFINITIONS
from standards_graph.registry import Registry
from tests.cli.conftest import Run
from tests.cli.test_lineage import rows, runner


@pytest.fixture
def run(small_world: Registry) -> Run:
    return runner(small_world)


def test_all_figures_are_told_as_data_with_what_they_mean(run: Run) -> None:
    done = run("figures", "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["definitions"] == DEFINITIONS
    assert told["components"] == sum(count for _, count in told["sizes"])
    assert told["things"] == sum(size * count for size, count in told["sizes"])
    assert told["largest"][0]["members"][0].keys() == {"iri", "name"}
    (first, *_) = told["carrying"]
    assert (first["record"]["iri"][-16:], first["carried"], first["alone"], first["in_effect"]) == ("0000000000000007", 1, 1, 1)


@pytest.mark.parametrize(("part", "column"), [("components", "members"), ("standards", "degree"), ("records", "carried")])
def test_each_list_can_be_told_alone(run: Run, part: str, column: str) -> None:
    assert all(column in one for one in rows(run("figures", "--of", part, "--format", "json")))
    assert len(run("figures", "--of", part, "--most", "1", "--format", "csv").stdout.splitlines()) <= 3


def test_the_totals_are_told_as_a_table(run: Run) -> None:
    done = run("figures")
    assert "equivalence components" in done.stdout
    assert "What each figure means" in done.stderr


def test_only_what_is_worse_in_use_is_listed_unless_all_is_asked_for(run: Run) -> None:
    (found,) = rows(run("performance-in-use", "--format", "json"))
    assert (found["device"], found["metric"], found["claimed"], found["in use"]) == (
        "Bone Finder",
        "sensitivity",
        "0.91",
        "0.84",
    )
    assert (found["difference"], found["subgroup"], found["cases in use"]) == ("-0.07", "all", "12000")
    everything = rows(run("performance-in-use", "--all", "--format", "json"))
    assert {one["outcome"] for one in everything} == {
        "worse than claimed",
        "not worse than claimed",
        "nothing claimed is recorded",
    }


def test_nothing_published_says_nothing_of_the_devices() -> None:
    done = runner(Registry.in_memory([]))("performance-in-use", "--format", "json")
    assert rows(done) == []
    assert "says nothing of how devices do" in done.stderr
