"""Mapping records, what they rest on, and recognitions, as pairs and triples of names."""

from __future__ import annotations

from collections.abc import Mapping

from standards_graph.browse.asking import ask
from standards_graph.store.base import Reader


def records(reader: Reader) -> tuple[tuple[str, str, str, str, str], ...]:
    """Accepted records that are neither denied nor contested: name, one end, relation, other end, whose voice it is."""
    found = {
        row.text("record"): (
            row.text("record"),
            row.text("one"),
            row.text("relation"),
            row.text("other"),
            row.text_if_any("voice"),
        )
        for row in ask(reader, "browse/figures/records")
    }
    return tuple(found.values())


def derivations(reader: Reader) -> Mapping[str, tuple[frozenset[str], ...]]:
    """The premises of each derivation of each inferred record."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in ask(reader, "browse/figures/derivations"):
        found.setdefault(row.text("record"), {}).setdefault(row.text_if_any("number"), set()).add(row.text("premise"))
    return {record: tuple(frozenset(one) for one in told.values()) for record, told in found.items()}


def recognitions(reader: Reader) -> tuple[tuple[str, str, bool], ...]:
    """Standards, or editions of no known standard, where they are recognised, and whether that is so in effect alone."""
    found: dict[tuple[str, str], bool] = {}
    for row in ask(reader, "browse/figures/recognitions"):
        key = row.text_if_any("standard") or row.text("edition"), row.text("place")
        found[key] = found.get(key, True) and row.text("how") == "in effect"
    return tuple((standard, place, only) for (standard, place), only in found.items())


def effects(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Recognitions in effect, each with a mapping on which it rests."""
    return tuple((row.text("effective"), row.text("mapping")) for row in ask(reader, "browse/figures/effects"))
