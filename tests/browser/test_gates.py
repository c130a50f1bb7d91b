"""What holds for every page: accessible, no sideways scrolling, nothing from outside, light, no breach of the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Watched, watched
from tests.browser.pages import PAGES, Page

MOST_ELEMENTS = 1_500
MOST_REQUESTS = 8
LISTEN = """
  addEventListener("securitypolicyviolation", event =>
    (window.breaches ??= []).push(`${event.violatedDirective} ${event.blockedURI}`))
"""
AXE = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"

Look = tuple[str, int]


@dataclass
class Visit:
    """What one visit showed, in two looks."""

    page: Page
    status: int = 0
    violations: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: int = 0
    kb: float = 0.0
    elements: int = 0
    too_wide: dict[Look, int] = field(default_factory=dict)


class Desk:
    """A tab that meets every page as on a first visit, with nothing kept from before."""

    def __init__(self, watched: Watched) -> None:
        self._outside = watched.outside
        self._tab = watched.context.new_page()
        self._tab.add_init_script(LISTEN)
        self._weights: list[float] = []
        self._errors: list[str] = []
        wire = watched.context.new_cdp_session(self._tab)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.loadingFinished", lambda event: self._weights.append(event["encodedDataLength"]))
        self._tab.on("pageerror", lambda error: self._errors.append(str(error)))

    def visit(self, page: Page, looks: Iterable[Look]) -> Visit:
        """Open a page and look at it in these themes and widths."""
        for kept in (self._weights, self._errors, self._outside):
            kept.clear()
        seen = Visit(page)
        answer = self._tab.goto(page.address)
        seen.status = answer.status if answer else 0
        self._tab.evaluate(Axe().axe_script)
        for look in looks:
            self._look(seen, look)
        seen.elements = self._tab.evaluate("document.querySelectorAll('*').length")
        seen.breaches = self._tab.evaluate("window.breaches ?? []")
        seen.kb, seen.requests = sum(self._weights) / 1000, len(self._weights)
        seen.errors, seen.outside = list(self._errors), list(self._outside)
        return seen

    def _look(self, seen: Visit, look: Look) -> None:
        theme, width = look
        self._tab.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        self._tab.set_viewport_size({"width": width, "height": 800})
        seen.too_wide[look] = self._tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        for found in self._tab.evaluate(AXE):
            node = found["nodes"][0]
            seen.violations.append(f"{theme} {width} {found['id']}: {node['html'][:200]} {node['failureSummary'][:300]}")


def visits() -> Iterator[Any]:
    """Each page in both themes and both widths by two of the four pairs; by the others where all is run."""
    for place, page in enumerate(PAGES):
        one, other = (("light", 320), ("dark", 1280)), (("light", 1280), ("dark", 320))
        usual, rest = (one, other) if place % 2 == 0 else (other, one)
        yield pytest.param((page, usual), id=str(page))
        yield pytest.param((page, rest), id=f"{page}-the-other-looks", marks=pytest.mark.long)


@pytest.fixture(scope="module")
def desk(browser: Browser, site: str) -> Iterator[Desk]:
    """The tab for all visits."""
    with watched(browser, site) as here:
        yield Desk(here)


@pytest.fixture(scope="module", params=visits())
def visit(request: pytest.FixtureRequest, desk: Desk) -> Visit:
    """A first visit to a page."""
    page, looks = request.param
    return desk.visit(page, looks)


def test_the_page_answers_as_it_should(visit: Visit) -> None:
    assert visit.status == visit.page.status
    assert visit.errors == []


def test_axe_finds_no_violation(visit: Visit) -> None:
    assert visit.violations == []


def test_the_page_does_not_scroll_sideways(visit: Visit) -> None:
    assert max(visit.too_wide.values()) <= 0, visit.too_wide


def test_the_page_keeps_to_the_content_security_policy(visit: Visit) -> None:
    assert visit.breaches == []


def test_nothing_is_asked_of_any_other_host(visit: Visit) -> None:
    assert visit.outside == []


def test_a_first_visit_is_light(visit: Visit) -> None:
    assert 0 < visit.kb <= visit.page.most_kb
    assert visit.requests <= MOST_REQUESTS


def test_the_page_has_few_elements(visit: Visit) -> None:
    assert visit.elements <= MOST_ELEMENTS


@pytest.fixture(scope="module")
def plain(browser: Browser, site: str) -> Iterator[Tab]:
    """A tab without JavaScript."""
    with watched(browser, site, java_script_enabled=False) as here:
        yield here.context.new_page()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_page_shows_its_matter_without_javascript(page: Page, plain: Tab) -> None:
    plain.goto(page.address)
    assert plain.locator("main").get_by_text(page.words).first.is_visible()
