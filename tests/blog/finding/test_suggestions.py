"""“You wrote about this before”: which posts are offered, with which passage, to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.finding import Suggestion, suggest
from blog.models import Post
from tests.factories import (
    PUBLISHED_AT,
    make_author,
    make_draft,
    make_post,
    make_publication,
    make_scheduled,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

GRID = (
    "The harbour pilots went on strike.\n\n"
    "Missiles and drones hit the energy grid, and blackouts followed."
)
ASKED = "Another night of blackouts: missiles have hit the energy grid once more."


def offered(
    paragraph: str = ASKED, *, text: str | None = None, **given: object
) -> list[Suggestion]:
    post = given.get("post") or make_draft()
    user = given.get("user") or make_user("editor")
    assert isinstance(post, Post)
    return suggest(paragraph, post=post, user=user, text=paragraph if text is None else text)  # type: ignore[arg-type]


def test_a_post_is_offered_with_the_passage_that_says_it() -> None:
    post = make_post("Winter", slug="winter", body=GRID)
    make_post("Cats", body="Cats sleep all day.")
    [found] = offered()
    assert (found.slug, found.headline, found.state) == ("winter", "Winter", "published")
    assert found.date_words == "18 November 2024"
    assert found.paragraph == [p[0] for p in post.card.passages][-1]
    assert found.excerpt_html.startswith("<mark>Missiles</mark> and drones <mark>hit</mark>")
    assert found.as_json()["slug"] == "winter"


def test_what_is_offered_is_escaped() -> None:
    make_post("Winter", body="Missiles hit the energy grid `<script>alert(1)</script>` blackouts.")
    [found] = offered()
    assert "<script>" not in found.excerpt_html
    assert "&lt;script&gt;" in found.excerpt_html


@pytest.mark.parametrize(
    "reference", ["[[winter|here]]", "[[WINTER]]", "[here](/2024/11/18/winter/)"]
)
def test_a_post_referred_to_already_is_not_offered(reference: str) -> None:
    make_publication()
    make_post("Winter", slug="winter", body=GRID)
    assert offered(text=f"{ASKED}\n\nI wrote of it {reference}.") == []


def test_a_post_is_never_offered_to_itself() -> None:
    post = make_post("Winter", body=GRID)
    assert offered(post=post, text=GRID) == []


def test_what_came_after_the_post_is_not_offered() -> None:
    post = make_post("Autumn", body=ASKED, published=PUBLISHED_AT)
    make_post("Winter", body=GRID, published=PUBLISHED_AT + timedelta(days=1))
    before = make_post("Summer", body=GRID, published=PUBLISHED_AT - timedelta(days=1))
    assert [one.slug for one in offered(post=post)] == [before.slug]


def test_the_words_with_which_earlier_posts_referred_to_it_are_evidence() -> None:
    target = make_post("Numbers", slug="numbers", body="A table of losses by month.")
    rival = make_post("Letters", slug="letters", body="A table of losses by month.")
    make_post(body="We have called it [[numbers|the butcher’s bill]].")
    found = offered("Once more the butcher’s bill has grown: a table of losses is below.")
    slugs = [one.slug for one in found]
    assert slugs[0] == target.slug
    assert rival.slug in slugs


def test_links_of_the_post_itself_and_of_later_ones_are_no_evidence() -> None:
    now = datetime(2024, 11, 18, 12, tzinfo=UTC)
    make_post("Numbers", slug="numbers", body="A table of losses.", published=now)
    post = make_post("Mine", body="Text", published=now + timedelta(days=2))
    paragraph = "Once more the butcher’s bill has grown: a table of losses is below."
    before = offered(paragraph, post=post)
    make_post(body="See [[numbers|the butcher’s bill]].", published=now + timedelta(days=3))
    post.body = "See [[numbers|the butcher’s bill]]."
    post.save()
    [one], [other] = before, offered(paragraph, post=post)
    assert one.slug == other.slug == "numbers"
    # The words themselves became less rare; nothing was gained by the links.
    assert other.score <= one.score


def test_a_few_words_or_none_offer_nothing() -> None:
    make_post("Winter", body=GRID)
    assert offered("") == []
    assert offered("Missiles!") == []


@pytest.mark.parametrize("paragraph", ["\x00\ud800 [[", "'" * 50, "% _ \\ ' \" ; --", "。" * 30])
def test_any_text_may_be_asked(paragraph: str) -> None:
    make_post("Winter", body=GRID)
    assert offered(paragraph) == []


def test_own_drafts_are_offered_and_marked_as_such() -> None:
    user = make_user("contributor")
    make_draft("Winter", body=GRID, created_by=user)
    [found] = offered(user=user)
    assert (found.state, found.date_words) == ("draft", "")


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
@pytest.mark.parametrize("role", ["contributor", "author", None])
def test_what_is_not_public_is_never_offered_to_others(make: type, role: str | None) -> None:
    make("Winter", body=GRID, created_by=make_user("author"))
    user = make_user(role) if role else AnonymousUser()  # type: ignore[arg-type]
    assert offered(user=user) == []


def test_a_sentence_of_a_draft_that_refers_to_a_post_is_no_evidence() -> None:
    make_post("Numbers", slug="numbers", body="A table of losses.")
    paragraph = "Once more the butcher’s bill has grown: a table of losses is below."
    other = make_user("contributor")
    [before] = offered(paragraph, post=Post(headline="New"), user=other)
    draft = make_draft(body="See [[numbers|the butcher’s bill]].", created_by=make_user("author"))
    draft.published_at = timezone.now() + timedelta(days=1)
    draft.save()
    [after] = offered(paragraph, post=Post(headline="New"), user=other)
    assert after.score <= before.score


def test_a_scheduled_post_is_offered_when_its_time_has_come() -> None:
    post = make_scheduled("Winter", body=GRID)
    assert offered(user=make_user("author")) == []
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(minutes=1))
    [found] = offered(user=make_user("author"), post=Post(headline="New"))
    assert found.state == "published"


def test_the_number_of_queries_does_not_grow_with_the_posts() -> None:
    user, counts = make_user("author"), []
    assert not user.has_perm("blog.edit_any_post")  # asked once for each user
    for number in (3, 30):
        for n in range(number):
            make_post(f"Winter {number} {n}", body=GRID, authors=[make_author()])
        with CaptureQueriesContext(connection) as made:
            suggest(ASKED, post=Post(headline="New"), user=user, text=ASKED)
        counts.append(len(made))
    assert counts[0] == counts[1]
