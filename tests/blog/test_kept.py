"""What is kept of the site: a decision for every address, and the same bytes as without."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.test import Client

from blog import context, urls
from blog.kept import KEPT, READS
from publication.generation.keys import Watcher
from publication.pages.cache import Application, PageCache
from publication.pages.memory import Memory
from tests.factories import make_draft, make_post, make_posts_in_bulk, make_user
from tests.publication.pages.fakes import ask

pytestmark = pytest.mark.django_db(transaction=True)
# Made of what is asked, with lifetimes of their own, or another by the minute.
NOT_KEPT = {
    "search",
    "media",
    "old_address",
    "post_picture",
    "site_picture",
    "favicon",
    "news_sitemap",
}


def test_every_address_is_kept_or_not_on_purpose() -> None:
    names = {str(pattern.name) for pattern in urls.urlpatterns}
    ours = {name for name in names if name != "api" and not name.startswith("api_")}
    assert ours == KEPT | NOT_KEPT
    assert not KEPT & NOT_KEPT
    assert READS.keys() <= KEPT


@pytest.fixture
def cache() -> Iterator[PageCache]:
    watcher = Watcher()
    yield PageCache(WSGIHandler(), watcher=watcher, memory=Memory(10_000_000))
    watcher.close()


def localhost(site: Application, path: str, **more: str) -> str:
    return ask(site, path, HTTP_HOST="localhost", **more).body.decode()


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/archive/", "/stories/", "/claims/", "/sources/", "/feed.atom"]
)
def test_a_page_that_is_kept_is_the_page(cache: PageCache, path: str) -> None:
    make_post("Live", body="Words, and [more](https://elsewhere.example.org/a).")
    without = localhost(WSGIHandler(), path)
    assert localhost(cache, path) == localhost(cache, path) == without
    assert len(cache.memory) == 1


def test_a_save_is_seen_by_the_next_reader(cache: PageCache) -> None:
    post = make_post("Before")
    assert "Before" in localhost(cache, "/")
    post.headline = "Afterwards"
    post.save()
    assert "Afterwards" in localhost(cache, "/")


def test_a_post_is_kept_in_each_format_apart(cache: PageCache) -> None:
    path = make_post("Live", body="Words.").get_absolute_url()
    kinds = {
        ask(cache, path, HTTP_HOST="localhost", HTTP_ACCEPT=accept).headers["Content-Type"]
        for accept in ("text/html", "text/markdown", "application/json")
        for _ in range(2)
    }
    assert len(kinds) == len(cache.memory) == 3


@pytest.mark.parametrize(
    ("path", "query"), [("/", "page=2"), ("/sources/", "sort=name"), ("/claims/", "by=moved")]
)
def test_what_a_page_reads_of_a_query_is_kept(cache: PageCache, path: str, query: str) -> None:
    make_posts_in_bulk(25)
    ask(cache, path, query, HTTP_HOST="localhost")
    assert len(cache.memory) == 1


@pytest.mark.parametrize("query", ["page=2", "on=2024-11-18", "sort=name", "by=moved"])
def test_what_it_does_not_read_is_not(cache: PageCache, query: str) -> None:
    path = make_post("Live").get_absolute_url()
    for each in (path, "/about/", "/feed.atom"):
        assert ask(cache, each, query, HTTP_HOST="localhost").status == 200
    assert len(cache.memory) == 0


def test_no_reader_can_make_the_page_of_another(cache: PageCache) -> None:
    """By a charset in which the query means nothing."""
    make_posts_in_bulk(25)
    second = ask(WSGIHandler(), "/", "page=2", HTTP_HOST="localhost").body
    odd = {"HTTP_HOST": "localhost", "CONTENT_TYPE": "text/plain; charset=cp037"}
    assert ask(cache, "/", "page=2", **odd).body == second
    assert ask(cache, "/", "page=2", HTTP_HOST="localhost").body == second


def test_a_page_that_lacks_a_part_is_not_kept(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was away for a moment, just when it was asked whether there are claims."""

    def away() -> bool:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(context, "has_claims", away)
        assert "<h1" in localhost(cache, "/about/")
    assert len(cache.memory) == 0


def test_nothing_of_the_desk_is_kept(cache: PageCache, client: Client) -> None:
    draft = make_draft("Secret")
    client.force_login(make_user("editor"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    page = f"/admin/blog/post/{draft.pk}/change/"
    assert "Secret" in localhost(cache, page, HTTP_COOKIE=cookie)
    assert "Secret" not in localhost(cache, page)
    assert len(cache.memory) == 0


def test_pages_for_who_has_a_cookie_are_neither_kept_nor_taken(cache: PageCache) -> None:
    make_post("Live")
    localhost(cache, "/", HTTP_COOKIE="sessionid=x")
    assert len(cache.memory) == 0


def test_addresses_without_a_page_are_not_kept(cache: PageCache) -> None:
    for path in ("/nowhere/", "/2024/11/18/nothing/", "/stories/none/", "/search/?q=x"):
        localhost(cache, path)
    assert len(cache.memory) == 0
