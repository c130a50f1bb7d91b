"""Whether the registry can answer, and with all that was published."""

from __future__ import annotations

from standards_graph import queries
from standards_graph.errors import RegistryError
from standards_graph.model.answers import JSON, Limits
from standards_graph.model.changes import Check
from standards_graph.store.base import Reader
from standards_graph.store.rows import rows, truth

SECONDS = 1.0
"""How long a worker may take to answer the simplest question."""


def answers(reader: Reader) -> Check:
    """Whether a worker answers on the reader's revision in time."""
    try:
        truth(reader.answer("ASK { }", media_type=JSON, limits=Limits(seconds=SECONDS)))
    except RegistryError as error:
        return Check("worker", False, f"{error.code}: {error}")
    return Check("worker", True, f"answered on {reader.revision.name}")


def holds_everything(reader: Reader) -> Check:
    """Whether the revision holds as many statements as its ledger row says."""
    try:
        answer = reader.answer(queries.load("publishing/count").text, media_type=JSON)
    except RegistryError as error:
        return Check("quads", False, f"{error.code}: {error}")
    found = next(rows(answer)).number("total")
    return Check("quads", found == reader.revision.quads, f"{found:,} found, {reader.revision.quads:,} recorded")
