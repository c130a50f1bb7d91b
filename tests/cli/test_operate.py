"""Settings, completion and help."""

from __future__ import annotations

import json
from dataclasses import fields

import click
import pytest
from click.shell_completion import ShellComplete

from standards_graph import queries
from standards_graph.cli import main
from standards_graph.cli.operate import SHELLS
from standards_graph.settings import Settings
from tests.cli.conftest import Run

COMMANDS = {
    "alert-spread", "backup", "check", "compare", "completion", "conflicts", "conforms", "diff", "draft",
    "dump", "equivalents", "export", "figures", "gaps", "history", "import", "lineage", "load", "mappings",
    "markets", "matrix", "ontology", "organisations", "performance-in-use", "query", "questions",
    "recalled-ancestors", "restore", "revert", "review", "serve", "settings", "silent-members", "sources",
    "token", "validate", "verify", "why", "without",
}  # fmt: skip


def test_the_commands_are_those_of_the_documents() -> None:
    assert set(main.commands) == COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_that_starts_with_a_sentence(run: Run, name: str) -> None:
    found = run(name, "--help")
    assert found.exit_code == 0
    assert main.commands[name].get_short_help_str(200).endswith(".")


@pytest.mark.parametrize("name", sorted(COMMANDS - {"history", "settings", "sources", "verify"}))
def test_every_command_with_arguments_shows_an_example(run: Run, name: str) -> None:
    assert f"standards-graph {name}" in run(name, "--help").output.split("Usage:")[1].split("\n", 1)[1]


def test_every_setting_is_listed_with_its_variable(run: Run) -> None:
    listed = json.loads(run("settings", "--format", "json").stdout)
    assert [one["name"] for one in listed] == [one.name for one in fields(Settings)]
    assert all(one["variable"] == f"STANDARDS_GRAPH_{one['name'].upper()}" and one["meaning"] for one in listed)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(run: Run, shell: str) -> None:
    found = run("completion", shell)
    assert found.exit_code == 0
    assert "_STANDARDS_GRAPH_COMPLETE" in found.stdout


def completions(*words: str) -> list[str]:
    found = ShellComplete(main, {}, "standards-graph", "_STANDARDS_GRAPH_COMPLETE").get_completions(list(words[:-1]), words[-1])
    return [one.value for one in found]


def test_commands_questions_and_sources_are_completed() -> None:
    assert completions("ver") == ["verify"]
    assert completions("questions", "") == list(queries.questions())
    assert "fda-ai-devices" in completions("import", "fda")


def test_a_port_outside_the_range_is_wrong_usage(run: Run) -> None:
    assert run("serve", "--port", "70000").exit_code == 2


def test_every_command_is_a_click_command_with_a_name() -> None:
    assert all(isinstance(one, click.Command) and one.name for one in main.commands.values())
