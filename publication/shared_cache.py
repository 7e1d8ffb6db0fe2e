"""Django's cache in Redis or Valkey, for what takes long and is the same in every process."""

from functools import partial
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache

from publication.away import PATIENCE, Patience
from publication.pages.release import release


class SharedCache(RedisCache):
    """What is read, written and removed one by one; where the server is away, nothing is there.

    Of other code, other settings or another site nothing is found.
    """

    # Of all threads: each has a cache of its own.
    patience = Patience()

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        waits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        super().__init__(server, params | {"OPTIONS": waits | params.get("OPTIONS", {})})

    def make_key(self, key: str, version: int | None = None) -> str:
        return super().make_key(f"passim:{release()}:{key}", version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.patience.tried(partial(super().get, key, default, version), default)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self.patience.tried(partial(super().set, key, value, timeout, version), None)

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self.patience.tried(partial(super().delete, key, version), False))
