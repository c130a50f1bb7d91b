"""Taking a revision back, in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from standards_graph import resources
from standards_graph.curator import Curator
from standards_graph.errors import BadArgument, NotFound, ValidationFailed
from standards_graph.harmonisation import following
from standards_graph.model.changes import ChangeSet
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import SGO
from tests import small_world as world

LIST = resources.data() / "fda-ai-devices" / "devices.csv"


@pytest.fixture(params=["memory", "disk"])
def registry(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Registry]:
    """The small world, with one import over it."""
    if request.param == "memory":
        made = world.registry()
    else:
        made = Registry.open(Settings(home=tmp_path / "home"))
        made.store.publish(lambda _: ChangeSet(world.quads()), agent="tests", note="start")
    file = tmp_path / "list.csv"
    file.write_text("".join(LIST.read_text("utf-8").splitlines(keepends=True)[:6]), "utf-8")
    with made as opened:
        Curator(opened).import_files("fda-ai-devices", [file], agent="tests", accept_shrink=True)
        yield opened


def facts(quads: Iterable[Quad]) -> set[Quad]:
    return {quad for quad in quads if quad.graph_name not in following.GRAPHS}


def test_a_revision_taken_back_leaves_what_was_there_before(registry: Registry) -> None:
    before = facts(registry.past.state(registry.past.revision("r1")))
    done = Curator(registry).revert("r2", agent="somebody", note="The wrong file")
    assert done is not None
    assert (done.name, done.agent, done.note) == ("r3", "somebody", "The wrong file")
    assert facts(registry.store.dump()) == before
    assert all(check.ok for check in registry.verify())


def test_what_was_taken_back_can_be_taken_back(registry: Registry) -> None:
    imported = set(registry.store.dump())
    Curator(registry).revert("r2", agent="tests")
    Curator(registry).revert("r3", agent="tests")
    assert set(registry.store.dump()) == imported


def test_taking_back_twice_changes_nothing(registry: Registry) -> None:
    Curator(registry).revert("r2", agent="tests")
    assert Curator(registry).revert("r2", agent="tests") is None
    assert len(registry.history()) == 3


def test_what_a_later_revision_changed_stays_as_it_left_it(registry: Registry) -> None:
    listed = next(quad for quad in registry.store.changes(2).added if quad.predicate == SGO.printedDeviceName)
    registry.store.publish(lambda _: ChangeSet((), (listed,)), agent="tests", note="a statement goes")
    Curator(registry).revert("r2", agent="tests")
    assert facts(registry.store.dump()) == facts(registry.past.state(registry.past.revision("r1")))


def test_the_beginning_cannot_be_taken_back(registry: Registry) -> None:
    with pytest.raises(BadArgument, match="beginning"):
        Curator(registry).revert("r1", agent="tests")
    with pytest.raises(NotFound):
        Curator(registry).revert("r9", agent="tests")


def test_what_would_break_a_rule_is_not_done(registry: Registry) -> None:
    needed = [q for q in registry.store.dump() if q.predicate == SGO.recognises][:1]
    registry.store.publish(lambda _: ChangeSet((), tuple(needed)), agent="tests", note="a needed statement goes")
    registry.store.publish(lambda _: ChangeSet(tuple(needed)), agent="tests", note="and comes back")
    with pytest.raises(ValidationFailed):
        Curator(registry).revert("r4", agent="tests")
    assert len(registry.history()) == 4
