"""A free query, answered for a page."""

from __future__ import annotations

import json
import time

from standards_graph.model.answers import JSON, TURTLE, Answer, Limits
from standards_graph.model.results import Result
from standards_graph.store.base import Reader
from standards_graph.store.rows import rows, truth


def result(reader: Reader, query: str, *, form: str, limits: Limits, client: str) -> Result:
    """The whole answer of a query of a known form; raises what ``Reader.answer`` raises."""
    started = time.monotonic()
    media_type = JSON if form in {"SELECT", "ASK"} else TURTLE
    answer = reader.answer(query, media_type=media_type, limits=limits, client=client)
    return _read(answer, form, time.monotonic() - started)


def _read(answer: Answer, form: str, seconds: float) -> Result:
    if form == "ASK":
        return Result(form, answer.revision, seconds, truth=truth(answer))
    if form != "SELECT":
        return Result(form, answer.revision, seconds, text=answer.body.decode())
    columns = tuple(json.loads(answer.body)["head"]["vars"])
    found = tuple(tuple(row.term(column) for column in columns) for row in rows(answer))
    return Result(form, answer.revision, seconds, columns=columns, rows=found)
