"""How I got here: the earlier posts that a post builds on, oldest first."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from blog.built_on import MOST_POSTS, MOST_STEPS, Way, way_to
from blog.models import Post
from tests.blog.reading.test_query_counts import queries
from tests.factories import (
    PUBLISHED_AT,
    make_draft,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_withdrawn,
    refer_in_bulk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def publication() -> None:
    make_publication()


def post_on(day: int, body: str = "") -> Post:
    at = PUBLISHED_AT + timedelta(days=day)
    return make_post(f"Day {day}", slug=f"d{day}", body=body, published=at)


def way(post: Post) -> Way:
    return way_to(post, timezone.now())


def headlines(post: Post) -> list[str]:
    return [stop.post.headline for stop in way(post).stops]


def leads(post: Post) -> dict[str, list[str]]:
    return {
        stop.post.headline: [said.post.headline for said in stop.leads_on]
        for stop in way(post).stops
    }


def page(post: Post) -> str:
    response = Client().get(f"{post.get_absolute_url()}path/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_goes_back_from_post_to_post_and_is_read_from_the_oldest_on() -> None:
    post_on(1)
    post_on(2, "See [[d1|here]].")
    post_on(3, "See [[d2|here]].")
    last = post_on(9, "See [[d3|here]].")

    assert headlines(last) == ["Day 1", "Day 2", "Day 3"]
    assert leads(last) == {"Day 1": ["Day 2"], "Day 2": ["Day 3"], "Day 3": ["Day 9"]}


def test_a_post_to_which_two_ways_lead_stands_once_and_is_told_by_both() -> None:
    post_on(1)
    post_on(2, "See [[d1|here]].")
    post_on(3, "See [[d1|here]].")
    last = post_on(4, "See [[d2|here]], [[d3|there]] and [[d1|there]].")

    assert leads(last) == {
        "Day 1": ["Day 2", "Day 3", "Day 4"],
        "Day 2": ["Day 4"],
        "Day 3": ["Day 4"],
    }


def test_later_posts_are_no_way_here_so_there_is_no_circle() -> None:
    first = post_on(1)
    last = post_on(2, "See [[d1|here]].")
    first.body = "More of it [[d2|there]] and [[d1|here]]."
    first.save()

    assert headlines(last) == ["Day 1"]
    assert headlines(first) == []


def test_of_posts_of_one_moment_the_one_made_first_is_the_earlier() -> None:
    one = make_post("One", slug="one")
    other = make_post("Other", slug="other", body="[[one|here]]")
    one.body = "[[other|there]]"
    one.save()

    assert headlines(other) == ["One"]
    assert headlines(one) == []


def test_each_tells_the_sentence_that_leads_on_and_the_kind() -> None:
    post_on(1)
    last = post_on(2, "At first. Then we were [[corrects::d1|wrong]] about it.")
    (said,) = way(last).stops[0].leads_on

    assert said.sentence_html == "Then we were <mark>wrong</mark> about it."
    assert said.kind_words == "Corrects this"
    assert said.url.startswith(f"{last.get_absolute_url()}#p-")
    assert said.sentence_html in page(last)


def test_what_is_not_public_is_not_on_the_way_and_leads_nowhere() -> None:
    post_on(1)
    make_draft("Secret", slug="secret", body="[[d1|x]]")
    make_withdrawn("Gone", slug="gone", body="[[d1|x]]", published=PUBLISHED_AT)
    last = post_on(2, "[[secret|So]] and [[gone|so]].")

    assert headlines(last) == []
    assert "builds on no earlier post" in page(last)


def test_a_long_list_ends_with_the_nearest_and_says_so() -> None:
    many = make_posts_in_bulk(MOST_POSTS + 10)
    last = post_on(1)
    for old in many:
        refer_in_bulk([last], old)
    found = way(last)

    assert len(found.stops) == MOST_POSTS
    assert found.goes_on
    assert {stop.post for stop in found.stops} == set(many[:MOST_POSTS])
    assert "The list ends here." in page(last)


def test_a_long_chain_ends_after_so_many_steps_and_says_so() -> None:
    chain = make_posts_in_bulk(MOST_STEPS + 5)
    for later, earlier in pairwise(chain):
        refer_in_bulk([later], earlier)
    found = way(chain[0])

    assert [stop.post for stop in found.stops] == chain[1 : MOST_STEPS + 1][::-1]
    assert found.goes_on


def test_steps_cost_a_query_each_however_many_posts_are_on_them() -> None:
    last = post_on(1)
    old = make_posts_in_bulk(50)
    refer_in_bulk([last], old[0])
    few = queries(f"{last.get_absolute_url()}path/")
    for one in old[1:]:
        refer_in_bulk([last], one)

    assert queries(f"{last.get_absolute_url()}path/") == few


def test_a_post_that_builds_on_earlier_ones_leads_to_its_way() -> None:
    first = post_on(1)
    last = post_on(2, "See [[d1|here]].")
    link = 'href="{}path/"'

    assert (
        link.format(last.get_absolute_url())
        in Client().get(last.get_absolute_url()).content.decode()
    )
    assert "/path/" not in Client().get(first.get_absolute_url()).content.decode()


def test_a_post_that_refers_to_later_ones_alone_has_no_way() -> None:
    first = post_on(1)
    post_on(2)
    first.body = "More [[d2|there]]."
    first.save()

    assert "/path/" not in Client().get(first.get_absolute_url()).content.decode()


def test_a_former_address_leads_to_the_present_one() -> None:
    post = post_on(1)
    post.slug = "other"
    post.save()
    response = Client().get("/2024/11/19/d1/path/")

    assert response.status_code == 301
    assert response.headers["Location"] == "/2024/11/19/other/path/"


def test_a_withdrawn_post_answers_with_its_notice() -> None:
    post = make_withdrawn("Gone", slug="gone", withdrawal_notice="It was wrong.")

    assert Client().get(f"{post.get_absolute_url()}path/").status_code == 410


def test_no_post_no_way() -> None:
    assert Client().get("/2024/11/18/nothing/path/").status_code == 404
