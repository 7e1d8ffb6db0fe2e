"""All posts by how much others refer to them: which carry the site, which stand alone."""

from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple, overload

from django.db.models import Count, F

from blog.models import CrossReference, Post
from publication.generation.kept import of_generation

COLUMNS = 3
# Rows that are in memory at a time, where all are read.
AT_ONCE = 500


class Weight(NamedTuple):
    """What is known of a post before it is read."""

    pk: int
    referred: int
    """How many others refer to it."""
    refers: int

    @property
    def is_alone(self) -> bool:
        return not (self.referred or self.refers)


class Ranking(Sequence[Weight]):
    """Every published post: those first to which most others refer, then the newest.

    In a row of numbers, of which a page takes its part: 50,000 tuples would have to be made anew
    for each reader.
    """

    def __init__(self, numbers: "array[int]", joined: int) -> None:
        self.numbers = numbers
        self.joined = joined
        """How many are joined to others; they come before those that stand alone."""

    def __len__(self) -> int:
        return len(self.numbers) // COLUMNS

    @overload
    def __getitem__(self, which: int) -> Weight: ...

    @overload
    def __getitem__(self, which: slice) -> list[Weight]: ...

    def __getitem__(self, which: int | slice) -> Weight | list[Weight]:
        if isinstance(which, slice):
            return [self[place] for place in range(*which.indices(len(self)))]
        start = range(len(self))[which] * COLUMNS
        return Weight(*self.numbers[start : start + COLUMNS])


def ranking(at: datetime) -> Ranking:
    """Counted once a generation, in three queries."""
    return Ranking(*of_generation("ranking", at, lambda: _ranked(at)))


def _ranked(at: datetime) -> tuple["array[int]", int]:
    referred, refers = _joined(at, "target", "post"), _joined(at, "post", "target")
    joined, alone = list[Weight](), array("q")
    newest = Post.objects.published(at).newest_first().values_list("pk", flat=True)
    for pk in newest.iterator(AT_ONCE):
        if pk in referred or pk in refers:
            joined.append(Weight(pk, referred.get(pk, 0), refers.get(pk, 0)))
        else:
            alone.extend((pk, 0, 0))
    joined.sort(key=lambda row: (-row.referred, -row.refers))
    return array("q", chain.from_iterable(joined)) + alone, len(joined)


def _joined(at: datetime, own: str, others: str) -> dict[int, int]:
    """Of each post how many others; one that refers to itself is none."""
    rows = CrossReference.objects.public(at).exclude(post=F("target")).order_by()
    counted = rows.values_list(own).annotate(n=Count(others, distinct=True))
    return dict(counted.iterator(AT_ONCE))


def with_weights(some: Sequence[Weight], at: datetime) -> list[Post]:
    """Their posts, each with `referred_count` and `reference_count`. One query."""
    posts = Post.objects.published(at).named().in_bulk([one.pk for one in some])
    for one in some:
        post: Any = posts[one.pk]
        post.referred_count, post.reference_count = one.referred, one.refers
    return [posts[one.pk] for one in some]
