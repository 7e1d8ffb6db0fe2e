"""The cache answers as the site would, as long as nothing has changed, and not a moment longer."""

import gzip
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from random import Random

import brotli  # type: ignore[import-untyped]
import pytest
import time_machine

from publication.pages.hosts import MOST_OTHERS, Hosts
from publication.pages.lifetimes import Lifetimes
from tests.publication.pages.fakes import FakeSite, FakeWatcher, ask, cache_around

NOW = datetime(2024, 11, 18, 12, 0, tzinfo=UTC)


def test_a_page_is_made_once() -> None:
    site = FakeSite()
    cache = cache_around(site)
    assert ask(cache).body == ask(cache).body == site.text.encode()
    assert site.asked == 1


def test_a_page_is_made_anew_when_something_has_changed() -> None:
    site, watcher = FakeSite(), FakeWatcher()
    cache = cache_around(site, watcher)
    ask(cache)
    site.text, watcher.number = "Something else.", 2
    assert ask(cache).body == b"Something else."


def test_what_was_made_while_somebody_saved_is_not_kept() -> None:
    watcher = FakeWatcher()
    site = FakeSite(meanwhile=lambda: setattr(watcher, "number", 2))
    cache = cache_around(site, watcher)
    ask(cache)
    site.text = "After."
    assert ask(cache).body == b"After."


def test_what_an_old_key_kept_does_not_come_back_with_a_slow_reader() -> None:
    site, watcher = FakeSite(text="Old."), FakeWatcher()
    cache = cache_around(site, watcher)
    ask(cache)
    site.text, watcher.number = "New.", 2
    ask(cache)
    watcher.number = 3
    site.text = "Newest."
    assert ask(cache).body == b"Newest."


def test_without_the_database_nothing_that_is_kept_is_trusted() -> None:
    site, watcher = FakeSite(), FakeWatcher()
    cache = cache_around(site, watcher)
    ask(cache)
    watcher.is_away = True
    ask(cache)
    assert site.asked == 2


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "sessionid=1"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"REQUEST_METHOD": "POST"},
        {"query": "q=missiles"},
        {"query": "page=2&utm=x"},
        {"query": "page=%32"},
        {"query": "page=2&page=3"},
        {"query": "page=12345"},
        {"query": "page=two"},
        {"query": "on=2024"},
        {"query": "page=2&"},
        {"path": "/admin/"},
        {"path": "/search/"},
        {"path": "/media/a.png"},
        {"path": "/api/v1/posts"},
        {"path": "/" + "x" * 3000},
    ],
    ids=str,
)
def test_what_is_for_one_reader_is_passed_on(more: dict[str, str]) -> None:
    site = FakeSite()
    cache = cache_around(site)
    ask(cache, **more)
    assert "ETag" not in ask(cache, **more).headers
    assert site.asked == 2
    assert len(cache.memory) == 0


@pytest.mark.parametrize(
    "site",
    [
        FakeSite(kind=""),
        FakeSite(status="404 Not Found"),
        FakeSite(status="302 Found"),
        FakeSite(status="500 Internal Server Error"),
        FakeSite(headers=[("Set-Cookie", "a=b")]),
        FakeSite(headers=[("Vary", "Accept, Cookie")]),
    ],
    ids=["not for all", "not found", "redirect", "error", "cookie", "differs by cookie"],
)
def test_what_may_not_be_kept_goes_out_as_it_is(site: FakeSite) -> None:
    cache = cache_around(site)
    answer = ask(cache)
    assert (str(answer.status), answer.body) == (site.status[:3], site.text.encode())
    ask(cache)
    assert site.asked == 2


@pytest.mark.parametrize("status", ["301 Moved Permanently", "410 Gone"])
def test_addresses_that_have_moved_and_notices_are_kept(status: str) -> None:
    site = FakeSite(status=status, headers=[("Location", "/there/")])
    cache = cache_around(site)
    assert ask(cache) == ask(cache)
    assert ask(cache).headers["Location"] == "/there/"
    assert site.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/about/"},
        {"query": "page=2"},
        {"HTTP_HOST": "other.example.org"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
    ],
    ids=str,
)
def test_what_is_asked_for_in_another_way_is_another_page(other: dict[str, str]) -> None:
    site = FakeSite()
    cache = cache_around(site)
    ask(cache)
    ask(cache, **other)
    assert site.asked == 2


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("utm_source=letter&utm_medium=email", ""),
        ("fbclid=IwAR0_x-y", ""),
        ("gclid=a&gclsrc=aw.ds", ""),
        ("mc_cid=1&mc_eid=2", ""),
        ("fbclid", ""),
        ("page=2&utm_source=x", "page=2"),
        ("gclid=x&page=2", "page=2"),
    ],
)
def test_what_newsletters_add_to_an_address_chooses_no_page(query: str, page: str) -> None:
    site = FakeSite()
    cache = cache_around(site)
    assert ask(cache, query=query) == ask(cache, query=page)
    assert site.asked == 1
    assert site.queries == [page]


