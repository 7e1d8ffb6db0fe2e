"""The ledger from the post screen, by keyboard: a claim from a sentence, reports, readers."""

from datetime import timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from blog.models import Post
from sources.models import Claim, Origin, Report, Source
from tests.blog.writing.carets import read, write
from tests.blog.writing.steps import Writer
from tests.entering import PASSWORD
from tests.factories import make_claim, make_draft, make_origin, make_report, make_source

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Washington has agreed to the strikes."
MARKED = "[[claim::agreed|Washington has agreed to the strikes]]"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ASSUME, REPORT = "Control+Shift+f", "Control+Shift+l"


@pytest.fixture
def claim(ada: User) -> Claim:
    claim = make_claim(SENTENCE, slug="agreed")
    make_report(claim, by=make_origin("The Ledger"))
    return claim


def shown(page: Page, name: str) -> None:
    expect(page.get_by_role("dialog", name=name)).to_be_visible()


def closed(page: Page) -> None:
    expect(page.locator("dialog.claiming")).to_have_count(0)


def state_is(page: Page, words: str) -> None:
    expect(page.locator("#claim-state")).to_contain_text(words)


def test_from_a_sentence_to_readers_who_see_both_standings(screen: Page) -> None:
    writer = Writer(screen)
    writer.reach("#id_headline")
    writer.words("Acting on a leak")
    writer.reach("#id_body")
    writer.words(f"It is Sunday. {SENTENCE}")
    for _ in SENTENCE:
        screen.keyboard.press("Shift+ArrowLeft")
    writer.press(ASSUME)
    shown(screen, "Assume this")
    expect(screen.locator("#claim-statement")).to_have_value(SENTENCE)
    writer.press("Alt+r")
    expect(screen.locator(".claiming [name=origin]")).to_be_focused()
    writer.words("two US officials")
    writer.reach(".claiming [name=is_described]")
    writer.press("Space")
    writer.reach(".claiming [name=body]")
    writer.words("White House")
    writer.reach(".claiming [name=source]")
    writer.words("https://news.example.org/leak")
    writer.press("Control+Enter")
    closed(screen)
    state_is(screen, "The claim is reported.")
    claim = Claim.objects.get()
    words = "Washington has agreed to the strikes"
    assert read(screen) == f"It is Sunday. [[claim::{claim.slug}|{words}]]‸."
    report = Report.objects.get()
    assert (report.origin.is_named, str(report.origin.body)) == (False, "White House")
    assert Source.objects.get() == report.source

    writer.reach("input[name=_publish]")
    writer.press("Enter")
    expect(screen.locator("[data-go]")).to_be_focused()
    expect(screen.locator(".sheet")).to_contain_text("is stated as a fact")
    expect(screen.locator(".sheet")).to_contain_text("does not say why they are not named")
    writer.press("Enter")
    expect(screen.locator(".messagelist")).to_contain_text("Published.")
    post = Post.objects.get()
    assert [row.claim for row in post.assumptions.all()] == [claim]
    # An hour later; what is recorded at once still counts as known when it was written.
    before = timezone.now() - timedelta(hours=1)
    Post.objects.update(published_at=before, known_at=before)
    post.assumptions.update(made_at=before)
    Report.objects.update(recorded_at=before)

    screen.wait_for_load_state()
    writer.reach("#id_body")
    screen.keyboard.press("Control+Home")
    screen.keyboard.press("Control+End")
    for _ in range(6):
        screen.keyboard.press("ArrowLeft")
    writer.press(REPORT)
    shown(screen, "Report on a claim")
    expect(screen.locator(".chosen .how")).to_contain_text("reported, one origin")
    expect(screen.locator(".claiming [name=origin]")).to_be_focused()
    writer.words("The Kremlin")
    writer.press("Enter")
    shown(screen, "Entered")
    expect(screen.locator(".entered")).to_contain_text("reported before, corroborated now")
    writer.press("Enter")
    closed(screen)
    state_is(screen, "was reported, and is corroborated now")
    expect(screen.locator("#id_body")).to_be_focused()

    screen.goto(post.get_absolute_url())
    row = screen.get_by_role("region", name="Assumes").locator("tbody tr")
    expect(row.locator("[data-l='When written']")).to_have_text("reported")
    expect(row.locator("[data-l='Now']")).to_contain_text("corroborated")


