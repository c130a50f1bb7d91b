"""The short forms of the longer proofs: ``make crash`` and ``make siege`` run them at length, and measure."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.flow.conftest import Service
from tools import crash
from tools.siege import besiege


@pytest.fixture
def small_home(small: Path, tmp_path: Path) -> Path:
    shutil.copytree(small, tmp_path / "home")
    return tmp_path / "home"


def test_an_import_that_is_killed_at_any_moment_leaves_nothing_mixed_and_loses_nothing(
    capsys: pytest.CaptureFixture[str], small_home: Path
) -> None:
    assert crash.main(["--trials", "2", "--seed", "11", "--imports", str(small_home)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["trials"], found["mixed"], found["lost"]) == (2, 0, 0)


def test_an_import_that_is_killed_at_a_step_leaves_nothing_mixed_and_loses_nothing(
    capsys: pytest.CaptureFixture[str], small_home: Path
) -> None:
    steps = [crash.POINTS.index(("standards_graph.store.folder:DataFolder.make_current", when)) for when in ("before", "after")]
    assert crash.by_steps(steps, small_home) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["killed"], found["published"], found["not published"], found["mixed"], found["lost"]) == (2, 1, 1, 0, 0)


def test_pages_and_short_queries_are_answered_under_siege(service: Service) -> None:
    found = besiege(service.port, service.process.pid, clients=12, seconds=6, one_address=False)
    assert set(found["pages"]["statuses"]) == {200}
    assert 200 in found["short"]["statuses"]
    assert set(found["short"]["statuses"]) <= {200, 503}
    assert set(found["runaways"]["statuses"]) <= {413, 422, 429, 503, 504, 507}
    assert service.query("ASK {}").status == 200


def test_one_address_that_sends_runaways_is_told_to_wait(service: Service) -> None:
    found = besiege(service.port, service.process.pid, clients=12, seconds=4, one_address=True)
    assert 429 in found["runaways"]["statuses"]
    assert set(found["short"]["statuses"]) == {200}
