"""The README's tour works as it is written: each command ends well, and what is shown below it is in its output."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.flow.conftest import Service


@dataclass(frozen=True)
class Step:
    """A command, and lines of its output."""

    command: str
    shown: tuple[str, ...]


def steps() -> list[Step]:
    """Every command of the console blocks in the README."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.strip().splitlines()
            found.append(Step(command, tuple(shown)))
    return found


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the command ``standards-graph``, whether or not it is installed."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "standards-graph"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m standards_graph.cli "$@"\n', "utf-8")
    script.chmod(0o755)
    return folder


def plain(text: str) -> str:
    """Text with single spaces, so that a table's widths do not count."""
    return re.sub(r"[ \t]+", " ", text)


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.command[:60])
def test_each_step_of_the_tour_gives_what_the_readme_shows(
    step: Step, service: Service, programs: Path, tmp_path: Path
) -> None:
    told = {"STANDARDS_GRAPH_HOME": str(service.home), "PATH": f"{programs}:/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = step.command.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{service.port}")
    done = subprocess.run(
        ["bash", "-c", command], env=os.environ | told, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    for line in step.shown:
        assert plain(line) in plain(done.stdout)


def test_the_tour_answers_the_four_questions() -> None:
    asked = " ".join(step.command for step in steps())
    for name in (
        "us-recognised-eu-harmonised",
        "eu-counterpart-of-fda-class-ii",
        "healthai-network-members",
        "fda-ai-devices-by",
    ):
        assert name in asked
