"""Pages in Redis or Valkey, for all processes and machines that serve one site.

What is slow or away there costs time, never a wrong page: the key is in the name.
"""

import json
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

import redis

from publication.away import PATIENCE, Patience
from publication.generation.keys import Key
from publication.pages.asking import Address
from publication.pages.kept import Page

A_DAY = 86_400


class SharedPages:
    """`release` is of the code that made the pages, and of the site: two may share a server."""

    def __init__(self, url: str, release: str) -> None:
        self.release = release
        self._server = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._patience = Patience()

    def get(self, key: Key, address: Address) -> Page | None:
        name, nothing = self._name(key, address), dict[bytes, bytes]()
        found = self._patience.tried(lambda: self._found(name), nothing)
        return _read(found) if b"about" in found else None

    def put(self, key: Key, address: Address, page: Page) -> None:
        name = self._name(key, address)
        self._patience.tried(lambda: self._put(name, _written(page)), None)

    def _found(self, name: str) -> dict[bytes, bytes]:
        found: Any = self._server.hgetall(name)
        return dict(found)

    def _put(self, name: str, mapping: dict[Any, Any]) -> None:
        """With its end, in one go: who is stopped between the two would leave it there for ever."""
        with self._server.pipeline() as both:
            both.hset(name, mapping=mapping)
            both.expire(name, A_DAY)
            both.execute()

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
