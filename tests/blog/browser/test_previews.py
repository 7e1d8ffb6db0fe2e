"""Previews of what marks lead to: by pointer, by keyboard, by touch; never over their mark."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.markup import parse
from blog.models import Post
from tests.factories import (
    PUBLISHED_AT,
    make_claim,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_source,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(page: Page) -> str:
    make_publication()
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-10")
    text = f"Words. {'And more words. ' * 20}\n\nSo [[claim::soldiers|they came]], we say."
    return make_post("One", body=text, slug="one").get_absolute_url()


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 700}, has_touch=True
    )
    yield context.new_page()
    context.close()


def shown(page: Page) -> bool:
    return page.locator(".peek:popover-open").count() == 1


def test_the_pointer_opens_a_preview_beside_the_mark_and_may_move_into_it(
    page: Page, post: str
) -> None:
    page.goto(post)
    mark, preview = page.locator(".body a.cl"), page.locator(".peek")
    before = page.locator(".body").bounding_box()
    mark.hover()
    expect(preview).to_be_visible()
    expect(preview).to_contain_text("10 November 2024: Kyiv says so")
    one, other = mark.bounding_box(), preview.bounding_box()
    assert one
    assert other
    assert other["y"] >= one["y"] + one["height"] or other["y"] + other["height"] <= one["y"]
    assert page.locator(".body").bounding_box() == before, "nothing else moves"

    preview.hover()
    page.wait_for_timeout(500)
    assert shown(page), "what is pointed at stays"
    page.mouse.move(5, 5)
    expect(preview).to_be_hidden()


def test_the_keyboard_opens_it_and_escape_closes_it(page: Page, post: str) -> None:
    page.goto(post)
    page.locator(".body a.cl").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".peek")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".peek")).to_be_hidden()
    expect(page.locator(".body a.cl")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/soldiers/")


def test_a_screen_reader_is_told_it_as_the_description_of_the_mark(page: Page, post: str) -> None:
    page.goto(post)
    expect(page.locator(".body a.cl")).to_have_accessible_description(re.compile("Kyiv says so"))


def test_the_first_tap_shows_and_the_second_follows(phone: Page, post: str) -> None:
    phone.goto(post)
    mark = phone.locator(".body a.cl")
    mark.tap()
    expect(phone.locator(".peek")).to_be_visible()
    assert phone.url.endswith(post)
    box = phone.locator(".peek").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    mark.tap()
    phone.wait_for_url("**/claims/soldiers/")


def test_a_tap_elsewhere_closes_it(phone: Page, post: str) -> None:
    phone.goto(post)
    phone.locator(".body a.cl").tap()
    expect(phone.locator(".peek")).to_be_visible()
    phone.locator("h1").tap()
    expect(phone.locator(".peek")).to_be_hidden()


@pytest.fixture
def linked(page: Page) -> str:
    """A post that refers to an earlier one and to a paragraph of it, and links to a source."""
    make_publication()
    make_source(
        "report", title="The report", url="https://ledger.example.org/a",
        outlet=make_outlet("Capital Ledger"), attributed_to="unnamed US officials",
        attribution="unnamed_official",
    )  # fmt: skip
    old = make_post(
        "Asking", slug="asking", body="First words.\n\nThe second paragraph says it.",
        standfirst="What Kyiv wants.", published=PUBLISHED_AT - timedelta(days=3),
    )  # fmt: skip
    return make_post(
        "Two",
        slug="two",
        body=f"We wrote it [[updates::asking|here]], and [[asking#{second(old)}|there]]. "
        "[They](https://ledger.example.org/a?utm_source=x) say so.",
    ).get_absolute_url()


def second(post: Post) -> str:
    return parse(post.body).paragraphs[1].id


def test_an_earlier_post_shows_its_day_its_standfirst_and_what_this_one_does_to_it(
    page: Page, linked: str
) -> None:
    page.goto(linked)
    page.get_by_role("link", name="here", exact=True).hover()
    preview = page.locator(".peek:popover-open")
    expect(preview).to_contain_text("15 November 2024")
    expect(preview).to_contain_text("What Kyiv wants.")
    expect(preview).to_contain_text("Newer information")


def test_a_mark_that_names_a_paragraph_shows_that_paragraph(page: Page, linked: str) -> None:
    page.goto(linked)
    page.get_by_role("link", name="there", exact=True).hover()
    expect(page.locator(".peek:popover-open")).to_contain_text("“The second paragraph says it.”")


def test_an_outside_link_shows_who_says_so_without_asking_anybody(page: Page, linked: str) -> None:
    page.goto(linked)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="They").hover()
    preview = page.locator(".peek:popover-open")
    expect(preview).to_contain_text("Capital Ledger")
    expect(preview).to_contain_text("unnamed US officials")
    assert "Linked in the text" not in (preview.text_content() or "")
    assert [url for url in asked if "favicon" not in url] == []


def test_the_paragraph_that_is_meant_names_who_refers_to_it(page: Page, linked: str) -> None:
    page.goto("/2024/11/15/asking/")
    later = page.locator("#later-h + .refs")
    expect(later).to_contain_text("to “The second paragraph says it.”")
    later.get_by_role("link", name="The second paragraph").click()
    assert page.url.endswith("#" + second(Post.objects.get(slug="asking")))


def test_the_address_of_a_paragraph_is_copied(page: Page, linked: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/2024/11/15/asking/")
    sign = page.locator(".pilcrow").nth(1)
    expect(sign).to_be_hidden()
    page.get_by_text("The second paragraph says it.").first.hover()
    expect(sign).to_be_visible()
    button = page.get_by_role("button", name="Show the addresses of its paragraphs")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pilcrow").first).to_be_visible()
    sign.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.endswith("/2024/11/15/asking/#" + second(Post.objects.get(slug="asking")))


def test_without_script_the_mark_is_a_link_and_no_preview_is_in_the_way(
    chromium: Browser, live_server: LiveServer, post: str
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(post)
    expect(page.locator(".peek")).to_be_hidden()
    expect(page.locator(".body a.cl")).to_have_attribute("href", "/claims/soldiers/")
    expect(page.locator(".body")).to_contain_text("they came (reported), we say.")
    context.close()