@pytest.mark.parametrize(
    "more", [{"HTTP_COOKIE": "sessionid=1"}, {"query": "q=x&fbclid=y", "path": "/x/"}], ids=str
)
def test_the_site_sees_nothing_of_it_whoever_asks(more: dict[str, str]) -> None:
    site = FakeSite()
    ask(cache_around(site), **{"query": "q=x&fbclid=y", **more})
    assert site.queries == ["q=x"]


def test_at_the_desk_every_parameter_is_kept() -> None:
    site = FakeSite()
    ask(cache_around(site), "/admin/", query="utm_source=x")
    assert site.queries == ["utm_source=x"]


@pytest.mark.parametrize("accept", ["", "*/*", "text/html", "text/html,application/xml;q=0.9"])
def test_browsers_share_one_page_whatever_else_they_take(accept: str) -> None:
    site = FakeSite()
    cache = cache_around(site)
    ask(cache)
    ask(cache, HTTP_ACCEPT=accept)
    assert site.asked == 1


def test_another_format_is_another_page() -> None:
    page, data = FakeSite(), FakeSite(content_type="application/json")
    cache = cache_around(page)
    ask(cache)
    cache.application = data
    for _ in range(2):
        told = ask(cache, HTTP_ACCEPT="application/json").headers["Content-Type"]
        assert told == "application/json"
    assert data.asked == 1


@pytest.mark.parametrize("accept", ["application/json", "text/plain,x1", "text/plain;q=0.3", "x"])
def test_what_is_no_format_of_ours_is_not_kept_under_its_name(accept: str) -> None:
    """There would be no end of them."""
    cache = cache_around(FakeSite())
    assert ask(cache, HTTP_ACCEPT=accept).status == 200
    assert len(cache.memory) == 0


@pytest.mark.parametrize("said", ["https", "https, http", " https"])
def test_of_what_several_proxies_say_the_first_counts(said: str) -> None:
    site = FakeSite()
    cache = cache_around(site)
    ask(cache)
    ask(cache, HTTP_X_FORWARDED_PROTO=said)
    assert site.asked == 1


@pytest.mark.parametrize("said", ["http", "https1", "../../etc", "http, https"])
def test_all_that_is_not_https_is_one(said: str) -> None:
    site = FakeSite()
    cache = cache_around(site)
    ask(cache, HTTP_X_FORWARDED_PROTO="http")
    ask(cache, HTTP_X_FORWARDED_PROTO=said)
    assert site.asked == 1


def test_a_page_is_made_without_what_its_reader_says_of_content() -> None:
    """In a charset of EBCDIC, `page=2` means nothing, and page 1 would be kept as page 2."""
    site = FakeSite()
    ask(cache_around(site), query="page=2", CONTENT_TYPE="text/plain; charset=cp037")
    assert site.content_types_asked == [""]


def test_pages_are_kept_under_the_names_of_the_site_and_few_others() -> None:
    """A reader may ask under any port, and in capitals."""
    cache = cache_around(FakeSite(), hosts=Hosts(["margin.example.org"]))
    for port in range(1000):
        assert ask(cache, HTTP_HOST=f"margin.example.org:{port}").status == 200
    assert len(cache.memory) == MOST_OTHERS
    ask(cache)
    assert len(cache.memory) == MOST_OTHERS + 1


def test_a_name_that_the_site_refuses_takes_no_room() -> None:
    site = FakeSite(status="400 Bad Request")
    hosts = Hosts()
    for port in range(MOST_OTHERS):
        ask(cache_around(site, hosts=hosts), HTTP_HOST=f"other.example.org:{port}")
    cache = cache_around(FakeSite(), hosts=hosts)
    ask(cache)
    assert len(cache.memory) == 1


def test_head_has_the_headers_of_get_and_no_body() -> None:
    cache = cache_around(FakeSite())
    head, get = ask(cache, REQUEST_METHOD="HEAD"), ask(cache)
    assert head.body == b""
    assert head.headers == get.headers


def test_head_of_what_is_not_kept_has_no_body() -> None:
    assert ask(cache_around(FakeSite(kind="")), REQUEST_METHOD="HEAD").body == b""


