"""A post's place in its story, and stories in small on the front page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, Story
from blog.pictured import Picture
from blog.placed import AROUND, place_in_story, place_picture
from blog.small_pictures import MOST_POSTS, with_small_pictures
from tests.factories import (
    PUBLISHED_AT,
    make_draft,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_story,
    refer_in_bulk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    make_publication()
    return make_story("Missiles")


def post_of(story: Story, number: int, body: str = "") -> Post:
    at = PUBLISHED_AT + timedelta(days=number)
    return make_post(f"Part {number}", slug=f"p{number}", story=story, body=body, published=at)


def place_of(post: Post) -> Picture | None:
    at = timezone.now()
    near = place_picture(post, place_in_story(post, at), at)
    return near.drawn() if near else None


def small(story: Story) -> str:
    (found,) = with_small_pictures([story], timezone.now())
    drawn = found.small  # type: ignore[attr-defined]
    return drawn.summary if drawn else ""


def test_a_post_is_itself_in_its_place(story: Story) -> None:
    post_of(story, 1)
    post = post_of(story, 2, "[[p1|here]]")
    post_of(story, 3)
    found = place_of(post)

    assert found
    assert [one.is_me for one in found.views[0].pointed] == [False, True, False]


def test_a_place_among_posts_that_never_refer_to_one_another_is_words_alone(story: Story) -> None:
    post = post_of(story, 1)
    post_of(story, 2)

    assert place_of(post) is None
    html = Client().get(post.get_absolute_url()).content.decode()
    assert "Post 1 of 2 in" in html
    assert "<svg" not in html


def test_a_place_in_a_long_story_shows_the_posts_around_with_their_numbers(story: Story) -> None:
    many = make_posts_in_bulk(3 * AROUND, story=story)[::-1]
    post = many[AROUND + 10]
    refer_in_bulk([post], many[AROUND])
    found = place_of(post)

    assert found
    assert [row.number for row in found.rows] == list(range(11, 2 * AROUND + 12))
    assert not found.left_out, "the page of the story says what it leaves out"


def test_the_front_page_shows_developing_stories_in_small(story: Story) -> None:
    post_of(story, 1)
    post_of(story, 5, "[[p1|here]]")
    html = Client().get("/").content.decode()

    summary = "Two posts, 19 November 2024 to 23 November 2024, joined by one reference"
    assert f'role="img" aria-label="{summary}"' in html


def test_a_story_of_one_post_has_no_picture(story: Story) -> None:
    post_of(story, 1)
    make_draft("Secret", story=story, body="[[p1|x]]")

    assert small(story) == ""


def test_a_long_story_in_small_is_its_newest_posts(story: Story) -> None:
    make_posts_in_bulk(MOST_POSTS + 30, story=story)

    assert small(story).startswith(f"{MOST_POSTS} posts, ")


def test_each_story_has_its_own_references(story: Story) -> None:
    other = make_story("Grid")
    post_of(story, 1)
    post_of(story, 2)
    make_post(slug="g1", story=other)
    make_post(story=other, body="[[g1|here]] and [[p1|there]]")

    assert "none of which" in small(story)
    assert "joined by one reference" in small(other)
