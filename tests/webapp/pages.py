"""A client of the whole application over the small world, and what its pages say."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

from tests import small_world
from webapp.application import create_app
from webapp.wsgi import equipped

ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
TAG = re.compile(r"<[^>]+>")
HREF = re.compile(r'href="([^"]+)"')


def client() -> FlaskClient:
    """A client that says that it reads HTML."""
    app = equipped(create_app(small_world.registry()))
    app.testing = True
    web = app.test_client()
    web.environ_base["HTTP_ACCEPT"] = "text/html"
    return web


def page(web: FlaskClient, address: str, status: int = 200) -> str:
    """The text of a page that answers with this status."""
    answer = web.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.get_data(as_text=True)


def words(markup: str) -> str:
    """What a reader sees of a piece of markup."""
    return " ".join(html.unescape(TAG.sub("", markup)).split())


def table(markup: str) -> list[list[str]]:
    """The rows of a page's first table, without its head, cell by cell."""
    body = re.search(r"<tbody>(.*?)</tbody>", markup, re.S)
    return [[words(cell) for cell in CELL.findall(row)] for row in ROW.findall(body[1])] if body else []


def links(markup: str) -> Iterator[str]:
    """Where a page leads within this service, without anchors."""
    for address in HREF.findall(markup):
        told = html.unescape(address).split("#")[0]
        if told.startswith("/"):
            yield told


def csv_rows(web: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    answer = web.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def json_rows(web: FlaskClient, address: str) -> list[dict[str, Any]]:
    """The rows of a SPARQL result in JSON."""
    answer = web.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    found: list[dict[str, Any]] = json.loads(answer.data)["results"]["bindings"]
    return found
