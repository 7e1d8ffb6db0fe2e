"""Feeds of changes of standing: all, of a story, of one claim; in both formats."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import Claim
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_draft,
    make_post,
    make_publication,
    make_report,
    make_story,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 12, 1, 9, tzinfo=UTC)
SITE = "https://margin.example.org"


@pytest.fixture(autouse=True)
def december() -> Iterator[None]:
    make_publication()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def claim() -> Claim:
    """Reported, then corroborated, and assumed by a published post of a story."""
    claim = make_claim("Soldiers <are> there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-10")
    make_report(claim, "corroborates", by="Seoul", on="2024-11-20")
    make_assumption(make_post(story=make_story("Missiles")), claim)
    return claim


def items(path: str) -> list[dict[str, Any]]:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    found: list[dict[str, Any]] = json.loads(response.content)["items"]
    return found


def test_every_change_is_told_newest_first(claim: Claim) -> None:
    newest, first = items("/claims/feed.json")
    assert newest["title"] == "Corroborated: Soldiers <are> there."
    assert newest["url"] == f"{SITE}/claims/soldiers/"
    assert newest["summary"] == "Reported until then."
    assert newest["date_published"] == newest["date_modified"] == "2024-11-20T12:00:00+00:00"
    assert newest["content_html"] == (
        "<p>Soldiers &lt;are&gt; there.</p><p>Was reported, is corroborated: two independent "
        "origins (Kyiv; Seoul).</p>"
    )
    assert first["title"] == "Reported: Soldiers <are> there."


def test_atom_tells_the_same(claim: Claim) -> None:
    response = Client().get("/claims/feed.atom")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    entries = items("/claims/feed.json")
    assert [entry.id for entry in feed.entries] == [item["id"] for item in entries]
    assert [entry.title for entry in feed.entries] == [
        "Corroborated: Soldiers <are> there.",
        "Reported: Soldiers <are> there.",
    ]
    root = ET.fromstring(response.content)  # noqa: S314
    assert root.findtext("{http://www.w3.org/2005/Atom}id") == f"{SITE}/claims/feed.atom"


def test_a_line_dated_back_is_one_entry_at_the_moment_of_its_recording(claim: Claim) -> None:
    before = items("/claims/feed.json")
    make_report(claim, "denies", by="Minsk", on="2024-10-01", recorded_at=NOW)
    newest, *others = items("/claims/feed.json")
    assert newest["date_published"] == NOW.isoformat()
    assert newest["title"].startswith("Corroborated, contested")
    assert others == before


def test_an_entry_keeps_its_id_through_a_new_slug(claim: Claim) -> None:
    before = [item["id"] for item in items("/claims/feed.json")]
    claim.slug = "soldiers-in-kursk"
    claim.save()
    assert [item["id"] for item in items("/claims/feed.json")] == before


def test_each_claim_and_each_story_has_a_feed_of_its_own(claim: Claim) -> None:
    other = make_claim(slug="other")
    make_report(other, on="2024-11-11")
    make_assumption(make_post(), other)
    assert len(items("/claims/feed.json")) == 3
    assert len(items("/claims/soldiers/feed.json")) == 2
    assert len(items("/claims/other/feed.json")) == 1
    assert len(items("/stories/missiles/claims.json")) == 2


def test_a_claim_that_is_filed_in_a_story_is_told_there_once_readers_know_it(claim: Claim) -> None:
    story, filed, hidden = make_story("Energy"), make_claim(), make_claim()
    for each in (filed, hidden):
        make_report(each, on="2024-11-11")
        story.claims.add(each)
    make_post(story=story)
    make_assumption(make_post(), filed)
    make_assumption(make_draft(), hidden)
    assert len(items("/stories/energy/claims.json")) == 1


@pytest.mark.parametrize("path", ["/claims/soldiers/feed.json", "/claims/nobody/feed.atom"])
def test_a_claim_that_only_a_draft_assumes_has_no_feed(path: str) -> None:
    claim = make_claim(slug="soldiers")
    make_report(claim)
    make_assumption(make_draft(), claim)
    assert Client().get(path).status_code == 404
    assert items("/claims/feed.json") == []


@pytest.mark.parametrize("kind", ["json", "atom"])
def test_a_former_slug_leads_to_the_feed_at_its_present_address(claim: Claim, kind: str) -> None:
    claim.slug = "troops"
    claim.save()
    response = Client().get(f"/claims/soldiers/feed.{kind}")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/claims/troops/feed.{kind}"


def test_a_former_slug_of_a_claim_that_is_not_public_has_no_feed() -> None:
    claim = make_claim(slug="soldiers")
    claim.slug = "troops"
    claim.save()
    assert Client().get("/claims/soldiers/feed.json").status_code == 404


def test_what_is_dated_ahead_is_told_when_its_day_comes(claim: Claim) -> None:
    make_report(claim, "denies", by="Minsk", on="2024-12-03", recorded_at=NOW)
    assert len(items("/claims/feed.json")) == 2
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert len(items("/claims/feed.json")) == 3


def test_however_many_posts_rest_on_a_claim_the_feed_asks_twice(
    claim: Claim,
) -> None:
    for _ in range(20):
        make_assumption(make_post(published=PUBLISHED_AT), claim)
    make_report(claim, "denies", by="Minsk", on="2024-11-21")
    with CaptureQueriesContext(connection) as asked:
        assert len(items("/claims/feed.json")) == 3
    assert len(asked) == 2
