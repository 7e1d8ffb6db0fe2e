"""The Atom feed: valid by RFC 4287, whole in itself, and the same entries for ever."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import time_machine
from django.test import Client

from tests.factories import (
    PUBLISHED_AT,
    make_author,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://margin.example.org"


@pytest.fixture(autouse=True)
def publication() -> None:
    make_publication(tagline="Commentary & its working")


def fetched() -> str:
    response = Client().get("/feed.atom")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return response.content.decode()


def parsed() -> feedparser.FeedParserDict:
    feed = feedparser.parse(fetched())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def root() -> ET.Element:
    return ET.fromstring(fetched())  # noqa: S314


def only(element: ET.Element, name: str) -> ET.Element:
    found = element.findall(ATOM + name)
    assert len(found) == 1, f"{len(found)} × {name}"
    return found[0]


def texts(element: ET.Element, name: str) -> list[str]:
    return [child.text or "" for child in element.findall(ATOM + name)]


def is_moment(text: str | None) -> bool:
    """RFC 3339, which Atom asks for: with seconds and a zone."""
    return datetime.fromisoformat((text or "").replace("Z", "+00:00")).tzinfo is not None


def test_the_feed_has_what_the_standard_requires() -> None:
    make_post()
    feed = root()

    assert feed.tag == f"{ATOM}feed"
    assert only(feed, "id").text == f"{SITE}/feed.atom"
    assert only(feed, "title").text == "The Margin Note"
    assert is_moment(only(feed, "updated").text)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}/feed.atom", "alternate": f"{SITE}/"}
    assert only(feed, "author").findtext(f"{ATOM}name") == "The Margin Note"


def test_every_entry_has_what_the_standard_requires() -> None:
    make_post("One", authors=[make_author("Writer"), make_author("Co-writer")])
    make_post("Two <b>& more</b>", standfirst="Why & how.")
    entries = root().findall(f"{ATOM}entry")

    assert len(entries) == 2
    for entry in entries:
        assert only(entry, "id").text
        assert only(entry, "title").text
        assert is_moment(only(entry, "updated").text)
        assert is_moment(only(entry, "published").text)
        assert only(entry, "link").get("rel") == "alternate"
        assert only(entry, "content").get("type") == "html"
    assert texts(entries[1], "title") == ["One"]
    assert [name.text for name in entries[1].iter(f"{ATOM}name")] == ["Writer", "Co-writer"]
    assert texts(entries[0], "summary") == ["Why & how."]


def test_a_reader_program_reads_it_without_complaint() -> None:
    make_post("Ґанок", body="Text & <b>more</b>.", topics=[make_topic("Energy")], language="uk")
    feed = parsed()

    assert feed.version == "atom10"
    assert feed.entries[0].title == "Ґанок"
    assert feed.entries[0].tags[0].term == "Energy"
    assert feed.entries[0].content[0].language == "uk"


def test_an_empty_site_has_a_valid_feed() -> None:
    assert parsed().entries == []


def test_an_empty_feed_is_the_same_whenever_it_is_asked_for() -> None:
    """What is kept of it would otherwise be older than what the site says."""
    with time_machine.travel(PUBLISHED_AT, tick=False) as clock:
        first = fetched()
        clock.shift(timedelta(hours=1))
        assert fetched() == first


def test_the_text_is_whole_with_its_notes_and_full_addresses() -> None:
    make_source("ledger", title="The report")
    make_post(slug="before")
    make_post(
        body="It began [[before|here]] [@ledger]. ![A map](/media/map.png)",
        published=PUBLISHED_AT + timedelta(days=1),
        slug="after",
    )
    content = parsed().entries[0].content[0].value

    assert f'href="{SITE}/2024/11/18/before/"' in content
    assert f'src="{SITE}/media/map.png"' in content
    assert f'href="{SITE}/2024/11/19/after/#n1"' in content
    assert "The report" in content
    assert 'href="/' not in content


def test_the_newest_posts_come_first_and_the_oldest_are_left_out() -> None:
    make_posts_in_bulk(30)
    make_post("Newest")
    feed = parsed()

    assert feed.entries[0].title == "Newest"
    assert len(feed.entries) == 20
    assert feed.feed.updated == feed.entries[0].updated == "2024-11-18T12:00:00+00:00"


def test_an_entry_keeps_its_id_whatever_becomes_of_its_address() -> None:
    post = make_post(slug="first")
    make_post(slug="other")
    before = {entry.title: entry.id for entry in parsed().entries}
    post.slug = "second"
    post.save()
    make_publication(address="https://elsewhere.example.org")

    assert {entry.title: entry.id for entry in parsed().entries} == before
    assert len(set(before.values())) == 2
    assert all(entry_id.startswith("urn:uuid:") for entry_id in before.values())


def test_characters_that_xml_cannot_hold_do_not_break_the_feed() -> None:
    make_post("Bell \x07 \ufffe", body="Tab \x0b in the text", standfirst="\x1b[0m")
    make_publication(name="The \x08 Note")

    assert parsed().entries[0].title == "Bell"


def test_entries_are_dated_by_their_publication() -> None:
    make_post(published=datetime(2024, 11, 17, 21, 40, tzinfo=UTC))

    assert parsed().entries[0].published == "2024-11-17T21:40:00+00:00"


def test_without_an_address_of_its_own_the_site_is_where_it_was_asked() -> None:
    make_publication(address="")
    make_post(slug="live")

    assert parsed().entries[0].link == "http://testserver/2024/11/18/live/"
