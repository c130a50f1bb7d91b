"""The way of a file in steps: each can be left and taken up again, and nothing is published that nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import resources, vocab
from standards_graph.drafting import Drafting
from standards_graph.errors import (
    BadInput,
    DraftOutdated,
    NotFound,
    SourceShrank,
    StoreDamaged,
    UnreadableFile,
    ValidationFailed,
)
from standards_graph.model.changes import ChangeSet, Fate
from standards_graph.model.drafts import Draft, DraftState
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import RDFS
from tests import small_world as world

LINES = (resources.data() / "fda-ai-devices" / "devices.csv").read_text("utf-8").splitlines(keepends=True)
SOURCE = "fda-ai-devices"


def listing(folder: Path, rows: int) -> Path:
    file = folder / f"list-{rows}.csv"
    file.write_text("".join(LINES[: rows + 1]), "utf-8")
    return file


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """The small world in memory, with a folder for drafts, and six entries of the FDA's list."""
    with Registry.in_memory(world.quads(), Settings(home=tmp_path / "home")) as made:
        drafting = Drafting(made)
        publish(drafting, drafting.add(SOURCE, [listing(tmp_path, 6)], agent="tests"), accept_shrink=True)
        yield made


def publish(drafting: Drafting, draft: Draft, *, accept_shrink: bool = False) -> Draft:
    drafting.difference(draft.name)
    return drafting.publish(draft.name, agent="tests", note="looked at", accept_shrink=accept_shrink)[0]


def test_a_draft_changes_nothing_until_it_is_published(registry: Registry, tmp_path: Path) -> None:
    before = registry.history()
    drafting = Drafting(registry)
    draft = drafting.add(SOURCE, [listing(tmp_path, 9)], agent="somebody")
    found = drafting.difference(draft.name)
    assert registry.history() == before
    assert (draft.state, draft.agent, draft.files[0][0]) == (DraftState.OPEN, "somebody", "list-9.csv")
    assert {one.fate for one in found.things} >= {Fate.NEW}
    published = publish(drafting, draft)
    assert (published.state, published.revision) == (DraftState.PUBLISHED, registry.history()[0].number)
    assert set(registry.store.changes(published.revision or 0).added) >= set(found.changes.added)


def test_a_draft_can_be_taken_up_by_somebody_else_later(registry: Registry, tmp_path: Path) -> None:
    name = Drafting(registry).add(SOURCE, [listing(tmp_path, 9)], agent="one").name
    (tmp_path / "list-9.csv").unlink()
    assert [one.name for one in Drafting(registry).all()] == [name, "d1"]
    assert publish(Drafting(registry), Drafting(registry).get(name)).state is DraftState.PUBLISHED


def test_what_nobody_looked_at_is_not_published(registry: Registry, tmp_path: Path) -> None:
    drafting = Drafting(registry)
    name = drafting.add(SOURCE, [listing(tmp_path, 9)], agent="tests").name
    with pytest.raises(BadInput, match="Nobody has looked"):
        drafting.publish(name, agent="tests", note="")


def test_a_draft_is_looked_at_again_when_the_registry_has_moved_under_it(registry: Registry, tmp_path: Path) -> None:
    drafting = Drafting(registry)
    first = drafting.add(SOURCE, [listing(tmp_path, 9)], agent="tests")
    second = drafting.add(SOURCE, [listing(tmp_path, 12)], agent="tests")
    drafting.difference(first.name)
    publish(drafting, second)
    newest = registry.history()[0]
    with pytest.raises(DraftOutdated, match="Look at the new one"):
        drafting.publish(first.name, agent="tests", note="")
    assert registry.history()[0] == newest
    assert drafting.get(first.name).state is DraftState.OPEN
    assert publish(drafting, first, accept_shrink=True).state is DraftState.PUBLISHED


def test_a_change_elsewhere_does_not_stop_a_draft(registry: Registry, tmp_path: Path) -> None:
    drafting = Drafting(registry)
    draft = drafting.add(SOURCE, [listing(tmp_path, 9)], agent="tests")
    drafting.difference(draft.name)
    note = Quad(NamedNode("https://example.org/x"), RDFS.label, Literal("x"), vocab.graph("curated/tests"))
    registry.store.publish(lambda _: ChangeSet((note,)), agent="tests", note="elsewhere")
    assert drafting.publish(draft.name, agent="tests", note="")[0].state is DraftState.PUBLISHED


