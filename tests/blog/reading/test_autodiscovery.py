"""Pages name their own feeds in their heads, and none that there is not."""

import re

import pytest
from django.test import Client

from blog.models import Assumption
from tests.factories import (
    make_assumption,
    make_author,
    make_claim,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_source,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db

TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}
SITE = "/feed"
FEEDS = {
    "/": [SITE],
    "/stories/missiles/": ["/stories/missiles/feed", "/stories/missiles/claims", SITE],
    "/stories/quiet/": ["/stories/quiet/feed", SITE],
    "/topics/energy/": ["/topics/energy/feed", SITE],
    "/authors/writer/": ["/authors/writer/feed", SITE],
    "/sources/a/b/": ["/sources/a/b/feed", SITE],
    "/outlets/ledger/": ["/outlets/ledger/feed", SITE],
    "/claims/": ["/claims/feed", SITE],
    "/claims/soldiers/": ["/claims/soldiers/feed", SITE],
    "/claims/soldiers/?on=2024-11-18": ["/claims/soldiers/feed", SITE],
    # No post cites these: they only carry a claim.
    "/sources/carrying/": [SITE],
    "/outlets/wire/": [SITE],
}


@pytest.fixture(autouse=True)
def site() -> None:
    make_publication()
    make_source("a/b", title="The report", outlet=make_outlet("Ledger", slug="ledger"))
    carrying = make_source("carrying", outlet=make_outlet("Wire", slug="wire"))
    post = make_post(
        body="It is so [@a/b].",
        story=make_story("Missiles"),
        topics=[make_topic("Energy & <light>", slug="energy")],
        authors=[make_author("Writer")],
    )
    make_post("Quiet", story=make_story("Quiet"))
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_assumption(post, claim)
    make_report(claim, by="Kyiv", source=carrying)


def advertised(path: str) -> list[tuple[str, str]]:
    """Type and address of each feed that a page names."""
    head = Client().get(path).content.decode().partition("</head>")[0]
    found = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', head)
    return [(kind, href) for kind, href in found if kind in TYPES.values()]


@pytest.mark.parametrize(("page", "feeds"), FEEDS.items())
def test_a_page_names_its_feeds_in_both_formats(page: str, feeds: list[str]) -> None:
    assert advertised(page) == [
        (kind, f"{feed}.{suffix}") for feed in feeds for suffix, kind in TYPES.items()
    ]


@pytest.mark.parametrize("page", FEEDS)
def test_a_feed_that_a_page_names_is_there(page: str) -> None:
    for kind, path in advertised(page):
        response = Client().get(path)
        assert response.status_code == 200, path
        assert response.headers["Content-Type"].startswith(kind)


def test_a_feed_bears_the_name_that_it_has() -> None:
    html = Client().get("/topics/energy/").content.decode()
    assert 'title="Energy &amp; &lt;light&gt;. The Margin Note"' in html


def test_a_site_without_claims_names_no_feed_of_them() -> None:
    Assumption.objects.all().delete()
    assert advertised("/claims/") == [(kind, f"{SITE}.{name}") for name, kind in TYPES.items()]
