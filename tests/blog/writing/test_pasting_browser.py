"""Pasting in a browser: addresses and rich text become marks, each taken back by one undo."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route, expect

from blog.models import OldAddress
from sources.models import Source
from tests.blog.writing.carets import paste, read, write
from tests.factories import make_post, make_source

pytestmark = pytest.mark.django_db(transaction=True)

OUTSIDE = "https://news.example.org/report?utm_source=x"
OWN = "https://margin.example.org/2024/11/18/the-claim/"


def settled(page: Page, text: str) -> None:
    expect(page.locator("#id_body")).to_have_value(text)


def test_an_address_over_words_becomes_their_link(screen: Page) -> None:
    write(screen, "As «reported» then.")
    paste(screen, OUTSIDE)
    settled(screen, f"As [reported]({OUTSIDE}) then.")
    screen.wait_for_timeout(300)
    settled(screen, f"As [reported]({OUTSIDE}) then.")
    assert not Source.objects.exists()
    screen.keyboard.press("Control+z")
    assert read(screen) == "As «reported» then."


def test_an_own_address_becomes_a_cross_reference(screen: Page) -> None:
    make_post("The claim", slug="the-claim")
    for address in (
        OWN,
        "http://www.margin.example.org/2024/11/18/the-claim",
        OWN + "?utm_source=x",
    ):
        write(screen, "As «I said» then.")
        paste(screen, address)
        settled(screen, "As [[the-claim|I said]] then.")
        screen.keyboard.press("Control+z")
        assert read(screen) == "As «I said» then."
        screen.keyboard.press("Control+y")
        settled(screen, "As [[the-claim|I said]] then.")


def test_without_words_it_waits_for_them(screen: Page) -> None:
    post = make_post("The claim", slug="the-claim")
    OldAddress.objects.create(path="/blog/?p=12", post=post)
    write(screen, "I wrote of it ‸ before.")
    paste(screen, "https://margin.example.org/blog/?p=12")
    settled(screen, "I wrote of it [[the-claim|here]] before.")
    screen.keyboard.type("in May")
    settled(screen, "I wrote of it [[the-claim|in May]] before.")


def test_an_address_elsewhere_becomes_a_citation_with_its_source(screen: Page) -> None:
    write(screen, "It is so.‸ Or not.")
    paste(screen, OUTSIDE)
    expect(screen.locator("#id_body")).to_have_value("It is so.[@newsReport] Or not.")
    source = Source.objects.get()
    assert (source.citekey, source.canonical_url) == (
        "newsReport",
        "https://news.example.org/report",
    )
    expect(screen.locator("#paste-state")).to_contain_text("A new source: newsReport.")
    screen.keyboard.press("Control+z")
    assert read(screen) == "It is so.‸ Or not."


def test_a_known_page_is_the_source_it_is(screen: Page) -> None:
    make_source("ledger2024", url="https://news.example.org/report")
    write(screen, "It is so.‸")
    paste(screen, OUTSIDE)
    settled(screen, "It is so.[@ledger2024]")
    assert Source.objects.count() == 1


def test_who_writes_on_is_not_disturbed(screen: Page) -> None:
    held: list[Route] = []
    screen.route("**/post/pasted/", lambda route: held.append(route))
    write(screen, "It is so.‸")
    paste(screen, OUTSIDE)
    settled(screen, f"It is so.{OUTSIDE}")
    screen.keyboard.type(" And more")
    screen.locator("#id_body").press("Home")
    screen.keyboard.type("Well: ")
    answer = {"kind": "source", "key": "newsReport", "made": True}
    held[0].fulfill(json=answer)
    settled(screen, "Well: It is so.[@newsReport] And more")
    assert read(screen) == "Well: ‸It is so.[@newsReport] And more"


def test_a_server_that_is_away_loses_nothing(screen: Page) -> None:
    screen.route("**/post/pasted/", lambda route: route.abort())
    write(screen, "It is so.‸")
    paste(screen, OUTSIDE)
    expect(screen.locator("#paste-state")).to_contain_text("the server does not answer")
    settled(screen, f"It is so.{OUTSIDE}")


@pytest.mark.parametrize("before", ["[words](‸)", "<‸>", "`‸`", "```\n‸\n```", "[a]: ‸"])
def test_where_an_address_belongs_it_stays_one(before: str, screen: Page) -> None:
    write(screen, before)
    assert paste(screen, OUTSIDE), "left to the browser"


def test_words_and_lists_of_addresses_are_left_to_the_browser(screen: Page) -> None:
    for plain in ("just words", "https://a.example\nhttps://b.example", "mailto:a@b.example"):
        write(screen, "A ‸ b")
        assert paste(screen, plain)


def test_rich_text_becomes_markdown_and_goes_with_one_undo(screen: Page) -> None:
    write(screen, "Before ‸after")
    html = '<p>One <b>bold</b> <a href="https://a.example/x">link</a></p><p>Two</p>'
    paste(screen, "One bold link\n\nTwo", html)
    settled(screen, "Before \n\nOne **bold** [link](https://a.example/x)\n\nTwo\n\nafter")
    screen.keyboard.press("Control+z")
    assert read(screen) == "Before ‸after"


def test_what_is_pasted_plainly_stays_as_it_is(screen: Page) -> None:
    write(screen, "‸")
    screen.locator("#id_body").dispatch_event(
        "keydown", {"key": "V", "code": "KeyV", "ctrlKey": True, "shiftKey": True}
    )
    assert paste(screen, OUTSIDE)


WORDS = st.text(
    st.one_of(
        st.sampled_from("ab .,\nїЄж́é👩‍🚀🇺🇦\u0301\ufe0f中«[]|*"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=30,
)
OPEN = st.sampled_from(["address", "address over words", "rich text", "bold", "footnote", "list"])
HTML = "<p>Two <b>words</b></p><ul><li>a<li>b</ul>"
ROUND_TRIP = r"""async ([before, inner, after, what]) => {
    const text = document.getElementById('id_body');
    const paste = (kinds) => {
        const data = new DataTransfer();
        for (const [kind, value] of Object.entries(kinds)) data.setData(kind, value);
        const given = { clipboardData: data, bubbles: true, cancelable: true };
        text.dispatchEvent(new ClipboardEvent('paste', given));
    };
    const press = (key, code, shiftKey) => text.dispatchEvent(new KeyboardEvent('keydown',
        { key, code, shiftKey, ctrlKey: true, bubbles: true, cancelable: true }));
    const acts = {
        'address': () => paste({ 'text/plain': 'https://a.example/1' }),
        'address over words': () => paste({ 'text/plain': 'https://a.example/1' }),
        'rich text': () => paste({ 'text/plain': 'x', 'text/html': HTML }),
        'bold': () => press('b', 'KeyB', false),
        'footnote': () => press('^', 'Digit6', true),
        'list': () => press('*', 'Digit8', true),
    };
    const whole = before + inner + after;
    text.value = '';
    text.value = whole;
    text.focus();
    const isOver = what !== 'address' && what !== 'rich text';
    text.setSelectionRange(before.length, before.length + (isOver ? inner.length : 0));
    text.dispatchEvent(new Event('input', { bubbles: true }));
    acts[what]();
    const state = document.getElementById('paste-state');
    for (let wait = 0; wait < 100 && /Looking/.test(state.textContent); wait += 1) {
        await new Promise((done) => setTimeout(done, 5));
    }
    await new Promise((done) => setTimeout(done, 5));
    const done = text.value;
    // Only an address in a place of its own is left alone: in a mark, in code, in <…>.
    if (done === whole) return /[[|`<\]=~]/.test(before) ? null : { what, whole, done };
    document.execCommand('undo');
    const undone = text.value;
    if (undone !== whole) return { what, whole, done, undone };
    document.execCommand('redo');
    if (text.value !== done) return { what, whole, done, redone: text.value };
    const isAround = done.startsWith(before) && done.endsWith(inner + after);
    return what === 'address' && !isAround ? { what, whole, done } : null;
}""".replace("HTML", json.dumps(HTML))


def test_whatever_is_done_one_undo_brings_every_character_back(screen: Page) -> None:
    answer = {"kind": "source", "key": "news", "made": False}
    screen.route("**/post/pasted/", lambda route: route.fulfill(json=answer))
    screen.route("**/post/preview/", lambda route: route.abort())

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(before=WORDS, inner=WORDS, after=WORDS, what=OPEN)
    def holds(before: str, inner: str, after: str, what: str) -> None:
        assert screen.evaluate(ROUND_TRIP, [before, inner, after, what]) is None

    holds()
