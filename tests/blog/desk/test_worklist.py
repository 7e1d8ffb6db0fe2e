"""The worklist: published posts whose claims moved, and what their authors do about it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Assumption, Handled, Post
from blog.worklist import handle, moved_pairs
from sources.models import Claim
from sources.recording import strike
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.moving import move, pairs, rows
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_draft,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_scheduled,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

AT = "/admin/blog/post/moved/"
NOW = datetime(2024, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def december() -> Any:
    make_publication()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def claim() -> Claim:
    """Reported on the eve of the day on which posts are published."""
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-17")
    return claim


class TestWhatIsListed:
    def test_a_post_whose_claim_moved_after_it_was_published(self, claim: Claim) -> None:
        post = make_post()
        make_assumption(post, claim)
        assert pairs() == []
        change = move(claim)
        [row] = rows()
        assert (row.post, row.claim, row.is_assumed) == (post, claim, True)
        assert (row.first, row.last) == (change, change)
        assert (row.first.was_words, row.last.words) == ("reported", "corroborated")

    def test_a_post_that_only_speaks_of_it(self, claim: Claim) -> None:
        post = make_post(body="[[claim::soldiers|They are]] there, [[claim::soldiers|it is said]].")
        move(claim)
        [row] = rows()
        assert (row.post, row.is_assumed) == (post, False)

    def test_once_where_a_post_both_assumes_and_speaks_of_it(self, claim: Claim) -> None:
        post = make_post(body="[[claim::soldiers|They are]] there.")
        make_assumption(post, claim)
        move(claim)
        assert [row.is_assumed for row in rows()] == [True]

    @pytest.mark.parametrize("make", [make_draft, make_withdrawn])
    def test_no_post_that_readers_cannot_read(
        self, make: Callable[..., Post], claim: Claim
    ) -> None:
        make_assumption(make(), claim, made_at=PUBLISHED_AT)
        make(body="[[claim::soldiers|They are]] there.")
        move(claim)
        assert pairs() == []

    def test_a_post_that_is_yet_to_come_out_and_was_saved_before(self, claim: Claim) -> None:
        with time_machine.travel(PUBLISHED_AT, tick=False):
            post = make_scheduled(body="[[claim::soldiers|They are]] there.")
            make_assumption(make_scheduled(), claim, made_at=PUBLISHED_AT)
        move(claim)
        assert sorted(row.is_assumed for row in rows()) == [False, True]
        post.save()
        assert [row.is_assumed for row in rows()] == [True]

    def test_it_stays_once_the_post_is_out_as_it_was(self, claim: Claim) -> None:
        with time_machine.travel(PUBLISHED_AT, tick=False):
            post = make_post(published=NOW - timedelta(days=1))
            make_assumption(post, claim, made_at=PUBLISHED_AT)
        change = move(claim)
        assert [row.changes for row in rows()] == [[change]]

    def test_nothing_that_moved_before_the_post(self, claim: Claim) -> None:
        make_assumption(make_post(published=PUBLISHED_AT + timedelta(days=5)), claim)
        move(claim)
        assert pairs() == []

    def test_nothing_that_moved_before_the_post_assumed_it(self, claim: Claim) -> None:
        make_assumption(make_post(), claim, made_at=PUBLISHED_AT + timedelta(days=5))
        move(claim)
        assert pairs() == []

    def test_no_assumption_that_was_dropped(self, claim: Claim) -> None:
        make_assumption(make_post(), claim, dropped_at=NOW)
        move(claim)
        assert pairs() == []

    def test_what_was_said_before_the_post_and_recorded_after_it(self, claim: Claim) -> None:
        make_assumption(make_post(), claim)
        make_report(claim, by="Seoul", on="2024-11-01", recorded_at=NOW)
        assert len(pairs()) == 1

    def test_every_change_with_its_reason_and_the_last_to_move_first(self, claim: Claim) -> None:
        first, second = make_post(), make_post()
        other = make_claim("Another.")
        make_assumption(first, claim)
        make_assumption(second, other)
        move(claim)
        make_report(other, on="2024-11-21")
        make_report(claim, "denies", by="Minsk", on="2024-11-22")
        found = rows()
        assert [row.post for row in found] == [first, second]
        assert [change.words for change in found[0].changes] == [
            "corroborated",
            "corroborated, contested",
        ]
        assert "Kyiv; Seoul" in found[0].last.because

    def test_a_change_that_is_still_to_come_is_not(self, claim: Claim) -> None:
        make_assumption(make_post(), claim)
        make_report(claim, by="Seoul", on=date(2024, 12, 24), recorded_at=PUBLISHED_AT)
        assert pairs() == []


class TestWhoseItIs:
    def test_authors_see_their_own_and_editors_all_or_their_own(
        self, claim: Claim, author: User, editor: User, log_in: LogIn
    ) -> None:
        for name, user in (("By the author", author), ("By the editor", editor)):
            make_assumption(make_post(name, created_by=user), claim)
        move(claim)
        own = log_in(author).get(AT).content.decode()
        assert "By the author" in own
        assert "By the editor" not in own
        every = log_in(editor).get(AT).content.decode()
        assert "By the author" in every
        assert "By the editor" in every
        mine = log_in(editor).get(AT, {"whose": "mine"}).content.decode()
        assert "By the author" not in mine
        assert "By the editor" in mine

    @pytest.mark.parametrize("show", ["", "handled"])
    def test_nothing_of_other_authors_shows(
        self, show: str, claim: Claim, author: User, editor: User, log_in: LogIn
    ) -> None:
        post = make_post("By the editor", created_by=editor)
        make_assumption(post, claim)
        change = move(claim)
        if show:
            handle(post, change, Handled.NOTED, editor, "A note of theirs.")
        page = log_in(author).get(AT, {"show": show}).content.decode()
        assert "By the editor" not in page
        assert "A note of theirs." not in page

    def test_what_is_scheduled_is_to_be_changed_before_it_goes_out(
        self, claim: Claim, author: User, log_in: LogIn
    ) -> None:
        with time_machine.travel(PUBLISHED_AT, tick=False):
            post = make_scheduled("For next year", created_by=author)
            make_assumption(post, claim, made_at=PUBLISHED_AT)
        move(claim)
        page = log_in(author).get(AT).content.decode()
        assert "Goes out 23 December 2025" in page
        assert "Change it before it goes out" in page
        assert f'href="/admin/blog/post/{post.pk}/change/"' in page
        assert post.get_absolute_url() not in page

    def test_the_desk_leads_there_when_there_is_something(
        self, claim: Claim, author: User, editor: User, log_in: LogIn
    ) -> None:
        make_assumption(make_post(created_by=editor), claim)
        move(claim)
        for at in ("/admin/", "/admin/blog/post/"):
            assert "What has moved" not in log_in(author).get(at).content.decode()
            page = log_in(editor).get(at).content.decode()
            assert "1 post rests on a claim that no longer stands as it did" in page

    @pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("staff", 403)])
    def test_it_is_for_who_writes(
        self, who: str, status: int, request: pytest.FixtureRequest, log_in: LogIn
    ) -> None:
        client = Client() if who == "nobody" else log_in(request.getfixturevalue(who))
        assert client.get(AT).status_code == status

    def test_a_page_that_is_not_there_is_not_found(self, author: User, log_in: LogIn) -> None:
        assert log_in(author).get(AT, {"page": "7"}).status_code == 404

    def test_an_empty_list_says_so(self, author: User, log_in: LogIn) -> None:
        assert "Nothing to look at" in log_in(author).get(AT).content.decode()
        done = log_in(author).get(AT, {"show": "handled"}).content.decode()
        assert "Nothing has been dealt with yet." in done


class TestAThousandPosts:
    def rest(self, number: int, claim: Claim) -> None:
        Assumption.objects.bulk_create(
            Assumption(post=post, claim=claim, made_at=PUBLISHED_AT)
            for post in make_posts_in_bulk(number)
        )

    def cost(self, client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(AT).status_code == 200
        return len(captured)

    def test_a_change_reaches_all_of_them_in_the_transaction_that_records_it(
        self, claim: Claim
    ) -> None:
        self.rest(1000, claim)
        with transaction.atomic():
            report = make_report(claim, by="Seoul", on="2024-11-20")
            assert moved_pairs(Post.objects.all()).count() == 1000
        strike(report, "It was another war.", None)
        assert {row.last.words for row in rows()} == {"reported"}

    def test_the_list_costs_the_same_for_a_thousand_as_for_forty(
        self, claim: Claim, editor: User, log_in: LogIn
    ) -> None:
        client = log_in(editor)
        self.rest(40, claim)
        move(claim)
        client.get(AT)
        few = self.cost(client)
        self.rest(960, claim)
        assert self.cost(client) == few
        assert few <= 12
