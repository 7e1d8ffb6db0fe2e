"""Readers of every kind, for as long as told: pages, feeds, searches, what is not there."""

import http.client
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

from django.db import connections
from django.urls import reverse

from blog.models import Author, Citation, Post, Story, Topic, Word, public_claims
from sources.wordlists import words

READERS = 8
SECONDS_BETWEEN_SAVES = 5.0
OF_EACH = 500
HEADERS: Sequence[dict[str, str]] = (
    {"Accept-Encoding": "gzip, deflate, br"},
    {"Accept-Encoding": "gzip"},
    {},
    {"Cookie": "sessionid=unknown"},
    {"If-Modified-Since": "Mon, 18 Nov 2024 12:00:00 GMT"},
    {"Accept": "application/json"},
)
QUERIES = ("", "", "", "?utm_source=letter", "?page=2", "?fbclid=x", "?other=1")
FIXED = sorted(
    words(
        "/ /feed.atom /feed.json /archive/ /stories/ /topics/ /authors/ /sources/ /claims/ /map/ "
        "/corrections/ /about/ /search/ /sitemap.xml /robots.txt /claims/feed.atom /api/v1/posts/ "
        "/not/there/ /2024/11/18/not-there/"
    )
)


def addresses() -> list[list[str]]:
    """By kind; each kind is asked for as often as another, but for posts."""
    posts = list(Post.objects.published().order_by("?")[:OF_EACH])
    pages = [post.get_absolute_url() for post in posts]
    days = [page.rsplit("/", 2)[0] + "/" for page in pages]
    filed = [one for model in (Story, Topic, Author) for one in model.objects.all()[:OF_EACH]]
    found = Word.objects.order_by("?").values_list("word", flat=True)[:OF_EACH]
    cited = Citation.objects.public().filter(source__isnull=False).order_by("?")
    sources = [one.source for one in cited.select_related("source__outlet")[:OF_EACH] if one.source]
    return [
        *[pages] * 6,
        [page.rstrip("/") + ".md" for page in pages],
        [page + "path/" for page in pages],
        days,
        [day.rsplit("/", 2)[0] + "/" for day in days],
        [one.get_absolute_url() for one in filed],
        [reverse("blog:source", args=[one.citekey]) for one in sources],
        [reverse("blog:outlet", args=[one.outlet.slug]) for one in sources if one.outlet],
        [reverse("blog:claim", args=[one.slug]) for one in public_claims()[:OF_EACH]],
        [f"/search/?q={quote(word)}" for word in found],
        FIXED,
    ]


@dataclass
class Load:
    """Eight readers and an author, at once."""

    port: int
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    _done: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def on(self) -> Iterator[None]:
        kinds = [kind for kind in addresses() if kind]
        threads = [
            threading.Thread(target=self._read, args=[kinds, random.Random(seed)])
            for seed in range(READERS)
        ]
        threads.append(threading.Thread(target=self._write))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._done.set()
            for thread in threads:
                thread.join()

    def _read(self, kinds: Sequence[Sequence[str]], chance: random.Random) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self._done.is_set():
            address = chance.choice(chance.choice(kinds))
            if "?" not in address:
                address += chance.choice(QUERIES)
            try:
                line.request("GET", address, headers=chance.choice(HEADERS))
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as fault:
                self.faults.append(f"{address}: {fault!r}")
                line.close()
                continue
            self.asked += 1
            if answer.status >= 500:
                self.faults.append(f"{address}: {answer.status}")

    def _write(self) -> None:
        post = Post.objects.published().newest_first()[0]
        while not self._done.wait(SECONDS_BETWEEN_SAVES):
            post.standfirst = f"Saved at {time.time():.0f}."
            post.save()
        connections.close_all()
