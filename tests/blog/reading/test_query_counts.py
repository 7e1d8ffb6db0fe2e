"""A page costs the same whatever the marks in a text and the posts in the archive."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from sources.models import Source
from tests.factories import (
    PUBLISHED_AT,
    cite_in_bulk,
    correct_in_bulk,
    file_in_bulk,
    make_assumption,
    make_author,
    make_claim,
    make_outlet,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_source,
    make_story,
    make_topic,
    refer_in_bulk,
)

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/about/",
    "/feed.atom",
    "/archive/",
    "/2024/",
    "/2024/11/",
    "/2024/11/18/",
    "/2024/11/18/newest/",
    "/2024/11/18/newest/path/",
    "/map/",
    "/stories/",
    "/stories/missiles/",
    "/topics/",
    "/topics/energy/",
    "/authors/",
    "/authors/writer/",
    "/sources/",
    "/sources/?sort=name",
    "/sources/key0/",
    "/outlets/ledger/",
    "/claims/",
    "/claims/?by=standing",
    "/claims/?by=moved",
    "/claims/soldiers/",
    "/claims/soldiers/?on=2024-11-18",
    "/origins/kyiv/",
    "/corrections/",
    "/nothing/here/",
)


def build(posts: int, marks: int) -> Post:
    """A site of that many posts, the newest of which has that many marks of each kind."""
    make_publication(about="About us.")
    filed: dict[str, Any] = {"story": make_story("Missiles")}
    author, topic = make_author("Writer", bio="Writes."), make_topic("Energy")
    outlet = make_outlet("Capital Ledger", slug="ledger")
    sources = [
        make_source(f"key{number}", title=f"Report {number}", outlet=outlet if number % 2 else None)
        for number in range(marks)
    ]
    make_source("even", title="Never cited by marks", outlet=outlet)
    targets = [
        make_post(
            slug=f"target-{number}", published=PUBLISHED_AT - timedelta(minutes=number + 1), **filed
        )
        for number in range(marks)
    ]
    many = make_posts_in_bulk(posts - marks - 1, **filed)
    file_in_bulk(many, author=author, topic=topic)
    cite_in_bulk(many[:60], sources[:2])
    newest = make_post(
        "Newest", body=text(marks), slug="newest", authors=[author], topics=[topic], **filed
    )
    refer_in_bulk([*targets, *many[::5]], newest)
    claim_for([newest, *targets], sources)
    correct_in_bulk([newest] * marks + many, "See [[target-0|here]] and <https://example.org/>.")
    return newest


def claim_for(posts: list[Post], sources: list[Source]) -> None:
    """A claim on which all of these posts rest, with a line through each source, and many more."""
    soldiers = make_claim("Soldiers are there.", slug="soldiers")
    for source in sources:
        claim = make_claim()
        make_report(claim, by="Kyiv", source=source)
        make_report(soldiers, by=f"Origin of {source}", source=source)
        make_assumption(posts[0], claim)
    make_report(soldiers, by="Kyiv")
    for post in posts:
        make_assumption(post, soldiers)


def text(marks: int) -> str:
    return "\n\n".join(
        f"It began [[target-{n}|here]] and was reported [@key{n}], "
        f"[and again](https://news.example.org/{n})."
        for n in range(marks)
    )


def queries(path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get(path)
    return len(asked)


def counted(posts: int, marks: int) -> dict[str, int]:
    build(posts, marks)
    found = {path: queries(path) for path in PAGES}
    for path in PAGES[:-1]:
        assert Client().get(path).status_code == 200, path
    return found


# What each page asks where nothing was kept for the generation: counts and the ranking are, as soon
# as a page is not asked for within a transaction. The publication and whether there are claims are
# looked up by all but feeds.
ASKED = {
    "/": 12,
    "/about/": 4,
    # Two for each of ten posts: their references and their citations.
    # Of them three for notices: the rows, and what their links lead to.
    "/feed.atom": 9,
    "/archive/": 3,
    "/2024/": 8,
    "/2024/11/": 7,
    "/2024/11/18/": 7,
    "/2024/11/18/newest/": 17,
    # One for each step back, of which this site has one, and one to see that there is no other.
    "/2024/11/18/newest/path/": 9,
    "/map/": 8,
    "/stories/": 4,
    "/stories/missiles/": 15,
    "/topics/": 4,
    "/topics/energy/": 7,
    "/authors/": 4,
    "/authors/writer/": 8,
    "/sources/": 5,
    "/sources/?sort=name": 5,
    "/sources/key0/": 8,
    "/outlets/ledger/": 9,
    "/claims/": 5,
    "/claims/?by=standing": 5,
    "/claims/?by=moved": 5,
    "/claims/soldiers/": 11,
    "/claims/soldiers/?on=2024-11-18": 6,
    "/origins/kyiv/": 9,
    "/corrections/": 6,
    "/nothing/here/": 3,
}


@pytest.mark.parametrize(("posts", "marks"), [(80, 5), (120, 50)])
def test_fifty_marks_ask_no_more_than_five(posts: int, marks: int) -> None:
    assert counted(posts, marks) == ASKED


@pytest.mark.parametrize("posts", [10, 500])
def test_five_hundred_posts_ask_no_more_than_ten(posts: int) -> None:
    assert counted(posts, 5) == ASKED
