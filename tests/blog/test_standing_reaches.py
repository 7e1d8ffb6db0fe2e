"""A change of standing reaches all that shows it at once, in the transaction that makes it."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from blog.models import Assumption, Post
from blog.worklist import moved_pairs
from sources.models import Claim
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 12, 1, 9, tzinfo=UTC)
RESTING = 1000


class UndoneError(Exception):
    """Ends a transaction without a trace."""


@pytest.fixture(autouse=True)
def december() -> Iterator[None]:
    make_publication()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def claim() -> Claim:
    """One post speaks of it and assumes it; a thousand others assume it, too."""
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-09-01")
    make_assumption(make_post(slug="one", body="So [[claim::soldiers|they came]]."), claim)
    posts = make_posts_in_bulk(RESTING - 1)
    Assumption.objects.bulk_create(
        Assumption(post=post, claim=claim, made_at=PUBLISHED_AT - timedelta(days=60))
        for post in posts
    )
    return claim


def told() -> dict[str, object]:
    """What the worklist, the post, the claim's page and the feed say."""
    reader, editor = Client(), Client()
    editor.force_login(make_user("editor"))
    page = reader.get("/2024/11/18/one/").content.decode()
    return {
        "posts on the worklist": moved_pairs(Post.objects.all()).count(),
        "a line in the worklist": "corroborated"
        in editor.get(reverse("admin:blog_post_worklist")).content.decode(),
        "the line above the text": "Since this was written" in page,
        "the standing in the text": '">(corroborated)</span>' in page,
        "the claim's page": "Corroborated" in reader.get("/claims/soldiers/").content.decode(),
        "the feed": len(json.loads(reader.get("/claims/feed.json").content)["items"]),
    }


def test_before_and_after_and_never_half_way(claim: Claim) -> None:
    before = told()
    assert before == {
        "posts on the worklist": 0,
        "a line in the worklist": False,
        "the line above the text": False,
        "the standing in the text": False,
        "the claim's page": False,
        "the feed": 1,
    }
    after = {
        "posts on the worklist": RESTING,
        "a line in the worklist": True,
        "the line above the text": True,
        "the standing in the text": True,
        "the claim's page": True,
        "the feed": 2,
    }

    with suppress(UndoneError), transaction.atomic():
        make_report(claim, "corroborates", by="Seoul", on="2024-11-30", recorded_at=NOW)
        assert told() == after, "within the transaction"
        raise UndoneError
    assert told() == before, "undone with it"

    make_report(claim, "corroborates", by="Seoul", on="2024-11-30", recorded_at=NOW)
    assert told() == after
