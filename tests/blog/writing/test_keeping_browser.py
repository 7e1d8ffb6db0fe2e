"""Nothing typed is lost: closed tabs, a dead server, a log-in that ran out, two who write."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Post
from blog.models.unsaved import UnsavedText
from tests.entering import PASSWORD, enter_by_form, enter_desk
from tests.factories import make_draft, make_post, make_user

SAVED = re.compile(r"a copy was saved \d+ s ago")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Opens = Callable[[Page], None]


@pytest.fixture
def draft(ada: User) -> Post:
    return make_draft("Mine", body="One.\n\nTwo.\n\nThree.", created_by=ada)


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="load")


def save(page: Page) -> None:
    page.locator("input[name=_continue]").first.click()


def kept(page: Page) -> None:
    expect(page.locator("#kept")).to_contain_text(SAVED)


def abandoned(page: Page) -> Page:
    """The tab is gone, as after a crash; another of the same browser is opened."""
    context: BrowserContext = page.context
    page.close()
    return context.new_page()


def die(page: Page) -> None:
    """The server does not answer any more, for anything."""
    page.context.route("**/admin/**", refuse)


def come_back(page: Page) -> None:
    page.context.unroute("**/admin/**", refuse)


def refuse(route: Route) -> None:
    route.abort("connectionrefused")


class TestTheCopy:
    def test_it_is_on_the_server_soon_and_the_line_says_so(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        expect(desk.locator("#kept")).to_have_text("")
        desk.fill("#id_body", "An hour of work.")
        expect(desk.locator("#kept")).to_have_text("Changes not saved yet.")
        kept(desk)
        assert UnsavedText.objects.get().value("body") == "An hour of work."
        assert Post.objects.get(pk=draft.pk).body == "One.\n\nTwo.\n\nThree."

    def test_only_changed_text_is_sent_and_every_five_seconds_at_most(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        moments: list[float] = []
        desk.on(
            "request",
            lambda request: (
                moments.append(time.monotonic()) if request.url.endswith("/unsaved/") else None
            ),
        )
        for words in ("1", "2", "3", "4"):
            desk.locator("#id_body").press_sequentially(words)
            desk.wait_for_timeout(1200)
        desk.wait_for_timeout(3000)
        assert len(moments) == 2

    def test_what_is_as_it_was_again_needs_no_copy(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.fill("#id_headline", "Other")
        kept(desk)
        desk.fill("#id_headline", "Mine")
        expect(desk.locator("#kept")).to_have_text("")
        go(desk, change(draft))
        expect(desk.locator(".offer")).to_have_count(0)


class TestRecovery:
    def test_a_closed_tab(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "An hour of work.")
        kept(desk)
        tab = abandoned(desk)
        go(tab, change(draft))
        expect(tab.locator(".offer")).to_contain_text("It is kept on the server.")
        tab.click("text=Put it back into the form")
        expect(tab.locator("#id_body")).to_have_value("An hour of work.")
        tab.locator("#id_body").press("Control+z")
        expect(tab.locator("#id_body")).to_have_value("One.\n\nTwo.\n\nThree.")
        tab.locator("#id_body").press("Control+Shift+z")
        save(tab)
        expect(tab.locator(".messagelist")).to_contain_text("Saved.")
        expect(tab.locator(".offer")).to_have_count(0)
        assert not UnsavedText.objects.exists()
        assert Post.objects.get(pk=draft.pk).body == "An hour of work."

    def test_what_the_post_assumes(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        expect(desk.locator("#id_assumes")).to_be_hidden()
        desk.get_by_text("What this assumes").click()
        desk.fill("#id_assumes", "permission | That they agreed")
        kept(desk)
        tab = abandoned(desk)
        go(tab, change(draft))
        tab.click("text=Put it back into the form")
        expect(tab.locator("#id_assumes")).to_have_value("permission | That they agreed")
        expect(tab.locator("#id_assumes")).to_be_visible()

    def test_typing_on_beside_an_offer_loses_neither(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "First.")
        kept(desk)
        tab = abandoned(desk)
        go(tab, change(draft))
        tab.fill("#id_body", "Second.")
        kept(tab)
        assert {text.value("body") for text in UnsavedText.objects.all()} == {"First.", "Second."}

    def test_another_browser_of_the_same_person(
        self, desk: Page, draft: Post, chromium: Browser, live_server: LiveServer
    ) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "Typed on the train.")
        kept(desk)
        other = chromium.new_context(base_url=live_server.url)
        other.add_cookies(desk.context.cookies())  # type: ignore[arg-type]
        home = other.new_page()
        go(home, "/admin/blog/post/")
        home.click(".never-saved a")
        expect(home.locator("#id_body")).to_have_value("Typed on the train.")
        other.close()

    def test_a_new_post_with_its_story_from_the_list_above_the_posts(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, "/admin/blog/post/add/")
        desk.fill("#id_headline", "Never saved")
        desk.fill("#id_standfirst", "Under it.")
        desk.fill("#id_body", "An hour of work.")
        kept(desk)
        tab = abandoned(desk)
        go(tab, "/admin/blog/post/add/")
        expect(tab.locator(".offer")).to_contain_text("“Never saved”")
        go(tab, "/admin/blog/post/")
        tab.click("text=Never saved")
        expect(tab.locator("#id_body")).to_have_value("An hour of work.")
        expect(tab.locator("#id_standfirst")).to_have_value("Under it.")
        save(tab)
        expect(tab.locator(".messagelist")).to_contain_text("Saved.")
        assert Post.objects.get(headline="Never saved").standfirst == "Under it."
        tab.wait_for_load_state()
        go(tab, "/admin/blog/post/add/")
        expect(tab.locator(".offer")).to_have_count(0)

    def test_thrown_away_is_gone(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "Nonsense.")
        kept(desk)
        tab = abandoned(desk)
        go(tab, change(draft))
        with tab.expect_response("**/discard/"):
            tab.click("text=Throw it away")
        go(tab, change(draft))
        expect(tab.locator("#kept")).to_have_text("")
        expect(tab.locator(".offer")).to_have_count(0)


class TestAServerThatIsAway:
    def test_the_browser_keeps_it_and_offers_it_when_the_server_is_back(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "On the server.")
        kept(desk)
        die(desk)
        desk.fill("#id_body", "Typed while nobody answered.")
        expect(desk.locator("#kept")).to_contain_text("The server does not answer.")
        save(desk)
        desk.wait_for_timeout(300)
        expect(desk.locator("#id_body")).to_have_value("Typed while nobody answered.")
        tab = abandoned(desk)
        come_back(tab)
        go(tab, change(draft))
        expect(tab.locator(".offer p")).to_have_count(1)
        expect(tab.locator(".offer")).to_contain_text("It is in this browser only.")
        tab.click("text=Put it back into the form")
        expect(tab.locator("#id_body")).to_have_value("Typed while nobody answered.")

    def test_it_goes_on_by_itself(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        die(desk)
        desk.fill("#id_body", "Typed while nobody answered.")
        expect(desk.locator("#kept")).to_contain_text("The server does not answer.")
        come_back(desk)
        expect(desk.locator("#kept")).to_contain_text(SAVED, timeout=15_000)
        assert UnsavedText.objects.get().value("body") == "Typed while nobody answered."

    def test_a_new_post_whose_saving_failed_is_offered_though_others_are_opened_first(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, "/admin/blog/post/add/")
        desk.fill("#id_headline", "Lost?")
        desk.fill("#id_body", "Not lost.")

        def fail(route: Route) -> None:
            if route.request.method == "POST":
                route.abort("connectionreset")
            else:
                route.continue_()

        desk.route("**/post/add/", fail)
        desk.route("**/unsaved/", refuse)
        save(desk)
        desk.wait_for_timeout(500)
        tab = abandoned(desk)
        go(tab, change(draft))
        expect(tab.locator(".offer")).to_have_count(0)
        go(tab, "/admin/blog/post/add/")
        tab.click("text=Put it back into the form")
        expect(tab.locator("#id_body")).to_have_value("Not lost.")


class TestALogInThatRanOut:
    @pytest.fixture(autouse=True)
    def in_words(self, settings: Any) -> None:
        settings.CSRF_FAILURE_VIEW = "blog.desk.expired.csrf_failure"

    def test_saving_asks_for_the_password_in_place_and_goes_on_by_itself(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "An hour of work.")
        desk.context.clear_cookies()
        save(desk)
        sheet = desk.locator("dialog.sheet")
        expect(sheet).to_contain_text("What you typed stays here")
        expect(sheet.locator("[name=username]")).to_have_value("ada")
        sheet.locator("[name=password]").fill("wrong")
        desk.keyboard.press("Enter")
        expect(sheet.locator("[role=alert]")).to_contain_text("correct")
        expect(sheet.locator("[name=password]")).to_be_focused()
        desk.keyboard.type(PASSWORD)
        desk.keyboard.press("Enter")
        expect(desk.locator(".messagelist")).to_contain_text("Saved.")
        assert Post.objects.get(pk=draft.pk).body == "An hour of work."

    def test_the_line_tells_while_one_writes_and_steals_no_key(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        desk.context.clear_cookies()
        desk.locator("#id_body").press_sequentially("More. ")
        expect(desk.locator("#kept")).to_contain_text("You are logged out.")
        expect(desk.locator("#id_body")).to_be_focused()
        desk.click("#log-in-again")
        desk.fill("#again-password", PASSWORD)
        desk.keyboard.press("Enter")
        kept(desk)
        expect(desk.locator("dialog.sheet")).to_have_count(0)

    def test_logging_in_in_another_tab_does_as_well(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.context.clear_cookies()
        desk.fill("#id_body", "More.")
        expect(desk.locator("#kept")).to_contain_text("You are logged out.")
        tab = desk.context.new_page()
        enter_by_form(tab, "ada")
        desk.evaluate("window.dispatchEvent(new Event('focus'))")
        kept(desk)
        save(desk)
        expect(desk.locator(".messagelist")).to_contain_text("Saved.")

    def test_somebody_else_at_the_same_browser_does_not_save_it_as_theirs(
        self, desk: Page, draft: Post, chromium: Browser, live_server: LiveServer
    ) -> None:
        bo = make_user("editor", "bo")
        bo.set_password(PASSWORD)
        bo.save()
        go(desk, change(draft))
        desk.fill("#id_body", "Ada's words.")
        desk.context.clear_cookies()
        tab = desk.context.new_page()
        enter_by_form(tab, "bo")
        save(desk)
        expect(desk.locator("dialog.sheet")).to_contain_text("Somebody else has logged in here.")
        desk.fill("#again-password", PASSWORD)
        desk.keyboard.press("Enter")
        expect(desk.locator(".messagelist")).to_contain_text("Saved.")
        assert Post.objects.get(pk=draft.pk).body == "Ada's words."


@pytest.fixture
def bo(chromium: Browser, live_server: LiveServer, desk: Page, draft: Post) -> Iterator[Page]:
    """An editor with a browser of their own."""
    user = make_user("editor", "bo")
    user.set_password(PASSWORD)
    user.save()
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    enter_desk(page, "bo")
    yield page
    context.close()


class TestTwoWhoWrite:
    def test_the_second_is_refused_sees_both_and_keeps_both_in_one_step(
        self, desk: Page, bo: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        go(bo, change(draft))
        bo.fill("#id_body", "One.\n\nTwo.\n\nThree, says Bo.")
        desk.fill("#id_body", "One, says Ada.\n\nTwo.\n\nThree.")
        save(bo)
        expect(bo.locator(".messagelist")).to_contain_text("Saved.")
        save(desk)
        expect(desk.locator(".errornote").first).to_be_visible()
        desk.wait_for_load_state()
        expect(desk.locator("#comparison")).to_contain_text("by bo")
        expect(desk.locator("#comparison ins")).to_have_count(4)
        desk.click("[name=_both]")
        expect(desk.locator("#id_body")).to_have_value("One, says Ada.\n\nTwo.\n\nThree, says Bo.")
        desk.locator("#id_body").press("Control+z")
        expect(desk.locator("#id_body")).to_have_value("One, says Ada.\n\nTwo.\n\nThree.")
        desk.locator("#id_body").press("Control+Shift+z")
        save(desk)
        expect(desk.locator(".messagelist")).to_contain_text("Saved.")
        body = Post.objects.get(pk=draft.pk).body.replace("\r\n", "\n")
        assert body == "One, says Ada.\n\nTwo.\n\nThree, says Bo."

    def test_the_second_is_told_while_writing(self, desk: Page, bo: Page, draft: Post) -> None:
        go(desk, change(draft))
        go(bo, change(draft))
        bo.fill("#id_body", "One.\n\nTwo, says Bo.\n\nThree.")
        save(bo)
        expect(bo.locator(".messagelist")).to_contain_text("Saved.")
        desk.fill("#id_body", "One.\n\nTwo, says Ada.\n\nThree.")
        expect(desk.locator("#elsewhere")).to_contain_text("by bo, after you had opened it here")
        desk.click("text=See both texts")
        expect(desk.locator("dialog .pair")).to_have_count(1)
        desk.click("dialog [name=_both]")
        expect(desk.locator("#id_body")).to_have_value(
            re.compile("Two, says Bo.*Two, says Ada", re.S)
        )
        save(desk)
        expect(desk.locator(".messagelist")).to_contain_text("Saved.")

    def test_a_copy_typed_before_somebody_saved_does_not_pass_for_the_newest(
        self, desk: Page, bo: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "One, says Ada.\n\nTwo.\n\nThree.")
        kept(desk)
        tab = abandoned(desk)
        go(bo, change(draft))
        bo.fill("#id_body", "One.\n\nTwo.\n\nThree, says Bo.")
        save(bo)
        expect(bo.locator(".messagelist")).to_contain_text("Saved.")
        go(tab, change(draft))
        tab.click("text=Put it back into the form")
        save(tab)
        expect(tab.locator("#comparison")).to_be_visible()
        tab.click("[name=_both]")
        expect(tab.locator("#id_body")).to_have_value("One, says Ada.\n\nTwo.\n\nThree, says Bo.")


class TestGoingOut:
    def test_the_moment_is_said_in_the_publications_zone_as_the_field_changes(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        desk.fill("#id_goes_out_at", "2090-01-01T07:00")
        expect(desk.locator("#when")).to_contain_text("Sunday 1 January 2090, 07:00 Kyiv time, in")
        desk.fill("#id_goes_out_at", "2001-01-01T07:00")
        expect(desk.locator("#when")).to_have_text("That moment has passed. Choose a later one.")

    def test_the_list_comes_first_and_leads_to_what_is_to_settle(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        desk.fill("#id_body", "One.\n\nTwo [[gone]].")
        desk.click("input[name=_publish]")
        sheet = desk.locator("dialog.sheet")
        expect(sheet).to_contain_text("[[gone]] leads nowhere.")
        expect(sheet.locator("[data-go]")).to_have_count(0)
        sheet.locator("text=Line 3:").click()
        expect(desk.locator("#id_body")).to_be_focused()
        assert desk.evaluate("getSelection().toString()") == "Two [[gone]]."
        desk.keyboard.type("Two.")
        desk.click("input[name=_publish]")
        expect(sheet).to_contain_text("standfirst")
        desk.keyboard.press("Enter")
        expect(desk.locator(".messagelist")).to_contain_text("Published.")
        assert Post.objects.get(pk=draft.pk).is_published

    def test_escape_lets_nothing_out(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.click("input[name=_publish]")
        expect(desk.locator("dialog.sheet")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.locator("dialog.sheet")).to_have_count(0)
        assert not Post.objects.get(pk=draft.pk).is_published

    def test_a_post_is_scheduled_by_keys_alone(self, desk: Page, draft: Post) -> None:
        go(desk, change(draft))
        desk.fill("#id_goes_out_at", "2090-01-01T07:00")
        desk.locator("input[name=_schedule]").press("Enter")
        expect(desk.locator("dialog.sheet h2")).to_contain_text("Goes out Sunday 1 January 2090")
        desk.keyboard.press("Enter")
        expect(desk.locator(".messagelist")).to_contain_text("Scheduled: it goes out 1 Jan 2090")
        expect(desk.locator(".state")).to_contain_text("07:00 Kyiv time, in")

    def test_a_post_is_withdrawn_from_its_screen(self, desk: Page, ada: User) -> None:
        post = make_post(created_by=ada)
        go(desk, change(post))
        desk.click("text=Withdraw…")
        desk.keyboard.type("We were wrong.")
        desk.click("dialog >> text=Withdraw the post")
        expect(desk.locator(".messagelist")).to_contain_text("Withdrawn.")
        assert Post.objects.get(pk=post.pk).withdrawal_notice == "We were wrong."

    def test_a_server_that_is_away_lets_nothing_out_and_says_so(
        self, desk: Page, draft: Post
    ) -> None:
        go(desk, change(draft))
        die(desk)
        desk.click("input[name=_publish]")
        expect(desk.locator("#when")).to_contain_text("Nothing went out, and nothing is lost.")


def log_in_again(page: Page) -> None:
    page.context.clear_cookies()
    page.fill("#id_body", "More.")
    save(page)


def ask_before_publishing(page: Page) -> None:
    page.fill("#id_body", "[[gone]]\n\n![](/media/x.png)")
    page.click("input[name=_publish]")


def see_both(page: Page) -> None:
    page.fill("#id_body", "One, says Ada.\n\nTwo.\n\nThree.")
    post = Post.objects.get()
    post.body, post.headline = "One, says Bo.\n\nTwo.\n\nThree.", "Theirs"
    post.save()
    page.click("text=See both texts")


DIALOGS: dict[str, Opens] = {
    "logging in again": log_in_again,
    "the list before publishing": ask_before_publishing,
    "both texts": see_both,
}


@pytest.fixture
def judged(page: Page, ada: User) -> Page:
    """Logged in. axe writes styles of its own into the page, which break the policy."""
    enter_desk(page, "ada")
    return page


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", DIALOGS)
def test_axe_finds_nothing_in_a_dialog(
    name: str, width: int, judged: Page, draft: Post, settings: Any
) -> None:
    settings.CSRF_FAILURE_VIEW = "blog.desk.expired.csrf_failure"
    judged.set_viewport_size({"width": width, "height": 844})
    go(judged, change(draft))
    DIALOGS[name](judged)
    expect(judged.locator("dialog.sheet")).to_be_visible()
    for scheme in SCHEMES:
        judged.emulate_media(color_scheme=scheme)
        results = Axe().run(judged, context="dialog[open]")
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"
    assert judged.evaluate("document.documentElement.scrollWidth <= innerWidth")
