"""What the head of a page says to programs: schema.org, OpenGraph, Zotero, microformats."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from blog.formats.schema import TYPES
from blog.models import Change, Post
from tests.blog.formats.vocabulary import PROPERTIES
from tests.factories import (
    make_assumption,
    make_author,
    make_claim,
    make_notice,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_source,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db
SITE = "https://margin.example.org"
HOSTILE = '</script><script>alert("1")</script>\u2028&amp; "quoted"'
Data = dict[str, Any]


@pytest.fixture
def post() -> Post:
    make_publication(policies="We correct.")
    for number, csl_type in enumerate(TYPES):
        make_source(f"key{number}", csl_type=csl_type, outlet=make_outlet(), issued_year=2024)
    make_source(
        "speech", csl_type="speech", authors=[{"literal": "Staff"}, {"family": "Doe", "given": "J"}]
    )
    cited = "; ".join(f"@key{number}" for number in range(len(TYPES)))
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv")
    spoken_of = make_claim("Missiles may fly.", slug="missiles")
    make_post("Older", slug="older", published=datetime(2024, 11, 17, tzinfo=UTC))
    post = make_post(
        "Live",
        slug="live",
        standfirst="Why.",
        language="uk",
        body=f"It [[older|began]] [{cited}; @speech] and [[claim::{spoken_of.slug}|flew]], "
        "see [elsewhere](https://else.example/1).",
        authors=[make_author("Ada O’Neil", family="O’Neil", given="Ada"), make_author("The Desk")],
        story=make_story("Missiles"),
        topics=[make_topic("Energy")],
    )
    make_assumption(post, claim)
    return post


def page(path: str = "/2024/11/18/live/") -> str:
    cache.clear()
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def blocks(path: str = "/2024/11/18/live/") -> list[Data]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(path), re.DOTALL)
    return [json.loads(block) for block in found]


def nodes(value: Any) -> Iterator[Data]:
    """Everything in a block that has a type."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


