"""A Redis or Valkey that is slow or away costs time, and never an answer."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

import redis

log = logging.getLogger(__name__)

Found = TypeVar("Found")
# Seconds to wait for it, each time that it is asked.
PATIENCE = 0.25
SECONDS_LEFT_ALONE = 5.0


class Patience:
    """With one server: it is left alone for a while after it did not answer."""

    def __init__(self) -> None:
        self._left_alone_until = 0.0

    def tried(self, act: Callable[[], Found], instead: Found) -> Found:
        if time.monotonic() < self._left_alone_until:
            return instead
        try:
            return act()
        except redis.RedisError:
            log.warning("The shared cache does not answer; all is made here.", exc_info=True)
            self._left_alone_until = time.monotonic() + SECONDS_LEFT_ALONE
            return instead
