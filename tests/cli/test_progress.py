"""Bars on standard error, for people at a terminal alone."""

from __future__ import annotations

import io
import sys

import pytest

from standards_graph.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_the_step_and_how_much_of_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    with progress.rows() as told:
        told("reading", 1_234)
        told("checking", 56_789)
    assert "checking" in seen.getvalue()
    assert "56,789" in seen.getvalue()


def test_a_file_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", seen)
    with progress.rows() as told:
        told("reading", 1)
    with progress.bar() as step:
        step("loading", 1, 2)
    assert seen.getvalue() == ""
