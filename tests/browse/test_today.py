"""Questions that are about a day are about today unless they are told another."""

from __future__ import annotations

import datetime as dt

from standards_graph.browse.questions import Questions
from standards_graph.registry import Registry

NAME = "us-recognised-eu-harmonised"


def on(registry: Registry, today: dt.date, **given: str) -> str:
    found = Questions(registry.reader(), today=today).ask(NAME, given)
    return next(one.value for one in found.parameters if one.name == "on")


def test_a_question_about_a_day_is_about_today(small_world: Registry) -> None:
    assert on(small_world, dt.date(2031, 5, 6)) == "2031-05-06"
    text = Questions(small_world.reader(), today=dt.date(2031, 5, 6)).query(NAME, {})
    assert 'VALUES ?on { "2031-05-06"^^<http://www.w3.org/2001/XMLSchema#date> }' in text


def test_a_day_that_is_given_stands(small_world: Registry) -> None:
    assert on(small_world, dt.date(2031, 5, 6), on="2022-01-06") == "2022-01-06"


def test_before_everything_nothing_was_recognised(small_world: Registry) -> None:
    questions = Questions(small_world.reader(), today=dt.date(1901, 1, 1))
    known_since = [row for row in questions.ask(NAME, {}).rows if "unknown" not in {getattr(cell, "value", "") for cell in row}]
    assert known_since == []
