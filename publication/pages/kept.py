"""A page as it is kept: its bytes, coded once, and the headers that go with each coding."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    """By coding; "" is the page as it is."""
    changed_at: int
    mark: int
    """Of the bytes, 31 bits: nginx makes the same ETag of a file's time, so the time is this."""

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 1000

    def body(self, coding: str) -> bytes:
        return self.bodies.get(coding) or self.bodies[""]

    def etag(self, coding: str) -> str:
        return f'"{self.mark:x}-{len(self.body(coding)):x}"'

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
    page = Page(answer.status, answer.kind, headers, {"": content}, int(time()), mark_of(content))
    if before and (before.status, before.bodies[""]) == (page.status, content):
        return replace(page, bodies=before.bodies, changed_at=before.changed_at)
    return replace(page, bodies=_coded(content))


def mark_of(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=4).digest()) & 0x7FFFFFFF


def _coded(content: bytes) -> dict[str, bytes]:
    codings = {
        "": content,
        "gzip": gzip.compress(content, GZIP_LEVEL, mtime=0),
        "br": brotli.compress(content, quality=BROTLI_QUALITY),
    }
    return {name: body for name, body in codings.items() if not name or len(body) < len(content)}


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
