"""The newest posts of a topic or an author: the same by either way, and by the shorter one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import newest
from blog.feeds.posts import POSTS_IN_FEED
from blog.models import Author, Post, Topic
from blog.newest import FIRST, newest_of
from blog.views.filing import POSTS_ON_A_PAGE
from publication.statistics import gather_statistics
from tests.blog.reading.test_plans import plan_of
from tests.factories import (
    PUBLISHED_AT,
    file_in_bulk,
    make_author,
    make_draft,
    make_post,
    make_posts_in_bulk,
    make_scheduled,
    make_topic,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
ALWAYS, NEVER = 10**9, 0


@pytest.fixture
def ada() -> Author:
    return make_author("Ada")


@pytest.fixture
def energy() -> Topic:
    return make_topic("Energy")


@pytest.fixture
def posts(ada: Author, energy: Topic) -> list[Post]:
    """Every third of thirty, newest first; two of one moment."""
    shown = make_posts_in_bulk(30)[::3]
    file_in_bulk(shown, author=ada, topic=energy)
    other = make_post("Of one moment", published=PUBLISHED_AT - timedelta(days=1))
    file_in_bulk([other], author=ada, topic=energy)
    return [other, *shown]


@pytest.mark.parametrize("passed", [ALWAYS, NEVER])
def test_either_way_finds_the_same(
    passed: int, ada: Author, energy: Topic, posts: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "PASSED", passed)
    ids = [post.pk for post in posts]
    for found in (newest_of(ada, timezone.now()), newest_of(energy, timezone.now())):
        assert found.count() == len(ids)
        assert [found[at : at + 4] for at in (0, 4, 8)] == [ids[:4], ids[4:8], ids[8:]]


@pytest.mark.parametrize("passed", [ALWAYS, NEVER])
def test_what_no_reader_may_see_is_neither_found_nor_counted(
    passed: int, ada: Author, energy: Topic, posts: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "PASSED", passed)
    hidden = [make_draft(), make_scheduled(), make_withdrawn(published=PUBLISHED_AT)]
    file_in_bulk(hidden, author=ada, topic=energy)
    now = timezone.now()

    assert newest_of(ada, now)[0:50] == [post.pk for post in posts]
    assert newest_of(energy, now).count() == len(posts)
    earlier = PUBLISHED_AT - timedelta(days=2)
    assert newest_of(ada, earlier)[0:50] == [
        post.pk for post in posts if post.published_at and post.published_at <= earlier
    ]


@pytest.mark.parametrize("statistics", [True, False])
def test_a_page_of_most_of_the_archive_sorts_none_of_it(
    ada: Author, energy: Topic, statistics: bool
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's plans are meant")
    file_in_bulk(make_posts_in_bulk(300), author=ada, topic=energy)
    if statistics:
        gather_statistics()
    for record in (ada, energy):
        with CaptureQueriesContext(connection) as asked:
            newest_of(record, timezone.now())[0:20]
        plan = plan_of(asked.captured_queries[-1])
        assert "COVERING INDEX post_public" in plan, plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan, plan


def test_a_few_posts_are_found_without_the_rest(ada: Author, energy: Topic) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's plans are meant")
    file_in_bulk(make_posts_in_bulk(300)[:3], author=ada, topic=energy)
    for record in (ada, energy):
        with CaptureQueriesContext(connection) as asked:
            newest_of(record, timezone.now())[0:20]
        assert "CORRELATED" not in plan_of(asked.captured_queries[-1])


def test_the_pages_and_feeds_of_both_follow_one_another(
    client: Client, ada: Author, energy: Topic
) -> None:
    posts = make_posts_in_bulk(45)
    file_in_bulk(posts, author=ada, topic=energy)
    for page in (ada.get_absolute_url(), energy.get_absolute_url()):
        shown = [
            [post.pk for post in client.get(page, {"page": number}).context["posts"]]
            for number in (1, 2, 3)
        ]
        assert [one for some in shown for one in some] == [post.pk for post in posts]
        feed = client.get(f"{page}feed.atom").content.decode()
        assert re.findall(r"<title>(Many \d+)</title>", feed) == [
            post.headline for post in posts[:POSTS_IN_FEED]
        ]


def test_the_first_are_all_that_a_first_page_or_a_feed_shows() -> None:
    assert max(POSTS_ON_A_PAGE, POSTS_IN_FEED) == FIRST


@pytest.mark.django_db(transaction=True)
def test_the_first_are_looked_for_once_a_generation(
    ada: Author, energy: Topic, posts: list[Post]
) -> None:
    ids = [post.pk for post in posts]
    assert newest_of(ada, timezone.now())[0:20] == ids
    with CaptureQueriesContext(connection) as asked:
        assert newest_of(ada, timezone.now())[0:5] == ids[:5]
    assert not [query for query in asked.captured_queries if "blog_byline" in query["sql"]]

    file_in_bulk([made := make_post("Later", published=timezone.now())], author=ada, topic=energy)
    assert newest_of(ada, timezone.now())[0:20] == [made.pk, *ids]
