"""Nothing of a draft, a scheduled or a withdrawn post shows to anyone, on any address.

The rule is tested by difference: every page is read before and after hidden posts
are added, and must not change by a byte. So titles, counts, months, neighbours and
headers are all covered, whatever a page comes to show. `PUBLIC` names the addresses
of every URL pattern; a pattern that is missing there fails a test.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from blog.formats.sitemaps import KINDS
from blog.models import Post
from blog.social import Words
from tests.factories import ROLES, make_post, make_user
from tests.hiding import HIDDEN_STATES, TOKEN, hide, publish, uid_of

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 12, 1, 9, 0, tzinfo=UTC)
READERS = ("anonymous", *ROLES)


@dataclass(frozen=True)
class Addresses:
    """Of one URL pattern: what readers may open, and what only hidden posts would give a page."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


# By what the API narrows posts, where a name may be that of something hidden.
OF_POSTS = ("story", "topic", "author", "cites", "outlet", "refers_to", "rests_on")
# What the pictures for elsewhere say of the live post and of the site.
LIVE = Words("Live", "The Margin Note", "Writer", "18 November 2024")
SITE = Words("Commentary that shows its working", "The Margin Note")


def of_each_state(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.format(state) for state in HIDDEN_STATES)


PUBLIC: Mapping[str, Addresses] = {
    "blog:front": Addresses(("/", "/?page=1", "/?p=1"), ("/?page=2",)),
    "blog:about": Addresses(("/about/",)),
    "blog:feed": Addresses(("/feed.atom", "/feed.json")),
    "blog:story_feed": Addresses(
        ("/stories/missiles/feed.atom", "/stories/missiles/feed.json"),
        of_each_state("/stories/zzhidden-{}/feed.atom"),
    ),
    "blog:topic_feed": Addresses(
        ("/topics/energy/feed.atom", "/topics/energy/feed.json"),
        of_each_state("/topics/zzhidden-{}/feed.atom"),
    ),
    "blog:author_feed": Addresses(
        ("/authors/writer/feed.atom", "/authors/writer/feed.json"),
        of_each_state("/authors/zzhidden-{}/feed.atom"),
    ),
    "blog:source_feed": Addresses(
        ("/sources/ledger2024/feed.atom", "/sources/lonely/feed.json"),
        of_each_state("/sources/zzhidden-{}/feed.atom"),
    ),
    "blog:outlet_feed": Addresses(
        ("/outlets/ledger/feed.atom", "/outlets/ledger/feed.json"),
        of_each_state("/outlets/zzhidden-{}/feed.atom"),
    ),
    "blog:corrections": Addresses(("/corrections/",), ("/corrections/?page=2",)),
    "blog:archive": Addresses(("/archive/",)),
    "blog:map": Addresses(("/map/",), ("/map/?page=2",)),
    "blog:path": Addresses(
        ("/2024/11/18/live/path/", "/2024/11/17/older/path/", "/2024/11/17/once/path/"),
        (
            "/2031/07/09/zzhidden-scheduled/path/",
            "/2024/11/18/zzhidden-draft/path/",
            "/2031/07/09/zzhidden-among-scheduled/path/",
        ),
    ),
    "blog:year": Addresses(("/2024/",), ("/2031/", "/2021/")),
    "blog:month": Addresses(("/2024/11/",), ("/2031/07/", "/2021/03/")),
    "blog:day": Addresses(("/2024/11/18/",), ("/2031/07/09/", "/2021/03/05/")),
    "blog:post": Addresses(
        ("/2024/11/18/live/", "/2024/11/17/older/", "/2024/01/01/live/", "/2024/11/17/once/"),
        (
            "/2031/07/09/zzhidden-scheduled/",
            "/2024/11/18/zzhidden-scheduled/",
            "/2024/11/18/zzhidden-draft/",
            "/2024/11/18/zzhidden-among-draft/",
            "/2031/07/09/zzhidden-among-scheduled/",
        ),
    ),
    "blog:stories": Addresses(("/stories/",)),
    "blog:story": Addresses(("/stories/missiles/",), of_each_state("/stories/zzhidden-{}/")),
    "blog:topics": Addresses(("/topics/",)),
    "blog:topic": Addresses(("/topics/energy/",), of_each_state("/topics/zzhidden-{}/")),
    "blog:authors": Addresses(("/authors/",)),
    "blog:author": Addresses(("/authors/writer/",), of_each_state("/authors/zzhidden-{}/")),
    "blog:sources": Addresses(("/sources/", "/sources/?sort=name")),
    "blog:source": Addresses(
        ("/sources/ledger2024/", "/sources/lonely/", "/sources/carrying/"),
        of_each_state("/sources/zzhidden-{}/") + of_each_state("/sources/zzhidden-{}-report/"),
    ),
    "blog:outlet": Addresses(
        ("/outlets/ledger/", "/outlets/carrier/"),
        of_each_state("/outlets/zzhidden-{}/") + of_each_state("/outlets/zzhidden-{}-outlet/"),
    ),
    "blog:claims": Addresses(("/claims/", "/claims/?by=standing", "/claims/?by=moved")),
    "blog:claim": Addresses(
        ("/claims/soldiers/", "/claims/soldiers/?on=2024-11-18", "/claims/troops/"),
        of_each_state("/claims/zzhidden-{}/"),
    ),
    "blog:origin": Addresses(
        ("/origins/kyiv/", "/origins/minsk/"), of_each_state("/origins/zzhidden-{}/")
    ),
    "blog:claims_feed": Addresses(("/claims/feed.atom", "/claims/feed.json")),
    "blog:claim_feed": Addresses(
        ("/claims/soldiers/feed.atom", "/claims/soldiers/feed.json"),
        of_each_state("/claims/zzhidden-{}/feed.atom"),
    ),
    "blog:story_claims_feed": Addresses(
        ("/stories/missiles/claims.atom", "/stories/missiles/claims.json"),
        of_each_state("/stories/zzhidden-{}/claims.atom"),
    ),
    "blog:post_text": Addresses(
        (
            "/2024/11/18/live.md",
            "/2024/11/18/live.json",
            "/2024/11/17/older.md",
            "/2024/11/17/older.json",
            "/2024/01/01/live.json",
        ),
        (
            "/2031/07/09/zzhidden-scheduled.md",
            "/2024/11/18/zzhidden-scheduled.json",
            "/2024/11/18/zzhidden-draft.md",
        ),
    ),
    "blog:post_citations": Addresses(
        (
            "/2024/11/18/live/sources.json",
            "/2024/11/17/older/sources.bib",
            "/2024/11/18/live/sources.ris",
            "/2024/11/18/live/cite.json",
        ),
        (
            "/2031/07/09/zzhidden-scheduled/sources.json",
            "/2031/07/09/zzhidden-scheduled/cite.bib",
            "/2024/11/18/zzhidden-draft/sources.ris",
        ),
    ),
    "blog:post_picture": Addresses(
        (f"/social/{uid_of('live')}-{LIVE.digest}.png",),
        tuple(f"/social/{uid_of(f'{TOKEN}-{state}')}-{LIVE.digest}.png" for state in HIDDEN_STATES),
    ),
    "blog:site_picture": Addresses((f"/social/{SITE.digest}.png", "/social/0.png")),
    "blog:manifest": Addresses(("/site.webmanifest",)),
    "blog:favicon": Addresses(("/favicon.ico",)),
    "blog:robots": Addresses(("/robots.txt",)),
    "blog:security": Addresses(("/.well-known/security.txt",)),
    "blog:sitemaps": Addresses(("/sitemap.xml",)),
    "blog:sitemap": Addresses(
        tuple(f"/sitemap-{kind}-1.xml" for kind in (*KINDS, "pages")),
        ("/sitemap-posts-2.xml", "/sitemap-posts-0.xml", "/sitemap-origins-2.xml"),
    ),
    "blog:news_sitemap": Addresses(("/sitemap-news.xml",)),
    "blog:api": Addresses(("/api/",)),
    "blog:api_root": Addresses(("/api/v1/",)),
    "blog:api_openapi": Addresses(("/api/v1/openapi.json",)),
    "blog:api_posts": Addresses(
        (
            "/api/v1/posts/",
            *(f"/api/v1/posts/?{name}={TOKEN}-draft" for name in OF_POSTS),
            *(f"/api/v1/posts/?{name}={TOKEN}-scheduled" for name in OF_POSTS),
            "/api/v1/posts/?refers_to=older",
            "/api/v1/posts/?cites=ledger2024",
            "/api/v1/posts/?rests_on=soldiers",
            "/api/v1/posts/?year=2031",
        ),
        ("/api/v1/posts/?page=2",),
    ),
    "blog:api_post": Addresses(
        ("/api/v1/posts/live/", "/api/v1/posts/older/", "/api/v1/posts/once/"),
        ("/api/v1/posts/zzhidden-draft/", "/api/v1/posts/zzhidden-scheduled/"),
    ),
    "blog:api_references": Addresses(
        (
            "/api/v1/references/",
            "/api/v1/references/?post=older",
            "/api/v1/references/?to=zzhidden-draft",
            "/api/v1/references/?from=zzhidden-among-draft",
        ),
    ),
    "blog:api_citations": Addresses(
        (
            "/api/v1/citations/",
            "/api/v1/citations/?source=ledger2024",
            "/api/v1/citations/?source=zzhidden-draft",
            "/api/v1/citations/?outlet=zzhidden-scheduled",
            "/api/v1/citations/?post=zzhidden-among-draft",
        ),
    ),
    "blog:api_graph": Addresses(("/api/v1/graph/",), ("/api/v1/graph/?page=2",)),
    "blog:api_sources": Addresses(
        ("/api/v1/sources/", "/api/v1/sources/?outlet=zzhidden-draft"),
        ("/api/v1/sources/?page=2",),
    ),
    "blog:api_source": Addresses(
        ("/api/v1/sources/ledger2024/", "/api/v1/sources/lonely/"),
        of_each_state("/api/v1/sources/zzhidden-{}/"),
    ),
    "blog:api_outlets": Addresses(("/api/v1/outlets/",)),
    "blog:api_outlet": Addresses(
        ("/api/v1/outlets/ledger/",), of_each_state("/api/v1/outlets/zzhidden-{}/")
    ),
    "blog:api_claims": Addresses(
        (
            "/api/v1/claims/",
            "/api/v1/claims/?standing=unreported",
            "/api/v1/claims/?story=missiles",
            "/api/v1/claims/?story=zzhidden-draft",
        ),
    ),
    "blog:api_claim": Addresses(
        (
            "/api/v1/claims/soldiers/",
            "/api/v1/claims/soldiers/?on=2024-11-17",
            "/api/v1/claims/troops/",
        ),
        of_each_state("/api/v1/claims/zzhidden-{}/"),
    ),
    "blog:api_stories": Addresses(("/api/v1/stories/",)),
    "blog:api_story": Addresses(
        ("/api/v1/stories/missiles/",), of_each_state("/api/v1/stories/zzhidden-{}/")
    ),
    "blog:api_topics": Addresses(("/api/v1/topics/",)),
    "blog:api_topic": Addresses(
        ("/api/v1/topics/energy/",), of_each_state("/api/v1/topics/zzhidden-{}/")
    ),
    "blog:api_authors": Addresses(("/api/v1/authors/",)),
    "blog:api_author": Addresses(
        ("/api/v1/authors/writer/",), of_each_state("/api/v1/authors/zzhidden-{}/")
    ),
    # What hidden posts say, as it begins, mistyped, or among what readers can see.
    "blog:search": Addresses(
        (
            "/search/",
            *(
                f"/search/?q={typed}"
                for typed in (
                    "said",
                    "said&sort=date",
                    "live -said",
                    "zzhid*",
                    "zzhiden",
                    "standfirst",
                    "standfrst",
                    "says+so",
                    "saiyd",
                    '"more+words"',
                    "sad+words",
                    "of+it&story=missiles",
                    "report&in=sources",
                    "&topic=energy",
                    "&author=writer",
                    "&year=2021",
                    "&year=2031",
                    "&source=ledger2024",
                    "&outlet=ledger",
                    "&refers=older",
                )
            ),
        ),
        ("/search/?q=zzhid*&page=2",),
    ),
    "blog:opensearch": Addresses(("/opensearch.xml",)),
    "blog:media": Addresses(("/media/pictures/seen.png",), ("/media/pictures/", "/media/")),
    "blog:old_address": Addresses(
        ("/old/live.html", "/2024/11/18/live"),
        ("/old/zzhidden-draft/", "/old/zzhidden-scheduled/", "/old/zzhidden-scheduled"),
    ),
}
WITHDRAWN = (
    "/2021/03/05/zzhidden-withdrawn/",
    "/2021/03/05/zzhidden-withdrawn/path/",
    "/2021/03/05/ZZHIDDEN-withdrawn/",
    "/2020/01/01/zzhidden-withdrawn/",
    "/old/zzhidden-withdrawn/",
    "/old/zzhidden-withdrawn",
)
# Our own addresses at the desk, and whether they are about one post (or one row of the ledger).
# The admin's own are walked.
DESK: Mapping[str, bool] = {
    "admin:blog_post_preview_new": False,
    "admin:blog_post_upload": False,
    "admin:blog_post_keep_new": False,
    "admin:blog_post_discard": False,
    "admin:blog_post_token": False,
    "admin:blog_post_when": False,
    "admin:blog_post_outgoing_new": False,
    "admin:blog_post_keep": True,
    "admin:blog_post_compare": True,
    "admin:blog_post_outgoing": True,
    "admin:blog_post_knowing_new": False,
    "admin:blog_post_knowing": True,
    "admin:blog_post_suggesting_new": False,
    "admin:blog_post_suggesting": True,
    "admin:blog_post_put_in": False,
    "admin:blog_post_complete_posts": False,
    "admin:blog_post_complete_paragraphs": False,
    "admin:blog_post_complete_sources": False,
    "admin:blog_post_complete_claims": False,
    "admin:blog_post_complete_origins": False,
    "admin:blog_post_claim": False,
    "admin:blog_post_look_at_claim": False,
    "admin:blog_post_report": False,
    "admin:blog_post_pasted": False,
    "admin:blog_post_preview": True,
    "admin:blog_post_withdraw": True,
    "admin:blog_post_restore": True,
    "admin:blog_post_worklist": False,
    "admin:blog_post_handle": True,
    "admin:sources_report_strike": True,
    "admin:sources_ruling_lift": True,
    "admin:sources_origin_apart": True,
}
STOCK = re.compile(
    r"admin:(index|login|logout|password_change(_done)?|autocomplete|jsi18n|view_on_site|app_list"
    r"|<path:object_id>/|\w+_(changelist|add|history|delete|change))"
)


