"""A post's slug, its address and its paragraphs, through all that is done to it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from blog.markup import parse
from blog.models import OldAddress, Post, Slug, State
from tests.factories import (
    make_draft,
    make_post,
    make_publication,
    make_scheduled,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 11, 18, 12, 0, tzinfo=UTC)


def test_a_slug_is_made_from_the_headline_in_its_own_script() -> None:
    assert make_draft("Дозвіл, що прийшов витоком").slug == "дозвіл-що-прийшов-витоком"


def test_two_posts_of_one_headline_get_two_slugs() -> None:
    assert [make_draft("Here").slug, make_draft("Here").slug] == ["here", "here-2"]


def test_a_slug_is_one_whatever_its_case() -> None:
    make_draft("One", slug="Kursk")
    with pytest.raises(IntegrityError):
        make_draft("Two", slug="kURSK")


def test_a_form_is_told_that_a_slug_once_led_elsewhere() -> None:
    post = make_post("Old", slug="old")
    post.slug = "new"
    post.save()
    with pytest.raises(ValidationError, match="once led"):
        Post(headline="Another", slug="OLD").clean()


def test_a_former_slug_stays_reserved_for_its_post() -> None:
    post = make_post("Old", slug="old")
    post.slug = "new"
    post.save()
    assert set(Slug.objects.filter(post=post).values_list("slug", flat=True)) == {"old", "new"}
    assert make_draft("Old").slug == "old-2"
    post.slug = "old"
    post.save()
    assert post.slug == "old"


def test_the_address_keeps_the_case_and_the_dots_of_a_slug() -> None:
    post = make_post("x", slug="2014-U.S._Digital")
    assert post.get_absolute_url() == "/2024/11/18/2014-U.S._Digital/"


def test_a_slug_changed_after_publication_leaves_the_old_address_behind() -> None:
    post = make_post("Old", slug="old")
    post.slug = "new"
    post.save()
    assert [a.path for a in OldAddress.objects.filter(post=post)] == ["/2024/11/18/old/"]


def test_the_day_of_the_address_is_that_of_the_publications_own_zone() -> None:
    make_publication(time_zone="Asia/Tokyo")
    late = make_post(published=datetime(2024, 11, 18, 20, 0, tzinfo=UTC))
    assert late.dated_on == date(2024, 11, 19)


def test_the_day_follows_the_plan_until_the_post_is_out_and_not_after() -> None:
    post = make_scheduled()
    post.published_at = timezone.now() + timedelta(days=2)
    post.save()
    assert post.dated_on == post.published_at.date()
    with time_machine.travel(post.published_at + timedelta(hours=1)):
        kept = post.dated_on
        post.published_at = timezone.now() + timedelta(days=10)
        post.save()
        assert post.dated_on == kept


def test_a_draft_has_no_address() -> None:
    with pytest.raises(ValueError, match="no address"):
        make_draft("Secret").get_absolute_url()


def test_a_state_follows_from_the_times_alone() -> None:
    posts = [make_draft(), make_scheduled(), make_post(), make_withdrawn()]
    assert [post.state() for post in posts] == [
        State.DRAFT,
        State.SCHEDULED,
        State.PUBLISHED,
        State.WITHDRAWN,
    ]
    assert list(Post.objects.published()) == [posts[2]]
    assert list(Post.objects.drafts()) == [posts[0]]
    assert list(Post.objects.scheduled()) == [posts[1]]
    assert list(Post.objects.withdrawn()) == [posts[3]]


def test_a_scheduled_post_is_published_when_its_time_is_reached() -> None:
    post = make_scheduled()
    assert post.published_at is not None
    assert not Post.objects.published(at=post.published_at - timedelta(seconds=1)).exists()
    assert Post.objects.published(at=post.published_at).get() == post


def test_only_published_posts_can_be_withdrawn() -> None:
    post = make_draft()
    post.withdrawn_at = timezone.now()
    with pytest.raises(IntegrityError):
        post.save()


def ids(text: str) -> list[str]:
    return [paragraph.id for paragraph in parse(text).paragraphs]


def test_a_reworded_paragraph_answers_to_its_former_id() -> None:
    before = "The first report came early.\n\nIt was denied the same day."
    after = "The first report came early.\n\nIt was denied on the same day, twice."
    post = make_post(body=before)
    post.body = after
    post.save()
    assert post.paragraph_aliases == {ids(before)[1]: ids(after)[1]}


def test_an_id_survives_two_rewordings_and_comes_home_when_the_words_do() -> None:
    first, second, third = (
        "It was denied.",
        "It was denied at once.",
        "It was denied at once, twice.",
    )
    post = make_post(body=first)
    for body in (second, third):
        post.body = body
        post.save()
    assert post.paragraph_aliases == {ids(first)[0]: ids(third)[0], ids(second)[0]: ids(third)[0]}
    post.body = first
    post.save()
    assert ids(first)[0] not in post.paragraph_aliases


def test_the_drafts_of_a_text_leave_no_aliases() -> None:
    post = make_draft(body="It was denied.")
    post.body = "It was denied at once."
    post.save()
    assert post.paragraph_aliases == {}


def test_times_are_compared_at_the_second() -> None:
    post = make_post(published=NOON)
    assert post.state(NOON - timedelta(seconds=1)) is State.SCHEDULED
    assert post.state(NOON) is State.PUBLISHED
