"""Completing `[[`, `[[slug#` and `[@`: what comes first, and what never comes."""

import pytest
from django.contrib.auth.models import AnonymousUser

from blog.finding import find_paragraphs, find_posts, find_sources
from blog.roles import type_of_user
from tests.factories import (
    make_draft,
    make_outlet,
    make_post,
    make_scheduled,
    make_source,
    make_story,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

TEXT = "Cats sleep.\n\nDogs bark at missiles in the night."


def found(query: str, user: type_of_user | None = None) -> list[str]:
    return [one.slug for one in find_posts(query, user or make_user("editor"))]


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("long-range missiles", "Long-range missiles for Kyiv"),
        ("missiles lo", "Long-range missiles for Kyiv"),
        ("lodz", "Łódź nach dem Krieg"),
        ("ŁÓDŹ", "Łódź nach dem Krieg"),
        ("київ", "Київ: ещё раз"),
        ("еще", "Київ: ещё раз"),
        ("misiles", "Long-range missiles for Kyiv"),
        ("kreig", "Łódź nach dem Krieg"),
        ("dogs bar", "Night"),
    ],
)
def test_a_post_is_found_by_headline_and_text(query: str, headline: str) -> None:
    for name in ("Long-range missiles for Kyiv", "Łódź nach dem Krieg", "Київ: ещё раз", "Tea"):
        make_post(name, body="Nothing here.")
    make_post("Night", body="Cats sleep.\n\nDogs bark at the moon.")
    assert [one.headline for one in find_posts(query, make_user("editor"))][:1] == [headline]


def test_a_post_is_found_by_its_slug_and_by_its_story() -> None:
    make_post("Tea", slug="atacms-4", story=make_story("Kursk incursion"))
    make_post("Coffee")
    assert found("atacms") == found("kursk in") == found("tea kursk") == ["atacms-4"]


def test_the_headline_comes_before_the_text_and_says_where_it_was_found() -> None:
    make_post("Missiles", slug="a", body="Nothing.")
    make_post("Night", slug="b", body=TEXT)
    by_name, by_text = find_posts("missiles", make_user("editor"))
    assert (by_name.slug, by_name.headline_html, by_name.excerpt_html) == (
        "a",
        "<mark>Missiles</mark>",
        "",
    )
    assert by_text.slug == "b"
    assert "<mark>missiles</mark>" in by_text.excerpt_html


def test_every_word_must_be_found() -> None:
    make_post("Missiles", body="Nothing.")
    assert found("missiles umbrellas") == []


def test_an_empty_query_finds_the_latest_and_the_most_referred_to() -> None:
    much = make_post("Much", slug="much")
    for n in range(10):
        make_post(f"Later {n}", body="See [[much|here]].")
    slugs = found("")
    assert len(slugs) == len(set(slugs)) == 8
    assert much.slug in slugs


def test_the_post_being_written_is_left_out() -> None:
    post = make_post("Missiles")
    assert find_posts("missiles", make_user("editor"), besides=post) == []


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", "\x00", "\ud800", "a" * 300, "( * -x"])
def test_any_text_may_be_asked(query: str) -> None:
    make_post("Missiles")
    user = make_user("editor")
    find_posts(query, user), find_sources(query, user)


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
@pytest.mark.parametrize("query", ["secret", "secr", "", "missiles", "sceret"])
def test_what_is_not_public_is_found_by_its_own_people_alone(make: type, query: str) -> None:
    owner = make_user("author")
    post = make("Secret plan", body=TEXT, created_by=owner)
    assert found(query, owner) == [post.slug]
    for other in (make_user("contributor"), make_user("author"), AnonymousUser()):
        assert found(query, other) == []
        assert find_paragraphs(post, "dogs", other) == []


def test_a_draft_is_marked_as_such() -> None:
    user = make_user("contributor")
    make_draft("Secret plan", created_by=user)
    [one] = find_posts("secret", user)
    assert (one.state, one.date_words) == ("draft", "")


def test_paragraphs_are_found_by_their_words_and_without_any_in_their_order() -> None:
    post, user = make_post(body=TEXT), make_user("editor")
    [dogs] = find_paragraphs(post, "dog nig", user)
    assert dogs.excerpt_html.startswith("<mark>Dogs</mark> bark")
    both = find_paragraphs(post, "", user)
    assert [one.excerpt_html for one in both] == [
        "Cats sleep.",
        "Dogs bark at missiles in the night.",
    ]
    assert both[1].paragraph == dogs.paragraph


@pytest.mark.parametrize(
    "query", ["atlas20", "harbours", "monitor", "дніпр", "lukasz", "Łukasz atlas"]
)
def test_a_source_is_found_by_key_title_outlet_and_author(query: str) -> None:
    outlet = make_outlet("Monitor", native_name="Дніпровський монітор")
    make_source("other1", title="Another")
    make_source(
        "atlas2023",
        title="An atlas of harbours",
        outlet=outlet,
        authors=[{"family": "Łukasz", "given": "Jan"}],
    )
    [one] = find_sources(query, make_user("contributor"))
    assert one.key == "atlas2023"
    assert one.outlet == "Monitor"


def test_an_empty_query_finds_the_latest_sources() -> None:
    make_source("a"), make_source("b")
    assert [one.key for one in find_sources("", make_user("author"))] == ["b", "a"]


def test_sources_are_for_those_who_may_see_them() -> None:
    make_source("atlas2023")
    assert find_sources("atlas", AnonymousUser()) == []
    assert find_sources("atlas", make_user(None)) == []


def test_pages_that_are_no_sources_are_not_offered() -> None:
    make_source("shop", is_not_a_source=True)
    assert find_sources("shop", make_user("author")) == []
