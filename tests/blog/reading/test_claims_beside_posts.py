"""Texts that are no posts name claims: notices, biographies, summaries, the site's own pages.

They do not make a claim public; where no post does, they tell nothing of it.
"""

import pytest
from django.test import Client

from tests.factories import (
    make_assumption,
    make_author,
    make_claim,
    make_draft,
    make_notice,
    make_post,
    make_publication,
    make_report,
    make_story,
)

pytestmark = pytest.mark.django_db

POST = "/2024/11/18/live"
TEXT = "So [[claim::moles|they dig]], and [[claim::moles]]."
PAGES = [
    f"{POST}/",
    f"{POST}.json",
    f"{POST}.md",
    "/corrections/",
    "/feed.atom",
    "/feed.json",
    "/authors/ann/",
    "/stories/digging/",
    "/about/",
    "/api/v1/posts/live/",
]


@pytest.fixture(autouse=True)
def site() -> None:
    make_publication(about=TEXT, policies=TEXT)
    ann, digging = make_author("Ann", bio=TEXT), make_story("Digging", summary=TEXT)
    make_notice(make_post(slug="live", authors=[ann], story=digging), was=TEXT, text=TEXT)
    claim = make_claim("Tunnels were dug.", slug="moles")
    make_report(claim)
    make_assumption(make_draft(), claim)


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_claim_that_only_drafts_rest_on_is_plain_words(path: str) -> None:
    page = read(path)
    assert "Tunnels were dug" not in page
    assert "/claims/" not in page
    assert "reported" not in page


@pytest.mark.parametrize("path", ["/corrections/", "/authors/ann/", "/stories/digging/", "/about/"])
def test_a_claim_of_a_published_post_is_a_claim_here_too(path: str) -> None:
    make_post(body="See [[claim::moles]].")
    page = read(path)
    assert '<a class="cl" href="/claims/moles/">they dig</a>' in page
    assert "Tunnels were dug</a>" in page
