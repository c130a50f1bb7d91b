"""What is handed in at the desk is done by a process of its own, one piece after the other, and nothing is ever half there."""

from __future__ import annotations

import dataclasses
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards_graph import resources
from standards_graph.curation.drafts import Drafts
from standards_graph.curation.jobs import Jobs
from standards_graph.desk import Desk
from standards_graph.drafting import Drafting
from standards_graph.errors import (
    BadArgument,
    BadInput,
    DraftOutdated,
    NotFound,
    Refused,
    SourceUnknown,
    TooLarge,
    TooManyDrafts,
    ValidationFailed,
)
from standards_graph.model.drafts import Draft, DraftState, Look
from standards_graph.model.jobs import JobState
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.working import INTERRUPTED, Worker
from tests import small_world as world

LINES = (resources.data() / "fda-ai-devices" / "devices.csv").read_bytes().splitlines(keepends=True)
SOURCE = "fda-ai-devices"


WRONG = (
    b"#mapping_set_id: https://example.org/map\n#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
    b"subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n"
    b"nope:1\thttp://www.w3.org/2004/02/skos/core#exactMatch\thttps://example.org/b\t"
    b"https://w3id.org/semapv/vocab/ManualMappingCuration\t0.7\n"
)


def listing(rows: int) -> bytes:
    return b"".join(LINES[: rows + 1])


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry.in_memory(world.quads(), Settings(home=tmp_path / "home", drafts=4, upload_mb=1, shrink_percent=100)) as made:
        yield made


@pytest.fixture
def desk(registry: Registry) -> Desk:
    return Desk(registry)


def handed_in(desk: Desk, rows: int = 6, *, name: str = "list.csv", source: str = SOURCE) -> Draft:
    return desk.receive([(name, io.BytesIO(listing(rows)))], source=source, agent="Ada")


def looked_at(desk: Desk, name: str) -> Look:
    found = desk.look(name)
    assert found
    return found


def published(desk: Desk, registry: Registry, rows: int, *, accept_shrink: bool = False, silent: bool = False) -> str:
    draft = handed_in(desk, rows)
    Worker(registry).next()
    mark = looked_at(desk, draft.name).mark
    desk.publish(draft.name, mark=mark, agent="Ada", note="why", accept_shrink=accept_shrink, silent=silent)
    job = Worker(registry).next()
    assert job
    assert job.state is JobState.DONE, job
    return draft.name


def test_what_is_handed_in_is_there_at_once_and_read_by_the_next_job(desk: Desk, registry: Registry) -> None:
    draft = handed_in(desk)
    assert (draft.name, draft.state, draft.agent) == ("d1", DraftState.READING, "Ada")
    assert desk.look("d1") is None
    done = Worker(registry).next()
    assert done
    assert (done.state, done.step) == (JobState.DONE, "asking")
    read = desk.draft("d1")
    assert (read.state, read.rows) == (DraftState.OPEN, 6)
    look = looked_at(desk, "d1")
    assert look.fates["new"] > 6
    assert desk.is_current(look)
    assert len(desk.things("d1", most=1000)) == sum(look.fates.values())
    assert all(one.come for one in desk.things("d1", fate="new"))
    assert Worker(registry).next() is None


def test_a_published_draft_is_a_revision_of_its_sender(desk: Desk, registry: Registry) -> None:
    name = published(desk, registry, 6, silent=True)
    newest = registry.history()[0]
    assert (newest.agent, newest.note, newest.source, newest.silent) == ("Ada", "why", SOURCE, True)
    assert desk.draft(name).state is DraftState.PUBLISHED
    assert desk.draft(name).revision == newest.number
    with pytest.raises(BadInput, match="published already"):
        desk.publish(name, mark="", agent="Ada", note="again")


def test_only_what_was_looked_at_is_published(desk: Desk, registry: Registry) -> None:
    handed_in(desk)
    Worker(registry).next()
    with pytest.raises(DraftOutdated):
        desk.publish("d1", mark="0" * 64, agent="Ada", note="why")
    with pytest.raises(BadArgument):
        desk.publish("d1", mark=looked_at(desk, "d1").mark, agent="Ada", note=" ")


def test_a_draft_that_the_registry_overtook_is_held_and_can_be_looked_at_again(desk: Desk, registry: Registry) -> None:
    late = handed_in(desk, 9).name
    Worker(registry).next()
    old = looked_at(desk, late)
    published(desk, registry, 6)
    assert not desk.is_current(old)
    desk.publish(late, mark=old.mark, agent="Ada", note="late")
    job = Worker(registry).next()
    assert job
    assert (job.state, job.code) == (JobState.FAILED, DraftOutdated.code)
    desk.compare(late, agent="Ada")
    Worker(registry).next()
    assert looked_at(desk, late).mark != old.mark
    desk.publish(late, mark=looked_at(desk, late).mark, agent="Ada", note="now")
    Worker(registry).next()
    assert desk.draft(late).state is DraftState.PUBLISHED