def test_a_file_that_breaks_a_rule_is_kept_with_its_report_and_not_published(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "map.sssom.tsv"
    file.write_text(
        "#mapping_set_id: https://example.org/map\n#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n"
        "nope:1\thttp://www.w3.org/2004/02/skos/core#exactMatch\thttps://example.org/b\t"
        "https://w3id.org/semapv/vocab/ManualMappingCuration\t0.7\n",
        "utf-8",
    )
    drafting = Drafting(registry)
    draft = drafting.add("sssom", [file], agent="tests")
    assert draft.state is DraftState.REFUSED
    assert [one.line for one in drafting.get(draft.name).report.findings if one.column == "subject_id"] == [4]
    with pytest.raises(ValidationFailed):
        drafting.publish(draft.name, agent="tests", note="")


def test_a_source_that_shrank_is_held(registry: Registry, tmp_path: Path) -> None:
    drafting = Drafting(registry)
    draft = drafting.add(SOURCE, [listing(tmp_path, 2)], agent="tests")
    fates = [one.fate for one in drafting.difference(draft.name).things]
    assert fates.count(Fate.WITHDRAWN) > 0
    with pytest.raises(SourceShrank):
        drafting.publish(draft.name, agent="tests", note="")
    assert drafting.publish(draft.name, agent="tests", note="it did", accept_shrink=True)[0].state is DraftState.PUBLISHED


def rows(registry: Registry, question: str) -> int:
    return registry.questions.answer(question, {}, "text/csv").body.count(b"\n") - 1


def test_the_impact_names_the_answers_that_change(registry: Registry, tmp_path: Path) -> None:
    drafting, name = Drafting(registry), "fda-ai-devices-by-panel-and-year"
    draft = drafting.add(SOURCE, [listing(tmp_path, 40)], agent="tests")
    found = drafting.impact(draft.name)
    changed = next(one for one in found.answers if one.question == name)
    assert changed.before == rows(registry, name)
    publish(drafting, draft)
    assert changed.after == rows(registry, name) == changed.before + changed.come - changed.gone
    assert found.inferred.added
    assert set(found.inferred.added) <= set(registry.store.dump())


def test_what_keeps_its_name_under_another_number_is_pointed_out(registry: Registry, tmp_path: Path) -> None:
    number = LINES[1].split(",")[1]
    file = tmp_path / "renumbered.csv"
    file.write_text("".join(LINES[:7]).replace(number, "K999999"), "utf-8")
    drafting = Drafting(registry)
    found = drafting.difference(drafting.add(SOURCE, [file], agent="tests").name)
    fates = {one.thing.value.rpartition("/")[2]: one.fate for one in found.things}
    assert fates["us-k999999"] is Fate.NEW
    assert fates[f"us-{number.lower()}"] is Fate.WITHDRAWN


def test_a_draft_that_was_decided_on_stays_as_a_record(registry: Registry, tmp_path: Path) -> None:
    drafting = Drafting(registry)
    name = drafting.add(SOURCE, [listing(tmp_path, 9)], agent="tests").name
    assert drafting.discard(name, note="the wrong file").state is DraftState.DISCARDED
    assert drafting.get(name).note == "the wrong file"
    for step in (drafting.difference, drafting.impact, drafting.discard):
        with pytest.raises(BadInput, match="discarded already"):
            step(name)
    assert [path.name for path in (registry.settings.home / "drafts" / name).iterdir()] == ["draft.json"]


@pytest.mark.parametrize("name", ["d9", "", "../d1", "d01", "x"])
def test_a_draft_that_is_not_there_is_not_found(registry: Registry, name: str) -> None:
    with pytest.raises(NotFound, match="no draft"):
        Drafting(registry).get(name)


def test_a_damaged_draft_is_told(registry: Registry, tmp_path: Path) -> None:
    drafting = Drafting(registry)
    name = drafting.add(SOURCE, [listing(tmp_path, 9)], agent="tests").name
    (registry.settings.home / "drafts" / name / "draft.json").write_text("{")
    with pytest.raises(StoreDamaged, match=name):
        drafting.get(name)


def test_nothing_is_kept_of_a_file_that_cannot_be_read(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("no such table\n1\n")
    with pytest.raises(UnreadableFile):
        Drafting(registry).add(SOURCE, [file], agent="tests")
    assert [one.name for one in Drafting(registry).all()] == ["d1"]
