"""What is the same for all readers and takes the whole archive to find out: once a generation.

Numbers beside names, a ranking, in how many pages a list falls: never a page of its own, which
`publication/pages/` keeps, and nothing that depends on who asks.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

from publication.generation.keys import key_over

Found = TypeVar("Found")


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
    kept = cache.get(f"generation:{name}")
    if kept and kept[0] == str(key):
        found: Found = kept[1]
        return found
    found = find()
    if key_over(connection) == key:
        cache.set(f"generation:{name}", (str(key), found))
    return found
