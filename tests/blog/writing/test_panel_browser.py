"""The panel at work, by keyboard: what is found is mended without leaving the screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from sources.models import Source
from tests.factories import make_draft, make_post, make_source, make_user

BODY = "#id_body"


@pytest.fixture
def posts(ada: User) -> None:
    make_post("Who is allowed to say yes", slug="who-is-allowed")
    make_post("Asking for range", slug="range")


@pytest.fixture
def panel(desk: Page, posts: None) -> Page:
    desk.goto("/admin/blog/post/add/", wait_until="load")
    return desk


def write(page: Page, words: str) -> None:
    page.fill(BODY, words)


def test_a_mark_that_leads_nowhere_is_mended_by_one_key_and_undone_by_one(panel: Page) -> None:
    write(panel, "🚀 It is [[who-is-alowed|their call]], I say.")
    expect(panel.locator("#referred .todo")).to_contain_text("Leads nowhere.")
    expect(panel.locator("#referred .todo")).to_contain_text("Who is allowed to say yes")

    panel.keyboard.press("Alt+u")

    mended = "🚀 It is [[who-is-allowed|their call]], I say."
    expect(panel.locator(BODY)).to_have_value(mended)
    expect(panel.locator(BODY)).to_be_focused()
    expect(panel.locator("#knowing-state")).to_contain_text("Now it leads to “Who is allowed")
    expect(panel.locator("#referred .todo")).to_have_count(0)
    expect(panel.locator("#referred a")).to_have_text("Who is allowed to say yes")
    panel.keyboard.press("Control+z")
    expect(panel.locator(BODY)).to_have_value(mended.replace("allowed", "alowed"))


def test_a_button_mends_the_mark_where_it_stands_by_now(panel: Page) -> None:
    write(panel, "It is [[who-is-alowed|x]].")
    use = panel.get_by_role("button", name="Use that one: Who is allowed to say yes")
    expect(use).to_be_visible()
    panel.route("**/post/knowing/", lambda route: route.abort())
    write(panel, "New words, [[range|y]] before.\n\nIt is [[who-is-alowed|x]].")
    use.focus()
    panel.keyboard.press("Enter")
    expect(panel.locator(BODY)).to_have_value(
        "New words, [[range|y]] before.\n\nIt is [[who-is-allowed|x]]."
    )


def test_a_mark_that_is_gone_meanwhile_changes_nothing_else(panel: Page) -> None:
    write(panel, "It is [[who-is-alowed|x]].")
    use = panel.get_by_role("button", name="Use that one")
    expect(use).to_be_visible()
    panel.route("**/post/knowing/", lambda route: route.abort())
    write(panel, "It is not.")
    use.click()
    expect(panel.locator(BODY)).to_have_value("It is not.")
    expect(panel.locator("#knowing-state")).to_contain_text("The text has changed there")


def test_the_kind_is_changed_in_the_text_and_the_keyboard_stays_where_it_is(panel: Page) -> None:
    write(panel, "We wrote [[range|here]] and [[range|here]].")
    kinds = panel.locator("#referred select")
    expect(kinds).to_have_count(2)
    kinds.nth(1).focus()
    panel.keyboard.press("ArrowDown")
    expect(panel.locator(BODY)).to_have_value(
        "We wrote [[range|here]] and [[extends::range|here]]."
    )
    panel.keyboard.press("ArrowDown")
    changed = "We wrote [[range|here]] and [[updates::range|here]]."
    expect(panel.locator(BODY)).to_have_value(changed)
    panel.wait_for_timeout(1200)
    expect(kinds.nth(1)).to_be_focused()
    expect(kinds.nth(1)).to_have_value("updates")
    panel.keyboard.press("ArrowUp")
    panel.keyboard.press("ArrowUp")
    expect(panel.locator(BODY)).to_have_value("We wrote [[range|here]] and [[range|here]].")


def test_what_a_source_lacks_is_put_in_where_it_is_said(panel: Page) -> None:
    source = make_source("bare", title="A report")
    make_post(body="[@bare]")
    write(panel, "So it is.[@bare]")
    row = panel.locator("#cited li")
    expect(row).to_contain_text("No date. Neither author nor outlet.")
    panel.get_by_role("button", name="Put in what is missing: A report").focus()
    panel.keyboard.press("Enter")
    expect(panel.get_by_label("Date")).to_be_focused()
    expect(row).to_contain_text("Another post cites this source, too")
    panel.keyboard.type("17 November 2024")
    panel.keyboard.press("Tab")
    panel.keyboard.press("Tab")
    panel.keyboard.type("Federal Wire")
    panel.keyboard.press("Enter")
    expect(row).to_contain_text("Federal Wire, 17 November 2024.")
    expect(row.locator("b")).to_have_count(0)
    expect(panel.get_by_role("button", name="Change: A report")).to_be_focused()
    expect(panel).to_have_url(re.compile("/add/$"))
    source.refresh_from_db()
    assert (source.issued_on.text(), source.container_title) == ("17 November 2024", "Federal Wire")


def test_a_form_that_is_being_filled_in_outlives_an_answer(panel: Page) -> None:
    make_source("bare", title="A report")
    write(panel, "So it is.[@bare]")
    panel.get_by_role("button", name="Put in what is missing").click()
    panel.keyboard.type("x" * 101)
    with panel.expect_response("**/post/knowing/"):
        panel.locator(BODY).evaluate(
            "text => { text.value += ' More.'; "
            "text.dispatchEvent(new Event('input', {bubbles: true})); }"
        )
    expect(panel.get_by_label("Date")).to_have_value("x" * 101)
    panel.get_by_label("Date").press("Enter")
    expect(panel.locator("#cited [role=alert]").first).to_contain_text("at most 100 characters")
    panel.keyboard.press("Escape")
    expect(panel.get_by_label("Date")).to_have_count(0)
    assert not Source.objects.exclude(issued_words="").exists()


def test_alt_text_is_typed_in_the_panel_and_one_can_go_to_the_picture(panel: Page) -> None:
    write(panel, "One.\n\n![](/media/sea.jpg) and ![](/media/sky.jpg)")
    rows = panel.locator("#rest li")
    expect(rows).to_have_count(2)
    rows.nth(1).get_by_role("textbox").focus()
    panel.keyboard.type("A [grey sky")
    panel.keyboard.press("Enter")
    expect(panel.locator(BODY)).to_have_value(
        "One.\n\n![](/media/sea.jpg) and ![A \\[grey sky](/media/sky.jpg)"
    )
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name="Go to line 3").focus()
    panel.keyboard.press("Enter")
    expect(panel.locator(BODY)).to_be_focused()
    assert panel.locator(BODY).evaluate("t => t.value.slice(t.selectionStart)").startswith("![](/")


def test_a_late_answer_never_overwrites_a_newer_one(panel: Page) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    panel.route("**/post/knowing/", hold_the_first)
    write(panel, "[[range|x]]")
    panel.wait_for_timeout(900)
    write(panel, "[[who-is-allowed|x]]")
    expect(panel.locator("#referred a")).to_have_text("Who is allowed to say yes")
    assert held
    held[0].continue_()
    panel.wait_for_timeout(500)
    expect(panel.locator("#referred a")).to_have_text("Who is allowed to say yes")


def test_a_server_that_fails_is_said_and_what_was_known_stays(panel: Page) -> None:
    write(panel, "[[range|x]]")
    expect(panel.locator("#referred a")).to_have_text("Asking for range")
    panel.route("**/post/knowing/", lambda route: route.fulfill(status=500))
    write(panel, "[[range|x]] more")
    expect(panel.locator("#knowing-state")).to_contain_text("(500). Below is what was known")
    expect(panel.locator("#referred a")).to_have_text("Asking for range")
    panel.unroute("**/post/knowing/")
    panel.context.clear_cookies()
    write(panel, "[[range|x]] still more")
    expect(panel.locator("#knowing-state")).to_contain_text("You are logged out.")


def test_who_refers_here_and_what_a_new_address_touches_is_said(desk: Page, ada: User) -> None:
    post = make_post("Mine", slug="mine", created_by=ada)
    make_post("A later one", body="[[updates::mine|x]]")
    make_draft("Not hers", body="[[mine|x]]", created_by=make_user("author"))
    desk.goto(f"/admin/blog/post/{post.pk}/change/")
    expect(desk.locator("#referring li")).to_have_text(
        re.compile("A later one.*Newer information", re.DOTALL)
    )
    expect(desk.locator("#touched-withdrawing")).to_contain_text("In one public post")
    desk.fill("#id_slug", "ours")
    expect(desk.locator("#touched-address")).to_contain_text("From “mine” to “ours”")


def test_the_keys_are_on_the_sheet_and_lead_to_the_panel(panel: Page) -> None:
    panel.focus(BODY)
    panel.keyboard.press("Alt+k")
    expect(panel.locator("#knowing-h")).to_be_focused()
    expect(panel.locator("#keys dl")).to_contain_text("To the references under the text")


@pytest.fixture
def unwatched(page: Page, ada: User, live_server: LiveServer) -> Page:
    """Logged in; axe puts in styles of its own, which the policy refuses."""
    client = Client()
    client.force_login(ada)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    return page


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_and_work_it(
    unwatched: Page, posts: None, width: int, scheme: str
) -> None:
    page = unwatched
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/blog/post/add/", wait_until="load")
    make_source("bare", title="A report")
    write(page, "[[range|x]] [[who-is-alowed|y]] [@bare] [@gone] ![](/media/a.jpg) `[[x]]`")
    page.get_by_role("button", name="Put in what is missing").click()
    expect(page.locator("#rest li")).to_have_count(2)
    results = Axe().run(page, "#knowing")
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
