"""Notes: beside their line where there is a margin, under it where there is none."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.blog.browser.conftest import FULL, PLAIN

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
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


def top(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("item => item.getBoundingClientRect().top"))


def test_the_first_note_stands_beside_its_line(wide: Page) -> None:
    assert top(wide, "#n1") == pytest.approx(top(wide, "#r1"), abs=8)
    assert wide.locator("#n1").bounding_box()["x"] > 39 * 16  # type: ignore[index]


def test_what_stands_in_the_margin_does_not_overlap(wide: Page) -> None:
    boxes = wide.evaluate(IN_MARGIN)

    assert len(boxes) == wide.locator(NOTES).count() + 1
    assert all(one["bottom"] < two["top"] for one, two in zip(boxes, boxes[1:], strict=False))


def test_an_empty_margin_names_an_earlier_post_beside_its_line(wide: Page) -> None:
    named = wide.locator(".beside", has_text="Інша справа")

    expect(named).to_be_visible()
    line = wide.locator(".body a.x", has_text="another subject")
    assert named.bounding_box()["y"] == pytest.approx(  # type: ignore[index]
        line.bounding_box()["y"], abs=8  # type: ignore[index]
    )


def test_notes_follow_their_line_when_the_text_moves(wide: Page) -> None:
    wide.evaluate("document.querySelector('.body p').style.paddingTop = '200px'")

    wide.wait_for_function(
        """Math.abs(document.querySelector('#n1').getBoundingClientRect().top
        - document.querySelector('#r1').getBoundingClientRect().top) < 8"""
    )


def test_notes_come_back_under_the_text_when_the_window_narrows(wide: Page) -> None:
    wide.set_viewport_size(PHONE)

    wide.wait_for_function("!document.documentElement.classList.contains('notes-in')")
    assert top(wide, "#n1") > wide.locator(".body").bounding_box()["y"]  # type: ignore[index]
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
    assert top(phone, ".note-here") >= top(phone, "#r1")
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
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + FULL)

    body, notes = page.locator(".body").bounding_box(), page.locator(".notes").bounding_box()

    assert body
    assert notes
    assert notes["y"] >= body["y"] + body["height"]
    expect(page.locator(".theme")).to_be_hidden()
    context.close()


def test_in_print_notes_are_endnotes(wide: Page) -> None:
    wide.set_viewport_size({"width": 700, "height": 1000})
    wide.emulate_media(media="print")

    assert top(wide, "#n1") > wide.locator(".body").bounding_box()["y"] + 100  # type: ignore[index]
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
