"""How many keys each everyday task takes, beyond the words that are searched for or written."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from sources.models import Report, Source
from tests.blog.desk.test_browser import a_picture
from tests.blog.writing.carets import paste, write
from tests.blog.writing.steps import Writer, record
from tests.factories import make_post, make_source

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(screen: Page) -> Writer:
    write(screen, "It was so before.‸")
    return Writer(screen)


def text_is(writer: Writer, text: str) -> None:
    expect(writer.page.locator("#id_body")).to_have_value(text)


def test_to_refer_to_an_earlier_post(writer: Writer) -> None:
    make_post("Asking for range", slug="asking-for-range")
    writer.mark("[[")
    writer.words("asking")
    writer.choose("Asking for range")
    expect(writer.page.locator("#id_body")).to_have_value(
        "It was so before.[[asking-for-range|here]]"
    )
    record("refer to an earlier post", writer.steps)
    assert writer.steps <= 4


def test_to_cite_a_pasted_address(writer: Writer) -> None:
    paste(writer.page, "https://news.example.org/report")
    writer.steps += 1
    text_is(writer, "It was so before.[@newsReport]")
    assert Source.objects.filter(citekey="newsReport").exists()
    record("cite a pasted address", writer.steps)
    assert writer.steps == 1


def test_to_cite_a_known_source_again_with_a_page(writer: Writer) -> None:
    make_source("atlas2023", title="Atlas of outages")
    writer.mark("[@")
    writer.words("atlas")
    option = writer.page.locator("#suggest [role=option]").first
    expect(option).to_contain_text("Atlas of outages")
    writer.press("Tab")
    writer.words("7")
    text_is(writer, "It was so before.[@atlas2023, p. 7]")
    record("cite a known source again, with a page", writer.steps)
    assert writer.steps <= 4


def test_to_mend_a_mark_that_leads_nowhere(writer: Writer) -> None:
    make_post("Who is allowed to say yes", slug="who-is-allowed")
    write(writer.page, "As [[who-is-alowed|I said]] then.‸")
    remedy = writer.page.locator("#knowing button", has_text="Use that one")
    expect(remedy).to_be_visible()
    writer.press("Alt+u")
    text_is(writer, "As [[who-is-allowed|I said]] then.")
    record("mend a mark that leads nowhere", writer.steps)
    assert writer.steps == 1


def test_to_take_what_you_wrote_before(writer: Writer) -> None:
    make_post(
        "Asking for range",
        slug="asking-for-range",
        body="Kyiv has asked for long-range missiles for months, and was refused.",
    )
    write(writer.page, "Kyiv asked for long-range missiles, and the missiles were refused. ‸")
    expect(writer.page.locator("#before")).to_contain_text("Asking for range")
    writer.press("Alt+1")
    expect(writer.page.locator("#id_body")).to_have_value(
        "Kyiv asked for long-range missiles, and the missiles were refused. "
        "[[asking-for-range|here]]"
    )
    record("refer to what you wrote about this before", writer.steps)
    assert writer.steps == 1


def test_to_insert_a_picture_with_its_alt_text(writer: Writer) -> None:
    sea: FilePayload = {"name": "sea.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}
    writer.bring("#picture-file", sea)
    expect(writer.page.locator("#upload-state")).to_contain_text("Added.")
    writer.words("The sea")
    assert "![The sea](/media/" in writer.page.locator("#id_body").input_value()
    record("insert a picture with alt text", writer.steps)
    assert writer.steps <= 2


def test_to_assume_a_selected_sentence_with_its_first_report(writer: Writer) -> None:
    write(writer.page, "So. «They have agreed.»")
    writer.press("Control+Shift+f")
    expect(writer.page.locator("#assume-claim")).to_be_focused()
    writer.press("Alt+r")
    expect(writer.page.locator(".claiming [name=origin]")).to_be_focused()
    writer.words("The White House")
    writer.press("Enter")
    text_is(writer, "So. [[claim::they-have-agreed|They have agreed]].")
    assert Report.objects.get().origin.name == "The White House"
    record("assume a selected sentence, with its first report", writer.steps)
    assert writer.steps == 3


def test_to_schedule(writer: Writer) -> None:
    writer.page.fill("#id_headline", "Later")
    writer.page.fill("#id_goes_out_at", "2031-05-04T07:00")
    writer.page.focus("#id_goes_out_at")
    expect(writer.page.locator("#when")).to_contain_text("4 May 2031")
    writer.reach("input[name=_schedule]")
    writer.press("Enter")
    expect(writer.page.locator("[data-go]")).to_be_focused()
    writer.press("Enter")
    expect(writer.page.locator(".messagelist")).to_contain_text("4 May 2031")
    record("schedule, once the time is typed", writer.steps)
    assert writer.steps <= 2
