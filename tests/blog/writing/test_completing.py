"""What the server offers to complete a name, and to whom."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_report,
    make_source,
    make_story,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

POSTS = reverse("admin:blog_post_complete_posts")
PARAGRAPHS = reverse("admin:blog_post_complete_paragraphs")
SOURCES = reverse("admin:blog_post_complete_sources")
CLAIMS = reverse("admin:blog_post_complete_claims")
ORIGINS = reverse("admin:blog_post_complete_origins")
EVERY = [POSTS, PARAGRAPHS, SOURCES, CLAIMS, ORIGINS]


@pytest.fixture
def author() -> User:
    return make_user("author")


@pytest.fixture
def client(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


def asked(client: Client, path: str, **sent: Any) -> list[dict[str, Any]]:
    response = client.post(path, sent)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    options: list[dict[str, Any]] = response.json()["options"]
    return options


def test_a_post_is_found_by_headline_text_and_story(client: Client) -> None:
    story = make_story("Missiles")
    make_post("What a <denial> concedes", slug="denial", body="Range.", story=story)
    for words in ("deni", "range", "missi"):
        (option,) = asked(client, POSTS, q=words)
        assert option["value"] == "denial"
        assert option["about"] == "18 November 2024, Missiles"
        assert option["hidden"] == ""
    title = asked(client, POSTS, q="denial")[0]["title"]
    assert title == [["What a <", False], ["denial", True], ["> concedes", False]]


def test_own_drafts_are_marked_and_those_of_others_are_not_there(
    client: Client, author: User
) -> None:
    make_draft("My denial", slug="mine", created_by=author)
    make_draft("Her denial", slug="hers", body="Denial.")
    make_withdrawn("A withdrawn denial", slug="gone")
    (option,) = asked(client, POSTS, q="denial")
    assert (option["value"], option["hidden"]) == ("mine", "Draft")


def test_the_post_that_is_written_is_not_offered_to_itself(client: Client, author: User) -> None:
    post = make_draft("My denial", created_by=author)
    assert asked(client, POSTS, q="denial", post=post.pk) == []
    for odd in ("", "x", "9" * 40, "-1"):
        assert len(asked(client, POSTS, q="denial", post=odd)) == 1


def test_paragraphs_are_those_of_a_post_that_may_be_seen(client: Client) -> None:
    post = make_post(slug="before", body="One of it.\n\nTwo of that.")
    post.slug = "after"
    post.save()
    make_draft("Hers", slug="hers", body="Secret words.")
    for slug in ("before", "AFTER"):
        (option,) = asked(client, PARAGRAPHS, slug=slug, q="that")
        assert option["value"].startswith("p-")
        assert "".join(words for words, _ in option["title"]) == "Two of that."
    assert asked(client, PARAGRAPHS, slug="hers", q="") == []
    assert asked(client, PARAGRAPHS, slug="nowhere", q="") == []


def test_a_source_is_found_by_key_title_outlet_and_author(client: Client) -> None:
    make_source(
        "ledger2024",
        title="A report",
        outlet=make_outlet("Capital Ledger"),
        authors=[{"family": "Novak", "given": "Iva"}],
    )
    for words in ("ledger2024", "report", "capital", "novak"):
        (option,) = asked(client, SOURCES, q=words)
        assert option["value"] == "ledger2024"
        assert option["about"] == "@ledger2024. Iva Novak, Capital Ledger"


def test_a_claim_is_found_by_statement_and_slug_with_how_it_stands(client: Client) -> None:
    claim = make_claim("Washington <agreed> to the strikes.", slug="permission")
    make_report(claim, by="A paper")
    make_report(claim, "denies", by="Minsk")
    for words in ("agreed wash", "permis", ""):
        (option,) = asked(client, CLAIMS, q=words)
        assert (option["value"], option["about"]) == ("permission", "reported, contested")
    title = asked(client, CLAIMS, q="agreed")[0]["title"]
    assert title == [
        ["Washington <", False],
        ["agreed", True],
        ["> to the strikes.", False],
    ]
    assert asked(client, CLAIMS, q="agreed elsewhere") == []


def test_the_claim_of_that_slug_comes_before_those_that_only_speak_of_it(client: Client) -> None:
    make_claim("Soldiers are there.", slug="soldiers")
    make_claim("No soldiers were seen.", slug="nobody")
    assert [one["value"] for one in asked(client, CLAIMS, q="sold")] == ["soldiers", "nobody"]


def test_an_origin_is_found_by_name_and_by_the_body_it_speaks_for(client: Client) -> None:
    white_house = make_origin("White House")
    make_origin(
        "two officials",
        is_named=False,
        body=white_house,
        told_to=make_outlet("Capital Ledger"),
    )
    (option,) = asked(client, ORIGINS, q="officials")
    assert option["about"] == "not named, speaks for White House"
    assert "".join(words for words, _ in option["title"]) == (
        "two officials, as told to Capital Ledger"
    )
    assert len(asked(client, ORIGINS, q="white")) == 2


def test_odd_questions_find_nothing_and_break_nothing(client: Client) -> None:
    make_post("One", body="One.")
    for odd in ("%", "\x00", "'", "[[", "a" * 10_000, "п́", "🚀"):
        for path in EVERY:
            asked(client, path, q=odd, slug=odd, post="1")


@pytest.mark.parametrize("path", EVERY)
def test_completing_is_for_who_may_write(path: str) -> None:
    staff = make_user(None, is_active=True)
    staff.is_staff = True
    staff.save()
    client = Client()
    assert client.post(path, {"q": ""}).status_code == 302
    client.force_login(staff)
    assert client.post(path, {"q": ""}).status_code == 403
    client.force_login(make_user("contributor"))
    assert client.post(path, {"q": ""}).status_code == 200
    assert client.get(path).status_code == 405


def test_asking_costs_the_same_however_many_there_are(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_post("A denial", body="It was denied.")
        make_report(make_claim("It was denied."), by="A paper")
    with django_assert_max_num_queries(16):
        asked(client, POSTS, q="denial")
    with django_assert_max_num_queries(8):
        assert len(asked(client, CLAIMS, q="denied")) == 8