def test_one_undo_takes_the_mark_back(screen: Page) -> None:
    write(screen, f"So. {SENTENCE}‸ Then.")
    screen.keyboard.press(ASSUME)
    shown(screen, "Assume this")
    screen.keyboard.press("Enter")
    closed(screen)
    slug = Claim.objects.get().slug
    words = SENTENCE.rstrip(".")
    assert read(screen) == f"So. [[claim::{slug}|{words}]]‸. Then."
    expect(screen.locator("#id_assumes")).to_have_value(slug)
    screen.keyboard.press("Control+z")
    expect(screen.locator("#id_body")).to_have_value(f"So. {SENTENCE} Then.")


def test_a_claim_of_the_ledger_is_found_by_its_words(screen: Page, claim: Claim) -> None:
    write(screen, "«They have agreed», it seems.")
    screen.keyboard.press(ASSUME)
    shown(screen, "Assume this")
    screen.keyboard.type("agreed wash")
    expect(screen.locator(".offers [aria-selected=true]")).to_contain_text("reported")
    screen.keyboard.press("Enter")
    expect(screen.locator(".chosen")).to_contain_text("agreed: reported")
    expect(screen.locator("#claim-statement")).to_be_hidden()
    screen.fill("#claim-words", "That they agreed")
    screen.keyboard.press("Control+Enter")
    closed(screen)
    assert read(screen) == "[[claim::agreed|They have agreed]]‸, it seems."
    expect(screen.locator("#id_assumes")).to_have_value("agreed | That they agreed")
    assert Claim.objects.get() == claim


def test_what_the_ledger_says_already_is_not_said_twice(screen: Page, claim: Claim) -> None:
    write(screen, f"So. «{SENTENCE}»")
    screen.keyboard.press(ASSUME)
    shown(screen, "Assume this")
    screen.keyboard.press("Enter")
    expect(screen.locator(".chosen")).to_contain_text("agreed: reported")
    screen.keyboard.press("Enter")
    closed(screen)
    assert read(screen) == f"So. {MARKED}‸."
    assert Claim.objects.get() == claim


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    screen: Page, claim: Claim
) -> None:
    write(screen, "«They have not agreed»")
    screen.keyboard.press(ASSUME)
    screen.fill("#claim-slug", "agreed")
    screen.keyboard.press("Enter")
    expect(screen.locator("[data-error=slug]")).to_contain_text("Another claim has that slug.")
    expect(screen.locator("#claim-slug")).to_be_focused()
    expect(screen.locator("#claim-slug")).to_have_attribute("aria-invalid", "true")
    screen.fill("#claim-slug", "not-agreed")
    screen.keyboard.press("Alt+r")
    screen.get_by_text("Second day, quotation").click()
    screen.fill(".claiming [name=said_to]", "2099-01-01")
    screen.get_by_text("Second day, quotation").click()
    screen.keyboard.press("Control+Enter")
    expect(screen.locator("[data-error=origin]")).to_contain_text("Say whose word it is.")
    expect(screen.locator("[data-error=slug]")).to_be_empty()
    screen.fill(".claiming [name=origin]", "Kyiv")
    screen.keyboard.press("Enter")
    expect(screen.locator("[data-error=said_to]")).to_contain_text("has not come yet")
    expect(screen.locator(".claiming [name=said_to]")).to_be_focused()
    screen.fill(".claiming [name=said_to]", "")
    screen.keyboard.press("Enter")
    closed(screen)
    assert Report.objects.get(claim__slug="not-agreed").origin.name == "Kyiv"


