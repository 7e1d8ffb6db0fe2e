"""The picture of a post's place is drawn once, and anew as soon as it would say something else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import CrossReference, Post, Story
from publication.models import Publication
from tests.factories import PUBLISHED_AT, make_post, make_publication, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    """The last but one of four posts of a story; it refers to the one before."""
    make_publication(time_zone="Europe/Kyiv")
    story = make_story("Missiles")
    bodies = ["", "", "[[p2|here]]", ""]
    posts = [
        make_post(f"Part {n}", slug=f"p{n}", story=story, body=body, published=_moment(n))
        for n, body in enumerate(bodies, start=1)
    ]
    return posts[2]


def _moment(number: int) -> datetime:
    return PUBLISHED_AT + timedelta(days=number, hours=10, minutes=30)


def rename(post: Post) -> None:
    Post.objects.filter(slug="p2").update(headline="Permission, again")


def name_language(post: Post) -> None:
    Post.objects.filter(slug="p2").update(language="uk")


def move_address(post: Post) -> None:
    second = Post.objects.get(slug="p2")
    second.slug = "moved"
    second.save()


def withdraw(post: Post) -> None:
    Post.objects.filter(slug="p4").update(withdrawn_at=timezone.now())


def publish_another(post: Post) -> None:
    make_post("Part 5", story=post.story, published=_moment(5))


def publish_an_older_one(post: Post) -> None:
    make_post("Part 0", story=post.story, published=_moment(0))


def change_kind(post: Post) -> None:
    CrossReference.objects.update(kind="corrects")


def refer(post: Post) -> None:
    last = Post.objects.get(slug="p4")
    last.body = "[[p1|there]]"
    last.save()


def date_otherwise(post: Post) -> None:
    Post.objects.filter(slug="p2").update(published_at=_moment(2) - timedelta(hours=20))


def move_the_site(post: Post) -> None:
    Publication.objects.update(time_zone="America/New_York")


def rename_the_story(post: Post) -> None:
    Story.objects.update(slug="moved")


EDITS = (
    *(rename, name_language, move_address, withdraw, publish_another, publish_an_older_one),
    *(change_kind, refer, date_otherwise, move_the_site, rename_the_story),
)


def pages_picture(post: Post) -> str:
    html = Client().get(post.get_absolute_url()).text
    return html[html.index("Place in the story") : html.index("Cite this post")]


@pytest.mark.parametrize("edit", EDITS)
def test_a_page_shows_the_picture_that_is_right_now(
    post: Post, edit: Callable[[Post], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pages_picture(post)
    edit(post)
    after = pages_picture(post)
    assert after != before
    monkeypatch.setattr("blog.placed.Near.told", property(lambda near: object()))
    assert after == pages_picture(post), "as if nothing had been kept"


def test_the_same_picture_is_drawn_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages_picture(post)
    monkeypatch.setattr("blog.placed.Near.drawn", refused)
    assert pages_picture(post) == before


def refused(*asked: object) -> None:
    raise AssertionError("It is drawn again.")
