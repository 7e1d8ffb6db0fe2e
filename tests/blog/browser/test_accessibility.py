"""Every kind of page can be read and worked by everyone: axe-core finds nothing to say."""

from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.blog.browser.conftest import FULL, PAGES
from tests.blog.browser.waiting import wait_until

pytestmark = pytest.mark.usefixtures("site")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1440, 390)


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(page: Page, kind: str) -> None:
    page.goto(PAGES[kind])
    for scheme, width in product(SCHEMES, WIDTHS):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        results = Axe().run(page)
        assert results.violations_count == 0, f"{scheme}, {width}: {results.generate_report()}"


def test_axe_finds_nothing_in_an_open_note(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(FULL)
    page.locator("#r1").click()

    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()


def test_the_first_stop_skips_to_the_text(page: Page) -> None:
    page.goto(FULL)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport(ratio=1)

    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_whatever_is_focused_is_outlined(page: Page) -> None:
    page.goto(FULL)
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid", page.evaluate("document.activeElement.outerHTML")


def test_code_that_runs_wide_can_be_scrolled_by_keyboard(page: Page) -> None:
    page.goto(FULL)
    code = page.get_by_role("region", name="Code")
    code.focus()

    page.keyboard.press("ArrowRight")

    wait_until(page, "document.querySelector('pre').scrollLeft > 0")
