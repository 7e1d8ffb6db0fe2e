"""Readers and authors at the same time, while a process is killed: nobody meets an error."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections

from blog.models import Post
from tests.conftest import Tells
from tests.factories import make_post, make_posts_in_bulk, make_publication, make_story
from tests.publication.served import Served, Visitors, serving, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

AUTHORS = 2
READERS = 4
SECONDS = 8.0


class Authors:
    """Who save posts over and over, each their own, until told to stop."""

    def __init__(self, posts: list[Post]) -> None:
        self.saves = 0
        self.faults: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._noting, args=[self._write, post]) for post in posts
        ]

    def __enter__(self) -> "Authors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _noting(self, work: Callable[[Post], None], post: Post) -> None:
        try:
            work(post)
        except Exception as error:  # noqa: BLE001 (the test tells it)
            self.faults.append(error)
        finally:
            connections.close_all()

    def _write(self, post: Post) -> None:
        while not self._stop.is_set():
            post.body += (
                f"\n\nIt goes on [[pillar|here]], [there](https://example.org/{self.saves})."
            )
            post.save()
            self.saves += 1
            time.sleep(0.05)


def kill_one(served: Served) -> None:
    """As the system does when it runs out of memory."""
    os.kill(served.workers()[0], signal.SIGKILL)


def test_readers_and_authors_meet_no_error_while_a_process_is_killed(
    tmp_path: Path, tells: Tells
) -> None:
    make_publication()
    story = make_story("Missiles")
    pillar = make_post("Pillar", body="It began.", slug="pillar", story=story)
    make_posts_in_bulk(100, story=story)
    mine = [make_post(f"Mine {n}", body="It began [[pillar|here]].") for n in range(AUTHORS)]
    pages = ["/", pillar.get_absolute_url(), "/archive/", story.get_absolute_url(), "/sources/"]

    with serving(tmp_path) as served:
        with Authors(mine) as authors, Visitors(served, pages, READERS, tries=2) as readers:
            time.sleep(SECONDS / 2)
            kill_one(served)
            time.sleep(SECONDS / 2)
            wait_for(lambda: len(served.workers()) == 2)
        seen = served.get(mine[0].get_absolute_url())[2].decode()

    tells(
        f"{len(readers.times):,} pages read, {authors.saves} posts saved on {connection.vendor}; "
        f"of the pages 99 in 100 within {readers.slowest(0.01) * 1000:.0f} ms (p99)"
    )
    assert authors.faults == []
    assert readers.faults == []
    assert authors.saves > AUTHORS
    assert Post.objects.get(pk=mine[0].pk).body == mine[0].body
    assert seen.count("It goes on") == mine[0].body.count("It goes on")
