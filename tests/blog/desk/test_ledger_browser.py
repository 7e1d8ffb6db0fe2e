"""The ledger and the worklist in a browser: by hand, for everyone, within the page's policy."""

from collections.abc import Iterator
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Handling, Post
from sources.models import Claim, Report
from tests.entering import enter_desk
from tests.factories import (
    make_assumption,
    make_claim,
    make_origin,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_user,
)

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1440, 390)
PAGES = {
    "index": "/admin/",
    "worklist": "/admin/blog/post/moved/",
    "dealt with": "/admin/blog/post/moved/?show=handled",
    "claims": "/admin/sources/claim/",
    "reports": "/admin/sources/report/",
    "a new claim": "/admin/sources/claim/add/",
    "a claim": "/admin/sources/claim/{claim}/change/",
    "a new report": "/admin/sources/report/add/?claim={claim}",
    "a report": "/admin/sources/report/{report}/change/",
    "striking": "/admin/sources/report/{report}/strike/",
    "an origin": "/admin/sources/origin/{origin}/change/",
    "telling apart": "/admin/sources/origin/{origin}/apart/",
    "a new ruling": "/admin/sources/ruling/add/?claim={claim}",
}
# Django's own search field is named by its picture alone.
OF_DJANGO = {"rules": {"label-title-only": {"enabled": False}}}


@pytest.fixture
def ids(live_server: LiveServer) -> dict[str, int]:
    """A ledger with everything in it, and a post on which its change has come down."""
    make_publication()
    claim = make_claim("Soldiers are there.", slug="soldiers")
    unnamed = make_origin("two officials", is_named=False, body=make_origin("Pentagon"))
    first = make_report(claim, by=unnamed, on="2024-11-17", quotation="They are.")
    make_assumption(make_post("What it means"), claim)
    make_report(claim, "corroborates", by="Seoul", on="2024-11-20")
    struck_at = first.recorded_at
    make_report(claim, "denies", by="Minsk", struck_at=struck_at, struck_because="Of another war.")
    make_ruling(claim, "unresolved", on="2024-11-22")
    return {"claim": claim.pk, "report": first.pk, "origin": unnamed.pk}


@pytest.fixture
def desk(page: Page, ids: dict[str, int]) -> Iterator[Page]:
    """Logged in as an editor; no page of the desk may break its own policy."""
    broken: list[str] = []
    page.on(
        "console",
        lambda message: broken.append(message.text) if "Security Policy" in message.text else None,
    )
    enter_as_editor(page)
    yield page
    assert broken == []


def enter_as_editor(page: Page) -> None:
    make_user("editor", "eve")
    enter_desk(page, "eve")


SETTLED = "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, page: Page, ids: dict[str, int]) -> None:
    """Without the fixture that watches the policy: axe sets styles of its own while it looks."""
    enter_as_editor(page)
    page.goto(PAGES[name].format(**ids), wait_until="networkidle")
    for scheme, width in product(SCHEMES, WIDTHS):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        # Links of the admin fade from one scheme's colour to the other's.
        page.wait_for_timeout(100)
        page.evaluate(SETTLED)
        results = Axe().run(page, options=OF_DJANGO)
        assert results.violations_count == 0, f"{scheme}, {width}: {results.generate_report()}"


def test_no_page_breaks_its_policy_or_runs_wide(desk: Page, ids: dict[str, int]) -> None:
    for name, width in product(PAGES, (1440, 390, 320)):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.goto(PAGES[name].format(**ids))
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)


def test_a_report_is_entered_with_an_origin_made_on_the_way(
    desk: Page, ids: dict[str, int]
) -> None:
    desk.goto(f"/admin/sources/claim/{ids['claim']}/change/")
    desk.get_by_role("link", name="Add a report").click()
    # Made by the desk's script: before that, the link would lead away.
    expect(desk.locator("#id_origin.select2-hidden-accessible")).to_be_attached()
    with desk.expect_popup() as opened:
        desk.click("#add_id_origin")
    popup = opened.value
    popup.fill("#id_name", "White House")
    popup.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("#select2-id_origin-container")).to_have_text("White House")
    desk.select_option("#id_stance", "confirms")
    desk.check("#id_has_authority")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Recorded: White House confirms")
    report = Report.objects.latest("pk")
    assert (report.claim_id, report.origin.name) == (ids["claim"], "White House")


def test_a_line_is_struck_by_keyboard_and_stays_to_be_read(desk: Page, ids: dict[str, int]) -> None:
    desk.goto(f"/admin/sources/claim/{ids['claim']}/change/")
    desk.get_by_role("link", name="Strike this line").first.focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Why it is struck").fill("It was another unit.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".of-claim")).to_contain_text("It was another unit.")
    assert Report.objects.get(pk=ids["report"]).is_struck


def test_a_row_of_the_worklist_is_left_with_one_click(desk: Page) -> None:
    desk.goto("/admin/")
    desk.get_by_role("link", name="What has moved").click()
    desk.get_by_role("button", name="Leave it").click()
    expect(desk.locator(".worklist")).to_contain_text("Nothing to look at")
    assert Handling.objects.get().claim == Claim.objects.get()


def test_a_row_is_marked_as_handled_with_a_note(desk: Page) -> None:
    desk.goto("/admin/blog/post/moved/")
    desk.locator("summary").click()
    desk.get_by_label("What was done").fill("Said on air.")
    desk.get_by_role("button", name="Mark as handled").click()
    desk.get_by_role("link", name="Dealt with").click()
    expect(desk.locator(".worklist")).to_contain_text("Said on air.")


def test_a_dated_update_is_written_from_the_worklist(desk: Page) -> None:
    desk.goto("/admin/blog/post/moved/")
    desk.get_by_role("link", name="Add a dated update").click()
    expect(desk.locator("#change-kind")).to_be_visible()
    expect(desk.get_by_role("radio", name="Update:")).to_be_checked()
    desk.fill("#id_change_text", "Seoul says so, too.")
    desk.locator("input[name=_continue]").first.click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved.")
    assert Post.objects.get().corrections.get().text == "Seoul says so, too."
    desk.goto("/admin/blog/post/moved/?show=handled")
    expect(desk.locator(".worklist")).to_contain_text("Updated")
