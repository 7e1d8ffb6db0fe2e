"""What a browser does with the pages: its requests, its cookies, its widths, its colours."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.blog.browser.conftest import FULL, PAGES

PAPER = "getComputedStyle(document.body).backgroundColor"
# What a browser says of every page that is not there, or no longer.
GONE = re.compile(r"Failed to load resource: .* status of (404|410) .*")
DARK, LIGHT = "rgb(21, 23, 26)", "rgb(253, 253, 252)"


@pytest.mark.usefixtures("site")
def test_nothing_runs_over_the_edge_of_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    widths = {}
    for kind, path in PAGES.items():
        page.goto(path)
        widths[kind] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(PAGES, 320)


@pytest.mark.parametrize("width", [640, 768, 960, 1184])
@pytest.mark.usefixtures("site")
def test_nothing_runs_over_the_edge_of_a_post(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(FULL)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_request_stays_here_leaves_no_cookie_and_meets_no_trouble(
    page: Page, site: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text) if not GONE.match(line.text) else None)
    for path in PAGES.values():
        page.goto(path, wait_until="networkidle")

    assert [url for url in asked if not url.startswith(site)] == []
    assert page.context.cookies() == []
    assert said == []


@pytest.mark.usefixtures("site")
def test_a_page_needs_few_files(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto(FULL, wait_until="networkidle")

    assert asked.count("stylesheet") == 1
    assert asked.count("script") == 1


def test_the_page_follows_the_system_until_a_reader_chooses(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    assert page.evaluate(PAPER) == DARK

    page.get_by_role("button", name="Switch to Light colours").click()

    assert page.evaluate(PAPER) == LIGHT
    expect(page.get_by_role("button", name="Switch to Dark colours")).to_be_visible()


def test_the_choice_is_there_before_the_first_paint(page: Page, site: str) -> None:
    page.goto("/")
    page.get_by_role("button", name="Switch to Dark colours").click()
    # The scheme in force when the parser comes to the body, before anything is painted.
    page.add_init_script(
        """new MutationObserver((_, observer) => {
            if (!document.body) return;
            observer.disconnect();
            window.atFirst = document.documentElement.dataset.theme;
        }).observe(document, {childList: true, subtree: true})"""
    )

    page.goto(FULL)

    assert page.evaluate("window.atFirst") == "dark"
    assert page.evaluate(PAPER) == DARK
    assert page.context.cookies() == []


def test_choosing_what_the_system_has_forgets_the_choice(page: Page, site: str) -> None:
    page.goto("/")
    page.locator(".theme").click()
    assert page.evaluate("localStorage.getItem('theme')") == "dark"

    page.locator(".theme").click()

    assert page.evaluate("localStorage.getItem('theme')") is None


def test_what_is_printed_is_dark_on_white(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(FULL)
    page.emulate_media(media="print")

    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 24, 28)"


def test_without_scripts_a_page_reads_in_full(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + FULL)

    for name in ("Notes", "Sources", "Earlier, referred to here", "Referred to later by"):
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", ["/sources/ledger2024/", "/outlets/ledger/", "/authors/"])
@pytest.mark.usefixtures("site")
def test_what_a_page_is_for_is_shown_at_every_width(page: Page, path: str) -> None:
    """A name of a style may mean one thing in a picture, and another around it."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        expect(page.locator("main section").first).to_be_visible()
