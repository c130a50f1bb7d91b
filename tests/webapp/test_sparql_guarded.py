from __future__ import annotations

import socket
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from tests.webapp.serving import client
from tests.workers.disguises import DISGUISES, INNOCENT


@pytest.fixture(scope="module")
def web() -> Client:
    return client()


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_socket")
@pytest.mark.parametrize("query", DISGUISES)
def test_a_request_to_another_address_is_refused_in_words(web: Client, query: str) -> None:
    response = web.post("/sparql", data={"query": query})
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["code"] == "bad-query"
    assert response.json["line"] >= 1
    assert response.json["column"] >= 1


@pytest.mark.parametrize("query", INNOCENT)
def test_the_words_in_texts_iris_comments_and_names_are_answered(web: Client, query: str) -> None:
    assert web.post("/sparql", data={"query": query}).status_code == 200


@pytest.mark.parametrize("size", [300, 3_000, 20_000])
@pytest.mark.parametrize(
    ("start", "piece"),
    [
        ("ASK ", "{"),
        ("ASK { FILTER", "("),
        ("ASK { FILTER(", "!"),
        ("ASK { ?s ?p ", "["),
        ("ASK { FILTER NOT EXISTS ", "{"),
        ("ASK { ?s ", "("),
    ],
)
def test_a_query_of_brackets_is_refused_and_the_next_is_answered(web: Client, start: str, piece: str, size: int) -> None:
    assert web.get("/sparql?query=" + quote(start + piece * size)).status_code == 400
    assert web.get("/sparql?query=ASK{}").status_code == 200


def test_three_thousand_bytes_of_braces_are_refused_with_their_place(web: Client) -> None:
    response = web.get("/sparql?query=" + quote("ASK " + "{" * 2_996))
    assert response.status_code == 400
    assert response.json is not None
    assert (response.json["line"], response.json["column"]) == (1, 69)
