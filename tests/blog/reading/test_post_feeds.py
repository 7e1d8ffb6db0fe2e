"""Feeds of posts in both formats: of the site, a story, a topic, an author, a source, an outlet."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from django.test import Client
from referencing import Registry, Resource

from tests.factories import (
    PUBLISHED_AT,
    make_author,
    make_draft,
    make_notice,
    make_outlet,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db

VERSION_1 = "https://json.schemastore.org/feed-1"
SITE = "https://margin.example.org"
FEEDS: Mapping[str, str] = {
    "/feed": "/",
    "/stories/missiles/feed": "/stories/missiles/",
    "/topics/energy/feed": "/topics/energy/",
    "/authors/writer/feed": "/authors/writer/",
    "/sources/report/feed": "/sources/report/",
    "/outlets/ledger/feed": "/outlets/ledger/",
    "/claims/feed": "/claims/",
}
OF_POSTS = [feed for feed in FEEDS if "claims" not in feed]


@pytest.fixture(autouse=True)
def site() -> None:
    """One post that every feed holds, and another that only the site's has."""
    make_publication(tagline="Commentary & its working")
    make_source("report", title="The report", outlet=make_outlet("Ledger", slug="ledger"))
    make_post(
        "Світло & темрява <1>",
        body="It is so [@report].\x0b\n\n![A map](/media/map.png)",
        standfirst="Why & how.",
        language="uk",
        story=make_story("Missiles"),
        topics=[make_topic("Energy")],
        authors=[make_author("Writer"), make_author("Друга авторка")],
    )
    make_post("Alone", body="", published=PUBLISHED_AT - timedelta(days=1))
    make_draft("Hidden")


def json_feed(path: str) -> dict[str, Any]:
    response = Client().get(f"{path}.json")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    found: dict[str, Any] = json.loads(response.content)
    return found


@pytest.mark.parametrize("path", OF_POSTS)
def test_each_feed_holds_its_posts(path: str) -> None:
    titles = [item["title"] for item in json_feed(path)["items"]]
    assert titles == ["Світло & темрява <1>", *(["Alone"] if path == "/feed" else [])]


@pytest.mark.parametrize(("path", "page"), FEEDS.items())
def test_a_feed_names_itself_and_its_page(path: str, page: str) -> None:
    feed = json_feed(path)
    assert feed["feed_url"] == f"{SITE}{path}.json"
    assert feed["home_page_url"] == f"{SITE}{page}"
    atom = feedparser.parse(Client().get(f"{path}.atom").content)
    assert not atom.bozo, atom.get("bozo_exception")
    assert atom.feed.id == f"{SITE}{path}.atom"
    assert atom.feed.link == f"{SITE}{page}"
    assert [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]]


@pytest.mark.parametrize("path", FEEDS)
def test_json_feeds_are_as_their_schema_wants_them(path: str, checkers: Path) -> None:
    now, before = (
        json.loads((checkers / f"schemastore/schemas/json/{name}.json").read_text())
        for name in ("feed", "feed-1")
    )
    # Version 1.1 is told by what differs from version 1.
    known = Registry().with_resource(VERSION_1, Resource.from_contents(before))
    jsonschema.Draft4Validator(now, registry=known).validate(json_feed(path))


def test_an_item_is_whole() -> None:
    item = json_feed("/topics/energy/feed")["items"][0]
    assert item["authors"] == [{"name": "Writer"}, {"name": "Друга авторка"}]
    assert item["tags"] == ["Energy"]
    assert item["language"] == "uk"
    assert item["summary"] == "Why & how."
    assert f'src="{SITE}/media/map.png"' in item["content_html"]
    assert "The report" in item["content_html"]
    assert item["date_published"] == item["date_modified"] == "2024-11-18T12:00:00+00:00"


def test_only_a_notice_moves_the_date_of_change() -> None:
    from_story = json_feed("/stories/missiles/feed")["items"][0]
    post = make_post("Corrected", topics=[make_topic("Else")])
    at = PUBLISHED_AT + timedelta(days=1)
    make_notice(post, at=at)
    assert json_feed("/topics/else/feed")["items"][0]["date_modified"] == at.isoformat()
    assert from_story["date_modified"] == from_story["date_published"]


@pytest.mark.parametrize("path", [*FEEDS, "/stories/nothing/feed", "/topics/x/feed"])
def test_there_is_no_third_format(path: str) -> None:
    assert Client().get(f"{path}.rss", follow=True).status_code == 404


@pytest.mark.parametrize("path", ["/stories/nothing/feed", "/outlets/nobody/feed"])
def test_what_has_no_page_has_no_feed(path: str) -> None:
    assert Client().get(f"{path}.atom").status_code == 404


def test_an_address_in_letters_of_its_own_is_percent_encoded() -> None:
    story = make_story("Енергія")
    make_post(story=story)
    response = Client().get(f"{story.get_absolute_url()}feed.json")
    assert json.loads(response.content)["feed_url"].startswith(f"{SITE}/stories/%D0%B5")


@pytest.mark.parametrize("page", ["/stories/missiles/", "/topics/energy/", "/authors/writer/"])
def test_a_page_shows_where_it_can_be_followed(page: str) -> None:
    content = Client().get(page).content.decode()
    for kind in ("atom", "json"):
        assert f'<a href="{page}feed.{kind}">' in content
