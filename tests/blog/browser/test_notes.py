"""Notes: beside their line where there is a margin, under it where there is none."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.blog.browser.conftest import FULL, PLAIN
from tests.blog.browser.waiting import wait_until

WIDE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
NOTES = ".notes > ol > li"
# The boxes of everything that stands in the margin, from the top down.
IN_MARGIN = """() => [...document.querySelectorAll('.notes > ol > li, .notes > .beside')]
    .map(item => item.getBoundingClientRect()).filter(box => box.height)
    .map(({top, bottom, left}) => ({top, bottom, left})).sort((a, b) => a.top - b.top)"""


@pytest.fixture
def wide(page: Page, site: str) -> Page:
    page.set_viewport_size(WIDE)
    page.goto(FULL)
    page.evaluate("document.fonts.ready")
    return page


@pytest.fixture
def phone(page: Page, site: str) -> Page:
    page.set_viewport_size(PHONE)
    page.goto(FULL)
    return page


def edge(item: Locator, name: str = "top") -> float:
    return float(item.evaluate(f"item => item.getBoundingClientRect().{name}"))


def test_the_first_note_stands_beside_its_line(wide: Page) -> None:
    assert edge(wide.locator("#n1")) == pytest.approx(edge(wide.locator("#r1")), abs=8)
    assert edge(wide.locator("#n1"), "left") > edge(wide.locator(".body"), "right")


def test_what_stands_in_the_margin_does_not_overlap(wide: Page) -> None:
    boxes = wide.evaluate(IN_MARGIN)

    assert len(boxes) == wide.locator(NOTES).count() + 1
    assert all(one["bottom"] < two["top"] for one, two in pairwise(boxes))


def test_an_empty_margin_names_an_earlier_post_beside_its_line(wide: Page) -> None:
    named = wide.locator(".beside", has_text="Інша справа")

    expect(named).to_be_visible()
    line = wide.locator(".body a.x", has_text="another subject")
    assert edge(named) == pytest.approx(edge(line), abs=8)


def test_notes_follow_their_line_when_the_text_moves(wide: Page) -> None:
    wide.evaluate("document.querySelector('.body p').style.paddingTop = '200px'")

    wait_until(
        wide,
        """Math.abs(document.querySelector('#n1').getBoundingClientRect().top
        - document.querySelector('#r1').getBoundingClientRect().top) < 8""",
    )


def test_notes_come_back_under_the_text_when_the_window_narrows(wide: Page) -> None:
    wide.set_viewport_size(PHONE)

    wait_until(wide, "!document.documentElement.classList.contains('notes-in')")
    assert edge(wide.locator("#n1")) > edge(wide.locator(".body"), "bottom")
    expect(wide.get_by_role("heading", name="Notes")).to_be_visible()


def test_a_figure_lights_its_note(wide: Page) -> None:
    wide.locator("#r2").hover()

    expect(wide.locator("#n2")).to_have_class("on")
    expect(wide.locator("#n1")).not_to_have_class("on")


def test_a_tap_opens_the_note_under_its_line(phone: Page) -> None:
    phone.locator("#r1").click()

    note = phone.get_by_role("note", name="Note 1")
    expect(note).to_contain_text("Capital Ledger")
    expect(note).to_be_focused()
    assert edge(phone.locator(".note-here")) >= edge(phone.locator("#r1"))
    assert phone.locator("#r1").get_attribute("aria-expanded") == "true"


def test_a_second_tap_closes_it(phone: Page) -> None:
    phone.locator("#r1").click()
    phone.locator("#r1").click()

    expect(phone.get_by_role("note")).to_have_count(0)
    assert phone.locator("#r1").get_attribute("aria-expanded") == "false"


def test_one_note_is_open_at_a_time(phone: Page) -> None:
    phone.locator("#r1").click()
    phone.locator("#r2").click()

    expect(phone.get_by_role("note")).to_have_count(1)
    expect(phone.get_by_role("note", name="Note 2")).to_be_visible()


def test_the_keyboard_opens_it_and_escape_returns_to_the_figure(phone: Page) -> None:
    phone.locator("#r1").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("note")).to_be_focused()

    phone.keyboard.press("Escape")

    expect(phone.get_by_role("note")).to_have_count(0)
    expect(phone.locator("#r1")).to_be_focused()


def test_an_opened_note_repeats_no_id(phone: Page) -> None:
    phone.locator("#r3").click()

    ids = phone.evaluate("[...document.querySelectorAll('[id]')].map(item => item.id)")
    assert len(ids) == len(set(ids))


def test_a_note_leads_back_to_its_figure(phone: Page) -> None:
    phone.get_by_role("link", name="Note 1, back to the text").click()

    expect(phone.locator("#r1")).to_be_in_viewport()


def test_without_scripts_notes_are_endnotes(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(site + FULL)

    assert edge(page.locator(".notes")) >= edge(page.locator(".body"), "bottom")
    expect(page.locator(".theme")).to_be_hidden()
    context.close()


def test_in_print_notes_are_endnotes(wide: Page) -> None:
    wide.set_viewport_size({"width": 700, "height": 1000})
    wide.emulate_media(media="print")

    assert edge(wide.locator("#n1")) > edge(wide.locator(".body"), "bottom")
    expect(wide.get_by_role("navigation", name="Main")).to_be_hidden()


def test_a_plain_post_has_no_apparatus(page: Page, site: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(PLAIN)

    expect(page.locator(".notes, .key, .beside, #sources-h, #earlier-h, #later-h")).to_have_count(0)
    left, right = page.locator(".body").evaluate(
        "body => { const {left, right} = body.getBoundingClientRect(); "
        "return [left, document.documentElement.clientWidth - right] }"
    )
    assert left == pytest.approx(right, abs=1)
