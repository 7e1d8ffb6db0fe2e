"""Cards and words: in step with the text, and remade from it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from blog.models import Card, Occurrence, Post, Word
from tests.factories import make_draft, make_post

pytestmark = pytest.mark.django_db


def words() -> dict[str, int]:
    return dict(Word.objects.filter(posts__gt=0).values_list("word", "posts"))


def rows() -> set[tuple[str, int, int]]:
    return set(Occurrence.objects.values_list("word__word", "post_id", "count"))


def test_saving_counts_the_words_of_headline_standfirst_and_text() -> None:
    post = make_post("Tea", standfirst="Tea!", body="Green tea, [here](https://example.org/x).")
    assert words() == {"tea": 1, "green": 1, "here": 1}
    assert rows() == {("tea", post.pk, 3), ("green", post.pk, 1), ("here", post.pk, 1)}


def test_a_change_of_the_text_changes_what_is_counted() -> None:
    make_post("Tea", body="Green")
    post = make_post("Tea", body="Green green")
    post.body = "Black"
    post.save()
    assert words() == {"tea": 2, "green": 1, "black": 1}
    assert len(rows()) == 4


def test_saving_what_did_not_change_writes_nothing() -> None:
    post = make_post("Tea", body="Green")
    before = set(Occurrence.objects.values_list("pk", flat=True))
    post.save()
    assert set(Occurrence.objects.values_list("pk", flat=True)) == before


def test_a_deleted_post_is_forgotten() -> None:
    make_draft("Tea", body="Green").delete()
    assert words() == {}
    assert not Card.objects.exists()


def test_an_index_made_anew_is_the_same() -> None:
    for n in range(3):
        make_post(f"Tea {n}", body="Green and black\n\nRed")
    before = words(), rows(), list(Card.objects.order_by("pk").values())
    Occurrence.objects.all().delete()
    Card.objects.all().delete()
    Word.objects.update(posts=9)
    Word.objects.create(word="nothing", posts=4)
    call_command("rebuild_references", stdout=StringIO())
    assert (words(), rows(), list(Card.objects.order_by("pk").values())) == before
    assert not Word.objects.filter(word="nothing").exists()


@pytest.mark.parametrize(
    "drift",
    [
        lambda post: Post.objects.filter(pk=post.pk).update(body="Coffee"),
        lambda post: Card.objects.filter(pk=post.pk).update(names=" coffee"),
        lambda post: Card.objects.filter(pk=post.pk).delete(),
        lambda post: Occurrence.objects.filter(post=post, word__word="green").delete(),
    ],
)
def test_drift_is_reported(drift: object) -> None:
    post = make_post("Tea", body="Green")
    call_command("check_references", stdout=StringIO())
    drift(post)  # type: ignore[operator]
    with pytest.raises(CommandError):
        call_command("check_references", stdout=StringIO())
