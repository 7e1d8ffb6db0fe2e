"""Django's cache in Redis: other code finds nothing of ours, and without the server all goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from publication import shared_cache
from publication.away import Patience
from publication.shared_cache import SharedCache
from tests.factories import make_post
from tests.publication.pages.shared_server import server

NOBODY = "redis://127.0.0.1:1/0"


def cache_at(url: str) -> dict[str, Any]:
    return {"default": {"BACKEND": "publication.shared_cache.SharedCache", "LOCATION": url}}


@pytest.fixture(autouse=True)
def fresh_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SharedCache, "patience", Patience())


@pytest.fixture
def url(tmp_path: Path, settings: Settings) -> Iterator[str]:
    with server(tmp_path) as its_url:
        settings.CACHES = cache_at(its_url)
        yield its_url


def test_it_keeps_what_it_is_given(url: str) -> None:
    cache.set("a", {"b": [1, "два"]})
    assert cache.get("a") == {"b": [1, "два"]}
    assert cache.delete("a")
    assert cache.get("a", "gone") == "gone"


def test_other_code_finds_nothing_of_it(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("a", "before")
    monkeypatch.setattr(shared_cache, "release", lambda: "another")
    assert cache.get("a") is None


@pytest.mark.django_db(transaction=True)
def test_without_the_server_readers_are_answered(settings: Settings) -> None:
    post = make_post("Standing", body="Words.")
    settings.CACHES = cache_at(NOBODY)
    for path in ("/", "/map/", post.get_absolute_url()):
        assert Client().get(path).status_code == 200, path


def test_and_it_is_left_alone_for_a_while(settings: Settings) -> None:
    settings.CACHES = cache_at(NOBODY)
    times = 0

    def away() -> None:
        nonlocal times
        times += 1
        raise redis.ConnectionError

    for _ in range(5):
        SharedCache.patience.tried(away, None)
    assert times == 1
    assert cache.get("a", "instead") == "instead"
