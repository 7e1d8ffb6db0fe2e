"""A site of one page and a clockwork of keys, to try the cache without either."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from publication.generation.keys import Key, Watcher
from publication.pages.cache import Environ, PageCache, Start
from publication.pages.kept import KIND
from publication.pages.memory import Memory

MIDNIGHT = datetime(2024, 11, 18, tzinfo=UTC)
# As long as that of real code.
RELEASE = "0123456789abcdef"


class FakeWatcher(Watcher):
    number = 1
    is_away = False

    def key(self) -> Key:
        if self.is_away:
            raise OSError("The database is away.")
        return Key(self.number, MIDNIGHT)


@dataclass
class FakeSite:
    """Says how often it was asked; `meanwhile` happens while it makes a page."""

    text: str = "A page of words, and of words again, and again of words. " * 40
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=list)
    kind: str = "post"
    meanwhile: Callable[[], None] = lambda: None
    asked: int = 0
    queries: list[str] = field(default_factory=list)
    content_type: str = "text/html; charset=utf-8"
    content_types_asked: list[str] = field(default_factory=list)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        self.asked += 1
        self.queries.append(environ["QUERY_STRING"])
        self.content_types_asked.append(environ.get("CONTENT_TYPE", ""))
        text = self.text
        self.meanwhile()
        if self.kind:
            environ[KIND] = self.kind
        start_response(self.status, [("Content-Type", self.content_type), *self.headers])
        return [text.encode()]


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: Any, path: str = "/", query: str = "", **more: str) -> Response:
    """What an application answers. Headers are given as WSGI names them."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "margin.example.org",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "443",
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(),
        **more,
    }
    said: list[Any] = []
    its_body = application(environ, lambda *args: said.extend(args))
    body = b"".join(its_body)
    if hasattr(its_body, "close"):
        its_body.close()
    status, headers = said[:2]
    return Response(int(status[:3]), dict(headers), body)


def cache_around(
    site: Any, watcher: Watcher | None = None, most: int = 1_000_000, **more: Any
) -> PageCache:
    return PageCache(site, watcher=watcher or FakeWatcher(), memory=Memory(most), **more)
