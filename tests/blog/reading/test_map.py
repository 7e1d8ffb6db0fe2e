"""The map: which posts the others refer to, which stand alone, and the same as a table."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog import mapped, ranked
from blog.mapped import Map, site_map
from blog.ranked import ranking, ranking_begun
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


@pytest.fixture(autouse=True)
def publication() -> None:
    make_publication()


def drawn() -> Map:
    at = timezone.now()
    found = site_map(ranking(at), at)
    assert found
    return found


def html(path: str = "/map/") -> str:
    return Client().get(path).content.decode()


def test_it_tells_those_joined_from_those_alone() -> None:
    make_post(slug="old", published=PUBLISHED_AT - timedelta(days=400))
    make_post(body="[[old|here]] and [[old|there]]")
    make_post()
    found = drawn()

    assert (found.total, found.joined, found.alone, found.left_out) == (3, 2, 1, 0)
    assert "3 posts: 2 joined by references, 1 standing alone" in html()
    wide = found.views[0]
    assert [(row.year.year, row.count, len(row.marks)) for row in wide.rows] == [
        (2024, 2, 1),
        (2023, 1, 1),
    ]
    assert [len(row.year.alone) for row in wide.rows] == [1, 0]


def test_of_a_large_archive_the_first_page_needs_its_beginning_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posts = make_posts_in_bulk(9)
    refer_in_bulk(posts[:5], posts[5])
    monkeypatch.setattr(ranked, "MOST_JOINED", 4)
    monkeypatch.setattr(ranked, "MOST_ALONE", 2)
    at = timezone.now()
    begun, whole = ranking_begun(at), ranking(at)
    assert (len(begun), begun.joined) == (len(whole), whole.joined) == (9, 6)
    assert begun[:4] == whole[:4]
    assert begun[6:8] == whole[6:8]
    assert len(begun.numbers) + len(begun.alone) < len(whole.numbers) + len(whole.alone)


def test_a_post_is_told_by_how_many_refer_to_it_and_leads_a_line_to_each() -> None:
    make_post("Old", slug="old", published=PUBLISHED_AT - timedelta(days=1))
    make_post(body="[[old|here]]")
    make_post(body="[[old|here]] and [[old|there]]")
    marks = {mark.post.headline: mark for row in drawn().views[0].rows for mark in row.marks}

    assert marks["Old"].told == "Referred to by 2"
    assert len(marks["Old"].lines) == 2
    assert 'aria-label="1. Old, 17 November 2024. Referred to by 2"' in html()


def test_a_reference_to_itself_joins_a_post_to_nothing() -> None:
    post = make_post(slug="self")
    post.body = "See [[self|above]]."
    post.save()

    assert drawn().alone == 1


def test_the_most_referred_to_are_named_in_their_order() -> None:
    posts = make_posts_in_bulk(12)
    for number, target in enumerate(posts[:3], start=1):
        refer_in_bulk(posts[6 : 6 + number], target)

    assert drawn().named == [posts[2], posts[1]], "one reference is not yet a name"


def test_the_table_has_every_post_the_most_referred_to_first() -> None:
    posts = make_posts_in_bulk(60)
    refer_in_bulk(posts[:3], posts[-1])
    first, second = html(), html("/map/?page=2")

    rows = re.findall(r'<tr><th scope="row"><a [^>]*href="([^"]+)"', first + second)
    assert rows[0] == posts[-1].get_absolute_url()
    assert len(rows) == len(set(rows)) == 60
    assert "<svg" not in second, "the picture stands above the first page alone"


def test_nothing_of_a_draft_is_on_it() -> None:
    make_post(slug="old")
    make_draft("Secret", slug="secret", body="[[old|here]]")

    assert drawn().alone == 1
    assert "ecret" not in html()


def test_what_has_no_room_is_counted_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "MOST_JOINED", 3)
    monkeypatch.setattr(mapped, "MOST_ALONE", 2)
    posts = make_posts_in_bulk(12)
    refer_in_bulk(posts[1:6], posts[0])
    found = drawn()

    assert found.left_out == 12 - 5
    assert "7 found no room in the picture and are in the table" in html()
    assert sum(row.count for row in found.views[0].rows) == 12, "years tell all their posts"


def test_a_year_of_which_nothing_is_drawn_tells_its_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "MOST_ALONE", 1)
    for days in (0, 400, 800):
        make_post(published=PUBLISHED_AT - timedelta(days=days))

    for view in drawn().views:
        assert [(row.year.year, row.count) for row in view.rows] == [
            (2024, 1),
            (2023, 1),
            (2022, 1),
        ]
        assert [len(row.year.alone) for row in view.rows] == [1, 0, 0]


def test_its_size_is_bounded() -> None:
    posts = make_posts_in_bulk(1500)
    for target in posts[:3]:
        refer_in_bulk(posts[3:900], target)

    assert len(html()) < 1_000_000


def test_a_site_without_posts_says_so() -> None:
    assert "Nothing is published here yet." in html()
    assert "<svg" not in html()


@pytest.mark.parametrize("path", ["/archive/", "/stories/"])
def test_the_archive_and_the_stories_lead_to_it(path: str) -> None:
    assert 'href="/map/"' not in html(path)
    make_post(story=make_story())

    assert 'href="/map/"' in html(path)
