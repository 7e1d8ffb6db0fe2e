"""When it goes out, in words; and what has to be settled, or is advised, before it does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.desk.moments import in_words
from blog.merging import THEIRS
from blog.models import Post
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.factories import (
    make_draft,
    make_outlet,
    make_post,
    make_publication,
    make_scheduled,
    make_source,
)

pytestmark = pytest.mark.django_db

WHEN = "/admin/blog/post/when/"
NEW = "/admin/blog/post/outgoing/"
# Ten in the evening in Kyiv, which is still on winter time.
NOW = datetime(2024, 11, 21, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    make_publication(time_zone="Europe/Kyiv")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(author: User, log_in: LogIn) -> Client:
    return log_in(author)


class TestInWords:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("2024-11-21T23:30", "today 23:30 Kyiv time, in 2 hours"),
            ("2024-11-21T22:20", "today 22:20 Kyiv time, in 20 minutes"),
            ("2024-11-21T22:01", "today 22:01 Kyiv time, in a minute"),
            ("2024-11-22T07:00", "tomorrow 07:00 Kyiv time, in 9 hours"),
            ("2024-11-22T00:00", "tomorrow 00:00 Kyiv time, in 2 hours"),
            ("2024-11-24T07:00", "Sunday 07:00 Kyiv time, in 2 days"),
            ("2024-12-05T07:00", "Thursday 5 December 2024, 07:00 Kyiv time, in 13 days"),
            # The clocks go forward on 30 March 2025: the wait is an hour shorter.
            ("2025-03-30T12:00", "Sunday 30 March 2025, 12:00 Kyiv time, in 129 days"),
        ],
    )
    def test_a_moment_is_said_as_one_says_it(self, typed: str, words: str, client: Client) -> None:
        assert client.get(WHEN, {"at": typed}).json() == {"words": words, "wrong": False}

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("2024-11-21T21:59", "has passed"),
            ("2025-03-30T03:30", "clocks change"),
            ("2025-10-26T03:30", "clocks change"),
            ("", "no day"),
            ("tomorrow", "no day"),
            ("2024-11-31T10:00", "no day"),
            ("2024-11-30T10:00+00:00", "no day"),
        ],
    )
    def test_what_is_no_moment_to_come_is_told(self, typed: str, why: str, client: Client) -> None:
        answer = client.get(WHEN, {"at": typed}).json()
        assert (why in answer["words"], answer["wrong"]) == (True, True)

    def test_less_than_a_minute_is_said_so(self) -> None:
        with timezone.override("Europe/Kyiv"):
            assert in_words(NOW + timedelta(seconds=20)).endswith("in less than a minute")

    def test_a_scheduled_post_says_it_on_its_screen(self, client: Client, author: User) -> None:
        post = make_scheduled(created_by=author)
        Post.objects.filter(pk=post.pk).update(published_at=NOW + timedelta(hours=9))
        page = client.get(reverse("admin:blog_post_change", args=[post.pk])).content.decode()
        assert "tomorrow 07:00 Kyiv time, in 9 hours" in page

    def test_nobody_asks_who_is_not_logged_in(self) -> None:
        assert Client().get(WHEN, {"at": "2024-11-22T07:00"}).status_code == 302


def things(client: Client, url: str = NEW, post: Post | None = None, **changed: Any) -> Any:
    response = client.post(url, form_of(post, **({"_publish": "x"} | changed)))
    assert response.status_code == 200
    return response.context["musts"], response.context["advised"], response.content.decode()


class TestTheList:
    def test_what_must_be_settled_and_what_is_only_advised(self, client: Client) -> None:
        make_post(slug="earlier")
        make_source("bare", title="A bare report")
        body = "[[gone]]\n\n[@bare] and [[earlier]]\n\n![](/media/x.png)\n\n" + THEIRS
        musts, advised, page = things(client, headline=" ", body=body)
        assert [(must.line, must.field) for must in musts] == [
            (None, "headline"),
            (7, ""),
            (1, ""),
        ]
        said = " ".join(thing.words for thing in advised)
        for words in ("standfirst", "facts are known", "byline", "alt text"):
            assert words in said
        assert "the source “A bare report” has no date and no outlet." in said
        assert "data-go" not in page

    def test_with_nothing_left_it_says_so_and_offers_to_go(
        self, client: Client, author: User
    ) -> None:
        make_source("whole", outlet=make_outlet(), issued_year=2024)
        byline: dict[str, Any] = {"bylines-0-author": author.author.pk}
        musts, advised, page = things(
            client,
            standfirst="Under it.",
            known_at="2024-11-21T21:00",
            body="Said [@whole].",
            **byline,
        )
        assert (musts, advised) == ([], [])
        assert "Nothing is left to settle." in page
        assert "data-go" in page

    def test_a_byline_that_is_taken_away_is_none(self, client: Client, author: User) -> None:
        byline: dict[str, Any] = {"bylines-0-author": author.author.pk, "bylines-0-DELETE": "on"}
        _, advised, _ = things(client, **byline)
        assert any("byline" in thing.words for thing in advised)

    def test_scheduling_names_the_moment_or_what_is_wrong_with_it(self, client: Client) -> None:
        sent: dict[str, Any] = {"_schedule": "x"}
        page = client.post(NEW, form_of(goes_out_at="2024-11-22T07:00", **sent))
        assert "Goes out tomorrow 07:00 Kyiv time, in 9 hours" in page.content.decode()
        for typed, why in (("", "Say when"), ("2024-11-20T07:00", "passed"), ("x", "no day")):
            answer = client.post(NEW, form_of(goes_out_at=typed, **sent))
            (must,) = answer.context["musts"]
            assert (why in must.words, must.field) == (True, "goes_out_at")

    def test_a_text_that_is_not_the_newest_must_be_settled(
        self, client: Client, author: User
    ) -> None:
        post = make_draft(created_by=author)
        sent = form_of(post, _publish="x")
        post.save()
        Post.objects.filter(pk=post.pk).update(edited_at=NOW + timedelta(minutes=1))
        url = reverse("admin:blog_post_outgoing", args=[post.pk])
        (must,) = client.post(url, sent).context["musts"]
        assert "not the newest" in must.words

    def test_a_draft_that_is_not_mine_is_not_told_from_what_leads_nowhere(
        self, client: Client, editor: User
    ) -> None:
        make_draft("The hidden headline", slug="hidden", created_by=editor)
        for slug in ("hidden", "absent"):
            musts, _, page = things(client, body=f"[[{slug}|words]]")
            assert [must.words for must in musts] == [
                f"[[{slug}|words]] leads nowhere. Make the post, or remove the mark."
            ]
            assert "hidden headline" not in page

    def test_it_is_for_who_may_publish(self, contributor: User, staff: User, log_in: LogIn) -> None:
        assert Client().post(NEW, form_of()).status_code == 302
        for user in (contributor, staff):
            assert log_in(user).post(NEW, form_of()).status_code == 404
        own = make_draft(created_by=contributor)
        url = reverse("admin:blog_post_outgoing", args=[own.pk])
        assert log_in(contributor).post(url, form_of(own)).status_code == 404
