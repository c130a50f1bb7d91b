"""The answers about places side by side, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from webapp.api.description import document

ASKED = {
    "Comparison": "compare?places=us,eu,gb",
    "Gaps": "gaps?base=us&against=eu&about=recognitions",
    "Conformance": "conforms?editions=en-iso-14971-2019-plus-a11-2021,en-62304-2006-plus-a1-2015",
    "Markets": "markets?places=us,gb",
}


def asked(pages: FlaskClient, text: str) -> Any:
    answer = pages.get(f"/api/v1/{text}")
    assert answer.status_code == 200, answer.text
    return answer.json


def fits(value: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> bool:
    """Whether a value is as a schema says, as far as these schemas go."""
    if "$ref" in schema:
        return fits(value, schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "enum" in schema:
        return value in schema["enum"]
    if "anyOf" in schema:
        return any(fits(value, one, schemas) for one in schema["anyOf"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "object" in kinds and isinstance(value, dict):
        if "additionalProperties" in schema and "properties" not in schema:
            return all(fits(one, schema["additionalProperties"], schemas) for one in value.values())
        members = schema["properties"]
        return set(members) == set(value) and all(fits(value[one], members[one], schemas) for one in members)
    if "array" in kinds and isinstance(value, list):
        return all(fits(one, schema["items"], schemas) for one in value)
    known = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
    return any(isinstance(value, known[one]) for one in kinds if one in known)


@pytest.mark.parametrize(("schema", "address"), ASKED.items())
def test_an_answer_has_the_form_that_the_description_promises(pages: FlaskClient, schema: str, address: str) -> None:
    schemas = document("https://example.org")["components"]["schemas"]
    told = asked(pages, address)
    assert fits(told, schemas[schema], schemas)
    assert told.get("rows") or told.get("requirements")


def test_the_day_decides_in_which_sense_there_is_no_counterpart(pages: FlaskClient) -> None:
    for day, state in (("2026-10-01", "no counterpart"), ("2026-11-22", "not recorded")):
        told = asked(pages, f"{ASKED['Gaps']}&at={day}")
        (row,) = [one for one in told["rows"] if one["subject"]["label"] == "AAMI TIR57:2016"]
        assert (told["day"], row["there"]["state"], row["there"]["complete"]) == (day, state, "2026-10-01")
        assert row["here"][0]["sources"]


def test_a_confidence_that_nobody_stated_is_null_and_the_state_says_perhaps(pages: FlaskClient) -> None:
    told = asked(pages, "compare?places=us,eu&about=recognitions&at=2026-11-22")
    (row,) = [one for one in told["rows"] if one["subject"]["label"] == "ISO 14971:2019"]
    assert [(one["state"], [each["confidence"] for each in one["findings"]]) for one in row["cells"]] == [
        ("recorded", [0.9]),
        ("perhaps", [None]),
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("compare", 400),
        ("compare?places=us", 400),
        ("compare?places=us,atlantis", 404),
        ("compare?places=us,eu&about=weather", 400),
        ("compare?places=us,eu&on=2026-11-22", 400),
        ("compare?places=us,eu&at=yesterday", 400),
        ("compare?places=" + ",".join("abcdefghijklm"), 400),
        ("compare?places=us,%3E%20%3C", 400),
        ("gaps?base=us", 400),
        ("gaps?base=us&against=us", 400),
        ("conforms", 400),
        ("conforms?editions=ISO%201:1999", 404),
        ("conforms?editions=iso-14971-2019&laws=none", 404),
        ("conforms?editions=:,;", 400),
        ("markets?places=us,eu&topic=none", 404),
        ("markets?places=us-fda-class,eu", 400),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(pages: FlaskClient, address: str, status: int) -> None:
    answer = pages.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["detail"]
