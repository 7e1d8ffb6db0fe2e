"""What one process has made, another finds; a server that is away costs time and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publication.pages import shared as shared_module
from publication.pages.shared import SharedPages
from tests.publication.pages.fakes import FakeSite, FakeWatcher, ask, cache_around
from tests.publication.pages.shared_server import server

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with server(tmp_path) as its_url:
        yield its_url


def test_another_process_finds_the_page(url: str) -> None:
    first, second = FakeSite(), FakeSite()
    made = ask(cache_around(first, shared=SharedPages(url, "r")), HTTP_ACCEPT_ENCODING="br")
    found = ask(cache_around(second, shared=SharedPages(url, "r")), HTTP_ACCEPT_ENCODING="br")
    assert found == made
    assert second.asked == 0


def test_not_after_a_change(url: str) -> None:
    watcher, site = FakeWatcher(), FakeSite()
    ask(cache_around(FakeSite(), watcher, shared=SharedPages(url, "r")))
    watcher.number = 2
    site.text = "New."
    assert ask(cache_around(site, watcher, shared=SharedPages(url, "r"))).body == b"New."


@pytest.mark.parametrize(
    "other", [{"path": "/b/"}, {"HTTP_HOST": "x.org"}, {"query": "page=2"}], ids=str
)
def test_nor_for_another_address(url: str, other: dict[str, str]) -> None:
    site = FakeSite()
    ask(cache_around(FakeSite(), shared=SharedPages(url, "r")))
    ask(cache_around(site, shared=SharedPages(url, "r")), **other)
    assert site.asked == 1


def test_nor_of_other_code_or_another_site(url: str) -> None:
    site = FakeSite()
    ask(cache_around(FakeSite(), shared=SharedPages(url, "before")))
    ask(cache_around(site, shared=SharedPages(url, "after")))
    assert site.asked == 1


def test_a_server_that_is_away_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_module, "PATIENCE", 0.05)
    site = FakeSite()
    cache = cache_around(site, shared=SharedPages(NOBODY, "r"))
    assert ask(cache).body == ask(cache).body == site.text.encode()


def test_and_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = SharedPages(NOBODY, "r")
    asked: list[str] = []

    def hgetall(name: str) -> dict[bytes, bytes]:
        asked.append(name)
        return {}

    monkeypatch.setattr(shared._server, "hgetall", hgetall)
    ask(cache_around(FakeSite(), shared=shared))
    assert len(asked) == 1
    # It was written to meanwhile, which failed.
    ask(cache_around(FakeSite(), shared=shared))
    assert len(asked) == 1


def test_what_is_written_has_an_end(url: str) -> None:
    shared = SharedPages(url, "r")
    ask(cache_around(FakeSite(), shared=shared))
    [name] = shared._server.keys()
    assert 0 < shared._server.ttl(name) <= 86_400


def test_former_addresses_are_not_shared(url: str) -> None:
    """Any day leads to a post's own: there are more than a server should hold."""
    shared = SharedPages(url, "r")
    ask(cache_around(FakeSite(status="301 Moved Permanently"), shared=shared))
    assert shared._server.keys() == []
