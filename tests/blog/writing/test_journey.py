"""A post from the first word to its readers: by keyboard alone, and on a phone by touch."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Picture, Post
from sources.models import Source
from tests.blog.desk.test_browser import a_picture
from tests.blog.writing.carets import paste
from tests.blog.writing.steps import Writer
from tests.blog.writing.test_keeping_browser import abandoned, come_back, die, kept
from tests.entering import enter_by_form
from tests.factories import make_post, make_source

pytestmark = pytest.mark.django_db(transaction=True)

OUTSIDE = "https://news.example.org/report?utm_source=mail"
RANGE = "Kyiv has asked for long-range missiles for months, and was refused."
SEA: FilePayload = {"name": "sea.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}


@pytest.fixture(autouse=True)
def archive(ada: User) -> None:
    make_post("Asking for range", slug="asking-for-range", body=RANGE)
    make_post("What a denial concedes", slug="what-a-denial-concedes", body="Minsk denied it.")
    make_source("atlas2023", title="Atlas of outages")
    make_source("wire2024", title="Report of the wire")


def post_is_whole(post: Post) -> None:
    """Two references, three citations, a picture, a footnote: in the text and in the index."""
    assert {row.target.slug for row in post.crossreferences.all() if row.target} == {
        "asking-for-range",
        "what-a-denial-concedes",
    }
    assert {row.written for row in post.citations.all()} == {"atlas2023", "wire2024", "newsReport"}
    assert Source.objects.filter(canonical_url="https://news.example.org/report").exists()
    assert f"![The sea]({Picture.objects.get().file.url})" in post.body
    assert "[^1]: A note of my own." in post.body


def reader_sees_it(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    expect(page.locator(".body a.x")).to_have_count(2)
    expect(page.locator(".notes li")).to_have_count(4)
    expect(page.locator(".body img[alt='The sea']")).to_have_count(1)
    page.goto("/2024/11/18/asking-for-range/")
    expect(page.locator("#later-h")).to_have_text("Referred to later by")


def ending(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words) + r"$")


def containing(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def test_by_keyboard_alone(screen: Page) -> None:
    writer = Writer(screen)
    body = screen.locator("#id_body")
    writer.reach("#id_headline")
    writer.words("By keyboard alone")
    writer.reach("#id_standfirst")
    writer.words("Nobody touched a mouse.")
    writer.reach("#id_body")
    writer.words("Minsk answered at once.")
    writer.press("Control+Shift+s")
    writer.words("atlas")
    writer.choose("Atlas of outages")
    writer.press("Control+End")
    writer.words(" It had been asked before [[denial")
    writer.choose("What a denial concedes")
    writer.press("Control+End")
    writer.words(", and the wire said so.[@wire")
    expect(screen.locator("#suggest [role=option]").first).to_contain_text("Report of the wire")
    writer.press("Tab")
    writer.words("2")
    writer.press("Control+End")
    writer.words(" Others did.")
    paste(screen, OUTSIDE)
    expect(body).to_have_value(ending("[@newsReport]"))
    writer.words(" So I say.")
    writer.press("Control+Shift+6")
    writer.words("A note of my own.")
    writer.press("Control+Shift+6", "Enter", "Enter")
    writer.words("Kyiv asked for long-range missiles for months and was refused ")
    # The first of the list is taken: it may still be the list of what was written just before.
    expect(screen.locator("#before .t").first).to_have_text("Asking for range")
    writer.press("Alt+1")
    expect(body).to_have_value(containing("[[asking-for-range|here]]"))
    writer.press("ArrowRight", "ArrowRight", "ArrowRight", "Enter", "Enter")
    writer.bring("#picture-file", SEA)
    expect(screen.locator("#upload-state")).to_contain_text("Added.")
    writer.words("The sea")

    writer.reach("#id_goes_out_at")
    screen.fill("#id_goes_out_at", "2031-05-04T07:00")
    expect(screen.locator("#when")).to_contain_text("4 May 2031")
    writer.reach("input[name=_schedule]")
    writer.press("Enter")
    expect(screen.locator("[data-go]")).to_be_focused()
    writer.press("Enter")
    expect(screen.locator(".messagelist")).to_contain_text("4 May 2031")
    post = Post.objects.get(headline="By keyboard alone")
    post_is_whole(post)

    # The server dies in the middle of a sentence, and the tab with it.
    writer.reach("#id_standfirst")
    die(screen)
    writer.press("End")
    writer.words(" And nothing was lost.")
    expect(screen.locator("#kept")).to_contain_text("kept in this browser")
    tab = abandoned(screen)
    come_back(tab)
    tab.goto(f"/admin/blog/post/{post.pk}/change/", wait_until="load")
    writer = Writer(tab)
    expect(tab.locator(".offer")).to_be_visible()
    writer.reach(".offer button")
    writer.press("Enter")
    expect(tab.locator("#id_standfirst")).to_have_value(
        "Nobody touched a mouse. And nothing was lost."
    )
    writer.reach("input[name=_publish]")
    writer.press("Enter")
    expect(tab.locator("[data-go]")).to_be_focused()
    writer.press("Enter")
    expect(tab.locator(".messagelist")).to_contain_text("Published.")
    post.refresh_from_db()
    assert post.is_published
    assert post.standfirst.endswith("nothing was lost.")
    post_is_whole(post)
    reader_sees_it(tab, post)


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, ada: User) -> Iterator[Page]:
    """390 pixels wide, with fingers, logged in."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True
    )
    page = context.new_page()
    enter_by_form(page, "ada")
    page.goto("/admin/blog/post/add/", wait_until="load")
    page.locator(".mirror").wait_for(state="attached")
    yield page
    context.close()


