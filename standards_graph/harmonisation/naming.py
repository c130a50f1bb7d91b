"""The names of what the engine writes: each is made from what it says, so that the same input gives the same names."""

from __future__ import annotations

from standards_graph import vocab
from standards_graph.harmonisation.closure import Inferred
from standards_graph.harmonisation.conflicts import Conflict
from standards_graph.harmonisation.succession import Candidate
from standards_graph.model import identifiers

RUN = vocab.mapping("inference-1").value
"""The inference by this version of the rules."""


def name_of(one: Inferred) -> str:
    """The name of an inferred record: the same as long as it says the same, whatever it rests on."""
    flag = "strictness unknown" if one.strictness_unknown else ""
    said = (one.source, one.relation.value, one.target, one.scope, flag, one.period.start, one.period.until)
    return vocab.mapping(identifiers.mapping("inferred", *said)).value


def of_candidate(one: Candidate) -> str:
    """The name of a proposal."""
    return vocab.mapping(identifiers.mapping("proposed", one.source, one.relation.value, one.target, one.premise)).value


def of_conflict(one: Conflict) -> str:
    """The name of a conflict."""
    return vocab.mapping("conflict-" + identifiers.mapping(one.kind, *one.members)).value


def of_effective(edition: str, recognition: str, mapping: str) -> str:
    """The name of a recognition in effect."""
    return vocab.entity("effective-recognition", identifiers.mapping(edition, recognition, mapping)).value