def test_a_source_that_shrank_is_held_unless_that_is_accepted(desk: Desk, registry: Registry) -> None:
    published(desk, registry, 9)
    registry = Registry(registry.store, dataclasses.replace(registry.settings, shrink_percent=10))
    draft = handed_in(desk, 3).name
    Worker(registry).next()
    look = looked_at(desk, draft)
    assert look.shrank
    assert look.withdrawn > 5
    desk.publish(draft, mark=look.mark, agent="Ada", note="shrunk")
    job = Worker(registry).next()
    assert job
    assert job.code == "source-shrank"
    desk.publish(draft, mark=look.mark, agent="Ada", note="shrunk", accept_shrink=True)
    Worker(registry).next()
    assert desk.draft(draft).state is DraftState.PUBLISHED


def test_a_revision_is_taken_back_by_a_job(desk: Desk, registry: Registry) -> None:
    published(desk, registry, 6)
    newest = registry.history()[0]
    job = desk.revert(newest.name, agent="Grace")
    with pytest.raises(Refused):
        desk.revert(newest.name, agent="Grace")
    done = Worker(registry).next()
    assert done
    assert (done.number, done.revision) == (job.number, newest.number + 1)
    assert registry.history()[0].note.startswith(f"Takes back {newest.name}")
    with pytest.raises(BadArgument):
        desk.revert("r1", agent="Grace")


def test_jobs_are_done_in_their_order(desk: Desk, registry: Registry) -> None:
    names = [handed_in(desk, rows).name for rows in (3, 4, 5)]
    last = desk.job_of(names[2])
    assert last
    assert desk.ahead(last) == 2
    assert [job.subject for _ in names if (job := Worker(registry).next())] == names


def test_the_kind_of_a_file_is_recognised_or_asked_for(desk: Desk) -> None:
    assert handed_in(desk, name="ai-ml-enabled-devices.csv", source="").source == SOURCE
    with pytest.raises(SourceUnknown) as told:
        desk.receive([("notes.txt", io.BytesIO(b"nothing that anybody knows"))], agent="Ada")
    assert SOURCE in told.value.choices
    with pytest.raises(BadArgument):
        handed_in(desk, source="nobody")
    assert [draft.name for draft, _ in desk.drafts()] == ["d1"]


@pytest.mark.parametrize("name", ["", ".hidden", "..", "a/..", "x" * 200, "a\nb", "a\x00b", "/"])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(BadInput):
        handed_in(desk, name=name)
    assert desk.drafts() == ()


def test_of_a_path_the_last_part_counts(desk: Desk) -> None:
    assert handed_in(desk, name="../../etc/list.csv").files[0][0] == "list.csv"
    assert handed_in(desk, name="C:\\Users\\ada\\list.csv").files[0][0] == "list.csv"


def test_what_is_too_much_is_refused_and_leaves_nothing(desk: Desk, registry: Registry) -> None:
    with pytest.raises(TooLarge):
        desk.receive([("big.csv", io.BytesIO(b"x" * 1_000_001))], source=SOURCE, agent="Ada")
    with pytest.raises(BadInput, match="name of its own"):
        desk.receive([("a.csv", io.BytesIO(b"x")), ("a.csv", io.BytesIO(b"y"))], source=SOURCE, agent="Ada")
    with pytest.raises(BadInput, match="empty"):
        desk.receive([("a.csv", io.BytesIO(b""))], source=SOURCE, agent="Ada")
    with pytest.raises(BadArgument):
        desk.receive([], source=SOURCE, agent="Ada")
    assert list((registry.settings.home / "drafts").iterdir()) == []
    for _ in range(4):
        handed_in(desk)
    with pytest.raises(TooManyDrafts):
        handed_in(desk)


def test_a_file_that_cannot_be_read_fails_in_words_without_its_place(desk: Desk, registry: Registry) -> None:
    desk.receive([("list.csv", io.BytesIO(b"\xff\xfe\x00 not a list"))], source=SOURCE, agent="Ada")
    job = Worker(registry).next()
    assert job
    assert job.state is JobState.FAILED
    draft = desk.draft("d1")
    assert draft.state is DraftState.FAILED
    assert str(registry.settings.home) not in draft.problem + job.problem
    assert "list.csv" in draft.problem
    with pytest.raises(BadInput):
        desk.publish("d1", mark="", agent="Ada", note="why")
    with pytest.raises(BadInput):
        Drafting(registry).difference("d1")
    desk.again("d1", agent="Ada")
    assert desk.draft("d1").state is DraftState.READING
    with pytest.raises(Refused):
        desk.discard("d1")
    Worker(registry).next()
    desk.discard("d1", note="no list")
    assert desk.draft("d1").state is DraftState.DISCARDED


