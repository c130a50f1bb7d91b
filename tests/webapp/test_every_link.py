"""Every link of every page of the small world leads somewhere."""

from __future__ import annotations

from collections import Counter, deque

from flask.testing import FlaskClient

from tests import small_world
from tests.webapp.pages import client, links

FEW = 40
"""How many are visited of the addresses that are made alike by the hundred."""

ALIKE = (
    *("/query?", "/cite", "/.well-known/genid/", "/changes/r", "?view=history", "revision=r1"),
    *(".ttl", ".nt", ".jsonld", ".json", ".rdf"),
)
"""Beginnings and endings of such addresses."""


def test_every_link_resolves() -> None:
    seen, broken = crawled(client())
    assert broken == []
    things = {str(quad.subject)[1:-1].partition("/id/")[2] for quad in small_world.facts()} - {""}
    assert {f"/{thing}" for thing in things} <= seen


def crawled(web: FlaskClient) -> tuple[set[str], list[tuple[str, int]]]:
    """The addresses visited from the start page on, and those that do not answer, with their status."""
    waiting, seen = deque(["/"]), {"/"}
    broken: list[tuple[str, int]] = []
    visited: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        answer = web.get(address)
        if answer.status_code not in (200, 302, 303):
            broken.append((address, answer.status_code))
        found = links(answer.get_data(as_text=True)) if answer.mimetype == "text/html" and answer.status_code == 200 else ()
        for one in (*found, *filter(None, [answer.headers.get("Location", "").removeprefix("http://localhost")])):
            if one not in seen and one.count("&") == 0 and not enough(one, visited):
                seen.add(one)
                waiting.append(one)
    return seen, broken


def enough(address: str, visited: Counter[str]) -> bool:
    """Whether enough addresses of this make were visited; lists turned by more than one parameter are left to their tests."""
    make = next((one for one in ALIKE if address.startswith(one) or address.endswith(one)), "")
    visited[make] += 1
    return bool(make) and visited[make] > FEW
