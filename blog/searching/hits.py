"""What was found, before it is shown."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# Rows that are in memory at a time, where each is the text of a post.
WHOLE_TEXTS = 5


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


@dataclass(frozen=True)
class Tally:
    """What is told of all hits. Few of them are shown: a common word has tens of thousands."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    stories: Counter[int] = field(default_factory=Counter)
    """Ids; of posts alone, as the years are."""
    years: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.kinds.total()

    def counting(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The same, each counted as it passes."""
        for hit in hits:
            self.kinds[hit.kind] += 1
            if hit.kind is Kind.POST:
                self.years[hit.day[:4]] += 1
            if hit.story:
                self.stories[hit.story] += 1
            yield hit
