"""A post as Markdown and as JSON, and how each is found."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import frontmatter
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import OldAddress, Post
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
TEXT = "It [[extends::older|began]] so [@ledger2024, p. 3]; [[claim::soldiers|they came]]."
LATER = datetime(2024, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def post() -> Post:
    """With one of everything that a post can have."""
    make_publication()
    make_source(
        "ledger2024", title="It is so", outlet=make_outlet("Ledger"), url="https://l.example/1"
    )
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-10")
    make_post("Older", slug="older", published=datetime(2024, 11, 17, tzinfo=UTC))
    post = make_post(
        "Live",
        slug="live",
        standfirst="Why: and how.",
        body=f"{TEXT} <!-- zz -->",
        authors=[make_author("Ada O’Neil", family="O’Neil", given="Ada")],
        story=make_story("Missiles"),
        topics=[make_topic("Energy")],
    )
    make_assumption(post, claim)
    make_post(
        "Newer", body="As [[corrects::live|said]].", published=datetime(2024, 11, 19, tzinfo=UTC)
    )
    make_notice(post, was="It was [[older|never]].")
    return post


def got(path: str, **headers: str) -> Any:
    cache.clear()
    with time_machine.travel(LATER, tick=False):
        return Client().get(path, headers=headers)


def parsed(response: Any) -> tuple[Mapping[str, Any], str]:
    """Front matter and text."""
    values, text = frontmatter.parse(response.content.decode())
    return values, text


def data(path: str) -> Mapping[str, Any]:
    response = got(path)
    assert response.headers["Content-Type"] == "application/json"
    found: Mapping[str, Any] = json.loads(response.content)
    return found


def test_markdown_is_the_text_under_what_the_page_says_of_it(post: Post) -> None:
    response = got("/2024/11/18/live.md")
    values, text = parsed(response)

    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert text == TEXT
    assert values["title"] == "Live"
    assert values["author"] == ["Ada O’Neil"]
    assert values["date"] == "2024-11-18T14:00:00+02:00"
    assert values["url"] == f"{SITE}/2024/11/18/live/"
    assert values["posts"]["older"]["url"] == f"{SITE}/2024/11/17/older/"
    assert values["assumes"][0]["now"] == "reported"
    assert values["notices"][0]["kind"] == "correction"


def test_its_sources_stand_where_pandoc_looks_for_them(post: Post) -> None:
    values, _ = parsed(got("/2024/11/18/live.md"))

    assert [item["id"] for item in values["references"]] == ["ledger2024"]
    assert values["references"][0]["title"] == "It is so"


def test_json_has_the_threads_in_both_directions(post: Post) -> None:
    told = data("/2024/11/18/live.json")

    [earlier], [later] = told["refers_to"], told["referred_to_by"]
    assert (earlier["to"]["slug"], earlier["kind"]) == ("older", "extends")
    assert earlier["cito"] == "http://purl.org/spar/cito/extends"
    assert (later["from"]["title"], later["kind"]) == ("Newer", "corrects")
    [cited] = told["citations"]
    assert (cited["to"]["id"], cited["locator"], cited["label"]) == ("ledger2024", "3", "page")
    assert [source["id"] for source in told["sources"]] == ["ledger2024"]


def test_json_tells_how_assumptions_stood_and_stand(post: Post) -> None:
    [assumed] = data("/2024/11/18/live.json")["assumptions"]

    assert assumed["claim"]["url"] == f"{SITE}/claims/soldiers/"
    assert assumed["when_written"]["standing"] == "reported"
    assert assumed["now"]["independent_origins"] == [["Kyiv"]]


def test_json_has_the_text_with_whole_addresses_and_its_notices(post: Post) -> None:
    told = data("/2024/11/18/live.json")

    assert f'href="{SITE}/2024/11/17/older/"' in told["html"]
    assert [notice["kind"] for notice in told["notices"]] == ["correction"]
    assert told["updated_at"] == "2024-11-19T14:00:00+02:00"
    assert told["published_at"] == "2024-11-18T14:00:00+02:00"


def test_a_comment_leaves_in_no_format(post: Post) -> None:
    for path in ("/2024/11/18/live.md", "/2024/11/18/live.json", "/2024/11/18/live/"):
        assert "zz" not in got(path).content.decode()


@pytest.mark.parametrize(
    ("accepted", "media_type"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("image/png", "text/html"),
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html;q=0.5", "text/markdown"),
        ("application/json", "application/json"),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json"),
        ("application/x-research-info-systems", "application/x-research-info-systems"),
        ("application/x-bibtex", "application/x-bibtex"),
    ],
)
def test_the_post_answers_in_the_format_that_is_preferred(
    post: Post, accepted: str, media_type: str
) -> None:
    response = got("/2024/11/18/live/", **({"accept": accepted} if accepted else {}))

    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["Vary"]


def test_every_format_is_named_on_the_page(post: Post) -> None:
    page = got("/2024/11/18/live/").content.decode()
    named = dict(re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', page))

    for media_type in ("text/markdown", "application/json", "application/x-bibtex"):
        response = got(named[media_type])
        assert response.status_code == 200
        assert response.headers["Content-Type"].partition(";")[0] == media_type
    for kind in ("bib", "ris", "json"):
        assert f'href="/2024/11/18/live/sources.{kind}"' in page
        assert f'href="/2024/11/18/live/cite.{kind}"' in page


@pytest.mark.parametrize("ending", [".md", ".json", "/sources.bib", "/cite.ris"])
def test_a_former_address_leads_on_in_the_same_format(post: Post, ending: str) -> None:
    post.slug = "new"
    post.save()

    for path in (f"/2024/11/18/live{ending}", f"/2020/01/01/new{ending}"):
        response = got(path)
        assert (response.status_code, response.headers["Location"]) == (
            301,
            f"/2024/11/18/new{ending}",
        )


@pytest.mark.parametrize("ending", [".md", ".json", "/sources.bib", "/cite.ris"])
def test_a_withdrawn_post_says_so_in_every_format(post: Post, ending: str) -> None:
    post.withdrawn_at = LATER
    post.withdrawal_notice = "We were wrong."
    post.save()

    response = got(f"/2024/11/18/live{ending}")

    assert response.status_code == 410
    assert "We were wrong." in response.content.decode()
    assert "They came" not in response.content.decode()


def test_a_post_whose_own_slug_ends_like_a_format_keeps_its_address(post: Post) -> None:
    make_post("Notes", slug="live.md")

    assert got("/2024/11/18/live.md").headers["Location"] == "/2024/11/18/live.md/"
    assert got("/2024/11/18/live.md/").status_code == 200
    assert "title: Notes" in got("/2024/11/18/live.md.md").content.decode()


def test_an_old_address_that_ends_like_a_format_leads_to_its_post(post: Post) -> None:
    OldAddress.objects.create(path="/2020/02/03/imported.md", post=post)
    OldAddress.objects.create(path="/2020/02/03/imported/sources.json", post=post)

    for path in ("/2020/02/03/imported.md", "/2020/02/03/imported/sources.json"):
        assert got(path).headers["Location"] == "/2024/11/18/live/"


def test_other_sites_may_read_them(post: Post) -> None:
    response = got("/2024/11/18/live.json")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_hostile_headline_breaks_neither_format() -> None:
    make_publication()
    make_post('---\n"}: <script>alert(1)</script>', slug="hostile", standfirst="---")

    values, _ = parsed(got("/2024/11/18/hostile.md"))
    assert values["title"] == '---\n"}: <script>alert(1)</script>'
    assert data("/2024/11/18/hostile.json")["headline"] == '---\n"}: <script>alert(1)</script>'


@pytest.mark.parametrize("ending", [".md", ".json", "/sources.bib", "/sources.json"])
def test_fifty_marks_ask_no_more_than_five(ending: str) -> None:
    asked = {number: _queries(number, ending) for number in (5, 50)}

    assert asked[5] == asked[50]


def _queries(number: int, ending: str) -> int:
    make_publication()
    slugs = [f"n{number}-{each}" for each in range(number)]
    for slug in slugs:
        make_source(slug, outlet=make_outlet())
        make_post(slug=slug)
    body = "\n\n".join(f"So [[{slug}|said]] [@{slug}]." for slug in slugs)
    make_post(slug=f"of-{number}", body=body)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(f"/2024/11/18/of-{number}{ending}").status_code == 200
    return len(asked)
