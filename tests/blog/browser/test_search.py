"""Results while a reader types; and without a script the same by sending the form."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_post, make_publication, make_story

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(autouse=True)
def birds(live_server: LiveServer) -> None:
    make_publication()
    make_post("Pelican crossing", body="Birds on the road.", story=make_story("Roads"))
    make_post("Zebra crossing", body="Stripes on the road. No pelican was seen.")


def test_results_come_while_typing_and_the_address_says_so(page: Page) -> None:
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("pelican")

    expect(page.locator(".found h3")).to_have_text(["Pelican crossing", "Zebra crossing"])
    expect(page).to_have_url("/search/?q=pelican")
    expect(page.get_by_role("status")).to_have_text("Found in two posts")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_choice_narrows_at_once(page: Page) -> None:
    page.goto("/search/?q=pelican")
    page.get_by_text("Narrow the search").click()
    page.get_by_label("Story").select_option("Roads")

    expect(page.locator(".found h3")).to_have_text(["Pelican crossing"])
    expect(page).to_have_url("/search/?q=pelican&story=roads")


def test_a_late_answer_never_takes_the_place_of_a_newer_one(page: Page) -> None:
    held: list[Route] = []
    page.goto("/search/")
    page.route("**/search/?q=stripes", lambda route: held.append(route))
    field = page.get_by_role("searchbox")
    field.fill("stripes")
    page.wait_for_timeout(600)
    field.fill("birds")
    expect(page.locator(".found h3")).to_have_text(["Pelican crossing"])

    for route in held:
        route.continue_()
    page.wait_for_timeout(400)

    assert held
    expect(page.locator(".found h3")).to_have_text(["Pelican crossing"])
    expect(page).to_have_url("/search/?q=birds")


def test_arrows_go_through_the_results_and_back(page: Page) -> None:
    page.goto("/search/?q=pelican")
    field = page.get_by_role("searchbox")
    field.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Zebra crossing")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_without_a_script_the_form_answers_the_same(
    chromium: Browser, live_server: LiveServer
) -> None:
    with chromium.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/search/")
        page.get_by_role("searchbox").fill("pelican")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".found h3")).to_have_text(["Pelican crossing", "Zebra crossing"])


@pytest.mark.parametrize("query", ["", "?q=pelican&story=roads", "?q=pelikan", "?q=xylophone"])
def test_axe_finds_nothing(page: Page, query: str) -> None:
    page.goto(f"/search/{query}")
    for scheme in SCHEMES:
        for width in (1440, 390, 320):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
