"""Tokens from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standards_graph.accounts.accounts import Accounts
from standards_graph.cli import main
from standards_graph.cli.session import Session
from standards_graph.model.accounts import Scope
from standards_graph.settings import Settings
from tests.cli.conftest import Run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Run ``standards-graph`` on a data folder that is not there yet."""

    def invoke(*arguments: str, text: str | None = None) -> Result:
        return CliRunner().invoke(main, arguments, obj=Session(settings=Settings(home=home)), input=text)

    return invoke


def test_a_token_is_shown_once_and_works(run: Run, home: Path) -> None:
    made = run("token", "create", "--owner", "Ada Example", "--scope", "changes:write", "--days", "30")
    text = made.stdout.strip()
    caller = Accounts(home).bearer(text)
    assert (caller.name, caller.scopes) == ("Ada Example", (Scope.WRITE,))
    listed = run("token", "list", "--format", "json")
    assert text not in listed.output
    assert [(one["owner"], one["state"]) for one in json.loads(listed.stdout)] == [("Ada Example", "valid")]


def test_a_token_is_revoked_by_its_id(run: Run, home: Path) -> None:
    run("token", "create", "--owner", "Ada Example", "--scope", "changes:write")
    name = Accounts(home).tokens()[0].id
    assert "was revoked" in run("token", "revoke", name).output
    assert json.loads(run("token", "list", "--format", "json").stdout)[0]["state"] == "revoked"
    actions = [one["action"] for one in json.loads(run("token", "audit", "--format", "json").stdout)]
    assert actions == ["token-revoked", "token-created"]


def test_a_token_has_an_owner_a_known_scope_and_an_end(run: Run, home: Path) -> None:
    for wrong in (
        ["--scope", "changes:write"],
        ["--owner", "A", "--scope", "all"],
        ["--owner", "A", "--scope", "changes:write", "--days", "400"],
    ):
        assert run("token", "create", *wrong).exit_code == 2
    assert not Accounts(home).exist
    assert run("token", "revoke", "nobody00").exit_code == 3
