"""The list of posts: what it is searched and narrowed by."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.admin import posts as admin_of_posts
from tests.blog.desk.conftest import LogIn
from tests.factories import PUBLISHED_AT, make_author, make_draft, make_post, make_posts_in_bulk

pytestmark = pytest.mark.django_db
LIST = "admin:blog_post_changelist"


@pytest.fixture
def client(editor: User, log_in: LogIn) -> Client:
    return log_in(editor)


def listed(client: Client, **query: str) -> set[str]:
    page = client.get(reverse(LIST), query).content.decode()
    return set(re.findall(r'class="field-headline"><a [^>]*>([^<]*)</a>', page))


@pytest.mark.parametrize("typed", ["grid", "Grids", "blackouts", "ada", "the-gri", "Energy"])
def test_a_post_is_found_by_headline_slug_author_and_any_word_of_its_text(
    typed: str, client: Client
) -> None:
    make_draft(
        "Energy", slug="the-grid", body="The grid fails: blackouts.", authors=[make_author("Ada")]
    )
    make_post("Another", body="Something else.")

    assert listed(client, q=typed) == {"Energy"}


def test_of_very_many_that_have_a_word_the_closest_are_listed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin_of_posts, "MOST_FOUND", 1)
    make_post("First", body="A word.", standfirst="The word.")
    make_post("Second", body="A word.")

    assert listed(client, q="word") == {"First"}


def test_it_is_narrowed_to_a_year(client: Client) -> None:
    make_post("New")
    make_post("Old", published=PUBLISHED_AT - timedelta(days=700))

    assert listed(client, year="2022") == {"Old"}
    assert listed(client, year="0") == {"New", "Old"}
    page = client.get(reverse(LIST)).content.decode()
    assert [year in page for year in ("?year=2024", "?year=2023", "?year=2022")] == [True] * 3


def test_it_asks_as_much_of_many_posts_as_of_few(client: Client) -> None:
    counts = []
    for number in (3, 120):
        make_posts_in_bulk(number)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(LIST))
        counts.append(len(asked))

    assert counts[0] == counts[1]
