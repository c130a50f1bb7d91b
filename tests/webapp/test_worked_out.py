"""What corresponds, why, and what is worked out, over HTTP: each answer has the form that the description promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webapp.desk import Program, World, a_world
from tests.webapp.test_answers import asked, fits
from webapp.api.description import document

RECORD = "0000000000000002"
DERIVED = "0000000000000009"
ASKED = {
    "Equivalents": "equivalents?thing=us-fda-class/ii",
    "Conflicts": "conflicts",
    "Reasons": f"mappings/{DERIVED}",
    "Consequences": "mappings/0000000000000007/without",
    "Reviewed": f"mappings/{RECORD}/reviews",
    "WaitingRecords": "reviews",
    "Lineage": "lineage/K250003",
    "Paths": "lineage/K250003/paths?to=K240001",
    "RecalledAncestors": "recalled-ancestors",
    "Spread": "issues/bone-fault/spread",
    "SilentMembers": "networks/healthai-grn/silent-members?everybody=1",
    "PerformanceInUse": "performance-in-use?everything=1",
    "Figures": "figures",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from a_world(tmp_path / "home")


@pytest.mark.parametrize(("schema", "address"), ASKED.items())
def test_an_answer_has_the_form_that_the_description_promises(pages: FlaskClient, schema: str, address: str) -> None:
    schemas = document("https://example.org")["components"]["schemas"]
    told = asked(pages, address)
    assert fits(told, schemas[schema], schemas), json.dumps(told)[:2000]
    assert told != {"page": 1, "pages": 1, "total": 0, "rows": []}


def test_a_counterpart_is_asked_for_by_place_and_day(pages: FlaskClient) -> None:
    told = asked(pages, "equivalents?thing=us-fda-class/ii&in=eu&at=2026-11-22")
    assert told["day"] == "2026-11-22"
    assert {one["target"]["label"] for one in told["rows"]} >= {"MDR class IIa"}
    assert asked(pages, "equivalents?thing=us-fda-class/ii&in=gb")["rows"] == []
    assert pages.get("/api/v1/equivalents?thing=us-fda-class/ii&in=atlantis").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("equivalents", 400),
        ("mappings/ffffffffffffffff", 404),
        ("mappings/ffffffffffffffff/without", 404),
        ("mappings/ffffffffffffffff/reviews", 404),
        ("lineage/K999999", 404),
        ("lineage/K250003?depth=0", 400),
        ("lineage/K250003?direction=sideways", 400),
        ("lineage/K250003?most=1001", 400),
        ("lineage/K250003/paths", 400),
        ("issues/no-such-fault/spread", 404),
        ("networks/no-such-network/silent-members", 404),
        ("figures?page=1", 400),
        ("conflicts?revision=r99", 404),
    ],
)
def test_what_cannot_be_answered_says_so(pages: FlaskClient, address: str, status: int) -> None:
    answer = pages.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_verdict_becomes_a_revision_and_dissent_is_kept(world: World) -> None:
    grace, path = Program(world.client(), world.publishing), f"/mappings/{RECORD}/reviews"
    for verdict, after in (("contest", "contested"), ("comment", "contested")):
        answer = grace("POST", path, json={"verdict": verdict, "reason": "The rule names more devices."})
        assert answer.status_code == 202, answer.text
        assert world.work().code == ""
        told = grace("GET", path).json
        assert told is not None
        assert (told["status"], told["stated"]) == (after, "candidate")
    assert [one["part"] for one in told["reviews"]] == ["remark", "decides"]
    assert told["reviews"][0]["reason"] == "The rule names more devices."


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"verdict": "perhaps", "reason": "x"}, 400),
        ({"verdict": "reject"}, 400),
        ({"verdict": "reject", "reason": "x", "more": "y"}, 400),
        ({"verdict": "accept", "reason": "x", "confidence": "high"}, 400),
    ],
)
def test_a_verdict_without_a_reason_or_of_another_form_is_refused(world: World, told: dict[str, str], status: int) -> None:
    grace = Program(world.client(), world.publishing)
    assert grace("POST", f"/mappings/{RECORD}/reviews", json=told).status_code == status


def test_whoever_may_only_bring_files_in_may_not_judge(world: World) -> None:
    ada = Program(world.client(), world.writing)
    told = {"verdict": "reject", "reason": "x"}
    assert ada("POST", f"/mappings/{RECORD}/reviews", json=told).status_code == 403
