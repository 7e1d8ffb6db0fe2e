"""The desk in a browser: writing a post as an author does, and what must not happen meanwhile."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Picture, Post
from tests.entering import enter_desk
from tests.factories import make_author, make_draft, make_post, make_publication, make_user

PREVIEW = "iframe:not(.next)"


@pytest.fixture
def author(live_server: LiveServer) -> User:
    make_publication()
    make_post("Who is allowed to say yes", slug="who-is-allowed-to-say-yes")
    user = make_user("author", "ada")
    make_author("Ada Writer", user=user)
    return user


@pytest.fixture
def desk(page: Page, author: User) -> Iterator[Page]:
    """Logged in; no page of the desk may break its own policy."""
    broken: list[str] = []
    page.on(
        "console",
        lambda message: broken.append(message.text) if "Security Policy" in message.text else None,
    )
    enter_desk(page, "ada")
    yield page
    assert broken == []


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format="JPEG")
    return out.getvalue()


def test_a_post_is_written_previewed_refused_mended_and_published(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    desk.fill("#id_headline", "Written for real")
    text = desk.locator("#id_body")
    text.press_sequentially("Some **bold** words, and [[who-decides]] is open.\n\n")
    preview = desk.frame_locator(PREVIEW)
    expect(preview.locator("article strong")).to_have_text("bold")
    expect(preview.locator("h1")).to_have_text("Written for real")
    expect(preview.locator(".byline")).to_have_text("By Ada Writer")
    desk.set_input_files(
        "#picture-file", {"name": "sea.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}
    )
    expect(desk.locator("#upload-state")).to_contain_text("Say between the brackets")
    desk.keyboard.type("The sea")
    expect(preview.locator("article img[alt='The sea']")).to_be_visible()

    desk.click("text=Publish now")
    expect(desk.locator("dialog.sheet li").first).to_contain_text("[[who-decides]] leads nowhere.")
    desk.keyboard.press("Escape")
    mended = text.input_value().replace("[[who-decides]]", "[[who-is-allowed-to-say-yes|that]]")
    text.fill(mended)
    desk.click("text=Publish now")
    desk.click("[data-go]")
    expect(desk.locator(".messagelist")).to_contain_text("Published.")
    post = Post.objects.get(headline="Written for real")
    assert post.is_published
    assert post.body.replace("\r\n", "\n") == mended


def test_every_key_does_what_it_does_elsewhere(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    text = desk.locator("#id_body")
    text.press_sequentially("One\nTwo")
    for keys in ("Control+d", "Control+[", "Control+]"):
        text.press(keys)
    assert text.input_value() == "One\nTwo"
    text.press("Tab")
    assert text.input_value() == "One\nTwo"
    expect(text).not_to_be_focused()
    text.press("Control+z")
    assert text.input_value() != "One\nTwo"


def test_a_picture_can_be_dropped_and_the_insertion_undone(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    desk.locator("#id_body").evaluate(
        """(text, bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], 'sea.jpg', {type: 'image/jpeg'}));
            text.dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}));
        }""",
        list(a_picture()),
    )
    expect(desk.locator("#id_body")).to_have_value(re.compile(r"^!\[\]\(/media/.+\.jpg\)$"))
    assert Picture.objects.get().file.url in desk.locator("#id_body").input_value()
    desk.keyboard.press("Control+z")
    expect(desk.locator("#id_body")).to_have_value("")


def test_a_refused_picture_leaves_the_text_alone(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    desk.fill("#id_body", "Mine.")
    evil: FilePayload = {
        "name": "evil.svg",
        "mimeType": "image/svg+xml",
        "buffer": b"<svg onload=alert(1)>",
    }
    desk.set_input_files("#picture-file", evil)
    expect(desk.locator("#upload-state")).to_contain_text("“evil.svg” is not a picture")
    expect(desk.locator("#id_body")).to_have_value("Mine.")


def test_a_preview_that_fails_says_so_and_keeps_the_last_good_one(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    desk.fill("#id_body", "Good.")
    expect(desk.frame_locator(PREVIEW).locator("article")).to_contain_text("Good.")
    desk.route(
        "**/post/preview/",
        lambda route: route.fulfill(status=500, body="<img src=x onerror='document.title=1'>"),
    )
    desk.fill("#id_body", "Worse.")
    expect(desk.locator("#preview-state")).to_contain_text("The preview failed (500).")
    expect(desk.frame_locator(PREVIEW).locator("article")).to_contain_text("Good.")
    desk.unroute("**/post/preview/")
    desk.context.clear_cookies()
    desk.fill("#id_body", "Alone.")
    expect(desk.locator("#preview-state")).to_contain_text("You are logged out.")
    expect(desk.frame_locator(PREVIEW).locator("article")).to_contain_text("Good.")


def test_a_late_answer_never_takes_the_place_of_a_newer_one(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    desk.route("**/post/preview/", hold_the_first)
    desk.fill("#id_body", "First.")
    expect(desk.locator("#preview-state")).to_have_text("Rendering …")
    desk.fill("#id_body", "Second.")
    shown = desk.frame_locator(PREVIEW).locator("article")
    expect(shown).to_contain_text("Second.")
    held[0].continue_()
    desk.wait_for_timeout(500)
    expect(shown).to_contain_text("Second.")


def test_links_in_the_preview_do_not_leave_it(desk: Page, author: User) -> None:
    post = make_draft("Mine", body="[[who-is-allowed-to-say-yes|there]]", created_by=author)
    desk.goto(f"/admin/blog/post/{post.pk}/change/")
    link = desk.frame_locator(PREVIEW).locator(".body a.x")
    with desk.expect_popup() as opened:
        link.click()
    expect(opened.value).to_have_title("Who is allowed to say yes. The Margin Note")
    expect(desk.frame_locator(PREVIEW).locator("h1")).to_have_text("Mine")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_of_the_desk_keep_their_policy_and_fit_their_window(
    width: int, desk: Page, author: User
) -> None:
    own = make_draft(created_by=author).pk
    desk.set_viewport_size({"width": width, "height": 900})
    for path in (
        "",
        "blog/post/",
        "blog/post/add/",
        f"blog/post/{own}/change/",
        f"blog/post/{own}/history/",
        f"blog/post/{own}/delete/",
        "sources/source/",
        "sources/source/add/",
        "blog/picture/add/",
    ):
        desk.goto(f"/admin/{path}")
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
