"""A post's page: what it refers to, what refers to it, its place in the story."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from blog.placed import Neighbour, place_in_story
from blog.reading import Reference, earlier, later, marked
from tests.factories import (
    PUBLISHED_AT,
    make_author,
    make_draft,
    make_outlet,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def days(number: int) -> datetime:
    return PUBLISHED_AT + timedelta(days=number)


def earlier_of(post: Post) -> list[Reference]:
    return earlier(post, timezone.now())


def later_of(post: Post) -> list[Reference]:
    return later(post, timezone.now())


def test_earlier_posts_stand_in_the_order_of_the_text_each_once() -> None:
    make_post("Old", slug="old")
    make_post("Older", slug="older", published=days(-1))
    post = make_post(body="[[old|Here]], [[older|there]] and [[old|here again]].")

    assert [one.post.headline for one in earlier_of(post)] == ["Old", "Older"]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("[[old|x]]", "Background", "Background"),
        ("[[extends::old|x]]", "Continues it", "Continues this"),
        ("[[updates::old|x]]", "Newer information", "Newer information"),
        ("[[corrects::old|x]]", "Corrects it", "Corrects this"),
        ("[[qualifies::old|x]]", "Qualifies it", "Qualifies this"),
        ("[[disagrees::old|x]]", "Disagrees with it", "Disagrees with this"),
        ("[[see-also::old|x]]", "See also", "See also"),
        ("[[old|x]] [[corrects::old|y]]", "Corrects it", "Corrects this"),
        (
            "[[updates::old|x]] [[corrects::old|y]]",
            "Newer information, corrects it",
            "Newer information, corrects this",
        ),
    ],
)
def test_the_kind_is_said_in_plain_words(text: str, before: str, after: str) -> None:
    old = make_post(slug="old")
    post = make_post(body=text)

    assert [one.kind_words for one in earlier_of(post)] == [before]
    assert [one.kind_words for one in later_of(old)] == [after]


def test_a_later_post_shows_the_sentence_that_refers_and_leads_to_its_paragraph() -> None:
    old = make_post(slug="old")
    post = make_post(body="One.\n\nIt began [[old|a week & a day]]. It goes on.", slug="new")
    (reference,) = later_of(old)

    assert reference.sentence_html == "It began <mark>a week &amp; a day</mark>."
    assert reference.paragraph.startswith("p-")
    assert reference.url == f"/2024/11/18/new/#{reference.paragraph}"
    assert f'id="{reference.paragraph}"' in Client().get(post.get_absolute_url()).content.decode()


def test_a_bare_mark_stands_in_its_sentence_by_the_headline() -> None:
    old = make_post("Asking & asking", slug="old")
    post = make_post(body="As in [[old]], it went on.")

    expected = "As in <mark>Asking &amp; asking</mark>, it went on."
    assert [one.sentence_html for one in (*earlier_of(post), *later_of(old))] == [expected] * 2


def test_a_reference_to_a_paragraph_leads_to_it() -> None:
    make_post(slug="old", body="One.")
    post = make_post(body="[[old#p-12345678|Here]].")

    assert earlier_of(post)[0].url == "/2024/11/18/old/#p-12345678"


def test_later_posts_come_newest_first() -> None:
    old = make_post(slug="old")
    for number in (1, 3, 2):
        make_post(f"Day {number}", body="[[old|Here]].", published=days(number))

    assert [one.post.headline for one in later_of(old)] == ["Day 3", "Day 2", "Day 1"]


def test_a_pasted_address_counts_as_a_reference() -> None:
    make_publication()
    old = make_post("Old", slug="old")
    post = make_post(body="We said so [here](https://margin.example.org/2024/11/18/old/).")

    assert [one.post for one in earlier_of(post)] == [old]
    assert later_of(old)[0].sentence_html == "We said so <mark>here</mark>."


def test_posts_that_may_not_be_read_are_in_neither_list() -> None:
    draft, withdrawn = make_draft(slug="draft"), make_withdrawn(slug="gone")
    post = make_post(body="[[draft|Words]] and [[gone|words]].", slug="live")
    make_draft(body="[[live|Here]].")
    make_withdrawn(body="[[live|Here]].")

    assert earlier_of(post) == later_of(post) == []
    assert later_of(draft) == later_of(withdrawn) == []


@pytest.mark.parametrize(
    ("sentence", "anchor", "html"),
    [
        ("It is here.", "here", "It is <mark>here</mark>."),
        ("a <b> c", "<b>", "a <mark>&lt;b&gt;</mark> c"),
        ("here and here", "here", "<mark>here</mark> and here"),
        ("It is <i>here</i>.", "", "It is &lt;i&gt;here&lt;/i&gt;."),
        ("It is here.", "there", "It is here."),
        ("", "x", ""),
    ],
)
def test_the_words_of_a_link_are_marked_in_its_sentence(
    sentence: str, anchor: str, html: str
) -> None:
    assert marked(sentence, anchor) == html


def told(post: Post | Neighbour | None) -> tuple[object, ...] | None:
    """What a page says of a post that stands near."""
    if post is None:
        return None
    return (post.pk, post.headline, post.language, post.published_at, post.get_absolute_url())


def test_a_post_knows_its_place_in_its_story() -> None:
    story = make_story()
    first, second, third = (make_post(story=story, published=days(number)) for number in range(3))
    make_draft(story=story)
    make_withdrawn(story=story, published=days(1))
    make_post(published=days(1))

    place = place_in_story(second, timezone.now())

    assert place
    assert (place.number, place.total) == (2, 3)
    assert [told(one) for one in (place.previous, place.next)] == [told(first), told(third)]


def test_posts_of_one_moment_have_an_order() -> None:
    story = make_story()
    posts = [make_post(story=story) for _ in range(3)]
    places = [place_in_story(post, timezone.now()) for post in posts]

    assert [place.number for place in places if place] == [1, 2, 3]
    assert [told(place.next) for place in places if place] == [told(posts[1]), told(posts[2]), None]


def test_a_post_without_a_story_has_no_place() -> None:
    assert place_in_story(make_post(), timezone.now()) is None


def test_the_page_shows_all_of_it(client: Client) -> None:
    make_publication()
    make_source("ledger", title="The report", outlet=make_outlet("Capital Ledger"))
    make_post("Old", slug="old")
    post = make_post(
        "New",
        body="It began [[old|here]], they say [@ledger].",
        authors=[make_author("B. Second"), make_author("A. First")],
        story=make_story("Missiles"),
        standfirst="Why.",
        published=days(1),
        known_at=PUBLISHED_AT,
    )
    make_post("Newer", body=f"[[corrects::{post.slug}|No]].", published=days(2))

    html = client.get(post.get_absolute_url()).content.decode()

    for part in ("Why.", "Missiles", "The report", "Capital Ledger", "Old", "Newer", "Corrects"):
        assert part in html, part
    assert html.index("B. Second") < html.index("A. First")
    assert "14:00" in html
    assert 'datetime="2024-11-19T14:00:00+02:00"' in html