class Metas(HTMLParser):
    """Names and properties of <meta> with all their values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := given.get("name") or given.get("property")):
            self.found.setdefault(name, []).append(given["content"])


def metas(path: str = "/2024/11/18/live/") -> dict[str, list[str]]:
    return Metas(page(path)).found


# --- schema.org -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/2024/11/18/live/", "/authors/the-desk/"])
def test_every_type_and_property_is_one_of_schema_org(post: Post, path: str) -> None:
    make_notice(post)
    found = [node for block in blocks(path) for node in nodes(block)]

    assert found
    for node in found:
        known = PROPERTIES[node["@type"]]
        assert {name for name in node if not name.startswith("@")} <= known, node["@type"]


def test_a_post_is_an_opinion_with_all_who_signed_it(post: Post) -> None:
    data, _ = blocks()

    assert data["@type"] == "OpinionNewsArticle"
    assert (data["headline"], data["description"], data["inLanguage"]) == ("Live", "Why.", "uk")
    assert [(each["@type"], each["name"]) for each in data["author"]] == [
        ("Person", "Ada O’Neil"),
        ("Person", "The Desk"),
    ]
    assert data["author"][0]["url"] == f"{SITE}/authors/ada-oneil/"
    assert data["publisher"]["correctionsPolicy"] == f"{SITE}/about/#policies"


def test_what_it_cites_are_its_sources_and_own_posts(post: Post) -> None:
    data, _ = blocks()
    ids = [work["@id"] for work in data["citation"]]

    assert f"{SITE}/sources/speech/" in ids
    assert f"{SITE}/2024/11/17/older/" in ids
    assert len(ids) == len(set(ids)) == len(TYPES) + 3


def test_it_is_based_on_what_its_notes_name_and_not_on_mere_links(post: Post) -> None:
    data, _ = blocks()
    based = {each["@id"] for each in data["isBasedOn"]}
    works = {work["@id"]: work for work in data["citation"]}

    assert len(based) == len(TYPES) + 1
    assert based <= works.keys()
    assert "https://else.example/1" not in {works[each].get("url") for each in based}


def test_what_it_assumes_is_what_it_is_about_and_other_claims_are_mentioned(post: Post) -> None:
    data, _ = blocks()

    assert [claim["url"] for claim in data["about"]] == [f"{SITE}/claims/soldiers/"]
    assert [claim["url"] for claim in data["mentions"]] == [f"{SITE}/claims/missiles/"]


def test_only_a_notice_moves_the_date_of_change(post: Post) -> None:
    data, _ = blocks()
    assert data["dateModified"] == data["datePublished"] == "2024-11-18T14:00:00+02:00"

    make_notice(post, Change.UPDATE, text="More is known.")
    data, _ = blocks()

    assert data["dateModified"] == "2024-11-19T14:00:00+02:00"
    assert "correction" not in data


def test_a_correction_says_what_is_right(post: Post) -> None:
    make_notice(post, was="Nine.", text="It was [[older|ten]] & more.")
    data, _ = blocks()

    [correction] = data["correction"]
    assert correction["@type"] == "CorrectionComment"
    assert correction["text"] == "It was ten & more."


def test_the_way_to_a_post_leads_through_its_story(post: Post) -> None:
    _, trail = blocks()

    assert [step["name"] for step in trail["itemListElement"]] == [
        "The Margin Note",
        "Stories",
        "Missiles",
        "Live",
    ]


def test_the_front_page_tells_how_the_site_is_searched() -> None:
    make_publication()
    [data] = blocks("/")

    assert data["@type"] == "WebSite"
    assert data["potentialAction"]["target"]["urlTemplate"] == (
        f"{SITE}/search/?q={{search_term_string}}"
    )


def test_no_headline_ends_the_block_of_data() -> None:
    make_publication(name=HOSTILE[:100])
    make_post(HOSTILE, slug="live", standfirst=HOSTILE, authors=[make_author(HOSTILE, slug="it")])

    for path in ("/", "/2024/11/18/live/", "/authors/it/"):
        html = page(path)
        assert "<script>alert" not in html
        assert blocks(path)
    assert blocks()[0]["headline"] == HOSTILE


# --- OpenGraph, Zotero ----------------------------------------------------------------


def test_social_sites_are_told_what_to_show(post: Post) -> None:
    found = metas()

    assert found["og:type"] == ["article"]
    assert found["og:title"] == ["Live"]
    assert found["og:url"] == [f"{SITE}/2024/11/18/live/"]
    assert found["article:tag"] == ["Energy"]
    assert found["article:author"] == [f"{SITE}/authors/ada-oneil/", f"{SITE}/authors/the-desk/"]
    assert found["twitter:card"] == ["summary_large_image"]
    [picture] = found["og:image"]
    assert Client().get(picture.removeprefix(SITE)).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("path", ["/", "/archive/", "/stories/", "/sources/", "/about/"])
def test_other_pages_have_the_picture_of_the_site(post: Post, path: str) -> None:
    found = metas(path)

    assert found["og:type"] == ["website"]
    [picture] = found["og:image"]
    assert Client().get(picture.removeprefix(SITE)).headers["Content-Type"] == "image/png"


def test_a_page_of_one_thing_is_shared_by_its_name(post: Post) -> None:
    assert metas("/topics/energy/")["og:title"] == ["Energy"]
    assert metas("/authors/the-desk/")["og:title"] == ["The Desk"]
    assert metas("/archive/")["og:title"] == ["The Margin Note"]


def test_zotero_reads_a_post_of_a_blog(post: Post) -> None:
    found = metas()

    assert found["z:itemType"] == ["blogPost"]
    assert found["z:publicationTitle"] == found["og:site_name"] == ["The Margin Note"]
    assert found["citation_title"] == ["Live"]
    assert found["citation_author"] == ["O’Neil, Ada", "The Desk"]
    assert found["citation_date"] == ["2024-11-18"]
    assert found["citation_language"] == ["uk"]
    # It would make an article of a journal of it.
    assert not {"citation_journal_title", "citation_publication_date"} & found.keys()


# --- microformats ---------------------------------------------------------------------


class Classes(HTMLParser):
    """How often each class of microformats stands on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = (dict(attrs).get("class") or "").split()
        self.found += [name for name in names if re.match(r"(h|p|u|e|dt)-\w", name)]


def test_a_post_is_an_entry_with_everything_an_entry_has(post: Post) -> None:
    make_notice(post)
    found = Classes(page()).found

    assert found.count("h-entry") == 1
    assert found.count("e-content") == 1
    assert found.count("h-card") == 2
    # Sources, and the one earlier post.
    assert found.count("h-cite") == len(TYPES) + 3
    for name in ("p-name", "p-summary", "u-uid", "dt-published", "dt-updated", "p-category"):
        assert name in found, name


@pytest.mark.parametrize("path", ["/", "/authors/the-desk/", "/topics/energy/", "/2024/11/"])
def test_a_list_is_a_feed_of_entries(post: Post, path: str) -> None:
    found = Classes(page(path)).found

    assert found.count("h-feed") == 1
    assert found.count("h-entry") == found.count("p-name") - ("authors" in path)
    assert found.count("h-entry") >= 1
