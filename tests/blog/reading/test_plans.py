"""What pages ask reads no table of the archive from end to end, whatever its size.

Only SQLite's plans are looked at: of few rows PostgreSQL rather reads all.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.cited import posts_citing, sources_of
from blog.claimed import shown_sources
from blog.models import Author, Post
from blog.models.reading import PostQuerySet
from blog.placed import place_in_story
from publication.statistics import gather_statistics
from sources.models import Outlet, Source
from tests.factories import (
    PUBLISHED_AT,
    cite_in_bulk,
    file_in_bulk,
    make_author,
    make_outlet,
    make_post,
    make_posts_in_bulk,
    make_source,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db
LARGE = re.compile(r"SCAN (blog_post|blog_citation|blog_crossreference|sources_source)\b")
LIMITED = re.compile(r"LIMIT \d+( OFFSET \d+)?$")
Asked = Callable[[], "QuerySet[Any, Any]"]


@pytest.fixture(params=["no statistics", "statistics"], autouse=True)
def archive(request: pytest.FixtureRequest) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's plans are meant")
    # So many that the fifty of a page are few of them.
    posts = make_posts_in_bulk(2000)
    file_in_bulk(posts, author=make_author("Ada"), topic=make_topic("Energy"))
    outlet = make_outlet("Ledger", slug="ledger")
    for number in range(40):
        cite_in_bulk(posts[number::40], [make_source(f"key{number}", outlet=outlet)])
    if request.param == "statistics":
        gather_statistics()


def published() -> PostQuerySet:
    return Post.objects.published(timezone.now())


def now() -> Any:
    return timezone.now()


@pytest.mark.parametrize(
    "asked",
    [
        lambda: published().newest_first()[:20],
        lambda: published().newest_first().values_list("pk", flat=True)[200:220],
        lambda: published().dated(PUBLISHED_AT.date(), PUBLISHED_AT.date()).latest_day_first(),
        lambda: published().filter(bylines__author=Author.objects.get()).newest_first()[:20],
        lambda: posts_citing(Source.objects.get(citekey="key1"), now()),
        lambda: published().citing_outlet(Outlet.objects.get()).newest_first().values("pk")[:20],
        lambda: published().referring_to(Post.objects.all()[:1].get()).newest_first(),
        lambda: sources_of(Outlet.objects.get(), now())[:50],
        lambda: shown_sources(now()).filter(pk__gt=0, pk__lte=1000).order_by("pk"),
        lambda: Post.objects.order_by("-edited_at", "-pk")[:100],
        lambda: Source.objects.order_by("-created_at", "-pk")[:100],
    ],
)
def test_no_large_table_is_read_whole_for_a_page(asked: Asked) -> None:
    plan = asked().explain()
    assert not scans(plan), plan


@pytest.mark.parametrize(
    "path", ["/", "/2024/", "/2024/11/", "/topics/energy/", "/authors/ada/", "/outlets/ledger/"]
)
def test_nor_does_any_query_of_a_page_that_lists(client: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) > 1
    for query in asked.captured_queries:
        plan = plan_of(query)
        # What reads an index from its beginning has to stop somewhere.
        assert not scans(plan), plan
        assert not LARGE.search(plan) or LIMITED.search(query["sql"]), plan


def scans(plan: str) -> list[str]:
    return [line for line in plan.splitlines() if LARGE.search(line) and "USING" not in line]


def plan_of(query: dict[str, str]) -> str:
    """Of what was asked just now, as it was asked."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        return "\n".join(step for *_, step in cursor.fetchall())


def test_a_place_in_a_story_is_found_by_the_story_where_most_posts_are_in_none() -> None:
    story = make_story()
    last = [make_post(f"Post {n}", story=story) for n in range(3)][-1]
    gather_statistics()
    with CaptureQueriesContext(connection) as asked:
        place = place_in_story(last, now())
    assert place
    assert place.total == 3
    for plan in map(plan_of, asked.captured_queries):
        assert plan.count("SEARCH") == plan.count("INDEX post_by_story"), plan


@pytest.mark.parametrize("path", ["/2024/", "/2024/11/"])
def test_no_year_is_sorted_to_show_its_latest_posts(client: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    cut = [query for query in asked.captured_queries if LIMITED.search(query["sql"])]
    assert cut
    for query in cut:
        assert "TEMP B-TREE FOR ORDER BY" not in plan_of(query), query["sql"]


def test_what_posts_of_a_list_lead_to_is_counted_from_indices_alone(client: Client) -> None:
    """Rows of marks carry their sentences: to read them costs a page of the file for each post."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/2024/").status_code == 200
    (posts,) = [query for query in asked.captured_queries if "reference_count" in query["sql"]]
    plan = plan_of(posts)
    for index in ("crossreference_by_post", "citation_by_post"):
        assert f"USING COVERING INDEX {index}" in plan, plan


@pytest.mark.parametrize("kind", ["topic", "author"])
def test_which_of_a_list_have_posts_is_not_asked_of_each(client: Client, kind: str) -> None:
    """The tallies of the generation know it, and each question would grow with the archive."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/{kind}s/").status_code == 200
    (rows,) = [q["sql"] for q in asked.captured_queries if f'FROM "blog_{kind}"' in q["sql"]]
    assert '"blog_post' not in rows
