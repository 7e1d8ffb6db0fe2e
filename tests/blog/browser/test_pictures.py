"""Pictures of posts: worked by keyboard, told to screen readers, legible at every width."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from blog.models import Post, Story
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_story,
    refer_in_bulk,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story() -> Story:
    make_publication()
    story = make_story("Missiles")
    first = _post(story, 1)
    _post(story, 2, "Wrong: [[corrects::p1|so]].")
    last = _post(story, 30, "See [[p2|here]] and [[extends::p1|there]].")
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-20")
    make_report(claim, "denies", by="Minsk", on="2024-11-29")
    make_assumption(last, claim)
    assert first.story == story
    return story


def _post(story: Story, number: int, body: str = "") -> Post:
    at = PUBLISHED_AT + timedelta(days=number)
    return make_post(f"Part {number}", slug=f"p{number}", body=body, story=story, published=at)


@pytest.fixture
def long_story() -> Story:
    make_publication()
    story = make_story("Missiles")
    posts = make_posts_in_bulk(150, story=story)
    refer_in_bulk(posts[:40], posts[60])
    return story


def no_violations(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()


def test_the_keyboard_goes_from_post_to_post_and_lights_their_arcs(
    page: Page, story: Story
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(story.get_absolute_url())
    marks = page.locator(".arc.wide .pt")
    marks.first.focus()
    expect(marks.nth(0).locator("ellipse").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(marks.nth(1)).to_be_focused()
    expect(marks.nth(1).locator("foreignObject")).to_be_visible()
    expect(marks.nth(1).locator("ellipse")).to_have_count(2)
    expect(marks.nth(0).locator("foreignObject")).to_be_hidden()

    page.keyboard.press("Enter")

    page.wait_for_url("**/2024/11/20/p2/")


def test_a_screen_reader_is_told_what_the_picture_is_and_each_post_of_it(
    page: Page, story: Story
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(story.get_absolute_url())
    picture = page.get_by_role("group", name="Three posts, 19 November 2024 to 18 December 2024")

    expect(picture).to_have_count(1)
    expect(picture.get_by_role("link")).to_have_count(3)
    expect(
        picture.get_by_role(
            "link", name="2. Part 2, 20 November 2024. Refers to 1 (corrects it). Referred to by 3"
        )
    ).to_be_visible()
    lane = page.get_by_role("img", name="Reported 20 November 2024, reported, contested 29 Nov")
    expect(lane).to_have_count(1)


def test_the_table_tells_the_same(page: Page, story: Story) -> None:
    page.goto(story.get_absolute_url())
    page.get_by_text("The same, as a table").click()

    expect(page.get_by_role("region", name="Posts and references")).to_contain_text(
        "1 (corrects it)"
    )


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1440])
def test_the_picture_stays_within_the_page_and_only_one_is_shown(
    page: Page, story: Story, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(story.get_absolute_url())

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".arc[role=group]:visible")).to_have_count(1)


def test_marks_on_a_phone_are_large_enough_for_a_finger(page: Page, story: Story) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(story.get_absolute_url())
    boxes = [hit.bounding_box() for hit in page.locator(".arc.narrow .hit").all()]

    assert boxes
    assert all(box and box["width"] >= 23.5 and box["height"] >= 24 for box in boxes)


def test_a_picture_of_150_posts_can_be_skipped(page: Page, long_story: Story) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(long_story.get_absolute_url())
    page.get_by_role("link", name="Skip the picture").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_text("The same, as a table")).to_be_focused()


def test_axe_finds_nothing_in_a_picture_of_150_posts(page: Page, long_story: Story) -> None:
    for size in (1440, 390):
        page.set_viewport_size({"width": size, "height": 900})
        page.goto(long_story.get_absolute_url())
        no_violations(page)


def test_a_posts_own_arcs_are_lit_on_its_page(page: Page, story: Story) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/2024/11/20/p2/")
    me = page.locator(".arc.wide .pt.me")

    expect(me).to_have_attribute("href", "/2024/11/20/p2/")
    expect(me.locator("ellipse").first).to_be_visible()
    expect(me.locator("foreignObject")).to_be_visible()


def test_on_the_map_named_posts_are_stops_of_the_keyboard_and_lead_lines(
    page: Page, long_story: Story
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/map/")
    page.get_by_role("link", name="Skip the picture").focus()
    page.keyboard.press("Tab")
    named = page.locator(".map.wide .pt:focus")

    expect(named).to_have_attribute("aria-label", r"1. " + _headline(long_story))
    expect(named.locator("line").first).to_have_css("visibility", "visible")
    page.keyboard.press("Tab")
    expect(page.locator(".map.wide .pt:focus")).to_have_count(0)


def _headline(story: Story) -> str:
    post = story.posts.order_by("-published_at")[60]
    return f"{post.headline}, {post.published_at:%-d %B %Y}. Referred to by 40"


def test_print_has_the_wide_picture_and_no_hints(page: Page, story: Story) -> None:
    page.goto(story.get_absolute_url())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 600, "height": 900})

    expect(page.locator(".arc.wide")).to_be_visible()
    expect(page.locator(".arc.narrow")).to_be_hidden()
    expect(page.locator("details")).to_be_hidden()


def test_without_scripts_it_is_all_there(
    chromium: Browser, live_server: object, story: Story
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}{story.get_absolute_url()}")
    page.locator(".arc.wide .pt .hit").first.hover()

    expect(page.locator(".arc.wide .pt").first.locator("foreignObject")).to_be_visible()
    context.close()
