"""What is the same for all readers and takes the whole archive to find out: once a generation.

Numbers beside names, a ranking, in how many pages a list falls: never a page of its own, which
`publication/pages/` keeps, and nothing that depends on who asks.
"""

from collections.abc import Callable
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection

from publication.generation.keys import Key, key_over

Found = TypeVar("Found")
# Each of these takes much for a moment, and who waits for one finds it made: one at a time in a
# process. To make one, another may be asked for.
ONE_AT_A_TIME = RLock()


def of_generation(name: str, at: datetime, find: Callable[[], Found]) -> Found:
    """What `find` finds for that moment; not looked for again until readers can see a change.

    Plain values, since other processes may read them: numbers, texts, days, rows of these.
    """
    if connection.in_atomic_block:
        # What is seen here, others may never see; and what they write is not seen.
        return find()
    key = key_over(connection)
    if at < key.since:
        return find()
    kept: tuple[Found] | None = _kept(name, key)
    if kept:
        return kept[0]
    with ONE_AT_A_TIME:
        kept = _kept(name, key)
        if kept:
            return kept[0]
        found = find()
        if key_over(connection) == key:
            cache.set(f"generation:{name}", (str(key), found))
        return found


def _kept(name: str, key: Key) -> tuple[Any] | None:
    of, found = cache.get(f"generation:{name}", ("", None))
    return (found,) if of == str(key) else None
