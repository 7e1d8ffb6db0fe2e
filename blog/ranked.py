"""All posts by how much others refer to them: which carry the site, which stand alone."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, overload

from django.db.models import F

from blog.models import CrossReference, Post
from blog.models.reading import AT_ONCE
from publication.generation.kept import of_generation

# Of a post that is joined to others: its id, how many refer to it, to how many it refers.
COLUMNS = 3
# What the picture holds: of posts that are joined to others the most referred to, of those that
# stand alone the newest. The table has them all.
MOST_JOINED = 600
MOST_ALONE = 300
# Both counts in one number, by which posts are sorted: so many bits for the lesser.
BITS = 24

Numbers = tuple["array[int]", "array[int]", int, int]


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

    In rows of numbers, of which a page takes its part: 50,000 tuples would have to be made anew
    for each reader.
    """

    def __init__(
        self, numbers: "array[int]", alone: "array[int]", joined: int, length: int
    ) -> None:
        self.numbers = numbers
        self.alone = alone
        """The ids of those that stand alone; they come after those that are joined to others."""
        self.joined = joined
        """How many are joined to others."""
        self.length = length

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, which: int) -> Weight: ...

    @overload
    def __getitem__(self, which: slice) -> list[Weight]: ...

    def __getitem__(self, which: int | slice) -> Weight | list[Weight]:
        if isinstance(which, slice):
            return [self[place] for place in range(*which.indices(len(self)))]
        place = range(len(self))[which]
        if place >= self.joined:
            return Weight(self.alone[place - self.joined], 0, 0)
        return Weight(*self.numbers[place * COLUMNS : (place + 1) * COLUMNS])


def ranking(at: datetime) -> Ranking:
    """Counted once a generation, in two queries."""
    return Ranking(*_numbers(at))


def ranking_begun(at: datetime) -> Ranking:
    """The same where only the picture and the table's first page are wanted of it: others are
    counted, and cannot be told. A megabyte less for most readers.
    """
    return Ranking(*of_generation("ranking_begun", at, lambda: _begun(*_numbers(at))))


def _numbers(at: datetime) -> Numbers:
    return of_generation("ranking", at, lambda: _ranked(at))


def _begun(numbers: "array[int]", alone: "array[int]", joined: int, length: int) -> Numbers:
    return numbers[: MOST_JOINED * COLUMNS], alone[:MOST_ALONE], joined, length


def _ranked(at: datetime) -> Numbers:
    """In numbers all along: tuples of as many posts would take ten megabytes for a moment."""
    counts: dict[int, int] = defaultdict(int)
    for post, target in _pairs(at):
        counts[target] += 1 << BITS
        counts[post] += 1
    joined, weights, alone = array("q"), array("q"), array("q")
    newest = Post.objects.published(at).newest_first().values_list("pk", flat=True)
    for pk in newest.iterator(AT_ONCE):
        if weight := counts.pop(pk, 0):
            joined.append(pk)
            weights.append(weight)
        else:
            alone.append(pk)
    numbers = array("q")
    for place in sorted(range(len(joined)), key=weights.__getitem__, reverse=True):
        referred, refers = divmod(weights[place], 1 << BITS)
        numbers.extend((joined[place], referred, refers))
    return numbers, alone, len(joined), len(joined) + len(alone)


def _pairs(at: datetime) -> Iterator[tuple[int, int]]:
    """Ids of posts, each with that of another to which it refers, once."""
    rows: Any = CrossReference.objects.public(at).exclude(post=F("target")).order_by()
    yield from rows.values_list("post", "target").distinct().iterator(AT_ONCE)


def with_weights(some: Sequence[Weight], at: datetime) -> list[Post]:
    """Their posts, each with `referred_count` and `reference_count`. One query."""
    posts = Post.objects.published(at).named().in_bulk([one.pk for one in some])
    for one in some:
        post: Any = posts[one.pk]
        post.referred_count, post.reference_count = one.referred, one.refers
    return [posts[one.pk] for one in some]
