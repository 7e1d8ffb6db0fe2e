"""A page as it is kept: its bytes, coded once, and the headers that go with each coding."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from time import time
from typing import Any
from wsgiref.handlers import format_date_time

import brotli  # type: ignore[import-untyped]

Headers = list[tuple[str, str]]

# Where the site says of what kind a page is, if it is the same for every reader.
KIND = "passim.kind_of_page"
STATUSES = ("200", "301", "410")
# Set anew for what is kept.
OURS = {"content-length", "content-encoding", "etag", "last-modified", "vary", "cache-control"}
# Of these a server may answer one request in two ways; all else must not matter.
VARIES = {"", "accept", "accept-encoding"}
# The moments of HTTP are whole seconds: within one, two pages would have the same.
SECONDS_UNTIL_DATED = 2
BROTLI_QUALITY, GZIP_LEVEL = 6, 6


@dataclass(frozen=True)
class Page:
    """What the site answered, and since when, as far as is known."""

    status: str
    kind: str
    headers: tuple[tuple[str, str], ...]
    """As the site sent them, without those that are made here."""
    bodies: Mapping[str, bytes]
    """By coding. The page as it is ("") is four times as large as gzip's: it is kept only where
    that is no smaller, and made again for the few who take nothing else."""
    length: int
    """Of the page as it is."""
    changed_at: int
    digest: str
    """Of the page as it is, in hexadecimals."""

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 1000

    @property
    def mark(self) -> int:
        """Of the bytes, 31 bits: nginx makes the same ETag of a file's time; the time is this."""
        return int(self.digest[:8], 16) & 0x7FFFFFFF

    def body(self, coding: str) -> bytes:
        found = self.bodies.get(coding, self.bodies.get(""))
        return gzip.decompress(self.bodies["gzip"]) if found is None else found

    def files(self) -> dict[str, bytes]:
        """By coding, the page as it is before all others."""
        return {"": self.body(""), **self.bodies}

    def etag(self, coding: str) -> str:
        length = len(self.bodies[coding]) if coding in self.bodies else self.length
        return f'"{self.mark:x}-{length:x}"'

    def dated(self) -> str:
        """The Last-Modified header; empty while it could still be that of another page."""
        is_dated = time() - self.changed_at >= SECONDS_UNTIL_DATED
        return format_date_time(self.changed_at) if is_dated else ""

    def is_known_to(self, environ: Mapping[str, Any], coding: str) -> bool:
        """Whether the reader has exactly this."""
        if (tags := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return bool(known & {"*", self.etag(coding)})
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return bool(since) and since == self.dated()


@dataclass(frozen=True)
class Answer:
    """What the application said to one request, its body not read yet."""

    status: str
    headers: Headers
    body: Iterable[bytes]
    kind: str
    """Empty where it is not for all."""

    @property
    def is_keepable(self) -> bool:
        """Nothing that is for one reader, or differs by what the address does not say."""
        names = {name.lower(): value for name, value in self.headers}
        varies = {each.strip() for each in names.get("vary", "").lower().split(",")}
        return (
            bool(self.kind)
            and self.status[:3] in STATUSES
            and "set-cookie" not in names
            and "content-encoding" not in names
            and varies <= VARIES
        )

    def is_in(self, accept: str) -> bool:
        """Whether it is just what was asked for by name, or the page itself was.

        Of all else that a reader may say of formats there would be no end.
        """
        types = [value for name, value in self.headers if name.lower() == "content-type"]
        return not accept or [accept] == [one.partition(";")[0] for one in types]

    def content(self) -> bytes:
        try:
            return b"".join(self.body)
        finally:
            self.close()

    def close(self) -> None:
        if close := getattr(self.body, "close", None):
            close()


def page_of(answer: Answer, before: Page | None = None) -> Page:
    """To be kept. Where the bytes are those of `before`, nothing is coded or dated again."""
    content = answer.content()
    headers = tuple((name, value) for name, value in answer.headers if name.lower() not in OURS)
    length, digest = len(content), blake2b(content, digest_size=16).hexdigest()
    if before and (before.status, before.digest) == (answer.status, digest):
        bodies, changed_at = before.bodies, before.changed_at
    else:
        bodies, changed_at = _coded(content), int(time())
    return Page(answer.status, answer.kind, _same(headers), bodies, length, changed_at, digest)


@lru_cache(maxsize=50)
def _same(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """All pages have the same but for a few kinds: they are held once for all."""
    return headers


def _coded(content: bytes) -> dict[str, bytes]:
    codings = {
        "gzip": gzip.compress(content, GZIP_LEVEL, mtime=0),
        "br": brotli.compress(content, quality=BROTLI_QUALITY),
    }
    smaller = {name: body for name, body in codings.items() if len(body) < len(content)}
    return smaller if "gzip" in smaller else {"": content, **smaller}


def sent_with(page: Page, coding: str, lifetimes: Headers) -> Headers:
    """All headers of an answer but its length."""
    dated = page.dated()
    return [
        *page.headers,
        *lifetimes,
        ("Vary", "Accept, Accept-Encoding"),
        ("ETag", page.etag(coding)),
        *([("Last-Modified", dated)] if dated else []),
        *([("Content-Encoding", coding)] if coding and coding in page.bodies else []),
    ]