def test_a_server_that_is_away_and_a_log_in_that_ran_out_lose_nothing(screen: Page) -> None:
    write(screen, f"«{SENTENCE}»")
    screen.keyboard.press(ASSUME)
    screen.route("**/post/claim/", lambda route: route.abort("connectionrefused"))
    screen.keyboard.press("Enter")
    expect(screen.locator("[data-error=__all__]")).to_contain_text("The server does not answer.")
    screen.unroute("**/post/claim/")
    screen.context.clear_cookies()
    screen.keyboard.press("Enter")
    shown(screen, "Log in again")
    screen.keyboard.type(PASSWORD)
    screen.keyboard.press("Enter")
    closed(screen)
    assert Claim.objects.get().statement == SENTENCE


def test_a_repeat_names_one_of_the_reports_of_its_claim(screen: Page, claim: Claim) -> None:
    write(screen, f"So {MARKED}‸.")
    screen.keyboard.press(REPORT)
    expect(screen.locator(".claiming [name=origin]")).to_be_focused()
    screen.keyboard.type("Another paper")
    expect(screen.locator("[name=repeats]")).to_be_hidden()
    screen.select_option("[name=stance]", "repeats")
    screen.select_option("[name=repeats]", label="The Ledger reports, 18 November 2024")
    screen.keyboard.press("Control+Enter")
    expect(screen.locator(".entered")).to_contain_text("reported before, reported now")
    assert Report.objects.get(stance="repeats").repeats == Report.objects.get(stance="reports")


def test_origins_and_sources_are_offered_and_taken_as_they_are(screen: Page, claim: Claim) -> None:
    body = make_origin("White House")
    told = make_origin("two officials", is_named=False, body=body)
    make_source("wire2024", title="Report of the wire")
    write(screen, f"So {MARKED}‸.")
    screen.keyboard.press(REPORT)
    expect(screen.locator(".claiming [name=origin]")).to_be_focused()
    screen.keyboard.type("offic")
    expect(screen.locator(".offers li").first).to_contain_text("not named, speaks for White House")
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Enter")
    expect(screen.locator(".claiming [name=origin]")).to_have_value("two officials")
    expect(screen.locator(".claiming .tick").first).to_be_hidden()
    screen.focus(".claiming [name=source]")
    screen.keyboard.type("wire")
    expect(screen.locator(".offers li").first).to_contain_text("Report of the wire")
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Enter")
    screen.keyboard.press("Control+Enter")
    shown(screen, "Entered")
    report = Report.objects.get(origin=told)
    assert report.source == Source.objects.get()
    assert Origin.objects.count() == 3


def test_escape_closes_what_is_offered_first_and_the_dialog_then(
    screen: Page, claim: Claim
) -> None:
    write(screen, "One ‸two")
    screen.keyboard.press(REPORT)
    shown(screen, "Report on a claim")
    screen.keyboard.type("agreed")
    expect(screen.locator(".offers:not([hidden])")).to_have_count(1)
    screen.keyboard.press("Escape")
    expect(screen.locator(".offers:not([hidden])")).to_have_count(0)
    shown(screen, "Report on a claim")
    screen.keyboard.press("Escape")
    closed(screen)
    assert read(screen) == "One ‸two"
    expect(screen.locator("#id_body")).to_be_focused()


