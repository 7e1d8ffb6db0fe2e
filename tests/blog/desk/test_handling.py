"""What authors do about a row of the worklist: leave it, tell readers, or say what was done."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Correction, Handled, Handling, Post
from blog.worklist import handle
from sources.models import Claim, StandingChange
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.blog.desk.moving import move, pairs, rows
from tests.factories import (
    make_assumption,
    make_claim,
    make_post,
    make_publication,
    make_report,
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


class TestWhatWasHandled:
    @pytest.fixture
    def post(self, claim: Claim, author: User) -> Post:
        post = make_post("Mine", created_by=author, body="The text.")
        make_assumption(post, claim)
        return post

    def ask(self, client: Client, post: Post, change: StandingChange, **sent: str) -> Any:
        at = reverse("admin:blog_post_handle", args=[post.pk])
        return client.post(at, {"change": str(change.pk), "what": "left"} | sent, follow=True)

    def test_leave_it_takes_one_click(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        change = move(claim)
        page = self.ask(log_in(author), post, change).content.decode()
        assert "Left as it is, after “Soldiers are there.” had moved." in page
        assert "Nothing to look at" in page
        row = Handling.objects.get()
        assert (row.post, row.claim, row.until) == (post, claim, change.at)
        assert (row.what, row.by) == (Handled.LEFT, author)
        assert pairs() == []

    def test_a_note_says_what_was_done(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        change, client = move(claim), log_in(author)
        refused = self.ask(client, post, change, what="noted", note=" ").content.decode()
        assert "Say in the note what was done." in refused
        assert not Handling.objects.exists()
        self.ask(client, post, change, what="noted", note="Said on air.")
        done = client.get(AT, {"show": "handled"}).content.decode()
        assert "Said on air." in done
        assert "Soldiers are there." in done

    def test_another_change_brings_it_back_with_that_change_alone(
        self, claim: Claim, post: Post, author: User
    ) -> None:
        handle(post, move(claim), Handled.LEFT, author)
        make_report(claim, "denies", by="Minsk", on="2024-11-22")
        [row] = rows()
        assert [change.words for change in row.changes] == ["corroborated, contested"]

    def test_what_moved_while_the_list_was_read_stays_to_be_looked_at(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        seen = move(claim)
        make_report(claim, "denies", by="Minsk", on="2024-11-22")
        self.ask(log_in(author), post, seen)
        assert pairs() == [(post.pk, claim.pk)]

    def test_twice_is_said_and_recorded_once(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        change, client = move(claim), log_in(author)
        self.ask(client, post, change)
        page = self.ask(client, post, change).content.decode()
        assert "Somebody has dealt with this already." in page
        assert Handling.objects.count() == 1

    def test_other_posts_on_the_claim_stay(self, claim: Claim, post: Post, author: User) -> None:
        other = make_post()
        make_assumption(other, claim)
        handle(post, move(claim), Handled.LEFT, author)
        assert pairs() == [(other.pk, claim.pk)]

    @pytest.mark.parametrize("change", ["", "x", "0", "²", "9" * 40])
    def test_a_change_that_does_not_exist_is_not_found(
        self, change: str, post: Post, author: User, log_in: LogIn
    ) -> None:
        at = reverse("admin:blog_post_handle", args=[post.pk])
        assert log_in(author).post(at, {"change": change}).status_code == 404

    def test_a_claim_on_which_the_post_does_not_rest_is_refused(
        self, post: Post, author: User, log_in: LogIn
    ) -> None:
        other = make_claim("Another.")
        self.ask(log_in(author), post, move(other))
        assert not Handling.objects.exists()

    def test_it_is_asked_by_post(self, post: Post, author: User, log_in: LogIn) -> None:
        at = reverse("admin:blog_post_handle", args=[post.pk])
        assert log_in(author).get(at).status_code == 405

    @pytest.mark.parametrize(
        ("who", "status"),
        [("nobody", 302), ("staff", 404), ("contributor", 404), ("editor", 302)],
    )
    def test_only_for_who_may_change_the_post(
        self,
        who: str,
        status: int,
        claim: Claim,
        post: Post,
        request: pytest.FixtureRequest,
        log_in: LogIn,
    ) -> None:
        change = move(claim)
        client = Client() if who == "nobody" else log_in(request.getfixturevalue(who))
        at = reverse("admin:blog_post_handle", args=[post.pk])
        response = client.post(at, {"change": change.pk, "what": "left"})
        assert response.status_code == status
        assert Handling.objects.exists() == (who == "editor")

    def test_a_contributor_sees_that_theirs_moved_and_leaves_it_to_others(
        self, claim: Claim, contributor: User, log_in: LogIn
    ) -> None:
        post = make_post("Edited by others", created_by=contributor)
        make_assumption(post, claim)
        change, client = move(claim), log_in(contributor)
        page = client.get(AT).content.decode()
        assert "Edited by others" in page
        assert "Leave it" not in page
        assert self.ask(client, post, change).status_code == 403
        assert not Handling.objects.exists()

    def test_nothing_is_written_into_the_post(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        before = Post.objects.values().get(pk=post.pk)
        self.ask(log_in(author), post, move(claim))
        assert Post.objects.values().get(pk=post.pk) == before
        assert not Correction.objects.exists()


class TestADatedUpdate:
    @pytest.fixture
    def post(self, claim: Claim, author: User) -> Post:
        post = make_post("Mine", created_by=author, body="The text.")
        make_assumption(post, claim)
        return post

    def at(self, post: Post, change: StandingChange) -> str:
        return f"{reverse('admin:blog_post_change', args=[post.pk])}?moved={change.pk}"

    def test_the_post_opens_ready_for_it_and_nothing_is_written_for_the_author(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        change, client = move(claim), log_in(author)
        assert self.at(post, change) in client.get(AT).content.decode()
        response = client.get(self.at(post, change))
        form = response.context["adminform"].form
        assert form["change_kind"].value() == "update"
        assert form["change_text"].value() in (None, "")
        page = response.content.decode()
        assert "was reported and is" in page
        assert 'id="change-kind" class="module change-kind" data-open' in page

    def test_once_it_is_saved_the_row_is_done(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        change = move(claim)
        sent = form_of(post, change_kind="update", change_was="", change_text="Seoul says so, too.")
        log_in(author).post(self.at(post, change), sent | {"assumes": "soldiers"})
        assert Correction.objects.get().text == "Seoul says so, too."
        row = Handling.objects.get()
        assert (row.what, row.until, row.by) == (Handled.UPDATED, change.at, author)
        assert pairs() == []

    @pytest.mark.parametrize(
        "sent",
        [
            {"change_kind": "copy-edit", "change_was": "", "change_text": ""},
            {"change_kind": "update", "change_was": "", "change_text": ""},
        ],
    )
    def test_without_a_notice_it_stays(
        self, sent: dict[str, str], claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        change = move(claim)
        log_in(author).post(self.at(post, change), form_of(post, **sent) | {"assumes": "soldiers"})
        assert not Handling.objects.exists()

    def test_a_notice_about_something_else_leaves_it_in_the_list(
        self, claim: Claim, post: Post, author: User, log_in: LogIn
    ) -> None:
        move(claim)
        sent = form_of(post, change_kind="update", change_was="", change_text="Another matter.")
        at = reverse("admin:blog_post_change", args=[post.pk])
        log_in(author).post(at, sent | {"assumes": "soldiers"})
        assert Correction.objects.exists()
        assert pairs() == [(post.pk, claim.pk)]

    @pytest.mark.parametrize("moved", ["", "x", "0", "²", "9" * 40])
    def test_an_address_with_nonsense_opens_the_post_all_the_same(
        self, moved: str, post: Post, author: User, log_in: LogIn
    ) -> None:
        at = reverse("admin:blog_post_change", args=[post.pk])
        assert log_in(author).get(at, {"moved": moved}).status_code == 200

    def test_a_change_on_which_the_post_does_not_rest_is_not_told(
        self, post: Post, author: User, log_in: LogIn
    ) -> None:
        other = make_claim("Another matter.")
        response = log_in(author).get(self.at(post, move(other)))
        assert "Another matter." not in response.content.decode()
