"""Sitemaps: every public page once, and news of two days."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.formats import sitemaps
from blog.models import Change, Post
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_author,
    make_claim,
    make_draft,
    make_notice,
    make_outlet,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_source,
    make_story,
    make_topic,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
SITE = "https://margin.example.org"
MAP = f"{{{sitemaps.SITEMAP}}}"
NEWS = f"{{{sitemaps.NEWS}}}"


@pytest.fixture(autouse=True)
def a_day_later() -> Iterator[None]:
    make_publication()
    with time_machine.travel(PUBLISHED_AT + timedelta(days=1), tick=False):
        yield


def read(path: str) -> ET.Element:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314


def places(path: str) -> list[str]:
    return [(loc.text or "").removeprefix(SITE) for loc in read(path).iter(f"{MAP}loc")]


def test_the_index_names_only_parts_that_hold_something() -> None:
    assert places("/sitemap.xml") == ["/sitemap-pages-1.xml"]

    make_post()
    assert places("/sitemap.xml") == ["/sitemap-pages-1.xml", "/sitemap-posts-1.xml"]


def test_every_public_page_stands_in_it_and_can_be_opened() -> None:
    claim = make_claim("It is so.")
    make_report(claim, by="Kyiv")
    make_source("key/one", outlet=make_outlet())
    post = make_post(
        "Привіт", body="[@key/one]", story=make_story("Ö"), topics=[make_topic("T")],
        authors=[make_author("A")], slug="привіт",
    )  # fmt: skip
    make_assumption(post, claim)

    found = [page for part in places("/sitemap.xml") for page in places(part)]

    assert len(found) == len(set(found)) == len(sitemaps.LISTS) + 8
    for path in found:
        assert Client().get(path).status_code == 200, path


def test_a_post_changed_with_its_last_notice() -> None:
    post = make_post(slug="live")
    assert read("/sitemap-posts-1.xml").findtext(f".//{MAP}lastmod") == "2024-11-18T14:00:00+02:00"

    make_notice(post, Change.UPDATE, at=PUBLISHED_AT + timedelta(hours=3))
    assert read("/sitemap-posts-1.xml").findtext(f".//{MAP}lastmod") == "2024-11-18T17:00:00+02:00"


def test_a_full_part_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "IDS_IN_A_PART", 10)
    make_posts_in_bulk(25)
    parts = places("/sitemap.xml")[1:]

    assert len(parts) in (3, 4), "the first may begin within the ids of a part"
    assert all(0 < len(places(part)) <= 10 for part in parts)
    assert len({page for part in parts for page in places(part)}) == 25
    last = int(parts[-1].removeprefix("/sitemap-posts-").removesuffix(".xml"))
    for number in (0, last + 1, 10**30):
        assert Client().get(f"/sitemap-posts-{number}.xml").status_code == 404


def test_what_is_withdrawn_moves_nothing_to_another_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "IDS_IN_A_PART", 10)
    first = make_posts_in_bulk(25)[0]
    *_, last = places("/sitemap.xml")
    before = places(last)

    Post.objects.filter(pk=first.pk).update(withdrawn_at=first.published_at)

    assert places(last) == before


def test_what_is_not_public_stands_in_none() -> None:
    make_draft("Draft", slug="hidden")
    make_withdrawn("Withdrawn", slug="hidden-too")

    assert "hidden" not in str([places(part) for part in places("/sitemap.xml")])


def test_news_are_of_two_days_and_say_what_the_protocol_asks() -> None:
    make_post("Old", published=PUBLISHED_AT - timedelta(days=2))
    make_post("New & <b>hostile</b> \x0b", slug="new", language="uk")

    [entry] = read("/sitemap-news.xml").findall(f"{MAP}url")

    assert entry.findtext(f"{MAP}loc") == f"{SITE}/2024/11/18/new/"
    [news] = entry.findall(f"{NEWS}news")
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "The Margin Note"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "uk"
    assert news.findtext(f"{NEWS}publication_date") == "2024-11-18T14:00:00+02:00"
    assert news.findtext(f"{NEWS}title") == "New & <b>hostile</b> "


@pytest.mark.parametrize(("language", "told"), [("de-AT", "de"), ("zh-CN", "zh-cn")])
def test_news_name_a_language_without_its_country(language: str, told: str) -> None:
    make_post(language=language)
    assert read("/sitemap-news.xml").findtext(f".//{NEWS}language") == told


def test_the_lists_at_the_foot_of_every_page_stand_in_it() -> None:
    assert {"/map/", "/corrections/"} <= set(places("/sitemap-pages-1.xml"))


def test_news_are_a_thousand_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "NEWS_AT_MOST", 3)
    for hour in range(5):
        make_post(published=datetime(2024, 11, 18, hour, tzinfo=UTC), slug=f"n{hour}")

    assert places("/sitemap-news.xml") == [f"/2024/11/18/n{hour}/" for hour in (4, 3, 2)]


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-posts-1.xml", "/sitemap-news.xml"])
def test_many_posts_ask_no_more_than_few(path: str) -> None:
    counts = []
    for number in (3, 60):
        make_posts_in_bulk(number)
        with CaptureQueriesContext(connection) as asked:
            Client().get(path)
        counts.append(len(asked))

    assert counts[0] == counts[1]
