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
from typing import Any

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from blog.models import OldAddress, Post, State
from tests.factories import (
    ROLES,
    make_author,
    make_outlet,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 12, 1, 9, 0, tzinfo=UTC)
READERS = ("anonymous", *ROLES)
# Every text of a hidden post holds it, and no other text does.
TOKEN = "zzhidden"
HIDDEN_STATES = (State.DRAFT, State.SCHEDULED, State.WITHDRAWN)
MOMENTS: Mapping[State, datetime | bool] = {
    State.DRAFT: False,
    State.SCHEDULED: datetime(2031, 7, 9, 12, 0, tzinfo=UTC),
    State.WITHDRAWN: datetime(2021, 3, 5, 12, 0, tzinfo=UTC),
}


@dataclass(frozen=True)
class Addresses:
    """Of one URL pattern: what readers may open, and what only hidden posts would give a page."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def of_each_state(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.format(state) for state in HIDDEN_STATES)


PUBLIC: Mapping[str, Addresses] = {
    "blog:front": Addresses(("/", "/?page=1", "/?p=1"), ("/?page=2",)),
    "blog:about": Addresses(("/about/",)),
    "blog:feed": Addresses(("/feed.atom",)),
    "blog:archive": Addresses(("/archive/",)),
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
        ("/sources/ledger2024/", "/sources/lonely/"), of_each_state("/sources/zzhidden-{}/")
    ),
    "blog:outlet": Addresses(("/outlets/ledger/",), of_each_state("/outlets/zzhidden-{}/")),
    "blog:media": Addresses(("/media/pictures/seen.png",), ("/media/pictures/", "/media/")),
    "blog:old_address": Addresses(
        ("/old/live.html", "/2024/11/18/live"),
        ("/old/zzhidden-draft/", "/old/zzhidden-scheduled/", "/old/zzhidden-scheduled"),
    ),
}
WITHDRAWN = (
    "/2021/03/05/zzhidden-withdrawn/",
    "/2021/03/05/ZZHIDDEN-withdrawn/",
    "/2020/01/01/zzhidden-withdrawn/",
    "/old/zzhidden-withdrawn/",
    "/old/zzhidden-withdrawn",
)
# Addresses at the desk that are not the admin's own: the test that guards each, by its name.
DESK: Mapping[str, str] = {}
STOCK = re.compile(
    r"admin:(index|login|logout|password_change(_done)?|autocomplete|jsi18n|view_on_site|app_list"
    r"|<path:object_id>/|\w+_(changelist|add|history|delete|change))"
)


@pytest.fixture(autouse=True)
def december() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def live() -> Post:
    """A small public site: two posts with a story, a topic, an author and three sources."""
    make_publication(about="About us.", policies="Our policies.")
    outlet = make_outlet("Capital Ledger", slug="ledger")
    make_source("ledger2024", title="Report on the decision", outlet=outlet)
    make_source("lonely", title="A speech")
    filed: dict[str, Any] = {
        "story": make_story("Missiles"),
        "topics": [make_topic("Energy")],
        "authors": [make_author("Writer", bio="Writes.")],
    }
    older = make_post(
        "Older",
        published=datetime(2024, 11, 17, 12, 0, tzinfo=UTC),
        body="It began [@ledger2024].",
        slug="once",
        **filed,
    )
    older.slug = "older"
    older.save()
    mentions = " ".join(f"[[zzhidden-{state}|A plan]]." for state in HIDDEN_STATES)
    live = make_post(
        "Live",
        body=f"[[corrects::older|Before]], it was said [@ledger2024; @lonely]. {mentions}",
        **filed,
    )
    OldAddress.objects.create(path="/old/live.html", post=live)
    OldAddress.objects.create(path="/?p=1", post=live)
    default_storage.save("pictures/seen.png", ContentFile(b"\x89PNG"))
    return live


def hide(live: Post) -> None:
    """Posts that nobody may see: on their own, and among what readers do see."""
    for state in HIDDEN_STATES:
        _hide_alone(state)
        _hide_among(state, live)
        _hide_mentioned(state)


def _hide_alone(state: State) -> None:
    """With a story, a topic, an author, a month, an outlet and sources that no other post has."""
    name = f"{TOKEN}-{state}"
    outlet = make_outlet(name, slug=name)
    make_source(name, title=name, outlet=outlet)
    post = _make(
        state,
        f"{name}",
        body=f"{name} says so [@{name}], [and {name}](https://{name}.example.org/page).",
        story=make_story(name),
        topics=[make_topic(name)],
        authors=[make_author(name, bio=name)],
    )
    OldAddress.objects.create(path=f"/old/{name}/", post=post)


def _hide_among(state: State, live: Post) -> None:
    """Filed where the live post is, referring to it, citing what it cites."""
    _make(
        state,
        f"{TOKEN}-among-{state}",
        body="[[updates::live|Words]] and [[older|more words]] of it [@ledger2024; @lonely].",
        story=live.story,
        topics=list(live.topics.all()),
        authors=list(live.authors.all()),
    )


def _hide_mentioned(state: State) -> None:
    """On the same day as the live post."""
    if state is not State.WITHDRAWN:
        return
    make_post(
        f"{TOKEN} same day",
        published=datetime(2024, 11, 18, 13, 0, tzinfo=UTC),
        withdrawn=True,
        slug=f"{TOKEN}-same-day",
        standfirst=TOKEN,
    )


def _make(state: State, name: str, **fields: Any) -> Post:
    return make_post(
        name,
        slug=name,
        standfirst=f"{name} standfirst",
        published=MOMENTS[state],
        withdrawn=state is State.WITHDRAWN,
        withdrawal_notice="We were wrong." if state is State.WITHDRAWN else "",
        **fields,
    )


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
    assert all(status in (200, 301) for status, _, _ in before.values()), before

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
        for path in ("/", "/stories/", "/topics/", "/authors/", "/sources/"):
            assert f"{TOKEN}-scheduled" in answer(Client(), path)[2], path
        assert answer(Client(), "/outlets/zzhidden-scheduled/")[0] == 200


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

    assert unguarded(names) == set(), "Add their addresses to PUBLIC, or their test to DESK."
    assert {*PUBLIC, *DESK} <= names, "These patterns are gone."


def test_a_new_pattern_without_a_leak_test_would_be_found() -> None:
    assert unguarded({"blog:front", "blog:claim", "admin:blog_post_preview"}) == {
        "blog:claim",
        "admin:blog_post_preview",
    }
