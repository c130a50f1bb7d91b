"""Every error has an exit code, and none comes as a traceback."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from standards_graph import errors
from standards_graph.cli.exits import EXITS
from tests.cli.conftest import Run


def family(kind: type[errors.RegistryError] = errors.RegistryError) -> list[type[errors.RegistryError]]:
    """The library's errors; the web application has some of its own."""
    found = [kind, *(one for child in kind.__subclasses__() for one in family(child))]
    return [one for one in found if one.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", family())
def test_each_kind_of_error_has_an_exit_code(kind: type[errors.RegistryError]) -> None:
    assert EXITS[kind] in {1, 2, 3, 4}


def test_the_table_names_no_other_kinds() -> None:
    assert set(EXITS) == set(family())


def test_a_traceback_is_shown_only_when_asked_for(run: Run) -> None:
    assert run("query", "-e", "SELEKT").exit_code == 3
    assert isinstance(run("--debug", "query", "-e", "SELEKT").exception, errors.BadQuery)


def shell(command: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -W error -m standards_graph.cli"
    told = {"STANDARDS_GRAPH_HOME": str(home), "PATH": "/usr/bin:/bin", **settings}
    text = command.replace("standards-graph", program)
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(["bash", "-c", text], env=told, cwd=root, capture_output=True, text=True, check=False, timeout=60)


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    done = shell("standards-graph settings --format csv | true", tmp_path)
    assert done.stderr == ""


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = shell("standards-graph settings", tmp_path, STANDARDS_GRAPH_PORT="many")
    assert done.returncode == 2
    assert done.stderr.startswith("error: STANDARDS_GRAPH_PORT='many'")
    assert len(done.stderr.splitlines()) == 1


def test_asking_before_loading_says_what_to_do(tmp_path: Path) -> None:
    done = shell("standards-graph query -e 'ASK {}'", tmp_path)
    assert done.returncode == 1
    assert "standards-graph load" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = shell(f"standards-graph serve --port {taken.getsockname()[1]}", tmp_path)
    assert done.returncode == 2
    assert "cannot be listened on" in done.stderr
    assert not list(tmp_path.iterdir())
