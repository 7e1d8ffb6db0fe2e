"""A story's claims, and its posts and their changes of standing together by date."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from blog.models import Story
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_draft,
    make_post,
    make_report,
    make_story,
)

pytestmark = pytest.mark.django_db

PAGE = "/stories/missiles/"


@pytest.fixture
def story() -> Story:
    return make_story("Missiles")


def context(path: str = PAGE) -> Any:
    response = Client().get(path)
    assert response.status_code == 200
    return response.context


def told(path: str = PAGE) -> list[str]:
    return [
        one.post.headline if one.post else f"{one.change.claim} {one.change.words}"
        for one in context(path)["chronicle"]
    ]


def test_its_claims_are_those_of_its_posts_and_those_filed_there(story: Story) -> None:
    make_assumption(make_post(story=story), make_claim("Assumed."))
    make_claim("Spoken of.", slug="spoken")
    make_post(story=story, body="One hears [[claim::spoken|so]].")
    filed = make_claim("Filed.")
    make_assumption(make_post(), filed)
    story.claims.add(filed, make_claim("Filed, and used by nobody."))
    make_assumption(make_post(), make_claim("Of another subject."))
    make_assumption(make_draft(story=story), make_claim("Hidden."))

    assert [str(claim) for claim in context()["claims"]] == ["Assumed.", "Filed.", "Spoken of."]


def test_posts_and_changes_stand_together_in_the_order_of_time(story: Story) -> None:
    claim = make_claim("Soldiers.")
    early = make_post("Early", story=story, published=datetime(2024, 10, 2, tzinfo=UTC))
    make_assumption(early, claim)
    make_post("Late", story=story)
    make_report(claim, by="Kyiv", on="2024-10-01")
    make_report(claim, "denies", by="Minsk", on="2024-10-03")

    assert told() == [
        "Soldiers. reported",
        "Early",
        "Soldiers. reported, contested",
        "Late",
    ]


def test_a_line_that_is_dated_back_stands_where_it_was_entered(story: Story) -> None:
    claim = make_claim("Soldiers.")
    make_assumption(make_post("Post", story=story), claim)
    after = PUBLISHED_AT + timedelta(days=1)
    make_report(claim, by="Kyiv", on="2024-10-01", recorded_at=after)

    assert told() == ["Post", "Soldiers. reported"]


def test_a_story_without_claims_says_nothing_of_them(story: Story) -> None:
    make_post(story=story)

    html = Client().get(PAGE).content.decode()

    assert told() == []
    assert "Claims it turns on" not in html
    assert "Posts and standings" not in html


def test_a_change_stands_on_the_page_of_the_posts_around_it(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blog.views.filing.POSTS_OF_A_STORY", 2)
    claim = make_claim("Soldiers.")
    for day in range(1, 5):
        moment = datetime(2024, 10, 2 * day, tzinfo=UTC)
        make_assumption(make_post(f"Post {day}", story=story, published=moment), claim)
    make_report(claim, by="Kyiv", on="2024-10-01")
    make_report(claim, by="Seoul", on="2024-10-03")
    make_report(claim, "denies", by="Minsk", on="2024-10-05")
    make_report(claim, "retracts", by="Seoul", on="2024-10-09")

    assert told() == [
        "Soldiers. reported",
        "Post 1",
        "Soldiers. corroborated",
        "Post 2",
        "Soldiers. corroborated, contested",
    ]
    assert told(f"{PAGE}?page=2") == ["Post 3", "Post 4", "Soldiers. reported, contested"]
