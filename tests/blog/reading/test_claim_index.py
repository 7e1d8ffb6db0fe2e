"""All claims: by story, by standing, by when they last moved; and the way to them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import Http404
from django.test import Client, RequestFactory

from blog.claimed import has_claims
from blog.views.errors import not_found
from sources.models import Claim
from tests.factories import (
    make_assumption,
    make_claim,
    make_draft,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_story,
)

pytestmark = pytest.mark.django_db

IN_THE_NAVIGATION = '<a href="/claims/" '


def assumed(statement: str, **fields: Any) -> Claim:
    """A claim on which a published post rests."""
    claim = make_claim(statement)
    make_assumption(make_post(**fields), claim)
    return claim


def context(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.context


def listed(by: str = "") -> list[str]:
    return [str(claim) for claim in context(f"/claims/?by={by}")["claims"]]


def test_claims_stand_under_their_stories_and_those_without_come_last() -> None:
    missiles, grid = make_story("Missiles"), make_story("Grid")
    assumed("C.")
    assumed("B.", story=missiles)
    assumed("A.", story=missiles)
    filed = assumed("D.")
    make_post(story=grid)
    grid.claims.add(filed)

    html = Client().get("/claims/").content.decode()

    assert listed() == ["D.", "A.", "B.", "C."]
    assert '<a class="bare" href="/stories/missiles/">Missiles</a></h2>' in html
    assert html.index("Missiles</a></h2>") < html.index("Beside any story")


def test_a_story_without_a_published_post_is_not_named() -> None:
    hidden = make_story("Hidden")
    claim = assumed("A.")
    make_assumption(make_draft(story=hidden), claim)
    hidden.claims.add(claim)

    assert "Hidden" not in Client().get("/claims/").content.decode()


def test_claims_stand_under_their_standings_and_what_is_known_best_comes_first() -> None:
    standings = ("refuted", "reported", "unreported", "confirmed", "unresolved", "corroborated")
    for standing in standings:
        claim = assumed(f"Of {standing}.")
        if standing in ("reported", "corroborated"):
            make_report(claim, by="Kyiv")
        if standing == "corroborated":
            make_report(claim, by="Seoul")
        if standing in ("refuted", "confirmed", "unresolved"):
            make_ruling(claim, standing)

    assert listed("standing") == [
        "Of confirmed.",
        "Of corroborated.",
        "Of reported.",
        "Of unresolved.",
        "Of refuted.",
        "Of unreported.",
    ]


def test_the_last_to_move_comes_first_with_its_move() -> None:
    still, older, newer = assumed("Still."), assumed("Older."), assumed("Newer.")
    make_report(newer, by="Kyiv", on="2024-11-01")
    make_report(older, by="Kyiv", on="2024-11-02")
    make_report(newer, "denies", by="Minsk", on="2024-11-03")

    html = Client().get("/claims/?by=moved").content.decode()

    assert listed("moved") == ["Newer.", "Older.", "Still."]
    assert "s-reported s-contested" in html
    assert "now " in html
    assert str(still) in html


def test_a_claim_tells_how_many_posts_rest_on_it_now() -> None:
    claim = assumed("A.")
    make_assumption(make_post(), claim)
    make_assumption(make_draft(), claim)
    make_assumption(make_post(), claim, dropped_at=datetime(2024, 11, 20, tzinfo=UTC))
    make_post(body=f"One hears [[claim::{claim.slug}|more]].")

    (found,) = context("/claims/")["claims"]

    assert found.post_count == 2
    assert "Two posts rest on it" in Client().get("/claims/").content.decode()


def test_an_order_that_is_unknown_is_the_first_one() -> None:
    assumed("A.")

    assert context("/claims/?by=nonsense")["by"] == "story"


def test_the_index_is_paged_and_keeps_its_order() -> None:
    for number in range(51):
        assumed(f"Claim {number}.")

    html = Client().get("/claims/?by=standing").content.decode()

    assert len(context("/claims/?by=standing")["claims"]) == 50
    assert 'href="?by=standing&amp;page=2"' in html
    assert len(context("/claims/?by=standing&page=2")["claims"]) == 1


def test_an_empty_index_says_so() -> None:
    make_assumption(make_draft(), make_claim("Hidden."))

    html = Client().get("/claims/").content.decode()

    assert "No published post rests on a claim yet." in html
    assert "Hidden." not in html


# --- The navigation -------------------------------------------------------------------


def test_a_site_without_public_claims_shows_nothing_of_them() -> None:
    make_post(slug="plain", body="Plain.")
    make_assumption(make_draft(), make_claim("Hidden."))

    for path in ("/", "/2024/11/18/plain/", "/stories/", "/sources/", "/nothing/"):
        html = Client().get(path).content.decode()
        assert "laims" not in html, path


@pytest.mark.parametrize("is_mentioned", [True, False])
def test_a_public_claim_brings_the_index_into_the_navigation(is_mentioned: bool) -> None:
    claim = make_claim("A.", slug="a")
    post = make_post(body="One hears [[claim::a|so]]." if is_mentioned else "")
    if not is_mentioned:
        make_assumption(post, claim)

    assert has_claims()
    for path in ("/", "/about/", "/nothing/"):
        assert IN_THE_NAVIGATION in Client().get(path).content.decode(), path


def test_an_error_page_stands_without_a_database() -> None:
    request = RequestFactory().get("/nothing/")
    request.publication = make_publication()  # type: ignore[attr-defined]

    def refuse(*args: object) -> None:
        raise DatabaseError("The database is gone.")

    with connection.execute_wrapper(refuse):
        response = not_found(request, Http404())

    assert response.status_code == 404
    assert IN_THE_NAVIGATION not in response.content.decode()
