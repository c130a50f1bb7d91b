"""The pages by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched

FOCUSED = "document.activeElement"
STOPS = "[...document.querySelectorAll('a[href], button, input, select, summary')].filter(e => e.checkVisibility()).length"


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Page]:
    """A tab on a desk."""
    with watched(browser, site, viewport={"width": 1280, "height": 900}) as here:
        yield here.context.new_page()
        assert here.outside == []


def test_the_first_stop_is_the_skip_link_and_it_leads_to_the_matter(tab: Page) -> None:
    tab.goto("/standards")
    tab.keyboard.press("Tab")
    assert tab.evaluate(f"{FOCUSED}.textContent") == "Skip to main content"
    tab.keyboard.press("Enter")
    assert tab.evaluate(f"{FOCUSED}.id") == "main"


@pytest.mark.parametrize("address", ["/", "/standards", "/query"])
def test_every_stop_shows_where_the_focus_is(tab: Page, address: str) -> None:
    tab.goto(address)
    for _ in range(min(40, tab.evaluate(STOPS))):
        tab.keyboard.press("Tab")
        style = f"getComputedStyle({FOCUSED})"
        if tab.evaluate(f"{FOCUSED} === document.body || {FOCUSED}.closest('.CodeMirror') !== null"):
            break
        assert tab.evaluate(f"{style}.outlineStyle !== 'none' || {style}.boxShadow !== 'none'"), tab.evaluate(
            f"{FOCUSED}.outerHTML"
        )


def test_the_editor_takes_tab_and_is_left_by_escape_and_tab(tab: Page) -> None:
    tab.goto("/query")
    tab.locator(".CodeMirror").click()
    before = tab.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()") != before
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    assert tab.evaluate(f"{FOCUSED}.textContent.trim()") == "Run"


def test_the_editor_runs_a_query_by_keyboard_and_completes_the_words_of_the_ontology(tab: Page) -> None:
    tab.goto("/query")
    tab.locator(".CodeMirror").click()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("SELECT ?network WHERE { ?network a sgo:RegulatoryNet")
    expect(tab.locator(".CodeMirror-hint").first).to_have_text("sgo:RegulatoryNetwork")
    tab.keyboard.press("Enter")
    tab.keyboard.type(" }")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/query?query=*")
    expect(tab.locator("#result")).to_contain_text("2 rows")


def test_the_downloads_hold_what_stands_in_the_editor(tab: Page) -> None:
    tab.goto("/query")
    tab.locator(".CodeMirror").click()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("ASK { } ")
    with tab.expect_download() as found:
        tab.get_by_role("button", name="CSV").click()
    assert found.value.path().read_text("utf-8").strip() == "true"


def test_a_button_copies_what_it_stands_beside(tab: Page, site: str) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    tab.goto("/edition/iso-14971-2019")
    tab.get_by_role("button", name="Copy the IRI").click()
    expect(tab.get_by_role("button", name="Copied")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()") == "https://w3id.org/standards-graph/id/edition/iso-14971-2019"


@pytest.mark.parametrize(("width", "shown"), [(1280, True), (320, False)])
def test_filters_stand_beside_a_list_and_are_folded_on_a_phone(browser: Browser, site: str, width: int, shown: bool) -> None:
    with watched(browser, site, viewport={"width": width, "height": 800}, java_script_enabled=False) as here:
        tab = here.context.new_page()
        tab.goto("/standards")
        facet = tab.locator(".sg-facet").first
        assert facet.is_visible() is shown
        if not shown:
            tab.locator(".sg-facets > summary").click()
            assert facet.is_visible()