def test_on_a_phone_by_touch(phone: Page) -> None:
    """Keys are the phone's own: words are typed, everything else is tapped."""
    body = phone.locator("#id_body")
    phone.tap("#id_headline")
    phone.keyboard.type("By touch")
    phone.tap("#id_body")
    phone.keyboard.type("Minsk answered at once.")
    phone.get_by_role("button", name="Source", exact=True).tap()
    phone.keyboard.type("atlas")
    expect(phone.locator("#suggest-0")).to_contain_text("Atlas of outages")
    phone.locator("#suggest-0").tap()
    expect(body).to_have_value(containing("[@atlas2023]"))
    phone.keyboard.press("Control+End")
    phone.keyboard.type(" It was asked before: ")
    phone.get_by_role("button", name="Earlier post").tap()
    phone.keyboard.type("denial")
    expect(phone.locator("#suggest-0")).to_contain_text("What a denial concedes")
    phone.locator("#suggest-0").tap()
    expect(body).to_have_value(containing("[[what-a-denial-concedes|"))
    phone.keyboard.press("Control+End")
    phone.keyboard.type(" The wire said so.")
    phone.get_by_role("button", name="Source", exact=True).tap()
    phone.keyboard.type("wire")
    expect(phone.locator("#suggest-0")).to_contain_text("Report of the wire")
    phone.locator("#suggest-0").tap()
    expect(body).to_have_value(containing("[@wire2024]"))
    phone.keyboard.press("Control+End")
    paste(phone, OUTSIDE)
    expect(body).to_have_value(ending("[@newsReport]"))
    phone.get_by_role("button", name="Footnote").tap()
    phone.keyboard.type("A note of my own.")
    phone.keyboard.press("Control+Home")
    phone.keyboard.type("Kyiv asked for long-range missiles for months and was refused \n\n")
    for _ in range(2):
        phone.keyboard.press("ArrowLeft")
    expect(phone.locator("#before .t").first).to_have_text("Asking for range")
    phone.locator("#before button").first.tap()
    expect(body).to_have_value(containing("[[asking-for-range|here]]"))
    for _ in range(3):
        phone.keyboard.press("ArrowRight")
    phone.keyboard.type("\n\n")
    phone.set_input_files("#picture-file", SEA)
    expect(phone.locator("#upload-state")).to_contain_text("Added.")
    phone.keyboard.type("The sea")
    phone.get_by_text("Preview", exact=True).tap()
    preview = phone.frame_locator("iframe:not(.next)")
    expect(preview.locator(".body img[alt='The sea']")).to_have_count(1)

    die(phone)
    phone.tap("#id_standfirst")
    phone.keyboard.type("Nothing was lost.")
    expect(phone.locator("#kept")).to_contain_text("kept in this browser")
    come_back(phone)
    kept(phone)
    phone.locator("input[name=_publish]").tap()
    phone.locator("[data-go]").tap()
    expect(phone.locator(".messagelist")).to_contain_text("Published.")
    post = Post.objects.get(headline="By touch")
    assert post.standfirst == "Nothing was lost."
    post_is_whole(post)
    reader_sees_it(phone, post)
