"""Lists of posts: the front page, the archive, stories, topics and authors."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.test.client import Client as Reader

from tests.factories import (
    make_author,
    make_draft,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_source,
    make_story,
    make_topic,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def on(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def context(client: Reader, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.context


def headlines(client: Reader, path: str) -> list[str]:
    return [post.headline for post in context(client, path)["posts"]]


# --- The front page -------------------------------------------------------------------


def test_an_empty_site_says_so(client: Client) -> None:
    for path in ("/", "/archive/", "/stories/", "/topics/", "/authors/", "/sources/", "/about/"):
        assert 'class="empty"' in client.get(path).content.decode(), path


def test_the_newest_post_leads_with_its_opening(client: Client) -> None:
    make_source("ledger")
    make_post("Older", published=on(2024, 11, 17))
    make_post("Newest", body="## Head\n\nIt began [@ledger] so.\n\nAnd then.")

    found = context(client, "/")

    assert str(found["lead"]) == "Newest"
    assert "It began" in str(found["lead_opening"])
    assert "And then" not in str(found["lead_opening"])
    assert "doc-noteref" not in str(found["lead_opening"])
    assert [str(post) for post in found["posts"]] == ["Older"]


def test_a_long_list_goes_on_over_the_page(client: Client) -> None:
    make_posts_in_bulk(45)

    pages = [client.get(f"/?page={number}").content.decode() for number in (1, 2, 3)]

    assert ['rel="prev"' in page for page in pages] == [False, True, True]
    assert ['rel="next"' in page for page in pages] == [True, True, False]
    assert client.get("/?page=4").status_code == 404
    assert sum(page.count('class="bare u-url p-name" href="/2024/') for page in pages) == 45
    assert 'rel="canonical" href="http://testserver/?page=2"' in pages[1]


def test_posts_count_what_a_reader_can_see(client: Client) -> None:
    make_source("ledger")
    make_post(slug="old", published=on(2024, 11, 1))
    make_draft(slug="draft")
    make_post("New", body="[[old|a]], [[old|b]], [[draft|c]] [@ledger] [@ledger, p. 2].")

    lead = context(client, "/")["lead"]

    assert (lead.reference_count, lead.source_count) == (1, 1)


def test_developing_stories_stand_beside_the_newest_first(client: Client) -> None:
    for day, name in ((3, "Second"), (4, "First")):
        make_post(story=make_story(name), published=on(2024, 11, day))
    make_post(story=make_story("Over", is_concluded=True))
    make_draft(story=make_story("Only a draft"))

    stories = context(client, "/")["stories"]

    assert [story.name for story in stories] == ["First", "Second"]


# --- The archive ----------------------------------------------------------------------


def test_the_archive_counts_each_month(client: Client) -> None:
    for month in (1, 3, 3):
        make_post(published=on(2023, month, 5))
    make_post(published=on(2024, 2, 5))
    make_withdrawn(published=on(2022, 1, 1))

    years = context(client, "/archive/")["years"]

    assert [
        (year.year, [(month.words, month.count) for month in year.months]) for year in years
    ] == [(2024, [("February 2024", 1)]), (2023, [("January 2023", 1), ("March 2023", 2)])]


@pytest.mark.parametrize(
    ("path", "words", "previous", "following"),
    [
        ("/2023/", "2023", "/2021/", "/2024/"),
        ("/2023/03/", "March 2023", "/2023/01/", "/2023/12/"),
        ("/2023/03/05/", "5 March 2023", "/2023/03/04/", "/2023/12/31/"),
    ],
)
def test_a_period_leads_to_the_nearest_ones_that_have_posts(
    client: Client, path: str, words: str, previous: str, following: str
) -> None:
    days = [(2021, 5, 5), (2023, 1, 9), (2023, 3, 4), (2023, 3, 5), (2023, 12, 31), (2024, 2, 29)]
    for day in days:
        make_post(published=on(*day))
    make_withdrawn(published=on(2023, 3, 6))
    make_withdrawn(published=on(2022, 3, 6))

    found = context(client, path)

    assert str(found["period"]) == words
    assert found["previous"].url == previous
    assert found["next"].url == following


def test_a_period_holds_its_first_and_its_last_day(client: Client) -> None:
    for day in ((2024, 1, 31), (2024, 2, 1), (2024, 2, 29), (2024, 3, 1)):
        make_post(f"{day}", published=on(*day))

    assert headlines(client, "/2024/02/") == ["(2024, 2, 29)", "(2024, 2, 1)"]
    assert len(headlines(client, "/2024/")) == 4


def test_days_are_those_of_the_publication(client: Client) -> None:
    make_publication(time_zone="Europe/Kyiv")
    make_post("After midnight in Kyiv", published=on(2024, 11, 17, hour=23))

    assert headlines(client, "/2024/11/18/") == ["After midnight in Kyiv"]
    assert client.get("/2024/11/17/").status_code == 404


def test_a_period_without_posts_is_not_found(client: Client) -> None:
    make_post()

    for path in ("/2020/", "/2024/10/", "/2024/11/17/"):
        assert client.get(path).status_code == 404


# --- Stories, topics, authors ---------------------------------------------------------


def test_a_story_is_told_from_its_beginning_with_what_each_post_refers_to(client: Client) -> None:
    story = make_story("Missiles", summary="About *range*.")
    make_post("One", slug="one", story=story, published=on(2024, 9, 1))
    make_draft("Never", slug="never", story=story)
    make_post("Two", body="[[one|Here]], [[never|there]].", story=story)

    posts = context(client, story.get_absolute_url())["posts"]

    assert [(post.headline, [str(p) for p in post.refers_to]) for post in posts] == [
        ("One", []),
        ("Two", ["One"]),
    ]
    assert "<em>range</em>" in client.get(story.get_absolute_url()).content.decode()


def test_stories_are_developing_or_concluded(client: Client) -> None:
    make_post(story=make_story("Open"))
    make_post(story=make_story("Over", is_concluded=True))

    found = context(client, "/stories/")

    assert [str(story) for story in found["developing"]] == ["Open"]
    assert [str(story) for story in found["concluded"]] == ["Over"]


def test_a_topic_lists_its_posts_newest_first(client: Client) -> None:
    topic = make_topic("Energy")
    make_post("One", topics=[topic], published=on(2024, 9, 1))
    make_post("Two", topics=[topic, make_topic("Drones")])
    make_post("Elsewhere", topics=[make_topic("Law")])

    assert headlines(client, topic.get_absolute_url()) == ["Two", "One"]


def test_an_author_has_a_page_once_something_is_published(client: Client) -> None:
    author = make_author("A. Writer", bio="Writes *slowly*.")
    draft = make_draft("First", authors=[author])
    assert client.get(author.get_absolute_url()).status_code == 404

    draft.published_at = on(2024, 11, 18)
    draft.save()

    assert headlines(client, author.get_absolute_url()) == ["First"]
    assert "<em>slowly</em>" in client.get(author.get_absolute_url()).content.decode()


def test_lists_by_name_count_published_posts_once(client: Client) -> None:
    author, other = make_author("B"), make_author("A")
    topic = make_topic("Energy")
    make_post(authors=[author, other], topics=[topic])
    make_post(authors=[author], topics=[topic])
    make_draft(authors=[author], topics=[topic])

    authors = context(client, "/authors/")["authors"]
    topics = context(client, "/topics/")["topics"]

    assert [(one.name, one.post_count) for one in authors] == [("A", 1), ("B", 2)]
    assert [(one.name, one.post_count) for one in topics] == [("Energy", 2)]
