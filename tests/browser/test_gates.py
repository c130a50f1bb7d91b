"""What holds for every page: accessible, no sideways scrolling, nothing from outside, light, no breach of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser.conftest import watched
from tests.browser.pages import PAGES, Page

MOST_ELEMENTS = 1_500
MOST_REQUESTS = 8
THEMES, WIDTHS = ("light", "dark"), (320, 1280)
LISTEN = (
    "addEventListener('securitypolicyviolation', e => (window.breaches ??= []).push(e.violatedDirective + ' ' + e.blockedURI))"
)


@dataclass
class Visit:
    """What one visit showed."""

    page: Page
    status: int = 0
    violations: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: int = 0
    kb: float = 0.0
    elements: int = 0
    too_wide: int = 0


def looks() -> Iterator[Any]:
    """Each page in both themes and both widths: two of the four pairs for every page, the others where all is run."""
    for place, page in enumerate(PAGES):
        for theme in THEMES:
            for width in WIDTHS:
                pair = (THEMES.index(theme) + WIDTHS.index(width) + place) % 2 == 0
                marks = () if pair else (pytest.mark.long,)
                yield pytest.param((page, theme, width), id=f"{page}-{theme}-{width}", marks=marks)


@pytest.fixture(scope="module", params=looks())
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Visit:
    """A first visit to a page."""
    page, theme, width = request.param
    with watched(browser, site, color_scheme=theme, viewport={"width": width, "height": 800}) as here:
        tab = here.context.new_page()
        seen = looked_at(tab, page)
        seen.outside = here.outside
    return seen


def looked_at(tab: Tab, page: Page) -> Visit:
    seen = Visit(page)
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.enable")
    weights: list[float] = []
    wire.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    tab.add_init_script(LISTEN)
    tab.on("pageerror", lambda error: seen.errors.append(str(error)))
    answer = tab.goto(page.address)
    seen.status = answer.status if answer else 0
    seen.elements = tab.evaluate("document.querySelectorAll('*').length")
    seen.too_wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    seen.violations = [
        f"{found['id']}: {found['nodes'][0]['html'][:200]} {found['nodes'][0]['failureSummary'][:300]}"
        for found in Axe().run(tab).response["violations"]
    ]
    seen.breaches = tab.evaluate("window.breaches ?? []")
    seen.kb, seen.requests = sum(weights) / 1000, len(weights)
    return seen


def test_the_page_answers_as_it_should(visit: Visit) -> None:
    assert visit.status == visit.page.status
    assert visit.errors == []


def test_axe_finds_no_violation(visit: Visit) -> None:
    assert visit.violations == []


def test_the_page_does_not_scroll_sideways(visit: Visit) -> None:
    assert visit.too_wide <= 0


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
