"""What was found, before it is shown."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """In the order in which they stand where equally much speaks for them."""

    POST = "posts"
    CLAIM = "claims"
    SOURCE = "sources"


class Hit(NamedTuple):
    kind: Kind
    pk: int
    points: int
    day: str
    """In ISO's form, as far as it is known; of a post with its moment, as the database tells it."""
    story: int | None = None
