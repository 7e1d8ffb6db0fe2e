"""Many readers at one moment: right after a save, one makes the page and the others have it too."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from publication.pages.cache import PageCache
from tests.publication.pages.fakes import FakeSite, FakeWatcher, Response, ask, cache_around


def ask_at_once(cache: PageCache, number: int) -> list[Response]:
    """What so many readers are told who ask for one page at one moment."""
    gate = threading.Barrier(number)

    def one(_: int) -> Response:
        gate.wait()
        return ask(cache)

    with ThreadPoolExecutor(number) as readers:
        return list(readers.map(one, range(number)))


def test_of_many_who_ask_for_a_page_after_a_save_one_makes_it() -> None:
    site = FakeSite()
    cache = cache_around(site)
    site.meanwhile = lambda: time.sleep(0.2)
    answers = ask_at_once(cache, 8)
    assert site.asked == 1
    assert {answer.body for answer in answers} == {site.text.encode()}


def test_nobody_waits_for_a_page_that_does_not_come() -> None:
    """Who makes it is stuck: the others make it after a while."""
    site = FakeSite()
    cache = cache_around(site)
    cache.making.patience = 0.05
    done = threading.Event()
    stuck = threading.Lock()

    def meanwhile() -> None:
        if stuck.acquire(blocking=False):
            done.wait()

    site.meanwhile = meanwhile
    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(ask, cache)
        while not stuck.locked():
            time.sleep(0.001)
        assert readers.submit(ask, cache).result().body == site.text.encode()
        done.set()
        assert first.result().body == site.text.encode()


def test_an_answer_for_one_reader_is_given_to_no_other() -> None:
    site = FakeSite(kind="")
    cache = cache_around(site)
    assert {answer.status for answer in ask_at_once(cache, 4)} == {200}
    assert site.asked == 4


def test_a_page_that_fails_leaves_nobody_waiting() -> None:
    def fail() -> None:
        raise RuntimeError

    site = FakeSite(meanwhile=fail)
    cache = cache_around(site)
    with pytest.raises(RuntimeError):
        ask(cache)
    site.meanwhile = lambda: None
    assert ask(cache).status == 200
    assert cache.making._made == {}


def test_many_threads_may_ask_at_once() -> None:
    site, watcher = FakeSite(), FakeWatcher()
    cache = cache_around(site, watcher, most=30_000)
    wrong: list[bytes] = []

    def read() -> None:
        for n in range(200):
            answer = ask(cache, f"/{n % 20}/")
            wrong.extend([answer.body] if answer.body != site.text.encode() else [])

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(50):
        watcher.number += 1
    for thread in threads:
        thread.join()
    assert wrong == []
    assert cache.memory.size == sum(page.size for _, page in cache.memory._pages.values())
