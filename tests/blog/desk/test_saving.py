"""Saving at the desk: nothing typed is lost, and nothing unsettled reaches readers."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post, State
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.factories import (
    make_author,
    make_draft,
    make_post,
    make_publication,
    make_scheduled,
    make_story,
    make_topic,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def change(post: Post) -> str:
    return reverse("admin:blog_post_change", args=[post.pk])


def errors(response: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["adminform"].form.errors
    return found


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def client(author: User, log_in: LogIn) -> Client:
    return log_in(author)


@pytest.fixture
def draft(author: User) -> Post:
    return make_draft("Mine", body="Some words.", created_by=author)


class TestADraft:
    def test_a_new_post_is_the_writers_own_with_their_byline(
        self, client: Client, author: User
    ) -> None:
        page = client.get(reverse("admin:blog_post_add"))
        formset = page.context["inline_admin_formsets"][0].formset
        assert formset.forms[0].initial["author"] == author.author.pk
        bylines: dict[str, Any] = {
            "bylines-TOTAL_FORMS": 1,
            "bylines-0-author": author.author.pk,
            "bylines-0-position": 0,
        }
        response = client.post(
            reverse("admin:blog_post_add"), form_of(headline="New", **bylines), follow=True
        )
        post = Post.objects.get(headline="New")
        assert response.redirect_chain[-1][0] == change(post)
        assert post.created_by == author
        assert [byline.author for byline in post.bylines.all()] == [author.author]
        assert post.state() is State.DRAFT

    def test_every_field_is_kept(self, client: Client, draft: Post) -> None:
        story, topic = make_story(), make_topic()
        sent = form_of(
            draft,
            headline="Other",
            standfirst="Under it.",
            body="New words.",
            slug="other-name",
            language="uk",
            story=story.pk,
            topics=[topic.pk],
        )
        client.post(change(draft), sent)
        post = Post.objects.get(pk=draft.pk)
        assert (post.headline, post.standfirst, post.body) == ("Other", "Under it.", "New words.")
        assert (post.slug, post.language, post.story) == ("other-name", "uk", story)
        assert list(post.topics.all()) == [topic]

    def test_times_are_in_the_publications_zone(self, client: Client, draft: Post) -> None:
        make_publication(time_zone="Europe/Kyiv")
        client.post(change(draft), form_of(draft, known_at="2024-11-21T21:00"))
        known_at = Post.objects.get(pk=draft.pk).known_at
        assert known_at == datetime(2024, 11, 21, 21, tzinfo=ZoneInfo("Europe/Kyiv"))

    def test_it_saves_with_unresolved_marks_and_says_how_many(
        self, client: Client, draft: Post
    ) -> None:
        body = "[[gone]]\n\n[@nobody]"
        response = client.post(change(draft), form_of(draft, body=body), follow=True)
        assert Post.objects.get(pk=draft.pk).body == body
        assert said(response) == ["Saved.", "2 things are not settled in the text."]
        assert "[[gone]] leads nowhere." in response.content.decode()
        assert "Line 3:" in response.content.decode()

    def test_bylines_keep_their_order(self, client: Client, draft: Post) -> None:
        first, second = make_author("First"), make_author("Second")
        bylines = {
            "bylines-TOTAL_FORMS": 2,
            "bylines-0-author": second.pk,
            "bylines-0-position": 2,
            "bylines-1-author": first.pk,
            "bylines-1-position": 1,
        }
        client.post(change(draft), form_of(draft, **bylines))
        assert [b.author for b in draft.bylines.order_by("position")] == [first, second]

    def test_a_taken_slug_is_an_error_that_keeps_what_was_typed(
        self, client: Client, draft: Post
    ) -> None:
        make_post(slug="taken")
        response = client.post(change(draft), form_of(draft, slug="Taken", body="Long work."))
        assert "slug" in errors(response)
        assert "Long work." in response.content.decode()


class TestGoingOut:
    def test_publish_now_saves_and_publishes(self, client: Client, draft: Post) -> None:
        response = client.post(
            change(draft), form_of(draft, body="Final.", _publish="x"), follow=True
        )
        post = Post.objects.get(pk=draft.pk)
        assert (post.is_published, post.body) == (True, "Final.")
        assert said(response) == ["Published."]

    def test_a_new_post_can_be_published_at_once(self, client: Client) -> None:
        client.post(reverse("admin:blog_post_add"), form_of(body="Now.", _publish="x"))
        assert Post.objects.get().is_published

    @pytest.mark.parametrize("button", ["_publish", "_schedule"])
    def test_unresolved_marks_refuse_it_with_line_and_remedy_and_keep_the_text(
        self, button: str, client: Client, draft: Post
    ) -> None:
        make_post("Who is allowed to say yes", slug="who-is-allowed-to-say-yes")
        sent = form_of(
            draft, body="x\n\n[[who-decides]]", goes_out_at="2090-01-01T10:00", **{button: "x"}
        )
        response = client.post(change(draft), sent)
        (message,) = errors(response)["body"]
        assert message.startswith("Line 3: [[who-decides]] leads nowhere. The nearest is “Who is")
        assert "x\n\n[[who-decides]]" in response.content.decode().replace("\r\n", "\n")
        assert Post.objects.get(pk=draft.pk).body == "Some words."
        assert Post.objects.get(pk=draft.pk).state() is State.DRAFT

    def test_scheduling_takes_the_moment_in_the_publications_zone(
        self, client: Client, draft: Post
    ) -> None:
        make_publication(time_zone="Europe/Kyiv")
        sent = form_of(draft, goes_out_at="2090-01-01T10:00", _schedule="x")
        response = client.post(change(draft), sent, follow=True)
        expected = datetime(2090, 1, 1, 10, tzinfo=ZoneInfo("Europe/Kyiv"))
        assert Post.objects.get(pk=draft.pk).published_at == expected
        assert said(response) == ["Scheduled: it goes out 1 Jan 2090, 10:00."]

    @pytest.mark.parametrize(
        ("moment", "why"), [("", "Say when"), ("2001-01-01T10:00", "has passed"), ("soon", "valid")]
    )
    def test_scheduling_without_a_moment_to_come_is_refused(
        self, moment: str, why: str, client: Client, draft: Post
    ) -> None:
        sent = form_of(draft, goes_out_at=moment, _schedule="x")
        response = client.post(change(draft), sent)
        assert why in errors(response)["goes_out_at"][0]

    def test_a_scheduled_post_can_be_a_draft_again_whatever_its_text(
        self, client: Client, author: User
    ) -> None:
        post = make_scheduled(created_by=author)
        client.post(change(post), form_of(post, body="[[gone]]", _unschedule="x"))
        assert Post.objects.get(pk=post.pk).state() is State.DRAFT

    def test_a_contributor_sees_no_such_buttons_and_pressing_them_does_nothing(
        self, contributor: User, log_in: LogIn
    ) -> None:
        post = make_draft(created_by=contributor)
        client = log_in(contributor)
        page = client.get(change(post)).content.decode()
        assert 'name="_continue"' in page
        assert "_publish" not in page
        assert "_schedule" not in page
        client.post(change(post), form_of(post, body="Kept.", _publish="x"))
        kept = Post.objects.get(pk=post.pk)
        assert (kept.state(), kept.body) == (State.DRAFT, "Kept.")


class TestALivePost:
    @pytest.mark.parametrize("make", [make_post, make_scheduled, make_withdrawn])
    def test_a_change_that_leads_nowhere_is_refused_and_kept_in_the_form(
        self, make: Any, client: Client, author: User
    ) -> None:
        post = make(body="As it was.", created_by=author)
        response = client.post(change(post), form_of(post, body="Now [[gone]] and [@nobody]."))
        assert len(errors(response)["body"]) == 2
        assert "Now [[gone]]" in response.content.decode()
        assert Post.objects.get(pk=post.pk).body == "As it was."

    def test_marks_that_led_nowhere_before_do_not_stand_in_the_way(
        self, client: Client, author: User
    ) -> None:
        post = make_post(body="[[gone]]", created_by=author)
        client.post(change(post), form_of(post, body="[[gone]], and a word more."))
        assert Post.objects.get(pk=post.pk).body == "[[gone]], and a word more."

    def test_warnings_do_not_refuse(self, client: Client, author: User) -> None:
        post = make_post(created_by=author)
        response = client.post(
            change(post), form_of(post, body="[x](/2020/01/01/gone/)"), follow=True
        )
        assert said(response) == ["Saved.", "One thing is not settled in the text."]

    def test_a_new_slug_keeps_the_old_address(self, client: Client, author: User) -> None:
        post = make_post(slug="old", created_by=author)
        client.post(change(post), form_of(post, slug="new"))
        response = client.get("/2024/11/18/old/")
        assert (response.status_code, response["Location"]) == (301, "/2024/11/18/new/")


class TestTwoEditors:
    def test_a_save_over_somebody_elses_is_refused_and_keeps_what_was_typed(
        self, client: Client, draft: Post
    ) -> None:
        topics = [make_topic(), make_topic()]
        mine = form_of(draft, body="My version.", topics=[topic.pk for topic in topics])
        other = Post.objects.get(pk=draft.pk)
        other.body = "Their version."
        other.save()
        response = client.post(change(draft), mine)
        assert "saved elsewhere" in errors(response)["__all__"][0]
        page = response.content.decode()
        for typed in ("My version.", topics[0].name, topics[1].name):
            assert typed in page
        assert Post.objects.get(pk=draft.pk).body == "Their version."

    def test_saving_once_more_is_a_decision(self, client: Client, draft: Post) -> None:
        mine = form_of(draft, body="My version.")
        Post.objects.get(pk=draft.pk).save()
        refused = client.post(change(draft), mine)
        mine["opened"] = refused.context["adminform"].form["opened"].value()
        client.post(change(draft), mine)
        assert Post.objects.get(pk=draft.pk).body == "My version."


def test_what_was_done_stands_in_the_history(client: Client, draft: Post) -> None:
    client.post(change(draft), form_of(draft, _publish="x"))
    page = client.get(reverse("admin:blog_post_history", args=[draft.pk])).content.decode()
    assert "Published." in page


def test_the_list_says_where_each_post_stands(client: Client, author: User) -> None:
    make_publication(time_zone="Europe/Kyiv")
    for make in (make_draft, make_post, make_withdrawn, make_scheduled):
        make(created_by=author)
    page = client.get(reverse("admin:blog_post_changelist")).content.decode()
    for words in ("Draft", "Published 18 Nov 2024, 14:00", "Withdrawn ", "Goes out "):
        assert words in page


@pytest.mark.parametrize("state", State)
def test_the_list_can_be_narrowed_to_a_state(state: State, client: Client, author: User) -> None:
    for make in (make_draft, make_post, make_withdrawn, make_scheduled):
        make(created_by=author)
    page = client.get(reverse("admin:blog_post_changelist"), {"state": state.value})
    assert [post.state() for post in page.context["cl"].result_list] == [state]


def test_the_list_can_be_narrowed_to_an_author_and_ignores_nonsense(
    client: Client, author: User
) -> None:
    post = make_post(authors=[author.author], created_by=author)
    make_draft(created_by=author)
    url = reverse("admin:blog_post_changelist")
    assert list(client.get(url, {"author": author.author.pk}).context["cl"].result_list) == [post]
    assert len(client.get(url, {"author": "x"}).context["cl"].result_list) == 2


def test_the_list_can_be_narrowed_to_a_language(client: Client, author: User) -> None:
    ours, theirs = make_post(created_by=author), make_post(language="uk", created_by=author)
    url = reverse("admin:blog_post_changelist")
    for value, expected in (("own", [ours]), ("uk", [theirs])):
        assert list(client.get(url, {"language": value}).context["cl"].result_list) == expected


def test_a_moment_of_a_scheduled_post_is_shown_in_its_field(client: Client, author: User) -> None:
    post = make_scheduled(created_by=author)
    local = timezone.localtime(post.published_at, ZoneInfo("UTC"))
    assert f"{local:%Y-%m-%dT%H:%M}" in client.get(change(post)).content.decode()
    assert post.published_at is not None
    assert post.published_at > timezone.now() + timedelta(days=1)
