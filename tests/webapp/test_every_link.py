"""Every link of every page of the small world leads somewhere."""

from __future__ import annotations

from collections import deque

from flask.testing import FlaskClient

from tests import small_world
from tests.webapp.pages import client, links

TURNS = 1
"""Parameters of an address up to which the crawl follows it: lists can be turned in very many ways."""

SAME = (".nt", ".jsonld", ".json", ".rdf")
"""Endings that give the same as ``.ttl``: the tests of the records and of the resolver have them all."""


def test_every_link_resolves() -> None:
    web = client()
    seen, broken = crawled(web)
    assert broken == []
    things = {str(quad.subject)[1:-1].partition("/id/")[2] for quad in small_world.facts()} - {""}
    assert {f"/{thing}" for thing in things} <= seen


def crawled(web: FlaskClient) -> tuple[set[str], list[tuple[str, int]]]:
    """The addresses visited from the start page on, and those that do not answer, with their status."""
    waiting, seen = deque(["/"]), {"/"}
    broken: list[tuple[str, int]] = []
    while waiting:
        address = waiting.popleft()
        answer = web.get(address)
        if answer.status_code not in (200, 302, 303):
            broken.append((address, answer.status_code))
        found = links(answer.get_data(as_text=True)) if answer.mimetype == "text/html" and answer.status_code == 200 else []
        for one in (
            *found,
            *([answer.headers["Location"].removeprefix("http://localhost")] if "Location" in answer.headers else []),
        ):
            if one not in seen and one.count("&") < TURNS and not one.endswith(SAME):
                seen.add(one)
                waiting.append(one)
    return seen, broken
