"""A real browser, the application on loopback, and what one visit of a page shows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

from tests import small_world
from tests.webapp.serving import served
from webapp import wsgi

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""The last one cuts the network: no name but the loopback address leads anywhere."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("The page tests need a browser: install the package chromium.")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=found, args=list(FLAGS)) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the whole application over the small world."""
    with small_world.registry() as registry, served(wsgi.make(registry, sink=lambda line: None)) as address:
        yield address


class Watched:
    """A browser context that remembers what it asked of others than one origin."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.context = context
        self.outside: list[str] = []
        self._here = (origin + "/", "data:", "blob:")
        context.on("request", self._remember)

    def _remember(self, request: Request) -> None:
        if not request.url.startswith(self._here):
            self.outside.append(request.url)


@contextmanager
def watched(browser: Browser, origin: str, **how: Any) -> Iterator[Watched]:
    """A context of its own in the browser without a network."""
    context = browser.new_context(base_url=origin, **how)
    try:
        yield Watched(context, origin)
    finally:
        context.close()