# --- Codings, and what a reader has already -------------------------------------------


@pytest.mark.parametrize(
    ("taken", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.000", ""),
        ("GZIP", "gzip"),
        ("identity", ""),
    ],
)
def test_the_best_coding_that_is_taken(taken: str, coding: str) -> None:
    site = FakeSite()
    answer = ask(cache_around(site), HTTP_ACCEPT_ENCODING=taken)
    assert answer.headers.get("Content-Encoding", "") == coding
    decode = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert decode(answer.body) == site.text.encode()
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_who_has_the_page_is_told_so() -> None:
    cache = cache_around(FakeSite())
    tag = ask(cache).headers["ETag"]
    answer = ask(cache, HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert "Content-Length" not in answer.headers


def test_each_coding_has_a_tag_of_its_own() -> None:
    cache = cache_around(FakeSite())
    tags = {ask(cache, HTTP_ACCEPT_ENCODING=each).headers["ETag"] for each in ("", "br", "gzip")}
    assert len(tags) == 3


def test_a_change_elsewhere_leaves_tag_and_date_as_they_were() -> None:
    watcher = FakeWatcher()
    cache = cache_around(FakeSite(), watcher)
    with time_machine.travel(NOW, tick=False) as clock:
        ask(cache)
        clock.shift(timedelta(hours=1))
        before = ask(cache).headers
        watcher.number = 2
        assert ask(cache).headers == before
        assert before["Last-Modified"] == "Mon, 18 Nov 2024 12:00:00 GMT"


def test_a_date_is_told_only_when_no_other_page_can_have_it() -> None:
    """Two changes within a second would have the same."""
    cache = cache_around(FakeSite())
    with time_machine.travel(NOW, tick=False) as clock:
        assert "Last-Modified" not in ask(cache).headers
        clock.shift(timedelta(seconds=2))
        date = ask(cache).headers["Last-Modified"]
        assert ask(cache, HTTP_IF_MODIFIED_SINCE=date).status == 304
        later = "Mon, 18 Nov 2024 13:00:00 GMT"
        assert ask(cache, HTTP_IF_MODIFIED_SINCE=later).status == 200


# --- How long others may keep it ------------------------------------------------------


def test_browsers_ask_each_time() -> None:
    assert ask(cache_around(FakeSite())).headers["Cache-Control"] == "public, no-cache"


def test_a_site_may_let_a_cdn_keep_pages_for_a_while() -> None:
    lifetimes = Lifetimes(shared=60, stale=30, tags_in="Cache-Tag")
    headers = ask(cache_around(FakeSite(), lifetimes=lifetimes)).headers
    assert headers["Cache-Control"] == (
        "public, max-age=0, must-revalidate, s-maxage=60, stale-while-revalidate=30"
    )
    assert headers["Cache-Tag"] == "passim,passim-post"


# --- Memory ---------------------------------------------------------------------------


def test_memory_has_an_end_and_what_was_used_last_stays() -> None:
    # What no coding makes much smaller.
    site = FakeSite(text=b64encode(Random(1).randbytes(6750)).decode())
    cache = cache_around(site, most=30_000)
    ask(cache, "/a/")
    ask(cache, "/b/")
    ask(cache, "/a/")
    ask(cache, "/c/")
    assert cache.memory.size <= 30_000
    site.asked = 0
    ask(cache, "/a/")
    assert site.asked == 0
    ask(cache, "/b/")
    assert site.asked == 1


def test_who_takes_no_coding_gets_the_page_as_it_is_though_it_is_kept_coded() -> None:
    site = FakeSite(text="A page as long as most. " * 300)
    cache = cache_around(site)
    ask(cache, HTTP_ACCEPT_ENCODING="br")
    for _ in range(2):
        plain = ask(cache)
        assert plain.body.decode() == site.text
        assert "Content-Encoding" not in plain.headers
        assert plain.headers["Content-Length"] == str(len(site.text))
    assert site.asked == 1
    assert cache.memory.size < len(site.text)


@pytest.mark.parametrize("text", ["Short.", ""])
@pytest.mark.parametrize("coding", ["gzip", "br", ""])
def test_what_no_coding_makes_smaller_is_kept_as_it_is(text: str, coding: str) -> None:
    cache = cache_around(FakeSite(text=text, status="301 Moved Permanently"))
    for _ in range(2):
        answer = ask(cache, HTTP_ACCEPT_ENCODING=coding)
        assert (answer.body.decode(), answer.headers["Content-Length"]) == (text, str(len(text)))
        assert "Content-Encoding" not in answer.headers
