"""The newest posts of one topic or author, of which there may be a few or half the archive."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Author, Byline, Post, Topic
from blog.models.references import published
from publication.generation.kept import of_generation

# To read the row of a post and sort it takes as long as to pass so many posts in an index.
PASSED = 2


@dataclass(frozen=True)
class Newest:
    """The ids of posts that some rows name, newest first; never read whole, but cut."""

    rows: QuerySet[Any]
    name: str
    """By which their number is remembered."""
    at: datetime

    def count(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return of_generation(f"count:{self.name}", self.at, self._counted)

    def __getitem__(self, part: slice) -> list[int]:
        """One query, which goes the shorter way.

        Few posts are found and sorted. Of many, the first are soon met on the way through all
        posts from the newest on; far down the list, that way is the longer one again.
        """
        posts = Post.objects.published(self.at)
        every = of_generation("count:published", self.at, posts.count)
        if part.stop * every < PASSED * self._count**2:
            found = posts.filter(Exists(self.rows.filter(post=OuterRef("pk"))))
        else:
            found = posts.filter(pk__in=self.rows.values("post"))
        return list(found.newest_first().values_list("pk", flat=True)[part])

    def _counted(self) -> int:
        return self.rows.filter(published("post__", self.at)).values("post").distinct().count()


def newest_of(record: Author | Topic, at: datetime) -> Newest:
    rows: QuerySet[Any] = (
        Byline.objects.filter(author=record)
        if isinstance(record, Author)
        else Post.topics.through.objects.filter(topic=record)
    )
    return Newest(rows, record.get_absolute_url(), at)
