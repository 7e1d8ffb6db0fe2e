"""Completing names in a browser: by the keyboard, at the caret, announced, never late."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from blog.markup import Kind
from tests.blog.writing.carets import read, write
from tests.factories import make_draft, make_post, make_source

pytestmark = pytest.mark.django_db(transaction=True)

POSTS = [
    {
        "value": "what-a-denial-concedes",
        "title": [["What a ", False], ["denial", True], [" concedes", False]],
        "about": "25 October",
    },
    {"value": "a-rumour", "title": [["A rumour with a uniform", False]], "hidden": "Draft"},
    {
        "value": "the-permission",
        "title": [["The permission", False]],
        "passage": [["… ", False], ["denies", True]],
    },
]
Answer = Callable[[Route], None]


def options(*found: dict[str, Any]) -> Answer:
    return lambda route: route.fulfill(json={"options": list(found)})


@pytest.fixture
def posts(screen: Page) -> Page:
    screen.route("**/complete/posts/", options(*POSTS))
    return screen


def listed(page: Page) -> list[str]:
    return page.locator("#suggest .t").all_inner_texts()


def shown(page: Page) -> None:
    expect(page.locator(".suggest")).to_be_visible()


def closed(page: Page) -> None:
    expect(page.locator(".suggest")).to_be_hidden()


def test_a_post_is_referred_to_with_the_keyboard_alone(posts: Page) -> None:
    write(posts, "As I wrote ‸, so it was.")
    posts.keyboard.type("[[denial")
    shown(posts)
    assert listed(posts)[0] == "What a denial concedes"
    posts.keyboard.press("ArrowDown")
    posts.keyboard.press("ArrowDown")
    posts.keyboard.press("ArrowUp")
    posts.keyboard.press("ArrowUp")
    posts.keyboard.press("Enter")
    assert read(posts) == "As I wrote [[what-a-denial-concedes|«here»]], so it was."
    closed(posts)
    posts.keyboard.press("Control+z")
    assert read(posts) == "As I wrote [[«denial», so it was."


def test_who_is_faster_than_the_answer_means_its_first_line(screen: Page) -> None:
    held: list[Route] = []
    screen.route("**/complete/posts/", lambda route: held.append(route))
    write(screen, "‸")
    with screen.expect_request("**/complete/posts/"):
        screen.keyboard.type("[[denial")
        screen.keyboard.press("Enter")
    screen.wait_for_timeout(50)
    held[-1].fulfill(json={"options": POSTS})
    expect(screen.locator("#id_body")).to_have_value("[[what-a-denial-concedes|here]]")


def test_enter_with_nothing_found_is_a_new_line(screen: Page) -> None:
    screen.route("**/complete/posts/", options())
    write(screen, "‸")
    screen.keyboard.type("[[zzz")
    expect(screen.locator(".suggest")).to_contain_text("No post of these words.")
    screen.keyboard.press("Enter")
    assert read(screen) == "[[zzz\n‸"


def test_tab_chooses_the_kind(posts: Page) -> None:
    write(posts, "‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    posts.keyboard.press("Tab")
    assert listed(posts) == list(Kind)
    posts.keyboard.press("ArrowDown")
    posts.keyboard.press("Enter")
    assert read(posts) == "[[extends::what-a-denial-concedes|«here»]]"


def test_tab_is_no_trap(posts: Page) -> None:
    write(posts, "‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    posts.keyboard.press("Tab")
    posts.keyboard.press("Tab")
    expect(posts.locator("#id_body")).not_to_be_focused()
    closed(posts)
    write(posts, "‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    posts.keyboard.press("Shift+Tab")
    expect(posts.locator("#id_body")).not_to_be_focused()
    expect(posts.locator("#id_body")).to_have_value("[[denial")


def test_escape_leaves_the_text_alone_and_the_list_closed(posts: Page) -> None:
    write(posts, "‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    posts.keyboard.press("Escape")
    closed(posts)
    posts.keyboard.type(" of")
    posts.wait_for_timeout(250)
    closed(posts)
    assert read(posts) == "[[denial of‸"
    posts.keyboard.type(" it. Then [[an")
    shown(posts)


def test_kinds_are_offered_behind_two_colons(posts: Page) -> None:
    write(posts, "‸")
    posts.keyboard.type("[[up::")
    assert listed(posts) == ["updates"]
    posts.keyboard.press("Enter")
    assert read(posts) == "[[updates::‸"
    expect(posts.locator("#suggest .t").first).to_have_text("What a denial concedes")
    posts.keyboard.press("Enter")
    assert read(posts) == "[[updates::what-a-denial-concedes|«here»]]"


def test_a_claim_is_one_of_the_kinds_and_keeps_the_words_that_were_selected(posts: Page) -> None:
    posts.route(
        "**/complete/claims/",
        options({"value": "permission", "title": [["They agreed.", False]], "about": "reported"}),
    )
    write(posts, "So «they agreed» then.")
    posts.keyboard.press("Control+Shift+e")
    posts.keyboard.type("cl::")
    assert listed(posts) == ["claim"]
    posts.keyboard.press("Enter")
    expect(posts.locator("#suggest li")).to_have_text("They agreed. reported")
    posts.keyboard.press("Enter")
    assert read(posts) == "So [[claim::permission|they agreed]]‸ then."
    closed(posts)


def test_a_paragraph_is_one_key_further(posts: Page) -> None:
    asked: list[str] = []

    def paragraphs(route: Route) -> None:
        asked.append(route.request.post_data or "")
        route.fulfill(
            json={"options": [{"value": "p-12345678", "title": [["It was denied.", False]]}]}
        )

    posts.route("**/complete/paragraphs/", paragraphs)
    write(posts, "‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    posts.keyboard.type("#den")
    expect(posts.locator("#suggest .t")).to_have_text(["It was denied."])
    assert "what-a-denial-concedes" in asked[-1]
    posts.keyboard.press("Enter")
    assert read(posts) == "[[what-a-denial-concedes#p-12345678|«here»]]"


def test_a_source_is_cited_with_or_without_a_page(screen: Page) -> None:
    screen.route(
        "**/complete/sources/", options({"value": "ledger2024", "title": [["Report", False]]})
    )
    write(screen, "It is so‸.")
    screen.keyboard.type("[@led")
    shown(screen)
    screen.keyboard.press("Enter")
    assert read(screen) == "It is so[@ledger2024]‸."
    screen.keyboard.type("[@led")
    shown(screen)
    screen.keyboard.press("Tab")
    screen.keyboard.type("3")
    assert read(screen) == "It is so[@ledger2024][@ledger2024, p. 3‸]."


def test_it_is_announced_and_drafts_are_marked(posts: Page) -> None:
    write(posts, "See [[a-rumour|this]]. ‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    field = posts.locator("#id_body")
    expect(field).to_have_attribute("aria-controls", "suggest")
    expect(field).to_have_attribute("aria-activedescendant", "suggest-0")
    posts.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggest-1")
    expect(posts.get_by_role("option", selected=True)).to_contain_text("A rumour")
    draft = posts.get_by_role("option", selected=True)
    expect(draft).to_contain_text("Draft")
    expect(draft).to_contain_text("Already referred to here.")
    expect(posts.locator("#suggest-0 mark")).to_have_text("denial")
    expect(posts.locator("#suggest-2 mark")).to_have_text("denies")
    expect(posts.get_by_role("status").filter(has_text="A rumour")).to_have_count(1)
    posts.keyboard.press("Escape")
    assert field.get_attribute("aria-activedescendant") is None


def test_what_the_server_sends_is_never_taken_for_a_page(screen: Page) -> None:
    evil = '<img src=x onerror="document.title=1"><mark>x</mark>'
    option = {"value": "x", "title": [[evil, False]], "about": evil, "passage": [[evil, True]]}
    screen.route("**/complete/posts/", options(option))
    write(screen, "‸")
    screen.keyboard.type("[[x")
    shown(screen)
    assert screen.locator(".suggest img").count() == 0


def test_a_late_answer_is_not_shown_over_a_newer_one(screen: Page) -> None:
    held: list[Route] = []
    screen.route("**/complete/posts/", lambda route: held.append(route))
    write(screen, "‸")
    with screen.expect_request("**/complete/posts/"):
        screen.keyboard.type("[[den")
    with screen.expect_request("**/complete/posts/"):
        screen.keyboard.type("ial")
    screen.wait_for_timeout(50)
    held[1].fulfill(json={"options": POSTS[:1]})
    shown(screen)
    held[0].fulfill(json={"options": POSTS[1:]})
    screen.wait_for_timeout(200)
    assert listed(screen) == ["What a denial concedes"]


def test_a_server_that_is_away_is_said_and_writing_goes_on(screen: Page) -> None:
    screen.route("**/complete/posts/", lambda route: route.abort())
    write(screen, "‸")
    screen.keyboard.type("[[den")
    expect(screen.locator(".suggest")).to_contain_text("The server does not answer.")
    screen.keyboard.press("Enter")
    assert read(screen) == "[[den\n‸"


PLACES = """() => {
    const list = document.querySelector('.suggest').getBoundingClientRect();
    const text = document.getElementById('id_body');
    return { list: list.toJSON(), field: text.getBoundingClientRect().toJSON(), width: innerWidth,
        page: document.documentElement.scrollWidth };
}"""


@pytest.mark.parametrize("width", [390, 1440])
def test_the_list_stands_at_the_caret_also_while_scrolling(width: int, posts: Page) -> None:
    posts.set_viewport_size({"width": width, "height": 800})
    write(posts, "Some words of it.\n\n" * 60 + "At the end ‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    caret = posts.evaluate(
        "document.querySelector('.mirror > div').lastElementChild.getBoundingClientRect().toJSON()"
    )
    at = posts.evaluate(PLACES)
    assert at["list"]["left"] >= 0
    assert at["list"]["right"] <= width
    assert at["page"] <= width
    beneath = 0 <= at["list"]["top"] - caret["bottom"] <= 12
    above = 0 <= caret["top"] - at["list"]["bottom"] <= 12
    assert beneath or above
    posts.locator("#id_body").evaluate("text => { text.scrollTop -= 60 }")
    posts.wait_for_timeout(100)
    moved = posts.evaluate(PLACES)["list"]["top"] - at["list"]["top"]
    assert beneath is False or moved == pytest.approx(60, abs=2) or moved < 0
    posts.locator("#id_body").evaluate("text => { text.scrollTop = 0 }")
    posts.wait_for_timeout(100)
    closed(posts)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_with_the_list_open_nothing_keeps_anybody_out(
    width: int, theme: Any, posts: Page, policy_faults: list[str]
) -> None:
    posts.emulate_media(color_scheme=theme)
    posts.set_viewport_size({"width": width, "height": 900})
    write(posts, "See [[a-rumour|this]], [@key] and[^1] ‸")
    posts.keyboard.type("[[denial")
    shown(posts)
    found = Axe().run(posts, "#writing")
    policy_faults.clear()  # of the checker's own making
    assert found.violations_count == 0, found.generate_report()


def test_by_touch_a_line_is_chosen_with_a_tap(posts: Page) -> None:
    posts.set_viewport_size({"width": 390, "height": 800})
    write(posts, "As I «wrote then», so.")
    posts.get_by_role("button", name="Earlier post").click()
    posts.keyboard.type("den")
    posts.locator("#suggest-0").click()
    assert read(posts) == "As I [[what-a-denial-concedes|wrote then]]‸, so."


def test_the_server_is_asked_and_answers(screen: Page) -> None:
    """No answer made up here: the whole way."""
    make_post("What a denial concedes", slug="what-a-denial-concedes", body="It was denied.")
    make_draft("A denial of somebody else", slug="elses")
    make_source("ledger2024", title="A report of the ledger")
    write(screen, "‸")
    screen.keyboard.type("[[denial")
    expect(screen.locator("#suggest .t")).to_have_text(["What a denial concedes"])
    screen.keyboard.type("#")
    expect(screen.locator("#suggest .t")).to_have_text(["It was denied."])
    screen.keyboard.press("Enter")
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("End")
    screen.keyboard.type(" [@ledger")
    expect(screen.locator("#suggest .t")).to_have_text(["A report of the ledger"])
    screen.keyboard.press("Enter")
    assert "[@ledger2024]" in read(screen)