@pytest.fixture
def live() -> Post:
    return publish()


@pytest.fixture(autouse=True)
def december() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def client_of(reader: str) -> Client:
    client = Client()
    if reader in ROLES:
        client.force_login(make_user(reader))
    return client


def answer(client: Client, path: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and content: all that a reader gets. Nothing comes from a cache."""
    cache.clear()
    response = client.get(path)
    content = b"".join(response).decode(errors="replace")
    return response.status_code, dict(response.headers), content


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [name for name, its in PUBLIC.items() if its.shown])
def test_a_page_is_the_same_with_and_without_hidden_posts(
    name: str, reader: str, live: Post
) -> None:
    before = {path: answer(Client(), path) for path in PUBLIC[name].shown}
    assert all(status in (200, 301, 302) for status, _, _ in before.values()), before

    hide(live)

    client = client_of(reader)
    for path, expected in before.items():
        status, headers, content = answer(client, path)
        assert (status, headers, content) == expected
        assert TOKEN not in content.lower() + str(headers).lower()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [name for name, its in PUBLIC.items() if its.hidden])
def test_what_only_hidden_posts_have_is_nowhere(name: str, reader: str, live: Post) -> None:
    """The page says the same as before there was such a post, so it gives nothing away."""
    before = {path: answer(Client(), path) for path in PUBLIC[name].hidden}

    hide(live)

    client = client_of(reader)
    for path, expected in before.items():
        assert expected[0] == 404, path
        assert answer(client, path) == expected


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", WITHDRAWN)
def test_a_withdrawn_post_leaves_its_headline_and_notice_and_nothing_else(
    path: str, reader: str, live: Post
) -> None:
    hide(live)

    status, headers, content = answer(client_of(reader), path)

    assert status == 410
    assert "We were wrong." in content
    kept = content.lower().replace(path.lower(), "").replace(f"{TOKEN}-withdrawn</", "</")
    title = f"<title>withdrawn: {TOKEN}-withdrawn."
    assert TOKEN not in kept.replace(title, "") + str(headers)


def test_a_scheduled_post_appears_when_its_time_comes(live: Post) -> None:
    """So that these tests cannot pass by showing nothing at all."""
    hide(live)
    with time_machine.travel(datetime(2031, 7, 10, tzinfo=UTC), tick=False):
        status, _, content = answer(Client(), "/2031/07/09/zzhidden-scheduled/")
        assert status == 200
        assert "zzhidden-scheduled standfirst" in content
        assert "July" in answer(Client(), "/archive/")[2]
        for path in ("/", "/stories/", "/topics/", "/authors/", "/sources/", "/claims/"):
            assert f"{TOKEN}-scheduled" in answer(Client(), path)[2], path
        assert f"{TOKEN} assumes" in answer(Client(), "/claims/soldiers/")[2]
        for place in ("outlets/{}", "outlets/{}-outlet", "sources/{}-report", "origins/{}"):
            path = f"/{place.format('zzhidden-scheduled')}/"
            assert answer(Client(), path)[0] == 200, path


def test_a_post_withdrawn_before_its_time_was_never_there(live: Post) -> None:
    post = make_post("Zz", published=NOW + timedelta(days=1), withdrawn=True, slug="zz")
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert timezone.now() > (post.published_at or NOW)
        assert Client().get(post.get_absolute_url()).status_code == 404


# --- The desk -------------------------------------------------------------------------


def desk_paths(live: Post) -> list[str]:
    """Every page of the admin, asked about a hidden post where it is about one object."""
    hidden = Post.objects.drafts().latest("pk")
    paths = []
    for name in sorted(set(names_of(get_resolver()))):
        if not name.startswith("admin:") or "<" in name:
            continue
        for args in ((), (hidden.pk,), (ContentType.objects.get_for_model(Post).pk, hidden.pk)):
            with suppress(NoReverseMatch):
                paths.append(reverse(name, args=args))
    return paths


@pytest.mark.parametrize("reader", ["anonymous", "reader"])
def test_the_desk_tells_strangers_nothing(reader: str, live: Post) -> None:
    """Also to somebody who has a login but no role."""
    hide(live)
    client = Client()
    if reader == "reader":
        client.force_login(make_user())

    paths = desk_paths(live)

    assert len(paths) > 10
    for path in paths:
        status, headers, content = answer(client, path)
        assert status in (200, 302, 403, 404, 405), path
        assert TOKEN not in content.lower() + str(headers).lower(), path
        assert status != 200 or "password" in content or "jsi18n" in path, path


@pytest.mark.parametrize("role", ["contributor", "author"])
def test_the_desk_shows_nobody_the_posts_of_others(role: str, live: Post) -> None:
    hide(live)
    client = client_of(role)
    hidden = Post.objects.drafts().latest("pk")

    listed = answer(client, reverse("admin:blog_post_changelist"))
    opened = answer(client, reverse("admin:blog_post_change", args=[hidden.pk]))

    assert listed[0] == 200
    assert opened[0] in (302, 403, 404)
    assert f"{TOKEN}-among" not in listed[2] + opened[2]


@pytest.mark.parametrize("role", ["contributor", "author"])
@pytest.mark.parametrize("name", DESK)
def test_our_own_pages_at_the_desk_tell_nothing_of_the_posts_of_others(
    name: str, role: str, live: Post
) -> None:
    hide(live)
    client = client_of(role)
    plans = " ".join(f"[[{TOKEN}-{state}|Words]]" for state in HIDDEN_STATES)
    sent = {"headline": "Mine", "slug": "mine", "body": plans}

    # The ledger is everybody's at the desk: a row of it may open, and tell of no post.
    is_of_a_post = DESK[name] and name.startswith("admin:blog_post_")

    for post in Post.objects.filter(slug__startswith=TOKEN) if DESK[name] else [None]:
        path = reverse(name, args=[post.pk] if post else [])
        for response in (client.get(path), client.post(path, sent)):
            status = response.status_code
            assert status in (403, 404) if is_of_a_post else status < 500
            content = response.content.decode().lower()
            for word in ("standfirst", "says so", "among", "same day"):
                assert f"{TOKEN} {word}" not in content
                assert not re.search(rf"{TOKEN}-\w+ {word}|{TOKEN}-{word}", content)


# --- No address without its test ------------------------------------------------------


def names_of(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The name of every pattern, with its namespace; its route where it has no name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names_of(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"


def unguarded(names: set[str]) -> set[str]:
    """Patterns that no leak test names. The admin's own pages are walked below."""
    return {
        name
        for name in names - PUBLIC.keys() - DESK.keys()
        if not STOCK.fullmatch(name) and not name.startswith("admin:(?P<url>")
    }


def test_every_url_pattern_has_its_leak_test() -> None:
    names = set(names_of(get_resolver()))

    assert unguarded(names) == set(), "Add their addresses to PUBLIC, or to DESK."
    assert {*PUBLIC, *DESK} <= names, "These patterns are gone."


def test_a_new_pattern_without_a_leak_test_would_be_found() -> None:
    assert unguarded({"blog:front", "blog:dossier", "admin:blog_post_peek"}) == {
        "blog:dossier",
        "admin:blog_post_peek",
    }
