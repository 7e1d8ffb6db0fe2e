"""The post that is measured is what the figures say: 900 words with nine marks."""

import pytest
from django.utils import timezone

from bench.filling import fill
from bench.reading import addresses
from bench.typical import typical_post
from blog.models import Citation, ClaimMention, Post
from blog.placed import place_in_story
from tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    for number in range(4):
        make_post(f"Earlier {number}", slug=f"earlier-{number}")
    return typical_post()


def test_it_has_900_words(post: Post) -> None:
    assert 880 <= len(post.body.split()) <= 920


def test_it_has_nine_marks_and_all_of_them_lead_somewhere(post: Post) -> None:
    assert post.crossreferences.filter(target__isnull=False).count() == 4
    assert Citation.objects.filter(post=post, source__isnull=False).count() == 4
    assert ClaimMention.objects.filter(post=post, claim__isnull=False).count() == 1


def test_it_is_made_once(post: Post) -> None:
    assert typical_post() == post


def test_it_stays_alone_in_its_story_however_many_posts_there_are(post: Post) -> None:
    fill(20)
    place = place_in_story(post, timezone.now())
    assert Post.objects.count() >= 20
    assert place
    assert place.total == 1


def test_readers_ask_for_what_is_there(post: Post) -> None:
    asked = {one for kind in addresses() for one in kind}
    assert post.get_absolute_url() in asked
    assert "/search/" in asked
