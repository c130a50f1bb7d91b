"""A registry on the small world with a data folder of its own, tokens, and clients of its API and its import pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad
from werkzeug.test import TestResponse

from standards_graph import resources
from standards_graph.accounts.accounts import Accounts
from standards_graph.model.accounts import Scope
from standards_graph.model.jobs import Job
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.working import Worker
from tests import small_world as world
from webapp.application import create_app
from webapp.wsgi import equipped

LINES = (resources.data() / "fda-ai-devices" / "devices.csv").read_bytes().splitlines(keepends=True)
SOURCE = "fda-ai-devices"
FORM = re.compile(r'name="form" value="([^"]+)"')


def listing(rows: int) -> bytes:
    """The packaged list of the FDA, so many rows of it."""
    return b"".join(LINES[: rows + 1])


def multipart(files: list[tuple[str, bytes]], **fields: str) -> tuple[bytes, str]:
    """A form with files as its bytes, and its content type; the test client would leave large ones open."""
    parts = [(f'form-data; name="{name}"', text.encode()) for name, text in fields.items() if text]
    parts += [(f'form-data; name="file"; filename="{name}"', content) for name, content in files]
    told = b"".join(b"--x0x\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (head.encode(), body) for head, body in parts)
    return told + b"--x0x--\r\n", "multipart/form-data; boundary=x0x"


@dataclass
class World:
    """The registry, its application, and a token for each scope and for both."""

    registry: Registry
    app: Flask
    writing: str
    publishing: str
    both: str

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.registry.settings.home)

    def work(self) -> Job:
        """Do the job that waits longest."""
        done = Worker(self.registry).next()
        assert done
        return done

    def client(self) -> FlaskClient:
        """A client that nobody knows."""
        return self.app.test_client()

    def with_settings(self, **told: Any) -> World:
        """The same under other settings."""
        registry = Registry(self.registry.store, replace(self.registry.settings, **told))
        return replace(self, registry=registry, app=application(registry))


def application(registry: Registry) -> Flask:
    app = equipped(create_app(registry))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def a_world(home: Path, quads: tuple[Quad, ...] | None = None) -> Iterator[World]:
    settings = Settings(home=home, shrink_percent=100, upload_mb=1, drafts=6)
    with Registry.in_memory(world.quads() if quads is None else quads, settings) as registry:
        accounts = Accounts(home)
        write, publish, both = (
            accounts.create(owner, scopes, by="tests")[1]
            for owner, scopes in (
                ("Ada", (Scope.WRITE,)),
                ("Grace", (Scope.PUBLISH,)),
                ("Mary", (Scope.WRITE, Scope.PUBLISH)),
            )
        )
        yield World(registry, application(registry), write, publish, both)


@dataclass
class Program:
    """A program that uses the API with a token, or with none."""

    client: FlaskClient
    token: str = ""

    def __call__(self, method: str, path: str, **how: Any) -> TestResponse:
        headers = dict(how.pop("headers", {}))
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **how)

    def send(self, rows: int = 6, *, name: str = "list.csv", source: str = SOURCE, **fields: str) -> TestResponse:
        """Bring a list in."""
        return self.send_bytes(listing(rows), name=name, source=source, **fields)

    def send_bytes(self, content: bytes, *, name: str = "list.csv", **fields: str) -> TestResponse:
        body, kind = multipart([(name, content)], **fields)
        return self("POST", "/drafts", data=body, content_type=kind)

    def publish(self, draft: str, mark: str | None, **told: Any) -> TestResponse:
        headers = {} if mark is None else {"If-Match": f'"{mark}"'}
        return self("POST", f"/drafts/{draft}/publication", json={"note": "why", **told}, headers=headers)


def form_token(page: str) -> str:
    """What the forms of a page carry."""
    found = FORM.search(page)
    assert found, page
    return found[1]


def signed_in(world: World, token: str) -> FlaskClient:
    """A browser that has signed in."""
    client = world.client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    page = client.get("/import/sign-in").text
    answer = client.post("/import/sign-in", data={"form": form_token(page), "token": token})
    assert answer.status_code == 303, answer.text
    return client
