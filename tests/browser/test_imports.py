"""The import pages in a real browser: a file goes from step to step, and every step is accessible in every look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watched
from tests.browser.test_gates import AXE, LISTEN, MOST_ELEMENTS
from tests.webapp.desk import SOURCE, World, a_world, listing
from tests.webapp.serving import served
from webapp import wsgi


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from (one.with_settings(shrink_percent=10) for one in a_world(tmp_path / "home"))


def faults(tab: Page) -> list[str]:
    """What is wrong with a page in any of four looks."""
    found = []
    for theme, width in (("light", 320), ("dark", 1280), ("dark", 320), ("light", 1280)):
        tab.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        tab.set_viewport_size({"width": width, "height": 800})
        tab.evaluate(Axe().axe_script)
        found += [f"{tab.url} {theme} {width}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in tab.evaluate(AXE)]
        if (wide := tab.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"{tab.url} {theme} {width}: {wide} too wide")
    if tab.evaluate("document.querySelectorAll('*').length") > MOST_ELEMENTS:
        found.append(f"{tab.url}: too many elements")
    return found + tab.evaluate("window.breaches ?? []")


def test_a_file_is_brought_in_and_looked_at(browser: Browser, world: World, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(listing(9))
    with served(wsgi.make(world.registry, sink=lambda line: None)) as origin, watched(browser, origin) as seen:
        tab = seen.context.new_page()
        tab.add_init_script(LISTEN)
        tab.goto("/import")
        found = faults(tab)
        tab.get_by_label("Your token").fill(world.both)
        tab.keyboard.press("Enter")
        tab.get_by_text("Signed in as").wait_for()
        found += faults(tab)
        tab.get_by_label("Files of one source").set_input_files(file)
        tab.get_by_label("Source", exact=True).select_option(SOURCE)
        tab.get_by_role("button", name="Read and check").click()
        tab.wait_for_url("**/import/d1")
        found += faults(tab)
        world.work()
        tab.get_by_role("button", name="Go on to the report").wait_for()  # the page notices by itself
        for step in ("report", "difference", "impact", "publish"):
            tab.get_by_role("button", name=f"Go on to {'publish' if step == 'publish' else 'the ' + step}").click()
            tab.wait_for_url(f"**/import/d1/{step}")
            found += faults(tab)
        tab.get_by_label("Why", exact=True).fill("Release of December 2025")
        tab.get_by_label("The source really shrank").check()
        tab.get_by_role("button", name="Publish").click()
        tab.wait_for_url("**/import/d1")
        world.work()
        tab.get_by_text("Published as").wait_for()
        assert found == []
        assert seen.outside == []
    assert world.registry.history()[0].note == "Release of December 2025"
