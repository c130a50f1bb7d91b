"""OSCAL mapping collections: the right relationship for each record, and nothing said that cannot be said."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest

from standards_graph.formats import oscal
from standards_graph.model.mappings import End, Extent, Standing, Statement

CLASS = Extent.MEMBERS
TEXT = Extent.FULFILMENTS


def statement(relation: str, extent: Extent = CLASS, name: str = "1", **more: Any) -> Statement:
    here = End(
        "https://w3id.org/standards-graph/scheme/a/1", "A 1", "https://w3id.org/standards-graph/scheme/a", "Scheme A", extent
    )
    there = End(
        "https://w3id.org/standards-graph/scheme/b/2", "B 2", "https://w3id.org/standards-graph/scheme/b", "Scheme B", extent
    )
    told = {"standing": Standing.ASSERTED, "confidence": 0.9, "sources": ("https://example.org/one",)} | more
    return Statement(f"https://w3id.org/standards-graph/map/{name}", here, relation, there, **told)


def collection(*statements: Statement, day: str = "") -> dict[str, Any]:
    body = oscal.serialise(statements, name="t", title="T", revision="r1", published_at="2026-11-23T00:00:00+00:00", day=day)
    assert body is not None
    found: dict[str, Any] = json.loads(body)["mapping-collection"]
    return found


@pytest.mark.parametrize(
    ("relation", "extent", "told"),
    [
        ("equivalentTo", CLASS, "equivalent-to"),
        ("entails", CLASS, "subset-of"),
        ("entailedBy", CLASS, "superset-of"),
        ("overlaps", CLASS, "intersects-with"),
        ("excludes", CLASS, "no-relationship"),
        ("equivalentTo", TEXT, "equivalent-to"),
        ("entails", TEXT, "superset-of"),
        ("entailedBy", TEXT, "subset-of"),
        ("overlaps", TEXT, "intersects-with"),
    ],
)
def test_each_relation_has_its_relationship(relation: str, extent: Extent, told: str) -> None:
    [mapping] = collection(statement(relation, extent))["mappings"]
    [entry] = mapping["maps"]
    assert entry["relationship"] == told
    assert {"name": "relation", "ns": oscal.NAMESPACE, "value": relation} in entry["props"]


def test_what_meets_the_longer_list_meets_the_shorter_one_so_the_longer_is_the_superset() -> None:
    """By counting: of all lists of demands over four things, the extent is the set of all wholes that hold the list."""
    for longer in range(16):
        for shorter in range(16):
            meets = [{whole for whole in range(16) if whole & asked == asked} for asked in (longer, shorter)]
            if meets[0] < meets[1]:
                assert longer & shorter == shorter != longer
                assert oscal.RELATIONSHIPS["entails", TEXT] == "superset-of"


def test_identical_adoptions_are_equal_and_others_only_equivalent() -> None:
    assert oscal.relationship(statement("equivalentTo", TEXT, same_text=True)) == "equal-to"
    assert oscal.relationship(statement("equivalentTo", TEXT)) == "equivalent-to"


@pytest.mark.parametrize(
    ("left", "reason"),
    [
        (statement("compatibleWith"), "compatibleWith"),
        (statement("closeTo"), "closeTo"),
        (statement("relatedTo"), "relatedTo"),
        (statement("coversFully", TEXT), "coversFully"),
        (statement("coversPartially", TEXT), "coversPartially"),
        (statement("excludes", TEXT), "excludes"),
        (statement("entails", strictness_unknown=True), "strictness unknown"),
        (statement("entails", standing=Standing.CANDIDATE), "candidate"),
        (statement("entails", standing=Standing.CONTESTED), "contested"),
        (statement("entails", standing=Standing.DENIED), "denied"),
        (statement("entails", valid_until="2026-01-01"), "does not hold on the day"),
        (statement("entails", valid_from="2027-01-01"), "does not hold on the day"),
    ],
)
def test_what_cannot_be_said_is_left_out_and_counted(left: Statement, reason: str) -> None:
    found = collection(statement("overlaps", name="0"), left, day="2026-11-23")
    assert sum(len(one["maps"]) for one in found["mappings"]) == 1
    told = {one.get("remarks"): one["value"] for one in found["metadata"]["props"] if one["name"] == "left-out"}
    assert told == {reason: "1"}
    assert f"1 {reason}" in found["metadata"]["remarks"]


def test_nothing_is_no_collection() -> None:
    assert oscal.serialise([statement("closeTo")], name="t", title="T", revision="r1", published_at="x") is None


def test_the_members_are_there_that_the_metaschema_asks_for() -> None:
    found = collection(
        statement("entails"), statement("equivalentTo", TEXT, "2", standing=Standing.INFERRED, explanation="why")
    )
    assert {"uuid", "metadata", "provenance", "mappings"} <= set(found)
    assert {"title", "last-modified", "version", "oscal-version"} <= set(found["metadata"])
    assert {"method", "matching-rationale", "status", "mapping-description"} <= set(found["provenance"])
    assert found["metadata"]["oscal-version"].startswith("1.2")
    assert found["provenance"]["method"] in ("human", "automation")
    resources = {one["uuid"] for one in found["back-matter"]["resources"]}
    for mapping in found["mappings"]:
        assert {"uuid", "source-resource", "target-resource", "maps"} <= set(mapping)
        for end in ("source-resource", "target-resource"):
            assert mapping[end]["type"] == "catalog"
            assert mapping[end]["href"].removeprefix("#") in resources
        for entry in mapping["maps"]:
            assert {"uuid", "relationship", "sources", "targets"} <= set(entry)
            for item in (*entry["sources"], *entry["targets"]):
                assert item["type"] == "control"
                assert re.fullmatch(r"[^\W\d]\w*(?:[.-]\w*)*", item["id-ref"]), item["id-ref"]


def test_names_are_uuids_made_from_names_and_differ() -> None:
    said = [statement("entails", name=str(number)) for number in range(5)]
    found = collection(*said)
    told = re.findall(r'"uuid": "([^"]+)"', json.dumps(found))
    assert all(uuid.UUID(one).version == 5 for one in told)
    assert len(set(told)) == len(told)
    assert found == collection(*reversed(said))
