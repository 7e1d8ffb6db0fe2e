"""Marks by keys and buttons, the sheet of shortcuts, the two panes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.blog.writing.carets import read, write
from tests.factories import make_draft

pytestmark = pytest.mark.django_db(transaction=True)

PRESSED = [
    ("Control+b", "a «word»", "a **«word»**"),
    ("Control+i", "a «word»", "a *«word»*"),
    ("Control+k", "a «word»", "a [word](‸)"),
    ("Control+Shift+Digit9", "word‸", "> word‸"),
    ("Control+Shift+Digit8", "word‸", "- word‸"),
    ("Control+Shift+Digit7", "word‸", "1. word‸"),
    ("Control+Shift+Digit1", "word‸", "## word‸"),
    ("Control+Shift+Digit6", "word.‸", "word.[^1]\n\n[^1]: ‸"),
    ("Control+Shift+e", "I «wrote»", "I [[‸|wrote]]"),
    ("Control+Shift+s", "so.‸", "so.[@‸"),
]


def test_every_shortcut_does_its_work_and_is_undone_by_one_key(screen: Page) -> None:
    for keys, before, after in PRESSED:
        write(screen, before)
        screen.keyboard.press(keys)
        assert (keys, read(screen)) == (keys, after)
        screen.keyboard.press("Escape")
        screen.keyboard.press("Control+z")
        assert read(screen).translate({ord(c): None for c in "‸«»"}) == before.translate(
            {ord(c): None for c in "‸«»"}
        )


def test_keys_are_found_by_their_place_under_a_cyrillic_layout(screen: Page) -> None:
    write(screen, "«слово»")
    screen.locator("#id_body").dispatch_event(
        "keydown", {"key": "и", "code": "KeyB", "ctrlKey": True, "cancelable": True}
    )
    assert read(screen) == "**«слово»**"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sheet_opens_by_a_key_and_a_button_and_gives_the_caret_back(
    theme: str, screen: Page, policy_faults: list[str]
) -> None:
    screen.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    write(screen, "one ‸two")
    screen.keyboard.press("Control+/")
    sheet = screen.get_by_role("dialog", name="Shortcuts")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("Refer to an earlier post")
    found = Axe().run(screen, "#keys")
    policy_faults.clear()  # of the checker's own making
    assert found.violations_count == 0, found.generate_report()
    screen.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert read(screen) == "one ‸two"
    expect(screen.locator("#id_body")).to_be_focused()
    screen.get_by_role("button", name="Shortcuts").click()
    expect(sheet).to_be_visible()
    screen.set_viewport_size({"width": 390, "height": 800})
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()


def test_on_a_phone_one_pane_is_seen_at_a_time(desk: Page, ada: User) -> None:
    desk.set_viewport_size({"width": 390, "height": 800})
    post = make_draft("Mine", body="Words of mine.", created_by=ada)
    desk.goto(f"/admin/blog/post/{post.pk}/change/")
    text, frame = desk.locator("#id_body"), desk.locator(".pane.see .frame")
    expect(text).to_be_visible()
    expect(frame).to_be_hidden()
    desk.get_by_text("Preview", exact=True).click()
    expect(text).to_be_hidden()
    expect(frame).to_be_visible()
    expect(desk.frame_locator("iframe:not(.next)").locator("article")).to_contain_text("Words of")
    desk.get_by_role("radio", name="Write").press("ArrowLeft")
    desk.get_by_role("radio", name="Preview").press("ArrowLeft")
    expect(text).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


TOPS = """() => {
    const page = document.querySelector('.frame iframe:not(.next)').contentDocument;
    const frame = page.scrollingElement.clientHeight;
    const blocks = [...page.querySelectorAll('article .body > p')];
    const seen = blocks.findIndex((block) => block.getBoundingClientRect().bottom > frame / 2);
    const text = document.getElementById('id_body');
    return { seen, text: text.scrollTop / (text.scrollHeight - text.clientHeight) };
}"""


def test_text_and_preview_scroll_together(desk: Page, ada: User) -> None:
    paragraphs = [f"Paragraph number {n} " + "of it all " * (n % 7 * 20) for n in range(60)]
    post = make_draft("Mine", body="\n\n".join(paragraphs), created_by=ada)
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"/admin/blog/post/{post.pk}/change/")
    expect(desk.frame_locator("iframe:not(.next)").locator("article")).to_contain_text("number 59")
    desk.wait_for_timeout(300)
    text = desk.locator("#id_body")
    text.hover()
    for share in (0.3, 0.6, 1, 0):
        text.evaluate(
            "(text, share) => { text.scrollTop = share * (text.scrollHeight - text.clientHeight) }",
            share,
        )
        desk.wait_for_timeout(150)
        middle = desk.evaluate(
            """() => {
                const text = document.getElementById('id_body');
                const at = text.getBoundingClientRect().top + text.clientHeight / 2;
                const blocks = [...document.querySelectorAll('.mirror > div > div')]
                    .filter((block) => block.textContent.trim());
                return blocks.findIndex((block) => block.getBoundingClientRect().bottom > at);
            }"""
        )
        seen = desk.evaluate(TOPS)["seen"]
        if 0 < share < 1:
            assert abs(seen - middle) <= 2, (share, seen, middle)
    desk.locator(".pane.see .frame").hover()
    desk.mouse.wheel(0, 4000)
    desk.wait_for_timeout(400)
    assert desk.evaluate(TOPS)["text"] > 0.05