class TestThePanel:
    def test_says_nothing_of_claims_where_there_are_none(self, screen: Page) -> None:
        write(screen, "A plain text.‸")
        expect(screen.locator("#knowing-counts")).to_contain_text("3 words")
        expect(screen.locator("#claims")).to_be_hidden()
        expect(screen.locator("#knowing-referred")).to_have_text("No earlier posts, no sources.")
        expect(screen.locator("#id_assumes")).to_be_hidden()

    def test_tells_each_claim_with_its_standing_and_leads_to_its_report(
        self, screen: Page, claim: Claim
    ) -> None:
        write(screen, f"So {MARKED}.‸")
        row = screen.locator("#claims li")
        expect(row).to_contain_text("reported, not assumed.")
        screen.get_by_text("What this assumes").first.click()
        screen.fill("#id_assumes", "agreed | That they agreed")
        expect(row).to_contain_text("reported, assumed.")
        row.get_by_role("button", name="Report on it").focus()
        screen.keyboard.press("Enter")
        expect(screen.locator(".claiming [name=origin]")).to_be_focused()
        screen.keyboard.type("Kyiv")
        screen.keyboard.press("Enter")
        shown(screen, "Entered")
        screen.keyboard.press("Enter")
        expect(row).to_contain_text("corroborated, assumed.")

    def test_a_claim_that_is_not_there_is_mended_by_one_key_or_made(
        self, screen: Page, claim: Claim
    ) -> None:
        write(screen, "So [[claim::agred|they agreed]] and [[claim::zzzz|we did]].‸")
        rows = screen.locator("#claims .todo")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("Leads nowhere.")
        screen.keyboard.press("Alt+u")
        mended = "So [[claim::agreed|they agreed]] and [[claim::zzzz|we did]]."
        expect(screen.locator("#id_body")).to_have_value(mended)
        expect(rows).to_have_count(1)
        rows.get_by_role("button", name="Make this claim").focus()
        screen.keyboard.press("Enter")
        shown(screen, "Make this claim")
        expect(screen.locator("#claim-slug")).to_have_value("zzzz")
        screen.fill("#claim-statement", "We agreed, too.")
        screen.keyboard.press("Control+Enter")
        closed(screen)
        expect(rows).to_have_count(0)
        expect(screen.locator("#claims li")).to_have_count(2)
        expect(screen.locator("#id_body")).to_have_value(mended)
        expect(screen.locator("#id_assumes")).to_have_value("")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("keys", [ASSUME, REPORT])
def test_the_dialogs_are_for_everybody_and_fit_a_phone(
    keys: str,
    scheme: Literal["light", "dark"],
    screen: Page,
    claim: Claim,
    policy_faults: list[str],
) -> None:
    screen.emulate_media(color_scheme=scheme)
    screen.set_viewport_size({"width": 390, "height": 800})
    write(screen, f"So {MARKED}‸.")
    screen.keyboard.press(keys)
    if keys == ASSUME:
        screen.keyboard.press("Alt+r")
    expect(screen.locator(".claiming [name=origin]")).to_be_focused()
    screen.get_by_text("Second day, quotation").click()
    screen.fill(".claiming [name=said_from]", "")
    screen.keyboard.press("Control+Enter")
    expect(screen.locator("[data-error=origin]")).not_to_be_empty()
    screen.focus(".claiming [name=origin]")
    screen.keyboard.type("ledg")
    expect(screen.locator(".offers li").first).to_be_visible()
    found = Axe().run(screen, ".claiming")
    policy_faults.clear()  # of the checker's own making
    assert found.violations_count == 0, found.generate_report()
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert screen.locator(".claiming").evaluate("d => d.scrollWidth <= d.clientWidth")


def test_who_may_not_keep_the_ledger_is_offered_none_of_it(
    desk: Page, ada: User, claim: Claim
) -> None:
    ada.groups.get().permissions.filter(content_type__app_label="sources").delete()
    post = make_draft("Mine", body="Words.", created_by=ada)
    desk.goto(f"/admin/blog/post/{post.pk}/change/", wait_until="load")
    expect(desk.get_by_role("button", name="Footnote")).to_be_visible()
    expect(desk.get_by_role("button", name="Assume this…")).to_have_count(0)
    write(desk, "Words.‸")
    desk.keyboard.press(ASSUME)
    desk.keyboard.press(REPORT)
    closed(desk)


def test_a_slip_of_the_hand_throws_nothing_away(screen: Page, claim: Claim) -> None:
    write(screen, "So it is.‸")
    screen.keyboard.press(ASSUME)
    shown(screen, "Assume this")
    screen.locator("#claim-words").press_sequentially(" Perhaps")
    screen.keyboard.press("Escape")
    shown(screen, "Assume this")
    expect(screen.locator("dialog.claiming")).to_contain_text("Escape once more throws it away")
    screen.keyboard.press("Escape")
    closed(screen)
