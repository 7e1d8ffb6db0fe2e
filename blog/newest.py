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


@dataclass(frozen=True)
class Newest:
    """The ids of posts, newest first; never read whole, but cut."""

    posts: PostQuerySet
    rows: QuerySet[Any]
    """Each names one of them."""
    name: str
    """By which their number, and the moment of the last, are remembered."""
    at: datetime

    def count(self) -> int:
        return self._tally[0]

    @cached_property
    def _tally(self) -> tuple[int, datetime | None]:
        return of_generation(f"tally:{self.name}", self.at, self._counted)

    def _counted(self) -> tuple[int, datetime | None]:
        found = self.posts.published(self.at).aggregate(n=Count("pk"), last=Max("published_at"))
        return found["n"], found["last"]

    def __getitem__(self, part: slice) -> list[int]:
        """One query, which goes the shorter way.

        Few posts are found and sorted. Of many, the first are soon met on the way through all
        posts from the last of them on; far down the list, that way is the longer one again.
        """
        count, last = self._tally
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
