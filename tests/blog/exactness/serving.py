"""One process of the site: what it keeps, what it would say if it kept nothing, and its desk."""

import gzip
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import brotli  # type: ignore[import-untyped]
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from publication.generation.keys import Key, Watcher
from publication.pages.asking import Address
from publication.pages.cache import Application, Environ, PageCache, Start
from publication.pages.folder import CODINGS, CURRENT, NAMES, PageFolder
from publication.pages.following import look
from publication.pages.kept import OURS, Page
from publication.pages.memory import Memory
from publication.pages.shared import SharedPages
from tests.blog.exactness.edits import EDITS
from tests.blog.exactness.pages import touched
from tests.publication.pages.fakes import Response, ask

HOST = "localhost"
RELEASE = "0123456789abcdef"
NO_CACHE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
DECODED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}
# Told anew of what is kept, and of the way that the bytes took.
NOT_COMPARED = OURS | {"vary"}
MEMORY = 50_000_000


class Said(NamedTuple):
    """What a reader gets: the bytes as their digest."""

    status: int
    headers: str
    body: str


@dataclass(frozen=True)
class Flavour:
    """What the processes of a site have between them."""

    url: str = ""
    """Of the server where both find what either has made."""
    root: str = ""
    """Of the folder with pages as files."""
    keeps_texts: bool = True
    """Whether texts are kept, too, once they are rendered. Where they are not, the site keeps
    nothing at all by itself, and what it says while a page is made need not be asked for again."""


class Counted:
    """The pages that another process has made, and how many of them were found."""

    def __init__(self, url: str) -> None:
        self.pages = SharedPages(url, RELEASE)
        self.found = 0

    def get(self, key: Key, address: Address) -> Page | None:
        page = self.pages.get(key, address)
        self.found += page is not None
        return page

    def put(self, key: Key, address: Address, page: Page) -> None:
        self.pages.put(key, address, page)


class Process:
    def __init__(self, flavour: Flavour) -> None:
        self.site: Application = WSGIHandler()
        self.keeps_texts = flavour.keeps_texts
        self.watcher = Watcher()
        self.shared = Counted(flavour.url) if flavour.url else None
        self.folder = PageFolder(Path(flavour.root), RELEASE) if flavour.root else None
        self.cache = PageCache(
            self._application,
            watcher=self.watcher,
            memory=Memory(MEMORY),
            shared=self.shared,
            folder=self.folder,
        )
        self.made = self.asked = 0
        self.asking = ""
        self.just_made: dict[str, Said] = {}
        self.to_do: tuple[str, int] = ("", 0)
        self.about: list[str] | None = None

    def close(self) -> None:
        self.watcher.close()

    # --- What is asked of a process, its own or the other -------------------------------

    def edit(self, name: str, seed: int) -> list[str] | None:
        """The pages that it touches; None where there was nothing to do. As the desk does it."""
        self.to_do = name, seed
        ask(self.cache, "/edit/", REQUEST_METHOD="POST", HTTP_HOST=HOST)
        return self.about

    def kept(self, paths: list[str], coding: str) -> list[Said]:
        self.asked += len(paths)
        self.just_made.clear()
        with nullcontext() if self.keeps_texts else self.keeping_nothing():
            return [self._kept(path, coding) for path in paths]

    def true(self, paths: list[str]) -> list[Said]:
        """What the site says that keeps nothing, not even the texts that it has rendered."""
        with self.keeping_nothing():
            return [self.just_made.get(path) or _said(answer(self.site, path)) for path in paths]

    def look(self) -> None:
        """What the timer of a process does."""
        if self.folder:
            look(self.folder, self.watcher)

    def due(self) -> datetime:
        return self.watcher.known().until

    def counts(self) -> dict[str, int]:
        """Whence the answers came."""
        shared = self.shared.found if self.shared else 0
        counted = Counter(made=self.made, shared=shared, memory=self.asked - self.made - shared)
        return dict(counted)

    def _application(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/edit/":
            name, seed = self.to_do
            row = EDITS[name](Random(seed), User.objects.get(username="editor"))
            self.about = touched(row) if row else None
            start_response("204 No Content", [])
            return []
        self.made += 1
        return self._made(environ, start_response)

    def _made(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        said: list[Any] = []

        def start(*args: Any) -> None:
            said.extend(args)
            start_response(*args)

        its = self.site(environ, start)
        body = b"".join(its)
        its.close()  # type: ignore[attr-defined]
        if not self.keeps_texts:
            self.just_made[self.asking] = _said(Response(int(said[0][:3]), _lower(said[1]), body))
        return [body]

    def _kept(self, path: str, coding: str) -> Said:
        self.asking = path
        return _said(answer(self.cache, path, coding))

    @contextmanager
    def keeping_nothing(self) -> Iterator[None]:
        with override_settings(CACHES=NO_CACHE):
            yield


def answer(site: Any, asked: str, coding: str = "") -> Response:
    """To a path, with a query, and behind a space the format wanted. Its body is decoded."""
    address, _, wanted = asked.partition(" ")
    path, _, query = address.partition("?")
    more = {"HTTP_HOST": HOST, "HTTP_ACCEPT": wanted, "HTTP_ACCEPT_ENCODING": coding}
    found = ask(site, path, query, **more)
    headers = _lower(found.headers.items())
    body = DECODED[headers.get("content-encoding", "")](found.body)
    return Response(found.status, headers, body)


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def _said(found: Response) -> Said:
    told = (
        f"{name}: {_in_order(name, value)}"
        for name, value in sorted(found.headers.items())
        if name not in NOT_COMPARED
    )
    return Said(found.status, "\n".join(told), _digest(found.body))


def _in_order(name: str, value: str) -> str:
    """Django writes a policy in no order."""
    if name != "content-security-policy":
        return value
    return "; ".join(sorted(part.strip() for part in value.split(";")))


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def on_disk(root: str, asked: str) -> set[str]:
    """The digests of what a server in front finds for it in each coding, read as it reads it."""
    if not root or "?" in asked or " " in asked:
        return set()
    ending = "/" if asked.endswith("/") else Path(asked).suffix
    path = f"{asked.rstrip('/')}/{NAMES.get(ending, '')}"
    found = set()
    for coding, folder in CODINGS.items():
        try:
            file = Path(root, CURRENT, folder, "https", HOST, path.removeprefix("/"))
            found.add(_digest(DECODED[coding](file.read_bytes())))
        except OSError:
            continue
    return found


@contextmanager
def hushed() -> Iterator[None]:
    """Pages that are not there are asked for on purpose."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
