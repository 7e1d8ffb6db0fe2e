"""Publishing: what each verb does to a post in each state, and what it refuses, in words."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from blog.models import Post, State
from blog.publishing import PublishingRefused, publish, restore, schedule, unschedule, withdraw
from tests.factories import (
    PUBLISHED_AT,
    make_draft,
    make_post,
    make_publication,
    make_scheduled,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user("editor")


def stored(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def test_publishing_a_draft_makes_it_public_now(editor: User) -> None:
    post = make_draft()
    publish(post, by=editor)
    assert stored(post).state() is State.PUBLISHED
    assert post.is_published


def test_the_day_in_the_address_is_the_publications_own(editor: User) -> None:
    make_publication(time_zone="Europe/Kyiv")
    post = make_draft()
    with time_machine.travel(datetime(2024, 11, 17, 23, 30, tzinfo=UTC)):
        publish(post, by=editor)
    assert stored(post).dated_on == date(2024, 11, 18)


def test_a_scheduled_post_can_be_published_at_once(editor: User) -> None:
    post = make_scheduled()
    publish(post, by=editor)
    assert stored(post).is_published


def test_a_post_can_be_published_as_of_the_past_but_not_of_the_future(editor: User) -> None:
    post = make_draft()
    with pytest.raises(PublishingRefused, match="Schedule the post instead"):
        publish(post, by=editor, at=tomorrow())
    publish(post, by=editor, at=PUBLISHED_AT)
    assert stored(post).published_at == PUBLISHED_AT


def test_a_scheduled_post_goes_out_by_itself(editor: User) -> None:
    post = make_draft()
    schedule(post, tomorrow(), editor)
    assert stored(post).state() is State.SCHEDULED
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert stored(post).is_published


def test_the_moment_of_a_scheduled_post_can_be_moved(editor: User) -> None:
    post, at = make_scheduled(), tomorrow()
    schedule(post, at, editor)
    assert stored(post).published_at == at


def test_scheduling_for_the_past_is_refused(editor: User) -> None:
    with pytest.raises(PublishingRefused, match="has passed"):
        schedule(make_draft(), timezone.now() - timedelta(minutes=1), editor)


def test_a_scheduled_post_can_become_a_draft_again(editor: User) -> None:
    post = make_scheduled()
    unschedule(post, editor)
    assert stored(post).state() is State.DRAFT
    assert stored(post).dated_on is None


def test_a_withdrawn_post_keeps_its_address_and_its_notice(editor: User) -> None:
    post = make_post()
    address = post.get_absolute_url()
    withdraw(post, "  It rested on a forged letter. ", editor)
    assert stored(post).state() is State.WITHDRAWN
    assert stored(post).withdrawal_notice == "It rested on a forged letter."
    assert stored(post).get_absolute_url() == address


def test_withdrawing_without_a_word_to_readers_is_refused(editor: User) -> None:
    with pytest.raises(PublishingRefused, match="Say to readers"):
        withdraw(make_post(), " ", editor)


def test_a_withdrawn_post_put_back_is_where_it_was(editor: User) -> None:
    post = make_post()
    withdraw(post, "By mistake.", editor)
    restore(post, editor)
    assert stored(post).is_published
    assert stored(post).published_at == PUBLISHED_AT
    assert stored(post).withdrawal_notice == ""


Verb = Callable[[Post, User], None]
VERBS: dict[str, Verb] = {
    "publish": lambda post, by: publish(post, by=by),
    "schedule": lambda post, by: schedule(post, tomorrow(), by),
    "unschedule": unschedule,
    "withdraw": lambda post, by: withdraw(post, "Why.", by),
    "restore": restore,
}
REFUSED = [
    ("publish", make_post, "published already"),
    ("publish", make_withdrawn, "Put it back instead"),
    ("schedule", make_post, "goes out only once"),
    ("schedule", make_withdrawn, "withdrawn"),
    ("unschedule", make_draft, "is a draft, not scheduled"),
    ("unschedule", make_post, "is published, not scheduled"),
    ("unschedule", make_withdrawn, "is withdrawn, not scheduled"),
    ("withdraw", make_draft, "nothing to withdraw"),
    ("withdraw", make_scheduled, "nothing to withdraw"),
    ("withdraw", make_withdrawn, "nothing to withdraw"),
    ("restore", make_draft, "not withdrawn"),
    ("restore", make_post, "not withdrawn"),
    ("restore", make_scheduled, "not withdrawn"),
]


@pytest.mark.parametrize(("verb", "make", "why"), REFUSED)
def test_what_does_not_fit_the_state_is_refused_and_changes_nothing(
    verb: str, make: Callable[[], Post], why: str, editor: User
) -> None:
    post = make()
    before = stored(post).published_at, stored(post).withdrawn_at, stored(post).edited_at
    with pytest.raises(PublishingRefused, match=why):
        VERBS[verb](post, editor)
    after = stored(post)
    assert (after.published_at, after.withdrawn_at, after.edited_at) == before


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_not_publish_is_refused_every_verb(verb: str) -> None:
    contributor = make_user("contributor")
    post = make_draft(created_by=contributor)
    for user in (contributor, make_user("author"), make_user(None)):
        with pytest.raises(PublishingRefused, match="permissions"):
            VERBS[verb](post, user)
    assert stored(post).state() is State.DRAFT


def test_an_author_publishes_their_own() -> None:
    author = make_user("author")
    post = make_draft(created_by=author)
    publish(post, by=author)
    assert stored(post).is_published


@pytest.mark.parametrize("verb", ["publish", "schedule"])
def test_unresolved_marks_refuse_publication_and_are_named(verb: str, editor: User) -> None:
    post = make_draft(body="One.\n\n[[gone]] and [@nobody]")
    with pytest.raises(PublishingRefused, match="2 things are to be settled") as refused:
        VERBS[verb](post, editor)
    assert [problem.line for problem in refused.value.problems] == [3, 3]
    assert stored(post).state() is State.DRAFT


def test_what_only_warns_does_not_refuse(editor: User) -> None:
    make_draft(slug="coming")
    post = make_draft(body="[[coming|soon]], [here](/2024/01/01/gone/) and ![](/media/a.png)")
    publish(post, by=editor)
    assert stored(post).is_published


def test_the_text_that_stands_in_the_database_is_what_goes_out(editor: User) -> None:
    post = make_draft(body="First.")
    stale = stored(post)
    post.body = "Second."
    post.save()
    publish(stale, by=editor)
    assert stored(post).body == "Second."
    assert stale.body == "Second."