def test_a_draft_that_breaks_a_rule_shows_its_report_and_is_not_published(desk: Desk, registry: Registry) -> None:
    desk.receive([("map.sssom.tsv", io.BytesIO(WRONG))], source="sssom", agent="Ada")
    Worker(registry).next()
    draft = desk.draft("d1")
    assert draft.state is DraftState.REFUSED
    assert desk.report_as_shacl(draft).count(b"sh:ValidationResult") == len(draft.report.findings)
    with pytest.raises(ValidationFailed):
        desk.publish("d1", mark=looked_at(desk, "d1").mark, agent="Ada", note="why")


def test_a_job_that_was_interrupted_is_told_and_can_be_tried_again(desk: Desk, registry: Registry) -> None:
    handed_in(desk)
    jobs = Jobs(registry.settings.home)
    jobs.next()  # and its process ends here
    assert Worker(registry).next() is None
    job = desk.job_of("d1")
    assert job
    assert (job.state, job.code) == (JobState.FAILED, INTERRUPTED)
    assert desk.draft("d1").state is DraftState.FAILED
    desk.again("d1", agent="Ada")
    Worker(registry).next()
    assert desk.draft("d1").state is DraftState.OPEN


def test_a_reading_that_ends_at_once_is_not_undone_by_whoever_asked_for_it(
    desk: Desk, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive([("devices.csv", io.BytesIO(listing(2)))], source=SOURCE, agent="Ada")
    jobs = Jobs(registry.settings.home)
    with jobs.working():
        jobs.fail(jobs.undone()[0], code=INTERRUPTED, problem="The process ended.")
    ask = Jobs.ask

    def asked(*told: object, **more: object) -> object:
        job = ask(*told, **more)
        Worker(registry).next()
        return job

    monkeypatch.setattr(Jobs, "ask", asked)
    desk.again("d1", agent="Ada")
    assert desk.draft("d1").state is DraftState.OPEN


def test_a_publication_that_was_interrupted_after_its_end_is_done(desk: Desk, registry: Registry) -> None:
    handed_in(desk)
    Worker(registry).next()
    mark = looked_at(desk, "d1").mark
    desk.publish("d1", mark=mark, agent="Ada", note="why")
    drafts = Drafts(registry.settings.home)
    before, job = drafts.get("d1"), Jobs(registry.settings.home).next()
    assert job
    Drafting(registry).publish("d1", agent="Ada", note="why", mark=mark)
    drafts.note(before)  # the process ended after the revision was published, and before anything else was written
    assert Worker(registry).next() is None
    assert desk.draft("d1").state is DraftState.PUBLISHED
    again = desk.job_of("d1")
    assert again
    assert (again.state, again.revision) == (JobState.DONE, registry.history()[0].number)


def test_there_is_no_such_draft(desk: Desk) -> None:
    for name in ("d9", "../d1", "", "d0"):
        with pytest.raises(NotFound):
            desk.draft(name)
    with pytest.raises(NotFound):
        desk.job(7)


def test_a_killed_process_leaves_nothing_half_there(loaded: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    subprocess.run(["cp", "-al", str(loaded), str(home)], check=True)
    settings = Settings(home=home)
    env = os.environ | {"STANDARDS_GRAPH_HOME": str(home)}
    command = [sys.executable, "-m", "standards_graph.working"]
    with Registry.open(settings) as registry:
        desk = Desk(registry)
        before = registry.history()
        desk.receive([("list.csv", io.BytesIO(listing(900)))], source=SOURCE, agent="Ada")
        with subprocess.Popen(command, env=env) as process:
            while (job := desk.job_of("d1")) is not None and not job.step:
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
        assert desk.draft("d1").state is DraftState.READING
        assert subprocess.run(command, env=env, check=False).returncode == 0
        job = desk.job_of("d1")
        assert job
        assert (job.state, job.code) == (JobState.FAILED, INTERRUPTED)
        assert desk.draft("d1").state is DraftState.FAILED
        assert registry.history() == before
        desk.again("d1", agent="Ada")
        assert subprocess.run(command, env=env, check=False).returncode == 0
        assert desk.draft("d1").state is DraftState.OPEN
