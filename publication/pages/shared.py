"""Pages in Redis or Valkey, for all processes and machines that serve one site.

What is slow or away there costs time, never a wrong page: the key is in the name.
"""

import json
import logging
import time
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

import redis

from publication.generation.keys import Key
from publication.pages.asking import Address
from publication.pages.kept import Page

log = logging.getLogger(__name__)

A_DAY = 86_400
PATIENCE = 0.25
SECONDS_LEFT_ALONE = 5.0


class SharedPages:
    """`release` is of the code that made the pages, and of the site: two may share a server."""

    def __init__(self, url: str, release: str) -> None:
        self.release = release
        self._server = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._left_alone_until = 0.0

    def get(self, key: Key, address: Address) -> Page | None:
        found: dict[bytes, bytes] = self._tried("hgetall", self._name(key, address)) or {}
        return _read(found) if b"about" in found else None

    def put(self, key: Key, address: Address, page: Page) -> None:
        name = self._name(key, address)
        if self._tried("hset", name, mapping=_written(page)) is not None:
            self._tried("expire", name, A_DAY)

    def _tried(self, act: str, *args: Any, **named: Any) -> Any:
        """None where the server does not answer; then it is left alone for a while."""
        if time.monotonic() < self._left_alone_until:
            return None
        try:
            return getattr(self._server, act)(*args, **named)
        except redis.RedisError:
            log.warning("The shared cache does not answer; pages are made here.", exc_info=True)
            self._left_alone_until = time.monotonic() + SECONDS_LEFT_ALONE
            return None

    def _name(self, key: Key, address: Address) -> str:
        asked = json.dumps(asdict(address)).encode()
        return f"passim:{self.release}:{key}:{blake2b(asked, digest_size=16).hexdigest()}"


def _written(page: Page) -> dict[str, bytes]:
    about = {
        "status": page.status,
        "kind": page.kind,
        "headers": page.headers,
        "length": page.length,
        "changed_at": page.changed_at,
        "digest": page.digest,
    }
    bodies = {f"body:{coding}": body for coding, body in page.bodies.items()}
    return {"about": json.dumps(about).encode(), **bodies}


def _read(found: dict[bytes, bytes]) -> Page:
    about = json.loads(found.pop(b"about"))
    headers = tuple((name, value) for name, value in about.pop("headers"))
    bodies = {name.decode().removeprefix("body:"): body for name, body in found.items()}
    return Page(**about, headers=headers, bodies=bodies)
