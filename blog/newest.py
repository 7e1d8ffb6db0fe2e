"""The newest posts of one topic or author, of which there may be a few or half the archive."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from blog.models import Author, Byline, Post, Topic
from blog.models.reading import PostQuerySet
from publication.generation.kept import of_generation

# To read the row of a post and sort it takes as long as to pass so many posts in an index.
PASSED = 2
# What most readers ask for, and every feed: found with their number, and remembered with it.
FIRST = 20


@dataclass(frozen=True)
class Newest:
    """The ids of posts, newest first; never read whole, but cut."""

    posts: PostQuerySet
    rows: QuerySet[Any]
    """Each names one of them."""
    name: str
    """By which their number and the first of them are remembered."""
    at: datetime

    def count(self) -> int:
        return self._known[0]

    @cached_property
    def _known(self) -> tuple[int, datetime | None, list[int]]:
        return of_generation(f"newest:{self.name}", self.at, self._found)

    def _found(self) -> tuple[int, datetime | None, list[int]]:
        found = self.posts.published(self.at).aggregate(n=Count("pk"), last=Max("published_at"))
        count, last = found["n"], found["last"]
        return count, last, self._cut(slice(FIRST), count, last)

    def __getitem__(self, part: slice) -> list[int]:
        """One query at the most, where the first of them are known."""
        count, last, first = self._known
        return first[part] if part.stop <= FIRST else self._cut(part, count, last)

    def _cut(self, part: slice, count: int, last: datetime | None) -> list[int]:
        """The shorter way.

        Few posts are found and sorted. Of many, the first are soon met on the way through all
        posts from the last of them on; far down the list, that way is the longer one again.
        """
        archive = Post.objects.published(self.at)
        every = of_generation("count:published", self.at, archive.count)
        if part.stop * every < PASSED * count**2:
            found = archive.filter(published_at__lte=last).filter(
                Exists(self.rows.filter(post=OuterRef("pk")))
            )
        else:
            found = self.posts.published(self.at)
        return list(found.newest_first().values_list("pk", flat=True)[part])


def newest_of(record: Author | Topic, at: datetime) -> Newest:
    """Of those that readers can see at that moment."""
    rows: QuerySet[Any]
    if isinstance(record, Author):
        posts = Post.objects.filter(bylines__author=record)
        rows = Byline.objects.filter(author=record)
    else:
        posts = Post.objects.filter(topics=record)
        rows = Post.topics.through.objects.filter(topic=record)
    return Newest(posts, rows, record.get_absolute_url(), at)
